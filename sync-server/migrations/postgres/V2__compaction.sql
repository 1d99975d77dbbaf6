-- What a compaction left of a change stands in `payload`, compressed, then sealed: told to everyone, its author too.
ALTER TABLE change ADD COLUMN packed BOOLEAN NOT NULL DEFAULT FALSE;
