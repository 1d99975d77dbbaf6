//! Backup, restore, a read model built again, data of another version: nobody comes back, nothing is given twice.

use std::path::PathBuf;

use palier_sync::wire::RefusalReason;
use palier_sync::{Body, Change};
use palier_sync_server::copy::{self, Lasting};
use palier_sync_server::registry::TabletStatus;
use palier_sync_server::{Centre, CentreError, FolderLock, now_ms};
use uuid::Uuid;

use crate::office::{OPTIONS, Office, on_disk};

const HOUSEHOLD: Uuid = Uuid::from_u128(100);

impl Office {
    async fn backup(&self, name: &str) -> PathBuf {
        let target = self.folder().with_file_name(name);
        let to = target.clone();
        self.with(move |centre| centre.backup(&to, now_ms()).unwrap()).await;
        target
    }
}

#[tokio::test]
async fn a_restored_centre_goes_on_and_brings_nobody_back() {
    let mut office = Office::open();
    let (mut samia, mut karim) = (office.enrol("Samia").await, office.enrol("Karim").await);
    let opened =
        [samia.household(HOUSEHOLD), samia.agreement(HOUSEHOLD, "granted"), samia.person(200, HOUSEHOLD, "Canari")];
    let answer = samia.send(&office, &opened).await.unwrap();
    samia.keep(&answer);
    let early = office.backup("early").await;

    // After the backup: the person is erased, another is named and erased, a tablet is lost, work goes on.
    let later = [
        samia.person(201, HOUSEHOLD, "Passage"),
        Change { body: Body::Erase, ..samia.person(200, HOUSEHOLD, "") },
        Change { body: Body::Erase, ..samia.person(201, HOUSEHOLD, "") },
        samia.building(202, "5 rue des Essais"),
    ];
    let answer = samia.send(&office, &later).await.unwrap();
    samia.keep(&answer);
    let lost = karim.replica;
    office.with(move |centre| centre.set_tablet_status(lost, TabletStatus::Revoked).unwrap()).await;
    let list = std::fs::read_to_string(office.folder().join(copy::LIST_FILE)).unwrap();

    let restored = office.folder().with_file_name("restored");
    copy::restore(&early, &restored, &Lasting::read(&list).unwrap(), now_ms()).unwrap();
    office.move_to(&restored);
    let people = office.with(|centre| centre.store.persons_of(HOUSEHOLD).unwrap()).await;
    assert!(people.is_empty(), "nobody is named in the restored data");
    let texts = office.ledger_texts();
    assert!(texts.iter().all(|text| !text.contains("Canari")), "no text of the ledger names them");
    assert_eq!(karim.send(&office, &[]).await.unwrap_err().1, "revoked", "the lost tablet stays lost");

    // Samia's tablet has sent 7 changes, the copy holds 3 of them: it goes on, and is told what came since.
    let next = [samia.building(203, "6 rue des Essais"), samia.person(201, HOUSEHOLD, "Passage")];
    let answer = samia.send(&office, &next).await.unwrap();
    assert_eq!(answer.consumed[0].sequence, 9, "it goes on from where it is");
    assert_eq!(
        answer.refused.iter().map(|refused| refused.reason).collect::<Vec<_>>(),
        vec![RefusalReason::Erased],
        "who was named and erased between both does not come back either"
    );
    samia.keep(&answer);
    let mut awa = office.enrol("Awa").await;
    assert!(awa.replica > lost + 1_000, "a number that was given since the copy is not given again");
    let news = [awa.building(204, "7 rue des Essais")];
    awa.send(&office, &news).await.unwrap();
    let told = serde_json::to_string(&samia.send(&office, &[]).await.unwrap().scopes).unwrap();
    assert!(told.contains("7 rue des Essais"), "a cursor of before the restore misses nothing");
}

