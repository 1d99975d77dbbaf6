//! Faults that a simulation must notice: if it would not see these, that it sees nothing says nothing.

pub use palier_sync::faults::Fault as Inner;

/// What is done wrong, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// In the product's own code, where a switch of the feature `faults` stands.
    Inside(Inner),
    /// A change is sent without the names of the values that its author saw.
    LostBase,
    /// The server says that a page reaches one sequence farther than it does.
    CursorOffByOne,
    /// The server answers before it commits.
    AcknowledgedBeforeCommit,
    /// A tablet's own changes are left out also of a scope that it holds no more, or not yet again.
    OwnChangeLeftOut,
    /// A refused change is not consumed, and stays in front of all others.
    RefusedBlocks,
    /// The effective time of a change is not told to its author.
    RestampForgotten,
    /// The server takes the stamps of a clock ahead as they are.
    ClockKept,
    /// A change that comes again is accepted again.
    DuplicateAccepted,
    /// A restore does not erase again what was erased since the copy.
    RestoreForgetsErasures,
}

/// All of them.
pub const ALL: [Fault; 17] = [
    Fault::Inside(Inner::TieBreak),
    Fault::Inside(Inner::PastNotJoined),
    Fault::Inside(Inner::EraseNotAbsorbing),
    Fault::Inside(Inner::AgreementByStamp),
    Fault::Inside(Inner::DigestNotMoved),
    Fault::Inside(Inner::CursorBeforeRows),
    Fault::Inside(Inner::LostScopeTold),
    Fault::Inside(Inner::BasesNotGathered),
    Fault::LostBase,
    Fault::CursorOffByOne,
    Fault::AcknowledgedBeforeCommit,
    Fault::OwnChangeLeftOut,
    Fault::RefusedBlocks,
    Fault::RestampForgotten,
    Fault::ClockKept,
    Fault::DuplicateAccepted,
    Fault::RestoreForgetsErasures,
];
