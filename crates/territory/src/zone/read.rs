//! Reads the contours of priority neighbourhoods from a GeoJSON.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Contour, Zone};
use crate::cell;
use crate::decode::decode;
use crate::json;
use crate::limits::{LIST_VALUES_MAX, TEXT_CHARS_MAX, ZONE_CORNERS_MAX, ZONES_BYTES_MAX, ZONES_MAX};
use crate::point::Point;
use crate::reading::{Context, Reading};
use crate::refusal::{Refusal, RefusalCode};

/// Names of the code, as seen in published files.
const CODE_NAMES: &[&str] = &["code_qp", "code", "code_qpv", "codeqp"];
/// Names of the name.
const LABEL_NAMES: &[&str] = &["lib_qp", "label", "nom_qp", "libelle", "nom"];
/// Names of the communes.
const COMMUNE_NAMES: &[&str] = &["insee_com", "insee", "code_insee"];

/// Reads the contours of neighbourhoods from a GeoJSON in WGS84: `code_qp`, `lib_qp` and `insee_com` (or `code`, `label`,
/// `insee`), Polygon or MultiPolygon.
///
/// # Errors
/// The whole file is refused when it is no text, no JSON, no feature collection, or declares another reference system; a
/// feature that is refused stands in `refused` and the others are read.
pub fn read_zones(bytes: &[u8], context: &Context) -> Result<Reading<Zone>, Refusal> {
    let (text, encoding) = decode(bytes, ZONES_BYTES_MAX)?;
    let mut reading = Reading::new(encoding, &context.provenance);
    let mut seen: HashMap<String, u32> = HashMap::new();
    let system = json::read_features(&text, &mut |rank, feature| {
        reading.rows = rank;
        match zone_of(&feature) {
            Err(refusal) => reading.refused.push(refusal.element(rank)),
            Ok(zone) if !zone.communes.is_empty() && !zone.communes.iter().any(|code| context.keeps(code)) => {
                reading.outside += 1;
            }
            Ok(zone) => {
                if let Some(first) = seen.get(&zone.code) {
                    let twin = Refusal::of(RefusalCode::DuplicateCode).element(rank).value(&zone.code).expected(first);
                    reading.refused.push(twin);
                } else if reading.items.len() >= ZONES_MAX {
                    return Err(Refusal::of(RefusalCode::TooManyRows).element(rank).expected(ZONES_MAX));
                } else {
                    seen.insert(zone.code.clone(), rank);
                    reading.items.push(zone);
                }
            }
        }
        Ok(())
    })?;
    match system {
        Some(name) if !is_wgs84(&name) => Err(Refusal::of(RefusalCode::CrsNotWgs84).column("crs").value(&name)),
        _ if reading.rows == 0 => Err(Refusal::of(RefusalCode::NoRows)),
        _ => Ok(reading),
    }
}

fn is_wgs84(system: &str) -> bool {
    let name = system.to_ascii_uppercase();
    name.ends_with("CRS84") || name.ends_with(":4326")
}

fn zone_of(feature: &Value) -> Result<Zone, Refusal> {
    let Some(properties) = feature.get("properties").and_then(Value::as_object) else {
        return Err(Refusal::of(RefusalCode::WrongType).column("properties").expected("object"));
    };
    let (member, code) = text_of(properties, CODE_NAMES)?;
    let code = code.to_ascii_uppercase();
    if !is_zone_code(&code) {
        return Err(Refusal::of(RefusalCode::CodeMalformed).column(member).value(&code));
    }
    let name = text_of(properties, LABEL_NAMES)?.1;
    let communes = communes_of(properties)?;
    let contours = contours_of(feature.get("geometry").unwrap_or(&Value::Null)).map_err(|refusal| {
        let value = if refusal.value.is_empty() { code.clone() } else { format!("{code}, {}", refusal.value) };
        refusal.value(&value)
    })?;
    Ok(Zone { code, name, communes, contours, invented: false })
}

