-- JSON of `domain::Hours`; empty for always.
ALTER TABLE channel ADD COLUMN hours TEXT NOT NULL DEFAULT '';
-- JSON list of `domain::ChannelText`.
ALTER TABLE channel ADD COLUMN texts TEXT NOT NULL DEFAULT '[]';
-- JSON of `domain::SnippetLook`.
ALTER TABLE snippet ADD COLUMN look TEXT NOT NULL DEFAULT '{}';
-- An invalid company is chosen for nobody new.
ALTER TABLE company ADD COLUMN valid BIGINT NOT NULL DEFAULT 1 CHECK (valid IN (0, 1));
CREATE INDEX company_sorted ON company (sort_key, id);
CREATE INDEX person_company ON person (company_id) WHERE company_id IS NOT NULL;
CREATE INDEX outbox_open ON outbox (created_at, id) WHERE state <> 'done';
