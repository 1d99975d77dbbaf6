//! The way to the server, behind a trait: tests put a lossy one.

use palier_exchange::enrol::Routes;
use palier_exchange::http::TlsTime;
use palier_exchange::{HttpTransport, NetFault, Transport};

/// How this tablet reaches servers.
pub trait Network: Send + Sync {
    /// The way to a server that is not known yet.
    fn routes(&self, address: &str, now_ms: i64) -> Box<dyn Routes>;

    /// The way to the server this profile is enrolled at.
    ///
    /// # Errors
    /// When the address or the authority is not usable.
    fn transport(&self, address: &str, ca_der: &[u8], now_ms: i64) -> Result<Box<dyn Transport>, NetFault>;
}

/// TLS 1.3 with the server's own authority and trusted time.
#[derive(Debug, Clone, Copy, Default)]
pub struct TlsNetwork;

struct TlsRoutes {
    address: String,
    now_ms: i64,
}

impl Network for TlsNetwork {
    fn routes(&self, address: &str, now_ms: i64) -> Box<dyn Routes> {
        Box::new(TlsRoutes { address: address.to_owned(), now_ms })
    }

    fn transport(&self, address: &str, ca_der: &[u8], now_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        Ok(Box::new(HttpTransport::pinned(address, ca_der, TlsTime::at(now_ms))?))
    }
}

impl Routes for TlsRoutes {
    fn hello(&self) -> Result<Box<dyn Transport>, NetFault> {
        Ok(Box::new(HttpTransport::unverified(&self.address, TlsTime::at(self.now_ms))?))
    }

    fn pinned(&self, ca_der: &[u8], server_ms: i64) -> Result<Box<dyn Transport>, NetFault> {
        Ok(Box::new(HttpTransport::pinned(&self.address, ca_der, TlsTime::at(server_ms))?))
    }
}
