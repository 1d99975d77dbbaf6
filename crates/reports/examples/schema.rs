//! Prints the JSON schema of a bilan: `cargo run -p palier-reports --example schema > docs/bilan.schema.json`.

#[expect(clippy::print_stdout, reason = "its only work")]
fn main() -> Result<(), serde_json::Error> {
    println!("{}", serde_json::to_string_pretty(&palier_reports::schema())?);
    Ok(())
}
