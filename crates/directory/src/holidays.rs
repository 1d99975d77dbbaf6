//! French public holidays (Code du travail, art. L3133-1), without those of Alsace-Moselle (art. L3134-13).

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Holidays that fall on the same date each year: month, day.
const FIXED: [(u32, u32); 8] = [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)];

/// Days after Easter Sunday: Easter Monday, Ascension, Whit Monday.
const AFTER_EASTER: [u64; 3] = [1, 39, 50];

/// The date is a public holiday in the whole of France.
#[must_use]
pub fn is_public_holiday(date: NaiveDate) -> bool {
    let moves =
        || easter(date.year()).is_some_and(|sunday| AFTER_EASTER.iter().any(|days| sunday + Days::new(*days) == date));
    FIXED.contains(&(date.month(), date.day())) || moves()
}

/// The date is a working day caught between a holiday and a week-end, on which many places close without saying so.
#[must_use]
pub fn is_bridge_day(date: NaiveDate) -> bool {
    let day = Days::new(1);
    let beside = match date.weekday() {
        Weekday::Mon => date.checked_add_days(day),
        Weekday::Fri => date.checked_sub_days(day),
        _ => None,
    };
    !is_public_holiday(date) && beside.is_some_and(is_public_holiday)
}

/// Easter Sunday of the Gregorian calendar (the "anonymous" computus, Nature, 20 April 1876).
fn easter(year: i32) -> Option<NaiveDate> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(year, u32::try_from(sum / 31).ok()?, u32::try_from(sum % 31 + 1).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use opening_hours::localization::Country;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn holidays_are_those_of_the_law() {
        let list: Vec<String> = (0..365)
            .map(|days| day("2026-01-01") + Days::new(days))
            .filter(|date| is_public_holiday(*date))
            .map(|date| date.to_string())
            .collect();
        let law = [
            "2026-01-01",
            "2026-04-06",
            "2026-05-01",
            "2026-05-08",
            "2026-05-14",
            "2026-05-25",
            "2026-07-14",
            "2026-08-15",
            "2026-11-01",
            "2026-11-11",
            "2026-12-25",
        ];
        assert_eq!(list, law, "eleven days, neither Good Friday nor 26 December");
    }

    #[test]
    fn the_evaluator_knows_the_same_holidays() {
        let holidays = Country::FR.holidays();
        for days in 0..10 * 365 {
            let date = day("2024-01-01") + Days::new(days);
            assert_eq!(holidays.get_public().contains(date), is_public_holiday(date), "{date}");
        }
    }

    #[test]
    fn bridge_days_touch_a_holiday_and_a_week_end() {
        for (text, expected) in [
            ("2026-05-15", true),
            ("2026-07-13", true),
            ("2026-05-14", false),
            ("2026-07-15", false),
            ("2026-11-13", false),
            ("2027-01-01", false),
        ] {
            assert_eq!(is_bridge_day(day(text)), expected, "{text}");
        }
    }
}
