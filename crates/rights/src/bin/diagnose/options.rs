//! What was asked on the command line.

use palier_rights::pack::{Pack, PackMistake};
use palier_rights::told::Engine;

const OPENFISCA: &[(&str, &str)] = &[
    ("manifest.json", include_str!("../../../packs/openfisca-176.1.8/manifest.json")),
    ("differences.json", include_str!("../../../packs/openfisca-176.1.8/differences.json")),
];

const USAGE: &str = "diagnose --pack NAME [--month 2026-11] [--partial] [--stats] < in.jsonl > out.jsonl
diagnose --pack NAME [--month 2026-11] --explain ID < in.jsonl
diagnose --replay < stored.jsonl     lines of --partial with the \"inputs\" they were made from
diagnose --survey < diagnoses.jsonl  lines of --partial, with \"non_take_up\" where it was told
diagnose --check-pack DIR            a pack, or a file of rules
packs: france-2026-11, openfisca-176.1.8";

/// The options.
#[derive(Default)]
pub struct Options {
    /// `--pack`.
    pub pack: Option<String>,
    /// `--month`.
    pub month: Option<String>,
    /// `--check-pack`.
    pub check_pack: Option<String>,
    /// `--explain`.
    pub explain: Option<String>,
    /// `--partial`.
    pub partial: bool,
    /// `--replay`.
    pub replay: bool,
    /// `--survey`.
    pub survey: bool,
    /// `--stats`.
    pub stats: bool,
}

impl Options {
    /// Of the command line.
    pub fn read() -> Result<Self, String> {
        let mut options = Self::default();
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or_else(|| format!("{argument} asks for a value\n{USAGE}"));
            match argument.as_str() {
                "--pack" => options.pack = Some(value()?),
                "--month" => options.month = Some(value()?),
                "--check-pack" => options.check_pack = Some(value()?),
                "--explain" => options.explain = Some(value()?),
                "--partial" => options.partial = true,
                "--replay" => options.replay = true,
                "--survey" => options.survey = true,
                "--stats" => options.stats = true,
                _ => return Err(format!("{argument} is not known\n{USAGE}")),
            }
        }
        Ok(options)
    }

    /// The figures asked for, with the rules and words built in.
    pub fn engine(&self) -> Result<Engine, String> {
        let name = self.pack.as_deref().unwrap_or("france-2026-11");
        kept()?
            .into_iter()
            .find(|engine| engine.pack.name() == name)
            .ok_or_else(|| format!("{name} is not a pack\n{USAGE}"))
    }
}

/// Everything that a diagnosis was ever made with. The oracle's pack is built in here and not in the library: no app can
/// reach it.
pub fn kept() -> Result<Vec<Engine>, String> {
    let say = |mistake: PackMistake| mistake.to_string();
    let built_in = Engine::built_in().map_err(say)?;
    let oracle = Pack::france().and_then(|france| france.overlaid(OPENFISCA)).map_err(say)?;
    let with = |pack| Engine { pack, ..built_in.clone() };
    Ok(Pack::kept().map_err(say)?.into_iter().chain([oracle]).map(with).collect())
}
