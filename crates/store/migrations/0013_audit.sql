-- What administrators changed. The types are read as in 0001.

-- before and after are JSON; hash covers the record and the hash of the one before it. person_id is NULL for who has the machine.
CREATE TABLE audit (
    n BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id UUID,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    old TEXT,
    new TEXT,
    hash BYTEA NOT NULL
);
CREATE INDEX audit_subject ON audit (kind, subject, n);

-- Accounts are listed by name.
CREATE INDEX person_sorted ON person (kind, sort_key, id);
