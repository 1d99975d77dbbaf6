//! The hybrid logical clock of a replica. Time comes in as an argument; nothing here reads a clock or refuses one.

use uhlc::NTP64;

/// How far ahead of the server a stamp may be before the server gives the change an effective stamp: 2 minutes, in ms.
pub const AHEAD_MS_MAX: i64 = 120_000;

/// The last stamp time a replica gave. It only goes forward, save when the server has shown that it ran ahead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hlc {
    last: u64,
}

impl Hlc {
    /// A clock that goes on from a stored last time.
    #[must_use]
    pub fn resume(last: u64) -> Self {
        Self { last }
    }

    /// The next stamp time, given the present in UTC milliseconds: never the same twice, never backwards.
    pub fn tick(&mut self, now_ms: i64) -> u64 {
        self.last = ntp_of(now_ms).max(self.last.saturating_add(1));
        self.last
    }

    /// Takes note of a stamp received; one that is more than [`AHEAD_MS_MAX`] ahead of `now_ms` does not raise this clock.
    pub fn observe(&mut self, time: u64, now_ms: i64) {
        if ms_of(time) <= now_ms.saturating_add(AHEAD_MS_MAX) {
            self.last = self.last.max(time);
        }
    }

    /// The last time given, to be stored with each change.
    #[must_use]
    pub fn last(self) -> u64 {
        self.last
    }
}

/// NTP64 of UTC milliseconds; before 1970 it is 0, past 2106 it stays at the end: a clock that wrong orders nothing.
#[must_use]
pub fn ntp_of(utc_ms: i64) -> u64 {
    let clamped = u64::try_from(utc_ms).unwrap_or(0).min(u64::from(u32::MAX) * 1_000);
    NTP64::from(std::time::Duration::from_millis(clamped)).as_u64()
}

/// UTC milliseconds of NTP64, to the nearest.
#[must_use]
pub fn ms_of(time: u64) -> i64 {
    let duration = NTP64(time).to_duration();
    i64::try_from((duration.as_micros() + 500) / 1_000).unwrap_or(i64::MAX)
}

/// The effective stamp time of a change whose author's clock runs ahead of the server.
///
/// `time` is the author's stamp, `author_ms` what the author's clock said when it sent, `server_ms` what the server's
/// clock says. The author's act is moved onto the server's time line, so that its real hour and the order of the
/// author's own acts stay; it never lands in the server's future. None when the stamp is not ahead: it stands as it is.
#[must_use]
pub fn effective_time(time: u64, author_ms: i64, server_ms: i64) -> Option<u64> {
    let stamp_ms = ms_of(time);
    if stamp_ms <= server_ms.saturating_add(AHEAD_MS_MAX) {
        return None;
    }
    let moved = stamp_ms.saturating_sub(author_ms.saturating_sub(server_ms).max(0)).min(server_ms);
    // The low bits keep two acts of the same millisecond apart.
    Some(ntp_of(moved).saturating_add(time & 0x3f_ffff))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_000_000_000;

    #[test]
    fn a_clock_that_jumps_back_still_goes_forward() {
        let mut clock = Hlc::default();
        let first = clock.tick(NOW);
        let second = clock.tick(NOW - 3 * 365 * 86_400_000);
        assert!(second > first, "three years back does not turn the order of one's own acts");
        assert_eq!(ms_of(ntp_of(NOW)), NOW, "milliseconds survive NTP64");
    }

    #[test]
    fn a_clock_goes_on_from_what_was_kept_of_it() {
        let ahead = ntp_of(NOW) + 5;
        let mut clock = Hlc::resume(ahead);
        assert_eq!(clock.last(), ahead, "what was kept is what it last gave");
        assert_eq!(clock.tick(NOW), ahead + 1, "a restart does not give the same time again");
        assert_eq!(clock.last(), ahead + 1, "what is to be kept is what it gave last");
    }

    #[test]
    fn a_stamp_received_is_before_the_next_one_given() {
        let mut clock = Hlc::default();
        let received = ntp_of(NOW + AHEAD_MS_MAX);
        clock.observe(received, NOW);
        assert_eq!(clock.tick(NOW), received + 1, "two minutes ahead are still honest");
        clock.observe(ntp_of(NOW - 5), NOW);
        assert_eq!(clock.last(), received + 1, "an older stamp takes nothing back");
        clock.observe(ntp_of(NOW + AHEAD_MS_MAX + 1), NOW);
        assert_eq!(clock.last(), received + 1, "a millisecond more is not");
    }

    #[test]
    fn a_stamp_is_ahead_from_two_minutes_on() {
        let at = |ms: i64| effective_time(ntp_of(NOW + ms), NOW + ms, NOW);
        assert_eq!(at(AHEAD_MS_MAX), None, "two minutes stand");
        assert!(at(AHEAD_MS_MAX + 1).is_some(), "a millisecond more is moved");
        let (first, second) = (ntp_of(NOW + 1_000_000), ntp_of(NOW + 1_000_000) + 3);
        let moved = |time| effective_time(time, NOW + 1_000_000, NOW).unwrap();
        assert!(moved(first) < moved(second), "two acts of a millisecond stay apart, and in order");
        assert_eq!(ntp_of(i64::MIN), 0, "before 1970 it is the beginning");
        assert_eq!(ntp_of(i64::MAX), u64::from(u32::MAX) << 32, "past 2106 it is the end");
    }

    #[test]
    fn a_stamp_from_the_future_raises_nobody() {
        let mut clock = Hlc::default();
        clock.observe(ntp_of(NOW + 365 * 86_400_000), NOW);
        assert!(ms_of(clock.tick(NOW)) <= NOW + 1, "a clock a year ahead does not poison ours (I12)");
    }

    #[test]
    fn an_act_ahead_is_moved_to_its_real_hour() {
        let three_years = 3 * 365 * 86_400_000;
        let acted = ntp_of(NOW + three_years - 3_600_000);
        let effective = effective_time(acted, NOW + three_years, NOW).unwrap();
        assert!((ms_of(effective) - (NOW - 3_600_000)).abs() <= 2, "an hour before sending is an hour ago");
        assert_eq!(effective_time(ntp_of(NOW - 5), NOW, NOW), None, "an honest stamp stands");
        let liar = effective_time(ntp_of(NOW + three_years), NOW, NOW).unwrap();
        assert!(ms_of(liar) <= NOW + 1, "whatever the author's clock says, nothing lands in the future");
    }
}
