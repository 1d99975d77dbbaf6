-- How far the snapshot of a scope was taken in, while it is: JSON of crate::snapshot::Reached; empty before and after.
ALTER TABLE scope ADD COLUMN snapshot TEXT NOT NULL DEFAULT '';
