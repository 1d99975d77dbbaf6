//! The commands of the operator.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::{Args, Parser, Subcommand};
use palier_sync_server::registry::{MadeCode, WeakPassword};
use palier_sync_server::{Centre, CentreOptions, now_ms};
use uuid::Uuid;

/// Serveur de Palier : reçoit les tablettes, fusionne, sert la console de coordination.
#[derive(Parser)]
#[command(version, name = "palier-server")]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What to do.
#[derive(Subcommand)]
pub(crate) enum Command {
    /// Démarre le serveur.
    Serve(ServeOptions),
    /// Crée un compte de coordination ; le mot de passe est lu sur l'entrée standard.
    Account {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
        /// Nom de connexion.
        name: String,
        /// Change le mot de passe d'un compte qui existe, et ferme ses sessions.
        #[arg(long)]
        change: bool,
    },
    /// Crée un code à usage unique pour un médiateur (prénom ou identifiant) et l'affiche.
    Code {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
        /// Prénom ou identifiant du profil.
        profile: String,
    },
    /// Copie toutes les données, serveur en marche ou non, dans un dossier neuf.
    Backup {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
        /// Dossier de la copie ; il ne doit pas exister.
        target: PathBuf,
    },
    /// Remet une copie dans un dossier de données vide, puis rejoue les effacements faits depuis.
    Restore {
        /// Dossier de données à créer ; il ne doit pas exister.
        #[arg(long)]
        data: PathBuf,
        /// Dossier de la copie.
        source: PathBuf,
        /// Liste des effacements (`erased.log`) tenue à part, si elle existe.
        #[arg(long)]
        erased: Option<PathBuf>,
    },
    /// Affiche l'empreinte de chaque périmètre, à comparer à celle d'une tablette.
    Digests {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
    },
    /// Reconstruit le modèle de lecture à partir du registre des changements.
    Rebuild {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
    },
}

/// How to serve.
#[derive(Args)]
pub(crate) struct ServeOptions {
    /// Dossier des données.
    #[arg(long, env = "PALIER_DATA")]
    pub(crate) data: PathBuf,
    /// Adresse et port d'écoute.
    #[arg(long, default_value = "0.0.0.0:8443")]
    pub(crate) listen: std::net::SocketAddr,
    /// Adresse donnée aux tablettes (https://…) ; répétable, essayée dans l'ordre.
    #[arg(long)]
    pub(crate) address: Vec<String>,
    /// Territoire, comptes et médiateurs de démonstration, si le dossier est neuf.
    #[arg(long)]
    pub(crate) demo: bool,
    /// Sans TLS : seulement sur cette machine, ou derrière un mandataire qui le fait.
    #[arg(long)]
    pub(crate) plain_http: bool,
    /// Un mandataire fait le TLS : autorise --plain-http sur une autre adresse que celle de cette machine.
    #[arg(long, requires = "plain_http")]
    pub(crate) behind_proxy: bool,
}

pub(crate) fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(_) => bail!("Serving needs the runtime"),
        Command::Account { data, name, change } => account(&data, &name, change),
        Command::Code { data, profile } => code(&data, &profile),
        Command::Backup { data, target } => backup(&data, &target),
        Command::Restore { data, source, erased } => restore(&data, &source, erased.as_deref()),
        Command::Digests { data } => digests(&data),
        Command::Rebuild { data } => rebuild(&data),
    }
}

fn open(data: &Path) -> anyhow::Result<Centre> {
    ensure!(data.join("registry.db").exists(), "No data in {}: start `serve` once", data.display());
    Centre::open(data, CentreOptions::default()).context("Open the data")
}

#[expect(clippy::print_stdout, reason = "the answer of an operator's command")]
fn say(text: &str) {
    println!("{text}");
}

fn account(data: &Path, name: &str, change: bool) -> anyhow::Result<()> {
    let mut password = String::new();
    std::io::stdin().take(1_024).read_to_string(&mut password).context("Read the password from the standard input")?;
    let password = password.trim_end_matches(['\r', '\n']);
    let centre = Centre::open(data, CentreOptions::default()).context("Open the data")?;
    let weak = if change {
        centre.registry.set_password(name, password).context("Change the password")?.err()
    } else {
        centre.registry.add_account(name, password, now_ms()).context("Make the account")?.err()
    };
    match weak {
        None => say(&format!("Compte « {name} » prêt.")),
        Some(WeakPassword::TooShort) => bail!("Mot de passe trop court : 12 caractères au moins"),
        Some(WeakPassword::TooSimple) => {
            bail!("Mot de passe trop simple : varier les caractères, ne pas y mettre le nom")
        }
    }
    Ok(())
}

fn code(data: &Path, profile: &str) -> anyhow::Result<()> {
    let centre = open(data)?;
    let found: Vec<Uuid> = centre
        .store
        .profiles()
        .context("Read the profiles")?
        .into_iter()
        .filter(|known| known.active && (known.display_name == profile || known.id.to_string() == profile))
        .map(|known| known.id)
        .collect();
    let [id] = found.as_slice() else { bail!("{} profils pour « {profile} » : donner l'identifiant", found.len()) };
    let MadeCode { text, .. } = centre.registry.make_code(*id, now_ms()).context("Make the code")?;
    say(&text);
    Ok(())
}

fn backup(data: &Path, target: &Path) -> anyhow::Result<()> {
    ensure!(!target.exists(), "{} existe déjà : choisir un dossier neuf", target.display());
    let centre = open(data)?;
    centre.backup(target).context("Copy the data")?;
    centre.registry.put_setting("last_backup", &now_ms().to_string()).context("Note the backup")?;
    let erased: Vec<String> = centre.erased().context("Read the erasures")?.iter().map(Uuid::to_string).collect();
    std::fs::write(target.join("erased.log"), erased.join("\n")).context("Write the erasures")?;
    say(&format!("Copie faite dans {}. Garder `erased.log` à part, avec la plus récente.", target.display()));
    Ok(())
}

fn restore(data: &Path, source: &Path, erased: Option<&Path>) -> anyhow::Result<()> {
    ensure!(!data.exists(), "{} existe déjà : restaurer dans un dossier neuf", data.display());
    ensure!(source.join("ledger.db").exists(), "{} n'est pas une copie de Palier", source.display());
    std::fs::create_dir_all(data)?;
    for entry in std::fs::read_dir(source)? {
        let entry = entry?;
        std::fs::copy(entry.path(), data.join(entry.file_name()))?;
    }
    let mut centre = Centre::open(data, CentreOptions::default()).context("Open the restored data")?;
    let list = erased.map_or_else(|| source.join("erased.log"), Path::to_path_buf);
    let text = std::fs::read_to_string(&list).unwrap_or_default();
    let records: Vec<Uuid> = text.lines().filter_map(|line| Uuid::parse_str(line.trim()).ok()).collect();
    centre.erase_again(&records, now_ms()).context("Replay the erasures")?;
    say(&format!("Copie restaurée ; {} effacements rejoués.", records.len()));
    Ok(())
}

fn digests(data: &Path) -> anyhow::Result<()> {
    let centre = open(data)?;
    for (scope, _) in centre.store.scopes().context("Read the scopes")? {
        let digest = centre.store.digest_from_rows(&scope).context("Count the rows")?;
        say(&format!("{scope} {}", digest.hex()));
    }
    Ok(())
}

fn rebuild(data: &Path) -> anyhow::Result<()> {
    let mut centre = open(data)?;
    centre.store.rebuild().context("Rebuild the projections")?;
    say("Modèle de lecture reconstruit.");
    Ok(())
}
