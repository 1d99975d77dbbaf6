//! Writes the TypeScript of the commands' wire: `cargo run -p palier-commands --example types -- ui/src/backend`.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    palier_commands::table::write_typescript(std::path::Path::new(&folder))?;
    Ok(())
}
