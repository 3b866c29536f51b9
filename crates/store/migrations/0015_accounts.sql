-- Sessions, one-time links, second factors and profiles. The types are read as in 0001.

-- Where a session was opened: an address (of IPv6 the /64), and the words for browser and system that the program knows.
ALTER TABLE session ADD COLUMN network TEXT;
ALTER TABLE session ADD COLUMN browser TEXT;
ALTER TABLE session ADD COLUMN system TEXT;
CREATE INDEX session_created ON session (created_at, token_hash);

-- Whoever has the token may choose a password, once.
CREATE TABLE one_time_link (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('reset', 'invitation')),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX one_time_link_person ON one_time_link (person_id);
CREATE INDEX one_time_link_expires ON one_time_link (expires_at);

-- secret: sealed with a key that is not in the database. step: of the newest code that was taken; older ones are not taken any more.
CREATE TABLE second_factor (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    secret BYTEA NOT NULL,
    step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE recovery_code (
    person_id UUID NOT NULL REFERENCES person (id),
    hash BYTEA NOT NULL,
    PRIMARY KEY (person_id, hash)
);

-- Who holds a key on it needs a second factor.
ALTER TABLE permission_group ADD COLUMN second_factor BIGINT NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1));

ALTER TABLE person ADD COLUMN language TEXT;
ALTER TABLE person ADD COLUMN date_format TEXT;

-- A picture of a person, made anew by the program from what was sent.
CREATE TABLE portrait (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    hash BYTEA NOT NULL REFERENCES content (hash)
);
CREATE INDEX portrait_hash ON portrait (hash);

-- A letter about an account has neither entry nor article.
ALTER TABLE outbox RENAME TO outbox_before;
DROP INDEX outbox_due;
DROP INDEX outbox_untold;
DROP INDEX outbox_done;
DROP INDEX outbox_chat;
DROP INDEX outbox_ticket;
DROP INDEX outbox_person;
DROP INDEX outbox_open;
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    chat_id UUID,
    seq BIGINT,
    ticket_id UUID,
    n BIGINT,
    person_id UUID,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'taken', 'handed', 'done', 'perhaps', 'failed')),
    said TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    doubts BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT,
    told BIGINT NOT NULL DEFAULT 0 CHECK (told IN (0, 1)),
    CHECK ((chat_id IS NULL) = (seq IS NULL) AND (ticket_id IS NULL) = (n IS NULL) AND (chat_id IS NULL OR ticket_id IS NULL))
);
INSERT INTO outbox (id, chat_id, seq, ticket_id, n, person_id, kind, payload, state, said, created_at, due_at, tries, doubts, done_at, told)
    SELECT id, chat_id, seq, ticket_id, n, person_id, kind, payload, state, said, created_at, due_at, tries, doubts, done_at, told FROM outbox_before;
DROP TABLE outbox_before;
CREATE INDEX outbox_due ON outbox (kind, due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_untold ON outbox (kind, done_at) WHERE done_at IS NOT NULL AND told = 0;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_chat ON outbox (chat_id, seq);
CREATE INDEX outbox_ticket ON outbox (ticket_id, n);
CREATE INDEX outbox_person ON outbox (person_id);
CREATE INDEX outbox_open ON outbox (created_at, id) WHERE state <> 'done';
