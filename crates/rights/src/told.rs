//! A diagnosis as it is told, stored and replayed: one JSON object, the same for the command line and the app.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answers::Household;
use crate::catalogue::{Per, RIGHTS};
use crate::explain::{Interaction, RightWords, Words, stale_figures};
use crate::month::Month;
use crate::next::{NextQuestion, next_questions};
use crate::pack::Pack;
use crate::pack_files::{self, PackMistake};
use crate::partial::{Outcome, Status, outcomes};
use crate::question::{Question, Screen, screens};
use crate::reading::{Completeness, Refusal, read_borrowed, refusal};
use crate::rules::facts::FACTS;
use crate::rules::file::{Fact, RulePer};
use crate::rules::{Facts, RuleOutcome, RuleSet};

/// The version of the rules as code; a stored diagnosis names the one that made it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// The figures and the rules that a diagnosis rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackUsed {
    /// The name of the pack.
    pub name: String,
    /// BLAKE3 of its files.
    pub hash: String,
    /// BLAKE3 of the files of rules.
    pub rules: String,
}

/// What a diagnosis is made with.
#[derive(Debug, Clone)]
pub struct Engine {
    /// The figures.
    pub pack: Pack,
    /// The rights that are rules in data files.
    pub rules: RuleSet,
    /// The words.
    pub words: Words,
}

/// A right as it is told.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RightTold {
    /// A code of `DiagnosticState`.
    pub status: String,
    /// Lowest and highest amount a month, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_cents: Option<[i64; 2]>,
    /// Lowest and highest amount a year, in cents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub yearly_cents: Option<[i64; 2]>,
    /// Codes of all conditions certainly not met.
    pub reasons: Vec<String>,
    /// The same in plain words.
    pub because: Vec<String>,
    /// Paths of the answers that would decide, or that a person has to check.
    pub missing: Vec<String>,
    /// Keys of the figures to be checked ("barème à vérifier"), or of the rule itself.
    pub stale: Vec<String>,
    /// What to do with it; not part of what a replay compares.
    #[serde(flatten)]
    pub about: Option<About>,
}

/// What to do with a right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// Its name.
    pub name: String,
    /// Its theme.
    pub theme: String,
    /// Its article of law.
    pub article: String,
    /// What to bring.
    pub documents: Vec<String>,
    /// Who decides.
    pub decides: String,
    /// Who pays.
    pub pays: String,
    /// Where to apply.
    pub apply: String,
    /// What taking it changes elsewhere.
    pub affects: Vec<Interaction>,
}

/// A question to ask next.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionTold {
    /// The path of the answer that bears on most.
    pub question: String,
    /// What is asked: the same path, or the name of what one question settles together.
    pub asks: String,
    /// Paths of all answers it settles.
    pub fields: Vec<String>,
    /// Keys of the undecided rights it bears on.
    pub why: Vec<String>,
    /// Undecided rights and euros a year for each second and degree of intrusion.
    pub score: f64,
}

/// A whole diagnosis.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The figures it rests on.
    pub pack: PackUsed,
    /// The version of the rules.
    pub engine: String,
    /// The month, `2026-11`.
    pub month: String,
    /// Each right by its key.
    pub rights: BTreeMap<String, RightTold>,
    /// What to ask next, best first.
    pub next: Vec<QuestionTold>,
    /// Questions of the rules, beyond the answers of every household, best first: each opens or closes rights of its own.
    pub further: Vec<QuestionTold>,
}

fn about(theme: &str, words: &RightWords) -> About {
    About {
        name: words.name.clone(),
        theme: theme.to_owned(),
        article: words.article.clone(),
        documents: words.documents.clone(),
        decides: words.decides.clone(),
        pays: words.pays.clone(),
        apply: words.place.clone(),
        affects: words.interactions.clone(),
    }
}

/// The path of a fact.
fn fact_path(fact: &Fact) -> String {
    format!("{FACTS}.{}", fact.key)
}

fn question(next: NextQuestion) -> QuestionTold {
    QuestionTold {
        question: next.question.path(),
        fields: Question::of(next.screen.settles).map(Question::path).collect(),
        asks: next.screen.code,
        why: next.why.into_iter().map(str::to_owned).collect(),
        score: next.score,
    }
}

/// A household with all that was computed of it.
struct Found<'a> {
    household: &'a Household,
    facts: &'a Facts,
    computed: Vec<Outcome>,
    rules: Vec<RuleOutcome<'a>>,
}

impl Engine {
    /// The figures, rules and words built in.
    ///
    /// # Errors
    /// Never for what is built in: a test loads it.
    pub fn built_in() -> Result<Self, PackMistake> {
        let first = |mistakes: Vec<PackMistake>| mistakes.into_iter().next();
        let rules = RuleSet::built_in().map_err(first);
        let rules =
            rules.map_err(|mistake| mistake.unwrap_or_else(|| pack_files::mistake("rules", 1, "file", "rules")))?;
        Ok(Self { pack: Pack::france()?, rules, words: Words::french()? })
    }

