-- The ticket desk. The types are read as in 0001.

-- channel_id: where chats about its tickets go.
CREATE TABLE queue (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    group_id UUID NOT NULL REFERENCES permission_group (id),
    channel_id UUID REFERENCES channel (id),
    valid BIGINT NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    comment TEXT NOT NULL DEFAULT ''
);

-- The last number given of a day; raised in the transaction that makes the ticket.
CREATE TABLE ticket_counter (
    day TEXT PRIMARY KEY,
    last BIGINT NOT NULL
);

-- customer_id: a customer user; without one, name and address as they were given, or nobody. version: raised by every change and article.
-- creator_id, cid, digest: the command that made it, as in entry.
CREATE TABLE ticket (
    id UUID PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    queue_id UUID NOT NULL REFERENCES queue (id),
    state TEXT NOT NULL,
    pending_until BIGINT,
    priority BIGINT NOT NULL CHECK (priority BETWEEN 1 AND 5),
    locked BIGINT NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
    owner_id UUID REFERENCES person (id),
    responsible_id UUID REFERENCES person (id),
    customer_id UUID REFERENCES person (id),
    customer_name TEXT,
    customer_email TEXT,
    company_id UUID REFERENCES company (id),
    creator_id UUID NOT NULL REFERENCES person (id),
    cid UUID NOT NULL,
    digest BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    articles BIGINT NOT NULL
);
CREATE UNIQUE INDEX ticket_cid ON ticket (cid, creator_id);
-- A page of a list is read from the end of one of these, however many tickets there are.
CREATE INDEX ticket_queue ON ticket (queue_id, changed_at, id);
CREATE INDEX ticket_queue_state ON ticket (queue_id, state, changed_at, id);
CREATE INDEX ticket_owner ON ticket (owner_id, changed_at, id);
CREATE INDEX ticket_customer ON ticket (customer_id, changed_at, id);
CREATE INDEX ticket_company ON ticket (company_id, changed_at, id);

-- n is dense from 1 within the ticket.
CREATE TABLE article (
    ticket_id UUID NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('phone', 'internal', 'email_out', 'web', 'chat')),
    sender TEXT NOT NULL CHECK (sender IN ('agent', 'customer', 'system')),
    visible BIGINT NOT NULL CHECK (visible IN (0, 1)),
    author_id UUID NOT NULL,
    author TEXT NOT NULL,
    recipient TEXT,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    cid UUID,
    digest BYTEA,
    PRIMARY KEY (ticket_id, n)
);
CREATE UNIQUE INDEX article_cid ON article (cid, author_id) WHERE cid IS NOT NULL;

-- What was what before, by name or word as it was then. n is the ticket's version after it.
CREATE TABLE ticket_history (
    ticket_id UUID NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id UUID NOT NULL,
    name TEXT NOT NULL,
    old TEXT,
    new TEXT,
    PRIMARY KEY (ticket_id, n, kind)
);
