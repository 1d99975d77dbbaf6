//! Passages at a door and what they add up to.

use palier_domain::outcome::VisitOutcome;
use palier_sync::catalogue::{visit as v, visit_note as n};
use rusqlite::{Connection, params};
use uuid::Uuid;

use super::Fields;
use crate::StoreError;

/// Two mediators at one door within this time made one visit, until someone says otherwise (decisions.md 12): 30 minutes.
pub const SAME_VISIT_MS: i64 = 30 * 60_000;

pub(super) fn visit(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    let door = fields.uuid(v::door);
    let outcome = fields.text(v::outcome);
    // A cancelled passage counts nowhere: it has no row here, its record stays.
    if outcome.is_empty() || !VisitOutcome::from_code(&outcome).tried() {
        connection.prepare_cached("DELETE FROM visit WHERE id = ?1")?.execute([fields.id])?;
    } else {
        connection
            .prepare_cached(
                "INSERT OR REPLACE INTO visit
                 (id, door, outcome, at, author, structure, outing, callback, flags, participants, apart)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                fields.id,
                door,
                outcome,
                fields.moment(v::at),
                fields.author(v::at),
                fields.optional_uuid(v::structure),
                fields.optional_uuid(v::outing),
                fields.text(v::callback),
                fields.set(v::flags),
                fields.set(v::participants),
                // As SQL's hex() writes an id, so that a query compares without a function of ours.
                fields.set(v::apart).replace('-', "").to_uppercase()
            ])?;
    }
    door_state(connection, door)
}

pub(super) fn note(connection: &Connection, fields: &Fields<'_>) -> Result<(), StoreError> {
    if fields.state.erased {
        connection.prepare_cached("DELETE FROM visit_note WHERE id = ?1")?.execute([fields.id])?;
        return Ok(());
    }
    connection
        .prepare_cached("INSERT OR REPLACE INTO visit_note (id, visit, door) VALUES (?1, ?2, ?3)")?
        .execute(params![fields.id, fields.uuid(n::visit), fields.uuid(n::door)])?;
    Ok(())
}

/// One passage of a door, oldest first.
struct Passage {
    id: Uuid,
    outcome: VisitOutcome,
    at: i64,
    author: u32,
    outing: Option<Uuid>,
    callback: String,
    apart: String,
}

fn door_state(connection: &Connection, door: Uuid) -> Result<(), StoreError> {
    let passages: Vec<Passage> = connection
        .prepare_cached(
            "SELECT id, outcome, at, author, outing, callback, apart FROM visit WHERE door = ?1 ORDER BY at, id",
        )?
        .query_map([door], |row| {
            Ok(Passage {
                id: row.get(0)?,
                outcome: VisitOutcome::from_code(&row.get::<_, String>(1)?),
                at: row.get(2)?,
                author: row.get(3)?,
                outing: row.get(4)?,
                callback: row.get(5)?,
                apart: row.get(6)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    let Some(last) = passages.last() else {
        connection.prepare_cached("DELETE FROM door_state WHERE door = ?1")?.execute([door])?;
        return coverage(connection, door, false, false, None);
    };
    let opened = passages.iter().any(|p| p.outcome.opened());
    let do_not_contact_at =
        passages.iter().filter(|p| p.outcome == VisitOutcome::DoNotContact).map(|p| p.at).max().unwrap_or(0);
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO door_state (door, outcome, last_at, passages, tried, opened, callback, do_not_contact_at)
             VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7)",
        )?
        .execute(params![
            door,
            last.outcome.code(),
            last.at,
            counted(&passages),
            opened,
            last.callback,
            do_not_contact_at
        ])?;
    coverage(connection, door, true, opened, Some(last.at))
}

/// What coverage counts, beside the door itself; a door that has not arrived yet takes it when it comes.
fn coverage(
    connection: &Connection,
    door: Uuid,
    tried: bool,
    opened: bool,
    last_at: Option<i64>,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE door SET tried = ?2, opened = ?3, last_at = ?4 WHERE id = ?1")?
        .execute(params![door, tried, opened, last_at])?;
    Ok(())
}

/// Passages, two mediators in one visit counted once, unless someone said that they are two visits.
fn counted(passages: &[Passage]) -> i64 {
    let mut count = 0;
    for (index, passage) in passages.iter().enumerate() {
        let together = passages.iter().take(index).any(|before| {
            before.author != passage.author
                && !apart(before, passage)
                && (passage.at.saturating_sub(before.at) <= SAME_VISIT_MS
                    || (before.outing.is_some() && before.outing == passage.outing))
        });
        if !together {
            count += 1;
        }
    }
    count
}

/// Someone said that these are two visits (decisions.md 12).
fn apart(a: &Passage, b: &Passage) -> bool {
    let names = |apart: &str, id: Uuid| !apart.is_empty() && apart.contains(&id.simple().to_string().to_uppercase());
    names(&a.apart, b.id) || names(&b.apart, a.id)
}
