//! What the desktop's command line may say.

use std::path::PathBuf;

/// Printed by `--help` and after a mistake.
pub const USAGE: &str = "\
palier-app : l'application de terrain

  palier-app                  ouvre l'application
  palier-app --data DOSSIER   garde les données dans DOSSIER au lieu du dossier de la session
  palier-app --demo           données inventées ; le secret de l'appareil est un simple fichier, donc rien de réel
  palier-app --help           affiche ceci";

/// How the app is started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Where everything is kept; the session's own folder when absent.
    pub data: Option<PathBuf>,
    /// Invented data, and a device secret in a file.
    pub demo: bool,
}

/// What was asked.
#[derive(Debug, PartialEq, Eq)]
pub enum Start {
    /// Open the app.
    Run(Options),
    /// Say how it is started.
    Usage,
}

/// Reads the arguments after the program's name.
///
/// # Errors
/// What is wrong with them, in words for the person who typed them.
pub fn start_of(mut arguments: impl Iterator<Item = String>) -> Result<Start, String> {
    let mut options = Options::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--demo" => options.demo = true,
            "--data" => match arguments.next().filter(|folder| !folder.is_empty() && !folder.starts_with("--")) {
                Some(folder) => options.data = Some(PathBuf::from(folder)),
                None => return Err("--data attend un dossier".into()),
            },
            "--help" | "-h" => return Ok(Start::Usage),
            other => return Err(format!("« {other} » n'est pas compris")),
        }
    }
    Ok(Start::Run(options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Result<Start, &str>) {
        let arguments = line.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        assert_eq!(start_of(arguments), expected.map_err(str::to_owned), "{line}");
    }

    #[test]
    fn the_command_line_is_understood_or_refused() {
        let run = |data: Option<&str>, demo| Ok(Start::Run(Options { data: data.map(PathBuf::from), demo }));
        check("", run(None, false));
        check("--demo", run(None, true));
        check("--data /d --demo", run(Some("/d"), true));
        check("--help", Ok(Start::Usage));
        check("--demo -h", Ok(Start::Usage));
        check("--data", Err("--data attend un dossier"));
        check("--data --demo", Err("--data attend un dossier"));
        check("--dmeo", Err("« --dmeo » n'est pas compris"));
    }
}
