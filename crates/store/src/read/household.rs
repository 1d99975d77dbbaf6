//! Household files.

use std::collections::BTreeMap;

use palier_domain::agreement::AgreementStatus;
use palier_sync::RecordState;
use uuid::Uuid;

use crate::alias::{self, TOGETHER};
use crate::{Store, StoreError, apply::agreement_id, record};

/// A household file, read from its records, and from those of the files that stand with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HouseholdFile {
    /// Household id; of files that stand together, that of the one opened last.
    pub id: Uuid,
    /// Its door.
    pub door: Uuid,
    /// The household's record, joined with those that stand with it: to be read, never written back.
    pub state: RecordState,
    /// The records that it is read from, its own first.
    pub members: Vec<(Uuid, RecordState)>,
    /// People, by name, only while an agreement allows it.
    pub people: Vec<PersonFile>,
    /// Agreements by purpose: code, status code, when.
    pub agreements: Vec<(String, String, i64)>,
}

/// A person of a household, read from one record or from several that are one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFile {
    /// The first record's id.
    pub id: Uuid,
    /// The records, joined: to be read, never written back.
    pub state: RecordState,
    /// The records that it is read from.
    pub members: Vec<(Uuid, RecordState)>,
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
        // The one opened last says where they live now.
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT id, door FROM household WHERE id IN {TOGETHER} ORDER BY opened_at DESC, id DESC"
        ))?;
        let files: Vec<(Uuid, Uuid)> =
            statement.query_map([id], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
        let mut members = Vec::new();
        for (member, _) in &files {
            members.extend(record::load(&self.connection, *member)?.map(|loaded| (*member, loaded.state)));
        }
        let (Some((id, door)), Some(state)) = (files.first().copied(), joined(&members)) else { return Ok(None) };
        let people = if crate::apply::may_name(&self.connection, id)? { self.people_of(id)? } else { Vec::new() };
        Ok(Some(HouseholdFile { id, door, state, members, people, agreements: self.agreements_of(id)? }))
    }

    fn people_of(&self, household: Uuid) -> Result<Vec<PersonFile>, StoreError> {
        let mut people: BTreeMap<Uuid, Vec<(Uuid, RecordState)>> = BTreeMap::new();
        for person in self.persons_of(household)? {
            let Some(loaded) = record::load(&self.connection, person)? else { continue };
            let first = alias::together(&self.connection, person)?.first().copied().unwrap_or(person);
            people.entry(first).or_default().push((person, loaded.state));
        }
        let person = |members: Vec<(Uuid, RecordState)>| {
            let (id, state) = (members.first()?.0, joined(&members)?);
            Some(PersonFile { id, state, members })
        };
        Ok(people.into_values().filter_map(person).collect())
    }

    /// The most protective decision for each purpose, and when the latest was made.
    fn agreements_of(&self, household: Uuid) -> Result<Vec<(String, String, i64)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT purpose, status, at FROM agreement WHERE household IN {TOGETHER}"))?;
        let rows = statement.query_map([household], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let mut by_purpose: BTreeMap<String, (String, i64)> = BTreeMap::new();
        for row in rows {
            let (purpose, status, at): (String, String, i64) = row?;
            let kept = by_purpose.entry(purpose).or_default();
            if AgreementStatus::from_code(&status) > AgreementStatus::from_code(&kept.0) {
                kept.0 = status;
            }
            kept.1 = kept.1.max(at);
        }
        Ok(by_purpose.into_iter().map(|(purpose, (status, at))| (purpose, status, at)).collect())
    }

    /// Names of a household as a list shows them, joined; empty while no agreement allows them.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn household_name(&self, id: Uuid) -> Result<String, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT trim(given_name || ' ' || family_name) FROM person LEFT JOIN merged ON merged.id = person.id
                 WHERE household IN {TOGETHER} GROUP BY coalesce(holder, person.id) ORDER BY min(person.id) LIMIT 3"
        ))?;
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

/// Records that are read as one; none when there is none.
fn joined(members: &[(Uuid, RecordState)]) -> Option<RecordState> {
    let mut states = members.iter().map(|(_, state)| state.clone());
    let first = states.next()?;
    Some(states.fold(first, |mut joined, state| {
        joined.join(state);
        joined
    }))
}
