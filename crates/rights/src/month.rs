//! Months and days of the civil calendar as plain integers: no clock, no time zone.

use crate::number::Number;

/// A month, counted from year zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(pub i32);

impl Month {
    /// The month of a year, 1 to 12.
    #[must_use]
    pub const fn of(year: i32, month: i32) -> Self {
        Self(year * 12 + month - 1)
    }

    /// `2026-11`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let (year, month) = (year.parse::<i32>().ok()?, month.parse::<i32>().ok()?);
        ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then(|| Self::of(year, month))
    }

    /// The civil year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// So many months later, or earlier.
    #[must_use]
    pub const fn plus(self, months: i32) -> Self {
        Self(self.0 + months)
    }

    /// The months before this one, from `first` to `last` months back.
    pub fn window(self, first: i32, last: i32) -> impl Iterator<Item = Self> {
        (last..=first).rev().map(move |back| self.plus(-back))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year(), self.0.rem_euclid(12) + 1)
    }
}

/// A day of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// The month it falls in.
    pub month: Month,
    /// 1 to 31.
    pub day: i32,
}

impl Day {
    /// `1984-03-12`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (month, day) = text.rsplit_once('-')?;
        let (month, day) = (Month::parse(month)?, day.parse::<i32>().ok()?);
        let last = match month.0.rem_euclid(12) {
            1 if month.year() % 4 == 0 && (month.year() % 100 != 0 || month.year() % 400 == 0) => 29,
            1 => 28,
            3 | 5 | 8 | 10 => 30,
            _ => 31,
        };
        (1..=last).contains(&day).then_some(Self { month, day })
    }

    /// Whole months lived on the first day of a month; negative before birth.
    #[must_use]
    pub const fn months_old(self, on: Month) -> i32 {
        on.0 - self.month.0 - (self.day > 1) as i32
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}-{:02}", self.month, self.day)
    }
}

/// A day, or the first and the last day it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birth {
    /// Not before.
    pub first: Day,
    /// Not after.
    pub last: Day,
    /// The question that would tell, empty when known.
    pub open: crate::truth::Questions,
}

impl Birth {
    /// Whole months lived on the first day of a month.
    #[must_use]
    pub fn months_old(self, on: Month) -> Number {
        let months = |day: Day| i64::from(day.months_old(on)) * 1_000_000;
        Number::range(months(self.last), months(self.first), self.open)
    }

    /// Whole years lived on the first day of a month.
    #[must_use]
    pub fn age(self, on: Month) -> Number {
        let years = |day: Day| i64::from(day.months_old(on).div_euclid(12)) * 1_000_000;
        Number::range(years(self.last), years(self.first), self.open)
    }

    /// Months of the calendar between the month of birth and this one.
    #[must_use]
    pub fn calendar_months(self, on: Month) -> Number {
        let months = |day: Day| i64::from(on.0 - day.month.0) * 1_000_000;
        Number::range(months(self.last), months(self.first), self.open)
    }
}
