//! A pack: the dated figures of the law for some months, read from data files, with a hash.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::month::{Day, Month};
use crate::number::Number;
use crate::parameter::Key;

/// A known defect of the oracle, reproduced by its pack only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// AEEH complements 2 to 6 are paid at the rate of the level below.
    AeehComplementShifted,
    /// A couple of two persons over 65 gets one old age cut instead of two.
    OneOldAgeCutForTwo,
    /// A child is counted in the months before its birth.
    ChildCountedBeforeBirth,
    /// A couple of one ASPA and one ASI pensioner gets no ASI.
    AsiNothingInMixedCouple,
    /// Prime d'activité: a child is enough for the condition of residence.
    PpaChildOpensResidence,
    /// RSA of young workers from 19 years instead of 18.
    YoungRsaFromNineteen,
    /// Housing aid: the sum off for two earners asks of one month's wage what the law asks of a year's.
    TwoEarnersCutAsksAYearInAMonth,
    /// MVA beside an income of self-employment, which L821-1-2 CSS excludes.
    MvaDespiteSelfEmployment,
    /// RSA and prime d'activité look at the three months just before, as until February 2025.
    ThreeMonthsJustBefore,
    /// Prime d'activité: the condition of age is asked of each month of reference, not of the month of the right.
    PpaAgeAskedOfEachMonth,
    /// Europeans who work wait three months for RSA, and all Europeans for prime d'activité.
    EuropeanWorkersWaitThreeMonths,
    /// RSA counts a spouse who does not meet the condition of residence, and takes that spouse's age for the other's.
    RsaCountsSpouseWithoutResidence,
    /// AAH counts work of the year N-2 that ended without a replacement income, and cuts by 30 % work that goes on.
    AahCountsEndedWork,
    /// AAH is paid in full beside ASPA or a retirement pension.
    AahBesideOldAge,
    /// Housing aid: a grown child counts with a disability above 80 %, not from 80 %.
    GrownChildDisabledAboveFourFifths,
    /// CSS: a child of 25 is in the household, and one of any age raises the ceiling.
    CssChildOfTwentyFive,
    /// ARS looks at ages on 1 December, not on 31 December, and lets in who was 18 before 16 September.
    ArsAgeOnFirstOfDecember,
    /// Two children of the same whole age are both the elder of two: AF pays no increase for either.
    AfElderBySameAge,
    /// ASPA for who is unfit for work from 64 years and above 50 %, not from 62 and 50 %.
    AspaOfUnfitFromSixtyFour,
}

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

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ParameterFile {
    parameters: BTreeMap<String, Parameter>,
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

/// Months before the first month that may be asked for which figures are needed too.
const MONTHS_BEFORE: i32 = 36;

/// The dated figures, ready to be read.
#[derive(Debug, Clone)]
pub struct Pack {
    name: String,
    hash: String,
    first: Month,
    months: [Month; 2],
    span: usize,
    defects: Vec<Defect>,
    parameters: BTreeMap<String, Parameter>,
    /// For each key and month, where its values start in `values`.
    starts: Vec<u32>,
    values: Vec<Number>,
}

const FRANCE: &[(&str, &str)] = &[
    ("manifest.json", include_str!("../packs/france-2026-11/manifest.json")),
    ("wages.json", include_str!("../packs/france-2026-11/wages.json")),
    ("tax.json", include_str!("../packs/france-2026-11/tax.json")),
    ("family.json", include_str!("../packs/france-2026-11/family.json")),
    ("minima.json", include_str!("../packs/france-2026-11/minima.json")),
    ("housing.json", include_str!("../packs/france-2026-11/housing.json")),
    ("health.json", include_str!("../packs/france-2026-11/health.json")),
    ("school.json", include_str!("../packs/france-2026-11/school.json")),
    ("energy.json", include_str!("../packs/france-2026-11/energy.json")),
];

impl Pack {
    /// `france-2026-11`, what people get.
    ///
    /// # Errors
    /// Never for the pack built in: a test loads it.
    pub fn france() -> Result<Self, PackMistake> {
        let read = Reading::of(FRANCE)?;
        Self::assemble(&read.manifest, read.parameters, &read.bytes, Vec::new())
    }

    /// The pack of these files laid over this one: the figures that differ and the defects to reproduce.
    ///
    /// # Errors
    /// The first mistake of the files.
    pub fn overlaid(&self, files: &[(&str, &str)]) -> Result<Self, PackMistake> {
        let read = Reading::of(files)?;
        let mut parameters = self.parameters.clone();
        parameters.extend(read.parameters);
        let bytes = [self.hash.as_bytes(), &read.bytes].concat();
        Self::assemble(&read.manifest, parameters, &bytes, read.manifest.defects.clone())
    }

    fn assemble(
        manifest: &Manifest,
        parameters: BTreeMap<String, Parameter>,
        bytes: &[u8],
        defects: Vec<Defect>,
    ) -> Result<Self, PackMistake> {
        let refused = |field: &str, expected: &str| mistake("manifest.json", 1, field, expected);
        let months = manifest.months.each_ref().map(|text| Month::parse(text));
        let [Some(from), Some(to)] = months else { return Err(refused("months", "two months such as 2026-11")) };
        if from > to {
            return Err(refused("months", "the first month before the last"));
        }
        let first = from.plus(-MONTHS_BEFORE);
        let span = usize::try_from(to.0 - first.0 + 2).unwrap_or(0);
        let hash = blake3::hash(bytes).to_hex().to_string();
        let mut pack = Self {
            name: manifest.name.clone(),
            hash,
            first,
            months: [from, to],
            span,
            defects,
            parameters: BTreeMap::new(),
            starts: Vec::with_capacity(Key::ALL.len() * span),
            values: Vec::new(),
        };
        for key in Key::ALL {
            let Some(parameter) = parameters.get(key.text()) else {
                return Err(refused("files", &format!("a value for {}", key.text())));
            };
            pack.lay_out(key.text(), parameter)?;
        }
        pack.parameters = parameters;
        Ok(pack)
    }

    /// Writes one figure month by month, so that reading it costs an index.
    fn lay_out(&mut self, key: &str, parameter: &Parameter) -> Result<(), PackMistake> {
        let mut dated = Vec::new();
        for value in &parameter.values {
            let start = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
            let texts = match &value.value {
                OneOrMany::One(text) => std::slice::from_ref(text),
                OneOrMany::Many(texts) => texts,
            };
            for text in texts {
                let number = decimal(text).ok_or_else(|| mistake("", 1, key, "a decimal number such as \"651.69\""))?;
                self.values.push(number);
            }
            let day = Day::parse(&value.from).ok_or_else(|| mistake("", 1, key, "a day such as 2026-04-01"))?;
            dated.push((day, start));
        }
        let oldest = dated.first().map_or(0, |(_, start)| *start);
        for index in 0..self.span {
            let month = self.first.plus(i32::try_from(index).unwrap_or(0));
            let in_force = dated.iter().rev().find(|(from, _)| *from <= Day { month, day: 1 });
            self.starts.push(in_force.map_or(oldest, |(_, start)| *start));
        }
        Ok(())
    }

    /// The name, as in `--pack`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// BLAKE3 of the files, in their order.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The pack holds the figures of this month.
    #[must_use]
    pub fn covers(&self, month: Month) -> bool {
        let [from, to] = self.months;
        from <= month && month <= to
    }

    /// The pack reproduces this defect of the oracle.
    #[must_use]
    pub fn has(&self, defect: Defect) -> bool {
        self.defects.contains(&defect)
    }

    /// What the pack says of a figure.
    #[must_use]
    pub fn parameter(&self, key: &str) -> Option<&Parameter> {
        self.parameters.get(key)
    }

    /// One step of a scale, counted from 0; a month outside the pack reads its nearest month.
    #[must_use]
    pub fn step(&self, key: Key, step: usize, month: Month) -> Number {
        let index = usize::try_from(month.0 - self.first.0).unwrap_or(0).min(self.span.saturating_sub(1));
        let start = self.starts.get(key as usize * self.span + index).copied().unwrap_or(0);
        self.values.get(start as usize + step).copied().unwrap_or(Number::ZERO)
    }
}

/// Files as read, before they are laid out.
struct Reading {
    manifest: Manifest,
    parameters: BTreeMap<String, Parameter>,
    bytes: Vec<u8>,
}

impl Reading {
    fn of(files: &[(&str, &str)]) -> Result<Self, PackMistake> {
        let find = |name: &str| files.iter().find(|(file, _)| *file == name).map(|(_, text)| *text);
        let text = find("manifest.json").ok_or_else(|| mistake("manifest.json", 1, "file", "a manifest"))?;
        let manifest: Manifest = parse("manifest.json", text)?;
        let mut bytes = text.as_bytes().to_vec();
        let mut parameters = BTreeMap::new();
        for file in &manifest.files {
            let text = find(file).ok_or_else(|| mistake("manifest.json", 1, "files", &format!("the file {file}")))?;
            bytes.extend_from_slice(text.as_bytes());
            let read: ParameterFile = parse(file, text)?;
            for (key, parameter) in read.parameters {
                check(file, text, &key, &parameter)?;
                parameters.insert(key, parameter);
            }
        }
        Ok(Self { manifest, parameters, bytes })
    }
}

fn mistake(file: &str, line: usize, field: &str, expected: &str) -> PackMistake {
    PackMistake { file: file.to_owned(), line, field: field.to_owned(), expected: expected.to_owned() }
}

fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, PackMistake> {
    serde_json::from_str(text).map_err(|error| mistake(file, error.line(), "json", &error.to_string()))
}

/// A decimal text in millionths or finer, rounded to eight places and kept to six.
fn decimal(text: &str) -> Option<Number> {
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

/// What the schema of a parameter asks beyond the shape of its JSON.
fn check(file: &str, text: &str, key: &str, parameter: &Parameter) -> Result<(), PackMistake> {
    let line = |needle: &str| text.lines().position(|line| line.contains(needle)).map_or(1, |at| at + 1);
    let refused = |field: &str, expected: &str| Err(mistake(file, line(&format!("\"{key}\"")), field, expected));
    if !Key::ALL.iter().any(|known| known.text() == key) {
        return refused(key, "a key that the engine knows");
    }
    if parameter.source.trim().is_empty() || parameter.law.trim().is_empty() {
        return refused(key, "a source and an article of law: no value without a source");
    }
    if parameter.checked_on.as_deref().is_some_and(|day| Day::parse(day).is_none()) {
        return refused(key, "checked_on: a day such as 2026-04-01, or null");
    }
    if parameter.revalued.as_deref().is_some_and(|day| Day::parse(&format!("2026-{day}")).is_none()) {
        return refused(key, "revalued: a day of the year such as 04-01");
    }
    if parameter.values.is_empty() {
        return refused(key, "at least one value");
    }
    let mut before: Option<Day> = None;
    for value in &parameter.values {
        let Some(day) = Day::parse(&value.from) else {
            return refused(key, "from: a day such as 2026-04-01");
        };
        if before.is_some_and(|before| before >= day) {
            return refused(key, "values ordered by day, oldest first");
        }
        before = Some(day);
        let texts = match &value.value {
            OneOrMany::One(text) => std::slice::from_ref(text),
            OneOrMany::Many(texts) => texts,
        };
        if texts.is_empty() || texts.iter().any(|text| decimal(text).is_none()) {
            return refused(key, "value: decimal numbers written as text, such as \"651.69\"");
        }
    }
    Ok(())
}

/// Checks the files of a pack, or of an overlay of `france-2026-11`.
///
/// # Errors
/// The first mistake, with its file, line, field and what was expected.
pub fn check_files(files: &[(&str, &str)]) -> Result<Pack, PackMistake> {
    let read = Reading::of(files)?;
    match read.manifest.base.as_deref() {
        None => Pack::assemble(&read.manifest, read.parameters, &read.bytes, read.manifest.defects.clone()),
        Some("france-2026-11") => Pack::france()?.overlaid(files),
        Some(_) => Err(mistake("manifest.json", 1, "base", "null or france-2026-11")),
    }
}

#[cfg(test)]
mod tests {
    use super::{FRANCE, Pack, check_files};
    use crate::month::Month;
    use crate::number::Number;
    use crate::parameter::Key;

    #[test]
    fn a_figure_changes_on_its_day() {
        let pack = Pack::france().unwrap();
        let rsa = |month| pack.step(Key::MinimaRsaBaseMonthly, 0, month);
        assert_eq!(rsa(Month::of(2026, 3)), Number::from_millionths(646_520_000), "the last month of the old amount");
        assert_eq!(rsa(Month::of(2026, 4)), Number::from_millionths(651_690_000), "in force from the first of April");
    }

    #[test]
    fn every_file_of_the_manifest_is_built_in() {
        check_files(FRANCE).unwrap();
    }

    #[test]
    fn a_mistake_names_file_line_and_what_was_expected() {
        let spoilt = |from: &str, to: &str| -> String {
            let texts: Vec<(&str, String)> =
                FRANCE.iter().map(|(file, text)| (*file, text.replace(from, to))).collect();
            let files: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
            check_files(&files).unwrap_err().to_string()
        };
        let wrong = spoilt("\"651.69\"", "\"651,69\"");
        assert!(wrong.starts_with("minima.json:3:") && wrong.contains("decimal numbers"), "{wrong}");
        let unknown = spoilt("\"minima.rsa_base_monthly\": {", "\"minima.rsa_typo\": {");
        assert!(unknown.starts_with("minima.json:3: minima.rsa_typo: a key that the engine knows"), "{unknown}");
        let json = spoilt("\"revalued\": \"08-01\"", "\"revalued\": 8");
        assert!(json.starts_with("wages.json:") && json.contains("expected a string"), "{json}");
    }
}
