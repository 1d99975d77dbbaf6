//! The figures of the contrat de ville.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Named;

/// `figures`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(deny_unknown_fields)]
pub struct FiguresRequest {
    /// Only this sector; empty for all.
    pub sector: String,
    /// First day; empty for the first of January of this year.
    pub from: String,
    /// Last day; empty for today.
    pub to: String,
    /// What stands side by side.
    #[serde(default)]
    pub beside: Beside,
}

/// What the columns of the page are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// One place and period alone.
    #[default]
    Nothing,
    /// The QPV, over the period, every sector.
    Qpv,
    /// The years of the contrat de ville in which something was written, in the sector.
    Year,
}

/// Its answer.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Figures {
    /// Sectors, to choose one.
    pub sectors: Vec<Named>,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// What stands side by side.
    pub beside: Beside,
    /// Groups, in the order of the page: of the sector and the period.
    pub groups: Vec<FigureGroup>,
    /// The columns; none when nothing stands side by side.
    pub columns: Vec<FigureColumn>,
}

/// A place or a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FigureColumn {
    /// Code of the QPV, empty for outside of all; or the year.
    pub code: String,
    /// Its name; empty for outside of all.
    pub name: String,
    /// Groups, in the order of the page.
    pub groups: Vec<FigureGroup>,
}

/// Figures of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FigureGroup {
    /// Its code: `doors`, `met`, `actions`, `rights`, `granted`, `referrals`, `trust`.
    pub code: String,
    /// Figures.
    pub figures: Vec<Figure>,
    /// Tables beneath.
    pub tables: Vec<FigureTable>,
}

/// One figure: its definition is in the catalogue, by its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct Figure {
    /// Its code.
    pub code: String,
    /// What it is about, when there is one for each: an institution's code; else empty.
    pub about: String,
    /// The count, or the days of a median; none for a median of nothing.
    pub count: Option<u32>,
    /// What it is out of.
    pub of: Option<u32>,
    /// How many are in neither: nobody asked, or nobody knows yet.
    pub aside: Option<u32>,
}

/// Counts by code, the greatest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FigureTable {
    /// Its code.
    pub code: String,
    /// Its lines.
    pub lines: Vec<FigureLine>,
}

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "console.ts")]
pub struct FigureLine {
    /// What is counted, by its code.
    pub code: String,
    /// Its name, for rights and services; empty when the catalogue has the word.
    pub name: String,
    /// How many.
    pub count: u32,
}
