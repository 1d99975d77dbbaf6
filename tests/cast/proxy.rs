//! The proxy between tablets and a server: it counts what it carries, goes down, cuts after any number of bytes, and is as
//! slow and as lossy as asked.

use std::io::Read;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use crate::slow::{Lane, Slowness, carry_slowly};

/// Bytes read at once.
const CHUNK: usize = 64 * 1024;

/// Type of a TLS record that is sealed: in TLS 1.3 the client's first is the end of its handshake.
const SEALED: u8 = 0x17;

/// A proxy in front of one server. It ends with the process.
pub struct Proxy {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    server: SocketAddr,
    down: AtomicBool,
    /// Bytes that each connection carries before it is cut; negative for no limit.
    budget: AtomicI64,
    slowness: Mutex<Option<Slowness>>,
    count: Count,
    /// When the last connection carried its first byte after the handshake.
    begun: Mutex<Option<Instant>>,
}

#[derive(Default)]
struct Count {
    up: AtomicU64,
    down: AtomicU64,
    conns: AtomicU64,
}

/// What was carried at one moment, or between two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Carried {
    /// Payload of TCP from the tablet, in bytes.
    pub up: u64,
    /// Payload of TCP to the tablet, in bytes.
    pub down: u64,
    /// Connections.
    pub conns: u64,
}

impl Carried {
    /// What was carried since an earlier moment.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            up: self.up.saturating_sub(before.up),
            down: self.down.saturating_sub(before.down),
            conns: self.conns.saturating_sub(before.conns),
        }
    }

    /// Bytes both ways.
    #[must_use]
    pub fn total(self) -> u64 {
        self.up.saturating_add(self.down)
    }
}

impl Proxy {
    /// A proxy to a server of this machine.
    ///
    /// # Errors
    /// When no port is free.
    pub fn to(server: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let state = Arc::new(State {
            server,
            down: AtomicBool::new(false),
            budget: AtomicI64::new(-1),
            slowness: Mutex::new(None),
            count: Count::default(),
            begun: Mutex::new(None),
        });
        let proxy = Self { address: listener.local_addr()?, state: state.clone() };
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = state.clone();
                std::thread::spawn(move || carry(client, &state));
            }
        });
        Ok(proxy)
    }

    /// The address that tablets are given.
    #[must_use]
    pub fn address(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Takes the link down or up.
    pub fn set_down(&self, down: bool) {
        self.state.down.store(down, Relaxed);
    }

    /// Cuts each new connection as soon as it carried this many bytes, counted in both directions; a negative number cuts none.
    pub fn cut_after(&self, bytes: i64) {
        self.state.budget.store(bytes, Relaxed);
    }

    /// Makes each new connection slow; none makes it as fast as this machine.
    pub fn set_slowness(&self, slowness: Option<Slowness>) {
        *held(&self.state.slowness) = slowness;
    }

    /// What was carried so far.
    #[must_use]
    pub fn carried(&self) -> Carried {
        let Count { up, down, conns } = &self.state.count;
        Carried { up: up.load(Relaxed), down: down.load(Relaxed), conns: conns.load(Relaxed) }
    }

    /// When the tablet gave its first byte after the TLS handshake of the last connection.
    #[must_use]
    pub fn begun(&self) -> Option<Instant> {
        *held(&self.state.begun)
    }
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn carry(client: TcpStream, state: &Arc<State>) {
    state.count.conns.fetch_add(1, Relaxed);
    if state.down.load(Relaxed) {
        return;
    }
    let Ok(server) = TcpStream::connect(state.server) else { return };
    let (Ok(client_out), Ok(server_in)) = (client.try_clone(), server.try_clone()) else { return };
    // A proxy that waits for more bytes would be measured as the server.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let left = Arc::new(AtomicI64::new(state.budget.load(Relaxed)));
    if left.load(Relaxed) == 0 {
        // Nothing at all is carried: both ends see their connection close.
        return;
    }
    let slowness = held(&state.slowness).clone();
    let (up, down) = slowness.map(|slowness| slowness.lanes()).unzip();
    let (back, back_left) = (state.clone(), left.clone());
    let answers = std::thread::spawn(move || pump(server_in, client_out, &back, &back_left, Way::Down, down));
    pump(client, server, state, &left, Way::Up, up);
    // A pump that panicked has nothing more to carry.
    let _ = answers.join();
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

fn pump(mut from: TcpStream, to: TcpStream, state: &State, left: &AtomicI64, way: Way, lane: Option<Lane>) {
    let count = if way == Way::Up { &state.count.up } else { &state.count.down };
    let mut records = Records::default();
    let size = lane.as_ref().map_or(CHUNK, Lane::segment);
    let mut out = carry_slowly(to, lane);
    let mut bytes = vec![0u8; size];
    while let Ok(read) = from.read(&mut bytes) {
        let Some(chunk) = bytes.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
        if way == Way::Up && records.begins(chunk) {
            *held(&state.begun) = Some(Instant::now());
        }
        let (allowed, spent) = spend(left, chunk.len());
        let Some(kept) = chunk.get(..allowed) else { break };
        // Counted before it is given on: whoever reads it may ask at once what was carried.
        count.fetch_add(kept.len() as u64, Relaxed);
        let sent = out.write_all(kept).is_ok();
        if spent || state.down.load(Relaxed) {
            out.close(Shutdown::Both);
            let _ = from.shutdown(Shutdown::Both);
            return;
        }
        if !sent {
            break;
        }
    }
    // The other side may be gone already.
    let _ = from.shutdown(Shutdown::Read);
    out.close(Shutdown::Write);
}

/// How many of these bytes the budget allows, and whether it is spent now.
fn spend(left: &AtomicI64, wanted: usize) -> (usize, bool) {
    let wanted_signed = i64::try_from(wanted).unwrap_or(i64::MAX);
    let after = |budget: i64| if budget < 0 { budget } else { budget.saturating_sub(wanted_signed).max(0) };
    let before = left.fetch_update(Relaxed, Relaxed, |budget| Some(after(budget))).unwrap_or(0);
    if before < 0 {
        return (wanted, false);
    }
    (usize::try_from(before).unwrap_or(0).min(wanted), before <= wanted_signed)
}

/// Where the tablet's side of a connection stands in its TLS records.
#[derive(Default)]
struct Records {
    header: Vec<u8>,
    body_left: usize,
    sealed: u32,
}

impl Records {
    /// Whether the first byte after the handshake is in this chunk: the second sealed record begins there.
    fn begins(&mut self, mut chunk: &[u8]) -> bool {
        let before = self.sealed;
        while !chunk.is_empty() && self.sealed < 2 {
            let skipped = self.body_left.min(chunk.len());
            self.body_left -= skipped;
            let (_, rest) = chunk.split_at(skipped);
            let (header, rest) = rest.split_at(rest.len().min(5 - self.header.len()));
            self.header.extend_from_slice(header);
            if let [kind, _, _, high, low] = *self.header.as_slice() {
                self.sealed += u32::from(kind == SEALED);
                self.body_left = usize::from(u16::from_be_bytes([high, low]));
                self.header.clear();
            }
            chunk = rest;
        }
        before < 2 && self.sealed == 2
    }
}
