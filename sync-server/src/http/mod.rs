//! HTTP: one route a file. Every route is registered with an [`Action`]; headers, limits and timeouts are set here once.

mod console_page;
mod enrol;
mod health;
mod pack;
mod quota;
mod sync;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use axum::{Json, Router};
use palier_sync::limits;
use palier_sync::wire::WireError;
use tokio::sync::Semaphore;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use self::quota::Quota;
use crate::authorise::{Action, Actor, authorise};
use crate::{Centre, CentreError, console};

/// A request that takes longer is given up.
const REQUEST_SECONDS: u64 = 60;

/// Requests answered at once; others wait their turn.
const REQUESTS_AT_ONCE: usize = 32;
/// Requests that wait for the centre, their bodies read, before a tablet is told to come back: what is in front of who enters
/// now. Slow senders do not count, they wait for nobody.
const WAITING_MAX: usize = 8;
/// How often it is looked whether fewer wait.
const WAITING_LOOK: Duration = Duration::from_millis(25);
/// A tablet waits so long for room before it is told to come back.
const ROOM_WAIT: Duration = Duration::from_millis(500);
/// Told to a tablet that finds no room, in seconds; it adds a part of its own, so that not all come back at once.
const BUSY_SECONDS: u16 = 3;

/// Largest question about a piece of a pack, in bytes: a hash and a number.
const PACK_ASKED_BYTES_MAX: usize = 1024;

/// Largest body of an enrolment, in bytes: a code's name, a key, a few texts.
const ENROL_BYTES_MAX: usize = 64 * 1024;

/// What the console's page may load.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; \
                   require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

/// What every route shares.
#[derive(Clone)]
pub struct Shared {
    inner: Arc<Inner>,
}

struct Inner {
    centre: Mutex<Centre>,
    /// Who comes first goes first: the lock alone would let a late one pass.
    next: Semaphore,
    ca_der: String,
    addresses: Vec<String>,
    secure: bool,
    behind_proxy: bool,
    quota: Quota,
    room: Semaphore,
    /// Requests that wait for the centre.
    waiting: AtomicUsize,
}

impl Shared {
    /// Shares a centre. `ca_der` is the authority in hex, `addresses` what tablets are told to try, `secure` says that
    /// browsers reach it over TLS (itself or through a proxy).
    #[must_use]
    pub fn new(centre: Centre, ca_der: &[u8], addresses: Vec<String>, secure: bool) -> Self {
        let ca_der = data_encoding::HEXLOWER.encode(ca_der);
        let inner = Inner {
            centre: Mutex::new(centre),
            next: Semaphore::new(1),
            ca_der,
            addresses,
            secure,
            behind_proxy: false,
            quota: Quota::default(),
            room: Semaphore::new(REQUESTS_AT_ONCE),
            waiting: AtomicUsize::new(0),
        };
        Self { inner: Arc::new(inner) }
    }

    /// Says that a proxy stands before the server: the address of who asks is what the proxy writes of it. To be said
    /// before it is shared.
    #[must_use]
    pub fn with_proxy(mut self) -> Self {
        if let Some(inner) = Arc::get_mut(&mut self.inner) {
            inner.behind_proxy = true;
        }
        self
    }

    /// Does something with the centre, off the network's threads. One at a time; the lock is never held across a wait.
    ///
    /// What it wrote of the registry is where another server would find it before this answers.
    ///
    /// # Errors
    /// 500 when the thread could not finish, 503 when the registry could not be kept.
    pub async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Centre) -> T + Send + 'static,
    ) -> Result<T, StatusCode> {
        let inner = self.inner.clone();
        let waits = Waits::among(&self.inner.waiting);
        let _first = self.inner.next.acquire().await;
        drop(waits);
        tokio::task::spawn_blocking(move || {
            let mut centre = inner.centre.lock().unwrap_or_else(PoisonError::into_inner);
            let answer = act(&mut centre);
            centre.keep_registry().map_err(|error| {
                tracing::error!(%error, "the registry could not be kept; the request is not answered");
                StatusCode::SERVICE_UNAVAILABLE
            })?;
            Ok(answer)
        })
        .await
        .map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?
    }

    /// The authority's certificate, DER, hex.
    #[must_use]
    pub fn ca_der(&self) -> &str {
        &self.inner.ca_der
    }

    /// Addresses that tablets are told to try, in order.
    #[must_use]
    pub fn addresses(&self) -> &[String] {
        &self.inner.addresses
    }

    fn behind_proxy(&self) -> bool {
        self.inner.behind_proxy
    }

    fn quota(&self) -> &Quota {
        &self.inner.quota
    }

    /// Browsers reach this server over TLS.
    #[must_use]
    pub fn secure(&self) -> bool {
        self.inner.secure
    }
}

