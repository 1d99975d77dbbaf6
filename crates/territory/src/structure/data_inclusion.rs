//! Reads structures in the data·inclusion schema, version 1, as JSON.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::cells::{Cell, Cells, limited};
use super::members::{codes_of, needed, text_of};
use super::{Hours, Structure};
use crate::cell;
use crate::decode::decode;
use crate::json;
use crate::limits::{DESCRIPTION_CHARS_MAX, STRUCTURES_BYTES_MAX, STRUCTURES_MAX};
use crate::reading::{Context, Reading};
use crate::refusal::{Refusal, RefusalCode};

/// Reads a list of data·inclusion v1 structures: `source`, `id` (`source--identifiant`), `nom`, `date_maj` are needed.
///
/// # Errors
/// The whole file is refused when it is no text, no JSON or no list; an element that is refused stands in `refused` and the
/// others are read.
pub fn read_data_inclusion(bytes: &[u8], context: &Context) -> Result<Reading<Structure>, Refusal> {
    let (text, encoding) = decode(bytes, STRUCTURES_BYTES_MAX)?;
    let mut reading = Reading::new(encoding, &context.provenance);
    let mut seen: HashMap<String, u32> = HashMap::new();
    json::read_list(&text, &mut |rank, element| {
        reading.rows = rank;
        match structure_of(&element, context, &mut |remark| reading.remarks.push(remark.element(rank))) {
            Err(refusal) => reading.refused.push(refusal.element(rank)),
            Ok(None) => reading.outside += 1,
            Ok(Some(structure)) => {
                if let Some(first) = seen.get(&structure.key) {
                    let twin = Refusal::of(RefusalCode::DuplicateCode).element(rank).column("id");
                    reading.refused.push(twin.value(&structure.key).expected(first));
                } else if reading.items.len() >= STRUCTURES_MAX {
                    return Err(Refusal::of(RefusalCode::TooManyRows).element(rank).expected(STRUCTURES_MAX));
                } else {
                    seen.insert(structure.key.clone(), rank);
                    reading.items.push(structure);
                }
            }
        }
        Ok(())
    })?;
    if reading.rows == 0 { Err(Refusal::of(RefusalCode::NoRows)) } else { Ok(reading) }
}

fn structure_of(
    element: &Value,
    context: &Context,
    remark: &mut dyn FnMut(Refusal),
) -> Result<Option<Structure>, Refusal> {
    let Some(members) = element.as_object() else {
        return Err(Refusal::of(RefusalCode::WrongType).value(json::type_name(element)).expected("object"));
    };
    let commune_insee = insee_of(members)?;
    if !context.keeps(&commune_insee) {
        return Ok(None);
    }
    let source = needed(members, "source")?;
    let key = needed(members, "id")?;
    if !key.strip_prefix(&source).is_some_and(|rest| rest.starts_with("--") && rest.len() > 2) {
        return Err(Refusal::of(RefusalCode::IdNotV1).column("id").value(&key).expected(format!("{source}--…")));
    }
    let date = needed(members, "date_maj")?;
    let Some(updated_on) = cell::date(&date) else {
        return Err(Refusal::of(RefusalCode::DateMalformed).column("date_maj").value(&date));
    };
    let text = |name: &'static str| text_of(members, name).map(|value| Cell::new(name, &value));
    let cells = Cells {
        key,
        source,
        updated_on,
        name: text("nom")?,
        address: text("adresse")?,
        address_extra: text("complement_adresse")?,
        postcode: text("code_postal")?,
        commune: text("commune")?,
        commune_insee,
        latitude: text("latitude")?,
        longitude: text("longitude")?,
        phone: text("telephone")?,
        email: text("courriel")?,
        website: text("site_web")?,
        source_link: text("lien_source")?,
        accessibility_link: text("accessibilite_lieu")?,
        siret: text("siret")?,
        hours: Hours::of_text(&limited(text("horaires_accueil")?, DESCRIPTION_CHARS_MAX)?),
        hours_name: "horaires_accueil",
        by_appointment: None,
        networks: codes_of(members, "reseaux_porteurs")?,
        description: text("description")?,
    };
    cells.assemble(context, remark).map(Some)
}

fn insee_of(members: &Map<String, Value>) -> Result<String, Refusal> {
    let value = text_of(members, "code_insee")?;
    if value.trim().is_empty() {
        return Ok(String::new());
    }
    cell::insee(&value).ok_or_else(|| Refusal::of(RefusalCode::InseeMalformed).column("code_insee").value(&value))
}
