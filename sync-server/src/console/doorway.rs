//! Where a request of the page comes in: same site, of the form, with a session; then the command.

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Extension, Path, Query, State};
use axum::http::{HeaderMap, Uri, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::api::{ErrorCode, SignIn};
use super::call::{Call, Desk, SessionTurn};
use super::{ConsoleError, staging, table};
use crate::authorise::{Action, Actor, authorise};
use crate::registry::LoginTrial;
use crate::{Centre, CentreError, Shared, now_ms};

/// Name of the cookie over TLS: `__Host-` binds it to this very address and to TLS.
const COOKIE_SECURE: &str = "__Host-sid";
/// Its name without TLS, on this machine alone.
const COOKIE_LOCAL: &str = "sid";

/// `POST /api/<command>`.
pub(super) async fn command(
    State(shared): State<Shared>,
    Extension(desk): Extension<Desk>,
    Path(name): Path<String>,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let Some(action) = table::COMMANDS.iter().find(|(known, _)| *known == name).map(|(_, action)| *action) else {
        return ConsoleError::of(ErrorCode::NotFound).into_response();
    };
    if let Err(error) = same_site(&headers, &uri, "application/json") {
        return error.into_response();
    }
    let request = match serde_json::from_slice(&body) {
        Ok(request) => request,
        Err(error) => return ConsoleError::bad_request(error).into_response(),
    };
    let login = match login(&shared, &desk, &name, &request).await {
        Ok(login) => login,
        Err(error) => return error.into_response(),
    };
    inside(shared, desk, &headers, action, move |call| {
        call.login = login;
        table::dispatch(call, &name, request)
    })
    .await
}

/// Checks the password of a login before the centre is taken: tablets do not wait while someone guesses.
async fn login(
    shared: &Shared,
    desk: &Desk,
    name: &str,
    request: &serde_json::Value,
) -> Result<Option<(LoginTrial, bool)>, ConsoleError> {
    if name != table::SIGN_IN {
        return Ok(None);
    }
    let SignIn { name, password } = serde_json::from_value(request.clone()).map_err(ConsoleError::bad_request)?;
    let internal = |_| ConsoleError::of(ErrorCode::Internal);
    let begun = shared.with(move |centre| centre.registry.begin_login(&name, now_ms())).await.map_err(internal)?;
    let trial = begun?.map_err(super::accounts::refused)?;
    let turn = desk.password_turns.clone().acquire_owned().await;
    let checked = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let fits = trial.fits(&password);
        (trial, fits)
    });
    checked.await.map(Some).map_err(|_| ConsoleError::of(ErrorCode::Internal))
}

/// What the page says of a file that it sends.
#[derive(Deserialize)]
pub(super) struct FileSaid {
    kind: String,
    name: String,
}

/// `POST /api/import_file?kind=…&name=…`: stages a file, nothing more.
pub(super) async fn import_file(
    State(shared): State<Shared>,
    Extension(desk): Extension<Desk>,
    Query(said): Query<FileSaid>,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if let Err(error) = same_site(&headers, &uri, "application/octet-stream") {
        return error.into_response();
    }
    // A large body is read for who is known alone.
    let entered =
        inside(shared.clone(), desk.clone(), &headers, Action::Console, |_| Ok(serde_json::Value::Null)).await;
    if !entered.status().is_success() {
        return entered;
    }
    let Ok(body) = to_bytes(body, staging::FILE_BYTES_MAX).await else {
        return ConsoleError::of(ErrorCode::FileTooLarge).into_response();
    };
    inside(shared, desk, &headers, Action::Console, move |call| {
        let staged = staging::stage(call, &said.kind, &said.name, body)?;
        serde_json::to_value(staged).map_err(ConsoleError::bad_request)
    })
    .await
}

