//! The directory of services on the tablet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `services`: what answers a need, near a door.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ServicesRequest {
    /// Theme of needs, empty for every service.
    pub need: String,
    /// Words of the name or the description; may be empty.
    pub words: String,
    /// Those that are open come first; else the nearest.
    pub open_first: bool,
    /// Door from which one walks; empty when not known.
    pub door: String,
}

/// Services that answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ServicesView {
    /// At most 50, best first.
    pub services: Vec<ServiceLine>,
    /// Services of the directory.
    pub total: u32,
    /// When the directory was made (date), empty while there is none.
    pub made_on: String,
    /// The territory has a directory and it is not wholly on this tablet yet: per cent that came.
    pub coming_percent: Option<u8>,
}

/// A service of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ServiceLine {
    /// Its key in the directory.
    pub key: String,
    /// Name.
    pub name: String,
    /// Name of the structure, when it is another.
    pub structure: String,
    /// Number and street.
    pub address: String,
    /// Postcode and commune.
    pub commune: String,
    /// Minutes on foot, estimated; none when one of the two places is unknown.
    pub walk_minutes: Option<u32>,
    /// `open`, `closed`, `unknown`.
    pub state: String,
    /// When that ends (instant), when it is known and within the day.
    pub until: Option<String>,
    /// Next sure opening (instant).
    pub opens: Option<String>,
    /// Closed for some days: until this day (date).
    pub closed_to: String,
    /// A working day between a holiday and a week-end: call first.
    pub bridge_day: bool,
    /// `unconditional`, `appointment`, `referral`, or empty.
    pub access: String,
    /// Languages spoken (ISO 639-3).
    pub languages: Vec<String>,
    /// When its line was last verified here, or else at its publisher (date); empty when neither is known.
    pub verified_on: String,
    /// It was verified more than 90 days ago, or never.
    pub stale: bool,
    /// Made up for the demonstration.
    pub invented: bool,
}

/// `service`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ServiceRequest {
    /// Its key.
    pub service: String,
    /// Door from which one walks; empty when not known.
    pub door: String,
}

/// All that is known of a service.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ServiceSheet {
    /// As in the list.
    pub line: ServiceLine,
    /// `go`, `closed_then`, `call_first`: what to tell who would go now.
    pub advice: String,
    /// The next seven days.
    pub week: Vec<ServiceDay>,
    /// What the publisher wrote of the hours, when it could not be read.
    pub hours_published: String,
    /// Description, as published.
    pub description: String,
    /// As published.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Web page.
    pub website: String,
    /// `gratuit`, `payant`, or empty.
    pub fees: String,
    /// Who publishes it.
    pub source: String,
    /// Licence of the data.
    pub licence: String,
    /// Date of the line at its publisher; empty when not known.
    pub updated_on: String,
}

/// A day of a service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ServiceDay {
    /// The day (date).
    pub date: String,
    /// Openings: from and to, `HH:MM`; to may be `24:00`.
    pub open: Vec<[String; 2]>,
    /// Part of the day is not known.
    pub unknown: bool,
}

/// `say_of_service`: what was found on the spot or by phone; it holds for the whole structure.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SayOfService {
    /// Its key.
    pub service: String,
    /// The line is right: verified today.
    pub verified: bool,
    /// First day of a closure (date); empty lifts the closure, absent leaves it.
    pub closed_from: Option<String>,
    /// Its last day (date).
    pub closed_to: Option<String>,
}

/// `service_calendar`: a time to be there, as a calendar file that names no person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct CalendarRequest {
    /// Its key.
    pub service: String,
    /// When (instant).
    pub at: String,
    /// What to bring, for the note of the event; may be empty.
    pub bring: String,
}

/// A calendar file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct CalendarFile {
    /// Name of the file.
    pub name: String,
    /// Its text (RFC 5545).
    pub text: String,
}
