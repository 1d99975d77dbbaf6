//! Opening hours at an instant: open, closed or unknown, until when, and the next opening that is sure.

use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};
use chrono_tz::Europe::Paris;
use opening_hours::localization::Country;
use opening_hours::{Context, OpeningHours, RuleKind};

use crate::holidays::{is_bridge_day, is_public_holiday};

/// Days looked through for the next opening; beyond, none is proposed.
const AHEAD_DAYS: u64 = 120;

/// Longest text that is evaluated, in bytes; published ones are under 400.
const TEXT_BYTES_MAX: usize = 4_096;

/// Words whose meaning a tablet does not know: the school holidays of a zone, the height of the sun.
const NOT_KNOWN: [&str; 5] = ["SH", "sunrise", "sunset", "dawn", "dusk"];

/// The text is not of OpenStreetMap's form, or is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable;

/// Days on which a place is closed whatever its hours say, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closure {
    /// First day closed.
    pub from: NaiveDate,
    /// Last day closed.
    pub to: NaiveDate,
}

impl Closure {
    /// From two days, `YYYY-MM-DD`; none when one is no day.
    #[must_use]
    pub fn read(from: &str, to: &str) -> Option<Self> {
        Some(Self { from: from.parse().ok()?, to: to.parse().ok()? })
    }
}

/// What is known of a place at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Its hours say that it is open.
    Open,
    /// Its hours or a dated closure say that it is closed.
    Closed,
    /// Nothing sure is known: "inconnu".
    Unknown,
}

/// The state of a place at an instant, and what follows it. Instants are UTC milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Status {
    /// The state.
    pub state: State,
    /// When this state ends; none when it does not within 120 days.
    pub until_ms: Option<i64>,
    /// Next instant at which it is surely open: the start of an opening still to come. None when none is known.
    pub opens_ms: Option<i64>,
    /// The dated closure that holds, if one does.
    pub closure: Option<Closure>,
    /// A working day between a holiday and a week-end: call before going.
    pub bridge_day: bool,
}

/// Opening hours, read once.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    hours: Option<OpeningHours>,
    /// The hours say what they are on public holidays.
    says_holidays: bool,
    /// The hours write "open": what stands beside a comment is open without a doubt.
    says_open: bool,
    /// The hours hang on something that a tablet does not know.
    not_known: bool,
    closures: Vec<Closure>,
}

/// The openings of one day, as a sheet shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Openings {
    /// From and to, `HH:MM` in Paris; `24:00` for midnight.
    pub open: Vec<[String; 2]>,
    /// Part of the day is not known.
    pub unknown: bool,
}

/// A stretch of one state, in Paris time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    pub state: State,
}

impl Schedule {
    /// Reads OpenStreetMap `opening_hours`. An empty text is hours that nobody knows.
    ///
    /// # Errors
    /// [`Unreadable`] when the text is not of that form; [`Schedule::default`] then stands for it.
    pub fn read(osm: &str, closures: Vec<Closure>) -> Result<Self, Unreadable> {
        let text = osm.trim();
        if text.is_empty() {
            return Ok(Self::unknown(closures));
        }
        if text.len() > TEXT_BYTES_MAX {
            return Err(Unreadable);
        }
        let hours: OpeningHours = text.parse().map_err(|_| Unreadable)?;
        let outside: String = text.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        let has = |name: &str| outside.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        Ok(Self {
            hours: Some(hours.with_context(Context::default().with_holidays(Country::FR.holidays()))),
            says_holidays: has("PH") || outside.trim() == "24/7",
            says_open: has("open"),
            not_known: NOT_KNOWN.iter().any(|name| has(name)),
            closures,
        })
    }

    /// Hours that nobody knows, with days on which it is surely closed.
    #[must_use]
    pub fn unknown(closures: Vec<Closure>) -> Self {
        Self { closures, ..Self::default() }
    }

