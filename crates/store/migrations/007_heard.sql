-- What people said: trust by slip, verbatims.
CREATE TABLE trust (
    id BLOB PRIMARY KEY,
    slip TEXT NOT NULL,
    object TEXT NOT NULL,
    level INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX trust_by_slip ON trust (slip, object, at);

CREATE TABLE verbatim (
    id BLOB PRIMARY KEY,
    household BLOB,
    theme TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX verbatim_by_household ON verbatim (household) WHERE household IS NOT NULL;

-- What a newer tablet wrote was kept while its types were not known here: it is projected at the next opening, whenever that is.
INSERT OR REPLACE INTO meta (key, value) VALUES ('to_project', x'74727565');
