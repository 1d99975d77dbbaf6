//! What may happen, and the history that a seed draws. An act carries all it needs, so that any of them may be left out of a
//! history that fails and the rest still means the same.

use crate::draw::Dice;

/// Tablets in use at any time: two of each structure.
pub const TABLETS: usize = 4;

/// Fewest acts of a drawn history.
pub const STEPS_MIN: u64 = 200;

/// A history: where it begins, and what happens.
#[derive(Debug, Clone)]
pub struct History {
    /// What it was drawn from.
    pub seed: u64,
    /// How much an answer tells at once.
    pub sizes: Sizes,
    /// What happens, in this order.
    pub acts: Vec<Act>,
}

/// Sizes that the product has for a metropolis, made small: histories are short, and edges of pages must fall in them.
#[derive(Debug, Clone, Copy)]
pub struct Sizes {
    /// Most changes of a page.
    pub page: usize,
    /// Changes of a scope from which on a newcomer is told its records as they stand.
    pub snapshot_from: u64,
}

/// One thing that happens. `tablet` is a place at work: when its tablet is revoked, another is enrolled there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says what it is in its own line; the numbers are taken modulo what there is")]
pub enum Act {
    /// A passage at a door.
    Visit { tablet: usize, door: u8, outcome: u8 },
    /// The outcome of the last passage is corrected: also one of another tablet.
    Correct { tablet: usize, visit: u8, outcome: u8 },
    /// A door that others may have made under the same id.
    Door { tablet: usize, door: u8 },
    /// A number of a household: the last writer wins.
    Number { tablet: usize, household: u8, field: u8, value: u8 },
    /// A note: whoever did not see another's keeps both.
    Note { tablet: usize, household: u8, text: u8 },
    /// Needs: a set.
    Needs { tablet: usize, household: u8, wanted: u8 },
    /// The agreement to be named: granted, restricted, refused, withdrawn.
    Agreement { tablet: usize, household: u8, status: u8 },
    /// A person is named.
    Person { tablet: usize, household: u8 },
    /// A person gets another name.
    Rename { tablet: usize, person: u8 },
    /// The last act is undone, or done again.
    Turn { tablet: usize, undo: bool },
    /// A field that only a newer version knows.
    NewerField { tablet: usize, household: u8, value: u8 },
    /// A tablet of a newer version writes a type that nobody here knows, and brings it.
    NewerType { record: u8, value: u8 },
    /// Someone gives themselves a role.
    Forbidden { tablet: usize, new: bool },
    /// Its clock is set wrong by so many seconds.
    Clock { tablet: usize, seconds: i64 },
    /// Its clock stands still at what it says now.
    Frozen { tablet: usize },
    /// A row is lost without a trace.
    Damage { tablet: usize, row: u8 },
    /// The power goes in the middle of the next write or sync, after so many steps of SQLite's machine.
    Cut { tablet: usize, steps: u64 },
    /// The tablet speaks as the version before: no columns, no snapshots, no dictionary. Or as this one again.
    Older { tablet: usize, older: bool },
    /// A sync; `after` so many whole requests, `fate` befalls the next.
    Sync { tablet: usize, after: u8, fate: Fate },
    /// A tablet gives the other of its structure what waits there, by a file.
    Give { tablet: usize },
    /// A request that was held up arrives, whatever its sender did since.
    Arrive { which: u8 },
    /// The next request stops in one of the server's databases; the server dies of it, or answers that it cannot.
    ServerCut { database: u8, steps: u64, killed: bool },
    /// The server is killed and starts again.
    Restart,
    /// The server compacts what came so many seconds ago.
    Compact { seconds: u32 },
    /// A copy of the server is kept.
    Backup,
    /// The kept copy comes back in place of the server.
    Restore,
    /// A structure begins to work in a sector, or stops.
    Works { structure: u8, sector: u8, works: bool },
    /// Someone becomes an ambassador, who holds no file, or a mediator; or leaves, or comes back.
    Profile { tablet: usize, ambassador: bool, active: bool },
    /// A tablet is not heard for a while, or again.
    Suspend { tablet: usize, suspended: bool },
    /// A tablet is lost: its key is worth nothing any more, another takes its place.
    Revoke { tablet: usize },
    /// The coordinator decides between notes.
    Decide { household: u8 },
    /// The coordinator erases a person.
    Erase { person: u8 },
    /// Time goes by, in seconds.
    Wait { seconds: u32 },
}

/// What becomes of a request. A place is of 65,536 parts of its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is answered.
    Delivered,
    /// It does not arrive.
    RequestLost,
    /// It arrives, the answer does not.
    AnswerLost,
    /// It arrives twice.
    Repeated,
    /// It seems lost, and arrives later.
    Late,
    /// It is cut here, and what arrived is taken for the whole.
    RequestCut(u16),
    /// The answer is cut here, and what arrived is taken for the whole.
    AnswerCut(u16),
}

impl History {
    /// The history of a seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let sizes = Sizes { page: dice.one(&[2, 5, 20, 2_000]), snapshot_from: dice.one(&[1, 30, 1_000_000]) };
        let steps = STEPS_MIN + dice.below(61);
        // After a restore less can be asked of the copies: most histories have none, and all is asked of them.
        let restores = dice.chance(30);
        let acts = (0..steps).map(|_| act(&mut dice)).map(|act| match act {
            Act::Restore if !restores => Act::Restart,
            act => act,
        });
        let drawn: Vec<Act> = acts.collect();
        let mut acts = Vec::with_capacity(drawn.len());
        for act in drawn {
            if dice.chance(1) {
                acts.push(Act::Compact { seconds: dice.one(&[0, 60, 86_400]) });
            }
            acts.push(act);
        }
        Self { seed, sizes, acts }
    }
}

