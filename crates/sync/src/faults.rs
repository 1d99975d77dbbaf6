//! Faults put in on purpose, so that the simulation (`tests/simulation`) shows that it would see them. They are compiled with
//! the feature `faults` alone, which no product asks for; even then nothing is wrong until one is put in.

use std::sync::atomic::{AtomicU8, Ordering};

/// What is done wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Fault {
    /// The oldest of the standing values is shown.
    TieBreak = 1,
    /// Two copies are joined, their pasts are not.
    PastNotJoined,
    /// What comes after an erasure brings the record back.
    EraseNotAbsorbing,
    /// The latest decision wins over a more protective one that it did not see.
    AgreementByStamp,
    /// A row is written, its scope's digest stays.
    DigestNotMoved,
    /// A page's cursor is committed before its rows.
    CursorBeforeRows,
    /// A scope that a tablet lost is told to it as before.
    LostScopeTold,
    /// A compaction forgets what the changes that go had named as replaced.
    BasesNotGathered,
}

static IN: AtomicU8 = AtomicU8::new(0);

/// Puts a fault in, for the whole process, or takes it out.
pub fn put(fault: Option<Fault>) {
    IN.store(fault.map_or(0, |fault| fault as u8), Ordering::SeqCst);
}

/// This fault is in.
#[must_use]
pub fn is_in(fault: Fault) -> bool {
    IN.load(Ordering::SeqCst) == fault as u8
}
