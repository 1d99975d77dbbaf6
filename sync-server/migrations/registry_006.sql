-- What left the structure: frozen, numbered, a period once (decision 025). The body holds the true numbers with what is hidden.
CREATE TABLE release (
    number INTEGER PRIMARY KEY,
    period TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    account TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
