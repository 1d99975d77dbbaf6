//! Tables of `docs/BENCHMARKS.md`: a command that measures rewrites its own, between two marks.

use std::path::Path;

use anyhow::Context;

/// Puts a table in the place of the one that a document holds between the marks of this name.
///
/// # Errors
/// When the document does not read, has no such marks, or cannot be written.
pub fn rewrite_section(document: &Path, name: &str, table: &str) -> anyhow::Result<()> {
    let (begin, end) = (format!("<!-- {name}: rewritten by `make {name}` -->\n"), format!("<!-- end of {name} -->"));
    let text = std::fs::read_to_string(document).with_context(|| format!("Read {}", document.display()))?;
    let (before, rest) = text.split_once(&begin).context("The document says where its table begins")?;
    let (_, after) = rest.split_once(&end).context("The document says where its table ends")?;
    std::fs::write(document, format!("{before}{begin}\n{table}\n{end}{after}")).context("Write the document")
}
