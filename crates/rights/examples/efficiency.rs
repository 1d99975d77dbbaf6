//! How soon asking leads somewhere: the engine's next question against three orders fixed beforehand.
//!
//! `cargo run --release -p palier-rights --example efficiency -- dev.jsonl 10` (every tenth household)

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a measure, not a product")]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/rights/hiding.rs"]
mod hiding;

use palier_rights::month::Month;
use palier_rights::pack::Pack;
use palier_rights::next::next_questions;
use palier_rights::partial::{Outcome, Per, outcomes};
use palier_rights::question::Question;
use palier_rights::reading::{Completeness, read};
use serde_json::Value;

const NOVEMBER: Month = Month::of(2026, 11);
/// Questions a mediator asks on a landing before people tire.
const LANDING: usize = 8;

#[derive(Debug, Clone, Copy)]
enum Order {
    Engine,
    Readme,
    Cheapest,
    MostRights,
}

const ORDERS: [Order; 4] = [Order::Engine, Order::Readme, Order::Cheapest, Order::MostRights];

#[derive(Default)]
struct Figures {
    households: f64,
    questions: f64,
    seconds: f64,
    decided: f64,
    euros: f64,
    euros_true: f64,
}

/// Euros a year that are certain.
fn certain(outcomes: &[Outcome]) -> f64 {
    let yearly = |outcome: &Outcome| match outcome.right.per {
        Per::Month => 12.0 * outcome.amount.cents().0 as f64,
        Per::Year => outcome.amount.cents().0 as f64,
        Per::Nothing => 0.0,
    };
    outcomes.iter().map(yearly).sum::<f64>() / 100.0
}

fn partial(pack: &Pack, hidden: &Value) -> (Vec<Outcome>, Vec<(Question, usize)>) {
    let household = read(hidden, NOVEMBER, Completeness::Partial).unwrap();
    let outcomes = outcomes(pack, &household, NOVEMBER);
    let next = next_questions(&household, &outcomes);
    (outcomes, next.into_iter().map(|next| (next.question, next.why.len())).collect())
}

/// The questions of a household in a fixed order, drawn before anything is known.
fn fixed(order: Order, mut questions: Vec<(Question, usize)>) -> Vec<Question> {
    let cost = |question: &Question| question.asking().seconds * question.asking().intrusion;
    match order {
        Order::Engine => return Vec::new(),
        Order::Readme => questions.sort_by_key(|(question, _)| *question),
        Order::Cheapest => questions.sort_by_key(|(question, _)| (cost(question), *question)),
        Order::MostRights => questions.sort_by_key(|(question, rights)| (usize::MAX - rights, *question)),
    }
    questions.into_iter().map(|(question, _)| question).collect()
}

/// Asks until every status is decided. A fixed order passes over what no longer matters, so that the comparison is fair.
fn ask(pack: &Pack, full: &Value, order: Order, figures: &mut Figures) {
    let mut hidden = hiding::hide_all(full);
    let (mut found, mut open) = partial(pack, &hidden);
    let order = fixed(order, open.clone());
    let mut asked = 0;
    while let Some((best, _)) = open.first().copied() {
        let in_order = order.iter().copied().find(|question| open.iter().any(|(other, _)| other == question));
        let question = in_order.unwrap_or(best);
        hiding::answer(&mut hidden, full, question);
        figures.questions += 1.0;
        figures.seconds += f64::from(question.asking().seconds);
        asked += 1;
        (found, open) = partial(pack, &hidden);
        if asked == LANDING {
            score(&found, figures);
        }
    }
    if asked < LANDING {
        score(&found, figures);
    }
    figures.euros_true += certain(&outcomes(pack, &read(full, NOVEMBER, Completeness::Full).unwrap(), NOVEMBER));
    figures.households += 1.0;
}

fn score(found: &[Outcome], figures: &mut Figures) {
    let decided = found.iter().filter(|outcome| !outcome.status.is_open()).count();
    figures.decided += decided as f64 / found.len() as f64;
    figures.euros += certain(found);
}

fn main() {
    let path = std::env::args().nth(1).unwrap_or_else(|| panic!("the file of households"));
    let every = std::env::args().nth(2).and_then(|every| every.parse().ok()).unwrap_or(1);
    let text = std::fs::read_to_string(&path).unwrap();
    let pack = Pack::france().unwrap();
    for order in ORDERS {
        let mut figures = Figures::default();
        for line in text.lines().step_by(every) {
            let record: Value = serde_json::from_str(line).unwrap();
            if read(&record["inputs"], NOVEMBER, Completeness::Full).is_ok() {
                ask(&pack, &record["inputs"], order, &mut figures);
            }
        }
        eprintln!(
            "{order:?}: {:.1} questions and {:.0} s until all is decided; after {LANDING}: {:.1} % of rights decided, {:.1} % of euros found",
            figures.questions / figures.households,
            figures.seconds / figures.households,
            100.0 * figures.decided / figures.households,
            100.0 * figures.euros / figures.euros_true,
        );
    }
}
