//! Servers that share a database take over from one another, and nothing that was acknowledged is lost.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::cluster::Cluster;
use crate::served::{Served, Tablet, folder_with_key_of, made_in, place, post};

/// A territory is served again within this time after its server was killed.
const TAKEOVER_MAX: Duration = Duration::from_secs(30);

/// Works for a while: five changes a round, sent to whichever server answers. Answers the longest time without one.
fn work(tablet: &mut Tablet, servers: &[SocketAddr], time: Duration, mut at: impl FnMut(Duration)) -> Duration {
    let (begun, mut heard, mut longest) = (Instant::now(), Instant::now(), Duration::ZERO);
    // Until the time is over and everything was acknowledged.
    while begun.elapsed() < time || tablet.left() > 0 {
        at(begun.elapsed());
        if begun.elapsed() < time && tablet.left() < 500 {
            tablet.make(5);
        }
        if servers.iter().any(|address| tablet.sync(*address).is_ok()) {
            longest = longest.max(heard.elapsed());
            heard = Instant::now();
        }
        assert!(heard.elapsed() < Duration::from_secs(60), "no server answers any more");
        std::thread::sleep(Duration::from_millis(10));
    }
    longest
}

/// The ledger holds what the tablet made, each change once and in order, and the server's rows say the same.
fn all_is_there(tablet: &mut Tablet, address: SocketAddr, store: &str, folder: &Path) {
    let (changes, digest) = tablet.read_all(address);
    let own: Vec<u64> = changes
        .iter()
        .filter(|change| change.dot.replica == tablet.replica)
        .map(|change| change.dot.sequence)
        .collect();
    assert!(own.iter().copied().eq(1..=tablet.made), "{} changes of {}", own.len(), tablet.made);
    let output = Command::new(env!("CARGO_BIN_EXE_palier-server"))
        .args(["digests", "--store", store, "--data"])
        .arg(folder)
        .output()
        .unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains(&format!("{} {digest}", place())), "the ledger read again says {told}, the server {digest}");
}

#[test]
fn a_killed_server_is_replaced_and_nothing_is_lost() {
    let Some(cluster) = Cluster::start() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (folder, store) = (temporary.path().join("a"), cluster.url());
    let mut tablet = made_in(&cluster, &folder, 1);
    let other = folder_with_key_of(&folder, "b");
    let mut first = Served::start(&store, &folder, &[]);
    first.wait_until("the first server", Served::listens);
    let mut second = Served::start(&store, &other, &[]);
    second.wait_until("its wait", |server| server.log().contains("waiting for it"));
    let servers = [first.address, second.address];
    let mut killed = false;
    let without = work(&mut tablet, &servers, Duration::from_secs(6), |since| {
        if since > Duration::from_secs(3) && !killed {
            first.kill();
            killed = true;
        }
    });
    assert!(killed && without <= TAKEOVER_MAX, "taken over after {without:?}");
    assert!(second.listens(), "by the other server");
    let authority = |folder: &Path| std::fs::read_to_string(folder.join("authority.pem")).unwrap();
    assert_eq!(authority(&folder), authority(&other), "which tablets trust as they trusted the first");
    all_is_there(&mut tablet, second.address, &store, &other);
    // The first comes back, waits, and takes over in its turn from a folder that is behind.
    let first = Served::start(&store, &folder, &[]);
    let servers = [first.address, second.address];
    let mut killed = false;
    let back = work(&mut tablet, &servers, Duration::from_secs(6), |since| {
        if since > Duration::from_secs(3) && !killed {
            assert!(!first.listens(), "it waits for its turn");
            second.kill();
            killed = true;
        }
    });
    assert!(killed && back <= TAKEOVER_MAX, "taken over after {back:?}");
    all_is_there(&mut tablet, first.address, &store, &folder);
    eprintln!("taken over after {without:.1?}, then after {back:.1?}; {} changes, none lost", tablet.made);
}

