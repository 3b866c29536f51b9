-- Errands to a connected ticket system. The types are read as in 0001.

-- Written before anything is sent: the id is in the marks by which it is found there. person_id, cid, digest: the command, as in entry.
-- payload: what is sent, NULL once it is there. parts: how far the chat had come for each part of it that was sent. due_at: when the
-- service tries next; NULL for what an agent tries again. held_until: till then somebody is at it. told: why the last try failed, as a code.
-- ticket, number: what became of it, as the ticket system counts.
CREATE TABLE errand (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL,
    cid UUID NOT NULL,
    digest BYTEA NOT NULL,
    chat_id UUID,
    payload TEXT,
    parts TEXT NOT NULL DEFAULT '',
    ticket BIGINT,
    number TEXT,
    created_at BIGINT NOT NULL,
    due_at BIGINT,
    tries BIGINT NOT NULL DEFAULT 0,
    held_until BIGINT NOT NULL DEFAULT 0,
    told TEXT,
    done_at BIGINT
);
CREATE UNIQUE INDEX errand_cid ON errand (cid, person_id);
CREATE INDEX errand_chat ON errand (chat_id);
CREATE INDEX errand_person ON errand (person_id);
CREATE INDEX errand_open ON errand (digest) WHERE done_at IS NULL;
CREATE INDEX errand_due ON errand (due_at) WHERE done_at IS NULL;
