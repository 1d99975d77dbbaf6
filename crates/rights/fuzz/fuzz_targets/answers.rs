//! Any JSON in the place of answers: refused by name or diagnosed, never a panic; what is definite stays so when told whole.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::{Corpus, fuzz_target};
use palier_rights::diagnosis::Amounts;
use palier_rights::month::Month;
use palier_rights::reading::{Completeness, read};
use palier_rights::told::Engine;
use serde_json::Value;

const NOVEMBER: Month = Month::of(2026, 11);

static ENGINE: LazyLock<Engine> = LazyLock::new(|| Engine::built_in().expect("what is built in"));

fuzz_target!(|bytes: &[u8]| -> Corpus {
    let Ok(inputs) = serde_json::from_slice::<Value>(bytes) else { return Corpus::Reject };
    if let Ok(household) = read(&inputs, NOVEMBER, Completeness::Full) {
        Amounts::of(&ENGINE.pack, &household, NOVEMBER);
    }
    let borrowed = serde_json_borrow::Value::from(&inputs);
    let Ok(told) = ENGINE.diagnose(&borrowed, NOVEMBER) else { return Corpus::Keep };
    for (key, right) in &told.rights {
        let undecided = right.status == "to_check" || right.status == "not_asked";
        assert!(!undecided || !right.missing.is_empty(), "{key} is not decided and names nothing that would");
        let closed = right.status == "not_claimable";
        assert!(!closed || !right.reasons.is_empty(), "{key} cannot be had and does not say why");
        for [lo, hi] in [right.monthly_cents, right.yearly_cents].into_iter().flatten() {
            assert!(lo <= hi && lo >= 0, "{key}: {lo}..{hi} is no range of money");
        }
    }
    Corpus::Keep
});
