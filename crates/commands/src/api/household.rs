//! The household file: only with an agreement.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DiagnosisLine, ReferralLine, TaskLine, VerbatimLine};

/// `open_household`: information was given and the person agrees to be followed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct OpenHousehold {
    /// Door id.
    pub door: String,
    /// Language in which the information was given (ISO 639-3).
    pub language: String,
    /// `oral`, `signed`, `interpreter`.
    pub mode: String,
    /// Agreement to keep a name and a phone (`record_nominative`).
    pub by_name: bool,
    /// Agreement to be called or visited again (`recontact`).
    pub recontact: bool,
}

/// `household`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct HouseholdRequest {
    /// Household id.
    pub household: String,
}

/// A text that several people may have written at once: every value is kept until someone decides.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct KeptText {
    /// The value shown.
    pub value: String,
    /// The other values, each with its author's first name.
    pub others: Vec<OtherValue>,
}

/// A value that is kept beside the shown one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct OtherValue {
    /// The value.
    pub value: String,
    /// Author's first name, empty when not known here.
    pub author: String,
    /// When (instant).
    pub at: String,
}

/// How many people of an age band live in a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct AgeCount {
    /// The band: `under_12`, `12_17`, … `over_70`.
    pub band: String,
    /// How many.
    pub count: u8,
}

/// A household file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct HouseholdSheet {
    /// Household id.
    pub id: String,
    /// Door id.
    pub door: String,
    /// "12 allée de Milan · Escalier C · 402".
    pub place_name: String,
    /// How many of each age band live there; bands of nobody are left out.
    pub ages: Vec<AgeCount>,
    /// Languages spoken (ISO 639-3).
    pub languages: Vec<String>,
    /// Access needs (`reading_help`, `interpreter`, …).
    pub access_needs: Vec<String>,
    /// Needs by theme.
    pub needs: Vec<String>,
    /// Structures that know the household; `none` when none does; empty when nobody asked.
    pub known_by: Vec<String>,
    /// When it last came to a public service: a code, empty when nobody asked.
    pub last_contact: String,
    /// What was said, with an agreement, latest first.
    pub verbatims: Vec<VerbatimLine>,
    /// Note about the household.
    pub note: KeptText,
    /// People, when there is an agreement by name.
    pub people: Vec<PersonSheet>,
    /// Agreements by purpose.
    pub agreements: Vec<AgreementLine>,
    /// Diagnoses of rights, the latest first.
    pub diagnoses: Vec<DiagnosisLine>,
    /// Referrals, the latest first.
    pub referrals: Vec<ReferralLine>,
    /// What is planned there, the nearest first.
    pub tasks: Vec<TaskLine>,
}

/// A person of the household.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct PersonSheet {
    /// Person id.
    pub id: String,
    /// Given name.
    pub given_name: KeptText,
    /// Family name.
    pub family_name: KeptText,
    /// Phone.
    pub phone: KeptText,
    /// Year of birth, 0 when not said.
    pub birth_year: u16,
}

/// An agreement by purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct AgreementLine {
    /// Purpose code (`record_nominative`, `recontact`, …).
    pub purpose: String,
    /// `unknown`, `granted`, `restricted`, `refused`, `withdrawn`.
    pub status: String,
    /// When it was last decided (instant).
    pub at: Option<String>,
}

/// `edit_household`: what is given replaces, what is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct EditHousehold {
    /// Household id.
    pub household: String,
    /// Age bands that change; the others stay.
    pub ages: Option<Vec<AgeCount>>,
    /// Languages.
    pub languages: Option<Vec<String>>,
    /// Access needs.
    pub access_needs: Option<Vec<String>>,
    /// Needs by theme.
    pub needs: Option<Vec<String>>,
    /// Structures that know the household.
    pub known_by: Option<Vec<String>>,
    /// When it last came to a public service; empty takes the answer back.
    pub last_contact: Option<String>,
    /// Note, ≤ 2,000 characters.
    pub note: Option<String>,
}

/// `edit_person`: an empty `person` makes one.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct EditPerson {
    /// Household id.
    pub household: String,
    /// Person id, empty for a new person.
    pub person: String,
    /// Given name.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Phone.
    pub phone: Option<String>,
    /// Year of birth.
    pub birth_year: Option<u16>,
}

/// `set_agreement`: the person agrees, refuses or withdraws.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SetAgreement {
    /// Household id.
    pub household: String,
    /// Purpose code.
    pub purpose: String,
    /// `granted`, `restricted`, `refused`, `withdrawn`. Withdrawing `record_nominative` erases names and phones everywhere, and is not undone.
    pub status: String,
    /// `oral`, `signed`, `interpreter`.
    pub mode: String,
}
