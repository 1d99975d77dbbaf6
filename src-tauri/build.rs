//! Prepares the shell's build: the one command of ours, and the folder of the pages.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // The pages are built by `ui` (`make run` does it). The folder is made so that the shell alone can be checked before.
    let pages = std::path::Path::new("../ui/dist/field");
    if !pages.join("index.html").exists() {
        println!("cargo::warning=the pages are not built yet: run `npm run build` in ui/ before starting the app");
        std::fs::create_dir_all(pages)?;
    }
    println!("cargo::rerun-if-changed=../ui/dist/field");
    let manifest = tauri_build::AppManifest::new().commands(&["call"]);
    Ok(tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))?)
}
