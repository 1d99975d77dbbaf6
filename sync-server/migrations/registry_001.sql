-- Who may speak to this server: tablets, one-time codes, console accounts and their sessions. No resident is here.

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- A replica is a profile on a tablet. Its number is never given twice.
CREATE TABLE tablet (
    replica INTEGER PRIMARY KEY AUTOINCREMENT,
    profile BLOB NOT NULL,
    structure BLOB NOT NULL,
    name TEXT NOT NULL,
    public_key TEXT NOT NULL,
    status TEXT NOT NULL DEFAULT 'active',
    app_version TEXT NOT NULL DEFAULT '',
    enrolled_at INTEGER NOT NULL,
    last_contact INTEGER NOT NULL DEFAULT 0,
    left_to_send INTEGER NOT NULL DEFAULT 0,
    clock_off_ms INTEGER NOT NULL DEFAULT 0
) STRICT;

-- The key of a code is kept, never the code; it is dropped when the code is spent or dead.
CREATE TABLE code (
    lookup TEXT PRIMARY KEY,
    profile BLOB NOT NULL,
    salt TEXT NOT NULL,
    key BLOB,
    made_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    used_at INTEGER NOT NULL DEFAULT 0,
    server_nonce TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
    id BLOB PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Only the hash of a session's token is kept.
CREATE TABLE session (
    token BLOB PRIMARY KEY,
    account BLOB NOT NULL,
    made_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Tries to log in, by account name as typed (hashed) — ten in a quarter of an hour.
CREATE TABLE login_try (name BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX login_try_by_name ON login_try (name, at);
