//! The shell of the tablet app: one window, one command, the device's keystore. Nothing of the trade.
//!
//! It is the only crate that names Tauri. A screen's request comes in by `call`, goes as it is to `palier-commands` on
//! a thread that may block, and the answer goes back as it is. When the store changed, the page hears `changed` and
//! reads again.
//!
//! # Invariants
//! - The page reaches `call` and the hearing of events, nothing else: no plugin, no file, no network, no other page.
//! - Every request is answered by the core, which refuses what needs an open profile while none is.
//! - Leaving the app locks it.
//!
//! Start reading at [`run`].

mod command_line;
mod device;
mod window;

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use palier_commands::api::{CommandError, ErrorCode};
use palier_commands::{App, AppOptions, SystemClock, TlsNetwork};
use serde_json::Value;
use tauri::{AppHandle, Emitter, Manager, RunEvent, State};

pub use command_line::{Options, Start, USAGE, start_of};

/// The page listens to this event; its payload is `palier_commands::api::Changed`.
const CHANGED: &str = "changed";

/// Longest name of a command, in bytes: no name of ours comes near, and an unknown one is put in the answer.
const NAME_BYTES_MAX: usize = 64;

/// Opens the app and returns when its window is closed.
///
/// # Errors
/// When the data folder cannot be used or the system refuses a window; in words for the person who started it.
pub fn run(options: Options) -> anyhow::Result<()> {
    let app = tauri::Builder::default()
        .invoke_handler(tauri::generate_handler![call])
        .setup(move |app| {
            let core = core(app.handle(), &options)?;
            app.manage(Arc::clone(&core));
            core.start_background();
            window::open(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!())
        .context("L'application ne s'ouvre pas")?;
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            lock(app);
        }
    });
    Ok(())
}

/// The app on a mobile system, which has no command line.
#[cfg(mobile)]
#[tauri::mobile_entry_point]
fn start() {
    if let Err(error) = run(Options::default()) {
        eprintln!("palier-app : {error:#}");
    }
}

/// One request of a screen, by name. It runs where blocking is allowed: Argon2, the disk, the network.
#[tauri::command]
async fn call(core: State<'_, Arc<App>>, name: String, request: Value) -> Result<Value, CommandError> {
    if name.len() > NAME_BYTES_MAX {
        return Err(CommandError { code: ErrorCode::BadRequest, detail: Some("name".into()) });
    }
    let core = Arc::clone(&core);
    tauri::async_runtime::spawn_blocking(move || core.call(&name, request))
        .await
        .unwrap_or_else(|_| Err(CommandError { code: ErrorCode::Internal, detail: Some("stopped".into()) }))
}

/// The core, on this device's data and secret; it tells the page of every change.
fn core(app: &AppHandle, options: &Options) -> anyhow::Result<Arc<App>> {
    let data = data_folder(app, options)?;
    let core = App::new(AppOptions {
        version: app.package_info().version.to_string(),
        demo: options.demo,
        clock: Arc::new(SystemClock),
        device: device::secret(&data, options.demo),
        policy: None,
        network: Arc::new(TlsNetwork),
        tablet_name: device::name(),
        // A file that is to be handed over lies where the system keeps what people look for.
        bundles: app.path().download_dir().or_else(|_| app.path().document_dir()).ok(),
        data,
    });
    let page = app.clone();
    // A page that is gone hears nothing and needs nothing.
    core.subscribe(move |changed| drop(page.emit(CHANGED, changed)));
    Ok(core)
}

/// Where everything is kept: the folder asked for, or the one the system gives to the app.
fn data_folder(app: &AppHandle, options: &Options) -> anyhow::Result<PathBuf> {
    let folder = match &options.data {
        Some(folder) => folder.clone(),
        None => app.path().app_local_data_dir().context("Le système ne donne pas de dossier à l'application")?,
    };
    std::fs::create_dir_all(&folder).with_context(|| format!("Le dossier « {} » ne se crée pas", folder.display()))?;
    Ok(folder)
}

/// Closes the open profile, so that its key leaves the memory before the process does.
fn lock(app: &AppHandle) {
    if let Some(core) = app.try_state::<Arc<App>>() {
        drop(core.call("lock", Value::Object(serde_json::Map::new())));
    }
}
