//! The files of a bilan as any reader opens them.
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use lopdf::{Document, Object};
use palier_reports::{Bilan, Cell, Row, Subject, Table, Words, csv, json, pdf, schema, xlsx};

/// Texts that a spreadsheet computes when it is let.
const FORMULAS: [&str; 4] = ["=1+1", "+33", "-2", "@SUM(A1)"];

fn row(code: &str, label: &str, cells: [Cell; 2]) -> Row {
    Row { code: code.into(), label: label.into(), definition: String::new(), cells: cells.to_vec() }
}

fn a_bilan() -> Bilan {
    let shown = |count, of| Cell { count: Some(count), of, ..Cell::default() };
    let hidden = Cell { hidden: true, ..Cell::default() };
    let mut held = row("held", "Droits déjà ouverts", [shown(30, Some(90)), hidden]);
    held.definition = "Droits déjà perçus, sur les droits décidés.".into();
    held.cells[0].aside = Some(12);
    let lines = FORMULAS.iter().map(|text| row("x", text, [shown(14, None), hidden])).collect();
    let table = Table { code: "claimable".into(), title: "=Non-recours".into(), rows: lines };
    Bilan {
        schema: "palier-bilan-1".into(),
        number: 3,
        period: "2026-T1".into(),
        from: "2026-01-01".into(),
        to: "2026-03-31".into(),
        released_on: "2026-05-04".into(),
        template: "contrat_de_ville".into(),
        title: "Bilan de la médiation".into(),
        least_shown: 11,
        columns: vec!["Sanitas".into(), "Ensemble".into()],
        subjects: vec![Subject {
            code: "rights".into(),
            title: "Non-recours".into(),
            figures: vec![held],
            tables: vec![table],
        }],
    }
}

#[test]
fn the_workbook_has_typed_cells_and_no_formula() {
    let bytes = xlsx(&a_bilan(), &Words::read().unwrap()).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Chiffres", "Définitions"]);
    let sheet = book.worksheet_range("Chiffres").unwrap();
    let at = |row, column| sheet.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    assert_eq!(at(0, 4), Data::String("Nombre".into()));
    assert_eq!((at(1, 3), at(1, 4), at(1, 5)), (Data::String("Sanitas".into()), Data::Float(30.0), Data::Float(90.0)));
    assert_eq!((at(1, 7), at(1, 8)), (Data::Float(12.0), Data::Empty));
    assert_eq!((at(2, 4), at(2, 8)), (Data::Empty, Data::String("oui".into())), "a hidden number is no zero");
    for (line, text) in (3..).step_by(2).zip(FORMULAS) {
        assert_eq!(at(line, 2), Data::String(text.into()), "a text stays a text");
    }
    for name in ["Chiffres", "Définitions"] {
        let formulas = book.worksheet_formula(name).unwrap();
        assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()), "{name}");
    }
    let definitions = book.worksheet_range("Définitions").unwrap();
    let texts: Vec<String> = definitions.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    assert!(
        texts.iter().any(|text| text.contains("inférieurs à 11"))
            && texts.iter().any(|text| text.starts_with("Droits déjà perçus"))
    );
}

#[test]
fn the_table_is_never_computed_by_a_spreadsheet() {
    let text = String::from_utf8(csv(&a_bilan(), &Words::read().unwrap()).unwrap()).unwrap();
    assert!(
        text.starts_with("\u{feff}Sujet;Indicateur;Détail;Lieu;Nombre;Sur;Part;Sans réponse;Masqué;Définition\r\n"),
        "{text}"
    );
    assert!(text.contains("Non-recours;Droits déjà ouverts;;Sanitas;30;90;33;12;;"), "{text}");
    for cell in text.trim_start_matches('\u{feff}').split(['\n', ';']) {
        let first = cell.trim_start_matches('"').chars().next();
        assert!(!first.is_some_and(|sign| "=+-@\t".contains(sign)), "{cell:?}");
    }
}

#[test]
fn the_document_is_of_its_schema() {
    let read: Bilan = serde_json::from_slice(&json(&a_bilan()).unwrap()).unwrap();
    assert_eq!(read, a_bilan());
    let kept: serde_json::Value = serde_json::from_str(include_str!("../../../docs/bilan.schema.json")).unwrap();
    assert_eq!(
        schema(),
        kept,
        "docs/bilan.schema.json is stale: cargo run -p palier-reports --example schema > docs/bilan.schema.json"
    );
}

#[test]
fn the_pages_are_tagged_french_a4_and_say_what_is_hidden() {
    let mut bilan = a_bilan();
    // More lines than a page holds.
    let line = bilan.subjects[0].tables[0].rows[0].clone();
    bilan.subjects[0].tables[0].rows = vec![line; 90];
    let words = Words::read().unwrap();
    let bytes = pdf(&bilan, &words).unwrap();
    assert_eq!(bytes, pdf(&bilan, &words).unwrap(), "the same bytes for the same numbers");
    let document = Document::load_mem(&bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    assert!(pages.len() >= 3, "{} pages", pages.len());
    let catalog = document.catalog().unwrap();
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"fr");
    let page = document.get_dictionary(document.get_pages()[&1]).unwrap();
    let frame: Vec<f32> =
        page.get(b"MediaBox").unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
    assert!((frame[2] - 595.28).abs() < 0.1 && (frame[3] - 841.89).abs() < 0.1, "{frame:?}");
    let kinds: Vec<String> = document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|object| object.has(b"S") && object.has(b"P"))
        .filter_map(|object| object.get(b"S").and_then(Object::as_name).ok())
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .collect();
    let count = |kind: &str| kinds.iter().filter(|found| *found == kind).count();
    // Figures, the table, definitions.
    assert_eq!(
        (count("H1"), count("H2"), count("Table"), count("Caption"), count("THead")),
        (1, 2, 3, 3, 3),
        "{kinds:?}"
    );
    assert_eq!((count("TR"), count("TD")), (3 + 1 + 90 + 1, 2 + 180 + 1), "a head that is said again is no content");
    assert_eq!(count("TH"), 3 + 3 + 2 + 92, "each line and each column has its head");
    let text = document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    for said in ["Bilan n° 3, publié le 04/05/2026", "30 sur 90 (33 %)", "12 droits à vérifier", "masqué", "page 3 sur"]
    {
        assert!(text.contains(said), "{said:?} in {text}");
    }
}
