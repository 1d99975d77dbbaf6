//! The commands of the operator.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::{Args, Parser, Subcommand};
use palier_store::Store;
use palier_sync_server::compaction;
use palier_sync_server::copy::{self, Lasting, Rebuilt};
use palier_sync_server::ledger::{PostgresAddress, Tally};
use palier_sync_server::moving::{self, MOVED_FILE, Moved};
use palier_sync_server::registry::{MadeCode, Registry, WeakPassword};
use palier_sync_server::{Beside, Centre, CentreError, CentreOptions, FolderLock, Seat, Wanted, events, now_ms};
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
        #[command(flatten)]
        place: Place,
        /// Nom de connexion.
        name: String,
        /// Change le mot de passe d'un compte qui existe, et ferme ses sessions.
        #[arg(long)]
        change: bool,
    },
    /// Crée un code à usage unique pour un médiateur (prénom ou identifiant) et l'affiche.
    Code {
        #[command(flatten)]
        place: Place,
        /// Prénom ou identifiant du profil.
        profile: String,
    },
    /// Copie toutes les données, serveur en marche ou non, dans un dossier neuf.
    Backup {
        #[command(flatten)]
        place: Place,
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
    /// Déplace le registre des changements du dossier vers une base PostgreSQL, tout ou rien, et compare ; serveur arrêté.
    Move {
        /// Dossier des données.
        #[arg(long)]
        data: PathBuf,
        /// Base PostgreSQL (postgres://…).
        #[arg(long, env = "PALIER_STORE", hide_env_values = true)]
        store: String,
        /// Autorité (PEM) du certificat de la base : exigée quand elle est sur une autre machine.
        #[arg(long, env = "PALIER_STORE_CA")]
        store_ca: Option<PathBuf>,
    },
    /// Allège le registre des changements : ce qui fut remplacé il y a plus de 90 jours part, le reste est compressé ; serveur
    /// arrêté. Un serveur qui tourne le fait chaque jour, sans rendre la place au disque.
    Compact {
        #[command(flatten)]
        place: Place,
    },
    /// Affiche l'empreinte de chaque périmètre, à comparer à celle d'une tablette.
    Digests {
        #[command(flatten)]
        place: Place,
    },
    /// Écrit ce que les indicateurs comptent, une ligne JSON par fait, sans nom ni texte libre, pour les recalculer ailleurs.
    Events {
        #[command(flatten)]
        place: Place,
    },
    /// Reconstruit le modèle de lecture à partir des changements gardés ; serveur arrêté.
    Rebuild {
        #[command(flatten)]
        place: Place,
    },
}

/// Where the data are.
#[derive(Args)]
pub(crate) struct Place {
    /// Dossier des données.
    #[arg(long, env = "PALIER_DATA")]
    pub(crate) data: PathBuf,
    /// Base PostgreSQL du registre des changements (postgres://…) ; sans elle, un fichier du dossier (sqlite).
    #[arg(long, env = "PALIER_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
    /// Autorité (PEM) du certificat de la base : exigée quand elle est sur une autre machine.
    #[arg(long, env = "PALIER_STORE_CA")]
    pub(crate) store_ca: Option<PathBuf>,
    /// Territoire à servir, quand la base en tient plusieurs et que le dossier est neuf.
    #[arg(long)]
    pub(crate) territory: Option<Uuid>,
}

impl Place {
    /// The database, when the ledger is in one.
    pub(crate) fn address(&self) -> Option<PostgresAddress> {
        let url = self.store.as_ref().filter(|store| *store != "sqlite")?.clone();
        Some(PostgresAddress { url, authority: self.store_ca.clone() })
    }

    /// The territory asked for.
    pub(crate) fn wanted(&self) -> Wanted {
        self.territory.map_or(Wanted::Own, Wanted::This)
    }
}

