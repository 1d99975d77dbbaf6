//! Giving to another tablet, and receiving from it, by a file.

use data_encoding::BASE64;
use palier_domain::{calendar, fold};
use palier_exchange::bundle::BundleError;
use palier_exchange::bundle::give::give;
use palier_exchange::bundle::receive::{AuthorBrought, LeftReason, receive};
use palier_exchange::round::ANCHOR_FACT;
use palier_exchange::{Anchor, Present};
use palier_store::Store;
use palier_store::read::programme::ProfileRow;
use palier_sync::{Replica, limits};

use crate::App;
use crate::api::*;
use crate::app::lock;

/// What the files end with.
const ENDING: &str = "palier";

/// Most files of the same name that one minute may leave in a folder.
const SAME_NAME_MAX: u32 = 100;

impl App {
    pub(crate) fn bundle_state(&self, _: Nothing) -> Result<BundleState, CommandError> {
        let open = self.open()?;
        let store = lock(&open.store);
        let people = store.profiles()?;
        let carried = store.carried_authors()?;
        Ok(BundleState { own: store.pending()?.changes, carried: authors(&people, &carried) })
    }

    pub(crate) fn give_bundle(&self, _: Nothing) -> Result<BundleGiven, CommandError> {
        let open = self.open()?;
        let credential = open.identity.credential(&self.options.version)?;
        let store = lock(&open.store);
        let present = self.present(&store)?;
        let given = give(&store, &credential, present).map_err(refusal)?;
        let people = store.profiles()?;
        drop(store);
        let (own, carried): (Vec<_>, Vec<_>) =
            given.authors.into_iter().partition(|(replica, _)| *replica == credential.replica);
        let mut readers: Vec<String> = given.readers.iter().map(|replica| name_of(&people, *replica)).collect();
        readers.sort();
        readers.dedup();
        let first = fold::joined(&open.identity.enrolled.display_name);
        let time = calendar::local_time(present.now_ms).replace(':', "h");
        let stem = format!("palier-{first}-{}-{time}", calendar::local_date(present.now_ms));
        let folder = self.options.bundles.as_deref();
        let name = match folder {
            Some(folder) => write(folder, &stem, &given.file).map_err(|error| CommandError::from_io(&error))?,
            None => format!("{stem}.{ENDING}"),
        };
        Ok(BundleGiven {
            name,
            folder: folder.map(|folder| folder.display().to_string()),
            file: folder.is_none().then(|| BASE64.encode(&given.file)),
            own: own.iter().map(|(_, count)| short(*count)).sum(),
            carried: authors(&people, &carried),
            readers,
            left: short(given.left),
        })
    }

    pub(crate) fn receive_bundle(&self, request: ReceiveBundle) -> Result<BundleReceived, CommandError> {
        let open = self.open()?;
        if request.file.len() / 4 * 3 > limits::BUNDLE_BYTES_MAX {
            return Err(refusal(BundleError::TooLarge));
        }
        let file = BASE64.decode(request.file.as_bytes()).map_err(|_| CommandError::field("file"))?;
        let credential = open.identity.credential(&self.options.version)?;
        let mut store = lock(&open.store);
        let present = self.present(&store)?;
        let received = receive(&mut store, &credential, &file, present);
        let people = store.profiles()?;
        drop(store);
        // Also after a fault: what was taken in before it is there.
        self.records_changed();
        self.wake.now();
        let received = received.map_err(refusal)?;
        Ok(BundleReceived {
            giver: name_of(&people, received.giver),
            made_at: calendar::rfc3339(received.made_ms),
            authors: received.authors.iter().map(|author| brought(&people, author)).collect(),
        })
    }

    fn present(&self, store: &Store) -> Result<Present, CommandError> {
        let anchor: Option<Anchor> = store.fact(ANCHOR_FACT)?;
        Ok(Present::of(anchor.as_ref(), self.clock()))
    }
}

