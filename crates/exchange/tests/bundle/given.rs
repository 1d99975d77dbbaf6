//! What one tablet gives, another has.

use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::receive::LeftReason;
use palier_sync::roster::Standing;

use crate::field::{KARIM, LINA, NOW, SAMIA, Tablet, listed, signed};

#[test]
fn two_tablets_that_give_each_other_have_the_same() {
    let [mut samia, mut karim, _] = Tablet::team();
    samia.tell(1);
    samia.name(50, "Mona");
    karim.tell(2);
    // Both wrote the same passage while apart: the merge is the one of every sync.
    samia.tell(3);
    karim.write(
        crate::field::PLACE,
        uuid::Uuid::from_u128(1_003),
        palier_sync::RecordType::Visit,
        &[(palier_sync::catalogue::visit::outcome, palier_sync::Value::text("vacant"))],
    );
    let given = samia.give().unwrap();
    assert_eq!((given.authors.clone(), given.readers), (vec![(SAMIA, 3)], vec![KARIM, LINA]), "hers, for both others");
    let received = karim.receive(&given.file).unwrap();
    assert_eq!((received.giver, received.made_ms), (SAMIA, NOW), "he is told whose it is");
    assert_eq!((received.authors[0].new, received.authors[0].known), (3, 0), "all three are new");
    assert!(received.authors[0].left.is_empty(), "nothing is left out");
    let back = karim.give().unwrap();
    assert_eq!(back.authors, vec![(KARIM, 2), (SAMIA, 3)], "he gives his own, then what he carries");
    let received = samia.receive(&back.file).unwrap();
    assert_eq!(received.authors.len(), 1, "what she wrote herself is no news to her");
    assert_eq!(samia.digests(), karim.digests(), "both have the same (I1)");
    assert_eq!(samia.store.pending().unwrap().changes, 3, "nothing leaves the queue: the server has none of it");
}

#[test]
fn the_same_bundle_again_changes_nothing() {
    let [mut samia, mut karim, mut lina] = Tablet::team();
    samia.tell(1);
    let first = samia.give().unwrap().file;
    karim.receive(&first).unwrap();
    let before = karim.state();
    let again = karim.receive(&first).unwrap();
    assert_eq!((again.authors[0].new, again.authors[0].known), (0, 1), "it is known");
    assert_eq!(karim.state(), before, "and nothing moved");
    samia.tell(2);
    let second = samia.give().unwrap().file;
    let more = karim.receive(&second).unwrap();
    assert_eq!((more.authors[0].new, more.authors[0].known), (1, 1), "of a later one, what is new");
    assert_eq!(karim.store.carried().unwrap().len(), 1, "the larger batch stands for the smaller one");
    let old = karim.receive(&first).unwrap();
    assert_eq!((old.authors[0].new, karim.store.carried().unwrap().len()), (0, 1), "an old one brings nothing back");
    lina.receive(&karim.give().unwrap().file).unwrap();
    assert_eq!(lina.digests(), samia.digests(), "what is carried is given on");
}

#[test]
fn nothing_to_give_and_nobody_to_give_to_are_said() {
    let [mut samia, ..] = Tablet::team();
    assert!(matches!(samia.give(), Err(BundleError::Nothing)), "an empty bundle is no bundle");
    samia.tell(1);
    let mut alone = Tablet::of(SAMIA, vec![listed(SAMIA, Standing::Active), listed(KARIM, Standing::Suspended)]);
    alone.tell(1);
    assert!(matches!(alone.give(), Err(BundleError::NoReader)), "a suspended tablet is given nothing");
    let mut late = Tablet::in_territory(
        SAMIA,
        crate::field::TERRITORY,
        &signed(vec![listed(SAMIA, Standing::Active), listed(KARIM, Standing::Active)], NOW - 46 * 86_400_000),
    );
    late.tell(1);
    assert!(matches!(late.give(), Err(BundleError::OldRoster)), "who was away for 45 days may not know who left");
}

#[test]
fn a_tablet_full_of_others_batches_says_so() {
    let [mut samia, mut karim, _] = Tablet::team();
    samia.tell(1);
    let given = samia.give().unwrap();
    // The room of a tablet is taken by a batch of Lina's: its text alone is counted.
    let batch = palier_sync::wire::Batch {
        replica: LINA,
        changes: format!("[{}]", " ".repeat(usize::try_from(palier_sync::limits::CARRIED_BYTES_MAX).unwrap() - 10)),
        signature: String::new(),
    };
    let mut lina = Tablet::team().into_iter().next_back().unwrap();
    let changes = lina.tell(9);
    let incoming = palier_store::carried::Incoming { batch: &batch, changes: &changes, allowed: &[true], waits: false };
    assert_eq!(karim.store.take_carried(incoming, NOW).unwrap().new, 1, "there is room for that one");
    let before = karim.state();
    let received = karim.receive(&given.file).unwrap();
    assert_eq!(received.authors[0].left, vec![(LeftReason::NoRoom, 1)], "no room is a reason of its own");
    assert_eq!(karim.state(), before, "and nothing is taken in by half");
}

#[test]
fn what_is_erased_is_carried_by_nobody() {
    let [mut samia, mut karim, mut lina] = Tablet::team();
    samia.name(50, "Zqxcanary");
    let named = samia.give().unwrap().file;
    karim.receive(&named).unwrap();
    assert_eq!(karim.store.carried().unwrap().len(), 1, "he carries it");
    samia.erase(50);
    let erased = samia.give().unwrap().file;
    karim.receive(&erased).unwrap();
    let texts = |tablet: &Tablet| -> String {
        tablet.store.carried().unwrap().into_iter().map(|carried| carried.batch.changes).collect()
    };
    assert!(!texts(&karim).contains("Zqxcanary"), "the erasure takes what he carried of her (I10)");
    lina.receive(&erased).unwrap();
    lina.receive(&named).unwrap();
    assert!(!texts(&lina).contains("Zqxcanary"), "and who had the erasure first carries nothing that says the name");
    assert_eq!(lina.digests(), karim.digests(), "both hold the erasure");
    assert_eq!(lina.digests(), samia.digests(), "as she does");
}
