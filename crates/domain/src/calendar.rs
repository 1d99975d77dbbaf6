//! The local calendar: days are Europe/Paris days, instants are UTC milliseconds.

use chrono::{DateTime, Datelike, TimeZone, Utc};
use chrono_tz::Europe::Paris;

/// Milliseconds of a day.
pub const DAY_MS: i64 = 86_400_000;

/// The instant as RFC 3339 in UTC, to the second; an impossible instant gives an empty text.
#[must_use]
pub fn rfc3339(utc_ms: i64) -> String {
    Utc.timestamp_millis_opt(utc_ms).single().map(|at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string()).unwrap_or_default()
}

/// Reads RFC 3339; none when it is not one.
#[must_use]
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    DateTime::parse_from_rfc3339(text).ok().map(|at| at.timestamp_millis())
}

/// The local date of an instant, `YYYY-MM-DD`.
#[must_use]
pub fn local_date(utc_ms: i64) -> String {
    local(utc_ms).map(|at| at.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The local hour and minute of an instant, `14:32`.
#[must_use]
pub fn local_time(utc_ms: i64) -> String {
    local(utc_ms).map(|at| at.format("%H:%M").to_string()).unwrap_or_default()
}

/// First instant of the local day that holds this instant.
#[must_use]
pub fn day_start_ms(utc_ms: i64) -> i64 {
    local(utc_ms)
        .and_then(|at| Paris.with_ymd_and_hms(at.year(), at.month(), at.day(), 0, 0, 0).earliest())
        .map_or(utc_ms, |start| start.timestamp_millis())
}

/// The ISO week that holds this instant, and its first instant: Monday at midnight.
#[must_use]
pub fn week(utc_ms: i64) -> (u32, i64) {
    let Some(at) = local(utc_ms) else { return (0, utc_ms) };
    let date = at.date_naive();
    let monday = date - chrono::Days::new(u64::from(date.weekday().num_days_from_monday()));
    let start = Paris.from_local_datetime(&monday.and_time(chrono::NaiveTime::MIN)).earliest();
    (date.iso_week().week(), start.map_or(utc_ms, |start| start.timestamp_millis()))
}

/// The text is a date, `YYYY-MM-DD`.
#[must_use]
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

/// The first instant of a date in Paris; none when it is no date.
#[must_use]
pub fn date_start_ms(text: &str) -> Option<i64> {
    let date = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| is_date(text))?;
    let start = Paris.from_local_datetime(&date.and_hms_opt(0, 0, 0)?).earliest()?;
    Some(start.timestamp_millis())
}

fn local(utc_ms: i64) -> Option<DateTime<chrono_tz::Tz>> {
    Utc.timestamp_millis_opt(utc_ms).single().map(|at| at.with_timezone(&Paris))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday_in_paris() {
        let start = |text: &str| {
            let (number, monday) = week(parse_rfc3339(text).unwrap());
            (number, rfc3339(monday))
        };
        assert_eq!(start("2026-11-22T23:30:00Z"), (48, "2026-11-22T23:00:00Z".to_owned()), "Monday has begun in Paris");
        assert_eq!(start("2026-11-22T22:30:00Z"), (47, "2026-11-15T23:00:00Z".to_owned()), "Sunday has not ended");
        assert_eq!(
            start("2026-10-25T12:00:00Z"),
            (43, "2026-10-18T22:00:00Z".to_owned()),
            "the hour changed on Sunday"
        );
        assert!(is_date("2026-02-28") && !is_date("2026-02-30") && !is_date("26-2-3"), "dates are of the calendar");
    }

    #[test]
    fn a_date_begins_at_midnight_in_paris() {
        assert_eq!(date_start_ms("2026-11-23").map(rfc3339).as_deref(), Some("2026-11-22T23:00:00Z"), "winter");
        assert_eq!(date_start_ms("2026-07-01").map(rfc3339).as_deref(), Some("2026-06-30T22:00:00Z"), "summer");
        assert_eq!(date_start_ms("2026-02-30"), None);
    }

    #[test]
    fn a_day_begins_at_midnight_in_paris() {
        let at = parse_rfc3339("2026-11-22T23:30:00Z").unwrap();
        assert_eq!(local_date(at), "2026-11-23", "half past midnight in Paris is the next day");
        assert_eq!(rfc3339(day_start_ms(at)), "2026-11-22T23:00:00Z", "winter midnight is 23:00 UTC");
        let summer = parse_rfc3339("2026-07-01T10:00:00Z").unwrap();
        assert_eq!(rfc3339(day_start_ms(summer)), "2026-06-30T22:00:00Z", "summer midnight is 22:00 UTC");
        assert_eq!(local_time(summer), "12:00", "Paris is two hours ahead in summer");
    }
}
