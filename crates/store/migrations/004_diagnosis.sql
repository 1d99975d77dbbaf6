-- Diagnoses of rights, their answers and what became of each right. What was answered stays in the records.
CREATE TABLE diagnosis (
    id BLOB PRIMARY KEY,
    household BLOB,
    slip TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    closed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX diagnosis_by_household ON diagnosis (household) WHERE household IS NOT NULL;
CREATE INDEX diagnosis_by_slip ON diagnosis (slip) WHERE slip <> '';

CREATE TABLE answer (
    id BLOB PRIMARY KEY,
    diagnosis BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_diagnosis ON answer (diagnosis);

CREATE TABLE right_item (
    id BLOB PRIMARY KEY,
    diagnosis BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX right_item_by_diagnosis ON right_item (diagnosis);
