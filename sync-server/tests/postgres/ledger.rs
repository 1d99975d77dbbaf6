//! The ledger itself: the common suite, one transaction a batch, transactions that meet, the fence, what the disks show.

use std::path::Path;
use std::sync::Arc;

use palier_sync::wire::Batch;
use palier_sync::{Body, Change, Dot, Edit, RecordType, ScopeKey, Stamp, Value, clock};
use palier_sync_server::ledger::{
    Author, Ledger, LedgerError, PageLimits, Postgres, PostgresAddress, PostgresLedger, conformance,
};
use uuid::Uuid;

use crate::cluster::Cluster;

const NOW: i64 = 1_795_500_000_000;
const TERRITORY: Uuid = Uuid::from_u128(1);
const KEY: [u8; 32] = [7; 32];
const ALL: PageLimits = PageLimits { changes: 100_000, bytes: 1 << 30 };

pub fn files() -> ScopeKey {
    ScopeKey::File { sector: Uuid::from_u128(77), structure: Uuid::from_u128(78) }
}

/// Changes of one author to people of its own.
pub fn people(replica: u32, from: u64, count: u64, text: &str) -> Batch {
    let change = |sequence: u64| Change {
        dot: Dot { replica, sequence },
        stamp: Stamp { time: clock::ntp_of(NOW) + sequence, replica },
        effective: None,
        scope: files(),
        record: Uuid::from_u128(u128::from(replica) << 64 | u128::from(sequence)),
        kind: RecordType::Person.number(),
        body: Body::Set(vec![Edit { field: 8, value: Value::text(text), bases: vec![] }]),
    };
    let changes: Vec<Change> = (from..from + count).map(change).collect();
    Batch { replica, changes: serde_json::to_string(&changes).unwrap(), signature: "s".to_owned() }
}

pub fn author(replica: u32) -> Author {
    Author { replica, scopes: vec![files()], clock_ms: NOW, coordinates: false, relayed: false }
}

fn open(address: &PostgresAddress, holder: u128) -> (Arc<Postgres>, PostgresLedger) {
    let postgres = Arc::new(Postgres::connect(address).unwrap());
    let lease = postgres.take(TERRITORY, Uuid::from_u128(holder), "here").unwrap();
    (postgres.clone(), PostgresLedger::new(postgres, lease, &KEY))
}

#[test]
fn it_conforms() {
    let Some(cluster) = Cluster::start() else { return };
    let postgres = Arc::new(Postgres::connect(&cluster.address()).unwrap());
    let mut territory = 0;
    conformance::all(&mut || {
        territory += 1;
        let lease = postgres.take(Uuid::from_u128(territory), Uuid::from_u128(9), "here").unwrap();
        Box::new(PostgresLedger::new(postgres.clone(), lease, &KEY))
    });
    assert!(territory > 10, "each part of the suite began with an empty ledger");
}

#[test]
fn a_batch_is_one_transaction() {
    let Some(cluster) = Cluster::start() else { return };
    let (_postgres, mut ledger) = open(&cluster.address(), 1);
    ledger.consume(&people(1, 1, 3, "x"), &author(1), NOW).unwrap();
    let count = |table: &str| cluster.ask(&format!("SELECT count(*) FROM {table}"));
    let all = || ["change", "home", "batch", "batch_record"].map(count);
    let before = all();
    // The last row that the batch writes is refused: nothing of it stays.
    let last = Uuid::from_u128(1 << 64 | 9);
    cluster.ask(&format!("ALTER TABLE batch_record ADD CONSTRAINT never CHECK (record <> '{last}')"));
    let refused = ledger.consume(&people(1, 4, 6, "x"), &author(1), NOW);
    assert!(matches!(refused, Err(LedgerError::Postgres(_))), "the database said no");
    assert_eq!(all(), before, "no row of the batch is there");
    assert_eq!((ledger.last_of(1).unwrap(), ledger.heads().unwrap()), (3, vec![(files(), 3)]), "nor is it counted");
    cluster.ask("ALTER TABLE batch_record DROP CONSTRAINT never");
    let again = ledger.consume(&people(1, 4, 6, "x"), &author(1), NOW).unwrap();
    assert_eq!((again.last, again.accepted.len()), (9, 6), "sent again, all of it is there, once");
    assert_eq!(ledger.heads().unwrap(), vec![(files(), 9)], "and the sequence has no gap");
}

