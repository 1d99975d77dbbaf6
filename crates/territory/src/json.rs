//! Long JSON lists, one element at a time: the whole tree of a national file is never in memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::refusal::{Refusal, RefusalCode};

/// What receives each element and its rank, from 1; an error ends the reading.
pub(crate) type Each<'e> = dyn FnMut(u32, Value) -> Result<(), Refusal> + 'e;

/// Reads a JSON list.
///
/// # Errors
/// Not JSON, not a list, or what `each` refuses.
pub(crate) fn read_list(text: &str, each: &mut Each<'_>) -> Result<(), Refusal> {
    let mut elements = Elements { each, rank: 0, stopped: None };
    run(text, &mut elements, RefusalCode::NotAList, |elements, reader| elements.deserialize(reader))
}

/// Reads the features of a GeoJSON and returns the name of the reference system that it declares, if any.
///
/// # Errors
/// Not JSON, not a feature collection, or what `each` refuses.
pub(crate) fn read_features(text: &str, each: &mut Each<'_>) -> Result<Option<String>, Refusal> {
    let mut elements = Elements { each, rank: 0, stopped: None };
    run(text, &mut elements, RefusalCode::NotGeojson, |elements, reader| Collection(elements).deserialize(reader))
}

type JsonReader<'r, 't> = &'r mut serde_json::Deserializer<serde_json::de::StrRead<'t>>;

fn run<T>(
    text: &str,
    elements: &mut Elements<'_, '_>,
    wrong_shape: RefusalCode,
    read: impl FnOnce(&mut Elements<'_, '_>, JsonReader<'_, '_>) -> Result<T, serde_json::Error>,
) -> Result<T, Refusal> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let answer = read(elements, &mut reader).and_then(|answer| reader.end().map(|()| answer));
    answer.map_err(|error| {
        if let Some(refusal) = elements.stopped.take() {
            return refusal;
        }
        if error.is_data() {
            return Refusal::of(wrong_shape).value(text.trim_start());
        }
        let line = u32::try_from(error.line()).unwrap_or(u32::MAX);
        Refusal::of(RefusalCode::JsonMalformed).line(line).column(&error.column().to_string())
    })
}

struct Elements<'e, 'f> {
    each: &'e mut Each<'f>,
    rank: u32,
    stopped: Option<Refusal>,
}

impl<'de> DeserializeSeed<'de> for &mut Elements<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Elements<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element::<Value>()? {
            self.rank = self.rank.saturating_add(1);
            if let Err(refusal) = (self.each)(self.rank, element) {
                self.stopped = Some(refusal);
                return Err(A::Error::custom("refused"));
            }
        }
        Ok(())
    }
}

/// The object around the features; its members come in any order.
struct Collection<'c, 'e, 'f>(&'c mut Elements<'e, 'f>);

impl<'de> DeserializeSeed<'de> for Collection<'_, '_, '_> {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Collection<'_, '_, '_> {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a feature collection")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (mut features, mut kind, mut system) = (false, Value::Null, None);
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "type" => kind = members.next_value()?,
                "crs" => system = system_name(&members.next_value()?),
                "features" => {
                    members.next_value_seed(&mut *self.0)?;
                    features = true;
                }
                _ => {
                    members.next_value::<IgnoredAny>()?;
                }
            }
        }
        if features && kind == "FeatureCollection" { Ok(system) } else { Err(A::Error::custom("no features")) }
    }
}

/// `{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::2154"}}` of GeoJSON before 2016.
fn system_name(crs: &Value) -> Option<String> {
    crs.pointer("/properties/name").and_then(Value::as_str).map(str::to_owned)
}

/// The name of a JSON value's type, for a refusal.
pub(crate) fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true/false",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}
