//! Listening: TLS with our own authority, or plain HTTP behind a proxy; a stop lets requests end.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use axum_server::tls_rustls::RustlsConfig;
use hyper_util::rt::TokioTimer;
use palier_sync_server::ledger::Lease;
use palier_sync_server::{
    Centre, CentreOptions, FolderLock, Seat, Shared, Wanted, compaction, directory, now_ms, router, territory, tls,
};

use crate::command_line::ServeOptions;

/// A request's headers must come within this time, and a silent HTTP/2 connection answer a ping.
const HEADER_SECONDS: u64 = 20;

/// The leaf, which lives 90 days, is made again after these.
const RENEW_DAYS: u64 = 30;

/// Requests under way at a stop may take this long.
const STOP_SECONDS: u64 = 10;

/// The ledger is compacted so long after a start, and so long after that again.
const COMPACT_FIRST: Duration = Duration::from_secs(600);
const COMPACT_EVERY: Duration = Duration::from_secs(86_400 - 600);

/// Between two steps of a compaction whoever waits is answered.
const COMPACT_PAUSE: Duration = Duration::from_millis(100);

/// A server that waits for its turn asks for it this often.
const TURN_WAIT: Duration = Duration::from_secs(2);

/// A server looks this often whether its territory is still its own.
const OVERTAKEN_CHECK: Duration = Duration::from_millis(500);

pub(crate) async fn serve(options: ServeOptions) -> anyhow::Result<()> {
    let local = options.listen.ip().is_loopback();
    ensure!(
        !options.plain_http || local || options.behind_proxy,
        "--plain-http hors de cette machine demande --behind-proxy : sans TLS, tout se lirait sur le réseau"
    );
    let _lock = FolderLock::take(&options.place.data).context("Take the data folder")?;
    let mut centre = open(&options)?;
    // A spare serves from a folder of the territory that it took.
    let data = centre.folder().to_owned();
    if tls::recovery_file(&data).exists() {
        tracing::warn!(
            file = tls::RECOVERY_FILE,
            "move this file to a safe, out of this machine: it opens a tablet whose PIN is forgotten, and it is made once"
        );
    }
    if options.demo {
        territory::fill_demo(&mut centre, now_ms()).context("Fill the demonstration territory")?;
        demo_account(&centre, &data)?;
    }
    directory::publish(&mut centre, now_ms()).context("Publish the directory")?;
    let mut addresses = options.address.clone();
    if addresses.is_empty() {
        addresses.push(format!("https://localhost:{}", options.listen.port()));
    }
    let names = tls::names_of(&addresses);
    let server_tls = tls::server_tls(&data, &names).context("Make the certificate")?;
    let secure = !options.plain_http || options.behind_proxy;
    centre.keep_registry().context("Keep the registry")?;
    let lease = centre.lease().cloned();
    let shared = Shared::new(centre, &server_tls.ca_der, addresses, secure);
    let shared = if options.behind_proxy { shared.with_proxy() } else { shared };
    let app = router(shared.clone()).into_make_service_with_connect_info::<std::net::SocketAddr>();
    let handle = axum_server::Handle::new();
    tokio::spawn(stop_on_signal(handle.clone()));
    if let Some(lease) = lease.clone() {
        tokio::spawn(stop_when_overtaken(handle.clone(), lease));
    }
    tokio::spawn(compact_daily(shared.clone()));
    tracing::info!(listen = %options.listen, tls = !options.plain_http, "serving");
    if options.plain_http {
        let mut server = axum_server::bind(options.listen).handle(handle);
        patience(server.http_builder());
        server.serve(app).await.context("Serve")?;
    } else {
        let config = RustlsConfig::from_config(tls_config(server_tls)?);
        tokio::spawn(renew(config.clone(), data.clone(), names));
        let mut server = axum_server::bind_rustls(options.listen, config).handle(handle);
        patience(server.http_builder());
        server.serve(app).await.context("Serve")?;
    }
    ensure!(!lease.is_some_and(|lease| lease.is_lost()), "Un autre serveur tient le territoire : celui-ci s'arrête");
    let folded = shared.with(|centre| centre.checkpoint().and_then(|()| centre.leave())).await;
    folded.map_err(|_| anyhow::anyhow!("The last request did not end"))?.context("Fold the logs into the data")
}

