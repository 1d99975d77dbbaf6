//! Files and people that several mediators may have written down twice.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Decision;

/// Answer of `duplicates` and of `settle_duplicate`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Duplicates {
    /// Pairs that wait, the surest first.
    pub pairs: Vec<DuplicatePair>,
    /// How many wait in all, those beyond the list included.
    pub total: u32,
    /// What was decided of pairs, newest first.
    pub decided: Vec<Decision>,
}

/// Two files, or two people of one file, that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct DuplicatePair {
    /// `household` or `person`.
    pub kind: String,
    /// Sure enough to be proposed; otherwise possible.
    pub proposed: bool,
    /// How likely, in hundredths; none when names were not compared.
    pub percent: Option<u8>,
    /// What agrees and what does not, by code.
    pub reasons: Vec<String>,
    /// The two.
    pub sides: Vec<DuplicateSide>,
    /// People of the one who look like people of the other: ids, the first side's first.
    pub people: Vec<(String, String)>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct DuplicateSide {
    /// Record id: of the file, or of the person.
    pub id: String,
    /// Where: "402 · 12 allée de Milan · C".
    pub place: String,
    /// The structure whose file it is.
    pub structure: String,
    /// First name of who opened the file.
    pub author: String,
    /// When it was opened (instant).
    pub opened_at: String,
    /// The people, when an agreement lets them be named.
    pub people: Vec<DuplicatePerson>,
    /// Languages.
    pub languages: Vec<String>,
    /// Purposes that the file agrees to.
    pub agreed: Vec<String>,
    /// Purposes that the file refuses.
    pub refused: Vec<String>,
    /// Diagnoses.
    pub diagnoses: u32,
    /// Referrals.
    pub referrals: u32,
    /// Visits and calls to make.
    pub tasks: u32,
}

/// A person of a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct DuplicatePerson {
    /// Record id.
    pub id: String,
    /// Given and family name.
    pub name: String,
    /// Year of birth; 0 when not known.
    pub birth_year: u16,
    /// Phone.
    pub phone: String,
}

/// `settle_duplicate`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SettleDuplicate {
    /// One of the two.
    pub one: String,
    /// The other.
    pub other: String,
    /// They are one, or they are not.
    pub same: bool,
    /// People who are one with it: pairs of ids.
    pub people: Vec<(String, String)>,
}
