//! Bands of amounts and of ages: what a person tells at a door, and what is kept of it.

use serde_json::{Value, json};

use crate::month::{Day, Month};

/// Bounds of a band, both taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Not less than.
    pub min: u32,
    /// Not more than; none: no most.
    pub max: Option<u32>,
}

/// A kind of amount: where its first bands part, and how closely it is ever kept.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scale {
    /// Where the bands part.
    pub parts: &'static [u32],
    /// The most that the engine takes.
    pub most: u32,
    /// No band is narrower: an amount typed to the euro is kept as the band of this width that holds it.
    pub grain: u32,
    /// Nothing at all is an answer of its own.
    pub nothing: bool,
}

const MONTHLY_MOST: u32 = 50_000;
pub(super) const INCOME: Scale =
    Scale { parts: &[500, 1_000, 1_500, 2_000, 3_000], most: MONTHLY_MOST, grain: 10, nothing: true };
pub(super) const ALIMONY: Scale = Scale { parts: &[100, 200, 300, 500], most: MONTHLY_MOST, grain: 10, nothing: true };
pub(super) const RENT: Scale = Scale { parts: &[250, 350, 450, 550, 700], most: 10_000, grain: 10, nothing: false };
pub(super) const TAXED: Scale =
    Scale { parts: &[5_000, 10_000, 15_000, 20_000, 30_000], most: 600_000, grain: 100, nothing: true };
pub(super) const SAVINGS: Scale =
    Scale { parts: &[1_500, 5_000, 15_000, 30_000], most: 5_000_000, grain: 100, nothing: true };
pub(super) const MONTHS: Scale = Scale { parts: &[6, 12, 24], most: 600, grain: 1, nothing: false };

impl Band {
    pub(super) fn code(self) -> String {
        match self.max {
            Some(max) => format!("{}-{max}", self.min),
            None => format!("{}-", self.min),
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        let (min, max) = code.split_once('-')?;
        let max = if max.is_empty() { None } else { Some(max.parse().ok()?) };
        let band = Self { min: min.parse().ok()?, max };
        band.max.is_none_or(|max| max >= band.min).then_some(band)
    }
}

impl Scale {
    pub(super) fn value(&self, band: Band) -> Value {
        json!({ "min": band.min, "max": band.max.unwrap_or(self.most) })
    }

    /// The band kept of an amount typed to the euro; nothing is nothing.
    pub(super) fn around(&self, amount: u32) -> Option<Value> {
        if amount > self.most {
            return None;
        }
        if amount == 0 && self.nothing {
            return Some(json!(0));
        }
        let min = amount / self.grain * self.grain;
        Some(json!({ "min": min.max(u32::from(self.nothing)), "max": (min + self.grain).min(self.most) }))
    }

    /// The bands that part what is known so far; none when it is known as closely as it is ever kept.
    pub(super) fn bands(&self, known: Option<&Value>) -> Vec<Band> {
        let bound = |name: &str| known.and_then(|range| range.get(name)).and_then(Value::as_u64);
        let (lo, hi) = (bound("min").unwrap_or(0), bound("max").unwrap_or(u64::from(self.most)));
        let (lo, hi) = (u32::try_from(lo).unwrap_or(0), u32::try_from(hi).unwrap_or(self.most).min(self.most));
        if hi.saturating_sub(lo) <= self.grain {
            return Vec::new();
        }
        let parts: Vec<u32> = if lo <= 1 && hi >= self.most { self.parts.to_vec() } else { self.closer(lo, hi) };
        let mut bands = Vec::with_capacity(parts.len() + 1);
        let mut from = lo;
        for part in parts {
            bands.push(Band { min: from, max: Some(part) });
            from = part;
        }
        bands.push(Band { min: from, max: (hi < self.most).then_some(hi) });
        bands
    }

    /// Three points that part a band in four, on round numbers; above the last part, as wide as the amount itself.
    fn closer(&self, lo: u32, hi: u32) -> Vec<u32> {
        let to = if hi >= self.most { lo.saturating_mul(2).max(self.grain * 4) } else { hi };
        let step = ((to - lo) / 4 / self.grain).max(1) * self.grain;
        let round = |at: u32| at / self.grain * self.grain;
        let mut parts: Vec<u32> =
            (1..=3).map(|n| round(lo + step * n)).filter(|part| *part > lo && *part < hi).collect();
        parts.dedup();
        parts
    }
}

/// Ages of adults: where most rights part.
pub(super) const ADULT_AGES: [Band; 5] = [
    Band { min: 14, max: Some(17) },
    Band { min: 18, max: Some(24) },
    Band { min: 25, max: Some(59) },
    Band { min: 60, max: Some(64) },
    Band { min: 65, max: None },
];
/// The oldest anybody is.
const OLDEST: u32 = 120;
/// The first age of a child that is told as "or more".
pub(super) const CHILD_OLDEST: u32 = 21;

/// A day so many years before another.
fn years_before(day: Day, years: u32) -> Day {
    let years = i32::try_from(years).unwrap_or(0);
    // No 29th of February in a common year; one day wider is still right.
    Day { month: day.month.plus(-12 * years), day: day.day.min(28) }
}

/// The births of who has an age of this band on that day, a day wide at each end.
pub(super) fn births(ages: Band, on: Day) -> Value {
    let oldest = ages.max.unwrap_or(OLDEST);
    let last = Day { day: on.day, ..years_before(on, ages.min) };
    let last = if Day::parse(&last.to_string()).is_some() { last } else { years_before(on, ages.min) };
    json!({ "min": years_before(on, oldest + 1).to_string(), "max": last.to_string() })
}

/// The first and last birth that was told; an exact day is both.
pub(super) fn known_births(known: Option<&Value>) -> Option<(Day, Day)> {
    let day = |value: &Value| value.as_str().and_then(Day::parse);
    match known? {
        Value::String(exact) => Day::parse(exact).map(|exact| (exact, exact)),
        range => Some((day(range.get("min")?)?, day(range.get("max")?)?)),
    }
}

/// Months between the first and the last birth told.
pub(super) fn months_apart((first, last): (Day, Day)) -> i32 {
    last.month.0 - first.month.0
}

fn range(first: Day, last: Day) -> Option<Value> {
    (first <= last).then(|| json!({ "min": first.to_string(), "max": last.to_string() }))
}

fn last_day(month: Month) -> Day {
    let fits = |day: &i32| Day::parse(&Day { month, day: *day }.to_string()).is_some();
    Day { month, day: (28..=31).rev().find(fits).unwrap_or(28) }
}

/// Births of a year, as far as the births told allow it.
pub(super) fn of_year(year: u32, (first, last): (Day, Day)) -> Option<Value> {
    let year = i32::try_from(year).ok()?;
    let begin = Day { month: Month::of(year, 1), day: 1 };
    range(begin.max(first), last_day(Month::of(year, 12)).min(last))
}

/// Births of a month of the calendar, 1 to 12, as far as the births told allow it.
pub(super) fn of_month(month: i32, (first, last): (Day, Day)) -> Option<Value> {
    let years = first.month.year()..=last.month.year();
    let fits = |year: i32| -> Option<(Day, Day)> {
        let month = Month::of(year, month);
        let (begin, end) = (Day { month, day: 1 }.max(first), last_day(month).min(last));
        (begin <= end).then_some((begin, end))
    };
    let found: Vec<(Day, Day)> = years.filter_map(fits).collect();
    range(found.first()?.0, found.last()?.1)
}
