//! The network between a server and its database is cut in the middle of a batch: all of it or nothing, and the server knows
//! what it does not know.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use palier_sync_server::ledger::{Ledger, LedgerError, PageLimits, Postgres, PostgresAddress, PostgresLedger};
use uuid::Uuid;

use crate::cluster::Cluster;
use crate::ledger::{author, files, people};

const NOW: i64 = 1_795_500_000_000;
const KEY: [u8; 32] = [7; 32];
const CHANGES: u64 = 20;
const ALL: PageLimits = PageLimits { changes: 1_000, bytes: 1 << 20 };

/// Bytes that may still pass, when nothing is to be cut.
const OPEN: i64 = 1 << 40;

/// A link that lets so many bytes pass each way, then cuts.
struct Link {
    address: SocketAddr,
    up: Arc<AtomicI64>,
    down: Arc<AtomicI64>,
}

impl Link {
    fn to(cluster: &Cluster) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let socket: PathBuf = cluster.folder().join(format!(".s.PGSQL.{}", cluster.port));
        let (up, down) = (Arc::new(AtomicI64::new(OPEN)), Arc::new(AtomicI64::new(OPEN)));
        let link = Self { address: listener.local_addr().unwrap(), up: up.clone(), down: down.clone() };
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = UnixStream::connect(&socket) else { return };
                let (near2, far2) = (near.try_clone().unwrap(), far.try_clone().unwrap());
                let (up, down) = (up.clone(), down.clone());
                std::thread::spawn(move || pass(&near, &far, &up, || close(&near, &far)));
                std::thread::spawn(move || pass(&far2, &near2, &down, || close(&near2, &far2)));
            }
        });
        link
    }

    fn allow(&self, up: i64, down: i64) {
        self.up.store(up, Ordering::SeqCst);
        self.down.store(down, Ordering::SeqCst);
    }

    fn postgres(&self) -> Postgres {
        let url = format!("postgres://palier@{}/postgres", self.address);
        Postgres::connect(&PostgresAddress { url, authority: None }).unwrap()
    }
}

fn close(near: &TcpStream, far: &UnixStream) {
    // One side may have closed first.
    let _ = (near.shutdown(Shutdown::Both), far.shutdown(Shutdown::Both));
}

fn pass(mut from: impl Read, mut to: impl Write, room: &AtomicI64, close: impl Fn()) {
    let mut bytes = [0u8; 512];
    while let Ok(read @ 1..) = from.read(&mut bytes) {
        let left = room.fetch_sub(read as i64, Ordering::SeqCst);
        let allowed = left.clamp(0, read as i64) as usize;
        if to.write_all(&bytes[..allowed]).is_err() || allowed < read {
            break;
        }
    }
    close();
}

#[test]
fn a_batch_cut_anywhere_is_there_whole_or_not_at_all() {
    let Some(cluster) = Cluster::start() else { return };
    let link = Link::to(&cluster);
    let direct = Arc::new(Postgres::connect(&cluster.address()).unwrap());
    let holder = Uuid::from_u128(9);
    let batch = people(1, 1, CHANGES, "x");
    let mut territory = 0;
    let (mut whole, mut nothing, mut unsure) = (0, 0, 0);
    let mut cut = |up: i64, down: i64| {
        territory += 1;
        let territory = Uuid::from_u128(territory);
        link.allow(OPEN, OPEN);
        let far = Arc::new(link.postgres());
        let lease = far.take(territory, holder, "here").unwrap();
        let mut ledger = PostgresLedger::new(far, lease.clone(), &KEY);
        link.allow(up, down);
        let answer = ledger.consume(&batch, &author(1), NOW);
        let used = (up - link.up.load(Ordering::SeqCst), down - link.down.load(Ordering::SeqCst));
        link.allow(OPEN, OPEN);

        let lease_after = direct.take(territory, holder, "here").unwrap();
        let mut after = PostgresLedger::new(direct.clone(), lease_after, &KEY);
        let last = after.last_of(1).unwrap();
        let told = after.page(&files(), 0, None, ALL).unwrap().changes.len() as u64;
        assert!(last == told && (told == 0 || told == CHANGES), "cut at {up}/{down}: {told} of {CHANGES} changes");
        match &answer {
            Ok(_) => assert_eq!(told, CHANGES, "cut at {up}/{down}: what was answered is there"),
            Err(LedgerError::Unsure) => {
                unsure += 1;
                assert!(lease.is_lost(), "cut at {up}/{down}: the server ends, because it does not know");
            }
            Err(error) => assert_eq!(told, 0, "cut at {up}/{down}: it said no ({error})"),
        }
        if told == 0 {
            nothing += 1
        } else {
            whole += 1
        }
        let again = after.consume(&batch, &author(1), NOW).unwrap();
        assert_eq!((again.last, again.accepted.len() as u64), (CHANGES, CHANGES - told), "sent again, once");
        assert_eq!(after.heads().unwrap(), vec![(files(), CHANGES)], "without a gap");
        used
    };
    let (up, down) = cut(OPEN, OPEN);
    assert!(up > 1_000 && down > 1_000, "a batch takes {up} bytes up and {down} down");
    for step in 0..16 {
        cut(up * step / 16, OPEN);
    }
    for before in [1, 2, 6, 20] {
        cut(up - before, OPEN);
        cut(OPEN, down - before);
    }
    for step in 0..8 {
        cut(OPEN, down * step / 8);
    }
    assert!(nothing > 10 && whole > 1 && unsure > 0, "{nothing} with nothing, {whole} whole, {unsure} unsure");
    eprintln!("{nothing} cuts left nothing, {whole} everything, {unsure} were not answered");
}
