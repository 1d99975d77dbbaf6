//! What a reader is given besides the bytes, and what it gives back.

use std::collections::BTreeSet;

use serde::Serialize;
use uuid::Uuid;

use crate::decode::Encoding;
use crate::provenance::Provenance;
use crate::refusal::Findings;

/// What a reader needs to know.
#[derive(Debug, Clone)]
pub struct Context {
    /// The territory that the file is for: ids derive from it.
    pub territory: Uuid,
    /// Communes of the territory by their INSEE code; lines of others are passed over and counted. Empty keeps all.
    pub communes: BTreeSet<String>,
    /// Where the file comes from.
    pub provenance: Provenance,
}

impl Context {
    /// Whether a line of this commune is kept.
    #[must_use]
    pub fn keeps(&self, commune_insee: &str) -> bool {
        self.communes.is_empty() || self.communes.contains(commune_insee)
    }
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reading<T> {
    /// What it holds, in its order.
    #[serde(skip)]
    pub items: Vec<T>,
    /// Lines or elements seen.
    pub rows: u32,
    /// Lines or elements passed over because their commune is not of the territory.
    pub outside: u32,
    /// Lines or elements that were not taken.
    pub refused: Findings,
    /// What was taken with a remark.
    pub remarks: Findings,
    /// How the file was written.
    pub encoding: Encoding,
    /// Where it comes from.
    pub provenance: Provenance,
}

impl<T> Reading<T> {
    /// A reading that has seen nothing yet.
    pub(crate) fn new(encoding: Encoding, provenance: &Provenance) -> Self {
        Self {
            items: Vec::new(),
            rows: 0,
            outside: 0,
            refused: Findings::default(),
            remarks: Findings::default(),
            encoding,
            provenance: provenance.clone(),
        }
    }
}
