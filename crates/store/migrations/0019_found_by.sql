-- Accounts are found by a part of what stands in found_by: the name as it is sorted, the login and the address. The types are read as in 0001.

ALTER TABLE person ADD COLUMN found_by TEXT NOT NULL DEFAULT '';
UPDATE person SET found_by = sort_key || ' ' || lower(login) || ' ' || coalesce(lower(email), '') WHERE login IS NOT NULL;

-- A search reads the index alone; so does a list by name.
DROP INDEX person_sorted;
CREATE INDEX person_found ON person (kind, sort_key, id, found_by) WHERE login IS NOT NULL;
