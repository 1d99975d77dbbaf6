-- Files and people that a coordinator said are one, and what follows from it: who stands with whom.
CREATE TABLE alias (
    id BLOB PRIMARY KEY,
    one BLOB NOT NULL,
    other BLOB NOT NULL,
    same INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE merged (
    id BLOB PRIMARY KEY,
    holder BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_by_holder ON merged (holder);

-- What a newer server wrote was kept while its type was not known here: it is projected at the next opening, whenever that is.
INSERT OR REPLACE INTO meta (key, value) VALUES ('to_project', x'74727565');
