//! A pack: the dated figures of the law for some months, read from data files, with a hash.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::month::{Day, Month};
use crate::number::Number;
pub use crate::pack_files::PackMistake;
use crate::pack_files::{Manifest, PackFiles, Parameter, decimal, mistake};
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
        let read = PackFiles::read(FRANCE).map_err(first)?;
        Self::assemble(&read.manifest, read.parameters, &read.bytes, Vec::new())
    }

    /// Every pack that people ever got, so that a stored diagnosis replays to the same result.
    ///
    /// # Errors
    /// Never for the packs built in: a test loads them.
    pub fn kept() -> Result<Vec<Self>, PackMistake> {
        Ok(vec![Self::france()?])
    }

    /// The pack of these files laid over this one: the figures that differ and the defects to reproduce.
    ///
    /// # Errors
    /// The first mistake of the files.
    pub fn overlaid(&self, files: &[(&str, &str)]) -> Result<Self, PackMistake> {
        let read = PackFiles::read(files).map_err(first)?;
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
        let [from, to] = manifest.span().ok_or_else(|| refused("months", "two months such as 2026-11"))?;
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
            for text in value.value.texts() {
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

    /// The day from which the value that a month reads is in force.
    #[must_use]
    pub fn in_force_from(&self, key: &str, month: Month) -> Option<String> {
        let first_day = Day { month, day: 1 };
        let values = &self.parameters.get(key)?.values;
        let value = values.iter().rev().find(|value| Day::parse(&value.from).is_some_and(|from| from <= first_day))?;
        Some(value.from.clone())
    }

    /// One step of a scale, counted from 0; a month outside the pack reads its nearest month.
    #[must_use]
    pub fn step(&self, key: Key, step: usize, month: Month) -> Number {
        let index = usize::try_from(month.0 - self.first.0).unwrap_or(0).min(self.span.saturating_sub(1));
        let start = self.starts.get(key as usize * self.span + index).copied().unwrap_or(0);
        self.values.get(start as usize + step).copied().unwrap_or(Number::ZERO)
    }
}

/// The first of some mistakes.
fn first(mistakes: Vec<PackMistake>) -> PackMistake {
    mistakes.into_iter().next().unwrap_or_else(|| mistake("manifest.json", 1, "file", "a manifest"))
}

/// Checks the files of a pack, or of an overlay of `france-2026-11`.
///
/// # Errors
/// Every mistake, with its file, line, field and what was expected.
pub fn check_files(files: &[(&str, &str)]) -> Result<Pack, Vec<PackMistake>> {
    let read = PackFiles::read(files)?;
    if read.manifest.base.is_some() {
        return Pack::france().and_then(|france| france.overlaid(files)).map_err(|mistake| vec![mistake]);
    }
    let missing: Vec<PackMistake> = Key::ALL
        .iter()
        .filter(|key| !read.parameters.contains_key(key.text()))
        .map(|key| mistake("manifest.json", 1, "files", &format!("a value for {}", key.text())))
        .collect();
    if !missing.is_empty() {
        return Err(missing);
    }
    let defects = read.manifest.defects.clone();
    Pack::assemble(&read.manifest, read.parameters, &read.bytes, defects).map_err(|mistake| vec![mistake])
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

    /// What is said of the pack with these texts replaced.
    fn spoilt(changes: &[(&str, &str)]) -> Vec<String> {
        let change = |text: &str| changes.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
        let texts: Vec<(&str, String)> = FRANCE.iter().map(|(file, text)| (*file, change(text))).collect();
        let files: Vec<(&str, &str)> = texts.iter().map(|(file, text)| (*file, text.as_str())).collect();
        check_files(&files).unwrap_err().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_mistake_names_file_line_and_what_was_expected() {
        let wrong = spoilt(&[("\"651.69\"", "\"651,69\"")]);
        let line = FRANCE.iter().find(|(file, _)| *file == "minima.json").unwrap().1;
        let line = line.lines().position(|line| line.contains("651.69")).unwrap() + 1;
        assert_eq!(wrong.len(), 1, "one mistake: {wrong:?}");
        let said = format!("minima.json:{line}: minima.rsa_base_monthly.values.value: a decimal number");
        assert!(wrong[0].starts_with(&said), "{wrong:?}");
        let unknown = spoilt(&[("\"minima.rsa_base_monthly\": {", "\"minima.rsa_typo\": {")]);
        assert!(unknown[0].starts_with("minima.json:3: minima.rsa_typo: a key that the engine knows"), "{unknown:?}");
        let shape = spoilt(&[("\"revalued\": \"08-01\"", "\"revalued\": 8")]);
        assert!(shape[0].starts_with("wages.json:") && shape[0].contains("expected a string"), "{shape:?}");
        let json = spoilt(&[("\"revalued\": \"08-01\"", "\"revalued\" \"08-01\"")]);
        assert!(json[0].starts_with("wages.json:") && json[0].contains("expected `:`"), "{json:?}");
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let found = spoilt(&[
            ("\"651.69\"", "\"651,69\""),
            ("\"2024-04-01\"", "\"2024-04-31\""),
            ("\"revalued\": \"08-01\"", "\"revalued\": \"summer\""),
            ("\"unit\": \"EUR/month\"", "\"units\": \"EUR/month\""),
            ("\"format\": 1", "\"format\": 2"),
        ]);
        for part in
            ["manifest.json:3: format: 1", "a day such as 2026-04-01", "a day of the year", "unknown field `units`"]
        {
            assert!(found.iter().any(|mistake| mistake.contains(part)), "{part} is told: {found:?}");
        }
        assert!(found.len() > 10, "each file is read to its end: {}", found.len());
    }
}
