//! People of all files compared with each other, again when one of them changed.

use std::hash::{DefaultHasher, Hash, Hasher};

use palier_matching::{Pair, PersonRecord, pairs};
use palier_store::Store;
use palier_store::read::people::NamedPerson;

use super::ConsoleError;

/// The pairs found last, and of what.
#[derive(Debug, Default)]
pub(super) struct Likeness {
    of: u64,
    pairs: Vec<Pair>,
}

impl Likeness {
    /// Pairs of people that look like one; counted anew only when someone's name, phone, birth or door changed.
    pub(super) fn pairs(&mut self, store: &Store, people: &[NamedPerson]) -> Result<&[Pair], ConsoleError> {
        let records = people.iter().map(|person| read(store, person)).collect::<Result<Vec<_>, _>>()?;
        let mut hasher = DefaultHasher::new();
        records.hash(&mut hasher);
        let of = hasher.finish();
        if of != self.of {
            *self = Self { of, pairs: pairs(&records) };
        }
        Ok(&self.pairs)
    }
}

fn read(store: &Store, person: &NamedPerson) -> Result<PersonRecord, ConsoleError> {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let door = store.door(person.door)?;
    let stair = match &door {
        Some(door) => store.stair(door.stair)?,
        None => None,
    };
    let stair_name = stair.as_ref().map(|stair| stair.name.clone()).unwrap_or_default();
    Ok(PersonRecord {
        id: person.id.to_string(),
        given_name: given(&person.given_name),
        family_name: given(&person.family_name),
        birth_date: person.birth_year.map(|year| year.to_string()),
        address: stair.map(|stair| stair.address).filter(|address| !address.is_empty()),
        // As people write it, for the comparison reads what people write.
        address_complement: door.map(|door| format!("{stair_name}, porte {}", door.label)),
        phone: given(&person.phone),
        ..PersonRecord::default()
    })
}
