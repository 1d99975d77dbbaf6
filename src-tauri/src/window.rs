//! The one window, closed to every other page.

use tauri::webview::{DownloadEvent, NewWindowResponse};
use tauri::{AppHandle, Url, WebviewWindow, WebviewWindowBuilder};

/// The window's name in the configuration and in the capability.
const LABEL: &str = "main";

/// Opens the window of the configuration; it shows the app's own pages and can go nowhere else.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let config =
        app.config().app.windows.iter().find(|window| window.label == LABEL).ok_or(tauri::Error::WindowNotFound)?;
    WebviewWindowBuilder::from_config(app, config)?
        .on_navigation(is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, event| !matches!(event, DownloadEvent::Requested { .. }))
        .incognito(!is_driven_by_a_test())
        .build()
}

/// The app's own pages: `tauri://localhost`, which Windows and Android write `http://tauri.localhost`.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(any(windows, target_os = "android")) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// A page keeps nothing on the disk, except in a debug build driven by `WebDriver`, which needs the ordinary session.
fn is_driven_by_a_test() -> bool {
    cfg!(debug_assertions) && std::env::var("TAURI_WEBVIEW_AUTOMATION").as_deref() == Ok("true")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_pages_are_shown() {
        for (address, expected) in [
            ("tauri://localhost/", true),
            ("tauri://localhost/index.html#/journee", true),
            ("tauri://localhost.evil.example/", false),
            ("http://tauri.localhost/", cfg!(any(windows, target_os = "android"))),
            ("http://tauri.localhost.evil.example/", false),
            ("https://example.org/", false),
            ("http://ipc.localhost/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("about:blank", false),
        ] {
            assert_eq!(is_own_page(&address.parse().unwrap()), expected, "{address}");
        }
    }
}
