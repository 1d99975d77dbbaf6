//! A file of rules as it is written: rights that a coordinator may add, date, correct and withdraw without a build.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::explain::Interaction;

/// Version of the format.
pub const FORMAT: u32 = 1;

/// A file of rules.
#[derive(Debug, Clone, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct RulesFile {
    /// Version of the format: 1.
    pub format: u32,
    /// Its name.
    pub name: String,
    /// Codes of the communes (INSEE) it holds for; empty for the whole country.
    pub communes: Vec<String>,
    /// What is asked beyond the answers of every household.
    pub facts: Vec<Fact>,
    /// The rights.
    pub rights: Vec<Rule>,
}

/// A question of a file of rules; its answer stands under `faits`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// The field under `faits`.
    pub key: String,
    /// The question, in plain words.
    pub question: String,
    /// What it may be answered with.
    pub answer: AnswerKind,
    /// Seconds it takes on a landing.
    pub seconds: u32,
    /// 1 anybody tells, 2 private, 3 sensitive, 4 never first.
    pub intrusion: u32,
}

/// What a fact may be.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AnswerKind {
    /// Yes or no.
    YesNo,
    /// A number between these.
    Number {
        /// Least.
        min: i32,
        /// Most.
        max: i32,
    },
}

/// Over what time the amount of a rule is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RulePer {
    /// A month.
    Month,
    /// A year.
    Year,
    /// Paid once; counted with the year.
    Once,
}

/// An amount, as far as the rule tells it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleAmount {
    /// Over what time.
    pub per: RulePer,
    /// Lowest and highest, in cents.
    pub cents: [i64; 2],
}

/// A right.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its key on the wire.
    pub key: String,
    /// Its name.
    pub name: String,
    /// A code of `RightTheme`.
    pub theme: String,
    /// First day in force.
    pub from: String,
    /// Last day in force; none: still.
    pub until: Option<String>,
    /// Day and cause of its withdrawal.
    #[serde(default)]
    pub withdrawn: Option<Withdrawn>,
    /// Its article of law or its internal rule.
    pub article: String,
    /// Where it was read.
    pub source: String,
    /// When somebody last compared it with that source; none: never.
    pub checked_on: Option<String>,
    /// Its amount; none for a right without one.
    #[serde(default)]
    pub amount: Option<RuleAmount>,
    /// All of them must hold.
    pub conditions: Vec<Condition>,
    /// What to bring.
    pub documents: Vec<String>,
    /// Who decides.
    pub decides: String,
    /// Who pays.
    pub pays: String,
    /// Where to apply.
    #[serde(rename = "where")]
    pub place: String,
    /// What taking it changes elsewhere.
    #[serde(default)]
    pub interactions: Vec<Interaction>,
}

/// Why a right is no longer told.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// The day.
    pub on: String,
    /// The cause.
    pub why: String,
}

/// One condition and what is said when it is not met.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// The code of the reason.
    pub code: String,
    /// The sentence.
    pub sentence: String,
    /// An administrative barrier rather than a rule about needs.
    #[serde(default)]
    pub administrative: bool,
    /// When it is met.
    pub when: Expression,
}

/// A condition in Kleene's logic.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// Every one.
    All(Vec<Expression>),
    /// At least one.
    Any(Vec<Expression>),
    /// The contrary.
    Not(Box<Expression>),
    /// A yes-or-no answer is yes.
    Yes(String),
    /// An answer is one of these words.
    Is(Is),
    /// A number against a bound.
    Compare(Compare),
    /// How many persons of the household meet a condition.
    Count(Count),
    /// A computed right is claimable or held.
    Outcome(String),
}

/// An answer among words.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Is {
    /// The answer.
    pub field: String,
    /// The words.
    pub one_of: Vec<String>,
}

/// A number against bounds; those that are told must all hold.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compare {
    /// The answer.
    pub field: String,
    /// Not less than.
    #[serde(default)]
    pub at_least: Option<Bound>,
    /// Not more than.
    #[serde(default)]
    pub at_most: Option<Bound>,
    /// Less than.
    #[serde(default)]
    pub below: Option<Bound>,
}

/// A bound: a number as text, or a figure of the pack.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Bound {
    /// A decimal number as text, `"1363.60"`.
    Number(String),
    /// A figure of the pack, times a number.
    Figure(FigureBound),
}

/// A figure of the pack, times a number.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FigureBound {
    /// Its key.
    pub figure: String,
    /// The number, as text.
    pub times: String,
}

/// How many persons.
#[derive(Debug, Clone, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Count {
    /// Which of them.
    pub of: Persons,
    /// What each must meet; its fields are those of the person.
    #[serde(rename = "where")]
    pub condition: Box<Expression>,
    /// How many at least.
    pub at_least: u8,
}

/// Which persons of the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Persons {
    /// The adults.
    Adults,
    /// The children.
    Children,
    /// Both.
    Everybody,
}

/// The JSON Schema of a file of rules: what an editor shows while one is written.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(RulesFile).to_value()
}
