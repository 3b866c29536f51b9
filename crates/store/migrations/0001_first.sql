-- One text for both engines: UUID, BYTEA and BIGINT are read as BLOB, BLOB and INTEGER on SQLite, where tables are STRICT.
-- Instants are microseconds since 1970 UTC and come from the program, never from the database.

-- epoch: changed by a restore, so that clients start anew. permission_epoch: raised by every change of a right, account or channel.
CREATE TABLE installation (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    epoch BIGINT NOT NULL,
    permission_epoch BIGINT NOT NULL
);

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

CREATE TABLE company (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL
);

CREATE TABLE person (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('agent', 'customer_user', 'public_user')),
    name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    login TEXT,
    password_hash TEXT,
    email TEXT,
    company_id UUID REFERENCES company (id),
    availability BIGINT NOT NULL DEFAULT 0 CHECK (availability BETWEEN 0 AND 2),
    valid BIGINT NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    snippet_id UUID,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_login ON person (kind, login);
CREATE INDEX person_created ON person (created_at);

-- What opens the door: a cookie's or a visitor's token, hashed.
CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person_id);

CREATE TABLE permission_group (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE role (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

CREATE TABLE role_member (
    role_id UUID NOT NULL REFERENCES role (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (role_id, person_id)
);
CREATE INDEX role_member_person ON role_member (person_id);

CREATE TABLE role_grant (
    role_id UUID NOT NULL REFERENCES role (id),
    group_id UUID NOT NULL REFERENCES permission_group (id),
    permission_key TEXT NOT NULL,
    PRIMARY KEY (role_id, group_id, permission_key)
);

CREATE TABLE agent_grant (
    person_id UUID NOT NULL REFERENCES person (id),
    group_id UUID NOT NULL REFERENCES permission_group (id),
    permission_key TEXT NOT NULL,
    PRIMARY KEY (person_id, group_id, permission_key)
);

CREATE TABLE channel (
    id UUID PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sort_key TEXT NOT NULL,
    group_id UUID NOT NULL REFERENCES permission_group (id),
    for_customer_users BIGINT NOT NULL CHECK (for_customer_users IN (0, 1)),
    for_public_users BIGINT NOT NULL CHECK (for_public_users IN (0, 1)),
    reply_target_s BIGINT NOT NULL DEFAULT 60,
    valid BIGINT NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    is_default BIGINT NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
    comment TEXT NOT NULL DEFAULT '',
    CHECK (is_default = 0 OR valid = 1)
);
CREATE UNIQUE INDEX channel_default ON channel (is_default) WHERE is_default = 1;

-- My Chat Channels.
CREATE TABLE my_channel (
    person_id UUID NOT NULL REFERENCES person (id),
    channel_id UUID NOT NULL REFERENCES channel (id),
    PRIMARY KEY (person_id, channel_id)
);
CREATE INDEX my_channel_channel ON my_channel (channel_id);

-- sites: origins that may embed it, a blank between them; empty means the product's own pages only.
CREATE TABLE snippet (
    id UUID PRIMARY KEY,
    public_id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    channel_id UUID NOT NULL REFERENCES channel (id),
    sites TEXT NOT NULL,
    valid BIGINT NOT NULL DEFAULT 1 CHECK (valid IN (0, 1)),
    created_at BIGINT NOT NULL
);

-- start_key is frozen at the start: starter, channel, ticket. One chat that is not closed per key.
CREATE TABLE chat (
    id UUID PRIMARY KEY,
    channel_id UUID NOT NULL REFERENCES channel (id),
    state TEXT NOT NULL CHECK (state IN ('requested', 'open', 'closed')),
    closed_reason TEXT,
    starter_id UUID NOT NULL REFERENCES person (id),
    start_key TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    waiting_since BIGINT,
    closed_at BIGINT,
    last_at BIGINT NOT NULL,
    head BIGINT NOT NULL,
    public_head BIGINT NOT NULL,
    fence BIGINT NOT NULL
);
CREATE UNIQUE INDEX chat_start_key ON chat (start_key) WHERE state <> 'closed';
CREATE INDEX chat_waiting ON chat (waiting_since) WHERE state = 'requested';
CREATE INDEX chat_open ON chat (id) WHERE state = 'open';
CREATE INDEX chat_closed ON chat (closed_at) WHERE state = 'closed';

-- read_seq counts on the member's side: seq for agents, public_seq for externals.
CREATE TABLE chat_member (
    chat_id UUID NOT NULL,
    n BIGINT NOT NULL,
    person_id UUID NOT NULL,
    kind TEXT NOT NULL,
    role TEXT NOT NULL,
    name TEXT NOT NULL,
    company TEXT,
    present BIGINT NOT NULL CHECK (present IN (0, 1)),
    read_seq BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (chat_id, n)
);
CREATE UNIQUE INDEX chat_member_person ON chat_member (person_id, chat_id);

-- No foreign keys here: appending is the hot path, `deskbell verify` looks for orphans.
-- digest tells a repeated command from another one under the same client id.
CREATE TABLE entry (
    chat_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    public_seq BIGINT,
    at BIGINT NOT NULL,
    who BIGINT,
    actor_id UUID,
    cid UUID,
    kind TEXT NOT NULL,
    text TEXT,
    reason TEXT,
    digest BYTEA,
    PRIMARY KEY (chat_id, seq)
);
CREATE UNIQUE INDEX entry_cid ON entry (actor_id, cid) WHERE cid IS NOT NULL;

-- Side effects, written with the entry that causes them.
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    chat_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    done_at BIGINT
);
CREATE INDEX outbox_due ON outbox (due_at) WHERE done_at IS NULL;
