//! Files of rules are checked before anybody is told a right by them: every mistake with its line.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;

use crate::catalogue::RIGHTS;
use crate::month::Day;
use crate::pack_files::{PackMistake, decimal, line_of, mistake};
use crate::parameter::Key;
use crate::rules::facts::FACTS_MAX;
use crate::rules::field::{Kind, OF_ADULT, OF_CHILD, OF_HOUSEHOLD};
use crate::rules::file::{AnswerKind, Bound, Compare, Expression, FORMAT, Fact, Persons, Rule, RulesFile};

/// Codes of `RightTheme` (model.md).
const THEMES: [&str; 11] = [
    "papiers",
    "famille",
    "social_sante",
    "travail_formation",
    "logement",
    "transports",
    "argent_impots",
    "justice",
    "etranger",
    "loisirs_sport_culture",
    "numerique",
];

/// A file whose facts and rights are read one by one, so that one mistake does not hide the next.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outline<'a> {
    format: u32,
    name: String,
    communes: Vec<String>,
    #[serde(borrow)]
    facts: Vec<&'a RawValue>,
    #[serde(borrow)]
    rights: Vec<&'a RawValue>,
}

/// A part of a file: where mistakes in it stand.
#[derive(Clone, Copy)]
struct Part<'a> {
    file: &'a str,
    text: &'a str,
    /// Line of the file on which the part begins.
    line: usize,
}

impl<'a> Part<'a> {
    /// A part inside this one; `text` is a piece of this text.
    fn inside(self, text: &'a str) -> Self {
        let offset = text.as_ptr().addr().saturating_sub(self.text.as_ptr().addr());
        let before = self.text.get(..offset).unwrap_or_default();
        Self { text, line: self.line + before.matches('\n').count(), ..self }
    }

    /// A mistake on the line to which these words lead, each looked for in quotes after the one before.
    fn mistake(self, path: &[&str], field: &str, expected: &str) -> PackMistake {
        mistake(self.file, self.line + line_of(self.text, path) - 1, field, expected)
    }

    fn read<T: DeserializeOwned>(self, mistakes: &mut Vec<PackMistake>) -> Option<T> {
        let read = serde_json::from_str(self.text);
        let refused = |error: serde_json::Error| {
            let line = self.line + error.line().saturating_sub(1);
            mistakes.push(mistake(self.file, line, "json", &error.to_string()));
        };
        read.map_err(refused).ok()
    }
}

/// The files, read and without a mistake.
///
/// # Errors
/// Every mistake of every file.
pub fn read(files: &[(&str, &str)]) -> Result<Vec<RulesFile>, Vec<PackMistake>> {
    let mut mistakes = Vec::new();
    let mut outlines = Vec::new();
    for (file, text) in files {
        match serde_json::from_str::<Outline<'_>>(text) {
            Ok(outline) => outlines.push((Part { file, text, line: 1 }, outline)),
            Err(error) => mistakes.push(mistake(file, error.line(), "json", &error.to_string())),
        }
    }
    let mut read: Vec<RulesFile> = Vec::new();
    for (whole, outline) in &outlines {
        check_head(*whole, outline, &mut mistakes);
        let facts: Vec<Fact> =
            outline.facts.iter().filter_map(|fact| whole.inside(fact.get()).read(&mut mistakes)).collect();
        let (format, name, communes) = (outline.format, outline.name.clone(), outline.communes.clone());
        read.push(RulesFile { format, name, communes, facts, rights: Vec::new() });
    }
    let facts = known_facts(&outlines, &read, &mut mistakes);
    let mut keys: BTreeSet<String> = RIGHTS.iter().map(|right| right.key.to_owned()).collect();
    for ((whole, outline), file) in outlines.iter().zip(&mut read) {
        for raw in &outline.rights {
            let part = whole.inside(raw.get());
            let Some(rule) = part.read::<Rule>(&mut mistakes) else { continue };
            let mut checker = Checker { part, rule: rule.key.clone(), facts: &facts, mistakes: &mut mistakes };
            if !keys.insert(rule.key.clone()) {
                checker.refuse(&["key"], "key", "a key that no other right has");
            }
            checker.check_rule(&rule);
            file.rights.push(rule);
        }
    }
    if mistakes.is_empty() { Ok(read) } else { Err(mistakes) }
}

