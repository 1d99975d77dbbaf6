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
-- Changes of other tablets that a row holds and that nobody brings to the server from here any more: it refused them, or they left
-- before it had them. Without their values. They are taken out of the row.
CREATE TABLE doubted (
    record BLOB NOT NULL,
    replica INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    change TEXT NOT NULL,
    PRIMARY KEY (record, replica, sequence)
) STRICT, WITHOUT ROWID;
