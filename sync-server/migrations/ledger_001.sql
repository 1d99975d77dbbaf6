-- The ledger: accepted changes, per scope in a gapless sequence. Everything is keyed by territory, then scope.

CREATE TABLE scope_head (
    territory BLOB NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (territory, scope)
) STRICT, WITHOUT ROWID;

-- `payload` is NULL once its record is erased: the place in the sequence stays, what it said does not.
CREATE TABLE change (
    territory BLOB NOT NULL,
    scope TEXT NOT NULL,
    seq INTEGER NOT NULL,
    replica INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    record BLOB NOT NULL,
    payload TEXT,
    effective INTEGER,
    PRIMARY KEY (territory, scope, seq)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX change_by_author ON change (territory, replica, sequence);
CREATE INDEX change_by_record ON change (territory, record);

-- How far each author's changes are consumed, contiguous from 1.
CREATE TABLE author (
    territory BLOB NOT NULL,
    replica INTEGER NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (territory, replica)
) STRICT, WITHOUT ROWID;

-- Consumed and not accepted: the same answer to a repeated batch.
CREATE TABLE refusal (
    territory BLOB NOT NULL,
    replica INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (territory, replica, sequence)
) STRICT, WITHOUT ROWID;

-- Where each record lives, what it is, and whether it was erased: its first accepted change decides.
CREATE TABLE home (
    territory BLOB NOT NULL,
    record BLOB NOT NULL,
    scope TEXT NOT NULL,
    kind INTEGER NOT NULL,
    erased INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (territory, record)
) STRICT, WITHOUT ROWID;

-- Batches as they were signed: the proof of who wrote. Dropped when a record in them is erased.
CREATE TABLE batch (
    n INTEGER PRIMARY KEY,
    territory BLOB NOT NULL,
    replica INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    text BLOB NOT NULL,
    signature TEXT NOT NULL
) STRICT;
CREATE INDEX batch_by_author ON batch (territory, replica, first);
