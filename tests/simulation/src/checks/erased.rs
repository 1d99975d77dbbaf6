//! I10: once a person is erased, no byte of their name is in any copy, in free pages included.

use std::collections::BTreeSet;

use crate::world::{World, canary_of};

/// Looks through every page of every copy, and through the batches that the server keeps compressed.
pub fn check(world: &World) {
    let erased: BTreeSet<String> = world.server.erased().into_iter().map(canary_of).collect();
    if erased.is_empty() {
        return;
    }
    world.server.look(|ledger, store| {
        none_in(&ledger.bytes(), &erased, "the ledger");
        none_in(&store.bytes(), &erased, "the read model");
        let mut statement = ledger.look().prepare("SELECT text FROM batch").unwrap();
        let texts = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        for text in texts {
            let text = zstd::bulk::decompress(&text.unwrap(), 16 << 20).unwrap();
            none_in(&text, &erased, "a kept batch");
        }
    });
    for tablet in &world.tablets {
        none_in(&tablet.database.bytes(), &erased, "a tablet");
    }
}

fn none_in(bytes: &[u8], erased: &BTreeSet<String>, place: &str) {
    for at in bytes.windows(2).enumerate().filter(|(_, two)| *two == b"zq").map(|(at, _)| at) {
        let Some(found) = bytes.get(at..at + 10).and_then(|found| std::str::from_utf8(found).ok()) else { continue };
        assert!(!erased.contains(found), "I10: a name that was erased is in {place}: {found}");
    }
}