/// The centre of the folder, or of the database once no other server holds the territory.
fn open(options: &ServeOptions) -> anyhow::Result<Centre> {
    let demo = options.demo.then(territory::demo_territory);
    let opening = CentreOptions { territory: demo, ..CentreOptions::default() };
    let Some(address) = options.place.address() else {
        return Centre::open(&options.place.data, opening).context("Open the data");
    };
    let wanted = if options.spare { Wanted::Any } else { demo.map_or(options.place.wanted(), Wanted::This) };
    let seat = Seat::find(&options.place.data, &address, wanted).context("Reach the database")?;
    let reached_at = options.address.first().cloned().unwrap_or_else(|| options.listen.to_string());
    let mut said = false;
    loop {
        match seat.try_take(&reached_at) {
            Ok(Some(lease)) => {
                tracing::info!(territory = %lease.territory(), fence = lease.fence(), "the territory is ours");
                return seat.open(lease, opening).context("Open the data");
            }
            Ok(None) if !said => {
                tracing::info!("another server holds the territory; waiting for it");
                said = true;
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "the database does not answer; it is asked again"),
        }
        if let Err(error) = seat.follow(now_ms()) {
            tracing::warn!(%error, "the ledger could not be followed; it is tried again");
        }
        std::thread::sleep(TURN_WAIT);
    }
}

/// Ends a server whose territory another one took: it would answer from a past that is no longer the territory's.
async fn stop_when_overtaken(handle: axum_server::Handle, lease: Lease) {
    while !lease.is_lost() {
        tokio::time::sleep(OVERTAKEN_CHECK).await;
    }
    tracing::error!("the territory is another server's now; this one ends");
    handle.graceful_shutdown(Some(Duration::from_secs(1)));
}

fn tls_config(server_tls: tls::ServerTls) -> anyhow::Result<Arc<rustls::ServerConfig>> {
    let mut config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .context("Choose TLS 1.3")?
        .with_no_client_auth()
        .with_single_cert(server_tls.chain, server_tls.key)
        .context("Use the certificate")?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

/// A connection that says nothing is closed: a thousand of them would leave no room for a tablet.
fn patience(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    let wait = Duration::from_secs(HEADER_SECONDS);
    builder.http1().timer(TokioTimer::new()).header_read_timeout(wait);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(wait)).keep_alive_timeout(wait);
}

/// Makes a new leaf well before the one in use ends, for a server that is never stopped.
async fn renew(config: RustlsConfig, folder: PathBuf, names: Vec<String>) {
    let mut turn = tokio::time::interval(Duration::from_secs(RENEW_DAYS * 86_400));
    // The first tick is now, and the leaf is fresh.
    turn.tick().await;
    loop {
        turn.tick().await;
        match tls::server_tls(&folder, &names).map_err(anyhow::Error::from).and_then(tls_config) {
            Ok(fresh) => {
                config.reload_from_config(fresh);
                tracing::info!("the certificate was renewed");
            }
            Err(error) => tracing::error!(%error, "the certificate could not be renewed; it is tried again"),
        }
    }
}

/// Compacts the ledger once a day, in steps between which tablets are answered.
async fn compact_daily(shared: Shared) {
    loop {
        tokio::time::sleep(COMPACT_FIRST).await;
        let mut run = match shared.with(|centre| centre.begin_compaction(compaction::KEEP_MS, now_ms())).await {
            Ok(Ok(run)) => run,
            failed => {
                tracing::error!(?failed, "the ledger could not be compacted; it is tried again");
                continue;
            }
        };
        while !run.is_done() {
            tokio::time::sleep(COMPACT_PAUSE).await;
            let step = move |centre: &mut Centre| centre.compact_step(&mut run).map(|()| run);
            run = match shared.with(step).await {
                Ok(Ok(run)) => run,
                failed => {
                    tracing::error!(?failed, "the compaction of the ledger stopped; the next one goes on");
                    break;
                }
            };
        }
        tokio::time::sleep(COMPACT_EVERY).await;
    }
}

async fn stop_on_signal(handle: axum_server::Handle) {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        let Ok(mut terminate) = terminate else { return };
        tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
    }
    #[cfg(not(unix))]
    if interrupt.await.is_err() {
        return;
    }
    tracing::info!("stopping");
    handle.graceful_shutdown(Some(Duration::from_secs(STOP_SECONDS)));
}

/// The demonstration's account: its password is drawn once and written beside the data, so that no two demonstrations share one.
fn demo_account(centre: &Centre, folder: &Path) -> anyhow::Result<()> {
    if !centre.registry.needs_first_account()? {
        return Ok(());
    }
    let mut bytes = [0u8; 12];
    getrandom::fill(&mut bytes).map_err(|_| anyhow::anyhow!("The system gave no randomness"))?;
    let password = data_encoding::BASE32_NOPAD.encode(&bytes).to_lowercase();
    let made = centre.registry.add_account("coordination", &password, now_ms()).context("Make the account")?;
    anyhow::ensure!(made.is_ok(), "The drawn password was refused");
    tls::write_secret(&folder.join("demo.txt"), format!("coordination\n{password}\n").as_bytes())?;
    Ok(())
}
