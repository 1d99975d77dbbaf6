//! The document as a workbook: a sheet of figures in typed cells, one number a line, and a sheet of definitions. Every text is
//! written as a text, so that none is ever a formula.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::table::{Flat, flat, heads};
use crate::words::Words;
use crate::{Bilan, ReportError};

/// Widths of the columns of the figures, in characters.
const WIDTHS: &[f64] = &[24.0, 36.0, 32.0, 28.0, 10.0, 10.0, 8.0, 14.0, 10.0];

/// The workbook.
///
/// # Errors
/// See [`ReportError`].
pub fn xlsx(bilan: &Bilan, words: &Words) -> Result<Vec<u8>, ReportError> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold().set_text_wrap();
    let percent = Format::new().set_num_format("0 %");
    let sheet = book.add_worksheet();
    sheet.set_name(words.say("figures", "bilan-sheet", &[]))?;
    line(sheet, 0, &heads(words), &bold)?;
    let mut last = 0;
    for Flat { subject, table, row, column, cell } in flat(bilan) {
        last += 1;
        let (figure, about) = table.map_or((row.label.as_str(), ""), |table| (table, row.label.as_str()));
        for (at, text) in (0_u16..).zip([subject, figure, about, column]) {
            sheet.write_string(last, at, text)?;
        }
        for (at, number) in [(4, cell.count), (5, cell.of), (7, cell.aside)] {
            if let Some(number) = number {
                sheet.write_number(last, at, number)?;
            }
        }
        if let Some(share) = cell.percent() {
            sheet.write_number_with_format(last, 6, f64::from(share) / 100.0, &percent)?;
        }
        if cell.hidden {
            sheet.write_string(last, 8, words.say("figures", "bilan-yes", &[]))?;
        }
    }
    for (at, width) in (0_u16..).zip(WIDTHS) {
        sheet.set_column_width(at, *width)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last, 8)?;
    definitions(book.add_worksheet(), bilan, words, &bold)?;
    Ok(book.save_to_buffer()?)
}

fn definitions(sheet: &mut Worksheet, bilan: &Bilan, words: &Words, bold: &Format) -> Result<(), ReportError> {
    let say = |message: &str| words.say("figures", message, &[]);
    sheet.set_name(say("bilan-definitions"))?;
    let wrap = Format::new().set_text_wrap();
    sheet.write_string_with_format(0, 0, &bilan.title, bold)?;
    let mut at = 1;
    for text in bilan.notes(words) {
        sheet.write_string(at, 0, text)?;
        at += 1;
    }
    line(sheet, at + 1, &[say("col-group"), say("col-figure"), say("col-definition")], bold)?;
    at += 2;
    for subject in &bilan.subjects {
        for row in subject.figures.iter().filter(|row| !row.definition.is_empty()) {
            sheet.write_string(at, 0, &subject.title)?;
            sheet.write_string_with_format(at, 1, &row.label, &wrap)?;
            sheet.write_string_with_format(at, 2, &row.definition, &wrap)?;
            at += 1;
        }
    }
    for (column, width) in [(0, 26.0), (1, 40.0), (2, 90.0)] {
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}

fn line(sheet: &mut Worksheet, row: u32, texts: &[String], format: &Format) -> Result<(), ReportError> {
    for (at, text) in (0_u16..).zip(texts) {
        sheet.write_string_with_format(row, at, text, format)?;
    }
    Ok(())
}
