//! Profiles enrolled on this tablet: one folder each, and a card that is read before any PIN.

use std::fs;
use std::path::{Path, PathBuf};

use palier_exchange::Credential;
use palier_store::{Store, StoreKey};
use palier_sync::wire::Enrolled;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::api::{CommandError, ErrorCode};

/// The card of a profile, in its folder.
const CARD: &str = "card.json";
/// The encrypted store of a profile, in its folder.
const STORE: &str = "store.db";

/// What is written beside the key slots, in clear: no more than a first name and a structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) id: Uuid,
    pub(crate) display_name: String,
    pub(crate) structure_name: String,
}

/// What is kept in the encrypted store of a profile.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Identity {
    /// Ed25519 secret key, hex; it never leaves the store's file.
    pub(crate) key: String,
    pub(crate) enrolled: Enrolled,
}

impl Identity {
    pub(crate) const FACT: &'static str = "identity";

    pub(crate) fn credential(&self, app_version: &str) -> Result<Credential, CommandError> {
        let bytes = data_encoding::HEXLOWER.decode(self.key.as_bytes()).ok().and_then(|b| <[u8; 32]>::try_from(b).ok());
        let key = bytes.ok_or_else(|| CommandError::new(ErrorCode::Internal, "credential"))?;
        Ok(Credential {
            server: self.enrolled.server.clone(),
            territory: self.enrolled.territory.to_string(),
            replica: self.enrolled.replica,
            key: ed25519_dalek::SigningKey::from_bytes(&key),
            app_version: app_version.to_owned(),
        })
    }
}

/// The folder of a profile.
pub(crate) fn folder(data: &Path, id: Uuid) -> PathBuf {
    data.join("profiles").join(id.to_string())
}

/// Cards of this tablet, by first name; a folder without a readable card is an enrolment that was not finished.
pub(crate) fn cards(data: &Path) -> Vec<Card> {
    let Ok(entries) = fs::read_dir(data.join("profiles")) else { return Vec::new() };
    let mut cards: Vec<Card> = entries
        .filter_map(Result::ok)
        .filter_map(|entry| fs::read(entry.path().join(CARD)).ok())
        .filter_map(|bytes| serde_json::from_slice(&bytes).ok())
        .collect();
    cards.sort_by(|a, b| (&a.display_name, a.id).cmp(&(&b.display_name, b.id)));
    cards
}

/// Writes the card last: a profile exists once its store, its slots and its card are on disk.
pub(crate) fn write_card(data: &Path, card: &Card) -> Result<(), CommandError> {
    let folder = folder(data, card.id);
    let temporary = folder.join("card.tmp");
    let bytes = serde_json::to_vec(card).map_err(CommandError::bad_request)?;
    let written = fs::write(&temporary, bytes)
        .and_then(|()| fs::File::open(&temporary)?.sync_all())
        .and_then(|()| fs::rename(&temporary, folder.join(CARD)))
        .and_then(|()| fs::File::open(&folder)?.sync_all());
    written.map_err(|error| CommandError::from_io(&error))
}

/// Makes room for an enrolment that was cut short and begins again. A folder without a card was never opened by anyone.
///
/// Slots without a store lock nothing and go; beside a store they stay, under another name, since their key may be needed.
pub(crate) fn clear_unfinished(data: &Path, id: Uuid) -> Result<(), CommandError> {
    let folder = folder(data, id);
    if !folder.exists() || folder.join(CARD).exists() {
        return Ok(());
    }
    let cleared = if folder.join(STORE).exists() {
        let aside =
            (1_u32..).map(|turn| folder.with_extension(format!("unfinished-{turn}"))).find(|path| !path.exists());
        aside.map_or(Ok(()), |aside| fs::rename(&folder, aside))
    } else {
        fs::remove_dir_all(&folder)
    };
    cleared.map_err(|error| CommandError::from_io(&error))
}

pub(crate) fn open_store(data: &Path, id: Uuid, key: &StoreKey) -> Result<Store, CommandError> {
    Ok(Store::open(&folder(data, id).join(STORE), key)?)
}
