//! The link of one tablet: a proxy to the server, whatever address the tablet knows.

use std::net::SocketAddr;
use std::sync::Arc;

use palier_commands::{Network, TlsNetwork};
use palier_exchange::enrol::Routes;
use palier_exchange::{NetFault, Transport};

use crate::Proxy;

/// A link that can be down, cut or slow.
pub struct Link {
    proxy: Proxy,
}

impl Link {
    /// A link to a server of this machine.
    ///
    /// # Errors
    /// When no port is free.
    pub fn to(server: SocketAddr) -> anyhow::Result<Arc<Self>> {
        Ok(Arc::new(Self { proxy: Proxy::to(server)? }))
    }

    /// The proxy that it is made of.
    #[must_use]
    pub fn proxy(&self) -> &Proxy {
        &self.proxy
    }

    /// Address of the tablet's side.
    #[must_use]
    pub fn address(&self) -> String {
        self.proxy.address()
    }

    /// Takes the link down or up.
    pub fn set_down(&self, down: bool) {
        self.proxy.set_down(down);
    }

    /// Cuts each connection after this many bytes counted in both directions; a negative number cuts none.
    pub fn cut_after(&self, bytes: i64) {
        self.proxy.cut_after(bytes);
    }

    /// Bytes carried so far, in both directions.
    #[must_use]
    pub fn carried(&self) -> u64 {
        self.proxy.carried().total()
    }
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

/// One address is the way; the others that the tablet knows lead nowhere, so that a sync is one dialogue.
pub(crate) struct Fixed(pub(crate) String);

impl Network for Fixed {
    fn routes(&self, _: &str, now_ms: i64) -> Box<dyn Routes> {
        TlsNetwork.routes(&self.0, now_ms)
    }

    fn transport(&self, address: &str, ca_der: &[u8], now_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        if address == self.0 { TlsNetwork.transport(address, ca_der, now_ms) } else { Err(NetFault::Unreachable) }
    }
}
