//! Reads the CSV list of France services, as ANCT publishes it.

use std::collections::HashMap;

use super::cells::{Cell, Cells};
use super::{Hours, Structure};
use crate::cell;
use crate::decode::decode;
use crate::limits::{CODE_CHARS_MAX, DESCRIPTION_CHARS_MAX, STRUCTURES_BYTES_MAX, STRUCTURES_MAX, TEXT_CHARS_MAX};
use crate::reading::{Context, Reading};
use crate::refusal::{Refusal, RefusalCode};
use crate::table::{Column, Row, Table};

/// The publisher's name in data·inclusion identifiers.
const SOURCE: &str = "anct-france-services";

const COLUMNS: &[Column] = &[
    Column::required("id_fs", CODE_CHARS_MAX),
    Column::required("lib_fs", TEXT_CHARS_MAX),
    Column::required("adresse", TEXT_CHARS_MAX).multiline(),
    Column::optional("complement_adresse", TEXT_CHARS_MAX).multiline(),
    Column::required("insee_com", CODE_CHARS_MAX),
    Column::optional("code_postal", CODE_CHARS_MAX),
    Column::optional("lib_com", TEXT_CHARS_MAX),
    Column::optional("latitude", CODE_CHARS_MAX),
    Column::optional("longitude", CODE_CHARS_MAX),
    Column::optional("mail", TEXT_CHARS_MAX),
    Column::optional("telephone", TEXT_CHARS_MAX),
    Column::optional("prise_rdv", TEXT_CHARS_MAX),
    Column::optional("commentaire", DESCRIPTION_CHARS_MAX).multiline(),
    Column::required("h_lundi", TEXT_CHARS_MAX),
    Column::required("h_mardi", TEXT_CHARS_MAX),
    Column::required("h_mercredi", TEXT_CHARS_MAX),
    Column::required("h_jeudi", TEXT_CHARS_MAX),
    Column::required("h_vendredi", TEXT_CHARS_MAX),
    Column::optional("h_samedi", TEXT_CHARS_MAX),
    Column::optional("h_dimanche", TEXT_CHARS_MAX),
];

/// Rank of `h_lundi` in [`COLUMNS`].
const MONDAY: usize = 13;

/// Reads the CSV list of France services: `id_fs`, `lib_fs`, `adresse`, `insee_com`, `h_lundi`… Its date is not in the file:
/// it comes with the context.
///
/// # Errors
/// The whole file is refused when it is no text, lacks a column or leaves a quotation mark open; a line that is refused stands
/// in `refused` and the others are read.
pub fn read_france_services(bytes: &[u8], context: &Context) -> Result<Reading<Structure>, Refusal> {
    let (text, encoding) = decode(bytes, STRUCTURES_BYTES_MAX)?;
    let mut table = Table::open(&text, COLUMNS)?;
    let mut reading = Reading::new(encoding, &context.provenance);
    let mut seen: HashMap<String, u32> = HashMap::new();
    while table.advance()? {
        reading.rows += 1;
        let row = match table.row() {
            Ok(row) => row,
            Err(refusal) => {
                reading.refused.push(refusal);
                continue;
            }
        };
        match structure_of(&row, context, &mut |remark| reading.remarks.push(remark.line(row.line))) {
            Err(refusal) => reading.refused.push(refusal.line(row.line)),
            Ok(None) => reading.outside += 1,
            Ok(Some(structure)) => {
                if let Some(first) = seen.get(&structure.key) {
                    let twin = Refusal::of(RefusalCode::DuplicateCode).line(row.line).column("id_fs");
                    reading.refused.push(twin.value(row.get(0)).expected(first));
                } else if reading.items.len() >= STRUCTURES_MAX {
                    return Err(Refusal::of(RefusalCode::TooManyRows).line(row.line).expected(STRUCTURES_MAX));
                } else {
                    seen.insert(structure.key.clone(), row.line);
                    reading.items.push(structure);
                }
            }
        }
    }
    Ok(reading)
}

fn structure_of(
    row: &Row<'_>,
    context: &Context,
    remark: &mut dyn FnMut(Refusal),
) -> Result<Option<Structure>, Refusal> {
    let local = cell::without_decimals(row.get(0));
    if local.is_empty() {
        return Err(Refusal::of(RefusalCode::ValueMissing).column("id_fs").expected("id_fs"));
    }
    let Some(commune_insee) = cell::insee(row.get(4)) else {
        let code = if row.get(4).is_empty() { RefusalCode::ValueMissing } else { RefusalCode::InseeMalformed };
        return Err(Refusal::of(code).column("insee_com").value(row.get(4)).expected("insee_com"));
    };
    if !context.keeps(&commune_insee) {
        return Ok(None);
    }
    let week: Vec<&str> = (MONDAY..COLUMNS.len()).map(|column| row.get(column)).collect();
    let comment = cell::one_line(row.get(12));
    let cells = Cells {
        key: format!("{SOURCE}--{local}"),
        source: SOURCE.to_owned(),
        updated_on: context.provenance.date.clone().unwrap_or_default(),
        name: Cell::new("lib_fs", row.get(1)),
        address: Cell::new("adresse", row.get(2)),
        address_extra: Cell::new("complement_adresse", row.get(3)),
        postcode: Cell::new("code_postal", row.get(5)),
        commune: Cell::new("lib_com", row.get(6)),
        commune_insee,
        latitude: Cell::new("latitude", row.get(7)),
        longitude: Cell::new("longitude", row.get(8)),
        phone: Cell::new("telephone", row.get(10)),
        email: Cell::new("mail", row.get(9)),
        hours: Hours::of_week(&week),
        hours_name: "h_lundi…",
        by_appointment: yes_or_no(row.get(11)),
        networks: vec!["france-service".to_owned()],
        description: Cell::new("commentaire", format!("Espace France services. {comment}").trim_end()),
        ..Cells::default()
    };
    cells.assemble(context, remark).map(Some)
}

fn yes_or_no(value: &str) -> Option<bool> {
    match value.to_lowercase().as_str() {
        "oui" => Some(true),
        "non" => Some(false),
        _ => None,
    }
}
