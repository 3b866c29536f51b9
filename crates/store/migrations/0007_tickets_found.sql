-- Chats in tickets, and finding tickets. The types are read as in 0001.

-- is_open: neither closed, removed nor merged. to_index: something of it is not in the index; doc: its document there.
ALTER TABLE ticket ADD COLUMN is_open BIGINT NOT NULL DEFAULT 1 CHECK (is_open IN (0, 1));
ALTER TABLE ticket ADD COLUMN to_index BIGINT NOT NULL DEFAULT 1 CHECK (to_index IN (0, 1));
ALTER TABLE ticket ADD COLUMN doc BIGINT;
UPDATE ticket SET is_open = 0 WHERE state IN ('closed_successful', 'closed_unsuccessful', 'removed', 'merged');
CREATE INDEX ticket_queue_open ON ticket (queue_id, is_open, changed_at, id);
CREATE INDEX ticket_to_index ON ticket (changed_at, id) WHERE to_index = 1;
CREATE UNIQUE INDEX ticket_doc ON ticket (doc);

-- The chat an article holds; it may have been removed since.
ALTER TABLE article ADD COLUMN chat_id UUID;

-- A chat's lines as they read when it was put there. seq: the entry's. kind and name are of who said it; without them text is a
-- sentence about what happened. A text that was taken away is NULL.
CREATE TABLE article_line (
    ticket_id UUID NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL,
    line BIGINT NOT NULL,
    chat_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person_id UUID,
    kind TEXT CHECK (kind IN ('agent', 'customer_user', 'public_user')),
    name TEXT,
    note BIGINT NOT NULL CHECK (note IN (0, 1)),
    text TEXT,
    PRIMARY KEY (ticket_id, n, line)
);
CREATE INDEX article_line_entry ON article_line (chat_id, seq);
CREATE INDEX article_line_person ON article_line (person_id);

-- SQLite
CREATE VIRTUAL TABLE ticket_document USING fts5 (tokens, columnsize = 0, tokenize = "ascii tokenchars '_'");
INSERT INTO ticket_document (ticket_document, rank) VALUES ('secure-delete', 1);
-- PostgreSQL
CREATE TABLE ticket_document (
    doc BIGINT PRIMARY KEY,
    tokens TSVECTOR NOT NULL
);
CREATE INDEX ticket_document_tokens ON ticket_document USING gin (tokens);
-- end
