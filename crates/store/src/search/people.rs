//! Households, by the names of their people.

use std::collections::BTreeMap;

use palier_domain::place::normalise_address;
use palier_sync::RecordType;
use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::compare::Comparison;
use super::find::{Asked, AtHand, Found, Hit, HitKind};
use super::likeness::Typed;
use crate::{Store, StoreError};

/// People whose names are compared word by word.
const COMPARED_MAX: usize = 400;
/// People whose home is read.
const READ_MAX: usize = 60;
/// The least score of a result: one of two names is enough when nothing better is found.
const SCORE_MIN: f64 = 0.45;
/// A name spread over two people of a household, or with the street: a little less than one person's own.
const SPREAD_OVER: f64 = 0.97;

/// Where a person lives.
struct Home {
    household: Uuid,
    door: Uuid,
    stair: Option<Uuid>,
    building: Option<Uuid>,
    address: String,
    last_at: i64,
}

/// Households found by the words of their people's names.
pub(super) fn find(store: &Store, asked: &Asked, hand: AtHand) -> Result<Vec<Found>, StoreError> {
    let connection = &store.connection;
    let mut comparison = Comparison::new(asked, Typed::likeness);
    let mut people: Vec<(f64, i64, String)> = Vec::new();
    for item in asked.candidates(connection, RecordType::Person, COMPARED_MAX)? {
        let key: String = connection
            .prepare_cached("SELECT key FROM search_item WHERE n = ?1")?
            .query_row([item], |row| row.get(0))?;
        people.push((comparison.with(&key).score, item, key));
    }
    people.sort_by(|a, b| b.0.total_cmp(&a.0));
    people.truncate(READ_MAX);
    let mut homes: BTreeMap<Uuid, (Home, f64, String)> = BTreeMap::new();
    for (score, item, key) in people {
        let Some(home) = home(connection, item)? else { continue };
        let (_, best, all) = homes.entry(home.household).or_insert_with(|| (home, 0.0, String::new()));
        *best = best.max(score);
        all.push_str(&key);
        all.push('|');
    }
    let mut found = Vec::new();
    for (home, best, all) in homes.into_values() {
        let together = comparison.with(&format!("{all}{}", normalise_address(&home.address))).score * SPREAD_OVER;
        let score = best.max(together);
        // The street alone is no name: the place itself answers it.
        if best > 0.0 && score >= SCORE_MIN {
            found.push(of_home(store, &home, score, hand)?);
        }
    }
    Ok(found)
}

fn of_home(store: &Store, home: &Home, score: f64, hand: AtHand) -> Result<Found, StoreError> {
    let hit = Hit {
        kind: HitKind::Household,
        id: home.household,
        title: store.household_name(home.household)?,
        door: Some(home.door),
        stair: home.stair,
        here: home.stair.is_some() && home.stair == hand.stair,
    };
    let nearby = home.building.is_some() && home.building == hand.building;
    Ok(Found { hit, score, nearby, last_at: home.last_at })
}

/// The home of a person; none when the household's file is cancelled or not here yet.
fn home(connection: &Connection, item: i64) -> Result<Option<Home>, StoreError> {
    Ok(connection
        .prepare_cached(
            "SELECT coalesce(m.holder, h.id), h.door, d.stair, b.id, coalesce(b.address, ''), coalesce(s.last_at, 0)
             FROM search_item AS i JOIN person AS p ON p.id = i.record JOIN household AS h ON h.id = p.household
             LEFT JOIN merged AS m ON m.id = h.id
             LEFT JOIN door AS d ON d.id = h.door LEFT JOIN stair ON stair.id = d.stair
             LEFT JOIN building AS b ON b.id = stair.building LEFT JOIN door_state AS s ON s.door = h.door
             WHERE i.n = ?1",
        )?
        .query_row([item], |row| {
            Ok(Home {
                household: row.get(0)?,
                door: row.get(1)?,
                stair: row.get(2)?,
                building: row.get(3)?,
                address: row.get(4)?,
                last_at: row.get(5)?,
            })
        })
        .optional()?)
}
