//! The periods of releases: quarters and years of the contrat de ville, and which may leave.

use crate::console::ConsoleError;
use crate::console::figures::{Days, YEARS};
use palier_domain::calendar;

/// A period leaves so many days after its end: twice the time after which a tablet that was not heard asks to be brought back, so that few
/// rows come after.
const SETTLED_DAYS: i64 = 30;

/// A quarter or a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) year: u32,
    /// 1 to 4; none for the year.
    pub(super) quarter: Option<u32>,
}

impl Span {
    /// Reads `2026-T1` or `2026`, of the years of the contrat de ville.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (year, quarter) = match text.split_once("-T") {
            Some((year, quarter)) => (year, Some(quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter))?)),
            None => (text, None),
        };
        let span = Self { year: year.parse().ok().filter(|year| YEARS.contains(year))?, quarter };
        (span.code() == text).then_some(span)
    }

    /// As it is written: `2026-T1`, `2026`.
    pub(super) fn code(self) -> String {
        self.quarter.map_or_else(|| self.year.to_string(), |quarter| format!("{}-T{quarter}", self.year))
    }

    /// Its days.
    pub(super) fn days(self) -> Result<Days, ConsoleError> {
        let year = self.year;
        let (from, to) = match self.quarter {
            None => ("01-01", "12-31"),
            Some(1) => ("01-01", "03-31"),
            Some(2) => ("04-01", "06-30"),
            Some(3) => ("07-01", "09-30"),
            Some(_) => ("10-01", "12-31"),
        };
        Days::between(&format!("{year}-{from}"), &format!("{year}-{to}"))
    }

    /// All periods that there are.
    fn all() -> impl Iterator<Item = Self> {
        YEARS.flat_map(|year| [None, Some(1), Some(2), Some(3), Some(4)].map(|quarter| Self { year, quarter }))
    }

    /// Whether it may leave after those that did: once, settled; a year alone, or after all of its quarters, and no quarter after
    /// its year: a difference would tell of what is in between.
    fn may_leave(self, told: &[Self], now_ms: i64) -> bool {
        let Ok(days) = self.days() else { return false };
        let settled = days.end_ms().saturating_add(SETTLED_DAYS * calendar::DAY_MS) <= now_ms;
        let quarters = told.iter().filter(|one| one.year == self.year && one.quarter.is_some()).count();
        let year_told = told.contains(&Self { quarter: None, ..self });
        let in_order = if self.quarter.is_some() { !year_told } else { quarters == 0 || quarters == 4 };
        settled && in_order && !told.contains(&self)
    }

    /// The periods that may leave, the latest first.
    pub(super) fn open(told: &[Self], now_ms: i64) -> Vec<Self> {
        let mut open: Vec<Self> = Self::all().filter(|span| span.may_leave(told, now_ms)).collect();
        open.sort_by_key(|span| std::cmp::Reverse((span.year, span.quarter.unwrap_or(5))));
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(date: &str) -> i64 {
        calendar::date_start_ms(date).unwrap()
    }

    fn span(text: &str) -> Span {
        Span::read(text).unwrap()
    }

    #[test]
    fn a_period_leaves_once_and_thirty_days_after_its_end() {
        assert!(!span("2026-T3").may_leave(&[], at("2026-10-30")), "29 days after");
        assert!(span("2026-T3").may_leave(&[], at("2026-10-31")));
        assert!(!span("2026-T3").may_leave(&[span("2026-T3")], at("2026-12-31")));
    }

    #[test]
    fn a_year_leaves_alone_or_after_all_of_its_quarters() {
        let quarters = ["2024-T1", "2024-T2", "2024-T3", "2024-T4"].map(span);
        let now = at("2026-01-01");
        assert!(span("2024").may_leave(&[], now) && span("2024").may_leave(&quarters, now));
        assert!(!span("2024").may_leave(&quarters[..3], now), "the year less three quarters is the fourth");
        assert!(!quarters[0].may_leave(&[span("2024")], now), "the year less a quarter is the other three");
        assert_eq!(Span::open(&[], at("2025-02-01")), ["2024", "2024-T4", "2024-T3", "2024-T2", "2024-T1"].map(span));
    }

    #[test]
    fn what_is_no_period_is_not_read() {
        for text in ["", "2023", "2031", "2026-T0", "2026-T5", "2026-T01", "2026-T", "T1", "02026"] {
            assert_eq!(Span::read(text), None, "{text:?}");
        }
    }
}
