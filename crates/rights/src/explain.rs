//! A diagnosis in plain words: every word stands in a data file, the code only fills its blanks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answers::Household;
use crate::catalogue::{Per, Right};
use crate::month::{Day, Month};
use crate::number::Number;
use crate::pack::{Pack, PackMistake};
use crate::partial::{Outcome, Status, outcomes};
use crate::question::{Person, Question};
use crate::reading::{Completeness, Refusal, read};
use crate::told::RightTold;
use crate::trace::{TracedStep, trace, trace_with_inputs};

/// A figure checked longer ago than this is shown as to be checked.
pub(crate) const CHECKED_DAYS_MAX: i32 = 400;

/// What the words say of a right.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RightWords {
    /// Its name.
    pub name: String,
    /// Its article of law.
    pub article: String,
    /// Who decides.
    pub decides: String,
    /// Who pays.
    pub pays: String,
    /// Where to apply.
    #[serde(rename = "where")]
    pub place: String,
    /// What to bring.
    pub documents: Vec<String>,
    /// What taking it changes elsewhere.
    pub interactions: Vec<Interaction>,
}

/// What taking a right changes elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interaction {
    /// The key of the other right, if it is one.
    pub right: Option<String>,
    /// The sentence.
    pub sentence: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct StepWords {
    name: String,
    article: String,
}

/// What the words say of a reason.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReasonWords {
    /// The sentence.
    pub sentence: String,
    /// An administrative barrier rather than a rule about needs.
    pub administrative: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Templates {
    status: BTreeMap<String, String>,
    heading: String,
    step: String,
    inputs: String,
    figure: String,
    unknown_day: String,
    adult: String,
    child: String,
    uncovered: String,
    stale: String,
    reason: String,
    administrative: String,
    missing: String,
    amount_month: String,
    amount_year: String,
    range: String,
    exact: String,
    practical: String,
    documents: String,
    interaction: String,
}

/// The words of one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    templates: Templates,
    rights: BTreeMap<String, RightWords>,
    steps: BTreeMap<String, StepWords>,
    reasons: BTreeMap<String, ReasonWords>,
    /// Each field of the table of questions.
    questions: BTreeMap<String, String>,
}

