-- Actions away from the doors, and what is counted there.
CREATE TABLE action (
    id BLOB PRIMARY KEY,
    sector BLOB NOT NULL,
    kind TEXT NOT NULL,
    place TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX action_started ON action (started_at);

CREATE TABLE tally (
    id BLOB PRIMARY KEY,
    action BLOB NOT NULL,
    code TEXT NOT NULL,
    count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_by_action ON tally (action, code);

-- What a newer tablet wrote was kept while its types were not known here: it is projected at the next opening, whenever that is.
INSERT OR REPLACE INTO meta (key, value) VALUES ('to_project', x'74727565');
