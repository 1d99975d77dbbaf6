//! The document: a release in words, with what each number counts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Words;

/// A release of figures, or the selection of one for a reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilan {
    /// Form of this document.
    pub schema: String,
    /// Number of the release; 0 for a trial that was not released.
    pub number: u32,
    /// `2026-T1` or `2026`.
    pub period: String,
    /// First day, `YYYY-MM-DD`.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Day of the release.
    pub released_on: String,
    /// `contrat_de_ville`, `adulte_relais`, `bailleur` or `libre`.
    pub template: String,
    /// Title.
    pub title: String,
    /// The smallest number of people that is shown.
    pub least_shown: u32,
    /// Names of the columns: the QPV, then all of them together; or all of them alone.
    pub columns: Vec<String>,
    /// Subjects.
    pub subjects: Vec<Subject>,
}

/// Figures of one subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Figures, each with what it counts.
    pub figures: Vec<Row>,
    /// Tables.
    pub tables: Vec<Table>,
}

/// A table of counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its code.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Its lines.
    pub rows: Vec<Row>,
}

/// One number for each column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// What it is.
    pub label: String,
    /// What it counts, exactly; empty for a line of a table.
    pub definition: String,
    /// One for each column.
    pub cells: Vec<Cell>,
}

/// One number.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// The count, or the days of a median; none when it is hidden, or of nothing.
    pub count: Option<u32>,
    /// Whether the count is hidden: small, or next to small ones.
    pub hidden: bool,
    /// What it is out of; none when that is hidden, or when it is out of nothing.
    pub of: Option<u32>,
    /// How many are in neither; none when that is hidden, or not asked.
    pub aside: Option<u32>,
}

impl Bilan {
    /// What a reader must know before the first number: which release, which days, what is hidden.
    #[must_use]
    pub fn notes(&self, words: &Words) -> Vec<String> {
        let say = |message: &str, given: &[(&str, &str)]| words.say("figures", message, given);
        let (number, least) = (self.number.to_string(), self.least_shown.to_string());
        let days = [("from", french(&self.from)), ("to", french(&self.to)), ("day", french(&self.released_on))];
        let [from, to, day] = &days;
        vec![
            if self.number == 0 {
                say("bilan-trial", &[])
            } else {
                say("bilan-number", &[("number", &number), (day.0, &day.1)])
            },
            say("bilan-days", &[(from.0, &from.1), (to.0, &to.1)]),
            say("bilan-rule", &[("least", &least)]),
            say("bilan-sums", &[]),
        ]
    }
}

/// `2026-03-31` as people write it: 31/03/2026.
fn french(date: &str) -> String {
    date.split('-').rev().collect::<Vec<_>>().join("/")
}

impl Cell {
    /// The share in whole percents, when both numbers are shown.
    #[must_use]
    pub fn percent(self) -> Option<u32> {
        let (count, of) = (u64::from(self.count?), u64::from(self.of?));
        u32::try_from((count * 100 + of / 2).checked_div(of)?).ok()
    }
}

/// The JSON schema of the document.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Bilan).to_value()
}