/// Finds who asks, decides, runs the command off the network's threads, and sets the session's cookie.
async fn inside(
    shared: Shared,
    desk: Desk,
    headers: &HeaderMap,
    action: Action,
    run: impl FnOnce(&mut Call<'_>) -> Result<serde_json::Value, ConsoleError> + Send + 'static,
) -> Response {
    let secure = shared.secure();
    let token = cookie(headers, cookie_name(secure));
    let addresses = shared.addresses().to_vec();
    let answered = shared
        .with(move |centre| {
            let now_ms = now_ms();
            let account = account_of(centre, token.as_deref(), now_ms)?;
            let actor = if account.is_some() { Actor::Coordinator } else { Actor::Nobody };
            if !authorise(actor, action) {
                return Err(ConsoleError::of(ErrorCode::SignedOut));
            }
            let turn = SessionTurn::Stays;
            let mut call =
                Call { centre, desk: &desk, addresses: &addresses, account, token, turn, login: None, now_ms };
            let answer = run(&mut call)?;
            Ok((answer, call.turn))
        })
        .await;
    match answered {
        Ok(Ok((answer, turn))) => {
            let mut response = Json(answer).into_response();
            if let Some(value) = set_cookie(&turn, secure).and_then(|text| text.parse().ok()) {
                response.headers_mut().insert(header::SET_COOKIE, value);
            }
            response
        }
        Ok(Err(error)) => error.into_response(),
        Err(_) => ConsoleError::of(ErrorCode::Internal).into_response(),
    }
}

fn account_of(
    centre: &Centre,
    token: Option<&str>,
    now_ms: i64,
) -> Result<Option<crate::registry::Account>, CentreError> {
    token.map_or(Ok(None), |token| centre.registry.session(token, now_ms))
}

/// Another site's page must not act here with this browser's cookie (security.md §6): the browser says where the request
/// comes from, and a content type that a form cannot send makes it ask first.
fn same_site(headers: &HeaderMap, uri: &Uri, content_type: &str) -> Result<(), ConsoleError> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fetch_site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    let same = match fetch_site {
        Some(site) => site == "same-origin",
        None => {
            // HTTP/2 has the host in the address.
            let host = uri.authority().map_or_else(|| text(header::HOST), |authority| authority.as_str());
            let origin = text(header::ORIGIN);
            !host.is_empty() && origin.split_once("://").is_some_and(|(_, from)| from == host)
        }
    };
    if !same {
        return Err(ConsoleError::of(ErrorCode::NotAllowed));
    }
    let sent = text(header::CONTENT_TYPE).split(';').next().unwrap_or_default().trim();
    if sent.eq_ignore_ascii_case(content_type) { Ok(()) } else { Err(ConsoleError::of(ErrorCode::BadRequest)) }
}

const fn cookie_name(secure: bool) -> &'static str {
    if secure { COOKIE_SECURE } else { COOKIE_LOCAL }
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value.to_owned())
}

fn set_cookie(turn: &SessionTurn, secure: bool) -> Option<String> {
    let name = cookie_name(secure);
    let flags = if secure { "; Secure" } else { "" };
    match turn {
        SessionTurn::Stays => None,
        SessionTurn::Opens(token) => Some(format!("{name}={token}; Path=/; HttpOnly; SameSite=Strict{flags}")),
        SessionTurn::Ends => Some(format!("{name}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0{flags}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_this_sites_own_page_acts_here() {
        let json = ("content-type", "application/json");
        let check = |pairs: &[(&'static str, &'static str)], allowed: bool, why: &str| {
            assert_eq!(
                same_site(&headers(pairs), &Uri::from_static("/api/points"), "application/json").is_ok(),
                allowed,
                "{why}"
            );
        };
        check(&[json, ("sec-fetch-site", "same-origin")], true, "the page itself");
        check(&[json, ("sec-fetch-site", "cross-site")], false, "another site");
        check(&[json, ("sec-fetch-site", "same-site")], false, "a neighbour under the same domain is another site");
        check(&[json, ("sec-fetch-site", "none")], false, "typed in the address bar is no page");
        check(&[json, ("host", "centre:8443"), ("origin", "https://centre:8443")], true, "an older browser's own page");
        check(&[json, ("host", "centre:8443"), ("origin", "https://evil")], false, "an older browser, another site");
        check(&[json], false, "nothing said is not trusted");
        let form = ("content-type", "text/plain");
        check(&[form, ("sec-fetch-site", "same-origin")], false, "a form cannot stand for JSON");
    }

    #[test]
    fn the_cookie_is_found_among_others_and_bound_to_tls() {
        let sent = headers(&[("cookie", "a=1; __Host-sid=token; b=2")]);
        assert_eq!(cookie(&sent, COOKIE_SECURE).as_deref(), Some("token"), "its name is exact");
        assert_eq!(cookie(&sent, COOKIE_LOCAL), None, "another name is another cookie");
        let opened = set_cookie(&SessionTurn::Opens("t".to_owned()), true).unwrap();
        for flag in ["__Host-sid=t", "Secure", "HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(opened.contains(flag), "{flag} is in {opened}");
        }
    }
}

#[cfg(test)]
#[path = "doorway_tests.rs"]
mod over_the_router;
