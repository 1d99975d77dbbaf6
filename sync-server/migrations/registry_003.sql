-- Scopes that a tablet was given. One that it may not hold any more stays writable for a while, so that what it wrote
-- before it knew still arrives.
CREATE TABLE granted (
    replica INTEGER NOT NULL,
    scope TEXT NOT NULL,
    lost_at INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (replica, scope)
) STRICT, WITHOUT ROWID;
