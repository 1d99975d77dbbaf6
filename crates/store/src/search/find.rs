//! The query: folded tokens as prefixes, then ranked here.

use palier_domain::fold;
use rusqlite::params;
use uuid::Uuid;

use crate::{Store, StoreError};

/// Fewer characters than this give nothing.
const QUERY_CHARS_MIN: usize = 2;
/// A longer query is cut.
const QUERY_CHARS_MAX: usize = 80;
/// Candidates read before ranking.
const CANDIDATES: usize = 300;
/// Results given.
const HITS_MAX: usize = 30;

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
    /// A name or an address.
    pub title: String,
    /// Its door, for a household.
    pub door: Option<Uuid>,
    /// Its stair.
    pub stair: Option<Uuid>,
    /// In the stair at hand.
    pub here: bool,
}

impl Store {
    /// Finds households and places, best first, at most 30; results of the stair at hand come first.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn search(&self, text: &str, stair_at_hand: Option<Uuid>) -> Result<Vec<Hit>, StoreError> {
        let text: String = text.chars().take(QUERY_CHARS_MAX).collect();
        let folded = fold::spaced(&text);
        if folded.chars().count() < QUERY_CHARS_MIN {
            return Ok(Vec::new());
        }
        let query = folded.split_whitespace().map(|token| format!("\"{token}\"*")).collect::<Vec<_>>().join(" ");
        let mut statement = self.connection.prepare_cached(
            "SELECT i.kind, i.record, i.title, i.door, i.stair FROM search_key
             JOIN search_item AS i ON i.n = search_key.rowid WHERE search_key MATCH ?1 LIMIT ?2",
        )?;
        let rows = statement.query_map(params![query, CANDIDATES as i64], |row| {
            let kind: String = row.get(0)?;
            let stair: Option<Uuid> = row.get(4)?;
            Ok(Hit {
                kind: match kind.as_str() {
                    "household" => HitKind::Household,
                    "stair" => HitKind::Stair,
                    "door" => HitKind::Door,
                    _ => HitKind::Building,
                },
                id: row.get(1)?,
                title: row.get(2)?,
                door: row.get(3)?,
                stair,
                here: stair.is_some() && stair == stair_at_hand,
            })
        })?;
        let mut hits: Vec<Hit> = rows.collect::<Result<_, _>>()?;
        hits.sort_by(|a, b| b.here.cmp(&a.here).then(a.title.len().cmp(&b.title.len())).then(a.title.cmp(&b.title)));
        hits.truncate(HITS_MAX);
        Ok(hits)
    }
}
