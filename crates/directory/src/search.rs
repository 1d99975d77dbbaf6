//! What answers a need, from a place, at an instant.

use chrono::NaiveDate;
use palier_domain::fold;

use crate::distance::Place;
use crate::entry::Entry;
use crate::schedule::{Span, State, Status, local};

/// Which service comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The nearest first, open or not.
    Nearest,
    /// The open ones first, then the unknown ones, then the closed ones; the nearest first among each.
    OpenFirst,
}

/// What is asked.
#[derive(Debug, Clone)]
pub struct Query {
    /// Themes or families of data·inclusion; one is enough, none takes every service.
    pub needs: Vec<String>,
    /// Words of the name or description, each from its beginning; all are needed.
    pub words: String,
    /// Where one starts to walk.
    pub from: Option<Place>,
    /// When, UTC milliseconds.
    pub at_ms: i64,
    /// Which comes first.
    pub order: Order,
    /// Most services in the answer.
    pub limit: usize,
}

/// A service that answers.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// The service.
    pub entry: &'a Entry,
    /// Estimated metres on foot; none when one of the two places is unknown.
    pub walk_m: Option<u32>,
    /// Open, closed or unknown, and when next.
    pub status: Status,
}

/// The services of a territory, with the openings of one day at hand.
#[derive(Debug, Default)]
pub struct Directory {
    entries: Vec<Entry>,
    /// The day that `today` is about.
    date: Option<NaiveDate>,
    /// The day's stretches, in the order of `entries`.
    today: Vec<Vec<Span>>,
}

impl Directory {
    /// A directory.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries, date: None, today: Vec::new() }
    }

    /// The services that answer, best first. The first search of a day evaluates every schedule for that day; the others read it.
    pub fn search(&mut self, query: &Query) -> Vec<Found<'_>> {
        let now = local(query.at_ms);
        if self.date != now.map(|at| at.date()) || self.today.len() != self.entries.len() {
            self.date = now.map(|at| at.date());
            self.today = match self.date {
                Some(date) => self.entries.iter().map(|entry| entry.schedule.spans_of(date)).collect(),
                None => vec![Vec::new(); self.entries.len()],
            };
        }
        let words: Vec<String> = fold::spaced(&query.words).split_whitespace().map(|word| format!(" {word}")).collect();
        let state = |spans: &[Span]| {
            let held = spans.iter().find(|span| now.is_some_and(|at| span.start <= at && at < span.end));
            held.map_or(State::Unknown, |span| span.state)
        };
        let mut kept: Vec<(u8, u32, &Entry)> = self
            .entries
            .iter()
            .zip(&self.today)
            .filter(|(entry, _)| entry.answers(&query.needs) && entry.says(&words))
            .map(|(entry, spans)| {
                let walk = query.from.zip(entry.place).map_or(u32::MAX, |(from, to)| from.walk_m(to));
                (rank(query.order, state(spans)), walk, entry)
            })
            .collect();
        kept.sort_by(|a, b| (a.0, a.1, &a.2.key).cmp(&(b.0, b.1, &b.2.key)));
        kept.truncate(query.limit);
        kept.into_iter()
            .map(|(_, walk, entry)| Found {
                entry,
                walk_m: (walk != u32::MAX).then_some(walk),
                status: entry.schedule.status(query.at_ms),
            })
            .collect()
    }
}

fn rank(order: Order, state: State) -> u8 {
    match (order, state) {
        (Order::Nearest, _) | (Order::OpenFirst, State::Open) => 0,
        (Order::OpenFirst, State::Unknown) => 1,
        (Order::OpenFirst, State::Closed) => 2,
    }
}
