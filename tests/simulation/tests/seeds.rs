//! The short version of `make simulate`: whatever happens, all copies agree and nothing is lost.

#![allow(clippy::panic, missing_docs, reason = "a test says what it expects by panicking")]

use palier_simulation::act::{History, STEPS_MIN};
use palier_simulation::run::{Ending, play};

/// Histories of `make test`: about ten seconds.
const SEEDS: u64 = 12;

/// Histories that broke once, with what they were about.
const MENDED: [(u64, &str); 5] = [
    (20117, "a refused change takes nothing with it that only this copy has"),
    (42313, "scopes are compared although a batch waits with who carries it"),
    (60056, "a scope that is lost leaves columns and index with its rows"),
    (65414, "a refusal that does not say whose it is takes the names away"),
    (30126, "the name of a value that was replaced by way of a bundle stands in a field's past"),
];

#[test]
fn what_broke_once_holds() {
    for (seed, what) in MENDED {
        if let Ending::Broke(why) = play(&History::of(seed), None, &mut |_, _| ()) {
            panic!("{what}: `make simulate SEED={seed}`: {why}");
        }
    }
}

#[test]
fn whatever_happens_all_copies_agree_and_nothing_is_lost() {
    for seed in 0..SEEDS {
        let history = History::of(seed);
        assert!(history.acts.len() as u64 >= STEPS_MIN, "a history is long enough for what comes of what");
        if let Ending::Broke(why) = play(&history, None, &mut |_, _| ()) {
            panic!("`make simulate SEED={seed}` tells and shortens it: {why}");
        }
    }
}

#[test]
fn a_seed_replays_to_the_byte() {
    let played = || play(&History::of(7), None, &mut |_, _| ());
    let first = played();
    assert!(matches!(first, Ending::Held(_)), "{first:?}");
    assert_eq!(first, played(), "every answer of the server is the same");
    assert_ne!(first, play(&History::of(8), None, &mut |_, _| ()), "another seed is another history");
}