/// `QN03709M` (2024) or `QP037001` (2015): eight letters and digits.
fn is_zone_code(code: &str) -> bool {
    (code.starts_with("QN") || code.starts_with("QP"))
        && code.len() == 8
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The first of these members that is there, and its text.
fn text_of(properties: &Map<String, Value>, names: &[&'static str]) -> Result<(&'static str, String), Refusal> {
    let first = names.first().copied().unwrap_or_default();
    let found = names.iter().find_map(|name| Some((*name, properties.get(*name)?)));
    let Some((name, value)) = found.filter(|(_, value)| !value.is_null()) else {
        return Err(Refusal::of(RefusalCode::ValueMissing).column(first).expected(first));
    };
    let Some(text) = value.as_str() else {
        return Err(Refusal::of(RefusalCode::WrongType).column(name).value(json::type_name(value)).expected("text"));
    };
    let text = cell::one_line(text);
    if text.is_empty() {
        return Err(Refusal::of(RefusalCode::ValueMissing).column(name).expected(name));
    }
    if text.chars().count() > TEXT_CHARS_MAX {
        return Err(Refusal::of(RefusalCode::ValueTooLong).column(name).value(&text).expected(TEXT_CHARS_MAX));
    }
    if text.chars().any(crate::table::is_unseen) {
        return Err(Refusal::of(RefusalCode::ControlCharacter).column(name).value(&text));
    }
    Ok((name, text))
}

/// A list, or a text such as "37261, 37233" or "37261|37233".
fn communes_of(properties: &Map<String, Value>) -> Result<Vec<String>, Refusal> {
    let Some((name, value)) = COMMUNE_NAMES.iter().find_map(|name| Some((*name, properties.get(*name)?))) else {
        return Ok(Vec::new());
    };
    let parts: Vec<String> = match value {
        Value::Null => Vec::new(),
        Value::Array(list) => list.iter().map(plain_text).collect(),
        other => plain_text(other).split([',', ';', '|', ' ']).map(str::to_owned).collect(),
    };
    let parts = parts.iter().filter(|part| !part.trim().is_empty()).take(LIST_VALUES_MAX);
    parts
        .map(|part| cell::insee(part).ok_or_else(|| Refusal::of(RefusalCode::InseeMalformed).column(name).value(part)))
        .collect()
}

/// A text as it is, a number as written.
fn plain_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn contours_of(geometry: &Value) -> Result<Vec<Contour>, Refusal> {
    let refused = |code| Refusal::of(code).column("geometry");
    if geometry.is_null() {
        return Err(refused(RefusalCode::GeometryMissing));
    }
    let kind = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let polygons = match kind {
        "Polygon" => std::slice::from_ref(coordinates),
        "MultiPolygon" => list_of(coordinates)?,
        other => return Err(refused(RefusalCode::GeometryNotPolygon).value(other)),
    };
    let mut corners = 0;
    let contours = polygons.iter().map(|polygon| contour_of(polygon, &mut corners)).collect::<Result<Vec<_>, _>>()?;
    if contours.is_empty() { Err(refused(RefusalCode::GeometryMissing)) } else { Ok(contours) }
}

fn contour_of(polygon: &Value, corners: &mut usize) -> Result<Contour, Refusal> {
    let mut rings = list_of(polygon)?.iter().map(|ring| ring_of(ring, corners));
    let Some(outer) = rings.next() else {
        return Err(Refusal::of(RefusalCode::GeometryMissing).column("geometry"));
    };
    Ok(Contour { outer: outer?, holes: rings.collect::<Result<_, _>>()? })
}

fn ring_of(ring: &Value, corners: &mut usize) -> Result<Vec<Point>, Refusal> {
    let positions = list_of(ring)?;
    *corners += positions.len();
    if *corners > ZONE_CORNERS_MAX {
        return Err(Refusal::of(RefusalCode::TooManyCorners).column("geometry").expected(ZONE_CORNERS_MAX));
    }
    let mut points = positions.iter().map(position_of).collect::<Result<Vec<_>, _>>()?;
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return Err(Refusal::of(RefusalCode::RingTooShort).column("geometry"));
    }
    Ok(points)
}

fn position_of(position: &Value) -> Result<Point, Refusal> {
    let number = |rank: usize| position.get(rank).and_then(Value::as_f64);
    let Some((longitude, latitude)) = number(0).zip(number(1)) else {
        return Err(Refusal::of(RefusalCode::WrongType)
            .column("coordinates")
            .value(&position.to_string())
            .expected("number"));
    };
    Point::from_degrees(latitude, longitude)
        .map_err(|code| Refusal::of(code).column("coordinates").value(&format!("{longitude}, {latitude}")))
}

fn list_of(value: &Value) -> Result<&[Value], Refusal> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| {
        Refusal::of(RefusalCode::WrongType).column("coordinates").value(json::type_name(value)).expected("list")
    })
}
