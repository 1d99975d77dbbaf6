//! How long to wait after wrong tries. It waits and never destroys.
//!
//! The count is raised and written through **before** a try, so that killing the app gives no free one. It is kept twice,
//! in the profile's folder and beside the device secret, and the stricter of the two counts: putting back an old folder
//! gives nothing. The wall clock plays no part.

use crate::boot_clock::Moment;
use crate::slot_files::checksum;

/// Length of a record of tries, in bytes.
pub(crate) const RECORD_BYTES: usize = 1 + 4 + 16 + 8 + 8;
/// Form of the record.
const FORM: u8 = 1;
/// What a record that cannot be read counts for: the first wait, so that damaging it is no way around.
const DAMAGED_COUNT: u32 = 3;

/// Seconds to wait after the nth wrong try in a row: two are free, then the waits grow to four hours and stay there.
#[must_use]
pub const fn wait_after(wrong: u32) -> u32 {
    match wrong {
        0..=2 => 0,
        3 => 60,
        4 => 5 * 60,
        5 => 15 * 60,
        6 => 60 * 60,
        _ => 4 * 60 * 60,
    }
}

/// Wrong tries in a row, and when the last one began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tries {
    /// How many.
    pub count: u32,
    /// Start of the wait.
    pub since: Moment,
}

impl Tries {
    /// No wrong try.
    pub(crate) const fn none(now: Moment) -> Self {
        Self { count: 0, since: now }
    }

    /// One more, from now.
    pub(crate) const fn one_more(self, now: Moment) -> Self {
        Self { count: self.count.saturating_add(1), since: now }
    }

    /// The same count with the wait begun again, when the device started since.
    pub(crate) fn restarted(self, now: Moment) -> Option<Self> {
        (self.count > 0 && now.since(&self.since).is_none()).then_some(Self { count: self.count, since: now })
    }

    /// Seconds left, rounded up.
    pub(crate) fn wait_s(&self, now: Moment) -> u32 {
        let whole = u64::from(wait_after(self.count)) * 1000;
        let left = whole.saturating_sub(now.since(&self.since).unwrap_or(0));
        u32::try_from(left.div_ceil(1000)).unwrap_or(u32::MAX)
    }

    /// The one of two records that lets less through.
    pub(crate) fn stricter(self, other: Self, now: Moment) -> Self {
        if (other.count, other.wait_s(now)) > (self.count, self.wait_s(now)) { other } else { self }
    }

    /// The record as kept.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(RECORD_BYTES);
        out.push(FORM);
        out.extend_from_slice(&self.count.to_le_bytes());
        out.extend_from_slice(&self.since.boot);
        out.extend_from_slice(&self.since.ms.to_le_bytes());
        let check = checksum(b"tries", &out);
        out.extend_from_slice(&check);
        out
    }

    /// What a record that cannot be read counts for. To be written in its place at once, or the wait would never end.
    pub(crate) const fn damaged(now: Moment) -> Self {
        Self { count: DAMAGED_COUNT, since: now }
    }

    /// Reads a record, or nothing when it is damaged.
    pub(crate) fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, check) = bytes.split_last_chunk::<8>()?;
        let (&[form], rest) = body.split_first_chunk::<1>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (boot, ms) = rest.split_first_chunk::<16>()?;
        let since = Moment { boot: *boot, ms: u64::from_le_bytes(ms.try_into().ok()?) };
        (form == FORM && checksum(b"tries", body) == *check)
            .then_some(Self { count: u32::from_le_bytes(*count), since })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(boot: u8, ms: u64) -> Moment {
        Moment { boot: [boot; 16], ms }
    }

    #[test]
    fn two_are_free_and_the_waits_grow() {
        let waits: Vec<u32> = (0..10).map(wait_after).collect();
        assert_eq!(waits, [0, 0, 0, 60, 300, 900, 3600, 14_400, 14_400, 14_400], "the table of the design");
        assert_eq!(wait_after(u32::MAX), 14_400, "it never destroys, however many");
    }

    #[test]
    fn the_wait_runs_down_on_the_device_clock() {
        let tries = Tries { count: 3, since: at(1, 1000) };
        assert_eq!(tries.wait_s(at(1, 1000)), 60, "whole at first");
        assert_eq!(tries.wait_s(at(1, 1001)), 60, "rounded up");
        assert_eq!(tries.wait_s(at(1, 60_999)), 1, "not yet");
        assert_eq!(tries.wait_s(at(1, 61_000)), 0, "over");
    }

    #[test]
    fn a_restart_begins_the_wait_again() {
        let tries = Tries { count: 4, since: at(1, 1_000_000) };
        assert_eq!(tries.wait_s(at(2, 9_000_000)), 300, "whole again after a restart");
        let again = tries.restarted(at(2, 5000)).unwrap();
        assert_eq!(again.wait_s(at(2, 65_000)), 240, "and runs down from there");
        assert_eq!(tries.restarted(at(1, 1_000_001)), None, "no restart, nothing to do");
    }

    #[test]
    fn records_come_back_and_damage_is_seen() {
        let tries = Tries { count: 6, since: at(7, 123_456) };
        let bytes = tries.encode();
        assert_eq!(bytes.len(), RECORD_BYTES, "a record has one length");
        assert_eq!(Tries::decode(&bytes), Some(tries), "the record comes back");
        for offset in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[offset] ^= 1;
            assert_eq!(Tries::decode(&bad), None, "byte {offset}");
        }
        assert_eq!(Tries::decode(&[]), None, "an emptied record is a damaged one");
        assert_eq!(Tries::damaged(at(1, 1)).wait_s(at(1, 1)), 60, "which is no way around the waits");
    }
}
