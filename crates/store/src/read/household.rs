//! Household files.

use palier_domain::agreement::AgreementStatus;
use palier_sync::RecordState;
use rusqlite::OptionalExtension;
use uuid::Uuid;

use crate::{Store, StoreError, apply::agreement_id, record};

/// A household file, read from its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdFile {
    /// Household id.
    pub id: Uuid,
    /// Its door.
    pub door: Uuid,
    /// The household's record.
    pub state: RecordState,
    /// People, by name, only while an agreement allows it.
    pub people: Vec<(Uuid, RecordState)>,
    /// Agreements by purpose: code, status code, when.
    pub agreements: Vec<(String, String, i64)>,
}

impl HouseholdFile {
    /// Whether an agreement of the household allows a purpose.
    #[must_use]
    pub fn allows(&self, purpose: &str) -> bool {
        self.agreements.iter().any(|(code, status, _)| code == purpose && AgreementStatus::from_code(status).allows())
    }
}

impl Store {
    /// Reads a household file.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn household(&self, id: Uuid) -> Result<Option<HouseholdFile>, StoreError> {
        let door: Option<Uuid> = self
            .connection
            .prepare_cached("SELECT door FROM household WHERE id = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let (Some(door), Some(loaded)) = (door, record::load(&self.connection, id)?) else { return Ok(None) };
        let mut people = Vec::new();
        if crate::apply::may_name(&self.connection, id)? {
            for person in self.persons_of(id)? {
                if let Some(loaded) = record::load(&self.connection, person)? {
                    people.push((person, loaded.state));
                }
            }
        }
        let mut statement = self
            .connection
            .prepare_cached("SELECT purpose, status, at FROM agreement WHERE household = ?1 ORDER BY purpose")?;
        let agreements =
            statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
        Ok(Some(HouseholdFile { id, door, state: loaded.state, people, agreements }))
    }

    /// Names of a household as a list shows them, joined; empty while no agreement allows them.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn household_name(&self, id: Uuid) -> Result<String, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT trim(given_name || ' ' || family_name) FROM person WHERE household = ?1 ORDER BY id LIMIT 3",
        )?;
        let names: Vec<String> = statement.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?;
        Ok(names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", "))
    }

    /// The record of a household's agreement for a purpose, for its scope and its standing values.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn agreement_record(&self, household: Uuid, purpose: &str) -> Result<Option<RecordState>, StoreError> {
        self.record(agreement_id(household, purpose))
    }
}
