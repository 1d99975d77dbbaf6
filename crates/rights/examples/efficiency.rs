//! How soon asking leads somewhere: the engine's next question against three orders fixed beforehand.
//!
//! `cargo run --release -p palier-rights --example efficiency -- dev.jsonl 10` (every tenth household)

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a measure, not a product")]

#[allow(dead_code, reason = "the tests use the rest")]
#[path = "../tests/rights/hiding.rs"]
mod hiding;

use palier_rights::catalogue::Per;
use palier_rights::month::Month;
use palier_rights::next::{NextQuestion, next_questions};
use palier_rights::pack::Pack;
use palier_rights::partial::{Outcome, outcomes};
use palier_rights::question::{ADULT, CHILD, HOUSEHOLD, Question, Screen};
use palier_rights::reading::{Completeness, read};
use serde_json::Value;

const NOVEMBER: Month = Month::of(2026, 11);
/// Questions a mediator asks on a landing before people tire.
const LANDING: usize = 8;

/// How the next question is found.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Order {
    /// The engine's, several fields together where one question settles them.
    Engine,
    /// The engine's, one field at a time.
    EngineByField,
    /// The order of the data README.
    Readme,
    /// Fewest seconds and degrees of intrusion first.
    Cheapest,
    /// What most rights hang on before anything is known first.
    MostRights,
}

/// Each order, and whether it passes over what no longer matters (a fixed list does not, unless the engine tells it).
const ORDERS: [(Order, bool); 8] = [
    (Order::Engine, true),
    (Order::EngineByField, true),
    (Order::Readme, false),
    (Order::Cheapest, false),
    (Order::MostRights, false),
    (Order::Readme, true),
    (Order::Cheapest, true),
    (Order::MostRights, true),
];

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

fn partial(pack: &Pack, hidden: &Value) -> (Vec<Outcome>, Vec<NextQuestion>) {
    let household = read(hidden, NOVEMBER, Completeness::Partial).unwrap();
    let outcomes = outcomes(pack, &household, NOVEMBER);
    let next = next_questions(&household, &outcomes);
    (outcomes, next)
}

/// The questions of a household in a fixed order, drawn before anything is known: all of them, whoever lives there.
fn fixed(order: Order, open: &[NextQuestion], full: &Value) -> Vec<Question> {
    let people = |field: &str| full[field].as_array().unwrap().len();
    let mut questions: Vec<Question> = (0..HOUSEHOLD.len()).map(Question::household).collect();
    for adult in 0..people("adultes") {
        questions.extend((0..ADULT.len()).map(|line| Question::adult(adult, line)));
    }
    for child in 0..people("enfants") {
        questions.extend((0..CHILD.len()).map(|line| Question::child(child, line)));
    }
    let cost = |question: &Question| question.asking().seconds * question.asking().intrusion;
    let rights = |question: &Question| {
        open.iter().filter(|next| next.screen.settles & question.bit() != 0).map(|next| next.why.len()).sum::<usize>()
    };
    match order {
        Order::Engine | Order::EngineByField => return Vec::new(),
        Order::Readme => {}
        Order::Cheapest => questions.sort_by_key(|question| (cost(question), *question)),
        Order::MostRights => questions.sort_by_key(|question| (usize::MAX - rights(question), *question)),
    }
    questions
}

/// What a person answers to a screen: an income that is there is told as "some" first, its amount is another question.
fn answer_screen(hidden: &mut Value, full: &Value, screen: &Screen) {
    for question in Question::of(screen.settles) {
        hiding::answer(hidden, full, question);
        if screen.code.ends_with(".revenus") {
            hiding::blur(hidden, question);
        }
    }
}

/// Asks until every status is decided.
fn ask(pack: &Pack, full: &Value, (order, passes_over): (Order, bool), figures: &mut Figures) {
    let mut hidden = hiding::hide_all(full);
    let (mut found, mut open) = partial(pack, &hidden);
    let mut list = fixed(order, &open, full).into_iter();
    let mut asked = 0;
    while let Some(best) = open.first() {
        let asking = if order == Order::Engine {
            answer_screen(&mut hidden, full, &best.screen);
            best.screen.seconds
        } else {
            let matters = |question: &Question| open.iter().any(|next| next.screen.settles & question.bit() != 0);
            let question = list.find(|question| !passes_over || matters(question)).unwrap_or(best.question);
            hiding::answer(&mut hidden, full, question);
            question.asking().seconds
        };
        figures.questions += 1.0;
        figures.seconds += f64::from(asking);
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
            "{:?}{}: {:.1} questions and {:.0} s until all is decided; after {LANDING}: {:.1} % of rights decided, {:.1} % of euros found",
            order.0,
            if order.1 { "" } else { " as listed" },
            figures.questions / figures.households,
            figures.seconds / figures.households,
            100.0 * figures.decided / figures.households,
            100.0 * figures.euros / figures.euros_true,
        );
    }
}
