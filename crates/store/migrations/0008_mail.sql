-- E-mail, and other effects that may take several tries. The types are read as in 0001.

-- Caused by an entry, or by the article n of a ticket. person_id: whom it is about; it is erased with him. state: `handed` is given to
-- the other side, whose answer is not stored yet. due_at: while it is waiting; of one taken: from when another node may take it.
-- doubts: tries of which nobody knows whether they arrived. told: what became of it is said where it was asked for.
DROP TABLE outbox;
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
    CHECK ((chat_id IS NULL) = (seq IS NULL) AND (ticket_id IS NULL) = (n IS NULL) AND (chat_id IS NULL) <> (ticket_id IS NULL))
);
CREATE INDEX outbox_due ON outbox (kind, due_at) WHERE done_at IS NULL;
CREATE INDEX outbox_untold ON outbox (kind, done_at) WHERE done_at IS NOT NULL AND told = 0;
CREATE INDEX outbox_done ON outbox (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX outbox_chat ON outbox (chat_id, seq);
CREATE INDEX outbox_ticket ON outbox (ticket_id, n);
CREATE INDEX outbox_person ON outbox (person_id);

-- What may happen only so often: of a chat on day 0, of an address (hashed) by the day since 1970.
CREATE TABLE outbox_count (
    subject TEXT NOT NULL,
    day BIGINT NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (subject, day)
);

-- Opens the letter that was asked for, once whoever reads mail at its address wants it.
CREATE TABLE mail_proof (
    token_hash BYTEA PRIMARY KEY,
    outbox_id UUID NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX mail_proof_outbox ON mail_proof (outbox_id);
CREATE INDEX mail_proof_expires ON mail_proof (expires_at);