/// Writes a new file, never over another; answers its name.
fn write(folder: &std::path::Path, stem: &str, file: &[u8]) -> std::io::Result<String> {
    use std::io::Write;
    std::fs::create_dir_all(folder)?;
    let mut turn = 1;
    loop {
        let name = if turn == 1 { format!("{stem}.{ENDING}") } else { format!("{stem}-{turn}.{ENDING}") };
        let path = folder.join(&name);
        match std::fs::File::create_new(&path) {
            Ok(mut made) => {
                let written = made.write_all(file).and_then(|()| made.sync_all());
                if written.is_err() {
                    // Half a bundle is no use to anyone; that it cannot be taken away either changes nothing to the fault.
                    drop(std::fs::remove_file(&path));
                }
                return written.map(|()| name);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && turn < SAME_NAME_MAX => turn += 1,
            Err(error) => return Err(error),
        }
    }
}

fn brought(people: &[ProfileRow], author: &AuthorBrought) -> BundleBrought {
    let left = author.left.iter().map(|(reason, changes)| BundleLeft {
        reason: match reason {
            LeftReason::AuthorUnknown => "author_unknown",
            LeftReason::AuthorRevoked => "author_revoked",
            LeftReason::AuthorSuspended => "author_suspended",
            LeftReason::NotSigned => "not_signed",
            LeftReason::Scope => "scope",
            LeftReason::NotAllowed => "not_allowed",
            LeftReason::NoRoom => "no_room",
        }
        .to_owned(),
        changes: *changes,
    });
    BundleBrought { name: name_of(people, author.replica), new: author.new, known: author.known, left: left.collect() }
}

fn authors(people: &[ProfileRow], counts: &[(Replica, u64)]) -> Vec<BundleAuthor> {
    let one =
        |(replica, count): &(Replica, u64)| BundleAuthor { name: name_of(people, *replica), changes: short(*count) };
    counts.iter().map(one).collect()
}

/// The first name of who holds a tablet; empty when it did not reach this tablet yet.
fn name_of(people: &[ProfileRow], replica: Replica) -> String {
    let person = people.iter().find(|person| person.replicas.contains(&replica));
    person.map(|person| person.display_name.clone()).unwrap_or_default()
}

fn short(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Changes of colleagues that a store carries, for the pill's screen.
pub(crate) fn carried(store: &Store) -> Result<u32, CommandError> {
    Ok(store.carried_authors()?.iter().map(|(_, count)| short(*count)).fold(0, u32::saturating_add))
}

fn refusal(error: BundleError) -> CommandError {
    let detail = match error {
        BundleError::Store(error) => return error.into(),
        BundleError::Device => return CommandError::new(ErrorCode::Internal, "bundle"),
        BundleError::NotABundle => "not_a_bundle",
        BundleError::Truncated => "truncated",
        BundleError::Altered => "altered",
        BundleError::Newer(_) => "newer",
        BundleError::Older(_) => "older",
        BundleError::TooLarge => "too_large",
        BundleError::OtherTerritory => "other_territory",
        BundleError::NotForThisTablet => "not_for_this_tablet",
        BundleError::Own => "own",
        BundleError::GiverUnknown => "giver_unknown",
        BundleError::GiverStopped => "giver_stopped",
        BundleError::NoRoster => "no_roster",
        BundleError::OldRoster => "old_roster",
        BundleError::Nothing => "nothing",
        BundleError::NoReader => "no_reader",
    };
    CommandError::new(ErrorCode::Bundle, detail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::rig::Tablet;

    #[test]
    fn a_file_is_never_written_over_another() {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> =
            [b"1", b"2", b"3"].iter().map(|file| write(folder.path(), "palier-samia", *file).unwrap()).collect();
        assert_eq!(names, ["palier-samia.palier", "palier-samia-2.palier", "palier-samia-3.palier"]);
        for (name, file) in names.iter().zip([b"1", b"2", b"3"]) {
            assert_eq!(std::fs::read(folder.path().join(name)).unwrap(), file, "{name} is what it was");
        }
        let taken = folder.path().join("taken");
        std::fs::write(&taken, "x").unwrap();
        assert!(write(&taken, "palier-samia", b"1").is_err(), "a folder that is none is told");
    }

    #[test]
    fn before_the_first_sync_there_is_nobody_to_give_to() {
        let tablet = Tablet::enrolled();
        let refused = |name: &str, request| {
            let error = tablet.ask(name, request).unwrap_err();
            (error.code, error.detail.unwrap_or_default())
        };
        tablet.stair();
        let own = tablet.call("bundle_state", json!({}))["own"].as_u64().unwrap();
        assert!(own > 0, "a stair waits");
        assert_eq!(refused("give_bundle", json!({})), (ErrorCode::Bundle, "no_roster".to_owned()));
        for (file, expected) in [("", "not_a_bundle"), ("AAAA", "not_a_bundle"), ("cGFsaWVyLWJ1bmRsZQo=", "truncated")]
        {
            let told = refused("receive_bundle", json!({ "file": file }));
            assert_eq!(told, (ErrorCode::Bundle, expected.to_owned()), "{file:?}");
        }
        assert_eq!(refused("receive_bundle", json!({ "file": "é" })), (ErrorCode::InvalidField, "file".to_owned()));
        assert_eq!(tablet.call("bundle_state", json!({}))["own"], own, "what waits still waits");
        tablet.call("lock", json!({}));
        assert_eq!(refused("give_bundle", json!({})).0, ErrorCode::Locked, "a locked tablet gives nothing");
        assert_eq!(refused("receive_bundle", json!({ "file": "" })).0, ErrorCode::Locked, "and takes nothing");
    }
}
