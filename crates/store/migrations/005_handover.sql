-- Packs that are fetched besides records, what was found of services, referrals with what happened to them, and tasks.
CREATE TABLE pack (
    id BLOB PRIMARY KEY,
    content TEXT NOT NULL,
    hash TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    count INTEGER NOT NULL,
    made_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pack_piece (
    hash TEXT NOT NULL,
    offset INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (hash, offset)
) STRICT;

CREATE TABLE service_check (
    id BLOB PRIMARY KEY,
    service TEXT NOT NULL,
    checked_at INTEGER NOT NULL,
    closed_from TEXT NOT NULL,
    closed_to TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX service_check_by_service ON service_check (service);

CREATE TABLE referral (
    id BLOB PRIMARY KEY,
    household BLOB,
    slip TEXT NOT NULL,
    urgent INTEGER NOT NULL,
    opened_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_by_household ON referral (household) WHERE household IS NOT NULL;
CREATE INDEX referral_by_slip ON referral (slip) WHERE slip <> '';

CREATE TABLE referral_event (
    id BLOB PRIMARY KEY,
    referral BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_event_by_referral ON referral_event (referral);

CREATE TABLE referral_state (
    referral BLOB PRIMARY KEY,
    state TEXT NOT NULL,
    due_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_state_due ON referral_state (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE task (
    id BLOB PRIMARY KEY,
    household BLOB,
    subject BLOB,
    purpose TEXT NOT NULL,
    due_on TEXT NOT NULL,
    done_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX task_by_household ON task (household) WHERE household IS NOT NULL;
CREATE INDEX task_by_subject ON task (subject) WHERE subject IS NOT NULL;
CREATE INDEX task_due ON task (due_on) WHERE done_at = 0;

ALTER TABLE right_item ADD COLUMN follow_up TEXT NOT NULL DEFAULT '';
ALTER TABLE right_item ADD COLUMN follow_up_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX door_state_moved_in ON door_state (last_at) WHERE outcome = 'moved_in';
CREATE INDEX right_item_asked ON right_item (follow_up_at) WHERE follow_up = 'asked';

-- What a newer tablet wrote was kept while its types were not known here: it is projected at the next opening, whenever that is.
INSERT OR REPLACE INTO meta (key, value) VALUES ('to_project', x'74727565');
