//! A tablet in the hands of someone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use palier_commands::{App, AppOptions, FileSecret, Network, Policy};
use serde_json::{Value, json};

use crate::link::ThroughLink;
use crate::{CentreSocial, Hands, Link};

/// The PIN of everyone in the cast.
pub const PIN: &str = "493817";

/// A tablet: an app over a folder, a link, clocks.
pub struct Tablet {
    /// Who holds it.
    pub name: String,
    /// Its app.
    pub app: Arc<App>,
    /// Its link to the server.
    pub link: Arc<Link>,
    /// Its clocks.
    pub clock: Arc<Hands>,
    folder: PathBuf,
}

impl Tablet {
    /// Enrols a profile that the centre social knows on a new tablet, and chooses the PIN.
    ///
    /// # Errors
    /// When the code is refused or the server is not reached.
    pub fn enrolled(centre: &CentreSocial, name: &str) -> anyhow::Result<Self> {
        let link = Link::to(centre.address())?;
        let clock = Arc::new(Hands::default());
        let folder = centre.folder().join(format!("tablet-{name}"));
        std::fs::create_dir_all(&folder)?;
        let app = app(&folder, name, &link, &clock);
        let tablet = Self { name: name.to_owned(), app, link, clock, folder };
        let code = centre.code_for(name)?;
        tablet.call("enrol", json!({ "address": tablet.link.address(), "code": code }))?;
        tablet.call("choose_pin", json!({ "pin": PIN }))?;
        Ok(tablet)
    }

    /// Asks a command.
    ///
    /// # Errors
    /// The command's refusal, with its name.
    pub fn call(&self, command: &str, request: Value) -> anyhow::Result<Value> {
        self.app.call(command, request).with_context(|| format!("{} asked {command}", self.name))
    }

    /// Syncs until the server has everything; whether it was reached is in the answer's `offline`.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn sync(&self) -> anyhow::Result<Value> {
        self.call("sync_now", json!({}))
    }

    /// Ends the app as a kill does, and starts it again on the same folder, the profile open.
    ///
    /// # Errors
    /// When the profile does not open.
    pub fn killed_and_started(self) -> anyhow::Result<Self> {
        let Self { name, app: old, link, clock, folder } = self;
        drop(old);
        let app = app(&folder, &name, &link, &clock);
        let tablet = Self { name, app, link, clock, folder };
        tablet.unlock()?;
        Ok(tablet)
    }

    /// Opens the profile.
    ///
    /// # Errors
    /// When the PIN does not open it.
    pub fn unlock(&self) -> anyhow::Result<()> {
        let state = self.call("app_state", json!({}))?;
        let profile = state.pointer("/profiles/0/id").cloned().context("A profile is enrolled")?;
        let answer = self.call("unlock", json!({ "profile": profile, "pin": PIN }))?;
        anyhow::ensure!(answer.get("kind") == Some(&json!("opened")), "The PIN opens the profile");
        Ok(())
    }

    /// Digest of each scope that is not empty on this tablet, from its own rows.
    ///
    /// # Errors
    /// A fault of the store.
    pub fn digests(&self) -> anyhow::Result<Vec<(String, String)>> {
        let empty = "0".repeat(32);
        Ok(self.app.digests()?.into_iter().filter(|(_, digest)| *digest != empty).collect())
    }

    /// Ends this process's hold of the tablet, so that another process opens its folder; answers what that one needs.
    #[must_use]
    pub fn let_go(self) -> Idle {
        Idle { name: self.name, link: self.link, clock: self.clock, folder: self.folder }
    }

    /// The folder of its data, for byte scans.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }
}

/// A tablet that no process holds.
pub struct Idle {
    name: String,
    /// Its link, which goes on.
    pub link: Arc<Link>,
    clock: Arc<Hands>,
    folder: PathBuf,
}

impl Idle {
    /// The folder of its data.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Opens it in this process.
    ///
    /// # Errors
    /// When the profile does not open.
    pub fn take(self) -> anyhow::Result<Tablet> {
        let app = app(&self.folder, &self.name, &self.link, &self.clock);
        let tablet = Tablet { name: self.name, app, link: self.link, clock: self.clock, folder: self.folder };
        tablet.unlock()?;
        Ok(tablet)
    }
}

/// The app of a tablet's folder in a process of its own, its profile open, on a link that another process keeps.
///
/// # Errors
/// When the profile does not open.
pub fn in_this_process(folder: &Path, server: &str) -> anyhow::Result<Arc<App>> {
    let app =
        App::new(options(folder, "Samia", Arc::new(crate::link::Fixed(server.to_owned())), Arc::new(Hands::default())));
    let state = app.call("app_state", json!({}))?;
    let profile = state.pointer("/profiles/0/id").cloned().context("A profile is enrolled")?;
    app.call("unlock", json!({ "profile": profile, "pin": PIN }))?;
    Ok(app)
}

fn app(folder: &Path, name: &str, link: &Arc<Link>, clock: &Arc<Hands>) -> Arc<App> {
    App::new(options(folder, name, Arc::new(ThroughLink(link.clone())), clock.clone()))
}

fn options(folder: &Path, name: &str, network: Arc<dyn Network>, clock: Arc<Hands>) -> AppOptions {
    AppOptions {
        data: folder.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        demo: true,
        clock,
        device: Some(Arc::new(FileSecret::in_folder(folder.join("device")))),
        policy: Some(Policy::cheap_for_tests()),
        network,
        tablet_name: format!("Tablette de {name}"),
        bundles: None,
    }
}
