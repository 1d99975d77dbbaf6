//! The body of a row: a record's packed state without its scope, which the row names by number, compressed when that makes it
//! smaller. Digests count the packed state, never what is stored: another version of zstd may write other bytes.

use std::cell::RefCell;
use std::sync::LazyLock;

use palier_sync::digest::{with_scope, without_scope};
use palier_sync::{ScopeKey, limits};
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};
use zstd::zstd_safe::get_frame_content_size;

use crate::StoreError;

/// First byte of a body of the first versions: a packed state, scope included, as it is.
const WHOLE: u8 = 0;

/// First byte of a body of the first versions: the same, compressed with zstd without a dictionary.
const WHOLE_ZSTD: u8 = 1;

/// First byte of a body that is stored as it is.
const PLAIN: u8 = 2;

/// First byte of a body compressed with zstd and [`DICTIONARY`], without the frame's [`MAGIC`].
const ZSTD: u8 = 3;

/// What every frame of zstd begins with (RFC 8878, 3.1.1): a row needs no telling that it is one.
const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The dictionary, trained on rows of the demonstration territory and on the French of the screens (`make dictionary`): nothing
/// of this store is in it, or an erased name would stay there. One that was released stays readable for ever: a new one gets
/// a file and a first byte of its own.
static DICTIONARY: &[u8] = include_bytes!("../rows.dict");

/// Level of zstd: the next that saves more, two bytes in a hundred, takes four times the time.
const LEVEL: i32 = 2;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// What a row stores of a packed state.
pub(crate) fn stored(packed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let rest = without_scope(packed)?;
    let frame = with_contexts(|contexts| contexts.zip.compress(rest)).ok();
    // Without memory to compress, the row is written as it is.
    let small = frame.as_deref().and_then(|frame| frame.strip_prefix(&MAGIC)).filter(|small| small.len() < rest.len());
    let (mark, bytes) = small.map_or((PLAIN, rest), |small| (ZSTD, small));
    let mut stored = Vec::with_capacity(bytes.len().saturating_add(1));
    stored.push(mark);
    stored.extend_from_slice(bytes);
    Ok(stored)
}

/// The packed state of a row of a scope.
pub(crate) fn packed(stored: &[u8], scope: &ScopeKey) -> Result<Vec<u8>, StoreError> {
    match stored.split_first() {
        Some((&PLAIN, rest)) => Ok(with_scope(scope, rest)?),
        Some((&ZSTD, small)) => {
            let frame = [&MAGIC, small].concat();
            Ok(with_scope(scope, &unzip(&frame).ok_or(StoreError::Damaged)?)?)
        }
        Some((&WHOLE, whole)) => Ok(whole.to_vec()),
        // A frame that was made without a dictionary takes nothing from it.
        Some((&WHOLE_ZSTD, frame)) => unzip(frame).ok_or(StoreError::Damaged),
        _ => Err(StoreError::Damaged),
    }
}

/// Contexts of zstd: making one costs more than a row.
struct Contexts {
    zip: Compressor<'static>,
    unzip: Decompressor<'static>,
}

impl Contexts {
    fn new() -> std::io::Result<Self> {
        let mut zip = Compressor::with_prepared_dictionary(&ENCODER)?;
        // The mark says which dictionary; four bytes of each row would say it again.
        zip.include_dictid(false)?;
        Ok(Self { zip, unzip: Decompressor::with_prepared_dictionary(&DECODER)? })
    }
}

thread_local! {
    static CONTEXTS: RefCell<Option<Contexts>> = const { RefCell::new(None) };
}

fn with_contexts<T>(act: impl FnOnce(&mut Contexts) -> std::io::Result<T>) -> std::io::Result<T> {
    CONTEXTS.with_borrow_mut(|contexts| match contexts {
        Some(contexts) => act(contexts),
        none => act(none.insert(Contexts::new()?)),
    })
}

fn unzip(frame: &[u8]) -> Option<Vec<u8>> {
    let size = usize::try_from(get_frame_content_size(frame).ok()??).ok()?;
    if size > limits::DECOMPRESSED_BYTES_MAX {
        return None;
    }
    with_contexts(|contexts| contexts.unzip.decompress(frame, size)).ok()
}

#[cfg(test)]
mod tests {
    use palier_sync::digest;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn file() -> ScopeKey {
        ScopeKey::File { sector: Uuid::from_u128(1), structure: Uuid::from_u128(2) }
    }

    fn scopes() -> impl Strategy<Value = ScopeKey> {
        let sector = Uuid::from_u128(7);
        prop::sample::select(vec![
            file(),
            ScopeKey::Territory,
            ScopeKey::Place { sector },
            ScopeKey::Team { structure: sector },
        ])
    }

    /// Bytes as a packed state of a scope.
    fn state(scope: &ScopeKey, rest: &[u8]) -> Vec<u8> {
        digest::with_scope(scope, rest).unwrap()
    }

    proptest! {
        #[test]
        fn any_state_comes_back(scope in scopes(), rest in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..600), prop::collection::vec(0u8..3, 0..2_000)
        ]) {
            let whole = state(&scope, &rest);
            let row = stored(&whole).unwrap();
            prop_assert!(row.len() <= rest.len() + 1, "never longer than what it holds");
            prop_assert_eq!(packed(&row, &scope).unwrap(), whole);
        }

        #[test]
        fn a_row_of_the_first_versions_is_read(rest in prop::collection::vec(0u8..9, 0..900)) {
            let whole = state(&file(), &rest);
            let plain = [&[WHOLE], whole.as_slice()].concat();
            prop_assert_eq!(&packed(&plain, &file()).unwrap(), &whole);
            let zipped = [&[WHOLE_ZSTD], zstd::bulk::compress(&whole, 1).unwrap().as_slice()].concat();
            prop_assert_eq!(&packed(&zipped, &file()).unwrap(), &whole);
        }

        #[test]
        fn a_damaged_row_is_an_error(row in prop::collection::vec(any::<u8>(), 0..80), mark in prop::sample::select(vec![1u8, 4, 200])) {
            prop_assert!(packed(&[&[mark], row.as_slice()].concat(), &file()).is_err(), "never a panic, never other bytes");
            // Whatever stands behind the mark of a frame, it is read or it is an error.
            let _ = packed(&[&[ZSTD], row.as_slice()].concat(), &file());
        }
    }

    #[test]
    fn what_a_mediator_writes_takes_less_room() {
        let note = "Madame repassera au centre social jeudi avec son avis d'imposition et une facture.";
        let row = stored(&state(&file(), note.as_bytes())).unwrap();
        assert!(row.len() * 10 < note.len() * 9, "{} of {} bytes", row.len(), note.len());
    }
}
