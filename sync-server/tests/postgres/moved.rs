//! A ledger moves to the database whole or not at all, goes on there, and comes back as a copy.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use palier_store::StoreKey;
use palier_sync::wire::Batch;
use palier_sync::{Body, Change, ScopeKey};
use palier_sync_server::ledger::{Author, Kind, Ledger, Postgres, PostgresLedger, SqliteLedger, Tally, tally};
use palier_sync_server::{Centre, CentreError, Seat, Wanted, now_ms};
use uuid::Uuid;

use crate::cluster::Cluster;
use crate::ledger::{author, files, people};
use crate::served::{OPTIONS, Served, Tablet, folder_with_key_of, furnish};

/// Changes of the ledger that is moved, beside the few of its making.
const CHANGES: u64 = 2_000;

fn key_of(folder: &Path) -> [u8; 32] {
    let text = std::fs::read_to_string(folder.join("server.key")).unwrap();
    let bytes: Vec<u8> = (0..32).map(|n| u8::from_str_radix(&text.trim()[2 * n..2 * n + 2], 16).unwrap()).collect();
    bytes.try_into().unwrap()
}

fn ledger_of(folder: &Path, name: &str, territory: Uuid) -> SqliteLedger {
    SqliteLedger::open(&folder.join(name), &StoreKey::new(key_of(folder)), territory).unwrap()
}

/// A folder with every kind of row: accepted, refused, erased, of several authors, one of them let go on after a restore.
fn folder_with_a_past(folder: &Path) -> (Tablet, Uuid) {
    let mut centre = Centre::open(folder, OPTIONS).unwrap();
    let (tablet, territory) = (furnish(&mut centre), centre.territory());
    drop(centre);
    let mut ledger = ledger_of(folder, "ledger.db", territory);
    for replica in [50, 51] {
        for from in (0..CHANGES / 2).step_by(500) {
            ledger.consume(&people(replica, from + 1, 500, "Canaridisque"), &author(replica), now_ms()).unwrap();
        }
    }
    let mut last: Vec<Change> = serde_json::from_str(&people(50, CHANGES / 2 + 1, 3, "x").changes).unwrap();
    last[0].record = Uuid::from_u128(50 << 64 | 7);
    last[0].body = Body::Erase;
    last[1].scope = ScopeKey::Territory;
    let batch = Batch { replica: 50, changes: serde_json::to_string(&last).unwrap(), signature: "s".to_owned() };
    let late = author(50);
    let late = Author { clock_ms: late.clock_ms - 86_400_000, ..late };
    assert_eq!(ledger.consume(&batch, &late, now_ms()).unwrap().refused.len(), 1, "one is refused");
    ledger.skip_ahead(&[51], now_ms()).unwrap();
    drop(ledger);
    drop(Centre::open(folder, OPTIONS).unwrap());
    (tablet, territory)
}

fn move_command(folder: &Path, store: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palier-server"));
    command.args(["move", "--store", store, "--data"]).arg(folder);
    command
}

fn digests(folder: &Path, store: &str) -> Vec<String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palier-server"));
    let output = command.args(["digests", "--store", store, "--data"]).arg(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut lines: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn made(name: &str) -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join(name);
    (temporary, folder)
}

#[test]
fn a_ledger_moves_and_goes_on() {
    let Some(cluster) = Cluster::start() else { return };
    let (_temporary, folder) = made("a");
    let (mut tablet, territory) = folder_with_a_past(&folder);
    let before = (digests(&folder, "sqlite"), tally(&ledger_of(&folder, "ledger.db", territory)).unwrap());
    assert!(before.1.iter().all(|tally| tally.count > 0), "there are rows of every kind: {:?}", before.1);
    let store = cluster.url();
    let output = move_command(&folder, &store).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("100 %") && said(&output).contains("20 %"), "it says how far it is");
    assert_eq!(digests(&folder, &store), before.0, "the database tells the digests that the folder told");
    assert!(!folder.join("ledger.db").exists(), "the old ledger cannot be served by mistake");
    assert!(matches!(Centre::open(&folder, OPTIONS), Err(CentreError::Elsewhere)), "nor an empty one in its place");
    // As when it was cut before the file had its new name.
    std::fs::rename(folder.join("ledger.moved.db"), folder.join("ledger.db")).unwrap();
    let ended = move_command(&folder, &store).output().unwrap();
    assert!(ended.status.success() && !folder.join("ledger.db").exists(), "{}", said(&ended));
    let again = move_command(&folder, &store).output().unwrap();
    assert!(!again.status.success(), "there is nothing more to move");

    // It goes on, also on another machine that has the key alone.
    let other = folder_with_key_of(&folder, "b");
    for folder in [&folder, &other] {
        let mut server = Served::start(&store, folder, &[]);
        server.wait_until("the server", Served::listens);
        tablet.make(5);
        tablet.sync(server.address).unwrap();
        assert_eq!(tablet.left(), 0, "what comes is taken");
        server.signal("-TERM");
        assert!(server.ended(), "{}", server.log());
    }

    // And comes back as a copy, row by row.
    let seat = Seat::find(&folder, &cluster.address(), Wanted::Own).unwrap();
    let lease = seat.try_take("").unwrap().unwrap();
    let centre = seat.open(lease.clone(), OPTIONS).unwrap();
    let copy = folder.with_file_name("copy");
    centre.backup(&copy, now_ms()).unwrap();
    let there = PostgresLedger::new(seat.postgres().clone(), lease, &key_of(&folder));
    let there = tally(&there).unwrap();
    assert_eq!(tally(&ledger_of(&copy, "ledger.db", territory)).unwrap(), there, "the copy is the ledger");
    let counted = |tallies: &[Tally]| tallies.iter().find(|t| t.kind == Kind::Change).unwrap().count;
    assert_eq!(counted(&there), counted(&before.1) + 10, "and holds what came since");
}

