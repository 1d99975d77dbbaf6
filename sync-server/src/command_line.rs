//! The commands of the operator.

use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::{Args, Parser, Subcommand};
use palier_sync_server::copy::{self, Lasting, Rebuilt};
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
    /// Remet une copie dans un dossier de données neuf et rejoue les effacements faits depuis, avant tout service.
    Restore {
        /// Dossier de données à créer ; il ne doit pas exister.
        #[arg(long)]
        data: PathBuf,
        /// Dossier de la copie.
        source: PathBuf,
        /// Liste des effacements (`erased.log`) la plus récente, tenue à part ; sans elle, celle de la copie.
        #[arg(long)]
        erased: Option<PathBuf>,
    },
    /// Affiche l'empreinte de chaque périmètre, à comparer à celle d'une tablette.
    Digests {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
    },
    /// Reconstruit le modèle de lecture à partir des changements gardés ; serveur arrêté.
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
    centre.backup(target, now_ms()).context("Copy the data")?;
    say(&format!(
        "Copie faite dans {}. Elle contient la clé : la garder sous clé, 35 jours au plus.",
        target.display()
    ));
    say(&format!("Garder aussi la plus récente liste {} à part : une restauration en a besoin.", copy::LIST_FILE));
    Ok(())
}

fn restore(data: &Path, source: &Path, list: Option<&Path>) -> anyhow::Result<()> {
    ensure!(!data.exists(), "{} existe déjà : restaurer dans un dossier neuf", data.display());
    ensure!(source.join("ledger.db").is_file(), "{} n'est pas une copie de Palier", source.display());
    let own = source.join(copy::LIST_FILE);
    let (path, given) = list.map_or((own.as_path(), false), |list| (list, true));
    let text = match std::fs::read_to_string(path) {
        // A copy made before anyone was erased has no list; one that was named must be there.
        Err(error) if !given && error.kind() == std::io::ErrorKind::NotFound => String::new(),
        read => read.with_context(|| format!("Lire la liste des effacements {}", path.display()))?,
    };
    let lasting = Lasting::read(&text)?;
    copy::restore(source, data, &lasting, now_ms()).context("Restore the data")?;
    say(&format!(
        "Copie restaurée : {} effacements rejoués, {} tablettes révoquées.",
        lasting.erased.len(),
        lasting.revoked.len()
    ));
    if !given {
        say("Sans --erased, seuls les effacements faits avant la copie sont sûrs : redonner la liste la plus récente.");
    }
    say("Les tablettes reprennent d'elles-mêmes ; celles enrôlées depuis la copie sont à enrôler de nouveau.");
    Ok(())
}

fn digests(data: &Path) -> anyhow::Result<()> {
    for (scope, digest) in open(data)?.digests().context("Count the rows")? {
        say(&format!("{scope} {digest}"));
    }
    Ok(())
}

fn rebuild(data: &Path) -> anyhow::Result<()> {
    ensure!(data.join("ledger.db").exists(), "No data in {}: start `serve` once", data.display());
    let Rebuilt { changes, differing } = copy::rebuild(data).context("Rebuild the read model")?;
    say(&format!("Modèle de lecture reconstruit à partir de {changes} changements."));
    for scope in differing {
        say(&format!("L'ancien différait : {scope}"));
    }
    Ok(())
}
