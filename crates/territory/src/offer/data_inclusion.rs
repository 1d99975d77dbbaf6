//! Reads services in the data·inclusion schema, version 1, as JSON.

use std::collections::HashMap;

use palier_domain::place;
use serde_json::{Map, Value};

use super::Service;
use crate::cell;
use crate::decode::decode;
use crate::json;
use crate::limits::{DESCRIPTION_CHARS_MAX, LINK_CHARS_MAX, SERVICES_MAX, STRUCTURES_BYTES_MAX, TEXT_CHARS_MAX};
use crate::point::Point;
use crate::reading::{Context, Reading};
use crate::refusal::{Refusal, RefusalCode};
use crate::structure::Hours;
use crate::structure::cells::{Cell, limited};
use crate::structure::members::{codes_of, needed, text_of};

/// Reads a list of data·inclusion v1 services: `source`, `structure_id`, `id` (`source--identifiant`), `nom`, `description`,
/// `date_maj` are needed. One without a commune of its own is where its structure is, and is kept.
///
/// # Errors
/// The whole file is refused when it is no text, no JSON or no list; an element that is refused stands in `refused` and the
/// others are read.
pub fn read_services(bytes: &[u8], context: &Context) -> Result<Reading<Service>, Refusal> {
    let (text, encoding) = decode(bytes, STRUCTURES_BYTES_MAX)?;
    let mut reading = Reading::new(encoding, &context.provenance);
    let mut seen: HashMap<String, u32> = HashMap::new();
    json::read_list(&text, &mut |rank, element| {
        reading.rows = rank;
        match service_of(&element, context, &mut |remark| reading.remarks.push(remark.element(rank))) {
            Err(refusal) => reading.refused.push(refusal.element(rank)),
            Ok(None) => reading.outside += 1,
            Ok(Some(service)) => {
                if let Some(first) = seen.get(&service.key) {
                    let twin = Refusal::of(RefusalCode::DuplicateCode).element(rank).column("id");
                    reading.refused.push(twin.value(&service.key).expected(first));
                } else if reading.items.len() >= SERVICES_MAX {
                    return Err(Refusal::of(RefusalCode::TooManyRows).element(rank).expected(SERVICES_MAX));
                } else {
                    seen.insert(service.key.clone(), rank);
                    reading.items.push(service);
                }
            }
        }
        Ok(())
    })?;
    if reading.rows == 0 { Err(Refusal::of(RefusalCode::NoRows)) } else { Ok(reading) }
}

fn service_of(element: &Value, context: &Context, remark: &mut dyn FnMut(Refusal)) -> Result<Option<Service>, Refusal> {
    let Some(members) = element.as_object() else {
        return Err(Refusal::of(RefusalCode::WrongType).value(json::type_name(element)).expected("object"));
    };
    let insee = text_of(members, "code_insee")?;
    if !insee.trim().is_empty() && !context.keeps(insee.trim()) {
        return Ok(None);
    }
    let (source, key) = (needed(members, "source")?, needed(members, "id")?);
    if !key.strip_prefix(&source).is_some_and(|rest| rest.starts_with("--") && rest.len() > 2) {
        return Err(Refusal::of(RefusalCode::IdNotV1).column("id").value(&key).expected(format!("{source}--…")));
    }
    let date = needed(members, "date_maj")?;
    let Some(updated_on) = cell::date(&date) else {
        return Err(Refusal::of(RefusalCode::DateMalformed).column("date_maj").value(&date));
    };
    let text = |name: &'static str, most: usize| limited(Cell::new(name, &text_of(members, name)?), most);
    let hours = Hours::of_text(&text("horaires_accueil", DESCRIPTION_CHARS_MAX)?);
    if hours.to_check {
        remark(Refusal::of(RefusalCode::HoursUnreadable).column("horaires_accueil").value(&hours.published));
    }
    let joined = |parts: [String; 2], with: &str| {
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(with)
    };
    Ok(Some(Service {
        id: place::derived_id("service", context.territory, &key),
        structure: needed(members, "structure_id")?,
        source,
        licence: context.provenance.licence.clone(),
        updated_on,
        name: needed(members, "nom")?,
        description: joined(
            [text("description", DESCRIPTION_CHARS_MAX)?, text("conditions_acces", DESCRIPTION_CHARS_MAX)?],
            "\n",
        ),
        themes: codes_of(members, "thematiques")?,
        audiences: codes_of(members, "publics")?,
        address: joined([text("complement_adresse", TEXT_CHARS_MAX)?, text("adresse", TEXT_CHARS_MAX)?], ", "),
        commune: joined([text("code_postal", TEXT_CHARS_MAX)?, text("commune", TEXT_CHARS_MAX)?], " "),
        point: point_of(members, remark)?,
        phone: cell::phone(&text("telephone", TEXT_CHARS_MAX)?),
        email: text("courriel", TEXT_CHARS_MAX)?,
        link: text("lien_mobilisation", LINK_CHARS_MAX)?,
        hours,
        access: access_of(members)?.to_owned(),
        fees: text("frais", TEXT_CHARS_MAX)?,
        key,
        invented: false,
    }))
}

fn point_of(members: &Map<String, Value>, remark: &mut dyn FnMut(Refusal)) -> Result<Option<Point>, Refusal> {
    let (latitude, longitude) = (text_of(members, "latitude")?, text_of(members, "longitude")?);
    Ok(match Point::from_cells(&latitude, &longitude, "", "") {
        Some(Ok(point)) => Some(point),
        Some(Err(code)) => {
            let value = format!("{latitude}, {longitude}");
            remark(Refusal::of(RefusalCode::PointUnreadable).column("latitude").value(&value).expected(code.as_str()));
            None
        }
        None => None,
    })
}

/// How one gets in: by `mobilisable_par` and `modes_mobilisation`. Where only professionals may ask, they must; who may come is
/// received; the rest is arranged first.
fn access_of(members: &Map<String, Value>) -> Result<&'static str, Refusal> {
    let (who, how) = (codes_of(members, "mobilisable_par")?, codes_of(members, "modes_mobilisation")?);
    let by = |code: &str| who.iter().any(|known| known == code);
    Ok(match () {
        () if by("professionnels") && !by("usagers") => "referral",
        () if how.iter().any(|code| code == "se-presenter") => "unconditional",
        () if !how.is_empty() => "appointment",
        () => "",
    })
}