fn fill(template: &str, blanks: &[(&str, &str)]) -> String {
    blanks.iter().fold(template.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// Days from a day to a month, to the nearest month.
pub(crate) fn days_since(day: Day, now: Month) -> i32 {
    (now.0 - day.month.0) * 365 / 12
}

/// The figure was due for a new value that the pack does not have, or nobody checked it for long.
#[must_use]
pub fn is_stale(pack: &Pack, key: &str, now: Month) -> bool {
    let Some(parameter) = pack.parameter(key) else { return true };
    let Some(checked) = parameter.checked_on.as_deref().and_then(Day::parse) else { return true };
    let days = days_since(checked, now);
    let newest = parameter.values.iter().filter_map(|value| Day::parse(&value.from)).next_back();
    let due = parameter.revalued.as_deref().and_then(|day| {
        let this_year = Day::parse(&format!("{}-{day}", now.year()))?;
        if this_year <= (Day { month: now, day: 1 }) {
            Some(this_year)
        } else {
            Day::parse(&format!("{}-{day}", now.year() - 1))
        }
    });
    days > CHECKED_DAYS_MAX || due.zip(newest).is_some_and(|(due, newest)| newest < due && checked < due)
}

/// Keys of the figures read for a right that are to be checked ("barème à vérifier"), each once.
#[must_use]
pub fn stale_figures(pack: &Pack, household: &Household, now: Month, right: &Right) -> Vec<&'static str> {
    let (steps, _) = trace(pack, household, now, right);
    let mut keys: Vec<&'static str> = steps.iter().flat_map(|step| &step.figures).map(|(key, ..)| key.text()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| is_stale(pack, key, now));
    keys
}

impl Words {
    /// The French words built in.
    ///
    /// # Errors
    /// Never for the file built in: a test reads it.
    pub fn french() -> Result<Self, PackMistake> {
        serde_json::from_str(include_str!("../explain-fr.json")).map_err(|error| PackMistake {
            file: "explain-fr.json".to_owned(),
            line: error.line(),
            field: "json".to_owned(),
            expected: error.to_string(),
        })
    }

    /// What is said of a right.
    #[must_use]
    pub fn right(&self, key: &str) -> Option<&RightWords> {
        self.rights.get(key)
    }

    /// What is said of a reason.
    #[must_use]
    pub fn reason(&self, code: &str) -> Option<&ReasonWords> {
        self.reasons.get(code)
    }

    fn money(&self, amount: Number) -> String {
        let (low, high) = amount.cents();
        let euros = |cents: i64| format!("{},{:02}", cents / 100, cents.rem_euclid(100));
        let template = if low == high { &self.templates.exact } else { &self.templates.range };
        fill(template, &[("low", &euros(low)), ("high", &euros(high))])
    }

    /// A question in a few words, with the person it is about.
    #[must_use]
    pub fn question(&self, question: Question) -> String {
        let field = question.asking().field;
        let words = self.questions.get(field).map_or(field, String::as_str);
        let (template, number) = match question.person() {
            Person::Nobody => return words.to_owned(),
            Person::Adult(index) => (&self.templates.adult, index + 1),
            Person::Child(index) => (&self.templates.child, index + 1),
        };
        fill(template, &[("question", words), ("number", &number.to_string())])
    }

    fn step(&self, place: usize, step: &TracedStep, pack: &Pack, now: Month, lines: &mut Vec<String>) {
        let (name, article) =
            self.steps.get(step.code).map_or((step.code, ""), |words| (words.name.as_str(), words.article.as_str()));
        let place = place.to_string();
        let value = self.money(Number::range(step.millionths.0, step.millionths.1, 0));
        let blanks = [
            ("place", place.as_str()),
            ("step", name),
            ("month", &step.month),
            ("value", &value),
            ("article", article),
        ];
        lines.push(fill(&self.templates.step, &blanks));
        if !step.inputs.is_empty() {
            let inputs: Vec<String> = step.inputs.iter().map(|question| self.question(*question)).collect();
            lines.push(fill(&self.templates.inputs, &[("inputs", &inputs.join(", "))]));
        }
        for figure in &step.figures {
            let stale = if is_stale(pack, figure.key, now) { self.templates.stale.as_str() } else { "" };
            let value = format!("{}", figure.millionths as f64 / 1e6).replace('.', ",");
            let from = figure.in_force_from.as_deref().unwrap_or(&self.templates.unknown_day);
            let blanks = [("key", figure.key), ("value", value.as_str()), ("from", from), ("stale", stale)];
            lines.push(fill(&self.templates.figure, &blanks));
        }
    }

    fn conclusion(&self, outcome: &Outcome, lines: &mut Vec<String>) {
        if let Some(status) = self.templates.status.get(outcome.status.code()) {
            lines.push(format!("  {status}"));
        }
        for reason in &outcome.reasons {
            let Some(words) = self.reason(reason) else { continue };
            let barrier = if words.administrative { self.templates.administrative.as_str() } else { "" };
            lines.push(fill(&self.templates.reason, &[("reason", &words.sentence)]) + barrier);
        }
        if outcome.missing != 0 {
            let questions: Vec<String> =
                Question::of(outcome.missing).map(|question| self.question(question)).collect();
            lines.push(fill(&self.templates.missing, &[("questions", &questions.join(", "))]));
        }
        if outcome.status != Status::NotClaimable {
            let value = self.money(outcome.amount);
            match outcome.right.per {
                Per::Month => lines.push(fill(&self.templates.amount_month, &[("value", &value)])),
                Per::Year => lines.push(fill(&self.templates.amount_year, &[("value", &value)])),
                Per::Nothing => {}
            }
        }
    }

    fn practical(&self, words: &RightWords, lines: &mut Vec<String>) {
        let blanks = [("decides", words.decides.as_str()), ("pays", &words.pays), ("where", &words.place)];
        lines.push(fill(&self.templates.practical, &blanks));
        if !words.documents.is_empty() {
            lines.push(fill(&self.templates.documents, &[("documents", &words.documents.join(", "))]));
        }
        for interaction in &words.interactions {
            let right = interaction.right.as_deref().and_then(|key| self.right(key));
            let right = right.map_or_else(String::new, |right| format!(" ({})", right.name));
            let blanks = [("right", right.as_str()), ("sentence", interaction.sentence.as_str())];
            lines.push(fill(&self.templates.interaction, &blanks));
        }
    }

    /// A right that is a rule of a data file: conclusion, reasons, what would tell, and where to go.
    pub(crate) fn explain_rule(&self, told: &RightTold) -> String {
        let Some(about) = &told.about else { return String::new() };
        let mut lines = vec![fill(&self.templates.heading, &[("right", &about.name), ("article", &about.article)])];
        let stale = if told.stale.is_empty() { "" } else { self.templates.stale.as_str() };
        if let Some(status) = self.templates.status.get(&told.status) {
            lines.push(format!("  {status}{stale}"));
        }
        for sentence in &told.because {
            lines.push(fill(&self.templates.reason, &[("reason", sentence)]));
        }
        if !told.missing.is_empty() {
            lines.push(fill(&self.templates.missing, &[("questions", &told.missing.join(", "))]));
        }
        if told.status != Status::NotClaimable.code() {
            let words = RightWords {
                name: about.name.clone(),
                article: about.article.clone(),
                decides: about.decides.clone(),
                pays: about.pays.clone(),
                place: about.apply.clone(),
                documents: about.documents.clone(),
                interactions: about.affects.clone(),
            };
            self.practical(&words, &mut lines);
        }
        lines.join("\n")
    }

    /// Every right of a household: conclusion, reasons, steps with their answers, figures and articles, and where to go.
    ///
    /// # Errors
    /// The first answer that is absurd.
    pub fn explain(&self, pack: &Pack, inputs: &Value, now: Month) -> Result<String, Refusal> {
        let household = read(inputs, now, Completeness::Full).or_else(|_| read(inputs, now, Completeness::Partial))?;
        let mut lines = Vec::new();
        for outcome in outcomes(pack, &household, now) {
            let Some(words) = self.right(outcome.right.key) else { continue };
            let blanks = [("right", words.name.as_str()), ("article", words.article.as_str())];
            lines.push(fill(&self.templates.heading, &blanks));
            self.conclusion(&outcome, &mut lines);
            if outcome.uncovered {
                let answers = household.uncovered.join(", ");
                lines.push(fill(&self.templates.uncovered, &[("answers", &answers)]));
            }
            let steps = trace_with_inputs(pack, inputs, now, outcome.right);
            for (index, step) in steps.iter().enumerate() {
                self.step(index + 1, step, pack, now, &mut lines);
            }
            if outcome.status != Status::NotClaimable {
                self.practical(words, &mut lines);
            }
        }
        Ok(lines.join("\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::{Words, is_stale};
    use crate::catalogue::RIGHTS;
    use crate::month::Month;
    use crate::pack::Pack;

    #[test]
    fn every_right_and_every_reason_has_its_words() {
        let words = Words::french().unwrap();
        for right in &RIGHTS {
            assert!(words.right(right.key).is_some(), "{} has its words", right.key);
            for reason in right.reasons.iter().chain(&["resources_above_ceiling", "no_residence_permit"]) {
                assert!(words.reason(reason).is_some(), "{reason} has its sentence");
            }
        }
    }

    #[test]
    fn a_figure_that_missed_its_revaluation_is_to_be_checked() {
        let pack = Pack::france().unwrap();
        let now = Month::of(2026, 11);
        assert!(is_stale(&pack, "minima.asi_single_ceiling_yearly", now), "ASI is still at its value of April 2025");
        assert!(is_stale(&pack, "health.css_ceiling_yearly", now), "the CSS ceiling of April 2026 was not found");
        assert!(!is_stale(&pack, "minima.rsa_base_monthly", now), "RSA has its value of April 2026");
        assert!(is_stale(&pack, "minima.rsa_base_monthly", Month::of(2027, 9)), "checked more than 400 days ago");
    }
}
