//! What leaves the structure, as files: a bilan as JSON, CSV, XLSX and PDF, in the words of the screens.
//!
//! What it is: the document ([`Bilan`]), its words (`words.rs`, from the catalogue of the screens) and one file per format. What it is
//! not: counting, hiding small numbers (`palier-disclosure`): a number that is here was allowed to leave. Same input, same bytes.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic))]

mod bilan;
mod pdf;
mod table;
mod words;
mod xlsx;

pub use bilan::{Bilan, Cell, Row, Subject, Table, schema};
pub use pdf::pdf;
pub use table::{csv, json};
pub use words::Words;
pub use xlsx::xlsx;

/// Why a file is not made: a defect of this crate, or a character that the paper does not draw.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// The words of the catalogue do not read.
    #[error("The catalogue does not read: {0}")]
    Words(String),
    /// The workbook is not written.
    #[error("The workbook is not written")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// The page is not printed.
    #[error("The page is not printed")]
    Paper(#[from] palier_paper::PaperError),
    /// The text is not written.
    #[error("The text is not written")]
    Json(#[from] serde_json::Error),
    /// The table is not written.
    #[error("The table is not written")]
    Csv(#[from] csv::Error),
}