#[test]
fn a_move_that_is_cut_gives_nothing_up() {
    let Some(cluster) = Cluster::start() else { return };
    let (_temporary, folder) = made("a");
    let (_, territory) = folder_with_a_past(&folder);
    let (store, before) = (cluster.url(), digests(&folder, "sqlite"));
    drop(Postgres::connect(&cluster.address()).unwrap());
    let mut reached = Vec::new();
    for enough in [0, 1, CHANGES / 2, CHANGES] {
        let begun = cluster.ask("SELECT coalesce(max(fence), 0) FROM lease");
        // Taken since, and so many changes there.
        let far =
            format!("SELECT (SELECT max(fence) FROM lease) > {begun} AND (SELECT count(*) FROM change) >= {enough}");
        let mut child = move_command(&folder, &store).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while enough > 0 && cluster.ask(&far) != "t" && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(10));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        if !folder.join("ledger.db").exists() {
            break;
        }
        reached.push(cluster.ask("SELECT count(*) FROM change").parse::<u64>().unwrap());
        // The machine that was cut does not renew its lease: no need to wait for its end here.
        cluster.ask("UPDATE lease SET expires_ms = 1");
        let other = folder.with_file_name(format!("other-{enough}"));
        std::fs::create_dir(&other).unwrap();
        std::fs::copy(folder.join("server.key"), other.join("server.key")).unwrap();
        let seat = Seat::find(&other, &cluster.address(), Wanted::This(territory)).unwrap();
        let filling = cluster.ask("SELECT count(*) FROM lease WHERE state = 'filling'") == "1";
        if filling {
            assert!(seat.try_take("").unwrap().is_none(), "no server takes what is not whole");
        }
        assert_eq!(digests(&folder, "sqlite"), before, "the folder serves as before");
    }
    assert!(reached.iter().any(|changes| *changes > 0), "some were cut with changes on their way: {reached:?}");
    // As when it was cut between its last words: neither side serves, so that never both do.
    std::fs::write(folder.join("ledger.elsewhere"), Uuid::from_u128(3).to_string()).unwrap();
    assert!(matches!(Centre::open(&folder, OPTIONS), Err(CentreError::Elsewhere)), "the folder does not");
    let output = move_command(&folder, &store).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(digests(&folder, &store), before, "run again, all of it is there");
    eprintln!("cut when {reached:?} changes were there, then moved");
}

#[test]
fn a_copy_that_differs_is_refused() {
    let Some(cluster) = Cluster::start() else { return };
    let (_temporary, folder) = made("a");
    folder_with_a_past(&folder);
    let store = cluster.url();
    drop(Postgres::connect(&cluster.address()).unwrap());
    // A database that changes one value on its way.
    cluster.ask(
        "CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN IF NEW.seq = 17 THEN NEW.effective := 1; END IF; RETURN NEW; END $$",
    );
    cluster.ask("CREATE TRIGGER bend BEFORE INSERT ON change FOR EACH ROW EXECUTE FUNCTION bend()");
    let output = move_command(&folder, &store).output().unwrap();
    assert!(!output.status.success() && said(&output).contains("(Change)"), "{}", said(&output));
    assert!(folder.join("ledger.db").exists(), "the folder keeps its ledger");
    assert!(Centre::open(&folder, OPTIONS).is_ok(), "and serves as before");
    cluster.ask("DROP TRIGGER bend ON change; UPDATE lease SET expires_ms = 1");
    assert!(move_command(&folder, &store).output().unwrap().status.success(), "put right, it is moved");
    let kept: u64 = cluster.ask(&format!("SELECT seq FROM scope_head WHERE scope = '{}'", files())).parse().unwrap();
    assert!(kept > CHANGES, "with its numbers");
}
