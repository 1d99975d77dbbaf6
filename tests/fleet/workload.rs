//! The files of `gen.py`, and what becomes of a record's fields.

use std::collections::BTreeMap;
use std::io::BufRead;
use std::path::Path;

use anyhow::Context;
use palier_sync::{RecordType, Value};
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use uuid::Uuid;

/// Tablets of the workload.
pub const TABLETS: usize = 5;

/// One line of `create.N.jsonl` or `initial50k.jsonl`.
#[derive(serde::Deserialize)]
pub struct Created {
    /// The record.
    pub id: Uuid,
    #[serde(flatten)]
    fields: BTreeMap<String, Json>,
}

/// One line of `edit.N.jsonl`.
#[derive(serde::Deserialize)]
pub struct Edited {
    /// The record.
    pub id: Uuid,
    field: String,
    value: Json,
}

/// One line of `expect.jsonl`: two tablets edited the same record at once, in fields that differ (`diff`) or in one (`same`).
#[derive(serde::Deserialize)]
pub struct Expected {
    /// The record.
    pub id: Uuid,
    /// `diff` or `same`.
    pub kind: String,
    /// One tablet's field and value.
    pub a: (String, Json),
    /// The other's.
    pub b: (String, Json),
}

/// The number of a field by the name that the workload gives it.
pub fn field(name: &str) -> anyhow::Result<u16> {
    let known = RecordType::FleetVisit.fields().iter().find(|spec| spec.name == name);
    Ok(known.with_context(|| format!("The workload names a field that the catalogue has not: {name}"))?.number)
}

/// A value as a record holds it.
pub fn value(json: &Json) -> anyhow::Result<Value> {
    match json {
        Json::String(text) => Ok(Value::text(text)),
        Json::Number(number) => Ok(Value::Int(number.as_i64().context("A whole number")?)),
        other => anyhow::bail!("A value of the workload is a text or a whole number: {other}"),
    }
}

impl Created {
    /// Every field with its value; `type` is the record's type.
    pub fn fields(&self) -> anyhow::Result<Vec<(u16, Value)>> {
        let told = self.fields.iter().filter(|(name, _)| name.as_str() != "type");
        let mut fields =
            told.map(|(name, json)| Ok((field(name)?, value(json)?))).collect::<anyhow::Result<Vec<_>>>()?;
        fields.sort_by_key(|(number, _)| *number);
        Ok(fields)
    }
}

impl Edited {
    /// The field and its new value.
    pub fn edit(&self) -> anyhow::Result<(u16, Value)> {
        Ok((field(&self.field)?, value(&self.value)?))
    }
}

/// Every line of a file.
pub fn lines<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let file = std::fs::File::open(path).with_context(|| format!("Open {}", path.display()))?;
    std::io::BufReader::new(file).lines().map(|line| Ok(serde_json::from_str(&line?)?)).collect()
}
