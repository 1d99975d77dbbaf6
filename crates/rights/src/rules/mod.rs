//! Rights that are rules in data files: no computed amount, conditions in Kleene's logic, added and withdrawn without a build.
//!
//! What it is: [`mod@file`] is the shape of a file, [`check`] finds its mistakes, [`RuleSet::outcomes`] evaluates the rules of
//! all files over a household. What it is not: the rights with a computed amount, which are functions (`crate::catalogue`).
//!
//! Invariants: a status is definite only when every completion of the answers gives it; what is not decided names what
//! would tell.

pub mod check;
pub(crate) mod facts;
mod field;
pub mod file;
pub mod verdict;

pub use facts::FactSet;

use serde_json_borrow::{ObjectAsVec, Value};

use crate::answers::{Household, Standing};
use crate::case::Case;
use crate::explain::days_since;
use crate::month::{Day, Month};
use crate::pack::Pack;
use crate::pack_files::PackMistake;
use crate::partial::{Outcome, Status};
use crate::reading::Refusal;
use crate::rules::facts::Told;
use crate::rules::field::Subject;
use crate::rules::file::{Fact, Rule, RulePer};
use crate::rules::verdict::{Evaluation, Verdict};
use crate::truth::{Questions, Truth};

/// A rule with the communes it holds for.
#[derive(Debug, Clone)]
struct Placed {
    rule: Rule,
    communes: Vec<String>,
}

/// The rules of all files.
#[derive(Debug, Clone)]
pub struct RuleSet {
    rules: Vec<Placed>,
    facts: Vec<Fact>,
    hash: String,
}

/// Answers to the facts of a rule set.
#[derive(Debug, Clone)]
pub struct Facts(Vec<Told>);

/// A right of a rule, for a household.
#[derive(Debug, Clone)]
pub struct RuleOutcome<'a> {
    /// The rule.
    pub rule: &'a Rule,
    /// Where the household stands.
    pub status: Status,
    /// Lowest and highest amount, in cents, with its time; none for a right without one.
    pub cents: Option<(RulePer, [i64; 2])>,
    /// Codes and sentences of the conditions certainly not met.
    pub reasons: Vec<(&'a str, &'a str)>,
    /// Answers of the household that would tell.
    pub questions: Questions,
    /// Facts that would tell.
    pub facts: FactSet,
    /// Nobody compared the rule with its source for long, or ever.
    pub stale: bool,
}

const BUILT_IN: &[(&str, &str)] = &[
    ("national-2026-11.json", include_str!("../../rules/national-2026-11.json")),
    ("tours-2026-11.json", include_str!("../../rules/tours-2026-11.json")),
];

impl RuleSet {
    /// The files that people get.
    ///
    /// # Errors
    /// Never for the files built in: a test reads them.
    pub fn built_in() -> Result<Self, Vec<PackMistake>> {
        Self::of(BUILT_IN)
    }

    /// The rules of some files, each a name and its text.
    ///
    /// # Errors
    /// Every mistake of every file.
    pub fn of(files: &[(&str, &str)]) -> Result<Self, Vec<PackMistake>> {
        let read = check::read(files)?;
        let mut hasher = blake3::Hasher::new();
        for (_, text) in files {
            hasher.update(text.as_bytes());
        }
        let hash = hasher.finalize().to_hex().to_string();
        let mut set = Self { rules: Vec::new(), facts: Vec::new(), hash };
        for file in read {
            let communes = file.communes;
            set.facts.extend(file.facts);
            set.rules.extend(file.rights.into_iter().map(|rule| Placed { rule, communes: communes.clone() }));
        }
        Ok(set)
    }

