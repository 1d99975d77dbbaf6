//! The loopback host: the same commands as the Tauri window, over HTTP on this machine alone, with the real core and the
//! real encrypted SQLite behind. Browser tests drive it, and `make run` serves it where there is no display.

mod clock;

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use clap::Parser;
use palier_commands::{App, AppOptions, DeviceSecret, FileSecret, Policy, TlsNetwork};
use serde_json::Value;
use tokio::sync::broadcast;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::clock::MovedClock;

/// The page may load only what this host serves.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                   connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; \
                   require-trusted-types-for 'script'; trusted-types svelte-trusted-html";

/// Largest command, in bytes: a bundle in base64.
const COMMAND_BYTES_MAX: usize = 24 * 1024 * 1024;

/// The field app of Palier in a browser of this machine.
#[derive(Parser)]
struct Arguments {
    /// Folder of the app's data.
    #[arg(long)]
    data: PathBuf,
    /// Folder of the built screens.
    #[arg(long, default_value = "ui/dist/field")]
    ui: PathBuf,
    /// Port on 127.0.0.1; 0 takes a free one. The address is the first line printed.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Cheap PIN and no background sync: for tests alone.
    #[arg(long)]
    test: bool,
    /// As on a device without a keystore: a pass-phrase instead of a PIN.
    #[arg(long)]
    no_keystore: bool,
}

struct Host {
    app: Arc<App>,
    clock: Arc<MovedClock>,
    changes: broadcast::Sender<String>,
    test: bool,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.data).context("Make the data folder")?;
    let host = Arc::new(host(&arguments));
    let listener = tokio::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, arguments.port)))
        .await
        .context("Take the port; another one is free with --port 0")?;
    #[expect(clippy::print_stdout, reason = "the address is this program's answer")]
    {
        println!("http://{}", listener.local_addr()?);
    }
    axum::serve(listener, router(host, &arguments.ui))
        .with_graceful_shutdown(async {
            // Without a signal handler the host simply runs until it is killed: nothing is lost either way.
            let _ = tokio::signal::ctrl_c().await;
        })
        .await
        .context("Serve")
}

fn host(arguments: &Arguments) -> Host {
    let clock = Arc::new(MovedClock::default());
    let app = App::new(AppOptions {
        data: arguments.data.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: true,
        clock: clock.clone(),
        device: (!arguments.no_keystore)
            .then(|| Arc::new(FileSecret::in_folder(arguments.data.join("device"))) as Arc<dyn DeviceSecret>),
        policy: arguments.test.then(Policy::cheap_for_tests),
        network: Arc::new(TlsNetwork),
        tablet_name: "Navigateur de démonstration".to_owned(),
        // The browser saves the file itself.
        bundles: None,
    });
    let (changes, _) = broadcast::channel(256);
    let sender = changes.clone();
    app.subscribe(move |changed| {
        // Nobody listening is no fault.
        let _ = serde_json::to_string(changed).map(|text| sender.send(text));
    });
    if !arguments.test {
        app.start_background();
    }
    Host { app, clock, changes, test: arguments.test }
}

fn router(host: Arc<Host>, ui: &std::path::Path) -> Router {
    let csp = HeaderValue::from_static(CSP);
    Router::new()
        .route("/cmd/{name}", post(command).layer(DefaultBodyLimit::max(COMMAND_BYTES_MAX)))
        .route("/events", get(events))
        .route("/test/clock", post(move_clock))
        .fallback_service(ServeDir::new(ui))
        .layer(SetResponseHeaderLayer::overriding(header::CONTENT_SECURITY_POLICY, csp))
        .layer(SetResponseHeaderLayer::overriding(
            HeaderName::from_static("x-content-type-options"),
            HeaderValue::from_static("nosniff"),
        ))
        .layer(SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static("no-store")))
        .with_state(host)
}

/// Another page of the same browser must not drive the app: only JSON of this very origin is taken.
fn same_origin(headers: &HeaderMap) -> bool {
    let json = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    let site = headers.get("sec-fetch-site").is_none_or(|site| site == "same-origin");
    let local = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .is_some_and(|host| host.starts_with("127.0.0.1:") || host.starts_with("localhost:"));
    json && site && local
}

async fn command(
    State(host): State<Arc<Host>>,
    Path(name): Path<String>,
    headers: HeaderMap,
    Json(request): Json<Value>,
) -> Response {
    if !same_origin(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let app = host.app.clone();
    let answer = tokio::task::spawn_blocking(move || app.call(&name, request)).await;
    match answer {
        Ok(Ok(value)) => Json(value).into_response(),
        Ok(Err(error)) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn events(State(host): State<Arc<Host>>) -> Sse<impl futures_util::Stream<Item = Result<Event, Infallible>>> {
    let receiver = host.changes.subscribe();
    let stream = futures_util::stream::unfold(receiver, |mut receiver| async {
        loop {
            match receiver.recv().await {
                Ok(text) => return Some((Ok(Event::default().data(text)), receiver)),
                Err(broadcast::error::RecvError::Lagged(_)) => continue,
                Err(broadcast::error::RecvError::Closed) => return None,
            }
        }
    });
    Sse::new(stream).keep_alive(KeepAlive::default())
}

/// `{"pass_ms": …}` lets time pass, `{"wrong_ms": …}` sets the wall clock wrong. Only with `--test`.
async fn move_clock(State(host): State<Arc<Host>>, Json(request): Json<Value>) -> StatusCode {
    if !host.test {
        return StatusCode::NOT_FOUND;
    }
    if let Some(ms) = request.get("pass_ms").and_then(Value::as_i64) {
        host.clock.pass(ms);
    }
    if let Some(ms) = request.get("wrong_ms").and_then(Value::as_i64) {
        host.clock.set_wrong(ms);
    }
    StatusCode::NO_CONTENT
}
