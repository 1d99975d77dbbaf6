//! What to ask next: of all that is unanswered, what removes most undecided rights and euros for the time it takes and the
//! intrusion it is.

use crate::answers::Household;
use crate::catalogue::Per;
use crate::partial::Outcome;
use crate::question::{Question, Screen, screens};

/// What to ask, and what it is worth.
#[derive(Debug, Clone)]
pub struct NextQuestion {
    /// One field, or fields that one question settles together.
    pub screen: Screen,
    /// Its field that bears on most.
    pub question: Question,
    /// Keys of the undecided rights it bears on.
    pub why: Vec<&'static str>,
    /// Undecided rights and euros a year for each second and degree of intrusion.
    pub score: f64,
}

/// What an undecided right weighs: one, and one more for each thousand euros a year between its bounds.
fn weight(outcome: &Outcome) -> f64 {
    let (lo, hi) = outcome.amount.cents();
    let yearly = match outcome.right.per {
        Per::Month => 12.0,
        Per::Year => 1.0,
        Per::Nothing => 0.0,
    };
    1.0 + (hi - lo) as f64 / 100.0 * yearly / 1000.0
}

/// How fast the worth of a question falls with the number of questions a right still hangs on. Of 1, 2, 3, 4, 6, 8 and 12,
/// this one finds most euros in eight questions (examples/efficiency.rs).
const NEARNESS_POWER: i32 = 6;

/// What a question is worth at least to a right that its answer most often closes alone. Of 0, 0.01, 0.1 and 0.5, the one
/// that decides most rights in eight questions.
const GATE_WORTH: f64 = 0.1;

/// An undecided right, and what one more answer is worth to it: little while it hangs on many others, so that asking
/// finishes one right before it turns to the next.
struct Undecided<'a> {
    outcome: &'a Outcome,
    worth: f64,
}

/// The questions that may still change a status, best first; none when nothing more would.
#[must_use]
pub fn next_questions(household: &Household, outcomes: &[Outcome]) -> Vec<NextQuestion> {
    let undecided: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.status.is_open()).collect();
    let silent = household.refused | household.not_known;
    let open = undecided.iter().fold(0, |open, outcome| open | outcome.missing) & !silent;
    let screens = screens(open, household.told_in_part);
    let undecided: Vec<Undecided<'_>> = undecided
        .into_iter()
        .map(|outcome| {
            let hangs_on = screens.iter().filter(|screen| screen.settles & outcome.missing != 0).count();
            let nearness = (hangs_on.max(1) as f64).powi(NEARNESS_POWER);
            Undecided { outcome, worth: weight(outcome) / nearness }
        })
        .collect();
    let mut questions: Vec<NextQuestion> = screens.into_iter().filter_map(|screen| worth(screen, &undecided)).collect();
    questions.sort_by(|one, other| other.score.total_cmp(&one.score).then(one.question.cmp(&other.question)));
    questions
}

fn worth(screen: Screen, undecided: &[Undecided<'_>]) -> Option<NextQuestion> {
    let hanging = |bits| undecided.iter().filter(move |right| right.outcome.missing & bits != 0);
    let of = |right: &Undecided<'_>, bits| {
        let gates = right.outcome.right.gates;
        let closes =
            Question::of(right.outcome.missing & bits).any(|question| gates.contains(&question.asking().field));
        if closes { right.worth.max(GATE_WORTH) } else { right.worth }
    };
    let gain = |bits| hanging(bits).map(|right| of(right, bits)).sum::<f64>();
    let question = Question::of(screen.settles)
        .map(|question| (gain(question.bit()), question))
        .reduce(|best, other| if other.0 > best.0 { other } else { best })?
        .1;
    Some(NextQuestion {
        question,
        why: hanging(screen.settles).map(|right| right.outcome.right.key).collect(),
        score: gain(screen.settles) / f64::from(screen.seconds * screen.intrusion),
        screen,
    })
}