    /// BLAKE3 of the files.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Every rule, in force or not.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().map(|placed| &placed.rule)
    }

    /// The facts of a set, each with its bit.
    pub fn numbered_facts(&self, set: FactSet) -> impl Iterator<Item = (usize, &Fact)> {
        self.facts.iter().enumerate().filter(move |(place, _)| set >> place & 1 == 1)
    }

    /// The question of a fact, by its key.
    #[must_use]
    pub fn fact(&self, key: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.key == key)
    }

    /// The facts of a set.
    pub fn facts(&self, set: FactSet) -> impl Iterator<Item = &Fact> {
        self.numbered_facts(set).map(|(_, fact)| fact)
    }

    /// Reads the answers to the facts.
    ///
    /// # Errors
    /// The first that is absurd, or that no rule asks for.
    pub fn read_facts(&self, inputs: &Value<'_>) -> Result<Facts, Refusal> {
        let nothing = ObjectAsVec::default();
        let inputs = if let Value::Object(inputs) = inputs { inputs } else { &nothing };
        facts::read(inputs, &self.facts).map(Facts)
    }

    /// Every rule in force where the household lives, over its answers and what was computed of it.
    #[must_use]
    pub fn outcomes(
        &self,
        pack: &Pack,
        household: &Household,
        facts: &Facts,
        now: Month,
        computed: &[Outcome],
    ) -> Vec<RuleOutcome<'_>> {
        let case = Case::new(pack, household, now);
        let outcome = |key: &str| computed.iter().find(|outcome| outcome.right.key == key).map(truth);
        let keys: Vec<&str> = self.facts.iter().map(|fact| fact.key.as_str()).collect();
        let evaluation = Evaluation { case: &case, facts: &facts.0, keys: &keys, outcomes: &outcome };
        self.rules
            .iter()
            .filter(|placed| placed.holds_for(household, now))
            .map(|placed| self.outcome(&placed.rule, &evaluation, household, facts))
            .collect()
    }

    fn outcome<'a>(
        &'a self,
        rule: &'a Rule,
        evaluation: &Evaluation<'_>,
        household: &Household,
        facts: &Facts,
    ) -> RuleOutcome<'a> {
        let verdicts: Vec<Verdict> =
            rule.conditions.iter().map(|condition| evaluation.verdict(&condition.when, Subject::Household)).collect();
        let whole = verdicts.iter().copied().reduce(Verdict::and);
        let failed = rule.conditions.iter().zip(&verdicts).filter(|(_, verdict)| verdict.fails());
        let reasons = failed.map(|(condition, _)| (condition.code.as_str(), condition.sentence.as_str())).collect();
        let (questions, open) = whole.map_or((0, 0), |whole| (whole.questions, whole.facts));
        let status = match household.standing.iter().find(|(key, _)| *key == rule.key) {
            Some((_, Standing::Held)) => Status::Held,
            Some((_, Standing::InProgress)) => Status::InProgress,
            None if whole.is_none_or(Verdict::holds) => Status::Claimable,
            None if whole.is_some_and(Verdict::fails) => Status::NotClaimable,
            None if questions & !household.refused == 0 && open != 0 && open & !facts.silent() == 0 => {
                Status::DeclinedToSay
            }
            None if household.nothing_told && facts.nothing_told(&self.facts) => Status::NotAsked,
            None => Status::ToCheck,
        };
        let cents = rule.amount.as_ref().map(|amount| {
            let [lo, hi] = amount.cents;
            let range = match status {
                Status::NotClaimable => [0, 0],
                Status::ToCheck | Status::NotAsked | Status::DeclinedToSay => [0, hi],
                Status::Claimable | Status::Held | Status::InProgress => [lo, hi],
            };
            (amount.per, range)
        });
        let checked = rule.checked_on.as_deref().and_then(Day::parse);
        let stale = checked.is_none_or(|day| days_since(day, evaluation.case.now) > crate::explain::CHECKED_DAYS_MAX);
        RuleOutcome { rule, status, cents, reasons, questions, facts: open, stale }
    }
}

impl Facts {
    /// The facts that the person would not or could not tell.
    #[must_use]
    pub fn silent(&self) -> FactSet {
        let silent = self.0.iter().enumerate().filter(|(_, told)| told.silent);
        silent.fold(0, |set, (place, _)| set | 1 << place)
    }

    fn nothing_told(&self, asked: &[Fact]) -> bool {
        self.0.iter().zip(asked).all(|(told, fact)| !told.silent && facts::is_whole(told.value, &fact.answer))
    }
}

/// A computed right as a condition of another.
fn truth(outcome: &Outcome) -> Truth {
    match outcome.status {
        Status::Held | Status::InProgress | Status::Claimable => Truth::YES,
        Status::NotClaimable => Truth::NO,
        Status::ToCheck | Status::DeclinedToSay | Status::NotAsked => Truth::unknown(outcome.missing),
    }
}

impl Placed {
    fn holds_for(&self, household: &Household, now: Month) -> bool {
        let rule = &self.rule;
        let day = |text: &str| Day::parse(text);
        let (first, last) = (Day { month: now, day: 1 }, Day { month: now, day: 31 });
        let begun = day(&rule.from).is_some_and(|from| from <= last);
        let ended = rule.until.as_deref().and_then(day).is_some_and(|until| until < first);
        let withdrawn = rule.withdrawn.as_ref().and_then(|withdrawn| day(&withdrawn.on)).is_some_and(|on| on <= first);
        let here = household.commune.as_ref().is_none_or(|commune| self.communes.contains(commune));
        begun && !ended && !withdrawn && (self.communes.is_empty() || here)
    }
}
