//! Wrong tries by whoever guesses passwords or codes, counted by where they come from: a slow guess stays slow.
//!
//! A name's own limit is in the registry; this one stands before it, so that many names are no way around.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{Shared, refuse};
use crate::{console, now_ms};

/// Wrong tries of one address in [`SPAN_MS`]: all the tablets of a centre social come from one (security.md §6).
const TRIES_MAX: usize = 30;
/// The span of [`TRIES_MAX`], in ms.
const SPAN_MS: i64 = 15 * 60_000;
/// Addresses remembered at once: more than that is an attack, and the oldest are forgotten.
const PEERS_MAX: usize = 10_000;

/// Paths where a try can be wrong.
const GUESSED: [&str; 6] =
    ["/v1/enrol/hello", "/v1/enrol/finish", "/api/sign_in", "/api/change_password", SLIP, ANSWER_SLIP];
/// Paths of the partner's page, where few tries are enough: a slip is copied, not remembered.
const SLIP: &str = "/api/slip";
const ANSWER_SLIP: &str = "/api/answer_slip";
/// Wrong codes of slips of one address in [`SPAN_MS`].
const SLIPS_MAX: usize = 5;

/// Who guesses: an address, at slips or at the rest.
type Guesser = (IpAddr, bool);

/// Wrong tries, by address.
#[derive(Default)]
pub(super) struct Quota {
    tries: Mutex<HashMap<Guesser, Vec<i64>>>,
}

impl Quota {
    /// Milliseconds to wait, when there were too many.
    fn wait_ms(&self, peer: Guesser, now_ms: i64) -> Option<i64> {
        let most = if peer.1 { SLIPS_MAX } else { TRIES_MAX };
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let recent = tries.get(&peer)?.iter().filter(|at| now_ms.saturating_sub(**at) < SPAN_MS);
        let recent: Vec<i64> = recent.copied().collect();
        let first = recent.len().checked_sub(most).and_then(|from| recent.get(from))?;
        Some(first.saturating_add(SPAN_MS).saturating_sub(now_ms))
    }

    fn failed(&self, peer: Guesser, now_ms: i64) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= PEERS_MAX && !tries.contains_key(&peer) {
            tries.retain(|_, at| at.last().is_some_and(|at| now_ms.saturating_sub(*at) < SPAN_MS));
            let oldest = tries.iter().min_by_key(|(_, at)| at.last().copied()).map(|(peer, _)| *peer);
            if let Some(oldest) = oldest.filter(|_| tries.len() >= PEERS_MAX) {
                tries.remove(&oldest);
            }
        }
        let at = tries.entry(peer).or_default();
        at.retain(|at| now_ms.saturating_sub(*at) < SPAN_MS);
        at.push(now_ms);
    }
}

/// Counts wrong tries, and refuses who made too many before anything is read.
pub(super) async fn count(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if !GUESSED.contains(&path) {
        return next.run(request).await;
    }
    let console = path.starts_with("/api/");
    let peer = (peer(&request, shared.behind_proxy()), [SLIP, ANSWER_SLIP].contains(&path));
    if let Some(wait_ms) = shared.quota().wait_ms(peer, now_ms()) {
        tracing::warn!("too many wrong tries from one address");
        return too_many(wait_ms, console);
    }
    let response = next.run(request).await;
    let wrong = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::NOT_FOUND, StatusCode::GONE];
    if wrong.contains(&response.status()) {
        shared.quota().failed(peer, now_ms());
    }
    response
}

fn too_many(wait_ms: i64, console: bool) -> Response {
    let minutes = wait_ms.saturating_add(59_999) / 60_000;
    let mut response = if console {
        console::ConsoleError::too_many_tries(minutes).into_response()
    } else {
        refuse(StatusCode::TOO_MANY_REQUESTS, "too_many", &minutes.to_string())
    };
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(minutes.saturating_mul(60)));
    response
}

/// Where a request comes from. Behind a proxy it is the last address of the list, the one that the proxy itself wrote:
/// what stands before it is what the client says.
fn peer(request: &Request, behind_proxy: bool) -> IpAddr {
    let connected = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>().map(|info| info.0.ip());
    let told = || {
        let mut lines = request.headers().get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
        lines.next_back().and_then(|line| line.rsplit(',').next()).and_then(|text| text.trim().parse().ok())
    };
    let address = if behind_proxy { told().or(connected) } else { connected };
    match address.unwrap_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED)) {
        // One household or office has a whole /64.
        IpAddr::V6(address) if address.to_ipv4_mapped().is_none() => {
            IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)))
        }
        address => address.to_canonical(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_500_000_000;

    #[test]
    fn thirty_wrong_tries_then_a_wait() {
        let quota = Quota::default();
        let (guesser, other): (Guesser, Guesser) = (([10, 0, 0, 1].into(), false), ([10, 0, 0, 2].into(), false));
        for n in 0..30 {
            assert_eq!(quota.wait_ms(guesser, NOW + n), None, "try {n} is heard");
            quota.failed(guesser, NOW + n);
        }
        assert_eq!(quota.wait_ms(guesser, NOW + 60_000), Some(SPAN_MS - 60_000), "then it waits for the first to age");
        assert_eq!(quota.wait_ms(other, NOW + 60_000), None, "nobody else does");
        assert_eq!(quota.wait_ms(guesser, NOW + SPAN_MS), None, "a quarter of an hour later one more is heard");
        let at_slips = (guesser.0, true);
        for n in 0..5 {
            assert_eq!(quota.wait_ms(at_slips, NOW + n), None, "slips are counted apart");
            quota.failed(at_slips, NOW + n);
        }
        assert_eq!(quota.wait_ms(at_slips, NOW + 10), Some(SPAN_MS - 10), "five are enough");
    }

    #[test]
    fn memory_is_bounded() {
        let quota = Quota::default();
        for n in 0..u32::try_from(PEERS_MAX).unwrap() + 50 {
            quota.failed((IpAddr::from(n.to_be_bytes()), false), NOW + i64::from(n));
        }
        assert_eq!(quota.tries.lock().unwrap().len(), PEERS_MAX, "the oldest are forgotten");
    }

    #[test]
    fn what_a_client_says_of_its_address_is_not_believed() {
        let mut request = Request::new(axum::body::Body::empty());
        request.extensions_mut().insert(ConnectInfo::<std::net::SocketAddr>(([10, 0, 0, 9], 1).into()));
        request.headers_mut().insert("x-forwarded-for", HeaderValue::from_static("1.2.3.4, 192.0.2.7"));
        assert_eq!(peer(&request, false), IpAddr::from([10, 0, 0, 9]), "without a proxy, the connection");
        assert_eq!(peer(&request, true), IpAddr::from([192, 0, 2, 7]), "with one, what the proxy wrote");
        request.headers_mut().insert("x-forwarded-for", HeaderValue::from_static("2001:db8:1:2:aaaa::1"));
        assert_eq!(peer(&request, true), "2001:db8:1:2::".parse::<IpAddr>().unwrap(), "a whole network is one");
    }
}
