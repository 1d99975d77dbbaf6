-- Rows are written without their scope and with a dictionary from here on (`crates/store/src/body.rs`). Older rows are read as
-- they are; the number of this migration tells an older app that it would not read these.

-- Values that stood and do not any more, by the number of their record's row: half the room of the index by its id.
ALTER TABLE replaced RENAME TO replaced_by_id;
CREATE TABLE replaced (
    record INTEGER NOT NULL,
    field INTEGER NOT NULL,
    n INTEGER NOT NULL,
    head BLOB NOT NULL,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (record, field, n)
) STRICT, WITHOUT ROWID;
INSERT INTO replaced (record, field, n, head, replaced_at)
    SELECT record.n, old.field, old.n, old.head, old.replaced_at FROM replaced_by_id AS old JOIN record ON record.id = old.record;
DROP TABLE replaced_by_id;
