-- The picture of the store: every table and column, and what it holds. A test compares it with the real ones, which
-- migrations/ make. Ids are 16 bytes, times are UTC milliseconds, yes and no are 1 and 0.
--
-- The truth is in `record`; the journal (outbox, replaced, quarantine, act) is what is on its way and what may be undone;
-- all the rest is projected from `record` and written again by a rebuild. No foreign key stands between records: each may
-- arrive before the one it names.

-- ---------------------------------------------------------------------------------------------------------- this copy

-- Small facts of this copy. They are not synced.
CREATE TABLE meta (
    key TEXT PRIMARY KEY, -- replica, sequence, clock, last_sync, anchors of trusted time, settings, to_project (a migration asks for a rebuild)
    value BLOB NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- Scopes held: what this copy may see.
CREATE TABLE scope (
    n INTEGER PRIMARY KEY, -- its number here, in `record`
    key TEXT NOT NULL UNIQUE, -- territory, place:<sector>, file:<sector>:<structure>, team:<structure>
    scanned INTEGER NOT NULL DEFAULT 0, -- the server's sequence up to which it was read; it never goes back
    digest BLOB NOT NULL, -- sum of the hashes of its records, 16 bytes: equal on two copies when their records are
    snapshot TEXT NOT NULL DEFAULT '' -- how far its snapshot was taken in, while it is: JSON
) STRICT;

-- ---------------------------------------------------------------------------------------------------------- the truth

-- One packed row a record: every field with its values that stand and the names of those they replaced.
CREATE TABLE record (
    n INTEGER PRIMARY KEY, -- its number here; it never changes
    id BLOB NOT NULL UNIQUE, -- derived for a place (UUIDv5), made when it happened for the rest (UUIDv7)
    kind INTEGER NOT NULL, -- number of its type in the catalogue of palier-sync; an unknown one is kept
    scope INTEGER NOT NULL, -- scope.n
    body BLOB NOT NULL -- packed state, compressed when that is shorter; an erased record keeps the fact and nothing else
) STRICT;
CREATE INDEX record_by_scope ON record (scope, kind);

-- -------------------------------------------------------------------------------------------------------- the journal

-- Own changes that the server has not acknowledged, in order, as they will be signed. What the pill counts.
CREATE TABLE outbox (
    sequence INTEGER PRIMARY KEY, -- its place in this replica's sequence, from 1, without gaps
    record BLOB NOT NULL, -- the record it edits
    change TEXT NOT NULL -- JSON of the wire
) STRICT;
CREATE INDEX outbox_by_record ON outbox (record);

-- Values that stood and do not any more, kept 90 days: the history of a field.
CREATE TABLE replaced (
    record INTEGER NOT NULL, -- number of the record's row
    field INTEGER NOT NULL, -- number of the field in the catalogue
    n INTEGER NOT NULL, -- the order in which they went
    head BLOB NOT NULL, -- postcard: the value, who wrote it and when
    replaced_at INTEGER NOT NULL, -- when it was replaced here
    PRIMARY KEY (record, field, n)
) STRICT, WITHOUT ROWID;

-- Own changes the server refused. They stay here, and nothing waits for them.
CREATE TABLE quarantine (
    sequence INTEGER PRIMARY KEY, -- its place in this replica's sequence
    record BLOB NOT NULL, -- the record it meant
    kind INTEGER NOT NULL, -- the record's type
    reason TEXT NOT NULL, -- code of the refusal
    written_at INTEGER NOT NULL, -- when it was written
    change TEXT NOT NULL, -- JSON of the wire; empty when the record was erased or its scope given up
    settled INTEGER NOT NULL DEFAULT 0 -- the rows no longer hold it: they were put back to what the server has
) STRICT;

-- Batches of other tablets that came by a bundle, as they were signed: kept until the server has them.
CREATE TABLE carried (
    replica INTEGER NOT NULL, -- their author
    first INTEGER NOT NULL, -- the first sequence in the batch
    last INTEGER NOT NULL, -- the last one
    scopes TEXT NOT NULL, -- scopes that the changes name, separated by spaces
    taken INTEGER NOT NULL, -- the rows hold its changes; 0 while its author is suspended
    changes TEXT NOT NULL, -- the text that was signed
    signature TEXT NOT NULL, -- 128 hexadecimal digits
    PRIMARY KEY (replica, first)
) STRICT;

-- Changes of other tablets that a row holds and that nobody brings to the server from here any more. They are taken out of the row.
CREATE TABLE doubted (
    record BLOB NOT NULL, -- whose
    replica INTEGER NOT NULL, -- the change's author
    sequence INTEGER NOT NULL, -- its place in the author's order
    change TEXT NOT NULL, -- JSON, without its values
    PRIMARY KEY (record, replica, sequence)
) STRICT, WITHOUT ROWID;

-- What a person did, for "Journal du jour": each act is undone and redone as a whole.
CREATE TABLE act (
    n INTEGER PRIMARY KEY, -- the order in which they were done
    id BLOB NOT NULL UNIQUE, -- what the screen names it by
    at INTEGER NOT NULL, -- when
    kind TEXT NOT NULL, -- code: visit, floor, note
    code TEXT NOT NULL DEFAULT '', -- outcome or other code
    door BLOB, -- where, at a door
    stair BLOB, -- where, in a stair
    count INTEGER NOT NULL DEFAULT 1, -- doors it is about
    undone INTEGER NOT NULL DEFAULT 0, -- it is undone now
    undoable INTEGER NOT NULL DEFAULT 1, -- 0 for what is final: a withdrawal, an erasure
    last_sequence INTEGER NOT NULL, -- the last change it made: sent when nothing up to there waits
    edits BLOB NOT NULL -- JSON: field by field, what stood before and what it wrote
) STRICT;

-- Pieces of packs, as they were fetched. They are not synced as records and no rebuild touches them.
CREATE TABLE pack_piece (
    hash TEXT NOT NULL, -- of which pack
    offset INTEGER NOT NULL, -- where in it
    body BLOB NOT NULL, -- the bytes
    PRIMARY KEY (hash, offset)
) STRICT;

-- -------------------------------------------------------------------------------------------------- projected: the programme

-- Structures that employ mediators.
CREATE TABLE structure (
    id BLOB PRIMARY KEY, -- record id
    name TEXT NOT NULL, -- as it is known
    kind TEXT NOT NULL -- code: centre social, association
) STRICT, WITHOUT ROWID;

-- Sectors: some buildings, worked by some structures.
CREATE TABLE sector (
    id BLOB PRIMARY KEY, -- record id
    name TEXT NOT NULL, -- as it is known
    qpv TEXT NOT NULL, -- code of the priority district, empty for none
    insee TEXT NOT NULL, -- code of the commune
    structures TEXT NOT NULL -- ids, joined by commas
) STRICT, WITHOUT ROWID;

-- People at work: a first name and no other.
CREATE TABLE profile (
    id BLOB PRIMARY KEY, -- record id
    display_name TEXT NOT NULL, -- first name
    role TEXT NOT NULL, -- code
    structure BLOB NOT NULL, -- where they work
    active INTEGER NOT NULL, -- they work there now
    replicas TEXT NOT NULL -- numbers of the replicas they write with, joined by commas
) STRICT, WITHOUT ROWID;

-- Local emergency numbers.
CREATE TABLE local_number (
    id BLOB PRIMARY KEY, -- record id
    label TEXT NOT NULL, -- whom it reaches
    number TEXT NOT NULL, -- as it is dialled
    rank INTEGER NOT NULL -- the coordinators' order
) STRICT, WITHOUT ROWID;

-- Outings of a team. Hours are proposed from them; no position is ever kept.
CREATE TABLE outing (
    id BLOB PRIMARY KEY, -- record id
    sector BLOB NOT NULL, -- where
    structure BLOB NOT NULL, -- whose
    author INTEGER NOT NULL, -- the replica that started it
    team TEXT NOT NULL, -- profile ids, joined by commas
    started_at INTEGER NOT NULL, -- when it began
    planned_return INTEGER NOT NULL, -- when the alarm rings, 0 for none
    ended_at INTEGER NOT NULL, -- 0 while open
    minutes INTEGER NOT NULL -- hours kept, corrected by hand
) STRICT, WITHOUT ROWID;
CREATE INDEX outing_by_start ON outing (started_at);

-- Packs of the territory: fetched besides records, when nothing else waits.
CREATE TABLE pack (
    id BLOB PRIMARY KEY, -- record id
    content TEXT NOT NULL, -- code: directory
    hash TEXT NOT NULL, -- BLAKE3 of its bytes, hexadecimal
    bytes INTEGER NOT NULL, -- how long it is
    count INTEGER NOT NULL, -- how many things it holds
    made_at INTEGER NOT NULL -- when it was made
) STRICT, WITHOUT ROWID;

-- What a structure's people found of a service.
CREATE TABLE service_check (
    id BLOB PRIMARY KEY, -- record id, derived from the structure and the service
    service TEXT NOT NULL, -- its key in the directory
    checked_at INTEGER NOT NULL, -- when its line was last checked, 0 for never
    closed_from TEXT NOT NULL, -- first day of a closure, YYYY-MM-DD, empty for none
    closed_to TEXT NOT NULL -- its last day
) STRICT, WITHOUT ROWID;
CREATE INDEX service_check_by_service ON service_check (service);

-- -------------------------------------------------------------------------------------------------------- projected: places

-- Buildings. A cancelled one and an alias have no row.
CREATE TABLE building (
    id BLOB PRIMARY KEY, -- record id
    sector BLOB NOT NULL, -- from the record's scope
    address TEXT NOT NULL, -- as it was written last
    insee TEXT NOT NULL, -- code of the commune
    commune TEXT NOT NULL, -- name of the commune
    latitude INTEGER, -- millionths of a degree
    longitude INTEGER, -- millionths of a degree
    qpv TEXT NOT NULL, -- code of the priority district, empty when outside
    qpv_status TEXT NOT NULL, -- inside, outside, to_confirm, or empty when the point is unknown
    access TEXT NOT NULL, -- how to get in
    invented INTEGER NOT NULL -- of the demonstration
) STRICT, WITHOUT ROWID;

-- Stairs of a building.
CREATE TABLE stair (
    id BLOB PRIMARY KEY, -- record id
    building BLOB NOT NULL, -- whose
    name TEXT NOT NULL -- empty for the only stair
) STRICT, WITHOUT ROWID;
CREATE INDEX stair_by_building ON stair (building);

-- Doors of a stair. The last three columns repeat the door's state: coverage reads one index and no row.
CREATE TABLE door (
    id BLOB PRIMARY KEY, -- record id
    stair BLOB NOT NULL, -- whose
    floor INTEGER NOT NULL, -- 0 for the ground floor
    label TEXT NOT NULL, -- as it is written on the door
    rank INTEGER NOT NULL, -- its place on the landing, from left to right
    tried INTEGER NOT NULL, -- someone came
    opened INTEGER NOT NULL, -- someone opened
    last_at INTEGER -- last passage
) STRICT, WITHOUT ROWID;
CREATE INDEX door_by_stair ON door (stair, floor, rank);
CREATE INDEX door_coverage ON door (stair, tried, opened, last_at);

-- Passages at a door: coded, without identity. A cancelled one has no row and counts nowhere.
CREATE TABLE visit (
    id BLOB PRIMARY KEY, -- record id
    door BLOB NOT NULL, -- where
    outcome TEXT NOT NULL, -- code; one of a newer version is kept
    at INTEGER NOT NULL, -- when
    author INTEGER NOT NULL, -- the replica that recorded it
    structure BLOB, -- who made it
    outing BLOB, -- in which outing
    callback TEXT NOT NULL, -- slot promised, empty for none
    flags TEXT NOT NULL, -- codes, joined by commas
    participants TEXT NOT NULL, -- profile ids, joined by commas
    apart TEXT NOT NULL -- ids of the visits that someone said are not this one, as hexadecimal, joined by commas
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_by_door ON visit (door, at);
CREATE INDEX visit_by_time ON visit (at);
CREATE INDEX visit_by_author ON visit (author, at);
CREATE INDEX visit_by_outing ON visit (outing) WHERE outing IS NOT NULL;

-- What a door's passages add up to; two mediators in one visit count once. A door never tried has no row.
CREATE TABLE door_state (
    door BLOB PRIMARY KEY, -- door id, whether the door is here yet or not
    outcome TEXT NOT NULL, -- of the last passage
    last_at INTEGER NOT NULL, -- when that was
    passages INTEGER NOT NULL, -- how many
    tried INTEGER NOT NULL, -- always 1: summed by coverage
    opened INTEGER NOT NULL, -- someone opened at least once
    callback TEXT NOT NULL, -- slot promised at the last passage
    do_not_contact_at INTEGER NOT NULL -- when "ne plus solliciter" was last asked, 0 for never
) STRICT, WITHOUT ROWID;
CREATE INDEX door_state_callback ON door_state (last_at) WHERE outcome = 'callback';
CREATE INDEX door_state_moved_in ON door_state (last_at) WHERE outcome = 'moved_in';

-- --------------------------------------------------------------------------------------------------------- projected: files

-- Household files.
CREATE TABLE household (
    id BLOB PRIMARY KEY, -- record id
    door BLOB NOT NULL, -- where they live
    opened_at INTEGER NOT NULL, -- when the file was opened
    sector BLOB, -- where
    known_by TEXT NOT NULL DEFAULT '', -- codes of structures that know them, by commas; none, or empty when nobody asked
    last_contact TEXT NOT NULL DEFAULT '', -- code of when they last came to a public service
    needs TEXT NOT NULL DEFAULT '' -- codes, by commas
) STRICT, WITHOUT ROWID;
CREATE INDEX household_opened ON household (opened_at);
CREATE INDEX household_by_door ON household (door);

-- People of a household. An erased one has no row.
CREATE TABLE person (
    id BLOB PRIMARY KEY, -- record id
    household BLOB NOT NULL, -- whose
    given_name TEXT NOT NULL, -- empty while no agreement allows it
    family_name TEXT NOT NULL -- empty while no agreement allows it
) STRICT, WITHOUT ROWID;
CREATE INDEX person_by_household ON person (household);

-- Agreements of a household, by purpose; the most protective of concurrent decisions.
CREATE TABLE agreement (
    id BLOB PRIMARY KEY, -- record id, derived from the household and the purpose
    household BLOB NOT NULL, -- whose
    purpose TEXT NOT NULL, -- code
    status TEXT NOT NULL, -- code
    at INTEGER NOT NULL -- when it was given or taken back
) STRICT, WITHOUT ROWID;
CREATE INDEX agreement_by_household ON agreement (household);

-- Which passages have a note. Its text stays in the record.
CREATE TABLE visit_note (
    id BLOB PRIMARY KEY, -- record id
    visit BLOB NOT NULL, -- of which passage
    door BLOB NOT NULL -- at which door
) STRICT, WITHOUT ROWID;
CREATE INDEX visit_note_by_visit ON visit_note (visit);

-- Diagnoses of rights. A cancelled one has no row.
CREATE TABLE diagnosis (
    id BLOB PRIMARY KEY, -- record id
    household BLOB, -- whose; none when it hangs on a slip
    slip TEXT NOT NULL, -- the code of the slip, empty when it is a household's
    started_at INTEGER NOT NULL, -- when it began
    closed_at INTEGER NOT NULL, -- 0 while open
    sector BLOB -- where
) STRICT, WITHOUT ROWID;
CREATE INDEX diagnosis_closed ON diagnosis (closed_at) WHERE closed_at > 0;

-- What a closed diagnosis told of each right.
CREATE TABLE right_status (
    diagnosis BLOB NOT NULL, -- of which diagnosis
    right_key TEXT NOT NULL, -- key of the right
    status TEXT NOT NULL, -- code
    PRIMARY KEY (diagnosis, right_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX diagnosis_by_household ON diagnosis (household) WHERE household IS NOT NULL;
CREATE INDEX diagnosis_by_slip ON diagnosis (slip) WHERE slip <> '';

-- Which answers a diagnosis has. What was answered stays in the record.
CREATE TABLE answer (
    id BLOB PRIMARY KEY, -- record id, derived from the diagnosis and the question
    diagnosis BLOB NOT NULL -- of which diagnosis
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_diagnosis ON answer (diagnosis);

-- Which rights of a diagnosis something became of.
CREATE TABLE right_item (
    id BLOB PRIMARY KEY, -- record id, derived from the diagnosis and the right
    diagnosis BLOB NOT NULL, -- of which diagnosis
    follow_up TEXT NOT NULL DEFAULT '', -- code: asked, granted…
    follow_up_at INTEGER NOT NULL DEFAULT 0, -- when that was said
    right_key TEXT NOT NULL DEFAULT '', -- key of the right
    non_take_up TEXT NOT NULL DEFAULT '', -- type, when it was said
    motive TEXT NOT NULL DEFAULT '' -- code, when it was said
) STRICT, WITHOUT ROWID;
CREATE INDEX right_item_followed ON right_item (follow_up_at) WHERE follow_up <> '';
CREATE INDEX right_item_by_diagnosis ON right_item (diagnosis);
CREATE INDEX right_item_asked ON right_item (follow_up_at) WHERE follow_up = 'asked';

-- Referrals. A cancelled one has no row.
CREATE TABLE referral (
    id BLOB PRIMARY KEY, -- record id
    household BLOB, -- whose; none when it hangs on a slip
    slip TEXT NOT NULL, -- the code of the slip that the partner quotes
    urgent INTEGER NOT NULL, -- a reminder after 48 hours instead of ten days
    opened_at INTEGER NOT NULL, -- when it was made
    sector BLOB, -- where
    service TEXT NOT NULL DEFAULT '', -- the service's key
    need TEXT NOT NULL DEFAULT '' -- theme
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_opened ON referral (opened_at);
CREATE INDEX referral_by_household ON referral (household) WHERE household IS NOT NULL;
CREATE INDEX referral_by_slip ON referral (slip) WHERE slip <> '';

-- Which things happened to a referral. What they were stays in the record.
CREATE TABLE referral_event (
    id BLOB PRIMARY KEY, -- record id
    referral BLOB NOT NULL, -- of which referral, whether it is here yet or not
    what TEXT NOT NULL DEFAULT '', -- code of what happened
    at INTEGER NOT NULL DEFAULT 0, -- when, UTC ms
    result TEXT NOT NULL DEFAULT '', -- what came of it, code
    first_time TEXT NOT NULL DEFAULT '', -- yes, no, or not asked
    source TEXT NOT NULL DEFAULT '' -- who said so, code
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_event_at ON referral_event (at);
CREATE INDEX referral_event_by_referral ON referral_event (referral);

-- What the events of a referral add up to, without the passing of time.
CREATE TABLE referral_state (
    referral BLOB PRIMARY KEY, -- referral id
    state TEXT NOT NULL, -- code
    due_at INTEGER -- when something is to be done next, none when nothing is
) STRICT, WITHOUT ROWID;
CREATE INDEX referral_state_due ON referral_state (due_at) WHERE due_at IS NOT NULL;

-- Visits and calls to make. A cancelled one has no row.
CREATE TABLE task (
    id BLOB PRIMARY KEY, -- record id
    household BLOB, -- whose; none when its subject hangs on a slip
    subject BLOB, -- the referral or the right it is about, none for none
    purpose TEXT NOT NULL, -- code
    due_on TEXT NOT NULL, -- the day, YYYY-MM-DD in Paris
    done_at INTEGER NOT NULL -- 0 while it is to be done
) STRICT, WITHOUT ROWID;
CREATE INDEX task_by_household ON task (household) WHERE household IS NOT NULL;
CREATE INDEX task_by_subject ON task (subject) WHERE subject IS NOT NULL;
CREATE INDEX task_due ON task (due_on) WHERE done_at = 0;

-- Trust in an institution, by slip. A cancelled one has no row.
CREATE TABLE trust (
    id BLOB PRIMARY KEY, -- record id
    slip TEXT NOT NULL, -- code of the slip that pairs the answers of one person
    object TEXT NOT NULL, -- whom it is about, code
    level INTEGER NOT NULL, -- 1 not at all, 4 wholly
    at INTEGER NOT NULL, -- UTC ms
    sector BLOB -- where
) STRICT, WITHOUT ROWID;
CREATE INDEX trust_by_slip ON trust (slip, object, at);

-- What someone said, in their words: the text is read from its record. A cancelled one has no row.
CREATE TABLE verbatim (
    id BLOB PRIMARY KEY, -- record id
    household BLOB, -- whose; none when nobody is named
    theme TEXT NOT NULL, -- code
    at INTEGER NOT NULL -- UTC ms
) STRICT, WITHOUT ROWID;
CREATE INDEX verbatim_by_household ON verbatim (household) WHERE household IS NOT NULL;

-- Actions away from the doors. A withdrawn one has no row.
CREATE TABLE action (
    id BLOB PRIMARY KEY, -- record id
    sector BLOB NOT NULL, -- where
    kind TEXT NOT NULL, -- type, code
    place TEXT NOT NULL, -- code
    status TEXT NOT NULL, -- code
    started_at INTEGER NOT NULL, -- UTC ms
    ended_at INTEGER NOT NULL -- 0 while it goes on
) STRICT, WITHOUT ROWID;
CREATE INDEX action_started ON action (started_at);

-- What was counted at an action, by every tablet together.
CREATE TABLE tally (
    id BLOB PRIMARY KEY, -- record id, derived from the action and the code
    action BLOB NOT NULL, -- of which action, whether it is here yet or not
    code TEXT NOT NULL, -- what is counted
    count INTEGER NOT NULL -- how many
) STRICT, WITHOUT ROWID;
CREATE INDEX tally_by_action ON tally (action, code);

-- Pairs of files, or of people, that a coordinator decided on.
CREATE TABLE alias (
    id BLOB PRIMARY KEY, -- record id, derived from the pair
    one BLOB NOT NULL, -- one of the two
    other BLOB NOT NULL, -- the other
    same INTEGER NOT NULL -- 1 when they are one, 0 when they are not
) STRICT, WITHOUT ROWID;

-- Who stands with whom, from all pairs that are one.
CREATE TABLE merged (
    id BLOB PRIMARY KEY, -- a file or a person
    holder BLOB NOT NULL -- the smallest id of those that stand together
) STRICT, WITHOUT ROWID;
CREATE INDEX merged_by_holder ON merged (holder);

-- Points à trancher: fields where values written at once wait for a person.
CREATE TABLE point (
    record BLOB NOT NULL, -- whose
    field INTEGER NOT NULL, -- number of the field in the catalogue
    kind INTEGER NOT NULL, -- the record's type
    door BLOB, -- the door it is about
    PRIMARY KEY (record, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX point_by_door ON point (door);

-- -------------------------------------------------------------------------------------------------------- projected: search

-- What is found by words: people that an agreement lets be named, and buildings.
CREATE TABLE search_item (
    n INTEGER PRIMARY KEY, -- record.n
    record BLOB NOT NULL UNIQUE, -- record id
    kind INTEGER NOT NULL, -- the record's type
    key TEXT NOT NULL -- folded: given|family, or the address
) STRICT;

-- The vocabulary: words, and neighbours written as one. A word leaves with the last item that holds it.
CREATE TABLE search_word (
    n INTEGER PRIMARY KEY, -- its number
    text TEXT NOT NULL UNIQUE -- folded
) STRICT;

-- Which items hold a word.
CREATE TABLE search_use (
    kind INTEGER NOT NULL, -- the item's type: people and buildings are looked for apart
    word INTEGER NOT NULL, -- search_word.n
    item INTEGER NOT NULL, -- search_item.n
    PRIMARY KEY (word, kind, item)
) STRICT, WITHOUT ROWID;

-- Words that are alike share a key: by sound, or by what is left when one letter is taken out.
CREATE TABLE search_near (
    key INTEGER NOT NULL, -- 32-bit hash
    word INTEGER NOT NULL, -- search_word.n
    PRIMARY KEY (key, word)
) STRICT, WITHOUT ROWID;
