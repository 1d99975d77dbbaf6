//! The files of a pack as they are read and checked: every mistake with its file, its line, its field and what was expected.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use crate::month::{Day, Month};
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;

/// Why a pack is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {field}: {expected}")]
pub struct PackMistake {
    /// File inside the pack.
    pub file: String,
    /// Line, 1 for a mistake of the whole file.
    pub line: usize,
    /// Where in the file.
    pub field: String,
    /// What was expected.
    pub expected: String,
}

/// A mistake of a file.
pub(crate) fn mistake(file: &str, line: usize, field: &str, expected: &str) -> PackMistake {
    PackMistake { file: file.to_owned(), line, field: field.to_owned(), expected: expected.to_owned() }
}

/// Version of the format of the files.
const FORMAT: u32 = 1;

/// The manifest of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The name, as in `--pack`.
    pub name: String,
    /// Version of the format of the files.
    pub format: u32,
    /// The pack this one lays its differences over.
    pub base: Option<String>,
    /// First and last month that may be asked.
    pub months: [String; 2],
    /// Defects reproduced.
    pub defects: Vec<Defect>,
    /// Files of parameters.
    pub files: Vec<String>,
}

impl Manifest {
    /// First and last month that may be asked.
    pub(crate) fn span(&self) -> Option<[Month; 2]> {
        let [Some(from), Some(to)] = self.months.each_ref().map(|text| Month::parse(text)) else { return None };
        (from <= to).then_some([from, to])
    }
}

/// A file of parameters, each read by itself so that one mistake does not hide the next.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    parameters: BTreeMap<String, Value>,
}

/// A figure over time, as written in the pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parameter {
    /// Unit of its values.
    pub unit: String,
    /// Article that sets it.
    pub law: String,
    /// Where the figure was read.
    pub source: String,
    /// When somebody last compared it with an official text; none: never.
    pub checked_on: Option<String>,
    /// Day of the year (`04-01`) on which a new value is expected.
    pub revalued: Option<String>,
    /// Its values, oldest first.
    pub values: Vec<DatedValue>,
}

/// A value and the day from which it is in force.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DatedValue {
    /// Day, `2026-04-01`.
    pub from: String,
    /// Decimal text, never a float.
    pub value: OneOrMany,
    /// Text that set it.
    pub text: String,
    /// Address of that text.
    pub link: Option<String>,
}

/// One figure, or one for each step of a scale.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// A figure.
    One(String),
    /// A scale.
    Many(Vec<String>),
}

impl OneOrMany {
    /// The figure, or the figures of the scale.
    pub(crate) fn texts(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// A decimal text in millionths or finer, rounded to eight places and kept to six.
pub(crate) fn decimal(text: &str) -> Option<Number> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !numeric(whole) || !numeric(fraction) || whole.len() > 12 || fraction.len() > 8 {
        return None;
    }
    let fraction: i64 = format!("{fraction:0<8}").parse().ok()?;
    let value = whole.parse::<i64>().ok()?.checked_mul(1_000_000)?.checked_add((fraction + 50) / 100)?;
    Some(Number::from_millionths(sign * value))
}

/// Files as read, before they are laid out.
pub(crate) struct PackFiles {
    pub manifest: Manifest,
    pub parameters: BTreeMap<String, Parameter>,
    pub bytes: Vec<u8>,
}

impl PackFiles {
    /// Reads the manifest and the files it names.
    ///
    /// # Errors
    /// Every mistake of every file.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, Vec<PackMistake>> {
        let find = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        let Some(text) = find("manifest.json") else {
            return Err(vec![mistake("manifest.json", 1, "file", "a manifest")]);
        };
        let manifest: Manifest = serde_json::from_str(text)
            .map_err(|error| vec![mistake("manifest.json", error.line(), "json", &error.to_string())])?;
        let mut found = Checked { mistakes: check_manifest(&manifest, text, files), ..Checked::default() };
        let mut bytes = text.as_bytes().to_vec();
        for file in &manifest.files {
            let Some(text) = find(file) else {
                found.mistakes.push(mistake(
                    "manifest.json",
                    line_of(text, &[file]),
                    "files",
                    &format!("the file {file}"),
                ));
                continue;
            };
            bytes.extend_from_slice(text.as_bytes());
            found.add_file(file, text);
        }
        if found.mistakes.is_empty() {
            Ok(Self { manifest, parameters: found.parameters, bytes })
        } else {
            Err(found.mistakes)
        }
    }
}

/// The line on which the last of these texts stands, each looked for in quotes after the one before.
pub(crate) fn line_of(text: &str, path: &[&str]) -> usize {
    let mut at = 0;
    for name in path {
        let Some(found) = text.get(at..).and_then(|rest| rest.find(&format!("\"{name}\""))) else { break };
        at += found + 1;
    }
    text.get(..at).map_or(1, |before| before.lines().count().max(1))
}

