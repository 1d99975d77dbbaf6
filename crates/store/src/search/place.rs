//! Buildings, stairs and doors: "12 milan", "12 milan C", "12 milan 402", and "402" in the stair at hand.
//!
//! What of the query is no address names a stair, then a door of it.

use palier_domain::place::{normalise_door, normalise_stair};
use palier_sync::RecordType;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::compare::Comparison;
use super::find::{Asked, AtHand, Found, HITS_MAX, Hit, HitKind};
use super::likeness::Typed;
use crate::StoreError;

/// Buildings whose addresses are compared.
const COMPARED_MAX: usize = 120;
/// Buildings whose stairs and doors are read.
const OPENED_MAX: usize = 8;
/// The least score of an address.
const SCORE_MIN: f64 = 0.6;
/// The least part of what is typed that an address must be for its stairs and doors to be read.
const ADDRESS_MIN: f64 = 0.3;
/// A door that only begins as typed.
const BEGINS: f64 = 0.9;
/// A door of a stair that the query does not name, when the stair has a name.
const UNNAMED: f64 = 0.98;

/// Places found by the words of an address, and what is left of the query inside the stair and the building at hand.
pub(super) fn find(connection: &Connection, asked: &Asked, hand: AtHand) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    if let Some(building) = hand.building {
        // At hand, all that is typed may be a stair or a door.
        let inside = Inside { building, rest: asked.words.join(" "), score: 1.0, hand };
        found.extend(inside.find(connection)?.into_iter().filter(|found| found.hit.kind == HitKind::Door));
    }
    let mut comparison = Comparison::new(asked, Typed::likeness_in_address);
    let mut buildings: Vec<(f64, u32, i64)> = Vec::new();
    for item in asked.candidates(connection, RecordType::Building, COMPARED_MAX)? {
        let key: String = connection
            .prepare_cached("SELECT key FROM search_item WHERE n = ?1")?
            .query_row([item], |row| row.get(0))?;
        let compared = comparison.with(&key);
        buildings.push((compared.score, compared.left, item));
    }
    buildings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let best = buildings.first().map_or(0.0, |building| building.0);
    for (place, (score, left, item)) in buildings.into_iter().take(HITS_MAX).enumerate() {
        let Some((building, address)) = building(connection, item)? else { continue };
        let near_best = score >= best - 0.1 && place < OPENED_MAX;
        if score >= SCORE_MIN {
            found.push(of_building(connection, building, address, score, hand)?);
        }
        if near_best && score >= ADDRESS_MIN {
            // What is left names a stair or a door; it then counts as well as the address does.
            let typed = asked.weight(!left);
            let all = asked.weight(u32::MAX);
            let inside = Inside { building, rest: left_words(asked, left), score: score * all / typed.max(1.0), hand };
            found.extend(inside.find(connection)?);
        }
    }
    Ok(found)
}

fn left_words(asked: &Asked, left: u32) -> String {
    let words = asked.words.iter().enumerate().filter(|(place, _)| left >> place & 1 == 1);
    words.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ")
}

fn building(connection: &Connection, item: i64) -> Result<Option<(Uuid, String)>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT b.id, b.address FROM search_item AS i JOIN building AS b ON b.id = i.record WHERE i.n = ?1",
        )?
        .query_row([item], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}

fn of_building(
    connection: &Connection,
    id: Uuid,
    address: String,
    score: f64,
    hand: AtHand,
) -> Result<Found, StoreError> {
    let stairs = stairs(connection, id)?;
    let only = if let [(stair, _)] = stairs.as_slice() { Some(*stair) } else { None };
    let here = only.is_some() && only == hand.stair;
    let hit = Hit { kind: HitKind::Building, id, title: address, door: None, stair: only, here };
    Ok(Found { hit, score, nearby: hand.building == Some(id), last_at: 0 })
}

fn stairs(connection: &Connection, building: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, name FROM stair WHERE building = ?1 ORDER BY name, id")?
        .query_map([building], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// What is left of a query, looked for inside one building.
struct Inside {
    building: Uuid,
    rest: String,
    score: f64,
    hand: AtHand,
}

impl Inside {
    fn find(&self, connection: &Connection) -> Result<Vec<Found>, StoreError> {
        let mut found = Vec::new();
        let stairs = stairs(connection, self.building)?;
        let several = stairs.len() > 1;
        let address: String = connection
            .prepare_cached("SELECT address FROM building WHERE id = ?1")?
            .query_row([self.building], |row| row.get(0))
            .optional()?
            .unwrap_or_default();
        let rest = normalise_stair(&self.rest);
        for (stair, name) in stairs {
            let normal = normalise_stair(&name);
            let named = beside_name(&rest, &normal);
            if several && (self.rest.is_empty() || named == Some("")) {
                let title = if name.is_empty() { address.clone() } else { format!("{address} · {name}") };
                // The building itself comes before its stairs, unless one was named.
                let score = if named == Some("") && !normal.is_empty() { self.score + 0.01 } else { self.score - 0.01 };
                found.push(self.found(HitKind::Stair, stair, stair, title, score));
            }
            let looked = named.filter(|_| !normal.is_empty()).unwrap_or(&rest);
            let factor = if normal.is_empty() || looked != rest { 1.0 } else { UNNAMED };
            if !looked.is_empty() {
                self.doors(connection, stair, looked, self.score * factor, &mut found)?;
            }
        }
        Ok(found)
    }

    fn doors(
        &self,
        connection: &Connection,
        stair: Uuid,
        looked: &str,
        score: f64,
        found: &mut Vec<Found>,
    ) -> Result<(), StoreError> {
        let mut statement = connection.prepare_cached("SELECT id, floor, label FROM door WHERE stair = ?1")?;
        let mut rows = statement.query([stair])?;
        while let Some(row) = rows.next()? {
            let (floor, label): (i16, String) = (row.get(1)?, row.get(2)?);
            let (door, wanted) = (normalise_door(floor, &label), normalise_door(floor, looked));
            if wanted.is_empty() || !door.starts_with(&wanted) {
                continue;
            }
            let score = if door == wanted { score } else { score * BEGINS };
            found.push(self.found(HitKind::Door, row.get(0)?, stair, label, score));
        }
        Ok(())
    }

    fn found(&self, kind: HitKind, id: Uuid, stair: Uuid, title: String, score: f64) -> Found {
        let door = (kind == HitKind::Door).then_some(id);
        let here = self.hand.stair == Some(stair);
        let hit = Hit { kind, id, title, door, stair: Some(stair), here };
        Found { hit, score, nearby: self.hand.building == Some(self.building), last_at: 0 }
    }
}

/// What is left of a text without a stair's name at its head or its end; none when the text does not name that stair.
fn beside_name<'a>(rest: &'a str, name: &str) -> Option<&'a str> {
    if rest == name || name.is_empty() {
        return Some(rest.strip_prefix(name).unwrap_or(rest));
    }
    let after = rest.strip_prefix(name).and_then(|after| after.strip_prefix(' '));
    after.or_else(|| rest.strip_suffix(name).and_then(|before| before.strip_suffix(' ')))
}
