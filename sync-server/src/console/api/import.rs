//! Import of a territory: files are staged, a dry run says what they would bring, accepting writes it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// Answer of `import_form`: what the form of an import starts from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ImportForm {
    /// Sectors that dwellings may go to.
    pub sectors: Vec<Named>,
    /// INSEE codes of the communes known already.
    pub communes: Vec<String>,
    /// Largest file, in MiB.
    pub file_mib_max: u32,
    /// Imports that were accepted, newest first.
    pub done: Vec<PastImport>,
}

/// An import that was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct PastImport {
    /// When (instant).
    pub at: String,
    /// Account that accepted it.
    pub account: String,
    /// Its files.
    pub files: Vec<PastFile>,
    /// Records made.
    pub new: u32,
    /// Records changed.
    pub changed: u32,
    /// Lines refused.
    pub refused: u32,
}

/// A file of an accepted import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct PastFile {
    /// `zones`, `structures`, `services`, `dwellings`.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Who publishes it.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Date of the data; empty when not known.
    pub date: String,
}

/// Answer of the upload (`POST /api/import_file?kind=…&name=…`, the file's bytes as the body).
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct StagedFile {
    /// Names the staged file for 30 minutes.
    pub token: String,
    /// `zones`, `structures`, `services`, `dwellings`.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Its size, in bytes.
    pub bytes: u32,
    /// Source proposed.
    pub source: String,
    /// Licence proposed.
    pub licence: String,
    /// Date found in the file's name; empty when none.
    pub date: String,
}

/// `import_plan`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ImportRequest {
    /// The files.
    pub files: Vec<ImportFile>,
    /// Sector of new buildings; empty for none.
    pub sector: String,
    /// INSEE codes of the communes to keep; empty keeps all.
    pub communes: Vec<String>,
}

/// A staged file with what the coordinator says of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ImportFile {
    /// The staged file.
    pub token: String,
    /// Who publishes it.
    pub source: String,
    /// Licence.
    pub licence: String,
    /// Date of the data; empty when not known.
    pub date: String,
}

/// The dry run: nothing is written yet.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ImportReport {
    /// Names the plan, for `import_accept`; empty when a file could not be read at all.
    pub plan: String,
    /// Records that would be new.
    pub new: u32,
    /// Records that would change.
    pub changed: u32,
    /// Records there already and the same.
    pub unchanged: u32,
    /// Lines refused.
    pub refused: u32,
    /// By kind of record.
    pub kinds: Vec<KindReport>,
    /// By file.
    pub files: Vec<FileReport>,
    /// New and changed buildings by what is known of their QPV.
    pub qpv: Vec<CodeCount>,
    /// New buildings without a sector: they are refused until one is chosen.
    pub without_sector: u32,
}

/// What would happen to the records of one kind.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct KindReport {
    /// `zones`, `buildings`, `stairs`, `doors`, `structures`.
    pub kind: String,
    /// New.
    pub new: u32,
    /// Changed.
    pub changed: u32,
    /// The same.
    pub unchanged: u32,
    /// First names of the new ones.
    pub new_names: Vec<String>,
    /// First of the changed ones.
    pub changes: Vec<ChangeReport>,
}

/// A record that would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct ChangeReport {
    /// Its name.
    pub name: String,
    /// What changes.
    pub fields: Vec<FieldReport>,
}

/// A field that would change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FieldReport {
    /// Name of the field.
    pub field: String,
    /// What is there.
    pub old: String,
    /// What the file holds.
    pub new: String,
}

/// What one file gives and does not give.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FileReport {
    /// `zones`, `structures`, `services`, `dwellings`.
    pub kind: String,
    /// Name of the file.
    pub name: String,
    /// Lines or elements seen.
    pub rows: u32,
    /// Of communes that are not kept.
    pub outside: u32,
    /// How the file is written: `utf8`, `windows1252`; empty when it could not be read.
    pub encoding: String,
    /// Why the file cannot be read at all.
    pub stopped: Option<Finding>,
    /// How many lines are refused.
    pub refused: u32,
    /// The first of them.
    pub refusals: Vec<Finding>,
    /// How many lines are taken with a remark.
    pub remarked: u32,
    /// The first of them.
    pub remarks: Vec<Finding>,
}

/// A line refused, or taken with a remark.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Finding {
    /// Reason code (`palier_territory::RefusalCode`).
    pub code: String,
    /// Line of the file, from 1.
    pub line: Option<u32>,
    /// Rank of the element in a list, from 1.
    pub element: Option<u32>,
    /// Column, empty for none.
    pub column: String,
    /// What the file holds there.
    pub value: String,
    /// What was expected.
    pub expected: String,
}

/// A code and how many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct CodeCount {
    /// The code.
    pub code: String,
    /// How many.
    pub count: u32,
}

/// `import_accept`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct ImportAccept {
    /// The plan of the dry run.
    pub plan: String,
}
