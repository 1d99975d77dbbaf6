//! One person of a household as it was written down, and the answer about two of them.

use serde::{Deserialize, Serialize};

/// A person as someone wrote it down. All but the id may be missing; an empty text is a missing one.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub struct PersonRecord {
    /// Names the record in the answer.
    pub id: String,
    /// Given names.
    #[serde(default, rename = "prenom")]
    pub given_name: Option<String>,
    /// Family name.
    #[serde(default, rename = "nom")]
    pub family_name: Option<String>,
    /// Date of birth: ISO, `YYYYMMDD`, `DD/MM/YYYY` or a year alone. A text that is no date counts as missing.
    #[serde(default, rename = "date_naissance")]
    pub birth_date: Option<String>,
    /// Number and street.
    #[serde(default, rename = "adresse")]
    pub address: Option<String>,
    /// Building, floor, door.
    #[serde(default, rename = "complement")]
    pub address_complement: Option<String>,
    /// Commune.
    #[serde(default, rename = "commune")]
    pub commune: Option<String>,
    /// Postal code.
    #[serde(default, rename = "code_postal")]
    pub postal_code: Option<String>,
    /// Telephone.
    #[serde(default, rename = "telephone")]
    pub phone: Option<String>,
}

/// Why two records look like one person, or do not. The code is stable; the words for people are in the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The given names have the same letters.
    SameGivenName,
    /// The given names are spelled by two habits, or with a slip.
    CloseGivenName,
    /// One given name holds the other.
    PartialGivenName,
    /// One given name is an initial of the other.
    InitialGivenName,
    /// The given names differ by an ending that tells a man from a woman.
    GenderedGivenName,
    /// A given name is missing.
    NoGivenName,
    /// Two given names.
    OtherGivenName,
    /// The family names have the same letters.
    SameFamilyName,
    /// The family names are spelled by two habits, or with a slip.
    CloseFamilyName,
    /// One family name holds the other.
    PartialFamilyName,
    /// Two family names, as after a marriage.
    OtherFamilyName,
    /// Given name and family name stand one for the other.
    NamesSwapped,
    /// The names are rare in this file.
    RareName,
    /// The same date of birth.
    SameBirthDate,
    /// Day and month stand one for the other.
    DayMonthSwapped,
    /// The dates of birth differ by one slip.
    CloseBirthDate,
    /// Same year; one date is a first of January or a year alone.
    SameBirthYear,
    /// A date of birth is missing.
    NoBirthDate,
    /// Two dates of birth.
    OtherBirthDate,
    /// Same street and number.
    SameAddress,
    /// Same street; the number is missing or another.
    SameStreet,
    /// Another address.
    OtherAddress,
    /// The same door.
    SameDoor,
    /// Another door.
    OtherDoor,
    /// The same telephone.
    SamePhone,
    /// The telephones differ by one digit.
    ClosePhone,
    /// Other records of the same person lead from one to the other.
    SamePersonElsewhere,
    /// Another record is as near, and is someone else.
    SeveralCandidates,
}

/// Two records and what is thought of them. `a` comes before `b` in the order of ids.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pair {
    /// Id of one record.
    pub a: String,
    /// Id of the other.
    pub b: String,
    /// Probability that both are one person, 0 to 1, to six decimals.
    pub score: f64,
    /// True when it is sure enough to be proposed as a duplicate; a possible pair otherwise.
    pub proposed: bool,
    /// What agrees and what does not, in the order of [`Reason`].
    pub reasons: Vec<Reason>,
}
