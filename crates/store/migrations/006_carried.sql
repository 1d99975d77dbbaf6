-- Batches of other tablets that came by a bundle, as they were signed: kept until the server has them.
CREATE TABLE carried (
    replica INTEGER NOT NULL,
    first INTEGER NOT NULL,
    last INTEGER NOT NULL,
    scopes TEXT NOT NULL,
    taken INTEGER NOT NULL,
    changes TEXT NOT NULL,
    signature TEXT NOT NULL,
    PRIMARY KEY (replica, first)
) STRICT;
-- Records that hold a change of another tablet which the server refused, or which left before the server had it: they are put
-- back to what it has.
CREATE TABLE doubted (record BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
