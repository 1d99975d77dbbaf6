//! The document as text: CSV that a spreadsheet opens as it is, and JSON.

use crate::words::Words;
use crate::{Bilan, Cell, ReportError, Row};

/// Signs that make a spreadsheet compute a cell (OWASP, CSV injection).
const COMPUTED: &[char] = &['=', '+', '-', '@', '\t', '\r'];

/// A line of the document with all that says where it is.
pub(crate) struct Flat<'a> {
    pub(crate) subject: &'a str,
    /// Title of the table; none for a figure.
    pub(crate) table: Option<&'a str>,
    pub(crate) row: &'a Row,
    pub(crate) column: &'a str,
    pub(crate) cell: Cell,
}

/// One entry for each number.
pub(crate) fn flat(bilan: &Bilan) -> impl Iterator<Item = Flat<'_>> {
    bilan.subjects.iter().flat_map(move |subject| {
        let figures = subject.figures.iter().map(|row| (None, row));
        let lines =
            subject.tables.iter().flat_map(|table| table.rows.iter().map(|row| (Some(table.title.as_str()), row)));
        figures.chain(lines).flat_map(move |(table, row)| {
            let cells = bilan.columns.iter().zip(&row.cells);
            cells.map(move |(column, cell)| Flat { subject: &subject.title, table, row, column, cell: *cell })
        })
    })
}

/// Heads of the columns of one line a number, without the definition.
pub(crate) fn heads(words: &Words) -> [String; 9] {
    let head = |message: &str| words.say("figures", message, &[]);
    [
        head("col-group"),
        head("col-figure"),
        head("col-about"),
        head("bilan-place"),
        head("col-count"),
        head("col-of"),
        head("bilan-percent"),
        head("col-aside"),
        head("bilan-state"),
    ]
}

/// One line a number: UTF-8 with its mark, semicolons, no cell that a spreadsheet would compute.
///
/// # Errors
/// See [`ReportError`].
pub fn csv(bilan: &Bilan, words: &Words) -> Result<Vec<u8>, ReportError> {
    let mut file = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer("\u{feff}".as_bytes().to_vec());
    let definition = words.say("figures", "col-definition", &[]);
    file.write_record(heads(words).iter().chain([&definition]).map(|text| plain(text)))?;
    for Flat { subject, table, row, column, cell } in flat(bilan) {
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        let (figure, about) = table.map_or((row.label.as_str(), ""), |table| (table, row.label.as_str()));
        let hidden = if cell.hidden { words.say("figures", "bilan-yes", &[]) } else { String::new() };
        file.write_record([
            plain(subject),
            plain(figure),
            plain(about),
            plain(column),
            number(cell.count),
            number(cell.of),
            number(cell.percent()),
            number(cell.aside),
            hidden,
            plain(&row.definition),
        ])?;
    }
    file.into_inner().map_err(|error| ReportError::Csv(error.into_error().into()))
}

/// The document as it is.
///
/// # Errors
/// See [`ReportError`].
pub fn json(bilan: &Bilan) -> Result<Vec<u8>, ReportError> {
    Ok(serde_json::to_vec_pretty(bilan)?)
}

/// A text that a spreadsheet takes for a text.
fn plain(text: &str) -> String {
    if text.starts_with(COMPUTED) { format!("'{text}") } else { text.to_owned() }
}
