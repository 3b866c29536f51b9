-- Files attached to articles. The types are read as in 0001.

-- Written after the article, by its author; file counts from 1 within the article. cid tells a repeated command.
CREATE TABLE article_file (
    ticket_id UUID NOT NULL,
    n BIGINT NOT NULL,
    file BIGINT NOT NULL,
    person_id UUID NOT NULL,
    cid UUID NOT NULL,
    at BIGINT NOT NULL,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL REFERENCES content (hash),
    type TEXT NOT NULL,
    size BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    PRIMARY KEY (ticket_id, n, file)
);
CREATE UNIQUE INDEX article_file_cid ON article_file (person_id, cid);
CREATE INDEX article_file_hash ON article_file (hash);
CREATE INDEX article_file_person ON article_file (person_id, at);
