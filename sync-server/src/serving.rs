//! Listening: TLS with our own authority, or plain HTTP behind a proxy; a stop lets requests end.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use axum_server::tls_rustls::RustlsConfig;
use palier_sync_server::{Centre, CentreOptions, Shared, now_ms, router, territory, tls};

use crate::command_line::ServeOptions;

/// Requests under way at a stop may take this long.
const STOP_SECONDS: u64 = 10;

pub(crate) async fn serve(options: ServeOptions) -> anyhow::Result<()> {
    let local = options.listen.ip().is_loopback();
    ensure!(
        !options.plain_http || local || options.behind_proxy,
        "--plain-http hors de cette machine demande --behind-proxy : sans TLS, tout se lirait sur le réseau"
    );
    let opening = CentreOptions { territory: options.demo.then(territory::demo_territory), ..CentreOptions::default() };
    let mut centre = Centre::open(&options.data, opening).context("Open the data")?;
    if options.demo {
        territory::fill_demo(&mut centre, now_ms()).context("Fill the demonstration territory")?;
        demo_account(&centre, &options.data)?;
    }
    let mut addresses = options.address.clone();
    if addresses.is_empty() {
        addresses.push(format!("https://localhost:{}", options.listen.port()));
    }
    let server_tls = tls::server_tls(&options.data, &tls::names_of(&addresses)).context("Make the certificate")?;
    let secure = !options.plain_http || options.behind_proxy;
    let shared = Shared::new(centre, &server_tls.ca_der, addresses, secure);
    let app = router(shared).into_make_service();
    let handle = axum_server::Handle::new();
    tokio::spawn(stop_on_signal(handle.clone()));
    tracing::info!(listen = %options.listen, tls = !options.plain_http, "serving");
    if options.plain_http {
        return axum_server::bind(options.listen).handle(handle).serve(app).await.context("Serve");
    }
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13])
        .context("Choose TLS 1.3")?
        .with_no_client_auth()
        .with_single_cert(server_tls.chain, server_tls.key)
        .context("Use the certificate")?;
    let mut config = config;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    axum_server::bind_rustls(options.listen, RustlsConfig::from_config(Arc::new(config)))
        .handle(handle)
        .serve(app)
        .await
        .context("Serve")
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
