//! A sector and its work: two thousand doors, five mediators.

use palier_commands::SystemClock;
use palier_exchange::Clock;
use palier_store::StoreError;
use palier_store::write::Draft;
use palier_sync::catalogue::{building as b, door as d, stair as s, visit as v, visit_note as n};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_tests::{BareTablet, Dice};
use uuid::Uuid;

/// Mediators of a sector.
pub const MEDIATORS: usize = 5;
/// Passages of one mediator a day (the programme's figure).
pub const PASSAGES: u64 = 40;
/// Working days of a month: 216 a year.
pub const DAYS: u64 = 18;
/// A note at each of so many passages.
const NOTE_EVERY: u64 = 7;
const STAIRS: i64 = 50;
const DOORS_A_STAIR: i64 = 40;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
const OUTCOMES: &[&str] =
    &["no_answer", "no_answer", "no_answer", "opened_brief", "opened_full", "callback", "declined"];

/// A sector's doors, and where its records are.
pub struct Sector {
    place: ScopeKey,
    files: ScopeKey,
    doors: Vec<Uuid>,
    dice: Dice,
}

impl Sector {
    /// Makes the places of a tablet's sector.
    pub fn make(tablet: &BareTablet, seed: u64) -> anyhow::Result<Self> {
        let (place, files) = (ScopeKey::Place { sector: tablet.home()?.0 }, tablet.files()?);
        let mut doors = Vec::new();
        tablet.with(|store| {
            store.write(SystemClock.wall_ms(), |draft| {
                for number in 0..STAIRS {
                    doors.extend(make_stair(draft, place, number)?);
                }
                Ok::<_, StoreError>(())
            })
        })?;
        Ok(Self { place, files, doors, dice: Dice::new(seed) })
    }

    /// Passages of a day, `ago` days before now, by so many mediators, in one transaction.
    pub fn work(&mut self, tablet: &BareTablet, ago: u64, mediators: usize) -> anyhow::Result<()> {
        let now = SystemClock.wall_ms();
        let morning = now - i64::try_from(ago)? * DAY_MS;
        tablet.with(|store| {
            store.write(now, |draft| {
                for turn in 0..PASSAGES * mediators as u64 {
                    self.pass(draft, tablet, turn, morning)?;
                }
                Ok::<_, StoreError>(())
            })
        })?;
        Ok(())
    }

    fn pass(&mut self, draft: &mut Draft<'_>, tablet: &BareTablet, turn: u64, morning: i64) -> Result<(), StoreError> {
        let door = self.doors.get(self.dice.below(self.doors.len() as u64) as usize).copied().unwrap_or_default();
        let outcome = OUTCOMES.get(self.dice.below(OUTCOMES.len() as u64) as usize).unwrap_or(&"no_answer");
        let minutes = i64::try_from(turn % PASSAGES).unwrap_or(0) * 7;
        let visit = Uuid::now_v7();
        let fields = [
            (v::door, text(door)),
            (v::outcome, Value::text(outcome)),
            (v::at, Value::Int(morning + minutes * MINUTE_MS)),
            (v::participants, text(tablet.profile())),
        ];
        draft.make(self.place, visit, RecordType::Visit, &fields)?;
        if turn.is_multiple_of(NOTE_EVERY) {
            let note = Value::text(&format!("Rentre vers {} h, repasser jeudi", 16 + self.dice.below(5)));
            let fields = [(n::visit, text(visit)), (n::door, text(door)), (n::text, note)];
            draft.make(self.files, Uuid::now_v7(), RecordType::VisitNote, &fields)?;
        }
        Ok(())
    }
}

fn make_stair(draft: &mut Draft<'_>, place: ScopeKey, number: i64) -> Result<Vec<Uuid>, StoreError> {
    let (building, stair) = (Uuid::now_v7(), Uuid::now_v7());
    let address = Value::text(&format!("{number} allée des Mesures"));
    draft.make(place, building, RecordType::Building, &[(b::address, address)])?;
    draft.make(place, stair, RecordType::Stair, &[(s::building, text(building))])?;
    (0..DOORS_A_STAIR)
        .map(|at| {
            let (door, label) = (Uuid::now_v7(), Value::text(&format!("{}{:02}", 1 + at / 4, at % 4)));
            let fields = [(d::stair, text(stair)), (d::floor, Value::Int(1 + at / 4)), (d::label, label)];
            draft.make(place, door, RecordType::Door, &fields)?;
            Ok(door)
        })
        .collect()
}

fn text(id: Uuid) -> Value {
    Value::text(&id.to_string())
}
