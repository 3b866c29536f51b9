-- All four directions, invitations, and what an agent keeps about his chats.

-- direction: frozen at the start. addressed: waits for the one it is addressed to, not for the channel.
ALTER TABLE chat ADD COLUMN direction TEXT NOT NULL DEFAULT 'public_to_agent' CHECK (direction IN ('public_to_agent', 'customer_to_agent', 'agent_to_customer', 'agent_to_agent'));
ALTER TABLE chat ADD COLUMN addressed BIGINT NOT NULL DEFAULT 0 CHECK (addressed IN (0, 1));
UPDATE chat SET direction = 'customer_to_agent' WHERE starter_id IN (SELECT id FROM person WHERE kind = 'customer_user');
CREATE INDEX chat_addressed ON chat (waiting_since) WHERE state = 'requested' AND addressed = 1;
CREATE INDEX chat_line ON chat (channel_id, waiting_since) WHERE state = 'requested' AND addressed = 0;

-- joined: was in at some time; 0 for who was asked and has not come. shown: which agent, or which external, he was that externals came to see,
-- from 1; NULL for who never was but an observer.
ALTER TABLE chat_member ADD COLUMN joined BIGINT NOT NULL DEFAULT 1 CHECK (joined IN (0, 1));
ALTER TABLE chat_member ADD COLUMN shown BIGINT;
ALTER TABLE chat_member ADD COLUMN invited_role TEXT;
ALTER TABLE chat_member ADD COLUMN invited_by BIGINT;
ALTER TABLE chat_member ADD COLUMN invited_note TEXT;
ALTER TABLE chat_member ADD COLUMN invited_at BIGINT;
-- What an agent wants to be told of this chat, and what he typed there and did not send.
ALTER TABLE chat_member ADD COLUMN notify TEXT NOT NULL DEFAULT 'all' CHECK (notify IN ('off', 'customer', 'all'));
ALTER TABLE chat_member ADD COLUMN draft TEXT NOT NULL DEFAULT '';
ALTER TABLE chat_member ADD COLUMN draft_note BIGINT NOT NULL DEFAULT 0 CHECK (draft_note IN (0, 1));
UPDATE chat_member SET shown = (SELECT count(*) FROM chat_member o WHERE o.chat_id = chat_member.chat_id AND (o.kind = 'agent') = (chat_member.kind = 'agent') AND o.n <= chat_member.n);
CREATE INDEX chat_member_invited ON chat_member (person_id) WHERE invited_role IS NOT NULL;

-- Whom or what an entry is about: the name as it was then.
ALTER TABLE entry ADD COLUMN subject TEXT;
ALTER TABLE entry ADD COLUMN subject_id UUID;

-- Requests an agent hid for himself.
CREATE TABLE hidden_request (
    person_id UUID NOT NULL REFERENCES person (id),
    chat_id UUID NOT NULL,
    PRIMARY KEY (person_id, chat_id)
);

-- A setting is a number or a text; of a text the number is 0.
ALTER TABLE setting ADD COLUMN text TEXT;

-- How long accepted requests waited, for honest estimates.
CREATE TABLE wait (
    chat_id UUID NOT NULL,
    channel_id UUID NOT NULL,
    accepted_at BIGINT NOT NULL,
    waited_us BIGINT NOT NULL,
    PRIMARY KEY (chat_id, accepted_at)
);
CREATE INDEX wait_channel ON wait (channel_id, accepted_at);

-- Ids of our clients begin with the time, so that new ones lie side by side: a batch writes one page of this index, not one per writer.
DROP INDEX entry_cid;
CREATE UNIQUE INDEX entry_cid ON entry (cid, actor_id) WHERE cid IS NOT NULL;
