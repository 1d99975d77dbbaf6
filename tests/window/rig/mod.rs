//! A screen, a session bus, a driver and the real application in it; all gone when dropped.

mod office;
mod process;

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

pub use office::Office;
use process::Process;

/// Longest that anything here may take on a loaded machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Whether an element, brought to the middle of the screen, stays there for two frames and is what a finger would meet:
/// a list still being laid out moves what it holds, and a press would fall beside.
const STILL_UNDER_THE_FINGER: &str = "const [element, done] = arguments;
    element.scrollIntoView({ block: 'center' });
    const place = () => { const box = element.getBoundingClientRect(); return [box.x, box.y, box.width, box.height].join(); };
    const meets = () => {
        const box = element.getBoundingClientRect();
        return element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
    };
    const frame = (then) => requestAnimationFrame(() => setTimeout(then));
    frame(() => { const before = place(); frame(() => frame(() => done(place() === before && meets()))); });";

/// The real window, driven as a person would.
pub struct Rig {
    client: Client,
    // Dropped in this order: the driver ends the app, then the bus and the screen go.
    _driver: Process,
    _bus: Process,
    _screen: Process,
}

impl Rig {
    /// Opens the application on a screen of its own; `home` is the tablet, and may be opened again.
    pub async fn open(home: &Path) -> Result<Self> {
        let (screen, display) = screen()?;
        let (bus, address) = session_bus(home)?;
        let (driver, url) = driver(home, &display, &address)?;
        let client = session(&url, home).await?;
        Ok(Self { client, _driver: driver, _bus: bus, _screen: screen })
    }

    /// The page.
    pub fn page(&self) -> &Client {
        &self.client
    }

    /// Waits for an element of the page.
    pub async fn see(&self, css: &str) -> Result<fantoccini::elements::Element> {
        let found = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        match found {
            Ok(element) => Ok(element),
            Err(error) => bail!("« {css} » is not on the page: {error}\n{}", self.text().await),
        }
    }

    /// Presses the button or link that says `words`.
    pub async fn press(&self, words: &str) -> Result<()> {
        self.touch(Locator::XPath(&saying(words))).await
    }

    /// Presses what is found. A page that draws itself again under the finger is pressed again, and what is out of sight
    /// is scrolled to, as a person would.
    pub async fn touch(&self, what: Locator<'_>) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Err(error) = self.press_once(what).await else { return Ok(()) };
            if Instant::now() > deadline {
                bail!("{what:?} cannot be pressed: {error:?}\n{}", self.text().await);
            }
        }
    }

    async fn press_once(&self, what: Locator<'_>) -> Result<()> {
        let element = self.client.find(what).await?;
        let still = self.client.execute_async(STILL_UNDER_THE_FINGER, vec![serde_json::to_value(&element)?]).await?;
        if still != json!(true) {
            bail!("it moves, or something covers it");
        }
        Ok(element.click().await?)
    }

    /// Writes into the field found by `css`.
    pub async fn write(&self, css: &str, text: &str) -> Result<()> {
        let field = self.see(css).await?;
        field.clear().await?;
        field.send_keys(text).await.with_context(|| format!("« {css} » cannot be written to"))
    }

    /// Waits until the page shows `words`.
    pub async fn read(&self, words: &str) -> Result<()> {
        let script = format!("return document.body.innerText.includes({})", json!(words));
        let deadline = Instant::now() + PATIENCE;
        while self.client.execute(&script, vec![]).await? != json!(true) {
            if Instant::now() > deadline {
                bail!("the page never says « {words} »:\n{}", self.text().await);
            }
        }
        Ok(())
    }

    /// What the page says, for the message of a failure.
    pub async fn text(&self) -> String {
        let said = self.client.execute("return document.body ? document.body.innerText : ''", vec![]).await;
        said.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Runs a script whose last argument is called with the answer.
    pub async fn ask(&self, script: &str) -> Result<Value> {
        Ok(self.client.execute_async(script, vec![]).await?)
    }

    /// Ends the session; the driver closes the application.
    pub async fn close(self) -> Result<()> {
        Ok(self.client.clone().close().await?)
    }
}

/// A button, link or label with these words, seen or read aloud.
fn saying(words: &str) -> String {
    let said = format!("contains(normalize-space(.), \"{words}\") or contains(@aria-label, \"{words}\")");
    format!("//*[self::button or self::a or self::label][not(@disabled)][{said}]")
}

/// A screen of a tablet held upright. The server chooses a free number and says when it is ready.
fn screen() -> Result<(Process, String)> {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "800x1280x24", "-nolisten", "tcp"]);
    let (process, number) = Process::announcing(command, "xvfb")?;
    Ok((process, format!(":{number}")))
}

/// A session bus with nobody on it and no service to start: no keyring, no portal of this machine is touched.
fn session_bus(home: &Path) -> Result<(Process, String)> {
    let config = home.join("bus.conf");
    std::fs::write(&config, format!(include_str!("bus.conf"), folder = home.display()))?;
    let mut command = Command::new("dbus-daemon");
    command.args(["--nofork", "--print-address=1"]).arg(format!("--config-file={}", config.display()));
    Process::announcing(command, "dbus-daemon (dbus)")
}

/// A port that is free now. Programs that cannot choose one by themselves are given it.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Waits until a program listens.
fn listening(port: u16, what: &str) -> Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if Instant::now() > deadline {
            bail!("{what} does not listen");
        }
        std::thread::yield_now();
    }
    Ok(())
}

/// The driver, on a free port of the loopback. The application inherits its environment.
fn driver(home: &Path, display: &str, bus: &str) -> Result<(Process, String)> {
    let port = free_port()?;
    let mut command = Command::new("WebKitWebDriver");
    command
        .arg(format!("--port={port}"))
        .env("DISPLAY", display)
        .env_remove("WAYLAND_DISPLAY")
        .env("GDK_BACKEND", "x11")
        .env("DBUS_SESSION_BUS_ADDRESS", bus)
        .env("TAURI_WEBVIEW_AUTOMATION", "true")
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
        .env("LIBGL_ALWAYS_SOFTWARE", "1")
        .env("LANG", "C.UTF-8");
    for (name, folder) in
        [("HOME", ""), ("XDG_DATA_HOME", "share"), ("XDG_CACHE_HOME", "cache"), ("XDG_CONFIG_HOME", "config")]
    {
        command.env(name, home.join(folder));
    }
    let process = Process::start(command, "webkit2gtk-driver")?;
    listening(port, "WebKitWebDriver")?;
    Ok((process, format!("http://127.0.0.1:{port}")))
}

/// The application itself, with invented data in a folder of its own.
async fn session(url: &str, home: &Path) -> Result<Client> {
    let data = home.join("data");
    let options = json!({ "binary": env!("CARGO_BIN_EXE_palier-app"), "args": ["--demo", "--data", data] });
    let wanted = json!({ "webkitgtk:browserOptions": options });
    let capabilities: Capabilities = serde_json::from_value(wanted)?;
    let connecting = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(url).await;
    connecting.context("The application does not open under WebDriver")
}

impl Process {
    /// Starts a program that says on its first line where it is.
    fn announcing(mut command: Command, package: &str) -> Result<(Self, String)> {
        command.stdout(Stdio::piped());
        let mut process = Self::start(command, package)?;
        let mut output = process.output().context("The program's output is taken")?;
        let mut line = Vec::new();
        let mut byte = [0];
        while output.read(&mut byte)? == 1 && byte != *b"\n" {
            line.extend_from_slice(&byte);
        }
        Ok((process, String::from_utf8(line)?.trim().to_owned()))
    }
}
