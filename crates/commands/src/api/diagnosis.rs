//! The diagnosis of rights: one micro-question after another, and what is told of each right.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `start_diagnosis`: goes on with the one that is open here, if any.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct StartDiagnosis {
    /// Door id.
    pub door: String,
    /// Household id; empty without an agreement: the diagnosis then hangs on a slip and on no door.
    pub household: String,
    /// Eight questions, not all of them.
    pub quick: bool,
}

/// `diagnosis`, `continue_diagnosis`, `close_diagnosis`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct DiagnosisRequest {
    /// Diagnosis id.
    pub diagnosis: String,
    /// A question answered before, to look at it again; empty for the next one.
    #[serde(default)]
    #[ts(optional, as = "Option<String>")]
    pub question: String,
}

/// `answer_question`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct AnswerQuestion {
    /// Diagnosis id.
    pub diagnosis: String,
    /// The question's name.
    pub question: String,
    /// Codes of the choices tapped.
    #[serde(default)]
    pub choices: Vec<String>,
    /// An amount in euros, a year or a number typed on the pad.
    #[serde(default)]
    pub typed: Option<u32>,
    /// `unknown` or `refused` when nothing was tapped or typed, else empty.
    #[serde(default)]
    pub silence: String,
    /// The question was looked at again: what is answered replaces what was.
    #[serde(default)]
    pub again: bool,
}

/// `right`.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct RightRequest {
    /// Diagnosis id.
    pub diagnosis: String,
    /// Key of the right.
    pub right: String,
}

/// `say_of_right`: what is given replaces, what is absent stays.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
#[serde(deny_unknown_fields)]
pub struct SayOfRight {
    /// Diagnosis id.
    pub diagnosis: String,
    /// Key of the right.
    pub right: String,
    /// `held`, `in_progress`, or empty for neither.
    pub standing: Option<String>,
    /// Why it was not taken up: `non_connaissance`, `non_demande`, `non_reception`, `non_proposition`, or empty.
    pub non_take_up: Option<String>,
    /// The motive, one of those of the type, or empty.
    pub motive: Option<String>,
    /// What became of it: `asked`, `granted`, `refused`, `nothing`, or empty.
    pub follow_up: Option<String>,
    /// What is received a month when granted, in cents.
    #[ts(type = "number | null")]
    pub monthly_cents: Option<i64>,
}

/// One of the answers to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct ChoiceView {
    /// Its code.
    pub code: String,
    /// Least of a band, in the unit of the question.
    pub min: Option<u32>,
    /// Most of a band; none beside a least: no most.
    pub max: Option<u32>,
    /// It was tapped before.
    pub chosen: bool,
}

/// A question, as it is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct QuestionView {
    /// Its name, to answer it.
    pub question: String,
    /// The key of its words, `fait` when the sentence comes along.
    pub key: String,
    /// The sentence, for a question of the rules.
    pub sentence: Option<String>,
    /// `household`, `adult`, `child`, `children`.
    pub whom: String,
    /// Which adult or child, from 1; 0 when it is about all.
    pub person: u32,
    /// How many adults or children there are.
    pub people: u32,
    /// `one`, `several`, `pad`.
    pub shape: String,
    /// What bands and numbers count: `words`, `euros`, `age`, `year`, `month`, `lasted`, `count`, `child`.
    pub unit: String,
    /// The answers.
    pub choices: Vec<ChoiceView>,
    /// An amount may be typed up to this.
    pub typed_up_to: Option<u32>,
    /// It was answered with « je ne sais pas », or not told.
    pub silent: bool,
    /// It is looked at again, after it was answered.
    pub again: bool,
    /// False for what is told at the door and never written down.
    pub kept: bool,
}

/// A right, in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct RightLine {
    /// Its key.
    pub right: String,
    /// Its name.
    pub name: String,
    /// `held`, `claimable`, `not_claimable`, `in_progress`, `to_check`, `not_asked`, `declined_to_say`.
    pub status: String,
    /// Lowest and highest amount a month, in cents.
    #[ts(type = "[number, number] | null")]
    pub monthly: Option<[i64; 2]>,
    /// Lowest and highest amount a year, in cents.
    #[ts(type = "[number, number] | null")]
    pub yearly: Option<[i64; 2]>,
    /// Who decides.
    pub decides: String,
    /// The figures, or the rule, were not compared with their source lately: "barème à vérifier".
    pub stale: bool,
    /// Why it was not taken up, when told.
    pub non_take_up: String,
    /// What became of it, when told.
    pub follow_up: String,
}

/// A diagnosis, as the screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct DiagnosisView {
    /// Diagnosis id.
    pub id: String,
    /// Household id, when there is an agreement.
    pub household: Option<String>,
    /// The code of the slip, `K7F2-9QXM-4`; empty when it is a household's.
    pub slip: String,
    /// The code as a picture (SVG); empty when it is a household's, and while a question is asked.
    pub slip_qr: String,
    /// The door where it is under way, when this tablet knows.
    pub door: Option<String>,
    /// "12 allée de Milan · Escalier C · 402", when the door is known.
    pub place_name: String,
    /// Eight questions, not all of them.
    pub quick: bool,
    /// It is closed: the rights are those that were told then.
    pub closed: bool,
    /// When it began (instant).
    pub started_at: String,
    /// The question to show; none when nothing more is to be asked now.
    pub question: Option<QuestionView>,
    /// Questions answered so far, in their order.
    pub asked: Vec<String>,
    /// About how many more there are.
    pub left: u32,
    /// A pause: more could be asked, after the eight questions or after those of the rights with an amount.
    pub more: bool,
    /// Every right, the likeliest first.
    pub rights: Vec<RightLine>,
    /// Rights that a newer pack of figures would tell otherwise: "à revoir".
    pub to_review: Vec<String>,
    /// The month of the figures, `2026-11`.
    pub month: String,
}

/// What to do with a right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct RightSheet {
    /// As the list shows it.
    pub line: RightLine,
    /// Household of the diagnosis; empty when it hangs on a slip.
    pub household: String,
    /// Door of the household; empty when it hangs on a slip.
    pub door: String,
    /// Why not, in plain words.
    pub because: Vec<String>,
    /// Its theme code.
    pub theme: String,
    /// Its article of law, or its rule.
    pub article: String,
    /// What to bring.
    pub documents: Vec<String>,
    /// Who pays.
    pub pays: String,
    /// Where to apply.
    pub apply: String,
    /// What taking it changes elsewhere.
    pub affects: Vec<String>,
    /// The motive for not taking it up, when told.
    pub motive: String,
    /// When something became of it (instant).
    pub follow_up_at: Option<String>,
    /// What is received a month, in cents, when granted and told.
    #[ts(type = "number | null")]
    pub monthly_cents: Option<i64>,
    /// The diagnosis is closed: what the household has already is not changed any more.
    pub closed: bool,
}

/// A diagnosis of a household, in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(export_to = "field.ts")]
pub struct DiagnosisLine {
    /// Diagnosis id.
    pub id: String,
    /// When it began (instant).
    pub started_at: String,
    /// It is still under way.
    pub open: bool,
}