fn check_head(whole: Part<'_>, outline: &Outline<'_>, mistakes: &mut Vec<PackMistake>) {
    if outline.format != FORMAT {
        mistakes.push(whole.mistake(&["format"], "format", &FORMAT.to_string()));
    }
    for commune in outline.communes.iter().filter(|commune| commune.len() != 5) {
        let expected = "codes of communes (INSEE) such as 37261";
        mistakes.push(whole.mistake(&["communes", commune], "communes", expected));
    }
}

/// The key of each fact, and whether it is a number.
fn known_facts(
    outlines: &[(Part<'_>, Outline<'_>)],
    read: &[RulesFile],
    mistakes: &mut Vec<PackMistake>,
) -> Vec<(String, bool)> {
    let mut known: Vec<(String, bool)> = Vec::new();
    for ((whole, _), file) in outlines.iter().zip(read) {
        let mut refuse = |path: &[&str], fact: &Fact, expected: &str| {
            let path: Vec<&str> = ["facts", fact.key.as_str()].into_iter().chain(path.iter().copied()).collect();
            mistakes.push(whole.mistake(&path, &format!("facts.{}", fact.key), expected));
        };
        for fact in &file.facts {
            if known.iter().any(|(key, _)| *key == fact.key) {
                refuse(&[], fact, "a key that no other fact has");
            }
            if fact.question.trim().is_empty() || fact.seconds == 0 || !(1..=4).contains(&fact.intrusion) {
                refuse(&[], fact, "a question, seconds above 0 and an intrusion from 1 to 4");
            }
            if matches!(fact.answer, AnswerKind::Number { min, max } if min >= max) {
                refuse(&["min"], fact, "min below max");
            }
            known.push((fact.key.clone(), matches!(fact.answer, AnswerKind::Number { .. })));
        }
    }
    if known.len() > FACTS_MAX
        && let Some((whole, _)) = outlines.last()
    {
        mistakes.push(whole.mistake(&["facts"], "facts", &format!("at most {FACTS_MAX} facts in all files")));
    }
    known
}

struct Checker<'a> {
    part: Part<'a>,
    rule: String,
    /// Key of each fact, and whether it is a number.
    facts: &'a [(String, bool)],
    mistakes: &'a mut Vec<PackMistake>,
}

/// Whose fields may be named.
#[derive(Clone, Copy)]
enum About {
    Household,
    Persons(Persons),
}

