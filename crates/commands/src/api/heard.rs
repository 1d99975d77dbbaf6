//! What people say: trust by slip, verbatims.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::KeptText;

/// `trust`: reads what who holds a slip said; an empty slip draws a new code, which nothing holds yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct TrustRequest {
    /// The slip's code as it was typed, or empty.
    pub slip: String,
}

/// `say_of_trust`: an answer; the same day again corrects it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SayOfTrust {
    /// The slip's code.
    pub slip: String,
    /// Door where it is said, for the sector alone: no record names it. Empty when there is none.
    pub door: String,
    /// Whom it is about: `services_publics`, `caf`, `ecole`, …
    pub object: String,
    /// 1 not at all to 4 wholly; 0 takes today's answer back.
    pub level: u8,
    /// Since the time before: `more`, `same`, `less`, or empty.
    pub retro: String,
    /// `interviewer`, or `handover` when the resident held the tablet.
    pub mode: String,
}

/// What who holds a slip said of their trust.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct TrustView {
    /// The code, as it is shown.
    pub slip: String,
    /// Its picture (SVG).
    pub slip_qr: String,
    /// Whom one may be asked about.
    pub objects: Vec<TrustObject>,
}

/// What was said about one institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct TrustObject {
    /// Its code.
    pub object: String,
    /// Today's answer, 0 when there is none.
    pub today: u8,
    /// What was said since the time before, today; empty when nothing.
    pub retro: String,
    /// The first answer of an earlier day, 0 when there is none.
    pub first: u8,
    /// When it was given (instant).
    pub first_at: Option<String>,
    /// Answers on earlier days.
    pub earlier: u32,
}

/// `say_verbatim`: keeps what someone said, in their words.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SayVerbatim {
    /// Household id; empty when nobody is named.
    pub household: String,
    /// Door where it was said, for the sector alone, when no household is given.
    pub door: String,
    /// Verbatim id, empty for a new one.
    pub verbatim: String,
    /// Theme's code.
    pub theme: String,
    /// The words, 2 to 1,000 characters.
    pub text: String,
    /// The person agrees that their words are kept and told without their name.
    pub agreed: bool,
}

/// What was said is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct VerbatimKept {
    /// Verbatim id, to correct it.
    pub verbatim: String,
}

/// Something a household said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct VerbatimLine {
    /// Verbatim id.
    pub id: String,
    /// Theme's code.
    pub theme: String,
    /// The words.
    pub text: KeptText,
    /// When (instant).
    pub at: String,
}
