-- Full-text search in the archive. The types are read as in 0001; a part for one engine stands between its name and the end.

-- to_index: the chat, once it is closed, has something that is not in the index. doc: where its documents begin, that of the entry
-- seq being doc + seq; given once. indexed: up to which seq they are there.
ALTER TABLE chat ADD COLUMN to_index BIGINT NOT NULL DEFAULT 1 CHECK (to_index IN (0, 1));
ALTER TABLE chat ADD COLUMN doc BIGINT;
ALTER TABLE chat ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;
CREATE INDEX chat_to_index ON chat (closed_at, id) WHERE state = 'closed' AND to_index = 1;
CREATE UNIQUE INDEX chat_doc ON chat (doc);

-- The last document given away.
CREATE TABLE document_count (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL
);
INSERT INTO document_count (one, last) VALUES (1, 0);

-- An entry whose text was taken away for everybody: when; its subject is by whom. of_seq, of_public_seq: in the entry that tells so, which one it was.
ALTER TABLE entry ADD COLUMN redacted_at BIGINT;
ALTER TABLE entry ADD COLUMN of_seq BIGINT;
ALTER TABLE entry ADD COLUMN of_public_seq BIGINT;

-- Days for which closed chats of a channel are kept; 0 for ever.
ALTER TABLE channel ADD COLUMN retention_days BIGINT NOT NULL DEFAULT 0 CHECK (retention_days >= 0);

-- That somebody was erased, and what went with him; nothing of who he was.
CREATE TABLE erasure (
    person_id UUID PRIMARY KEY,
    at BIGINT NOT NULL,
    chats BIGINT NOT NULL
);

-- SQLite
CREATE VIRTUAL TABLE document USING fts5 (tokens, columnsize = 0, tokenize = "ascii tokenchars '_'");
-- What is deleted is gone from the index at once, and not only marked.
INSERT INTO document (document, rank) VALUES ('secure-delete', 1);
-- PostgreSQL
CREATE TABLE document (
    doc BIGINT PRIMARY KEY,
    tokens TSVECTOR NOT NULL
);
CREATE INDEX document_tokens ON document USING gin (tokens);
-- end
