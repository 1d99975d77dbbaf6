//! A diagnosis as it is told, stored and replayed: one JSON object, the same for the command line and the app.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answers::Household;
use crate::catalogue::Per;
use crate::explain::{Interaction, RightWords, Words, stale_figures};
use crate::month::Month;
use crate::next::{NextQuestion, next_questions};
use crate::pack::Pack;
use crate::partial::{Outcome, outcomes};
use crate::question::Question;
use crate::reading::{Completeness, Refusal, read};

/// The version of the rules as code; a stored diagnosis names the one that made it.
pub const ENGINE: &str = env!("CARGO_PKG_VERSION");

/// The pack that a diagnosis rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackUsed {
    /// Its name.
    pub name: String,
    /// BLAKE3 of its files.
    pub hash: String,
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
    /// Paths of the answers that would decide, or that a person has to check.
    pub missing: Vec<String>,
    /// Keys of the figures to be checked ("barème à vérifier").
    pub stale: Vec<String>,
    /// What to do with it; not part of what a replay compares.
    #[serde(flatten)]
    pub about: Option<About>,
}

/// What to do with a right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
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
}

fn about(theme: &str, words: &RightWords) -> About {
    About {
        theme: theme.to_owned(),
        article: words.article.clone(),
        documents: words.documents.clone(),
        decides: words.decides.clone(),
        pays: words.pays.clone(),
        apply: words.place.clone(),
        affects: words.interactions.clone(),
    }
}

fn right(outcome: &Outcome, household: &Household, stale: &[&str], words: &Words) -> RightTold {
    let (lo, hi) = outcome.amount.cents();
    let amount = |per| (outcome.right.per == per).then_some([lo, hi]);
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    let mut missing: Vec<String> = Question::of(outcome.missing).map(Question::path).collect();
    if outcome.uncovered {
        missing.extend(household.uncovered.iter().cloned());
    }
    RightTold {
        status: outcome.status.code().to_owned(),
        monthly_cents: amount(Per::Month),
        yearly_cents: amount(Per::Year),
        reasons: owned(&outcome.reasons),
        missing,
        stale: owned(stale),
        about: words.right(outcome.right.key).map(|words| about(outcome.right.theme, words)),
    }
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

impl Diagnosis {
    /// Of a household, told in these words.
    #[must_use]
    pub fn of(pack: &Pack, household: &Household, now: Month, words: &Words) -> Self {
        let outcomes = outcomes(pack, household, now);
        let told = |outcome: &Outcome| {
            let stale = stale_figures(pack, household, now, outcome.right);
            (outcome.right.key.to_owned(), right(outcome, household, &stale, words))
        };
        Self {
            pack: PackUsed { name: pack.name().to_owned(), hash: pack.hash().to_owned() },
            engine: ENGINE.to_owned(),
            month: now.to_string(),
            rights: outcomes.iter().map(told).collect(),
            next: next_questions(household, &outcomes).into_iter().map(question).collect(),
        }
    }
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
    #[error("pack {0} is not among the kept packs")]
    PackNotKept(String),
    /// Its month is none.
    #[error("month: {0}")]
    Month(String),
    /// Its answers are not taken.
    #[error("{0}")]
    Answers(#[from] Refusal),
}

impl Stored {
    /// Diagnoses the same answers again with the pack of then; the keys of the rights that come out otherwise.
    ///
    /// # Errors
    /// The pack is not among those kept, or the answers are no longer taken.
    pub fn replay(&self, kept: &[Pack], words: &Words) -> Result<Vec<String>, ReplayRefusal> {
        let used = &self.diagnosis.pack;
        let pack = kept.iter().find(|pack| pack.hash() == used.hash);
        let pack = pack.ok_or_else(|| ReplayRefusal::PackNotKept(format!("{} ({})", used.name, used.hash)))?;
        self.against(pack, words)
    }

    /// The keys of the rights that another pack would tell otherwise: what "à revoir" is shown on.
    ///
    /// # Errors
    /// The answers are no longer taken.
    pub fn against(&self, pack: &Pack, words: &Words) -> Result<Vec<String>, ReplayRefusal> {
        let month = &self.diagnosis.month;
        let now = Month::parse(month).ok_or_else(|| ReplayRefusal::Month(month.clone()))?;
        let household = read(&self.inputs, now, Completeness::Partial)?;
        let again = Diagnosis::of(pack, &household, now, words);
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
    let bare = |told: &RightTold| RightTold { about: None, stale: Vec::new(), ..told.clone() };
    one.map(bare) == other.map(bare)
}
