//! A tablet that loses a scope: what it wrote before it knew still arrives, then nothing more does.

use palier_sync::catalogue::{profile, sector};
use palier_sync::wire::RefusalReason;
use palier_sync::{RecordType, ScopeKey, Value};
use palier_sync_server::{CentreError, now_ms};

use crate::office::{Office, SECTOR, files_of, place, profile_of, structure};

impl Office {
    async fn take_sector_from(&self, kept: &'static str) {
        let elements = vec![structure(kept).to_string()];
        self.with(move |centre| {
            centre
                .write(now_ms(), |draft| {
                    draft.set_elements(
                        ScopeKey::Territory,
                        SECTOR,
                        RecordType::Sector,
                        sector::structures,
                        &elements,
                    )?;
                    Ok::<_, CentreError>(())
                })
                .unwrap();
        })
        .await;
    }
}

#[tokio::test]
async fn work_for_a_lost_sector_still_arrives_once() {
    let office = Office::open();
    let mut awa = office.enrol("Awa").await;
    let answer = awa.send(&office, &[]).await.unwrap();
    awa.keep(&answer);
    office.take_sector_from("Samia").await;
    // Awa was offline: her day's work is in the sector that her structure left meanwhile.
    let work = [awa.building(300, "9 rue des Essais")];
    let answer = awa.send(&office, &work).await.unwrap();
    assert!(answer.refused.is_empty(), "what was written before she knew arrives: {:?}", answer.refused);
    assert!(answer.lost_scopes.contains(&place()) && answer.lost_scopes.contains(&files_of("Awa")), "she is told");
    assert!(answer.scopes.iter().all(|page| page.scope != place()), "and told nothing more of it");
    awa.cursors.retain(|cursor| !answer.lost_scopes.contains(&cursor.scope));
    awa.send(&office, &[]).await.unwrap();
    let after = [awa.building(301, "10 rue des Essais")];
    let answer = awa.send(&office, &after).await.unwrap();
    assert_eq!(answer.refused[0].reason, RefusalReason::NotAllowed, "once it is dropped there, nothing more comes");
}

#[tokio::test]
async fn who_left_brings_what_was_left_and_reads_nothing() {
    let office = Office::open();
    let mut karim = office.enrol("Karim").await;
    let answer = karim.send(&office, &[]).await.unwrap();
    karim.keep(&answer);
    office
        .with(|centre| {
            let scope = ScopeKey::Team { structure: structure("Karim") };
            centre
                .write(now_ms(), |draft| {
                    let gone = [(profile::active, Value::Bool(false))];
                    draft.set(scope, profile_of("Karim"), RecordType::Profile, &gone)?;
                    Ok::<_, CentreError>(())
                })
                .unwrap();
        })
        .await;
    let last_day = [karim.building(302, "11 rue des Essais")];
    let answer = karim.send(&office, &last_day).await.unwrap();
    assert!(answer.refused.is_empty(), "the last day's work arrives");
    assert!(answer.scopes.is_empty(), "nothing is told any more");
    assert_eq!(answer.lost_scopes.len(), 4, "and everything is to be dropped");
}
