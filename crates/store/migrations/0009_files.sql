-- Files in chats. The types are read as in 0001.

-- What was stored, by its SHA-256, each once. idle_since: nothing refers to it since then, as far as is known; 0: it may go at
-- once. going: it is being removed, and cannot be referred to any more.
CREATE TABLE content (
    hash BYTEA PRIMARY KEY,
    size BIGINT NOT NULL CHECK (size > 0),
    idle_since BIGINT,
    going BIGINT NOT NULL DEFAULT 0 CHECK (going IN (0, 1))
);
CREATE INDEX content_idle ON content (idle_since) WHERE idle_since IS NOT NULL;

-- A message or note that is a file; its name is the entry's text. Written with the entry, after the content was stored.
CREATE TABLE entry_file (
    chat_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    person_id UUID NOT NULL,
    at BIGINT NOT NULL,
    hash BYTEA NOT NULL REFERENCES content (hash),
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    PRIMARY KEY (chat_id, seq)
);
CREATE INDEX entry_file_hash ON entry_file (hash);
CREATE INDEX entry_file_person ON entry_file (person_id, at);
