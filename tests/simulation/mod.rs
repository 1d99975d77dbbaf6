//! Three tablets of two structures and a server, acting at random over the real stores and the real handlers, on a link
//! that drops requests, drops answers and repeats, with power cuts in the middle of writes. Any failure is shrunk and
//! replayed from its seed by proptest.

mod world;

use proptest::prelude::*;
use world::{Act, Fate, World};

fn act() -> impl Strategy<Value = Act> {
    let tablet = 0usize..3;
    prop_oneof![
        4 => (tablet.clone(), 0u8..6, 0u8..5).prop_map(|(tablet, door, outcome)| Act::Visit { tablet, door, outcome }),
        3 => (tablet.clone(), 0u8..2, 0u8..6).prop_map(|(tablet, field, value)| Act::Household { tablet, field, value }),
        3 => (tablet.clone(), any::<u8>()).prop_map(|(tablet, text)| Act::Note { tablet, text }),
        2 => (tablet.clone(), 0u8..4).prop_map(|(tablet, status)| Act::Agreement { tablet, status }),
        2 => tablet.clone().prop_map(|tablet| Act::Person { tablet }),
        2 => (tablet.clone(), any::<bool>()).prop_map(|(tablet, undo)| Act::Turn { tablet, undo }),
        1 => (tablet.clone(), any::<u8>()).prop_map(|(tablet, value)| Act::NewerField { tablet, value }),
        1 => (tablet.clone(), -10i64..10).prop_map(|(tablet, years)| Act::Clock { tablet, years }),
        1 => (tablet.clone(), 0u8..8).prop_map(|(tablet, row)| Act::Damage { tablet, row }),
        1 => (tablet.clone(), any::<bool>()).prop_map(|(tablet, new)| Act::Forbidden { tablet, new }),
        2 => (tablet.clone(), prop_oneof![3 => 1u64..500, 1 => 500u64..6_000]).prop_map(|(tablet, steps)| Act::Cut { tablet, steps }),
        5 => (tablet, prop_oneof![
            4 => Just(Fate::Delivered), 1 => Just(Fate::RequestLost), 2 => Just(Fate::AnswerLost), 1 => Just(Fate::Repeated)
        ]).prop_map(|(tablet, fate)| Act::Sync { tablet, fate }),
    ]
}

/// How many histories: a short run in `make test`, more with `PALIER_CASES`.
fn cases() -> u32 {
    std::env::var("PALIER_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_all_copies_agree_and_nothing_is_lost(acts in prop::collection::vec(act(), 1..60)) {
        let mut world = World::open();
        for act in &acts {
            world.play(act);
        }
        world.heal();
        world.check_same_bytes();
        world.check_nothing_lost();
        world.check_exactly_once();
        world.check_protection();
        world.check_isolation();
        world.check_clocks();
    }
}
