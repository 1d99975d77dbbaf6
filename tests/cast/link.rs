//! The link of one tablet: TCP to the server, down or cut on demand.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use palier_commands::{Network, TlsNetwork};
use palier_exchange::enrol::Routes;
use palier_exchange::{NetFault, Transport};

/// A link that can be down, or cut after a number of bytes.
pub struct Link {
    address: SocketAddr,
    state: Arc<State>,
}

struct State {
    server: SocketAddr,
    down: AtomicBool,
    /// Bytes that each connection carries before it is cut; negative for no limit.
    budget: AtomicI64,
    carried: AtomicU64,
}

impl Link {
    /// A link to a server of this machine.
    ///
    /// # Errors
    /// When no port is free.
    pub fn to(server: SocketAddr) -> anyhow::Result<Arc<Self>> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let state = Arc::new(State {
            server,
            down: AtomicBool::new(false),
            budget: AtomicI64::new(-1),
            carried: AtomicU64::new(0),
        });
        let link = Arc::new(Self { address: listener.local_addr()?, state: state.clone() });
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let state = state.clone();
                std::thread::spawn(move || carry(&client, &state));
            }
        });
        Ok(link)
    }

    /// Address of the tablet's side.
    #[must_use]
    pub fn address(&self) -> String {
        format!("https://{}", self.address)
    }

    /// Takes the link down or up.
    pub fn set_down(&self, down: bool) {
        self.state.down.store(down, Ordering::Relaxed);
    }

    /// Cuts each connection after this many bytes counted in both directions; a negative number cuts none.
    pub fn cut_after(&self, bytes: i64) {
        self.state.budget.store(bytes, Ordering::Relaxed);
    }

    /// Bytes carried so far, in both directions.
    #[must_use]
    pub fn carried(&self) -> u64 {
        self.state.carried.load(Ordering::Relaxed)
    }
}

fn carry(client: &TcpStream, state: &Arc<State>) {
    if state.down.load(Ordering::Relaxed) {
        return;
    }
    let Ok(server) = TcpStream::connect(state.server) else { return };
    let (Ok(client_in), Ok(server_in)) = (client.try_clone(), server.try_clone()) else { return };
    let (Ok(client_out), Ok(server_out)) = (client.try_clone(), server.try_clone()) else { return };
    let left = Arc::new(AtomicI64::new(state.budget.load(Ordering::Relaxed)));
    let (back, back_left) = (state.clone(), left.clone());
    let answers = std::thread::spawn(move || pump(server_in, client_out, &back, &back_left));
    pump(client_in, server_out, state, &left);
    // A pump that panicked has nothing more to carry.
    let _ = answers.join();
}

fn pump(mut from: TcpStream, mut to: TcpStream, state: &State, left: &AtomicI64) {
    let mut bytes = [0u8; 4096];
    while let Ok(read) = from.read(&mut bytes) {
        let Some(chunk) = bytes.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
        let length = i64::try_from(read).unwrap_or(i64::MAX);
        let budget = left.load(Ordering::Relaxed);
        let cut = state.down.load(Ordering::Relaxed) || (budget >= 0 && budget < length);
        let kept = if cut { usize::try_from(budget.max(0)).unwrap_or(0).min(read) } else { read };
        let sent = chunk.get(..kept).is_some_and(|part| to.write_all(part).is_ok());
        state.carried.fetch_add(u64::try_from(kept).unwrap_or(0), Ordering::Relaxed);
        if cut {
            break;
        }
        if budget >= 0 {
            left.fetch_sub(length, Ordering::Relaxed);
        }
        if !sent {
            break;
        }
    }
    // The other side may be gone already.
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// Everything this tablet sends goes through its link, whatever the address it knows.
pub(crate) struct ThroughLink(pub(crate) Arc<Link>);

impl Network for ThroughLink {
    fn routes(&self, _: &str, now_ms: i64) -> Box<dyn Routes> {
        TlsNetwork.routes(&self.0.address(), now_ms)
    }

    fn transport(&self, _: &str, ca_der: &[u8], now_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        TlsNetwork.transport(&self.0.address(), ca_der, now_ms)
    }
}

/// Everything goes to one address.
pub(crate) struct Fixed(pub(crate) String);

impl Network for Fixed {
    fn routes(&self, _: &str, now_ms: i64) -> Box<dyn Routes> {
        TlsNetwork.routes(&self.0, now_ms)
    }

    fn transport(&self, _: &str, ca_der: &[u8], now_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        TlsNetwork.transport(&self.0, ca_der, now_ms)
    }
}
