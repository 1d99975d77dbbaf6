//! Who uses the tablet: profiles, enrolment, PIN, veil, settings.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::OutingCard;

/// What the app shows before anything else.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct AppState {
    /// Version of the app.
    pub version: String,
    /// True with `--demo`: data are invented and the device secret is a file.
    pub demo: bool,
    /// Profiles enrolled on this tablet.
    pub profiles: Vec<ProfileCard>,
    /// The open profile, if one is.
    pub session: Option<Session>,
    /// True between a successful `enrol` and `choose_pin`.
    pub enrolling: Option<EnrolDraft>,
    /// Minimum length of the secret: 6 digits with a keystore, else a pass-phrase.
    pub passphrase_needed: bool,
}

/// A profile on the PIN screen. Shown before the PIN, so it says no more than a first name and a structure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ProfileCard {
    /// Profile id.
    pub id: String,
    /// First name, as the coordinator wrote it.
    pub display_name: String,
    /// Name of the structure.
    pub structure_name: String,
    /// Seconds to wait before the next try, 0 when none.
    pub wait_seconds: u32,
}

/// The open profile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Session {
    /// Profile id.
    pub profile: String,
    /// First name.
    pub display_name: String,
    /// Name of the structure.
    pub structure_name: String,
    /// Role code (`mediator`, `adulte_relais`, `resident_ambassador`, …).
    pub role: String,
    /// Names and notes are hidden until the PIN is given again.
    pub veiled: bool,
    /// Colleagues of the structure, for the team of an outing.
    pub colleagues: Vec<Colleague>,
    /// Sectors of this tablet.
    pub sectors: Vec<SectorCard>,
    /// The open outing, if any.
    pub outing: Option<OutingCard>,
    /// Display settings of this profile.
    pub settings: Settings,
}

/// A colleague of the same structure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct Colleague {
    /// Profile id.
    pub id: String,
    /// First name.
    pub display_name: String,
}

/// A sector this tablet holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct SectorCard {
    /// Sector id.
    pub id: String,
    /// Name.
    pub name: String,
}

/// Display settings, kept on the tablet, per profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// `light`, `dark`, `sun` (plein soleil).
    pub theme: String,
    /// Text size in percent: 100, 125, 150, 200.
    pub text_percent: u16,
    /// Thumb actions on the left.
    pub left_handed: bool,
    /// The sheet moves to the next door after an outcome.
    pub series: bool,
}

/// `enrol`: the address and the code, or the whole text of the QR code in `code`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct EnrolRequest {
    /// `https://host:port`; empty when `code` is the text of a QR code.
    pub address: String,
    /// Twelve characters, spaces and dashes allowed, or a `palier1:` text.
    pub code: String,
}

/// What the server said of the profile; it waits for a PIN.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct EnrolDraft {
    /// First name of the mediator.
    pub display_name: String,
    /// Structure.
    pub structure_name: String,
    /// Names of the sectors.
    pub sectors: Vec<String>,
}

/// `choose_pin`, right after `enrol`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ChoosePin {
    /// The PIN (6–10 digits) or pass-phrase.
    pub pin: String,
}

/// `unlock`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct UnlockRequest {
    /// Profile id.
    pub profile: String,
    /// PIN or pass-phrase.
    pub pin: String,
}

/// What a PIN gave. A wrong PIN is an expected outcome, not an error.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum UnlockAnswer {
    /// The profile is open (or the veil is lifted).
    Opened {
        /// The state after opening.
        state: Box<AppState>,
    },
    /// Wrong PIN.
    Wrong {
        /// Seconds before the next try, 0 for at once.
        wait_seconds: u32,
    },
    /// Not tried: the wait of earlier wrong tries is not over.
    Wait {
        /// Seconds left.
        wait_seconds: u32,
    },
}

/// `unveil`: the PIN of the open profile.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct UnveilRequest {
    /// PIN or pass-phrase.
    pub pin: String,
}

/// `change_pin`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct ChangePin {
    /// Present PIN.
    pub old_pin: String,
    /// New PIN.
    pub new_pin: String,
}

/// A local emergency number kept by the coordinators (national ones are in the catalogue).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct LocalNumber {
    /// Whom it reaches, in French.
    pub label: String,
    /// The number as dialled.
    pub number: String,
}

/// Answer of `local_numbers`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct LocalNumbers {
    /// The numbers, in the coordinators' order.
    pub numbers: Vec<LocalNumber>,
}