/// How to serve.
#[derive(Args)]
pub(crate) struct ServeOptions {
    #[command(flatten)]
    pub(crate) place: Place,
    /// Serveur de réserve : prend tout territoire de la base que plus aucun serveur ne tient.
    #[arg(long, requires = "store", conflicts_with_all = ["territory", "demo"])]
    pub(crate) spare: bool,
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
        Command::Account { place, name, change } => account(&place, &name, change),
        Command::Code { place, profile } => code(&place, &profile),
        Command::Backup { place, target } => backup(&place, &target),
        Command::Restore { data, source, erased } => restore(&data, &source, erased.as_deref()),
        Command::Move { data, store, store_ca } => {
            move_ledger(&data, &PostgresAddress { url: store, authority: store_ca })
        }
        Command::Compact { place } => compact(&place),
        Command::Digests { place } => digests(&place),
        Command::Events { place } => with_registry(&place, |_, store| {
            let mut out = std::io::BufWriter::new(std::io::stdout().lock());
            events::write(store, &mut out).context("Write the events")?;
            out.flush().context("Write the events")
        }),
        Command::Rebuild { place } => rebuild(&place),
    }
}

/// Opens the data of a server that was started once.
fn with_centre<T>(place: &Place, act: impl FnOnce(&mut Centre) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let data = &place.data;
    ensure!(data.join("registry.db").exists(), "No data in {}: start `serve` once", data.display());
    with_any_centre(place, act)
}

/// Opens the data, which are made when there are none; a territory of a database is held meanwhile.
fn with_any_centre<T>(place: &Place, act: impl FnOnce(&mut Centre) -> anyhow::Result<T>) -> anyhow::Result<T> {
    let Some(address) = place.address() else {
        return act(&mut Centre::open(&place.data, CentreOptions::default()).context("Open the data")?);
    };
    let _lock = FolderLock::take(&place.data).context("Take the data folder")?;
    let seat = Seat::find(&place.data, &address, place.wanted()).context("Reach the database")?;
    let lease = seat.try_take("").context("Take the territory")?;
    let lease = lease.context("Un serveur tient ce territoire : passer par sa console, ou l'arrêter")?;
    let mut centre = seat.open(lease, CentreOptions::default()).context("Open the data")?;
    let answer = act(&mut centre)?;
    centre.leave().context("Leave the territory")?;
    Ok(answer)
}

/// Opens who may speak and the read model, also beside a server that runs on the folder.
fn with_registry<T>(place: &Place, act: impl FnOnce(&Registry, &Store) -> anyhow::Result<T>) -> anyhow::Result<T> {
    if let Some(address) = place.address()
        && matches!(FolderLock::take(&place.data), Err(CentreError::InUse))
    {
        let seat = Seat::find(&place.data, &address, place.wanted()).context("Reach the database")?;
        let Beside { registry, store, .. } = &seat.beside(CentreOptions::default()).context("Open the data")?;
        return act(registry, store);
    }
    with_any_centre(place, |centre| act(&centre.registry, &centre.store))
}

#[expect(clippy::print_stdout, reason = "the answer of an operator's command")]
fn say(text: &str) {
    println!("{text}");
}

fn account(place: &Place, name: &str, change: bool) -> anyhow::Result<()> {
    let mut password = String::new();
    std::io::stdin().take(1_024).read_to_string(&mut password).context("Read the password from the standard input")?;
    let password = password.trim_end_matches(['\r', '\n']);
    let weak = with_registry(place, |registry, _| {
        Ok(if change {
            registry.set_password(name, password).context("Change the password")?.err()
        } else {
            registry.add_account(name, password, now_ms()).context("Make the account")?.err()
        })
    })?;
    match weak {
        None => say(&format!("Compte « {name} » prêt.")),
        Some(WeakPassword::TooShort) => bail!("Mot de passe trop court : 12 caractères au moins"),
        Some(WeakPassword::TooSimple) => {
            bail!("Mot de passe trop simple : varier les caractères, ne pas y mettre le nom")
        }
    }
    Ok(())
}

fn code(place: &Place, profile: &str) -> anyhow::Result<()> {
    let data = &place.data;
    ensure!(data.join("registry.db").exists(), "No data in {}: start `serve` once", data.display());
    let MadeCode { text, .. } = with_registry(place, |registry, store| {
        let profiles = store.profiles().context("Read the profiles")?.into_iter();
        let named =
            profiles.filter(|known| known.active && (known.display_name == profile || known.id.to_string() == profile));
        let found: Vec<Uuid> = named.map(|known| known.id).collect();
        let [id] = found.as_slice() else {
            bail!("{} profils pour « {profile} » : donner l'identifiant", found.len())
        };
        registry.make_code(*id, now_ms()).context("Make the code")
    })?;
    say(&text);
    Ok(())
}