    /// The status at an instant. An impossible instant is unknown.
    #[must_use]
    pub fn status(&self, at_ms: i64) -> Status {
        let unknown =
            Status { state: State::Unknown, until_ms: None, opens_ms: None, closure: None, bridge_day: false };
        let Some(now) = local(at_ms) else { return unknown };
        let mut status = Status { bridge_day: is_bridge_day(now.date()), ..unknown };
        status.closure = self.closure_on(now.date());
        let mut current: Option<State> = None;
        for ahead in 0..=AHEAD_DAYS {
            let Some(date) = now.date().checked_add_days(Days::new(ahead)) else { break };
            for span in self.spans_of(date).into_iter().filter(|span| span.end > now) {
                let state = *current.get_or_insert(span.state);
                if status.until_ms.is_none() && span.state != state {
                    status.until_ms = instant(span.start, at_ms);
                }
                let changed = status.until_ms.is_some();
                if span.state == State::Open && changed {
                    status.opens_ms = instant(span.start, at_ms);
                }
                if status.opens_ms.is_some() {
                    break;
                }
            }
            if status.opens_ms.is_some() {
                break;
            }
        }
        status.state = current.unwrap_or(State::Unknown);
        status
    }

    /// The openings of a day in Paris, `YYYY-MM-DD`; none when it is no day.
    #[must_use]
    pub fn openings(&self, day: &str) -> Option<Openings> {
        let date: NaiveDate = day.parse().ok()?;
        let mut openings = Openings::default();
        let clock = |at: NaiveDateTime| {
            if at.date() == date { at.format("%H:%M").to_string() } else { "24:00".to_owned() }
        };
        for span in self.spans_of(date) {
            match span.state {
                State::Open => openings.open.push([clock(span.start), clock(span.end)]),
                State::Unknown => openings.unknown = true,
                State::Closed => {}
            }
        }
        Some(openings)
    }

    /// The state of a day's stretches, midnight to midnight in Paris, in order and without a hole.
    pub(crate) fn spans_of(&self, date: NaiveDate) -> Vec<Span> {
        let Some(next) = date.checked_add_days(Days::new(1)) else { return Vec::new() };
        let (start, end) = (midnight(date), midnight(next));
        if self.closure_on(date).is_some() {
            return vec![Span { start, end, state: State::Closed }];
        }
        let Some(hours) = self.hours.as_ref().filter(|_| !self.not_known) else {
            return vec![Span { start, end, state: State::Unknown }];
        };
        let silent_holiday = !self.says_holidays && is_public_holiday(date);
        // A comment without "open" is a condition: "sur rendez-vous" is nothing that one may walk to.
        let state_of = |kind, comment: &str| match kind {
            RuleKind::Open if silent_holiday || (!comment.is_empty() && !self.says_open) => State::Unknown,
            RuleKind::Open => State::Open,
            RuleKind::Closed => State::Closed,
            RuleKind::Unknown => State::Unknown,
        };
        hours
            .iter_range(start, end)
            .map(|found| Span {
                start: found.range.start,
                end: found.range.end,
                state: state_of(found.kind, &found.comment),
            })
            .collect()
    }

    fn closure_on(&self, date: NaiveDate) -> Option<Closure> {
        self.closures.iter().copied().find(|closure| (closure.from..=closure.to).contains(&date))
    }
}

/// The Paris time of an instant, to the minute.
pub(crate) fn local(at_ms: i64) -> Option<NaiveDateTime> {
    let local = DateTime::<Utc>::from_timestamp_millis(at_ms)?.with_timezone(&Paris).naive_local();
    local.with_second(0)?.with_nanosecond(0)
}

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(chrono::NaiveTime::MIN)
}

/// The first instant after `after_ms` that Paris clocks show as `local`: an hour that is shown twice has two, and one that is
/// skipped in March is taken an hour later.
fn instant(local: NaiveDateTime, after_ms: i64) -> Option<i64> {
    let shown = Paris.from_local_datetime(&local);
    let ms = |at: DateTime<chrono_tz::Tz>| at.timestamp_millis();
    let first = shown.earliest().map(ms).filter(|ms| *ms > after_ms);
    let skipped = || {
        let later = local.checked_add_signed(chrono::TimeDelta::hours(1))?;
        Paris.from_local_datetime(&later).earliest().map(ms)
    };
    first.or_else(|| shown.latest().map(ms)).or_else(skipped)
}
