//! Writes the TypeScript of the console's wire: `cargo run -p palier-sync-server --example types -- ui/src/backend`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    palier_sync_server::console::table::write_typescript(std::path::Path::new(&folder))?;
    Ok(())
}
