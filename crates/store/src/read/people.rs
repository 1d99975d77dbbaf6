//! People as they may be compared: those whom an agreement lets be named.

use palier_sync::catalogue::person as p;
use palier_sync::{ScopeKey, resolve};
use rusqlite::params;
use uuid::Uuid;

use crate::{Store, StoreError, record};

/// A person with a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPerson {
    /// Record id.
    pub id: Uuid,
    /// The file that the person is in.
    pub household: Uuid,
    /// The door of that file.
    pub door: Uuid,
    /// Where the record lives.
    pub scope: ScopeKey,
    /// Given name, as it is shown.
    pub given_name: String,
    /// Family name, as it is shown.
    pub family_name: String,
    /// Phone, as it is shown.
    pub phone: String,
    /// Year of birth.
    pub birth_year: Option<i64>,
}

impl Store {
    /// Everyone whom an agreement lets be named, in files that stand, by id.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn named_people(&self) -> Result<Vec<NamedPerson>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT p.id, p.household, h.door, p.given_name, p.family_name
             FROM person AS p JOIN household AS h ON h.id = p.household
             WHERE p.given_name <> '' OR p.family_name <> '' ORDER BY p.id",
        )?;
        let rows: Vec<(Uuid, Uuid, Uuid, String, String)> = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))?
            .collect::<Result<_, _>>()?;
        let mut people = Vec::with_capacity(rows.len());
        for (id, household, door, given_name, family_name) in rows {
            let Some(loaded) = record::load(&self.connection, id)? else { continue };
            people.push(NamedPerson {
                id,
                household,
                door,
                scope: loaded.state.scope,
                given_name,
                family_name,
                phone: resolve::text(&loaded.state, p::phone),
                birth_year: resolve::int(&loaded.state, p::birth_year),
            });
        }
        Ok(people)
    }

    /// Files opened at one door within so long of each other, the latest first: names are not looked at.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn opened_at_one_door(&self, within_ms: i64, limit: u32) -> Result<Vec<(Uuid, Uuid)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT a.id, b.id FROM household AS b JOIN household AS a
               ON a.door = b.door AND a.id < b.id AND abs(b.opened_at - a.opened_at) <= ?1
             ORDER BY max(a.opened_at, b.opened_at) DESC, a.id, b.id LIMIT ?2",
        )?;
        let rows = statement.query_map(params![within_ms, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
