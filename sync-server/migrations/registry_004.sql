-- The last sequence of the scope when the tablet began to read it: what it wrote itself up to there it does not have, if it
-- held the scope before and dropped it.
ALTER TABLE granted ADD COLUMN begun INTEGER NOT NULL DEFAULT 0;
