//! Diagnoses that were kept: replayed with the pack of then, and counted.

use std::collections::BTreeMap;
use std::io::Write;

use palier_rights::survey::{NonTakeUp, Survey};
use palier_rights::told::{Diagnosis, Stored};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::each_line;
use crate::options::kept;

#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    id: Value,
    #[serde(flatten)]
    stored: Stored,
}

#[derive(Deserialize)]
struct Counted {
    #[serde(default)]
    id: Value,
    #[serde(default)]
    non_take_up: BTreeMap<String, NonTakeUp>,
    #[serde(flatten)]
    diagnosis: Diagnosis,
}

/// One line for each stored diagnosis: the same, or the rights that come out otherwise, or why it cannot be replayed.
pub fn replay() -> Result<(), String> {
    let engines = kept()?;
    let mut output = std::io::stdout().lock();
    let mut differing = 0;
    each_line(|line| {
        let record: Kept = serde_json::from_slice(line).map_err(|error| format!("a stored diagnosis: {error}"))?;
        let said = match record.stored.replay(&engines) {
            Ok(differs) => json!({ "id": record.id, "same": differs.is_empty(), "differs": differs }),
            Err(refused) => json!({ "id": record.id, "same": false, "refused": refused.to_string() }),
        };
        differing += u64::from(said.get("same") != Some(&Value::Bool(true)));
        writeln!(output, "{said}").map_err(|error| error.to_string())?;
        Ok(true)
    })?;
    if differing == 0 { Ok(()) } else { Err(format!("{differing} diagnoses do not replay to the same result")) }
}

/// The counts of all diagnoses, as one JSON object.
pub fn survey() -> Result<(), String> {
    let mut survey = Survey::default();
    each_line(|line| {
        let counted: Counted = serde_json::from_slice(line).map_err(|error| format!("a diagnosis: {error}"))?;
        survey.add(&counted.diagnosis, &counted.non_take_up).map_err(|refused| format!("{}: {refused}", counted.id))?;
        Ok(true)
    })?;
    let text = serde_json::to_string_pretty(&survey).map_err(|error| error.to_string())?;
    writeln!(std::io::stdout(), "{text}").map_err(|error| error.to_string())
}
