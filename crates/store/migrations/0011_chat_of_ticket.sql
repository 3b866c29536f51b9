-- Chats begun from a ticket. The types are read as in 0001.
ALTER TABLE chat ADD COLUMN ticket_id UUID;
