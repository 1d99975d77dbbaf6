//! Faults put in on purpose: each is noticed within a hundred seeds, and the history that notices it holds without the fault.

#![allow(missing_docs, reason = "a test says what it expects by panicking")]

use std::sync::Mutex;

use palier_simulation::faults::{ALL, Fault, Inner};
use palier_simulation::run::first_noticed;

/// Seeds within which a fault must be noticed.
const SEEDS: u64 = 100;

/// A fault of the product's own code is in for the whole process.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Notices a fault. `known` is a seed that did when this was written; any other will do as well.
fn is_noticed(fault: Fault, known: u64) {
    let _alone = ONE_AT_A_TIME.lock();
    let noticed = first_noticed(fault, std::iter::once(known).chain(0..SEEDS));
    assert!(noticed.is_some(), "{fault:?} is not noticed within {SEEDS} seeds");
}

macro_rules! each_is_noticed {
    ($($name:ident: $fault:expr, $known:expr;)*) => {
        $(#[test]
        fn $name() {
            is_noticed($fault, $known);
        })*

        #[test]
        fn no_fault_is_forgotten() {
            let tested = [$($fault),*];
            assert!(ALL.iter().all(|fault| tested.contains(fault)), "each fault has its test");
        }
    };
}

each_is_noticed! {
    the_oldest_is_shown: Fault::Inside(Inner::TieBreak), 0;
    pasts_are_not_joined: Fault::Inside(Inner::PastNotJoined), 0;
    an_erasure_does_not_absorb: Fault::Inside(Inner::EraseNotAbsorbing), 2;
    an_agreement_is_the_latest_one: Fault::Inside(Inner::AgreementByStamp), 0;
    a_digest_does_not_move: Fault::Inside(Inner::DigestNotMoved), 0;
    a_cursor_is_kept_before_its_rows: Fault::Inside(Inner::CursorBeforeRows), 10;
    a_lost_scope_is_told: Fault::Inside(Inner::LostScopeTold), 0;
    a_compaction_forgets_what_was_replaced: Fault::Inside(Inner::BasesNotGathered), 0;
    a_base_is_lost: Fault::LostBase, 0;
    a_cursor_is_one_too_far: Fault::CursorOffByOne, 0;
    an_answer_comes_before_the_commit: Fault::AcknowledgedBeforeCommit, 12;
    own_changes_are_left_out: Fault::OwnChangeLeftOut, 4;
    a_refused_change_blocks: Fault::RefusedBlocks, 0;
    an_effective_time_is_not_told: Fault::RestampForgotten, 0;
    a_clock_ahead_is_believed: Fault::ClockKept, 0;
    a_change_is_taken_twice: Fault::DuplicateAccepted, 0;
    a_restore_forgets_who_was_erased: Fault::RestoreForgetsErasures, 65;
}
