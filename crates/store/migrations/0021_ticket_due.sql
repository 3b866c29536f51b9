-- Tickets whose time comes.
CREATE INDEX ticket_due ON ticket (pending_until) WHERE pending_until IS NOT NULL;