#[tokio::test]
async fn a_restore_that_cannot_be_whole_leaves_nothing() {
    let office = Office::open();
    let copied = office.backup("copy").await;
    let target = office.folder().with_file_name("target");
    let lasting = Lasting::default();
    let empty = office.folder().with_file_name("empty");
    std::fs::create_dir(&empty).unwrap();
    assert!(matches!(copy::restore(&empty, &target, &lasting, now_ms()), Err(CentreError::NotFound)), "no backup");
    assert!(matches!(copy::restore(&copied, office.folder(), &lasting, now_ms()), Err(CentreError::Exists)), "in use");
    std::fs::remove_file(copied.join("server.key")).unwrap();
    assert!(copy::restore(&copied, &target, &lasting, now_ms()).is_err(), "a backup without its key");
    assert!(!target.exists(), "nothing is there by half");
}

#[tokio::test]
async fn a_read_model_is_built_again_as_it_was() {
    let mut office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let opened =
        [samia.household(HOUSEHOLD), samia.agreement(HOUSEHOLD, "granted"), samia.person(200, HOUSEHOLD, "Canari")];
    samia.send(&office, &opened).await.unwrap();
    let before = office.with(|centre| centre.digests().unwrap()).await;
    let folder = office.folder().to_owned();
    office.stop();
    let rebuilt = copy::rebuild(&folder).unwrap();
    assert_eq!((rebuilt.changes > 5, rebuilt.differing), (true, Vec::new()), "the old one was right");
    std::fs::write(folder.join("read-model.db"), vec![7; 8_192]).unwrap();
    assert!(Centre::open(&folder, OPTIONS).is_err(), "a damaged one is not served");
    copy::rebuild(&folder).unwrap();
    office.start();
    assert_eq!(office.with(|centre| centre.digests().unwrap()).await, before, "whatever became of the old one");
    let person = Uuid::from_u128(205);
    let address = samia.building(206, "8 rue des Essais");
    samia.send(&office, &[address]).await.unwrap();
    // The server's own names go on as well: what it writes next reaches a tablet.
    office.write_sector("Nouveau secteur", person).await;
    let told = serde_json::to_string(&samia.send(&office, &[]).await.unwrap().scopes).unwrap();
    assert!(told.contains("Nouveau secteur"), "what the centre writes after that is told");
}

#[tokio::test]
async fn one_server_at_a_time() {
    let mut office = Office::open();
    let folder = office.folder().to_owned();
    office.stop();
    let lock = FolderLock::take(&folder).unwrap();
    assert!(matches!(FolderLock::take(&folder), Err(CentreError::InUse)), "a second server is refused");
    assert!(matches!(copy::rebuild(&folder), Err(CentreError::InUse)), "and so is a rebuild beside it");
    drop(lock);
    assert!(FolderLock::take(&folder).is_ok(), "the next one is not");
}

#[tokio::test]
async fn data_of_a_newer_version_are_refused_and_left_alone() {
    for file in ["ledger.db", "registry.db", "read-model.db"] {
        let mut office = Office::open();
        office.stop();
        office.connect(file).pragma_update(None, "user_version", 999).unwrap();
        let refused = Centre::open(office.folder(), OPTIONS).err();
        assert!(matches!(refused, Some(CentreError::Newer)), "{file}: {refused:?}");
        let kept: i64 = office.connect(file).pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        assert_eq!(kept, 999, "{file} is left as it is");
    }
}

#[tokio::test]
async fn nothing_is_readable_on_the_disk() {
    let office = Office::open();
    let mut samia = office.enrol("Samia").await;
    let opened = [
        samia.household(HOUSEHOLD),
        samia.agreement(HOUSEHOLD, "granted"),
        samia.person(200, HOUSEHOLD, "Canaridisque"),
    ];
    samia.send(&office, &opened).await.unwrap();
    office.backup("copy").await;
    let parent = office.folder().parent().unwrap();
    let key = std::fs::read_to_string(office.folder().join("server.key")).unwrap();
    assert!(on_disk(parent, &key), "the search finds what is in clear");
    assert!(!on_disk(parent, "Canaridisque"), "no file of the server or of its copy shows a name");
    #[cfg(unix)]
    for secret in ["server.key", "recovery/organisation-recovery.key"] {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(office.folder().join(secret)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{secret} is its owner's alone");
    }
}
