//! Tablets: enrolment, last contact, what was not sent, suspension.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Answer of `tablets`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Tablets {
    /// Tablets, the ones that wait for attention first.
    pub tablets: Vec<TabletLine>,
    /// People at work, to enrol one.
    pub people: Vec<EnrolChoice>,
}

/// A profile on a tablet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct TabletLine {
    /// Replica number.
    pub replica: u32,
    /// Name given to the tablet.
    pub name: String,
    /// First name of whoever holds it.
    pub person: String,
    /// Structure.
    pub structure: String,
    /// Sectors it holds.
    pub sectors: Vec<String>,
    /// `active`, `suspended`, `revoked`.
    pub status: String,
    /// Version of the app; empty before the first contact.
    pub version: String,
    /// Last contact (instant); none when it never synced.
    pub last_contact: Option<String>,
    /// Not heard from for three days or more.
    pub silent: bool,
    /// Changes that it said were not sent yet.
    pub left_to_send: u32,
    /// How far its clock is from the server's, in seconds; positive when it runs ahead.
    pub clock_seconds: i32,
    /// The clock is wrong by more than two minutes.
    pub clock_wrong: bool,
}

/// A person who can be enrolled.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct EnrolChoice {
    /// Profile id.
    pub id: String,
    /// First name.
    pub name: String,
    /// Structure name.
    pub structure: String,
    /// Sectors where the structure works: the tablet will hold them.
    pub sectors: Vec<String>,
}

/// `enrol`: makes a one-time code.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// Profile id.
    pub person: String,
}

/// Its answer: shown once, never again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct EnrolCode {
    /// First four characters: they name the code.
    pub lookup: String,
    /// The code, as it is typed: `K7F2-9QXM-4TBD`.
    pub code: String,
    /// Address to type beside it.
    pub address: String,
    /// The QR code: an SVG picture, black on white.
    pub qr_svg: String,
    /// Until when it works (instant).
    pub expires_at: String,
    /// The server's clock now (instant): the countdown does not depend on the page's clock.
    pub now: String,
}

/// `enrol_state`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct EnrolLookup {
    /// First four characters of the code.
    pub lookup: String,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct EnrolState {
    /// `waiting`, `used`, `expired`, `dead` (too many wrong tries).
    pub state: String,
}

/// `set_tablet`: suspends, revokes, declares lost, or puts back in use.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct SetTablet {
    /// Replica number.
    pub replica: u32,
    /// `active`, `suspended`, `revoked`.
    pub status: String,
}
