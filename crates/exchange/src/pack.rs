//! Packs: what is too big or too shared to be records is fetched piece by piece, after everything else.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use palier_store::read::pack::PackRow;
use palier_store::{Store, StoreError};
use palier_sync::limits::PACK_BYTES_MAX;
use palier_sync::wire::AskedPiece;

use crate::http::Transport;
use crate::round::{Credential, RoundError, post_signed};

/// Path of the route; it is signed.
pub const PACK_PATH: &str = "/v1/pack";

/// Name of the fact that says which pack of a content is whole on this copy: the one that screens read.
fn whole_fact(content: &str) -> String {
    format!("pack:{content}")
}

/// The bytes of the pack of a content that is whole here, and its hash; none before the first came. While a newer one is being fetched it
/// is the one before.
///
/// # Errors
/// A fault of the store.
pub fn whole(store: &Store, content: &str) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let Some(hash) = whole_hash(store, content)? else { return Ok(None) };
    let bytes = store.pack_bytes(&hash)?;
    Ok((!bytes.is_empty()).then_some((hash, bytes)))
}

/// The hash of the pack of a content that is whole here.
///
/// # Errors
/// A fault of the store.
pub fn whole_hash(store: &Store, content: &str) -> Result<Option<String>, StoreError> {
    store.fact(&whole_fact(content))
}

/// Fetches what is missing of the packs of the territory, a piece at a time, from where it was cut. True when one became
/// whole. The store's lock is never held while the network is waited for.
///
/// # Errors
/// See [`RoundError`]; the pieces that came stay.
pub fn fetch(
    store: &Arc<Mutex<Store>>,
    credential: &Credential,
    transport: &dyn Transport,
) -> Result<bool, RoundError> {
    let mut challenge = lock(store).fact::<String>("challenge")?.unwrap_or_default();
    let mut new = false;
    let packs = lock(store).packs()?;
    for pack in packs {
        let known = whole_hash(&lock(store), &pack.content)?;
        // A pack that this version would not hold is left where it is; the one before goes on being read.
        if known.as_ref() == Some(&pack.hash) || pack.bytes == 0 || pack.bytes > PACK_BYTES_MAX {
            continue;
        }
        if fetch_one(store, credential, transport, &pack, &mut challenge)? {
            keep_whole(&lock(store), &pack)?;
            new = true;
        }
    }
    Ok(new)
}

fn lock(store: &Mutex<Store>) -> MutexGuard<'_, Store> {
    // A panic while the lock was held cannot leave a half write: every write is one transaction.
    store.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Fetches one pack to its end; false when the server has another in its place, which the next sync tells of.
fn fetch_one(
    store: &Arc<Mutex<Store>>,
    credential: &Credential,
    transport: &dyn Transport,
    pack: &PackRow,
    challenge: &mut String,
) -> Result<bool, RoundError> {
    let mut requests = 0;
    loop {
        let offset = lock(store).pack_reached(&pack.hash)?;
        if offset >= pack.bytes {
            break;
        }
        // A visit was recorded meanwhile: it goes first, and the pack goes on after it.
        if lock(store).pending()?.changes > 0 {
            return Ok(false);
        }
        let asked = AskedPiece { hash: pack.hash.clone(), offset };
        let body = serde_json::to_vec(&asked).map_err(|_| RoundError::Form)?;
        let route = (PACK_PATH, "application/json");
        let piece = match post_signed(credential, transport, route, &body, challenge, &mut requests) {
            Err(RoundError::Refused(code)) if code == "no_pack" => return Ok(false),
            other => other?,
        };
        if piece.is_empty() {
            break;
        }
        lock(store).keep_piece(&pack.hash, offset, &piece)?;
    }
    let store = lock(store);
    if blake3::hash(&store.pack_bytes(&pack.hash)?).to_hex().as_str() == pack.hash {
        return Ok(true);
    }
    // Not what its name says: begun again at the next sync.
    store.drop_pieces(&pack.hash)?;
    Err(RoundError::Form)
}

/// From now on screens read this one; the pieces of every other pack go.
fn keep_whole(store: &Store, pack: &PackRow) -> Result<(), StoreError> {
    store.keep_fact(&whole_fact(&pack.content), &pack.hash)?;
    let mut wanted: Vec<String> = Vec::new();
    for known in store.packs()? {
        wanted.extend(whole_hash(store, &known.content)?);
        wanted.push(known.hash);
    }
    for hash in store.pack_hashes()?.into_iter().filter(|hash| !wanted.contains(hash)) {
        store.drop_pieces(&hash)?;
    }
    Ok(())
}
