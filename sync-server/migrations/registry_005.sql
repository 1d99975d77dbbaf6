-- Packs as tablets fetch them, whole; made again from what imports brought. The two latest of each content are kept: a tablet
-- may be in the middle of the one before.
CREATE TABLE pack (
    hash TEXT PRIMARY KEY,
    content TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;

-- Services of the directory, as JSON.
CREATE TABLE service (
    id BLOB PRIMARY KEY,
    body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
