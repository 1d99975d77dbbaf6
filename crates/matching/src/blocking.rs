//! Which pairs are worth comparing: records that share a key.
//!
//! A key held by too many records tells little and would cost the square of its size, so it is left out; each such key has
//! finer ones (with a birth date, a street, an initial) that still bring its people together.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use crate::name::Name;
use crate::prepared::{People, Person};

/// A key held by more records is left out.
const BLOCK_MAX: usize = 40;

fn key(kind: u8, value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    (kind, value).hash(&mut hasher);
    hasher.finish()
}

fn initial(text: &str) -> u8 {
    text.bytes().next().unwrap_or(0)
}

fn start(text: &str, letters: usize) -> &str {
    text.get(..letters).unwrap_or(text)
}

fn ordered<T: Ord>(a: T, b: T) -> (T, T) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Skeletons under which a name is found: of the whole, and of each of its words.
fn skeletons(name: Option<&Name>) -> Vec<String> {
    let Some(name) = name else { return Vec::new() };
    let mut out = vec![name.skeleton.clone()];
    if name.parts.len() > 1 {
        out.extend(name.parts.iter().map(|part| crate::letters::skeleton(part)).filter(|part| part.len() > 1));
    }
    out.sort();
    out.dedup();
    out
}

fn keys(people: &People, person: &Person, out: &mut Vec<u64>) {
    let given = people.name(person.given);
    let family = people.name(person.family);
    let town = person.town.and_then(|town| people.towns.get(town));
    let town = town.map(|town| (town.name.as_deref().map(|name| start(name, 4)), town.code.as_deref()));
    let street = person.place.and_then(|(street, ..)| people.streets.get(street)).map(|street| start(&street.own, 5));
    let number = person.place.map(|(_, number, _)| number);
    let given_skeletons = skeletons(given);
    let family_skeletons = skeletons(family);
    let initials: Vec<u8> = given.iter().chain(&family).map(|name| initial(&name.skeleton)).collect();
    if let Some(phone) = person.phone {
        out.push(key(1, phone));
        out.extend(initials.iter().map(|initial| key(2, (phone, initial))));
    }
    if let Some(birth) = person.birth {
        let date = (birth.year, ordered(birth.month, birth.day));
        out.push(key(3, date));
        out.extend(initials.iter().map(|initial| key(4, (date, initial))));
        for name in given_skeletons.iter().chain(&family_skeletons) {
            out.push(key(5, (name, ordered(birth.month, birth.day))));
            out.push(key(6, (name, birth.year, birth.month)));
            out.push(key(7, (name, birth.year, birth.day, 0)));
            out.push(key(8, (name, birth.year)));
        }
    }
    if let (Some(street), Some(number)) = (street, number) {
        if number > 0 {
            out.push(key(9, (street, number)));
            out.extend(initials.iter().map(|initial| key(10, (street, number, initial))));
        }
        for name in given_skeletons.iter().chain(&family_skeletons) {
            out.push(key(11, (street, name)));
        }
    }
    if let (Some(given), Some(family)) = (given, family) {
        for one in &given_skeletons {
            for other in &family_skeletons {
                let both = ordered(one, other);
                out.push(key(12, both));
                out.push(key(13, (both, person.birth.map(|birth| birth.year))));
                out.push(key(14, (both, town)));
                out.push(key(15, (both, street)));
            }
        }
        out.push(key(16, ordered(start(&given.fold, 3), start(&family.bare, 3))));
        for one in &given_skeletons {
            out.push(key(17, (one, initial(&family.bare), town)));
        }
        for one in &family_skeletons {
            out.push(key(18, (one, initial(&given.bare), town)));
        }
    } else {
        for one in given_skeletons.iter().chain(&family_skeletons) {
            out.push(key(19, (one, street, town)));
        }
    }
}

/// Records that share a key.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    /// Members of each block, one block after the other, each in ascending order.
    members: Vec<u32>,
    /// For each record the starts and ends of its blocks in `members`.
    spans: Vec<(u32, u32)>,
    /// Where the spans of a record start.
    starts: Vec<u32>,
}

impl Blocks {
    /// Groups people by their keys.
    pub(crate) fn of(people: &People) -> Self {
        let mut held: Vec<(u64, u32)> = Vec::with_capacity(people.persons.len() * 24);
        let mut own = Vec::new();
        for (at, person) in (0u32..).zip(&people.persons) {
            own.clear();
            keys(people, person, &mut own);
            own.sort_unstable();
            own.dedup();
            held.extend(own.iter().map(|key| (*key, at)));
        }
        held.sort_unstable();
        let mut members: Vec<u32> = Vec::new();
        let mut memberships: Vec<(u32, u32, u32)> = Vec::new();
        for block in held.chunk_by(|x, y| x.0 == y.0).filter(|block| (2..=BLOCK_MAX).contains(&block.len())) {
            let start = members.len() as u32;
            members.extend(block.iter().map(|(_, at)| *at));
            let end = members.len() as u32;
            // The last member has no one after it.
            memberships.extend((start..end - 1).zip(block).map(|(place, (_, at))| (*at, place + 1, end)));
        }
        drop(held);
        memberships.sort_unstable();
        let mut starts = vec![0u32; people.persons.len() + 1];
        for (at, ..) in &memberships {
            if let Some(start) = starts.get_mut(*at as usize + 1) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { members, spans: memberships.into_iter().map(|(_, start, end)| (start, end)).collect(), starts }
    }

    /// Records after `at` that share a key with it, in ascending order, each once.
    pub(crate) fn after(&self, at: u32, out: &mut Vec<u32>) {
        out.clear();
        let bound = |place: usize| self.starts.get(place).copied().unwrap_or(0) as usize;
        let spans = self.spans.get(bound(at as usize)..bound(at as usize + 1)).unwrap_or_default();
        for (start, end) in spans {
            out.extend_from_slice(self.members.get(*start as usize..*end as usize).unwrap_or_default());
        }
        out.sort_unstable();
        out.dedup();
    }
}
