//! A household or a place is found by what people type.

use palier_store::Store;

use crate::queries;
use crate::territory::{self, Size};

#[test]
fn misspelt_names_are_in_the_first_three() {
    let mut store = Store::in_memory().unwrap();
    let size = Size { buildings: 100, stairs: 2, doors: 40, households: 5_000, visits: 0 };
    let territory = territory::fill(&mut store, size).unwrap();
    let queries = queries::draw(&territory, 200, 1);
    let missed: Vec<_> = queries
        .iter()
        .filter(|query| {
            let hits = store.search(&query.text, None).unwrap();
            !hits.iter().take(3).any(|hit| hit.id == query.home)
        })
        .collect();
    assert!(missed.len() * 100 <= queries.len() * 2, "at least 98 in 100 are found, these were not: {missed:#?}");
}
