//! Who may read, and whose word enters.

use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::receive::LeftReason;
use palier_store::carried::Incoming;
use palier_sync::catalogue::profile;
use palier_sync::roster::{RosterTablet, Standing};
use palier_sync::wire::Batch;
use palier_sync::{Change, RecordType, ScopeKey, Value, sign};
use uuid::Uuid;

use crate::field::{FILES, KARIM, LINA, NOW, PLACE, SAMIA, TERRITORY, Tablet, key, listed, signed};

fn standing(samia: Standing) -> Vec<RosterTablet> {
    vec![listed(SAMIA, samia), listed(KARIM, Standing::Active), listed(LINA, Standing::Active)]
}

/// A batch as its author would sign it.
fn batch(author: u32, changes: &[Change]) -> Batch {
    let changes = serde_json::to_string(changes).unwrap();
    let signature = sign::sign(&key(author), &sign::batch_text(&TERRITORY.to_string(), author, &changes));
    Batch { replica: author, changes, signature }
}

/// Has a tablet carry a batch, whatever it is.
fn carry(tablet: &mut Tablet, batch: &Batch, changes: &[Change]) {
    let allowed = vec![true; changes.len()];
    tablet.store.take_carried(Incoming { batch, changes, allowed: &allowed, waits: false }, NOW).unwrap();
}

#[test]
fn who_does_not_hold_the_scope_reads_nothing() {
    let ambassador =
        RosterTablet { holds: vec![ScopeKey::Territory, PLACE], writes: vec![PLACE], ..listed(LINA, Standing::Active) };
    let tablets = vec![listed(SAMIA, Standing::Active), listed(KARIM, Standing::Active), ambassador];
    let (mut samia, mut lina) = (Tablet::of(SAMIA, tablets.clone()), Tablet::of(LINA, tablets));
    samia.name(50, "Mona");
    let given = samia.give().unwrap();
    assert_eq!(given.readers, vec![KARIM], "a file is sealed for who may hold files");
    let before = lina.state();
    assert!(matches!(lina.receive(&given.file), Err(BundleError::NotForThisTablet)), "an ambassador opens nothing");
    assert_eq!(lina.state(), before, "and has nothing of it");
}

#[test]
fn a_scope_that_was_lost_meanwhile_is_not_taken_in() {
    let [mut samia, ..] = Tablet::team();
    samia.name(50, "Mona");
    samia.tell(1);
    let file = samia.give().unwrap().file;
    // Karim's own roster is newer: he holds no files any more.
    let mut tablets = standing(Standing::Active);
    tablets[1].holds = vec![ScopeKey::Territory, PLACE];
    let mut karim = Tablet::in_territory(KARIM, TERRITORY, &signed(tablets, NOW + 1));
    let before = karim.state();
    let received = karim.receive(&file).unwrap();
    assert_eq!(received.authors[0].left, vec![(LeftReason::Scope, 2)], "a batch with a scope that is not his is left");
    assert_eq!(karim.state(), before, "whole: he does not carry it either (I11)");
}

#[test]
fn a_forged_batch_is_left_and_the_others_are_taken() {
    let [mut samia, mut karim, mut lina] = Tablet::team();
    let words = lina.tell(9);
    carry(&mut samia, &Batch { replica: LINA, ..batch(SAMIA, &words) }, &words);
    samia.tell(1);
    let received = karim.receive(&samia.give().unwrap().file).unwrap();
    assert_eq!((received.authors[0].replica, received.authors[0].new), (SAMIA, 1), "hers is taken");
    assert_eq!(received.authors[1].left, vec![(LeftReason::NotSigned, 1)], "what Lina did not sign is not hers");
    assert_eq!(karim.store.carried_authors().unwrap(), vec![(SAMIA, 1)], "nor carried");
}

#[test]
fn a_change_that_its_author_may_not_make_is_left_out() {
    let [mut samia, mut karim, _] = Tablet::team();
    let id = Uuid::from_u128(70);
    let mut changes = samia.tell(1);
    changes.extend(samia.write(FILES, id, RecordType::Profile, &[(profile::role, Value::text("coordinator"))]));
    let received = karim.receive(&samia.give().unwrap().file).unwrap();
    assert_eq!((received.authors[0].new, received.authors[0].left.clone()), (1, vec![(LeftReason::NotAllowed, 1)]));
    assert!(karim.store.record(id).unwrap().is_none(), "a tablet gives nobody a role");
    assert_eq!(karim.store.carried().unwrap().len(), 1, "the batch goes on whole: the server decides");
}