impl Checker<'_> {
    /// Notes a mistake of the right; `path` leads to its line.
    fn refuse(&mut self, path: &[&str], field: &str, expected: &str) {
        self.mistakes.push(self.part.mistake(path, &format!("{}.{field}", self.rule), expected));
    }

    fn check_rule(&mut self, rule: &Rule) {
        for (field, text) in [
            ("name", &rule.name),
            ("article", &rule.article),
            ("source", &rule.source),
            ("decides", &rule.decides),
            ("pays", &rule.pays),
            ("where", &rule.place),
        ] {
            if text.trim().is_empty() {
                self.refuse(&[field], field, "a text: no right without it");
            }
        }
        if !THEMES.contains(&rule.theme.as_str()) {
            self.refuse(&["theme"], "theme", &format!("one of {}", THEMES.join(", ")));
        }
        let withdrawn = rule.withdrawn.as_ref().map(|withdrawn| withdrawn.on.as_str());
        for (field, day) in [
            ("from", Some(rule.from.as_str())),
            ("until", rule.until.as_deref()),
            ("withdrawn", withdrawn),
            ("checked_on", rule.checked_on.as_deref()),
        ] {
            if day.is_some_and(|day| Day::parse(day).is_none()) {
                self.refuse(&[field], field, "a day such as 2026-04-01");
            }
        }
        if rule.until.as_ref().is_some_and(|until| *until < rule.from) {
            self.refuse(&["until"], "until", "a day not before from");
        }
        if rule.amount.as_ref().is_some_and(|amount| amount.cents[0] < 0 || amount.cents[0] > amount.cents[1]) {
            self.refuse(&["cents"], "amount.cents", "lowest and highest amount in cents, the lowest first");
        }
        if rule.conditions.is_empty() {
            self.refuse(&["conditions"], "conditions", "at least one condition");
        }
        for condition in &rule.conditions {
            if condition.code.trim().is_empty() || condition.sentence.trim().is_empty() {
                self.refuse(&["conditions", &condition.code], "conditions", "a code and a sentence");
            }
            self.check_expression(&condition.when, About::Household, &condition.code);
        }
        for interaction in &rule.interactions {
            if interaction.sentence.trim().is_empty() {
                self.refuse(&["interactions"], "interactions.sentence", "a sentence");
            }
        }
    }

    /// The kind of a field, of a fact, or of each of the persons counted.
    fn kind(&self, field: &str, about: About) -> Option<Kind> {
        if let Some(key) = field.strip_prefix("faits.") {
            let (_, number) = self.facts.iter().find(|(known, _)| known == key)?;
            return Some(if *number { Kind::Number } else { Kind::YesNo });
        }
        let find = |table: &[(&str, Kind)]| table.iter().find(|(known, _)| *known == field).map(|(_, kind)| *kind);
        match about {
            About::Household => find(&OF_HOUSEHOLD),
            About::Persons(Persons::Adults) => find(&OF_ADULT),
            About::Persons(Persons::Children) => find(&OF_CHILD),
            About::Persons(Persons::Everybody) => find(&OF_ADULT).filter(|kind| find(&OF_CHILD) == Some(*kind)),
        }
    }

    fn check_expression(&mut self, expression: &Expression, about: About, code: &str) {
        match expression {
            Expression::All(parts) | Expression::Any(parts) => {
                if parts.is_empty() {
                    self.refuse(&[code], code, "at least one condition inside all or any");
                }
                for part in parts {
                    self.check_expression(part, about, code);
                }
            }
            Expression::Not(part) => self.check_expression(part, about, code),
            Expression::Yes(field) => {
                if self.kind(field, about) != Some(Kind::YesNo) {
                    self.refuse(&[code, field], field, "a yes-or-no answer that the engine or the facts know");
                }
            }
            Expression::Is(is) => match self.kind(&is.field, about) {
                Some(Kind::Words(words)) => {
                    for word in is.one_of.iter().filter(|word| words.iter().all(|(known, _)| known != word)) {
                        let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
                        self.refuse(&[code, &is.field, word], &is.field, &format!("one of {}", known.join(", ")));
                    }
                    if is.one_of.is_empty() {
                        self.refuse(&[code, &is.field], &is.field, "at least one word");
                    }
                }
                _ => self.refuse(&[code, &is.field], &is.field, "an answer among words that the engine knows"),
            },
            Expression::Compare(compare) => self.check_compare(compare, about, code),
            Expression::Count(count) => {
                if matches!(about, About::Persons(_)) || count.at_least == 0 {
                    self.refuse(&[code, "count"], "count", "persons of the household, at least one");
                }
                self.check_expression(&count.condition, About::Persons(count.of), code);
            }
            Expression::Outcome(right) => {
                if RIGHTS.iter().all(|known| known.key != right) {
                    self.refuse(&[code, right], right, "the key of a computed right");
                }
            }
        }
    }

    fn check_compare(&mut self, compare: &Compare, about: About, code: &str) {
        let field = compare.field.as_str();
        if self.kind(field, about) != Some(Kind::Number) {
            self.refuse(&[code, field], field, "a number that the engine or the facts know");
        }
        let bounds = [&compare.at_least, &compare.at_most, &compare.below];
        if bounds.iter().all(|bound| bound.is_none()) {
            self.refuse(&[code, field], field, "at_least, at_most or below");
        }
        for bound in bounds.into_iter().flatten() {
            let (number, figure) = match bound {
                Bound::Number(text) => (text, None),
                Bound::Figure(figure) => (&figure.times, Some(&figure.figure)),
            };
            if decimal(number).is_none() {
                self.refuse(&[code, field, number], field, "a decimal number written as text, such as \"1363.60\"");
            }
            if let Some(key) = figure
                && Key::ALL.iter().all(|known| known.text() != key)
            {
                self.refuse(&[code, field, key], field, "a figure of the pack");
            }
        }
        let text = |bound: &Option<Bound>| match bound {
            Some(Bound::Number(text)) => decimal(text),
            _ => None,
        };
        let most = text(&compare.at_most).or_else(|| text(&compare.below));
        if text(&compare.at_least).zip(most).is_some_and(|(least, most)| least.lo() > most.lo()) {
            self.refuse(&[code, field], field, "bounds that some number meets");
        }
    }
}
