-- What a compaction left of a change, as a compressed text, in the place of `payload`: told to everyone, its author too.
ALTER TABLE change ADD COLUMN packed BLOB;
