-- What the figures of the contrat de ville count (model.md §4).
ALTER TABLE household ADD COLUMN sector BLOB;
ALTER TABLE household ADD COLUMN known_by TEXT NOT NULL DEFAULT '';
ALTER TABLE household ADD COLUMN last_contact TEXT NOT NULL DEFAULT '';
ALTER TABLE household ADD COLUMN needs TEXT NOT NULL DEFAULT '';
CREATE INDEX household_opened ON household (opened_at);

ALTER TABLE diagnosis ADD COLUMN sector BLOB;
CREATE INDEX diagnosis_closed ON diagnosis (closed_at) WHERE closed_at > 0;
CREATE TABLE right_status (
    diagnosis BLOB NOT NULL,
    right_key TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (diagnosis, right_key)
) STRICT, WITHOUT ROWID;

ALTER TABLE right_item ADD COLUMN right_key TEXT NOT NULL DEFAULT '';
ALTER TABLE right_item ADD COLUMN non_take_up TEXT NOT NULL DEFAULT '';
ALTER TABLE right_item ADD COLUMN motive TEXT NOT NULL DEFAULT '';
CREATE INDEX right_item_followed ON right_item (follow_up_at) WHERE follow_up <> '';

ALTER TABLE referral ADD COLUMN sector BLOB;
ALTER TABLE referral ADD COLUMN service TEXT NOT NULL DEFAULT '';
ALTER TABLE referral ADD COLUMN need TEXT NOT NULL DEFAULT '';
CREATE INDEX referral_opened ON referral (opened_at);
ALTER TABLE referral_event ADD COLUMN what TEXT NOT NULL DEFAULT '';
ALTER TABLE referral_event ADD COLUMN at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE referral_event ADD COLUMN result TEXT NOT NULL DEFAULT '';
ALTER TABLE referral_event ADD COLUMN first_time TEXT NOT NULL DEFAULT '';
ALTER TABLE referral_event ADD COLUMN source TEXT NOT NULL DEFAULT '';
CREATE INDEX referral_event_at ON referral_event (at);

ALTER TABLE trust ADD COLUMN sector BLOB;

-- Rows of before have none of it: they are written again at the next opening, whenever that is.
INSERT OR REPLACE INTO meta (key, value) VALUES ('to_project', x'74727565');
