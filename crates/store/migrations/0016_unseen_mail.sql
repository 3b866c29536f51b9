-- What somebody has not seen goes to him by e-mail, unless he wants none. The types are read as in 0001.

ALTER TABLE person ADD COLUMN unseen_mail BIGINT NOT NULL DEFAULT 1 CHECK (unseen_mail IN (0, 1));