    /// The name of a right, for people; none for a key that is not known.
    #[must_use]
    pub fn name_of(&self, right: &str) -> Option<&str> {
        let computed = self.words.right(right).map(|words| words.name.as_str());
        computed.or_else(|| self.rules.rules().find(|rule| rule.key == right).map(|rule| rule.name.as_str()))
    }

    /// What to bring for a right; none for a key that is not known.
    #[must_use]
    pub fn documents_of(&self, right: &str) -> Option<&[String]> {
        let computed = self.words.right(right).map(|words| words.documents.as_slice());
        computed.or_else(|| self.rules.rules().find(|rule| rule.key == right).map(|rule| rule.documents.as_slice()))
    }

    /// Diagnoses a household from its answers.
    ///
    /// # Errors
    /// The first answer that is absurd.
    pub fn diagnose(&self, inputs: &serde_json_borrow::Value<'_>, now: Month) -> Result<Diagnosis, Refusal> {
        let household = read_borrowed(inputs, now, Completeness::Partial)?;
        let facts = self.rules.read_facts(inputs)?;
        self.check_standing(&household)?;
        let computed = outcomes(&self.pack, &household, now);
        let rules = self.rules.outcomes(&self.pack, &household, &facts, now, &computed);
        let found = Found { household: &household, facts: &facts, computed, rules };
        let computed = found.computed.iter().map(|outcome| {
            let stale = stale_figures(&self.pack, &household, now, outcome.right);
            (outcome.right.key.to_owned(), self.right(outcome, &household, &stale))
        });
        let rules = found.rules.iter().map(|outcome| (outcome.rule.key.clone(), self.rule(outcome, &household)));
        Ok(Diagnosis {
            pack: PackUsed {
                name: self.pack.name().to_owned(),
                hash: self.pack.hash().to_owned(),
                rules: self.rules.hash().to_owned(),
            },
            engine: ENGINE.to_owned(),
            month: now.to_string(),
            rights: computed.chain(rules).collect(),
            next: self.next(&found),
            further: self.further(&found),
        })
    }

    /// What is held or asked for has to be a right that is known.
    fn check_standing(&self, household: &Household) -> Result<(), Refusal> {
        let known =
            |key: &str| RIGHTS.iter().any(|right| right.key == key) || self.rules.rules().any(|rule| rule.key == key);
        match household.standing.iter().find(|(key, _)| !known(key)) {
            Some((key, _)) => Err(refusal(&format!("droits.{key}"), "a right of the catalogue")),
            None => Ok(()),
        }
    }

    fn right(&self, outcome: &Outcome, household: &Household, stale: &[&str]) -> RightTold {
        let (lo, hi) = outcome.amount.cents();
        let amount = |per| (outcome.right.per == per).then_some([lo, hi]);
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let mut missing: Vec<String> = Question::of(outcome.missing).map(Question::path).collect();
        if outcome.uncovered {
            missing.extend(household.uncovered.iter().cloned());
        }
        let sentence = |reason: &&str| self.words.reason(reason).map(|words| words.sentence.clone());
        RightTold {
            status: outcome.status.code().to_owned(),
            monthly_cents: amount(Per::Month),
            yearly_cents: amount(Per::Year),
            reasons: owned(&outcome.reasons),
            because: outcome.reasons.iter().filter_map(sentence).collect(),
            missing,
            stale: owned(stale),
            about: self.words.right(outcome.right.key).map(|words| about(outcome.right.theme, words)),
        }
    }

    fn rule(&self, outcome: &RuleOutcome<'_>, household: &Household) -> RightTold {
        let rule = outcome.rule;
        let mut missing: Vec<String> = Question::of(outcome.questions).map(Question::path).collect();
        missing.extend(self.rules.facts(outcome.facts).map(fact_path));
        if missing.is_empty() && outcome.status == Status::ToCheck {
            // It hangs on a computed right that waits for answers which no rule covers yet.
            missing.extend(household.uncovered.iter().cloned());
        }
        let cents =
            |yearly: bool| outcome.cents.filter(|(per, _)| (*per != RulePer::Month) == yearly).map(|(_, cents)| cents);
        RightTold {
            status: outcome.status.code().to_owned(),
            monthly_cents: cents(false),
            yearly_cents: cents(true),
            reasons: outcome.reasons.iter().map(|(code, _)| (*code).to_owned()).collect(),
            because: outcome.reasons.iter().map(|(_, sentence)| (*sentence).to_owned()).collect(),
            missing,
            stale: if outcome.stale { vec![rule.key.clone()] } else { Vec::new() },
            about: Some(About {
                name: rule.name.clone(),
                theme: rule.theme.clone(),
                article: rule.article.clone(),
                documents: rule.documents.clone(),
                decides: rule.decides.clone(),
                pays: rule.pays.clone(),
                apply: rule.place.clone(),
                affects: rule.interactions.clone(),
            }),
        }
    }