#[test]
fn a_server_that_slept_through_its_lease_writes_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (folder, store) = (temporary.path().join("a"), cluster.url());
    let mut tablet = made_in(&cluster, &folder, 1);
    let other = folder_with_key_of(&folder, "b");
    let mut asleep = Served::start(&store, &folder, &[]);
    asleep.wait_until("the first server", Served::listens);
    tablet.make(5);
    tablet.sync(asleep.address).unwrap();
    asleep.signal("-STOP");
    let second = Served::start(&store, &other, &[]);
    second.wait_until("the second server", Served::listens);
    work(&mut tablet, &[second.address], Duration::from_millis(300), |_| {});
    asleep.signal("-CONT");
    tablet.make(5);
    assert!(tablet.sync(asleep.address).is_err(), "what it is sent it does not acknowledge");
    assert!(!asleep.ended(), "it sees that it was overtaken, and ends with a failure");
    assert!(asleep.log().contains("another server"), "{}", asleep.log());
    tablet.sync(second.address).unwrap();
    assert_eq!(tablet.left(), 0, "the one that serves takes it");
    all_is_there(&mut tablet, second.address, &store, &other);
}

#[test]
fn a_spare_takes_whichever_territory_is_left_alone() {
    let Some(cluster) = Cluster::start() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (folder, store) = (temporary.path().join("a"), cluster.url());
    let mut here = made_in(&cluster, &folder, 1);
    let beside = folder_with_key_of(&folder, "b");
    let mut there = made_in(&cluster, &beside, 2);
    let first = Served::start(&store, &folder, &[]);
    let mut second = Served::start(&store, &beside, &[]);
    first.wait_until("the first server", Served::listens);
    second.wait_until("the second server", Served::listens);
    let reserve = folder_with_key_of(&folder, "spare");
    let spare = Served::start(&store, &reserve, &["--spare"]);
    spare.wait_until("its wait", |server| server.log().contains("waiting for it"));
    work(&mut there, &[second.address], Duration::from_millis(300), |_| {});
    // A clean stop leaves the territory at once.
    second.signal("-TERM");
    assert!(second.ended(), "it ends well");
    let wait = spare.wait_until("the spare", Served::listens);
    work(&mut there, &[spare.address], Duration::from_millis(300), |_| {});
    work(&mut here, &[first.address], Duration::from_millis(300), |_| {});
    assert!(here.sync(spare.address).is_err(), "the other territory is not its own");
    assert!(wait < Duration::from_secs(8), "no lease had to end: {wait:?}");
    eprintln!("left and taken after {wait:.1?}");
}

#[test]
fn a_code_made_beside_a_server_goes_with_its_territory() {
    let Some(cluster) = Cluster::start() else { return };
    let temporary = tempfile::tempdir().unwrap();
    let (folder, store) = (temporary.path().join("a"), cluster.url());
    let mut tablet = made_in(&cluster, &folder, 1);
    let other = folder_with_key_of(&folder, "b");
    let mut first = Served::start(&store, &folder, &[]);
    first.wait_until("the first server", Served::listens);
    let second = Served::start(&store, &other, &[]);
    second.wait_until("its wait", |server| server.log().contains("waiting for it"));
    let code = |folder: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_palier-server"));
        let output = command.args(["code", "--store", &store, "--data"]).arg(folder).arg("Samia").output().unwrap();
        (output.status.success(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (made, text, error) = code(&folder);
    assert!(made, "{error}");
    let hello = |lookup: &str| format!(r#"{{"lookup": "{lookup}", "nonce": "{}"}}"#, "00".repeat(16));
    let asked = |address, lookup| post(address, "/v1/enrol/hello", "", hello(lookup).as_bytes()).unwrap().0 == 200;
    let known = |address| asked(address, &text[..4]);
    assert!(known(first.address), "the server knows it at once");
    assert!(!asked(first.address, "ZZZZ"), "and no other");
    tablet.sync(first.address).unwrap();
    assert!(!code(&other).0, "a server that waits makes none");
    first.kill();
    second.wait_until("the second server", Served::listens);
    assert!(known(second.address), "so does the one that takes over, from a folder that never saw it");
}
