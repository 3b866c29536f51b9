-- How the pages of this installation look, beside what settings say. The types are read as in 0001.

-- logo: a PNG, made anew by the program from what was sent.
CREATE TABLE look (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    logo BYTEA NOT NULL,
    hash BYTEA NOT NULL
);
