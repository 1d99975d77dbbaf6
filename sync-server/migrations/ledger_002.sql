-- Which records a kept batch speaks of, accepted or refused: erasing one of them finds every text that holds it.
CREATE TABLE batch_record (
    batch INTEGER NOT NULL,
    record BLOB NOT NULL,
    territory BLOB NOT NULL,
    PRIMARY KEY (batch, record)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_by_record ON batch_record (territory, record);

-- A batch kept before this table may speak of records that it cannot name (refused ones): its text is no longer kept.
DELETE FROM batch WHERE EXISTS (
    SELECT 1 FROM refusal
    WHERE refusal.territory = batch.territory AND refusal.replica = batch.replica
        AND refusal.sequence BETWEEN batch.first AND batch.last
);
INSERT OR IGNORE INTO batch_record (batch, record, territory)
    SELECT batch.n, change.record, batch.territory
    FROM batch JOIN change ON change.territory = batch.territory AND change.replica = batch.replica
        AND change.sequence BETWEEN batch.first AND batch.last;

-- After a restore an author may have sent more than the copy holds: its next batch may begin later, once.
ALTER TABLE author ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0;
