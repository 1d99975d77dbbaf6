-- How far each scope's changes had come when, and how far they are compacted: tells which are old enough to be.
CREATE TABLE mark (
    scope TEXT NOT NULL,
    at INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (scope, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE compacted (scope TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
