-- A ticket is found by several documents, so that what is put into a long one does not take it apart anew. The types are read as in 0001.

-- n: the first article of which the document has something. The newest document of a ticket (ticket.doc) is made anew with what comes.
CREATE TABLE ticket_part (
    doc BIGINT NOT NULL PRIMARY KEY,
    ticket_id UUID NOT NULL REFERENCES ticket (id),
    n BIGINT NOT NULL
);
CREATE INDEX ticket_part_ticket ON ticket_part (ticket_id, doc);
INSERT INTO ticket_part (doc, ticket_id, n) SELECT doc, id, 1 FROM ticket WHERE doc IS NOT NULL;

-- Articles up to this one are in documents that stay.
ALTER TABLE ticket ADD COLUMN indexed BIGINT NOT NULL DEFAULT 0;

-- What was too long for the one document is found now.
UPDATE ticket SET to_index = 1;

-- What sort of case it is.
ALTER TABLE ticket ADD COLUMN type TEXT NOT NULL DEFAULT 'unclassified' CHECK (type IN ('unclassified', 'incident', 'problem', 'request'));

-- Somebody's articles in tickets of others: erased with him.
CREATE INDEX article_author ON article (author_id);
