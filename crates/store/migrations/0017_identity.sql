-- Who visitors are on the pages they come from, as those pages prove it. The types are read as in 0001.

-- With which a snippet's pages prove it. sealed: with a key that is not in the database.
CREATE TABLE identity_key (
    id UUID PRIMARY KEY,
    snippet_id UUID NOT NULL REFERENCES snippet (id),
    sealed BYTEA NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX identity_key_snippet ON identity_key (snippet_id, created_at);

-- subject: the page's own name for him. email: one that the page has proven to be his.
CREATE TABLE identity (
    snippet_id UUID NOT NULL REFERENCES snippet (id),
    subject TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    email TEXT,
    PRIMARY KEY (snippet_id, subject)
);
CREATE UNIQUE INDEX identity_person ON identity (person_id);