#[test]
fn an_author_that_is_stopped_enters_nowhere() {
    for (stopped, reason) in
        [(Standing::Revoked, LeftReason::AuthorRevoked), (Standing::Suspended, LeftReason::AuthorSuspended)]
    {
        let [mut samia, _, mut lina] = Tablet::team();
        samia.tell(1);
        lina.receive(&samia.give().unwrap().file).unwrap();
        let file = lina.give().unwrap().file;
        let mut karim = Tablet::in_territory(KARIM, TERRITORY, &signed(standing(stopped), NOW + 1));
        let before = karim.digests();
        let received = karim.receive(&file).unwrap();
        assert_eq!(received.authors[0].left, vec![(reason, 1)], "{stopped:?}");
        assert_eq!(karim.digests(), before, "{stopped:?}: nothing of it is shown");
        let carries = usize::from(stopped == Standing::Suspended);
        assert_eq!(karim.store.carried().unwrap().len(), carries, "what a suspended one wrote waits, as on the server");
        let own = samia.give().unwrap().file;
        assert!(matches!(karim.receive(&own), Err(BundleError::GiverStopped)), "nor does it bring anything");
    }
}

#[test]
fn an_author_who_comes_back_is_taken_in_from_the_same_bundle() {
    let [mut samia, _, mut lina] = Tablet::team();
    samia.tell(1);
    lina.receive(&samia.give().unwrap().file).unwrap();
    let file = lina.give().unwrap().file;
    let mut karim = Tablet::in_territory(KARIM, TERRITORY, &signed(standing(Standing::Suspended), NOW + 1));
    karim.receive(&file).unwrap();
    palier_exchange::roster::keep(&karim.store, &signed(standing(Standing::Active), NOW + 2)).unwrap();
    assert_eq!(karim.receive(&file).unwrap().authors[0].new, 1, "heard again, it is read");
    assert!(karim.store.carried().unwrap().iter().all(|carried| carried.taken), "and its rows are held");
    assert_eq!(karim.digests(), samia.digests());
}

#[test]
fn the_servers_newer_roster_comes_with_the_bundle() {
    // Karim synced before Lina was enrolled; Samia after.
    let mut karim = Tablet::of(KARIM, vec![listed(SAMIA, Standing::Active), listed(KARIM, Standing::Active)]);
    let newer = signed(standing(Standing::Active), NOW + 1_000);
    let mut samia = Tablet::in_territory(SAMIA, TERRITORY, &newer);
    let mut lina = Tablet::in_territory(LINA, TERRITORY, &newer);
    lina.tell(4);
    let given = lina.give().unwrap().file;
    samia.receive(&given).unwrap();
    assert_eq!(karim.receive(&given).unwrap().authors[0].new, 1, "he learns of her from the roster that she brings");
    // One that the server did not sign teaches nothing.
    let mut other = Tablet::of(KARIM, vec![listed(SAMIA, Standing::Active), listed(KARIM, Standing::Active)]);
    let forged = palier_sync::roster::SignedRoster::sign(
        &key(LINA),
        TERRITORY,
        &palier_sync::roster::Roster::of(standing(Standing::Active), NOW + 2_000).unwrap(),
    );
    palier_exchange::roster::keep(&lina.store, &forged.unwrap()).unwrap();
    let given = lina.give().unwrap().file;
    assert!(matches!(other.receive(&given), Err(BundleError::GiverUnknown)), "who is not known stays unknown");
}

#[test]
fn an_author_who_is_not_known_is_said_to_be() {
    let [mut samia, ..] = Tablet::team();
    let mut lina = Tablet::team().into_iter().next_back().unwrap();
    let words = lina.tell(9);
    carry(&mut samia, &Batch { replica: 40, ..batch(LINA, &words) }, &words);
    let [_, mut karim, _] = Tablet::team();
    let received = karim.receive(&samia.give().unwrap().file).unwrap();
    assert_eq!(received.authors[0].left, vec![(LeftReason::AuthorUnknown, 1)], "nobody that the server named");
}
