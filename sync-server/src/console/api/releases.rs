//! What leaves the structure: frozen, numbered releases, and their files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `releases`: its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Releases {
    /// Periods that can be released now, the latest first.
    pub open: Vec<String>,
    /// Releases, the latest first.
    pub made: Vec<ReleaseMade>,
}

/// A release.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ReleaseMade {
    /// Its number.
    pub number: u32,
    /// `2026-T1` or `2026`.
    pub period: String,
    /// Day of the release, `YYYY-MM-DD`.
    pub day: String,
    /// Login name of the account.
    pub account: String,
    /// How many numbers about people are hidden.
    pub hidden: u32,
    /// How many there are.
    pub all: u32,
}

/// `try_release` and `make_release`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ReleaseRequest {
    /// `2026-T1` or `2026`.
    pub period: String,
    /// A column for each QPV; else all of them together.
    pub by_qpv: bool,
}

/// What `try_release` answers: nothing is kept.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ReleaseTrial {
    /// How many numbers about people would be hidden.
    pub hidden: u32,
    /// How many there are.
    pub all: u32,
    /// Most would be: everything together, or the year, tells more.
    pub mostly_hidden: bool,
}

/// `release_file`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ReleaseFileRequest {
    /// Number of the release.
    pub number: u32,
    /// Which figures.
    pub template: Template,
    /// Subjects of the free template, by code.
    pub subjects: Vec<String>,
    /// Form of the file.
    pub format: FileFormat,
}

/// Which figures a reader is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(rename_all = "snake_case")]
pub enum Template {
    /// Fiche 4.1.3: all of them.
    ContratDeVille,
    /// What mediators did and whom they met.
    AdulteRelais,
    /// What concerns the dwellings.
    Bailleur,
    /// Those that are ticked.
    Libre,
}

/// Forms of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(rename_all = "snake_case")]
pub enum FileFormat {
    /// PDF/UA-1.
    Pdf,
    /// Workbook.
    Xlsx,
    /// Text for spreadsheets.
    Csv,
    /// `docs/bilan.schema.json`.
    Json,
}

/// A file to save.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FileAnswer {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// Its bytes, in base 64.
    pub base64: String,
}
