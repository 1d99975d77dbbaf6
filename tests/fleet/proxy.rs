//! The proxy that counts: payload of TCP both ways, and connections.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use serde_json::{Value, json};

/// A proxy in front of one server.
pub struct Proxy {
    address: SocketAddr,
    count: Arc<Count>,
}

#[derive(Default)]
struct Count {
    up: AtomicU64,
    down: AtomicU64,
    conns: AtomicU64,
}

/// What was carried at one moment.
#[derive(Clone, Copy)]
pub struct Carried {
    up: u64,
    down: u64,
    conns: u64,
}

impl Carried {
    /// What was carried since an earlier moment: bytes up, down and in total, connections.
    pub fn since(self, before: Self) -> Value {
        let (up, down) = (self.up.saturating_sub(before.up), self.down.saturating_sub(before.down));
        json!({ "up": up, "down": down, "total": up.saturating_add(down), "conns": self.conns.saturating_sub(before.conns) })
    }
}

impl Proxy {
    /// A proxy to a server of this machine.
    pub fn to(server: SocketAddr) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        let proxy = Self { address: listener.local_addr()?, count: Arc::default() };
        let count = proxy.count.clone();
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                count.conns.fetch_add(1, Relaxed);
                let count = count.clone();
                std::thread::spawn(move || carry(client, server, &count));
            }
        });
        Ok(proxy)
    }

    /// The address that tablets are given.
    pub fn address(&self) -> String {
        format!("https://{}", self.address)
    }

    /// What was carried so far.
    pub fn carried(&self) -> Carried {
        Carried {
            up: self.count.up.load(Relaxed),
            down: self.count.down.load(Relaxed),
            conns: self.count.conns.load(Relaxed),
        }
    }
}

fn carry(client: TcpStream, server: SocketAddr, count: &Arc<Count>) {
    let Ok(server) = TcpStream::connect(server) else { return };
    let (Ok(client_out), Ok(server_in)) = (client.try_clone(), server.try_clone()) else { return };
    // A proxy that waits for more bytes would be measured as the server.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let back = count.clone();
    let answers = std::thread::spawn(move || pump(server_in, client_out, &back.down));
    pump(client, server, &count.up);
    // A pump that panicked has nothing more to carry.
    let _ = answers.join();
}

fn pump(mut from: TcpStream, mut to: TcpStream, count: &AtomicU64) {
    let mut bytes = vec![0u8; 64 * 1024];
    while let Ok(read) = from.read(&mut bytes) {
        let Some(chunk) = bytes.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
        count.fetch_add(chunk.len() as u64, Relaxed);
        if to.write_all(chunk).is_err() {
            break;
        }
    }
    // The other side may be gone already.
    let _ = from.shutdown(Shutdown::Read);
    let _ = to.shutdown(Shutdown::Write);
}
