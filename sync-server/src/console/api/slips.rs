//! The page of a partner who was sent someone with a slip: no account, a code, no personal data.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `slip`: looks a code up.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SlipRequest {
    /// The code, as it is written on the slip; case, spaces and dashes do not matter.
    pub code: String,
}

/// What a slip opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct SlipView {
    /// The code, as it is shown.
    pub code: String,
    /// Referrals of the slip, the latest first.
    pub referrals: Vec<SlipReferral>,
}

/// A referral, as a partner may see it: nothing of the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct SlipReferral {
    /// Referral id.
    pub id: String,
    /// Name of the service.
    pub service_name: String,
    /// State code.
    pub state: String,
    /// When it was made (instant).
    pub opened_at: String,
    /// What the partner can answer now (codes).
    pub offered: Vec<String>,
}

/// `answer_slip`: what a partner says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct AnswerSlip {
    /// The code.
    pub code: String,
    /// Referral id, one of the slip.
    pub referral: String,
    /// One of `offered`.
    pub what: String,
    /// Why it does not take the person, for `refused`; may be empty.
    pub reason: String,
    /// What came of it, for `closed_success`; may be empty.
    pub result: String,
    /// For the first time in this structure: `yes`, `no`, or empty.
    pub first_time: String,
}