#[test]
fn transactions_that_meet_are_run_again() {
    const BATCHES: u64 = 40;
    let Some(cluster) = Cluster::start_with(&["default_transaction_isolation=serializable"]) else { return };
    let (postgres, ledger) = open(&cluster.address(), 1);
    drop(ledger);
    let lease = postgres.take(TERRITORY, Uuid::from_u128(1), "here").unwrap();
    let writers: Vec<_> = [1u32, 2, 3]
        .into_iter()
        .map(|replica| {
            let mut ledger = PostgresLedger::new(postgres.clone(), lease.clone(), &KEY);
            std::thread::spawn(move || {
                for batch in 0..BATCHES {
                    ledger.consume(&people(replica, batch * 5 + 1, 5, "x"), &author(replica), NOW).unwrap();
                }
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let ledger = PostgresLedger::new(postgres.clone(), lease, &KEY);
    let (page, total) = (ledger.page(&files(), 0, None, ALL).unwrap(), 3 * BATCHES * 5);
    assert!(postgres.retries() > 0, "the database asked for another try (40001)");
    assert_eq!((page.changes.len() as u64, page.scanned), (total, total), "every change is there, once, without a gap");
    for replica in [1, 2, 3] {
        let own = page.changes.iter().filter(|change| change.dot.replica == replica);
        assert!(own.map(|change| change.dot.sequence).eq(1..=BATCHES * 5), "in the order of its author");
    }
    eprintln!("{} transactions were run again for {} batches", postgres.retries(), 3 * BATCHES);
}

#[test]
fn who_was_overtaken_writes_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let (first, mut before) = open(&cluster.address(), 1);
    before.consume(&people(1, 1, 3, "x"), &author(1), NOW).unwrap();
    let second = Arc::new(Postgres::connect(&cluster.address()).unwrap());
    let refused = second.take(TERRITORY, Uuid::from_u128(2), "there");
    assert!(
        matches!(refused, Err(LedgerError::Held { address }) if address == "here"),
        "a lease that lasts is respected"
    );
    // As when the first process sleeps longer than its lease.
    cluster.ask("UPDATE lease SET expires_ms = 1");
    let lease = second.take(TERRITORY, Uuid::from_u128(2), "there").unwrap();
    let mut after = PostgresLedger::new(second, lease.clone(), &KEY);
    after.consume(&people(2, 1, 3, "x"), &author(2), NOW).unwrap();
    for _ in 0..2 {
        let late = before.consume(&people(1, 4, 3, "x"), &author(1), NOW);
        assert!(matches!(late, Err(LedgerError::Lost)), "it is told");
    }
    assert_eq!(after.heads().unwrap(), vec![(files(), 6)], "and nothing of it is written");
    let back = first.take(TERRITORY, Uuid::from_u128(1), "here");
    assert!(matches!(back, Err(LedgerError::Held { .. })), "it waits for its turn like any other");
    assert_eq!(lease.fence(), 2, "each taking has its number");
}

#[test]
fn the_database_reads_no_text() {
    let Some(cluster) = Cluster::start() else { return };
    let (postgres, mut ledger) = open(&cluster.address(), 1);
    ledger.consume(&people(1, 1, 3, "Canaridisque"), &author(1), NOW).unwrap();
    let told = serde_json::to_string(&ledger.page(&files(), 0, None, ALL).unwrap().changes).unwrap();
    assert!(told.contains("Canaridisque"), "the ledger itself tells it");
    cluster.ask("CHECKPOINT");
    assert!(on_disk(cluster.folder(), &files().to_string()), "the search finds what is in clear");
    assert!(!on_disk(cluster.folder(), "Canaridisque"), "no table, index or log of the database shows a name");
    let lease = postgres.take(TERRITORY, Uuid::from_u128(1), "here").unwrap();
    let other = PostgresLedger::new(postgres.clone(), lease, &[8; 32]);
    assert!(matches!(other.page(&files(), 0, None, ALL), Err(LedgerError::Sealed)), "another key opens nothing");
}

#[test]
fn another_machine_is_reached_over_tls_that_is_checked() {
    let Some(cluster) = Cluster::start_with_tls("trois-paliers") else { return };
    let reach = |password: &str, authority: &Path| {
        let url = format!("postgres://palier:{password}@127.0.0.1:{}/postgres", cluster.port);
        Postgres::connect(&PostgresAddress { url, authority: Some(authority.to_owned()) })
    };
    let authority = cluster.folder().join("authority.pem");
    let (_postgres, mut ledger) = {
        let postgres = Arc::new(reach("trois-paliers", &authority).unwrap());
        let lease = postgres.take(TERRITORY, Uuid::from_u128(1), "here").unwrap();
        (postgres.clone(), PostgresLedger::new(postgres, lease, &KEY))
    };
    ledger.consume(&people(1, 1, 3, "x"), &author(1), NOW).unwrap();
    let seen = cluster.ask(
        "SELECT count(*), bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
         WHERE application_name = 'palier-server'",
    );
    assert!(seen.ends_with("|t") && !seen.starts_with('0'), "every connection is under TLS: {seen}");
    assert!(reach("autre", &authority).is_err(), "a wrong password is refused");
    let stranger = tempfile::tempdir().unwrap();
    palier_sync_server::tls::server_tls(stranger.path(), &[]).unwrap();
    let refused = reach("trois-paliers", &stranger.path().join("authority.pem")).err();
    assert!(refused.is_some(), "a certificate of another authority is refused");
}

#[test]
fn tables_of_a_newer_version_are_left_alone() {
    let Some(cluster) = Cluster::start() else { return };
    drop(Postgres::connect(&cluster.address()).unwrap());
    cluster.ask(
        "INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
         VALUES (999, 'later', '2030-01-01T00:00:00Z', '1')",
    );
    let refused = Postgres::connect(&cluster.address()).err();
    assert!(matches!(refused, Some(LedgerError::Newer)), "{refused:?}");
}

fn on_disk(folder: &Path, needle: &str) -> bool {
    std::fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            return on_disk(&path, needle);
        }
        kind.is_file() && std::fs::read(&path).unwrap().windows(needle.len()).any(|window| window == needle.as_bytes())
    })
}
