//! The query: what is typed, read into words, answered by households and places, best first.

use std::collections::BTreeMap;

use palier_domain::{fold, place::normalise_address};
use palier_sync::RecordType;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

use super::likeness::{LEAST, Typed};
use super::words::{self, Form};
use super::{people, place, vocabulary};
use crate::{Store, StoreError};

/// Fewer characters than this give nothing.
const QUERY_CHARS_MIN: usize = 2;
/// A longer query is cut.
const QUERY_CHARS_MAX: usize = 80;
/// Results given.
pub(super) const HITS_MAX: usize = 30;
/// Items that one query may hold together before they are ranked.
const HELD_MAX: usize = 20_000;
/// A result this good at the stair at hand comes before a better one elsewhere.
const GOOD: f64 = 0.75;
/// What is this far below the best result is left out.
const SPREAD: f64 = 0.3;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HitKind {
    /// A household, by a name that an agreement allows.
    Household,
    /// A building.
    Building,
    /// A stair.
    Stair,
    /// A door.
    Door,
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its id.
    pub id: Uuid,
    /// Names, an address, an address and a stair, or a door's label.
    pub title: String,
    /// The door itself, or a household's.
    pub door: Option<Uuid>,
    /// The stair itself, or a door's, a household's, a building's only one.
    pub stair: Option<Uuid>,
    /// In the stair at hand.
    pub here: bool,
}

/// A result before it is ranked.
pub(super) struct Found {
    pub(super) hit: Hit,
    /// From 0 to 1, and a little more for a name that has no other word.
    pub(super) score: f64,
    /// In the building at hand.
    pub(super) nearby: bool,
    /// Last passage at the door, UTC milliseconds, 0 for none.
    pub(super) last_at: i64,
}

/// The stair at hand and its building.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct AtHand {
    pub(super) stair: Option<Uuid>,
    pub(super) building: Option<Uuid>,
}

/// One form of what is typed, with the words of the vocabulary that are like it.
pub(super) struct AskedForm {
    pub(super) typed: Typed,
    pub(super) covers: u32,
    words: Vec<(i64, f64)>,
}

/// What is typed, read.
pub(super) struct Asked {
    pub(super) words: Vec<String>,
    pub(super) forms: Vec<AskedForm>,
}

impl Asked {
    fn read(connection: &Connection, folded: &str) -> Result<Self, StoreError> {
        let words: Vec<String> = folded.split_whitespace().take(words::WORDS_MAX).map(str::to_owned).collect();
        let mut forms = Vec::new();
        for Form { text, covers } in words::forms(&words.join(" ")) {
            let typed = Typed::new(&text);
            let mut near = vocabulary::beginning(connection, &text)?;
            near.extend(vocabulary::near(connection, &text)?);
            let mut alike: BTreeMap<i64, f64> = BTreeMap::new();
            for word in near {
                alike.entry(word.n).or_insert_with(|| typed.likeness(&word.text));
            }
            let words = alike.into_iter().filter(|(_, likeness)| *likeness >= LEAST).collect();
            forms.push(AskedForm { typed, covers, words });
        }
        Ok(Self { words, forms })
    }

    /// What a word weighs: "de" says less than "milan".
    pub(super) fn weight(&self, covers: u32) -> f64 {
        let weigh = |word: &String| word.len().clamp(2, 6) as f64;
        self.words.iter().enumerate().filter(|(place, _)| covers >> place & 1 == 1).map(|(_, word)| weigh(word)).sum()
    }

    /// Items of a kind that hold words like those typed, the likeliest first, at most `most`.
    pub(super) fn candidates(
        &self,
        connection: &Connection,
        kind: RecordType,
        most: usize,
    ) -> Result<Vec<i64>, StoreError> {
        let mut held: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
        let mut statement = connection.prepare_cached("SELECT item FROM search_use WHERE word = ?1 AND kind = ?2")?;
        // The longest form names the fewest items; a single letter only tells those apart.
        let mut forms: Vec<&AskedForm> = self.forms.iter().collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.typed.text.len()));
        for form in forms {
            for (word, likeness) in &form.words {
                let mut rows = statement.query(params![word, kind.number()])?;
                while let Some(row) = rows.next()? {
                    let item: i64 = row.get(0)?;
                    let opens = held.len() < HELD_MAX && form.typed.text.len() >= QUERY_CHARS_MIN;
                    if !opens && !held.contains_key(&item) {
                        continue;
                    }
                    let best = held.entry(item).or_insert_with(|| vec![0.0; self.words.len()]);
                    for (place, known) in best.iter_mut().enumerate() {
                        if form.covers >> place & 1 == 1 && *known < *likeness {
                            *known = *likeness;
                        }
                    }
                }
            }
        }
        let mut ranked: Vec<(i64, f64)> = held
            .into_iter()
            .map(|(item, best)| {
                (item, best.iter().enumerate().map(|(place, likeness)| likeness * self.weight(1 << place)).sum())
            })
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(ranked.into_iter().take(most).map(|(item, _)| item).collect())
    }
}

impl Store {
    /// Finds households and places, best first, at most 30; good results of the stair at hand come first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn search(&self, text: &str, stair_at_hand: Option<Uuid>) -> Result<Vec<Hit>, StoreError> {
        let text: String = text.chars().take(QUERY_CHARS_MAX).collect();
        let folded = fold::spaced(&text);
        if folded.chars().count() < QUERY_CHARS_MIN {
            return Ok(Vec::new());
        }
        // One reading of the store for the hundreds of small ones below; dropping it ends it.
        let _reading = self.connection.unchecked_transaction()?;
        let hand = at_hand(&self.connection, stair_at_hand)?;
        let asked = Asked::read(&self.connection, &folded)?;
        let mut found = people::find(self, &asked, hand)?;
        found.extend(place::find(&self.connection, &asked, hand)?);
        let address = normalise_address(&text);
        if address != folded {
            // "12bis all milan": also read as an address.
            found.extend(place::find(&self.connection, &Asked::read(&self.connection, &address)?, hand)?);
        }
        Ok(rank(found))
    }
}

fn at_hand(connection: &Connection, stair: Option<Uuid>) -> Result<AtHand, StoreError> {
    let Some(stair) = stair else { return Ok(AtHand::default()) };
    let building = connection
        .prepare_cached("SELECT building FROM stair WHERE id = ?1")?
        .query_row([stair], |row| row.get(0))
        .optional()?;
    Ok(AtHand { stair: Some(stair), building })
}

fn rank(mut found: Vec<Found>) -> Vec<Hit> {
    let best = found.iter().map(|found| found.score).fold(0.0, f64::max);
    found.retain(|found| found.score >= best - SPREAD);
    found.sort_by(|a, b| {
        let first = |found: &Found| found.hit.here && found.score >= GOOD;
        let score = |found: &Found| found.score + if found.nearby { 0.02 } else { 0.0 };
        first(b)
            .cmp(&first(a))
            .then(score(b).total_cmp(&score(a)))
            .then(b.last_at.cmp(&a.last_at))
            .then(a.hit.title.cmp(&b.hit.title))
            .then(a.hit.id.cmp(&b.hit.id))
    });
    let mut hits: Vec<Hit> = Vec::new();
    for found in found {
        if hits.len() < HITS_MAX && !hits.iter().any(|hit| hit.id == found.hit.id) {
            hits.push(found.hit);
        }
    }
    hits
}