/// One request that waits for the centre; given up or not, it is counted until it is dropped.
struct Waits<'a>(&'a AtomicUsize);

impl<'a> Waits<'a> {
    fn among(waiting: &'a AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// All routes of the server.
pub fn router(shared: Shared) -> Router {
    let enrolment = Router::new()
        .route("/v1/enrol/hello", open(Action::Enrol, post(enrol::hello)))
        .route("/v1/enrol/finish", open(Action::Enrol, post(enrol::finish)))
        .layer(DefaultBodyLimit::max(ENROL_BYTES_MAX));
    Router::new()
        .route("/health", open(Action::Health, get(health::health)))
        // Who asks is learnt from the signature: the handler asks for `Action::Sync` once it knows.
        .route("/v1/sync", post(sync::sync).layer(DefaultBodyLimit::max(limits::REQUEST_BYTES_MAX)))
        .route(pack::PATH, post(pack::pack).layer(DefaultBodyLimit::max(PACK_ASKED_BYTES_MAX)))
        .merge(enrolment)
        .merge(console::router())
        .fallback(console_page::page)
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn_with_state(shared.clone(), quota::count))
        .layer(middleware::from_fn_with_state(shared.clone(), in_turn))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(REQUEST_SECONDS)))
        .layer(middleware::from_fn(too_large_in_words))
        .layer(header_layer("content-security-policy", CSP))
        .layer(header_layer("x-content-type-options", "nosniff"))
        .layer(header_layer("referrer-policy", "same-origin"))
        .layer(header_layer("cross-origin-opener-policy", "same-origin"))
        .layer(header_layer("cross-origin-resource-policy", "same-origin"))
        .layer(header_layer("permissions-policy", "camera=(), microphone=(), geolocation=()"))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .with_state(shared)
}

fn header_layer(name: &'static str, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(HeaderName::from_static(name), HeaderValue::from_static(value))
}

/// A route that anyone may call, because its action says so; one that asks for an actor is no route here.
fn open(action: Action, route: MethodRouter<Shared>) -> MethodRouter<Shared> {
    if authorise(Actor::Nobody, action) { route } else { MethodRouter::new() }
}

/// So many requests at once and no more: each holds its body in memory. A tablet that finds no room is told when to come
/// back, before it sends its body; others wait their turn.
async fn in_turn(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let syncs = request.uri().path() == sync::PATH;
    let room = async {
        while syncs && shared.inner.waiting.load(Ordering::Relaxed) >= WAITING_MAX {
            tokio::time::sleep(WAITING_LOOK).await;
        }
        shared.inner.room.acquire().await
    };
    let _turn = if syncs {
        let Ok(turn) = tokio::time::timeout(ROOM_WAIT, room).await else {
            let mut busy = refuse(StatusCode::TOO_MANY_REQUESTS, "busy", &BUSY_SECONDS.to_string());
            busy.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(BUSY_SECONDS));
            return busy;
        };
        turn
    } else {
        room.await
    };
    next.run(request).await
}

/// A body over the limit is told to tablets in the form of every other error.
async fn too_large_in_words(request: Request, next: Next) -> Response {
    // The console's own errors have a form of their own.
    let tablet = request.uri().path().starts_with("/v1/");
    let response = next.run(request).await;
    if tablet && response.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return refuse(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "send less at once");
    }
    response
}

/// An error in the form that tablets read.
pub(crate) fn refuse(status: StatusCode, error: &str, detail: &str) -> Response {
    let body = WireError { error: error.to_owned(), detail: detail.to_owned(), challenge: None };
    (status, Json(body)).into_response()
}

/// A fault of the centre: logged with what was being done, told without detail.
pub(crate) fn fault(doing: &'static str, error: &CentreError) -> Response {
    // The source chain names tables and codes, never values.
    tracing::error!(doing, error = %error, source = ?std::error::Error::source(error).map(ToString::to_string));
    refuse(StatusCode::INTERNAL_SERVER_ERROR, "fault", doing)
}
