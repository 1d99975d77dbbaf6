//! The document on paper: PDF/UA-1, figures first, then what each counts.

use palier_paper::{Report, ReportPart, ReportTable, report};

use crate::words::Words;
use crate::{Bilan, Cell, ReportError, Row};

/// The pages.
///
/// # Errors
/// See [`ReportError`].
pub fn pdf(bilan: &Bilan, words: &Words) -> Result<Vec<u8>, ReportError> {
    let say = |message: &str, given: &[(&str, &str)]| words.say("figures", message, given);
    let mut parts: Vec<ReportPart> = bilan.notes(words).into_iter().map(ReportPart::Text).collect();
    for subject in &bilan.subjects {
        parts.push(ReportPart::Heading(subject.title.clone()));
        if !subject.figures.is_empty() {
            let caption = say("bilan-figures", &[("subject", &subject.title)]);
            parts.push(table(bilan, words, caption, &subject.figures));
        }
        for lines in &subject.tables {
            parts.push(table(bilan, words, lines.title.clone(), &lines.rows));
        }
    }
    parts.push(ReportPart::Heading(say("bilan-definitions", &[])));
    let defined = bilan.subjects.iter().flat_map(|subject| &subject.figures).filter(|row| !row.definition.is_empty());
    let rows: Vec<Vec<String>> = defined.map(|row| vec![row.label.clone(), row.definition.clone()]).collect();
    if !rows.is_empty() {
        let head = vec![say("col-figure", &[]), say("col-definition", &[])];
        parts.push(ReportPart::Table(ReportTable { caption: say("bilan-definitions", &[]), head, rows }));
    }
    let page = say("bilan-page", &[("page", "{page}"), ("pages", "{pages}")]);
    Ok(report(&Report { title: bilan.title.clone(), parts, foot: format!("{} · {page}", bilan.title) })?)
}

fn table(bilan: &Bilan, words: &Words, caption: String, rows: &[Row]) -> ReportPart {
    let mut head = vec![words.say("figures", "col-line", &[])];
    head.extend(bilan.columns.iter().cloned());
    let of_row = |row: &Row| {
        let mut cells = vec![row.label.clone()];
        cells.extend(row.cells.iter().map(|cell| said(&row.code, *cell, words)));
        cells
    };
    ReportPart::Table(ReportTable { caption, head, rows: rows.iter().map(of_row).collect() })
}

/// A number as it is read: with what it is out of and who is in neither, where they are shown.
fn said(code: &str, cell: Cell, words: &Words) -> String {
    let say = |message: &str, given: &[(&str, &str)]| words.say("figures", message, given);
    let text = |number: u32| number.to_string();
    let main = match (cell.count, cell.of, cell.percent()) {
        (None, ..) if cell.hidden => say("bilan-hidden", &[]),
        (None, ..) => say("bilan-nothing", &[]),
        (Some(count), Some(of), Some(percent)) => {
            say("bilan-share", &[("count", &text(count)), ("of", &text(of)), ("percent", &text(percent))])
        }
        (Some(count), Some(of), None) => say("bilan-of", &[("count", &text(count)), ("of", &text(of))]),
        (Some(count), None, _) => text(count),
    };
    match cell.aside {
        Some(aside) => format!("{main} · {}", words.aside(code, aside)),
        None => main,
    }
}
