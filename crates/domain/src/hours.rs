//! Hours of an outing are proposed from its start and its end, and corrected by hand; never from a position.

/// Longest outing that is proposed whole; a longer one was left open and proposes this much, in minutes.
pub const PROPOSED_MINUTES_MAX: i64 = 10 * 60;

/// Longest that a person may write for a day, in minutes.
pub const MINUTES_MAX: u16 = 24 * 60;

/// Minutes proposed for an outing, rounded to the nearest quarter of an hour, at least one quarter.
#[must_use]
pub fn proposed_minutes(started_ms: i64, ended_ms: i64) -> u16 {
    let minutes = ended_ms.saturating_sub(started_ms).max(0) / 60_000;
    let quarters = (minutes.min(PROPOSED_MINUTES_MAX) + 7) / 15;
    u16::try_from(quarters.max(1) * 15).unwrap_or(MINUTES_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_proposed_by_quarters() {
        for (minutes, expected) in [(0, 15), (7, 15), (22, 15), (23, 30), (180, 180), (2_000, 600), (-5, 15)] {
            assert_eq!(proposed_minutes(0, minutes * 60_000), expected, "{minutes} minutes propose {expected}");
        }
    }
}
