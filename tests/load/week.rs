//! A week of work of one mediator without a network: a building of one's own, sixty passages a day.

use palier_commands::SystemClock;
use palier_exchange::Clock;
use palier_store::StoreError;
use palier_sync::catalogue::{building as b, door as d, stair as s, visit as v, visit_note as n};
use palier_sync::{RecordType, ScopeKey, Value};
use palier_tests::{BareTablet, Dice};
use uuid::Uuid;

/// Passages a day.
pub const VISITS: u64 = 60;
/// Every so many passages one has a note.
const NOTE_EVERY: u64 = 7;
const DOORS: u64 = 60;
const DAY_MS: i64 = 86_400_000;
const MINUTE_MS: i64 = 60_000;
const OUTCOMES: &[&str] =
    &["no_answer", "no_answer", "no_answer", "opened_brief", "opened_full", "callback", "declined"];

/// Writes it, a day a transaction; answers the records that it made.
pub fn work(tablet: &BareTablet, days: u64, mut dice: Dice) -> anyhow::Result<Vec<Uuid>> {
    let ((sector, _), files) = (tablet.home()?, tablet.files()?);
    let place = ScopeKey::Place { sector };
    let (building, stair) = (Uuid::now_v7(), Uuid::now_v7());
    let doors: Vec<Uuid> = (0..DOORS).map(|_| Uuid::now_v7()).collect();
    let now = SystemClock.wall_ms();
    let text = |id: &Uuid| Value::text(&id.to_string());
    tablet.with(|store| {
        store.write(now, |draft| {
            let fields = [(b::address, Value::text(&format!("{} allée des Mesures", tablet.replica())))];
            draft.make(place, building, RecordType::Building, &fields)?;
            draft.make(place, stair, RecordType::Stair, &[(s::building, text(&building))])?;
            for (at, door) in (0..).zip(&doors) {
                let label = Value::text(&format!("{}{:02}", 1 + at / 6, at % 6));
                let fields = [(d::stair, text(&stair)), (d::floor, Value::Int(1 + at / 6)), (d::label, label)];
                draft.make(place, *door, RecordType::Door, &fields)?;
            }
            Ok::<_, StoreError>(())
        })
    })?;
    let mut made = doors.clone();
    made.extend([building, stair]);
    for day in 0..days {
        let morning = now - i64::try_from(days - day)? * DAY_MS;
        tablet.with(|store| {
            store.write(now, |draft| {
                for turn in 0..VISITS {
                    let at = morning + i64::try_from(turn).unwrap_or(0) * 5 * MINUTE_MS;
                    let (door, visit) = (doors.get(turn as usize % doors.len()).unwrap_or(&stair), Uuid::now_v7());
                    let outcome = OUTCOMES.get(dice.below(OUTCOMES.len() as u64) as usize).unwrap_or(&"no_answer");
                    let fields = [
                        (v::door, text(door)),
                        (v::outcome, Value::text(outcome)),
                        (v::at, Value::Int(at)),
                        (v::participants, text(&tablet.profile())),
                    ];
                    draft.make(place, visit, RecordType::Visit, &fields)?;
                    made.push(visit);
                    if turn % NOTE_EVERY == 0 {
                        let note = Value::text(&format!("Rentre vers {} h, repasser jeudi", 16 + dice.below(5)));
                        let fields = [(n::visit, text(&visit)), (n::door, text(door)), (n::text, note)];
                        let id = Uuid::now_v7();
                        draft.make(files, id, RecordType::VisitNote, &fields)?;
                        made.push(id);
                    }
                }
                Ok::<_, StoreError>(())
            })
        })?;
    }
    Ok(made)
}