    /// What to ask for the computed rights; when they are decided, what the rules still ask of the household.
    fn next(&self, found: &Found<'_>) -> Vec<QuestionTold> {
        let household = found.household;
        let next = next_questions(household, &found.computed);
        if !next.is_empty() {
            return next.into_iter().map(question).collect();
        }
        let silent = household.refused | household.not_known;
        let undecided = || found.rules.iter().filter(|outcome| outcome.status.is_open());
        let open = undecided().fold(0, |open, outcome| open | outcome.questions) & !silent;
        let told = |screen: Screen| {
            let hanging = undecided().filter(|outcome| outcome.questions & screen.settles != 0);
            let why: Vec<String> = hanging.map(|outcome| outcome.rule.key.clone()).collect();
            Some(QuestionTold {
                question: Question::of(screen.settles).next()?.path(),
                fields: Question::of(screen.settles).map(Question::path).collect(),
                score: why.len() as f64 / f64::from(screen.seconds * screen.intrusion),
                asks: screen.code,
                why,
            })
        };
        best_first(screens(open, household.told_in_part).into_iter().filter_map(told).collect())
    }

    fn further(&self, found: &Found<'_>) -> Vec<QuestionTold> {
        let undecided = || found.rules.iter().filter(|outcome| outcome.status.is_open());
        let open = undecided().fold(0, |open, outcome| open | outcome.facts) & !found.facts.silent();
        let told = |(place, fact): (usize, &Fact)| {
            let hanging = undecided().filter(|outcome| outcome.facts >> place & 1 == 1);
            let why: Vec<String> = hanging.map(|outcome| outcome.rule.key.clone()).collect();
            QuestionTold {
                question: fact_path(fact),
                asks: fact.question.clone(),
                fields: vec![fact_path(fact)],
                score: why.len() as f64 / f64::from(fact.seconds * fact.intrusion),
                why,
            }
        };
        best_first(self.rules.numbered_facts(open).map(told).collect())
    }

    /// Every right of a household in plain words.
    ///
    /// # Errors
    /// The first answer that is absurd.
    pub fn explain(&self, inputs: &Value, now: Month) -> Result<String, Refusal> {
        let computed = self.words.explain(&self.pack, inputs, now)?;
        let told = self.diagnose(&serde_json_borrow::Value::from(inputs), now)?;
        let rules = told.rights.iter().filter(|(key, _)| RIGHTS.iter().all(|right| right.key != *key));
        let lines: Vec<String> = rules.map(|(_, told)| self.words.explain_rule(told)).collect();
        Ok(format!("{computed}\n{}", lines.join("\n")))
    }
}

fn best_first(mut questions: Vec<QuestionTold>) -> Vec<QuestionTold> {
    questions.sort_by(|one, other| other.score.total_cmp(&one.score).then_with(|| one.question.cmp(&other.question)));
    questions
}

/// A diagnosis that was kept, with the answers it was made from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stored {
    /// The answers.
    pub inputs: Value,
    /// What was told.
    #[serde(flatten)]
    pub diagnosis: Diagnosis,
}

/// Why a stored diagnosis cannot be replayed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayRefusal {
    /// No kept pack has that hash.
    #[error("{0} is not among the kept packs and rules")]
    PackNotKept(String),
    /// Its month is none.
    #[error("month: {0}")]
    Month(String),
    /// Its answers are not taken.
    #[error("{0}")]
    Answers(#[from] Refusal),
}

impl Stored {
    /// Diagnoses the same answers again with the figures and rules of then; the keys of the rights that come out otherwise.
    ///
    /// # Errors
    /// What it was made with is not kept, or the answers are no longer taken.
    pub fn replay(&self, kept: &[Engine]) -> Result<Vec<String>, ReplayRefusal> {
        let used = &self.diagnosis.pack;
        let same = |engine: &&Engine| engine.pack.hash() == used.hash && engine.rules.hash() == used.rules;
        let engine = kept.iter().find(same);
        let engine = engine.ok_or_else(|| ReplayRefusal::PackNotKept(format!("{} ({})", used.name, used.hash)))?;
        self.against(engine)
    }

    /// The keys of the rights that other figures or rules would tell otherwise: what "à revoir" is shown on.
    ///
    /// # Errors
    /// The answers are no longer taken.
    pub fn against(&self, engine: &Engine) -> Result<Vec<String>, ReplayRefusal> {
        let month = &self.diagnosis.month;
        let now = Month::parse(month).ok_or_else(|| ReplayRefusal::Month(month.clone()))?;
        let again = engine.diagnose(&serde_json_borrow::Value::from(&self.inputs), now)?;
        let keys = self.diagnosis.rights.keys().chain(again.rights.keys());
        let mut differ: Vec<String> =
            keys.filter(|key| !same(self.diagnosis.rights.get(*key), again.rights.get(*key))).cloned().collect();
        differ.sort_unstable();
        differ.dedup();
        Ok(differ)
    }
}

/// The same result, whatever is said about where to apply.
fn same(one: Option<&RightTold>, other: Option<&RightTold>) -> bool {
    let bare = |told: &RightTold| RightTold { about: None, stale: Vec::new(), because: Vec::new(), ..told.clone() };
    one.map(bare) == other.map(bare)
}
