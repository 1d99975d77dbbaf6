//! Printed pages: the slip of a referral, the notice of a visit.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `paper_form`: what was printed last, to begin with.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct PaperForm {
    /// Name of the team, as the neighbourhood knows it.
    pub team: String,
    /// Its telephone; empty before it was said once.
    pub phone: String,
    /// Languages beside French.
    pub languages: Vec<String>,
    /// Languages that the paper speaks, French first.
    pub offered: Vec<String>,
}

/// `print_slip`: the slip of a referral, with every service that it opens.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct PrintSlip {
    /// Referral id.
    pub referral: String,
    /// The language beside French; `fr` for French alone.
    pub language: String,
    /// Telephone of the structure, kept for the next time.
    pub phone: String,
}

/// `print_notice`: the notice of a visit, the same for a whole building.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct PrintNotice {
    /// Building id.
    pub building: String,
    /// Name of the team, kept for the next time.
    pub team: String,
    /// Its telephone, kept for the next time.
    pub phone: String,
    /// The day one comes back, `YYYY-MM-DD`; empty when it is not said.
    pub day: String,
    /// `morning` or `afternoon`.
    pub part: String,
    /// Languages beside French, at most five.
    pub languages: Vec<String>,
    /// Two on a sheet of A4, to cut; else one on A5.
    pub two_on_a4: bool,
}

/// A page to print or to share.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Printed {
    /// Name of the file.
    pub name: String,
    /// The PDF (base64).
    pub pdf: String,
    /// Code of the batch, which callers quote; empty for a slip.
    pub batch: String,
}
