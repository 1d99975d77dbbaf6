-- Whether the rows no longer hold what was refused: they were put back to what the server has.
ALTER TABLE quarantine ADD COLUMN settled INTEGER NOT NULL DEFAULT 0;
