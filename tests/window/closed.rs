//! What the page cannot do.

use anyhow::Result;
use serde_json::json;

use crate::rig::Rig;

/// Calls Tauri's IPC as a script of the page would, and answers with what came back.
fn invoking(command: &str, arguments: &str) -> String {
    format!(
        "const done = arguments[arguments.length - 1];
         window.__TAURI_INTERNALS__.invoke('{command}', {arguments}).then((a) => done({{ answered: a }}), (e) => done({{ refused: e }}))"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reaches_one_command_and_no_plugin() -> Result<()> {
    let tablet = tempfile::tempdir()?;
    let rig = Rig::open(tablet.path()).await?;
    let state = rig.ask(&invoking("call", "{ name: 'app_state', request: {} }")).await?;
    assert_eq!(state["answered"]["demo"], json!(true), "the one command reaches the core: {state}");
    let locked = rig.ask(&invoking("call", "{ name: 'my_day', request: {} }")).await?;
    assert_eq!(locked["refused"]["code"], json!("locked"), "and the core refuses while no profile is open: {locked}");
    let unknown = rig.ask(&invoking("call", "{ name: 'drop_all', request: {} }")).await?;
    assert_eq!(unknown["refused"]["code"], json!("bad_request"), "a command that is in no list is refused: {unknown}");
    for (command, arguments) in [
        ("plugin:window|set_title", "{ label: 'main', value: 'x' }"),
        ("plugin:webview|create_webview_window", "{ options: { label: 'other', url: 'index.html' } }"),
        ("plugin:path|resolve_directory", "{ directory: 1 }"),
        ("plugin:event|emit", "{ event: 'changed', payload: null }"),
        ("plugin:app|version", "{}"),
        ("plugin:fs|read_text_file", "{ path: '/etc/hostname' }"),
    ] {
        let answer = rig.ask(&invoking(command, arguments)).await?;
        assert!(answer.get("answered").is_none(), "{command} is closed to the page: {answer}");
    }
    rig.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_goes_nowhere_and_runs_nothing_foreign() -> Result<()> {
    let tablet = tempfile::tempdir()?;
    let rig = Rig::open(tablet.path()).await?;
    let home = rig.page().current_url().await?;
    assert_eq!(home.scheme(), "tauri", "the pages are inside the binary");
    let tried = "const done = arguments[arguments.length - 1];
        const out = {};
        document.addEventListener('securitypolicyviolation', (e) => { out[e.effectiveDirective] = true });
        out.opened = window.open('https://example.org/') !== null;
        const frame = document.createElement('iframe'); frame.src = 'index.html'; document.body.append(frame);
        const picture = new Image(); picture.src = 'https://127.0.0.1:9/x.png';
        const script = document.createElement('script');
        try { script.textContent = 'window.ran = true'; document.body.append(script) } catch { out.refusedText = true }
        try { document.createElement('p').innerHTML = '<b>x</b>'; out.wroteMarkup = true } catch { out.wroteMarkup = false }
        try { eval('window.ran = true') } catch { out.evaluated = false }
        fetch('https://127.0.0.1:9/').then(() => { out.fetched = true }, () => { out.fetched = false }).finally(() => {
            out.ran = window.ran === true; out.globalTauri = '__TAURI__' in window; frame.remove(); done(out) })";
    let out = rig.ask(tried).await?;
    for (what, why) in [
        ("opened", "no other window"),
        ("ran", "no script of a text"),
        ("wroteMarkup", "no markup from a string"),
        ("fetched", "no network from the page"),
        ("globalTauri", "no door for a foreign script"),
    ] {
        assert_eq!(out[what], json!(false), "{why}: {out}");
    }
    for directive in ["frame-src", "img-src", "connect-src"] {
        assert_eq!(out[directive], json!(true), "the policy refused {directive}: {out}");
    }
    for elsewhere in ["about:blank", "https://example.org/", "data:text/html,elsewhere"] {
        let tried = format!(
            "const done = arguments[arguments.length - 1];
             location.href = '{elsewhere}';
             requestAnimationFrame(() => requestAnimationFrame(() => done(location.protocol)))"
        );
        assert_eq!(rig.ask(&tried).await?, json!("tauri:"), "the page stays the app's own, not {elsewhere}");
        assert_eq!(rig.page().current_url().await?.scheme(), "tauri", "and the window too");
    }
    rig.close().await
}