fn act(dice: &mut Dice) -> Act {
    let tablet = usize::try_from(dice.below(TABLETS as u64)).unwrap();
    let household = dice.small(2);
    match dice.below(100) {
        0..5 => Act::Give { tablet },
        5..28 => Act::Sync { tablet, after: dice.one(&[0, 0, 0, 1, 2]), fate: fate(dice) },
        28..36 => Act::Visit { tablet, door: dice.small(8), outcome: dice.small(5) },
        36..39 => Act::Correct { tablet, visit: dice.small(8), outcome: dice.small(5) },
        39..41 => Act::Door { tablet, door: dice.small(3) },
        41..47 => Act::Number { tablet, household, field: dice.small(2), value: dice.small(6) },
        47..53 => Act::Note { tablet, household, text: dice.small(40) },
        53..56 => Act::Needs { tablet, household, wanted: dice.small(8) },
        56..60 => Act::Agreement { tablet, household, status: dice.one(&[0, 0, 0, 1, 2, 3]) },
        60..65 => Act::Person { tablet, household },
        65..68 => Act::Rename { tablet, person: dice.small(8) },
        68..71 => Act::Turn { tablet, undo: dice.chance(70) },
        71..73 => Act::NewerField { tablet, household, value: dice.small(200) },
        73..75 => Act::NewerType { record: dice.small(3), value: dice.small(200) },
        75..76 => Act::Forbidden { tablet, new: dice.chance(50) },
        76..78 => Act::Clock { tablet, seconds: seconds(dice) },
        78..79 => Act::Frozen { tablet },
        79..81 => Act::Damage { tablet, row: dice.small(12) },
        81..84 => Act::Cut { tablet, steps: dice.magnitude(13) },
        84..85 => Act::Older { tablet, older: dice.chance(50) },
        85..87 => Act::Arrive { which: dice.small(8) },
        87..90 => Act::ServerCut { database: dice.small(3), steps: dice.magnitude(13), killed: dice.chance(70) },
        90..91 => Act::Restart,
        91..92 => Act::Decide { household: dice.small(4) },
        92..93 => Act::Erase { person: dice.small(8) },
        93..98 => rare(dice, tablet),
        _ => Act::Wait { seconds: u32::try_from(dice.magnitude(21)).unwrap() },
    }
}

fn rare(dice: &mut Dice, tablet: usize) -> Act {
    match dice.below(17) {
        0..5 => Act::Works { structure: dice.small(2), sector: dice.small(2), works: dice.chance(65) },
        5..8 => Act::Profile { tablet, ambassador: dice.chance(30), active: dice.chance(80) },
        8..11 => Act::Suspend { tablet, suspended: dice.chance(40) },
        11..12 => Act::Revoke { tablet },
        12..15 => Act::Backup,
        _ => Act::Restore,
    }
}

fn fate(dice: &mut Dice) -> Fate {
    let place = u16::try_from(dice.below(65_536)).unwrap();
    match dice.below(20) {
        0..11 => Fate::Delivered,
        11..12 => Fate::RequestLost,
        12..14 => Fate::AnswerLost,
        14..16 => Fate::Repeated,
        16..18 => Fate::Late,
        18..19 => Fate::RequestCut(place),
        _ => Fate::AnswerCut(place),
    }
}

/// An error of a clock: none, seconds, or up to ten years, before or after.
fn seconds(dice: &mut Dice) -> i64 {
    let most = dice.one(&[1, 300, 86_400, 10 * 365 * 86_400]);
    i64::try_from(dice.below(2 * most)).unwrap() - i64::try_from(most).unwrap()
}

impl Act {
    /// Its name, for the table of what was done.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Visit { .. } => "visit",
            Self::Correct { .. } => "correct",
            Self::Door { .. } => "door",
            Self::Number { .. } => "number",
            Self::Note { .. } => "note",
            Self::Needs { .. } => "needs",
            Self::Agreement { .. } => "agreement",
            Self::Person { .. } => "person",
            Self::Rename { .. } => "rename",
            Self::Turn { undo: true, .. } => "undo",
            Self::Turn { undo: false, .. } => "redo",
            Self::NewerField { .. } => "newer field",
            Self::NewerType { .. } => "newer type",
            Self::Forbidden { .. } => "forbidden",
            Self::Clock { .. } => "clock",
            Self::Frozen { .. } => "frozen clock",
            Self::Damage { .. } => "damage",
            Self::Cut { .. } => "tablet crash",
            Self::Older { .. } => "older version",
            Self::Sync { fate, .. } => fate.name(),
            Self::Give { .. } => "bundle",
            Self::Arrive { .. } => "late arrival",
            Self::ServerCut { killed: true, .. } => "server crash",
            Self::ServerCut { killed: false, .. } => "server fault",
            Self::Restart => "server restart",
            Self::Compact { .. } => "compaction",
            Self::Backup => "backup",
            Self::Restore => "restore",
            Self::Works { .. } => "scope move",
            Self::Profile { .. } => "profile",
            Self::Suspend { .. } => "suspend",
            Self::Revoke { .. } => "revoke",
            Self::Decide { .. } => "decide",
            Self::Erase { .. } => "erase",
            Self::Wait { .. } => "wait",
        }
    }
}

impl Fate {
    /// Its name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Delivered => "sync",
            Self::RequestLost => "sync, request lost",
            Self::AnswerLost => "sync, answer lost",
            Self::Repeated => "sync, request twice",
            Self::Late => "sync, request late",
            Self::RequestCut(_) => "sync, request cut",
            Self::AnswerCut(_) => "sync, answer cut",
        }
    }
}
