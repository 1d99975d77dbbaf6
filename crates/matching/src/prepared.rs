//! A whole file made ready: each text read once, each distinct name and street once, and how often each occurs.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::address::{Door, Place, Street, Town};
use crate::birth::Birth;
use crate::name::Name;
use crate::phone;
use crate::record::PersonRecord;

/// Place of a distinct value in its table.
pub(crate) type Index = u32;

/// Distinct values in the order they were met.
#[derive(Debug)]
pub(crate) struct Distinct<T> {
    pub(crate) values: Vec<T>,
    places: FxHashMap<T, Index>,
}

impl<T> Default for Distinct<T> {
    fn default() -> Self {
        Self { values: Vec::new(), places: FxHashMap::default() }
    }
}

impl<T: Hash + Eq + Clone> Distinct<T> {
    fn place(&mut self, value: T) -> Index {
        if let Some(place) = self.places.get(&value) {
            return *place;
        }
        let place = Index::try_from(self.values.len()).unwrap_or(Index::MAX);
        self.values.push(value.clone());
        self.places.insert(value, place);
        place
    }

    /// The value at a place.
    pub(crate) fn get(&self, place: Index) -> Option<&T> {
        self.values.get(place as usize)
    }
}

/// How many records have each value.
#[derive(Debug, Default)]
pub(crate) struct Tally<K> {
    counts: FxHashMap<K, u32>,
    total: u32,
}

impl<K: Hash + Eq> Tally<K> {
    fn add(&mut self, key: K) {
        *self.counts.entry(key).or_default() += 1;
        self.total += 1;
    }

    /// Chance that another person of the file has this value. One record is the pair's own; `usual` is the chance of a value
    /// never seen, and weighs as much as `weight` records, so that a small file is not trusted more than it tells.
    pub(crate) fn chance(&self, key: &K, usual: f64, weight: f64) -> f64 {
        let count = f64::from(self.counts.get(key).copied().unwrap_or(0));
        ((count - 1.0).max(0.5) + weight * usual) / (f64::from(self.total) + weight)
    }
}

/// One record, read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Person {
    pub(crate) given: Option<Index>,
    pub(crate) family: Option<Index>,
    pub(crate) birth: Option<Birth>,
    pub(crate) place: Option<(Index, u32, char)>,
    pub(crate) door: Option<Index>,
    pub(crate) town: Option<Index>,
    pub(crate) phone: Option<Index>,
}

/// A file, read.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) persons: Vec<Person>,
    pub(crate) names: Distinct<Name>,
    pub(crate) streets: Distinct<Street>,
    pub(crate) doors: Distinct<Door>,
    pub(crate) towns: Distinct<Town>,
    pub(crate) phones: Distinct<String>,
    /// By the fold without particles.
    pub(crate) given_names: Tally<String>,
    pub(crate) family_names: Tally<String>,
    pub(crate) births: Tally<Birth>,
    pub(crate) street_counts: Tally<Index>,
    pub(crate) place_counts: Tally<(Index, u32)>,
    pub(crate) town_counts: Tally<Index>,
    pub(crate) door_texts: Tally<String>,
    pub(crate) phone_counts: Tally<Index>,
}

fn written(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

impl People {
    /// Reads records in the order given.
    pub(crate) fn read<'a>(records: impl Iterator<Item = &'a PersonRecord>) -> Self {
        let mut people = Self::default();
        for record in records {
            let person = people.person(record);
            people.count(&person);
            people.persons.push(person);
        }
        people
    }

    fn person(&mut self, record: &PersonRecord) -> Person {
        let mut name = |text: Option<&String>| written(text).and_then(Name::read).map(|name| self.names.place(name));
        let given = name(record.given_name.as_ref());
        let family = name(record.family_name.as_ref());
        let place = written(record.address.as_ref()).and_then(Place::read);
        let place = place.map(|place| (self.streets.place(place.street), place.number, place.tail));
        let door = written(record.address_complement.as_ref()).and_then(Door::read).map(|door| self.doors.place(door));
        let town = Town::read(written(record.commune.as_ref()), written(record.postal_code.as_ref()));
        let town = (town != Town::default()).then(|| self.towns.place(town));
        let phone = written(record.phone.as_ref()).and_then(phone::read).map(|phone| self.phones.place(phone));
        let birth = written(record.birth_date.as_ref()).and_then(Birth::read);
        Person { given, family, birth, place, door, town, phone }
    }

    fn count(&mut self, person: &Person) {
        let bare = |place: Option<Index>| place.and_then(|place| self.names.get(place)).map(|name| name.bare.clone());
        if let Some(name) = bare(person.given) {
            self.given_names.add(name);
        }
        if let Some(name) = bare(person.family) {
            self.family_names.add(name);
        }
        if let Some(birth) = person.birth {
            self.births.add(birth);
        }
        if let Some((street, number, _)) = person.place {
            self.street_counts.add(street);
            self.place_counts.add((street, number));
        }
        if let Some(town) = person.town {
            self.town_counts.add(town);
        }
        if let Some(text) = person.door.and_then(|door| self.doors.get(door)).and_then(Door::plain_text) {
            self.door_texts.add(text.to_owned());
        }
        if let Some(phone) = person.phone {
            self.phone_counts.add(phone);
        }
    }

    /// The name at a place.
    pub(crate) fn name(&self, place: Option<Index>) -> Option<&Name> {
        self.names.get(place?)
    }
}
