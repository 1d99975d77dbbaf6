-- What coordinators decide and import, beside the records: no value of a resident is here.

-- How far an author's changes had arrived when: tells how long a writing stayed offline.
CREATE TABLE arrival (
    replica INTEGER NOT NULL,
    last INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (replica, last)
) STRICT, WITHOUT ROWID;

-- Decisions between values and between visits. `writes` holds names of values, never the values: those stay in the
-- store's history, and leave it with an erasure.
CREATE TABLE decision (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    kind TEXT NOT NULL,
    record BLOB NOT NULL,
    field INTEGER NOT NULL,
    door BLOB,
    writes TEXT NOT NULL,
    undone_at INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX decision_by_time ON decision (at);

-- Contours of neighbourhoods and structures of the directory, as the last accepted import left them: packs, not records.
CREATE TABLE zone (code TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE directory (id BLOB PRIMARY KEY, body TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What an import compares of a building and no tablet needs: its postcode, and whether a person settled its neighbourhood.
CREATE TABLE building_note (
    building BLOB PRIMARY KEY,
    postcode TEXT NOT NULL DEFAULT '',
    qpv_settled INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Imports that were accepted.
CREATE TABLE import (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    account TEXT NOT NULL,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    files TEXT NOT NULL
) STRICT, WITHOUT ROWID;
