//! One line in, one line out; what is refused is a line too, so that the other households go on.

use std::io::Write;

use palier_rights::diagnosis::Amounts;
use palier_rights::month::Month;
use palier_rights::oracle_shape::Outputs;
use palier_rights::reading::{Completeness, Refusal, read_borrowed};
use palier_rights::told::{Diagnosis, Engine};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json_borrow::Value;

/// A line of the input; what stands beside is passed over unread.
#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'a, 'a: 'de"))]
struct Record<'a> {
    #[serde(borrow, default)]
    id: Value<'a>,
    #[serde(borrow, default)]
    inputs: Value<'a>,
}

/// A line of the output for complete answers.
#[derive(Serialize)]
struct Complete<'a> {
    id: &'a Value<'a>,
    outputs: Outputs<'a>,
}

/// A line of the output for partial answers.
#[derive(Serialize)]
struct Partial<'a> {
    id: &'a Value<'a>,
    #[serde(flatten)]
    diagnosis: Diagnosis,
}

/// What every line is diagnosed with.
pub struct Line<'a> {
    /// The figures, the rules and the words.
    pub engine: &'a Engine,
    /// The month.
    pub month: Month,
    /// Whether answers may be missing.
    pub completeness: Completeness,
}

impl Line<'_> {
    /// Writes the diagnosis of a line.
    pub fn diagnose(&self, line: &[u8], output: &mut impl Write) -> serde_json::Result<()> {
        let record: Record<'_> = match serde_json::from_slice(line) {
            Ok(record) => record,
            Err(error) => {
                let refused = json!({ "id": null, "refused": { "field": "json", "expected": error.to_string() } });
                return serde_json::to_writer(output, &refused);
            }
        };
        match self.of(&record, output) {
            Ok(written) => written,
            Err(refused) => {
                let refused = json!({ "field": refused.field, "expected": refused.expected });
                serde_json::to_writer(output, &json!({ "id": &record.id, "refused": refused }))
            }
        }
    }

    fn of(&self, record: &Record<'_>, output: &mut impl Write) -> Result<serde_json::Result<()>, Refusal> {
        Ok(match self.completeness {
            Completeness::Partial => {
                let diagnosis = self.engine.diagnose(&record.inputs, self.month)?;
                serde_json::to_writer(output, &Partial { id: &record.id, diagnosis })
            }
            Completeness::Full => {
                let household = read_borrowed(&record.inputs, self.month, self.completeness)?;
                let amounts = Amounts::of(&self.engine.pack, &household, self.month);
                let outputs = Outputs::of(&amounts, &household, self.month);
                serde_json::to_writer(output, &Complete { id: &record.id, outputs })
            }
        })
    }

    /// The household of that id, explained; partial answers are taken as they are. None for another household.
    pub fn explain(&self, line: &[u8], id: &str) -> Option<Result<String, String>> {
        let record: Record<'_> = serde_json::from_slice(line).ok()?;
        if record.id.as_str() != Some(id) {
            return None;
        }
        let inputs = serde_json::Value::from(&record.inputs);
        Some(self.engine.explain(&inputs, self.month).map_err(|refused| refused.to_string()))
    }
}