fn check_manifest(manifest: &Manifest, text: &str, files: &[(&str, &str)]) -> Vec<PackMistake> {
    let mut mistakes = Vec::new();
    let mut refuse = |field: &str, expected: &str| {
        mistakes.push(mistake("manifest.json", line_of(text, &[field]), field, expected));
    };
    if manifest.format != FORMAT {
        refuse("format", &format!("{FORMAT}"));
    }
    if manifest.span().is_none() {
        refuse("months", "two months such as 2026-11, the first not after the last");
    }
    if manifest.base.as_deref().is_some_and(|base| base != "france-2026-11") {
        refuse("base", "null or france-2026-11");
    }
    for (file, _) in files {
        if *file != "manifest.json" && !manifest.files.iter().any(|named| named == file) {
            refuse("files", &format!("the file {file}, which stands in the folder, or no such file"));
        }
    }
    mistakes
}

#[derive(Default)]
struct Checked {
    parameters: BTreeMap<String, Parameter>,
    mistakes: Vec<PackMistake>,
}

impl Checked {
    fn add_file(&mut self, file: &str, text: &str) {
        let read: ParameterFile = match serde_json::from_str(text) {
            Ok(read) => read,
            Err(error) => return self.mistakes.push(mistake(file, error.line(), "json", &error.to_string())),
        };
        for (key, value) in read.parameters {
            if text.matches(&format!("\"{key}\":")).count() > 1 {
                self.mistakes.push(mistake(
                    file,
                    line_of(text, &[&key, &key]),
                    &key,
                    "a key that stands once in the file",
                ));
            }
            match serde_json::from_value::<Parameter>(value) {
                Ok(parameter) => {
                    check_parameter(file, text, &key, &parameter, &mut self.mistakes);
                    if self.parameters.insert(key.clone(), parameter).is_some() {
                        self.mistakes.push(mistake(file, line_of(text, &[&key]), &key, "a key that no other file has"));
                    }
                }
                Err(error) => {
                    let error = error.to_string();
                    // The field that serde names between backquotes, if any, is where to look.
                    let field = error.split('`').nth(1).unwrap_or_default();
                    let line = line_of(text, &[&key, field]);
                    self.mistakes.push(mistake(file, line, &key, &error));
                }
            }
        }
    }
}

/// What the schema of a parameter asks beyond the shape of its JSON.
fn check_parameter(file: &str, text: &str, key: &str, parameter: &Parameter, mistakes: &mut Vec<PackMistake>) {
    let mut refuse = |path: &[&str], field: &str, expected: &str| {
        let path: Vec<&str> = std::iter::once(key).chain(path.iter().copied()).collect();
        mistakes.push(mistake(file, line_of(text, &path), field, expected));
    };
    if !Key::ALL.iter().any(|known| known.text() == key) {
        refuse(&[], key, "a key that the engine knows");
    }
    if parameter.source.trim().is_empty() {
        refuse(&["source"], &format!("{key}.source"), "where the figure was read: no value without a source");
    }
    if parameter.law.trim().is_empty() {
        refuse(&["law"], &format!("{key}.law"), "an article of law");
    }
    if parameter.checked_on.as_deref().is_some_and(|day| Day::parse(day).is_none()) {
        refuse(&["checked_on"], &format!("{key}.checked_on"), "a day such as 2026-04-01, or null");
    }
    if parameter.revalued.as_deref().is_some_and(|day| Day::parse(&format!("2026-{day}")).is_none()) {
        refuse(&["revalued"], &format!("{key}.revalued"), "a day of the year such as 04-01");
    }
    if parameter.values.is_empty() {
        refuse(&["values"], &format!("{key}.values"), "at least one value");
    }
    let mut before: Option<Day> = None;
    for value in &parameter.values {
        let from = value.from.as_str();
        let day = Day::parse(from);
        match day {
            None => refuse(&["values", from], &format!("{key}.values.from"), "a day such as 2026-04-01"),
            Some(day) if before.is_some_and(|before| before >= day) => {
                refuse(&["values", from], &format!("{key}.values.from"), "a later day than the value above");
            }
            Some(_) => {}
        }
        before = day.or(before);
        if value.value.texts().is_empty() {
            refuse(&["values", from, "value"], &format!("{key}.values.value"), "at least one number");
        }
        for wrong in value.value.texts().iter().filter(|text| decimal(text).is_none()) {
            let expected = "a decimal number written as text, such as \"651.69\"";
            refuse(&["values", from, "value", wrong], &format!("{key}.values.value"), expected);
        }
    }
}
