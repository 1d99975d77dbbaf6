//! Requests and answers: the network behind a trait, so that tests cut it at any byte, and its real form over TLS.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme, time_provider::TimeProvider};
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};

/// Longest wait for a connection, in seconds.
const CONNECT_SECONDS: u64 = 5;
/// Longest wait for a whole answer, in seconds: a page over a slow link.
const TOTAL_SECONDS: u64 = 60;
/// Largest answer read, in bytes.
const ANSWER_BYTES_MAX: u64 = 32 * 1024 * 1024;

/// An answer, whatever its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body.
    pub body: Vec<u8>,
}

/// The server was not reached, cannot answer now, or the answer was cut. The queue is untouched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NetFault {
    /// No way to the server now.
    #[error("The server cannot be reached")]
    Unreachable,
    /// Another server answers at this address: its certificate is not of our authority.
    #[error("The server's certificate is not of this territory's authority")]
    Untrusted,
    /// The address is not one.
    #[error("The address is not of the form https://host:port")]
    BadAddress,
}

/// A way to the server.
pub trait Transport: Send + Sync {
    /// Posts a body with headers to a path.
    ///
    /// # Errors
    /// When no whole answer came; the caller cannot know whether the server read the request.
    fn post(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<Reply, NetFault>;
}

/// HTTPS to one base address, trusting one authority and the trusted time.
pub struct HttpTransport {
    base: String,
    client: reqwest::blocking::Client,
}

/// The time TLS sees; shared with whoever learns a better one.
#[derive(Debug)]
pub struct TlsTime {
    now_ms: std::sync::atomic::AtomicI64,
}

impl TlsTime {
    /// Starts at an instant, UTC milliseconds.
    #[must_use]
    pub fn at(now_ms: i64) -> Arc<Self> {
        Arc::new(Self { now_ms: std::sync::atomic::AtomicI64::new(now_ms) })
    }

    /// Sets the instant.
    pub fn set(&self, now_ms: i64) {
        self.now_ms.store(now_ms, std::sync::atomic::Ordering::Relaxed);
    }
}

impl TimeProvider for TlsTime {
    fn current_time(&self) -> Option<UnixTime> {
        let ms = u64::try_from(self.now_ms.load(std::sync::atomic::Ordering::Relaxed)).ok()?;
        Some(UnixTime::since_unix_epoch(Duration::from_millis(ms)))
    }
}

impl HttpTransport {
    /// A transport that trusts `ca_der` alone.
    ///
    /// # Errors
    /// `BadAddress`, or `Untrusted` when the authority is no certificate.
    pub fn pinned(base: &str, ca_der: &[u8], time: Arc<TlsTime>) -> Result<Self, NetFault> {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(ca_der.to_vec())).map_err(|_| NetFault::Untrusted)?;
        let config = tls_builder(time)?.with_root_certificates(roots).with_no_client_auth();
        Self::over(base, config)
    }

    /// A transport that checks no certificate: only for the first message of an enrolment, which carries no secret and
    /// whose answer is proved by the code itself ([`crate::enrol`]).
    ///
    /// # Errors
    /// `BadAddress`.
    pub fn unverified(base: &str, time: Arc<TlsTime>) -> Result<Self, NetFault> {
        let config = tls_builder(time)?
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(AnyCertificate))
            .with_no_client_auth();
        Self::over(base, config)
    }

    fn over(base: &str, config: ClientConfig) -> Result<Self, NetFault> {
        let base = base.trim().trim_end_matches('/');
        let url = reqwest::Url::parse(base).map_err(|_| NetFault::BadAddress)?;
        // Plain HTTP is for a server on this very machine alone (tests, the demonstration).
        let local = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if url.scheme() != "https" && !(url.scheme() == "http" && local) {
            return Err(NetFault::BadAddress);
        }
        let client = reqwest::blocking::Client::builder()
            .tls_backend_preconfigured(config)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(CONNECT_SECONDS))
            .timeout(Duration::from_secs(TOTAL_SECONDS))
            .build()
            .map_err(|_| NetFault::Unreachable)?;
        Ok(Self { base: base.to_owned(), client })
    }
}

fn tls_builder(time: Arc<TlsTime>) -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, NetFault> {
    ClientConfig::builder_with_details(Arc::new(rustls::crypto::ring::default_provider()), time)
        .with_protocol_versions(&[&rustls::version::TLS13])
        .map_err(|_| NetFault::Untrusted)
}

impl Transport for HttpTransport {
    fn post(&self, path: &str, headers: &[(&str, String)], body: Vec<u8>) -> Result<Reply, NetFault> {
        let mut request = self.client.post(format!("{}{path}", self.base)).body(body);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = request.send().map_err(|error| fault(&error))?;
        let status = answer.status().as_u16();
        let mut body = Vec::new();
        std::io::Read::read_to_end(&mut std::io::Read::take(answer, ANSWER_BYTES_MAX), &mut body)
            .map_err(|_| NetFault::Unreachable)?;
        Ok(Reply { status, body })
    }
}

fn fault(error: &reqwest::Error) -> NetFault {
    let mut source: Option<&dyn std::error::Error> = Some(error);
    while let Some(cause) = source {
        if matches!(cause.downcast_ref::<rustls::Error>(), Some(rustls::Error::InvalidCertificate(_))) {
            return NetFault::Untrusted;
        }
        if let Some(io) = cause.downcast_ref::<std::io::Error>()
            && let Some(inner) = io.get_ref()
            && matches!(inner.downcast_ref::<rustls::Error>(), Some(rustls::Error::InvalidCertificate(_)))
        {
            return NetFault::Untrusted;
        }
        source = cause.source();
    }
    NetFault::Unreachable
}

#[derive(Debug)]
struct AnyCertificate;

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _: &[u8],
        _: &CertificateDer<'_>,
        _: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        Err(rustls::Error::General("TLS 1.3 only".into()))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        let provider = rustls::crypto::ring::default_provider();
        rustls::crypto::verify_tls13_signature(
            message,
            certificate,
            signed,
            &provider.signature_verification_algorithms,
        )
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        rustls::crypto::ring::default_provider().signature_verification_algorithms.supported_schemes()
    }
}
