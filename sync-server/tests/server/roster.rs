//! The roster: what a tablet is told of the others of its structure.

use palier_sync::ScopeKey;
use palier_sync::roster::{Roster, Standing};
use palier_sync_server::registry::TabletStatus;

use crate::office::{Office, RawTablet, TERRITORY, files_of, hex, place};

async fn told(tablet: &mut RawTablet, office: &Office, mark: &str) -> Option<(Roster, String)> {
    let mut request = tablet.request(Vec::new());
    request.roster = Some(mark.to_owned());
    let signed = tablet.ask(office, &request).await.unwrap().roster?;
    Some((signed.read(&signed.key, TERRITORY).unwrap(), signed.key))
}

#[tokio::test]
async fn a_tablet_is_told_of_its_structure_and_told_again_when_it_changes() {
    let mut office = Office::open();
    let (mut samia, karim, awa) = (office.enrol("Samia").await, office.enrol("Karim").await, office.enrol("Awa").await);
    let (roster, key) = told(&mut samia, &office, "").await.unwrap();
    let replicas: Vec<u32> = roster.tablets.iter().map(|tablet| tablet.replica).collect();
    assert_eq!(replicas, vec![samia.replica, karim.replica], "her structure's, not Awa's");
    let his = roster.tablet(karim.replica).unwrap();
    assert_eq!(his.public_key, hex(karim.key.verifying_key().as_bytes()), "the key that he enrolled with");
    assert!(his.holds.contains(&place()) && his.holds.contains(&files_of("Karim")), "what he may hold");
    assert!(!his.writes.contains(&ScopeKey::Territory), "and what he may write");
    assert!(told(&mut samia, &office, &roster.mark).await.is_none(), "what she has is not told again");
    let plain = samia.send(&office, &[]).await.unwrap();
    assert!(plain.roster.is_none(), "nor is who reads none told one");

    let stopped = karim.replica;
    let suspend = |status| office.with(move |centre| centre.set_tablet_status(stopped, status));
    suspend(TabletStatus::Suspended).await.unwrap();
    let (later, _) = told(&mut samia, &office, &roster.mark).await.unwrap();
    let his = later.tablet(karim.replica).unwrap();
    assert_eq!((his.standing, his.writes.is_empty()), (Standing::Suspended, false), "he waits, and may come back");
    suspend(TabletStatus::Revoked).await.unwrap();
    let (last, _) = told(&mut samia, &office, &later.mark).await.unwrap();
    let his = last.tablet(karim.replica).unwrap();
    assert_eq!((his.standing, his.holds.is_empty()), (Standing::Revoked, true), "one that is revoked may nothing");

    office.start();
    let (again, same) = told(&mut samia, &office, "").await.unwrap();
    assert_eq!(
        (again.tablets.clone(), same),
        (last.tablets, key),
        "a server that starts again signs with the same key"
    );
    assert!(again.tablet(awa.replica).is_none(), "Awa's tablet is no affair of hers");
}
