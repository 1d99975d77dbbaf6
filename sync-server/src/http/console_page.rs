//! The console's page, built into the server. It holds no data.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_embed::RustEmbed;

/// The built screens; the folder is empty when they were not built before the server.
#[derive(RustEmbed)]
#[folder = "../ui/dist/console/"]
#[allow_missing = true]
struct Page;

/// Where the page is.
const AT: &str = "/coordination/";

pub(super) async fn page(uri: Uri) -> Response {
    let path = uri.path();
    // With its slash, so that the files the page names beside itself are found.
    if path == "/" || path == AT.trim_end_matches('/') {
        return Redirect::temporary(AT).into_response();
    }
    let Some(rest) = path.strip_prefix(AT) else { return StatusCode::NOT_FOUND.into_response() };
    let name = if rest.is_empty() { "index.html" } else { rest };
    let Some(file) = Page::get(name) else {
        let built = Page::get("index.html").is_some();
        let hint = if built { "" } else { "The console was not built: run `make build`." };
        return (StatusCode::NOT_FOUND, hint).into_response();
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    // Names of built files hold their hash: they never change. The page itself is asked for each time.
    let cache = if name.contains("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    ([(header::CONTENT_TYPE, kind.as_ref()), (header::CACHE_CONTROL, cache)], file.data).into_response()
}