fn backup(place: &Place, target: &Path) -> anyhow::Result<()> {
    ensure!(!target.exists(), "{} existe déjà : choisir un dossier neuf", target.display());
    with_centre(place, |centre| centre.backup(target, now_ms()).context("Copy the data"))?;
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

fn move_ledger(data: &Path, address: &PostgresAddress) -> anyhow::Result<()> {
    let mut tenth = 0;
    let Moved { tallies, digests } = moving::to_postgres(data, address, now_ms(), &mut |done, total| {
        // A line each tenth: a log stays readable, and a terminal shows that it goes on.
        let reached = done.saturating_mul(10).checked_div(total).unwrap_or(10);
        if reached > tenth {
            tenth = reached;
            say(&format!("{} % : {done} changements sur {total}", reached * 10));
        }
    })
    .context("Move the ledger")?;
    for Tally { kind, count, digest } in tallies {
        say(&format!("{kind:?} : {count} lignes, empreinte {digest:032x}, la même des deux côtés"));
    }
    for (scope, digest) in digests {
        say(&format!("{scope} {digest}"));
    }
    say(&format!(
        "Le registre est dans la base. L'ancien fichier reste sous le nom {MOVED_FILE} : l'effacer sous 35 jours."
    ));
    say("Démarrer désormais avec --store ; copier server.key dans le dossier de chaque autre serveur.");
    Ok(())
}

fn compact(place: &Place) -> anyhow::Result<()> {
    // On a database the lease keeps a second server out; a folder's own files have their lock.
    let _lock = match place.address() {
        None => Some(FolderLock::take(&place.data).context("Take the data folder")?),
        Some(_) => None,
    };
    let mut said = 0;
    let run = with_centre(place, |centre| {
        let before = centre.digests().context("Count the rows")?;
        let run = centre
            .compact(compaction::KEEP_MS, now_ms(), &mut |run| {
                // A line each ten thousand: a log stays readable, and a terminal shows that it goes on.
                if run.looked / 10_000 > said {
                    said = run.looked / 10_000;
                    say(&format!("{} changements lus, {} périmètres restent", run.looked, run.scopes_left()));
                }
            })
            .context("Compact the ledger")?;
        centre.shrink().context("Give the disk its room back")?;
        ensure!(centre.digests().context("Count the rows")? == before, "The digests are others than before");
        Ok(run)
    })?;
    say(&format!(
        "{} changements compressés, {} partis. Les empreintes n'ont pas changé.",
        run.looked - run.gone.min(run.looked),
        run.gone
    ));
    Ok(())
}

fn digests(place: &Place) -> anyhow::Result<()> {
    let digests = match place.address() {
        None => with_centre(place, |centre| centre.digests().context("Count the rows"))?,
        Some(address) => {
            let seat = Seat::find(&place.data, &address, place.wanted()).context("Reach the database")?;
            seat.digests(now_ms()).context("Read the ledger")?
        }
    };
    for (scope, digest) in digests {
        say(&format!("{scope} {digest}"));
    }
    Ok(())
}

fn rebuild(place: &Place) -> anyhow::Result<()> {
    let data = &place.data;
    let Rebuilt { changes, differing } = if place.address().is_some() {
        // A damaged read model does not open: there is nothing to compare with then.
        let before = with_centre(place, |centre| Ok(centre.digests()?)).unwrap_or_default();
        let lock = FolderLock::take(data).context("Take the data folder")?;
        copy::remove_read_model(data).context("Remove the read model")?;
        drop(lock);
        with_centre(place, |centre| Rebuilt::since(&before, centre).context("Rebuild the read model"))?
    } else {
        ensure!(data.join("ledger.db").exists(), "No data in {}: start `serve` once", data.display());
        copy::rebuild(data).context("Rebuild the read model")?
    };
    say(&format!("Modèle de lecture reconstruit à partir de {changes} changements."));
    for scope in differing {
        say(&format!("L'ancien différait : {scope}"));
    }
    Ok(())
}
