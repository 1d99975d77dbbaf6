//! The conversation on a landing: one micro-question after another, each answered by a tap, and what the engine makes of them.
//!
//! What it is: which question comes next ([`Interview::step`]), what it may be answered with ([`Asked`]), and what an answer
//! says to the engine ([`Interview::answer`]). Answers are kept as [`Told`]: ranges in the engine's own shape, so that what
//! was kept is diagnosed again as it was, whatever the questions look like by then.
//!
//! What it is not: words. A question is a key; screens have the sentence in each language.

mod answer;
mod ranges;
mod table;
mod told;

pub use answer::{Grade, NotAnAnswer, Reply, Silence, grade};
pub use table::{Asked, Choice, KEYS, Shape, Unit, Whom, keys_with_codes};
pub use told::{Told, inputs, paths};

use crate::month::Day;
use crate::reading::Refusal;
use crate::told::{Diagnosis, Engine, QuestionTold};

/// Whose answers are asked for, and when.
#[derive(Debug, Clone, Copy)]
pub struct Interview<'a> {
    /// Figures, rules and words.
    pub engine: &'a Engine,
    /// The day of the interview, on which ages are told.
    pub day: Day,
    /// The month of a birth may be asked: an agreement lets the file name people. Without it a year is all that is asked.
    pub birth_months: bool,
    /// What was told as a band is asked again, closer, where that decides. Not in eight questions: these go round.
    pub closer: bool,
}

/// Where an interview stands.
#[derive(Debug, Clone)]
pub struct Step {
    /// What the answers so far say of each right.
    pub diagnosis: Diagnosis,
    /// The next question; none when no answer would change anything more.
    pub next: Option<Asked>,
    /// About how many more there are, with that one: of the rights with an amount while there are any, else of the others.
    pub left: usize,
    /// The rights with an amount are as decided as they can be: what is left is asked by the rules.
    pub further: bool,
}

impl Interview<'_> {
    /// The next question after these answers, and what they say of each right.
    ///
    /// # Errors
    /// An answer that the engine does not take.
    pub fn step(&self, told: &[Told]) -> Result<Step, Refusal> {
        let inputs = inputs(told);
        let diagnosis = self.engine.diagnose(&serde_json_borrow::Value::from(&inputs), self.day.month)?;
        if let Some(opening) = self.opening(told) {
            let left = 1 + diagnosis.next.len();
            return Ok(Step { diagnosis, next: Some(opening), left, further: false });
        }
        let open = |questions: &[QuestionTold]| -> Vec<Asked> {
            questions.iter().filter_map(|question| self.asked_next(question, told)).collect()
        };
        let mut asked = open(&diagnosis.next);
        let further = asked.is_empty();
        if further {
            asked = open(&diagnosis.further);
        }
        let left = asked.len();
        Ok(Step { next: asked.into_iter().next(), left, further, diagnosis })
    }

    /// Who lives there and what comes in already: without the first nothing can be asked, the second spares most questions.
    fn opening(&self, told: &[Told]) -> Option<Asked> {
        let said = |question: &str| told.iter().any(|one| one.question == question);
        let children_open = told.iter().any(|one| one.question == "menage" && one.value.get("enfants").is_none());
        let question = match () {
            () if !said("menage") => "menage",
            () if children_open && !said("enfants") => "enfants",
            () if !said("droits") => "droits",
            () => return None,
        };
        self.ask(question, told)
    }

    /// The engine's question as it is asked; none when it was told as well as it can be.
    fn asked_next(&self, question: &QuestionTold, told: &[Told]) -> Option<Asked> {
        let asked = self.ask(&table::question_of(question)?, told)?;
        let settled = told.iter().any(|one| one.question == asked.question && (one.no_closer || !self.closer));
        (!settled && !asked.choices.is_empty()).then_some(asked)
    }

    /// A question by its name, with the answers that still make a difference after what was told.
    #[must_use]
    pub fn ask(&self, question: &str, told: &[Told]) -> Option<Asked> {
        table::asked(self, question, told)
    }
}
