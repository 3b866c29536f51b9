-- Who is here, and who is out of office. The types are read as in 0001.

-- An agent's time zone, by its IANA name.
ALTER TABLE person ADD COLUMN zone TEXT;

-- Days in which an agent is out of office, both included, written as 2026-12-01.
CREATE TABLE out_of_office (
    person_id UUID NOT NULL REFERENCES person (id),
    n BIGINT NOT NULL,
    from_day TEXT NOT NULL,
    to_day TEXT NOT NULL,
    PRIMARY KEY (person_id, n),
    CHECK (from_day <= to_day)
);

-- The processes on a shared database. beat grows while one lives, and others watch it by their own clocks; version numbers
-- the changes of its rows in presence.
CREATE TABLE node (
    id UUID PRIMARY KEY,
    beat BIGINT NOT NULL,
    version BIGINT NOT NULL,
    beat_at BIGINT NOT NULL
);

-- One row per person and node, good while the node's beat grows. gone_at: when the last connection there ended.
CREATE TABLE presence (
    node_id UUID NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT NOT NULL,
    connections BIGINT NOT NULL,
    active_at BIGINT NOT NULL,
    gone_at BIGINT,
    version BIGINT NOT NULL,
    PRIMARY KEY (node_id, person_id)
);
CREATE INDEX presence_version ON presence (node_id, version);
