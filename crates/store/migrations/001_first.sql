-- The store of a tablet, and the read model of the server. Migrations only add; this file is never edited once released.

-- Small facts of this copy: replica, last sequence, last clock, anchors of trusted time.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Scopes held, how far each was read, and the sum of its records' hashes.
CREATE TABLE scope (
    n INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    scanned INTEGER NOT NULL DEFAULT 0,
    digest BLOB NOT NULL
) STRICT;

-- The truth: one packed row a record. No foreign key between records: a visit may arrive before its door.
CREATE TABLE record (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    kind INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT;
CREATE INDEX record_by_scope ON record (scope, kind);

-- Own changes that the server has not acknowledged, as they will be signed.
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    change TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_record ON outbox (record);

-- Values that stood and do not any more, kept 90 days: history and undo.
CREATE TABLE replaced (
    n INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    field INTEGER NOT NULL,
    head BLOB NOT NULL,
    replaced_at INTEGER NOT NULL
) STRICT;
CREATE INDEX replaced_by_record ON replaced (record, field);

-- Changes the server refused, with the reason; nothing is lost and nothing blocks.
CREATE TABLE quarantine (
    sequence INTEGER PRIMARY KEY,
    record BLOB NOT NULL,
    kind INTEGER NOT NULL,
    reason TEXT NOT NULL,
    written_at INTEGER NOT NULL,
    change TEXT NOT NULL
) STRICT;

-- What a person did, for "Journal du jour": each act is undone and redone as a whole.
CREATE TABLE act (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '',
    door BLOB,
    stair BLOB,
    count INTEGER NOT NULL DEFAULT 1,
    undone INTEGER NOT NULL DEFAULT 0,
    undoable INTEGER NOT NULL DEFAULT 1,
    last_sequence INTEGER NOT NULL,
    edits BLOB NOT NULL
) STRICT;

-- Projections: only the columns that a query needs, rebuilt from `record` by `Store::rebuild`.
CREATE TABLE structure (id BLOB PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sector (id BLOB PRIMARY KEY, name TEXT NOT NULL, qpv TEXT NOT NULL, insee TEXT NOT NULL, structures TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE profile (id BLOB PRIMARY KEY, display_name TEXT NOT NULL, role TEXT NOT NULL, structure BLOB NOT NULL, active INTEGER NOT NULL, replicas TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE local_number (id BLOB PRIMARY KEY, label TEXT NOT NULL, number TEXT NOT NULL, rank INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE building (
    id BLOB PRIMARY KEY,
    sector BLOB NOT NULL,
    address TEXT NOT NULL,
    insee TEXT NOT NULL,
    commune TEXT NOT NULL,
    latitude INTEGER,
    longitude INTEGER,
    qpv TEXT NOT NULL,
    qpv_status TEXT NOT NULL,
    access TEXT NOT NULL,
    invented INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE stair (id BLOB PRIMARY KEY, building BLOB NOT NULL, name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX stair_by_building ON stair (building);
-- `tried`, `opened` and `last_at` repeat the door's state: coverage reads one index and no row.
CREATE TABLE door (
    id BLOB PRIMARY KEY,
    stair BLOB NOT NULL,
    floor INTEGER NOT NULL,
    label TEXT NOT NULL,
    rank INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    last_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX door_by_stair ON door (stair, floor, rank);
CREATE INDEX door_coverage ON door (stair, tried, opened, last_at);

CREATE TABLE visit (
    id BLOB PRIMARY KEY,
    door BLOB NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    author INTEGER NOT NULL,
    structure BLOB,
    outing BLOB,
    callback TEXT NOT NULL,
    flags TEXT NOT NULL,
    participants TEXT NOT NULL,
    apart TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_by_door ON visit (door, at);
CREATE INDEX visit_by_time ON visit (at);
CREATE INDEX visit_by_author ON visit (author, at);
CREATE INDEX visit_by_outing ON visit (outing) WHERE outing IS NOT NULL;

-- What a door's visits add up to; two mediators in one visit count once.
CREATE TABLE door_state (
    door BLOB PRIMARY KEY,
    outcome TEXT NOT NULL,
    last_at INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    tried INTEGER NOT NULL,
    opened INTEGER NOT NULL,
    callback TEXT NOT NULL,
    do_not_contact_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX door_state_callback ON door_state (last_at) WHERE outcome = 'callback';

CREATE TABLE household (id BLOB PRIMARY KEY, door BLOB NOT NULL, opened_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX household_by_door ON household (door);
CREATE TABLE person (id BLOB PRIMARY KEY, household BLOB NOT NULL, given_name TEXT NOT NULL, family_name TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_household ON person (household);
CREATE TABLE agreement (id BLOB PRIMARY KEY, household BLOB NOT NULL, purpose TEXT NOT NULL, status TEXT NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_by_household ON agreement (household);
CREATE TABLE visit_note (id BLOB PRIMARY KEY, visit BLOB NOT NULL, door BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX visit_note_by_visit ON visit_note (visit);
CREATE TABLE outing (
    id BLOB PRIMARY KEY,
    sector BLOB NOT NULL,
    structure BLOB NOT NULL,
    author INTEGER NOT NULL,
    team TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    planned_return INTEGER NOT NULL,
    ended_at INTEGER NOT NULL,
    minutes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX outing_by_start ON outing (started_at);

-- Fields where two values written at once wait for a person.
CREATE TABLE point (record BLOB NOT NULL, field INTEGER NOT NULL, kind INTEGER NOT NULL, door BLOB, PRIMARY KEY (record, field)) STRICT, WITHOUT ROWID;
CREATE INDEX point_by_door ON point (door);

-- Search (ux.md §2.4). Plain tables and not FTS5: a contentless index keeps the words of an erased person in its shadow
-- tables until a merge, and it finds no typing error. What a person or a building is found by, folded:
CREATE TABLE search_item (n INTEGER PRIMARY KEY, record BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL, key TEXT NOT NULL) STRICT;
-- The vocabulary. A word leaves with the last item that holds it.
CREATE TABLE search_word (n INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
-- Which items hold a word, by the item's kind.
CREATE TABLE search_use (kind INTEGER NOT NULL, word INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (word, kind, item)) STRICT, WITHOUT ROWID;
-- Hashes of what a word sounds like and of what it is with a letter missing: two words that share one are alike.
CREATE TABLE search_near (key INTEGER NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (key, word)) STRICT, WITHOUT ROWID;
