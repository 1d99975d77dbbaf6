//! The form of `keyslots.bin`, version 1. **It must not change**: a new form gets a new version number.
//!
//! ```text
//! preamble  magic "PALIERKS" 8 · version u16 · check 8          (its form holds for every version to come)
//! pin       generation u64 · tablet 16 · bound u8 · memory KiB u32 · passes u32 · salt 16 · nonce 24
//!           · device mark 8 · box 48 · check 8
//! recovery  generation u64 · tablet 16 · store-key mark 8 · sealed key 112 · check 8
//! ```
//! Integers are little-endian. Each part has its own check, so that a damaged byte costs one part of one copy; the file
//! is kept twice and each part is taken from the copy that has it whole and newest.

use crate::cost::{Cost, SALT_BYTES};
use crate::kek::MARK_BYTES;
use crate::sealed::SEALED_BYTES;
use crate::slot_files::{CHECK_BYTES, checksum};

/// First bytes of the file.
const MAGIC: &[u8; 8] = b"PALIERKS";
/// The form written and read here.
pub(crate) const VERSION: u16 = 1;
/// Length of the nonce of the PIN slot's box.
pub(crate) const NONCE_BYTES: usize = 24;
/// Length of the PIN slot's box: the key and its tag.
pub(crate) const BOX_BYTES: usize = 32 + 16;

const PREAMBLE: usize = 8 + 2 + CHECK_BYTES;
const PIN_PART: usize = 8 + 16 + 1 + 4 + 4 + SALT_BYTES + NONCE_BYTES + MARK_BYTES + BOX_BYTES;
const RECOVERY_PART: usize = 8 + 16 + MARK_BYTES + SEALED_BYTES;

/// The slot opened by the PIN or pass-phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PinSlot {
    pub generation: u64,
    pub tablet: [u8; 16],
    /// True when the device secret is part of the key: a PIN. False: a pass-phrase alone.
    pub bound: bool,
    pub cost: Cost,
    pub salt: [u8; SALT_BYTES],
    pub nonce: [u8; NONCE_BYTES],
    /// Recognises the device secret this slot was made with; zeros when it is not bound.
    pub device_mark: [u8; MARK_BYTES],
    pub sealed: [u8; BOX_BYTES],
}

/// The slot opened by the organisation's private key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RecoverySlot {
    pub generation: u64,
    pub tablet: [u8; 16],
    /// Recognises the store's key.
    pub dek_mark: [u8; MARK_BYTES],
    pub sealed: [u8; SEALED_BYTES],
}

/// What could be read of one copy, or of the best of two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Slots {
    pub pin: Option<PinSlot>,
    pub recovery: Option<RecoverySlot>,
}

impl Slots {
    /// Each slot from the copy that has it whole and newest.
    pub(crate) fn best(self, other: Self) -> Self {
        Self {
            pin: self.pin.into_iter().chain(other.pin).max_by_key(|slot| slot.generation),
            recovery: self.recovery.into_iter().chain(other.recovery).max_by_key(|slot| slot.generation),
        }
    }

    /// The generation after the newest.
    pub(crate) fn next_generation(&self) -> u64 {
        let pin = self.pin.as_ref().map_or(0, |slot| slot.generation);
        let recovery = self.recovery.as_ref().map_or(0, |slot| slot.generation);
        pin.max(recovery).saturating_add(1)
    }
}

/// A version this app does not know: the file is refused and left as it is.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct UnknownVersion(pub u16);

/// Writes a whole copy. A slot that could not be read is left out as zeros, which no check accepts.
pub(crate) fn encode(slots: &Slots) -> Vec<u8> {
    let mut out = Vec::with_capacity(PREAMBLE + PIN_PART + RECOVERY_PART + 2 * CHECK_BYTES);
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    out.extend_from_slice(&checksum(b"preamble", &out));
    part(&mut out, b"pin/1", PIN_PART, slots.pin.as_ref().map(pin_bytes));
    part(&mut out, b"recovery/1", RECOVERY_PART, slots.recovery.as_ref().map(recovery_bytes));
    out
}

fn part(out: &mut Vec<u8>, label: &[u8], length: usize, body: Option<Vec<u8>>) {
    match body {
        Some(body) => {
            out.extend_from_slice(&body);
            out.extend_from_slice(&checksum(label, &body));
        }
        None => out.resize(out.len() + length + CHECK_BYTES, 0),
    }
}

fn pin_bytes(slot: &PinSlot) -> Vec<u8> {
    let mut body = Vec::with_capacity(PIN_PART);
    body.extend_from_slice(&slot.generation.to_le_bytes());
    body.extend_from_slice(&slot.tablet);
    body.push(u8::from(slot.bound));
    body.extend_from_slice(&slot.cost.memory_kib.to_le_bytes());
    body.extend_from_slice(&slot.cost.passes.to_le_bytes());
    body.extend_from_slice(&slot.salt);
    body.extend_from_slice(&slot.nonce);
    body.extend_from_slice(&slot.device_mark);
    body.extend_from_slice(&slot.sealed);
    body
}

fn recovery_bytes(slot: &RecoverySlot) -> Vec<u8> {
    let mut body = Vec::with_capacity(RECOVERY_PART);
    body.extend_from_slice(&slot.generation.to_le_bytes());
    body.extend_from_slice(&slot.tablet);
    body.extend_from_slice(&slot.dek_mark);
    body.extend_from_slice(&slot.sealed);
    body
}

/// Reads what can be read of a copy.
///
/// A damaged preamble hides no slot: the parts have their places and their own checks. Only a preamble that is whole and
/// says another version is one of another version.
pub(crate) fn decode(bytes: &[u8]) -> Result<Slots, UnknownVersion> {
    let mut rest = Cursor(bytes);
    if let Some(version) = rest.version()
        && version != VERSION
    {
        return Err(UnknownVersion(version));
    }
    let pin = rest.part(b"pin/1", PIN_PART).and_then(|body| pin_slot(&mut Cursor(body)));
    let recovery = rest.part(b"recovery/1", RECOVERY_PART).and_then(|body| recovery_slot(&mut Cursor(body)));
    Ok(Slots { pin, recovery })
}

/// Bytes not yet read. Reading past the end gives nothing.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn slice(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    fn version(&mut self) -> Option<u16> {
        let body = self.slice(PREAMBLE - CHECK_BYTES)?;
        let check = self.take::<CHECK_BYTES>()?;
        let version = body.strip_prefix(MAGIC)?;
        (checksum(b"preamble", body) == check).then(|| version.try_into().ok().map(u16::from_le_bytes)).flatten()
    }

    /// The next part, when it is whole. Its place is passed over either way.
    fn part(&mut self, label: &[u8], length: usize) -> Option<&'a [u8]> {
        let body = self.slice(length)?;
        let check = self.take::<CHECK_BYTES>()?;
        (checksum(label, body) == check).then_some(body)
    }
}

fn pin_slot(body: &mut Cursor<'_>) -> Option<PinSlot> {
    Some(PinSlot {
        generation: u64::from_le_bytes(body.take()?),
        tablet: body.take()?,
        bound: match body.take()? {
            [0] => false,
            [1] => true,
            _ => return None,
        },
        cost: Cost { memory_kib: u32::from_le_bytes(body.take()?), passes: u32::from_le_bytes(body.take()?) },
        salt: body.take()?,
        nonce: body.take()?,
        device_mark: body.take()?,
        sealed: body.take()?,
    })
    .filter(|slot| slot.cost.is_allowed())
}

fn recovery_slot(body: &mut Cursor<'_>) -> Option<RecoverySlot> {
    Some(RecoverySlot {
        generation: u64::from_le_bytes(body.take()?),
        tablet: body.take()?,
        dek_mark: body.take()?,
        sealed: body.take()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slots(generation: u64) -> Slots {
        Slots {
            pin: Some(PinSlot {
                generation,
                tablet: [1; 16],
                bound: true,
                cost: Cost { memory_kib: 64, passes: 1 },
                salt: [2; 16],
                nonce: [3; 24],
                device_mark: [4; 8],
                sealed: [5; 48],
            }),
            recovery: Some(RecoverySlot { generation, tablet: [1; 16], dek_mark: [6; 8], sealed: [7; 112] }),
        }
    }

    #[test]
    fn the_form_of_version_one_stands() {
        let bytes = encode(&slots(9));
        assert_eq!(bytes.len(), 18 + 137 + 152, "the lengths of version 1");
        assert_eq!(
            data_encoding::HEXLOWER.encode(&bytes[..18]),
            "50414c4945524b530100a64550b2c4b590b6",
            "the preamble of every version"
        );
        assert_eq!(decode(&bytes), Ok(slots(9)), "what was written comes back");
    }

    #[test]
    fn a_flipped_byte_costs_one_part_at_most() {
        let bytes = encode(&slots(9));
        for offset in 0..bytes.len() {
            let mut bad = bytes.clone();
            bad[offset] ^= 0x10;
            let read = decode(&bad).unwrap();
            let lost = usize::from(read.pin.is_none()) + usize::from(read.recovery.is_none());
            assert!(lost <= 1, "byte {offset} costs {lost} parts");
            assert_eq!(lost, usize::from(offset >= PREAMBLE), "the preamble costs none, any other byte is seen");
        }
    }

    #[test]
    fn another_version_is_refused() {
        let mut bytes = encode(&slots(9));
        bytes[8] = 2;
        let check = checksum(b"preamble", &bytes[..10]);
        bytes[10..18].copy_from_slice(&check);
        assert_eq!(decode(&bytes), Err(UnknownVersion(2)), "a whole preamble of another version is no damage");
    }

    #[test]
    fn the_newest_whole_slot_is_taken_of_each() {
        let (mut old, mut new) = (slots(1), slots(2));
        new.recovery = None;
        old.pin = None;
        let best = old.clone().best(new.clone());
        assert_eq!((best.pin, best.recovery), (slots(2).pin, slots(1).recovery), "each from where it is whole");
        assert_eq!(slots(1).best(slots(2)), slots(2), "the newest of two");
        assert_eq!(slots(2).best(slots(1)), slots(2), "in either order");
    }

    #[test]
    fn a_slot_left_out_stays_out() {
        let half = Slots { pin: None, ..slots(3) };
        assert_eq!(decode(&encode(&half)), Ok(half), "zeros are no slot");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_reading_fail(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..600)) {
            let _ = decode(&bytes);
        }

        #[test]
        fn a_truncated_file_gives_what_is_whole(length in 0_usize..307) {
            let read = decode(&encode(&slots(9))[..length]).unwrap();
            proptest::prop_assert_eq!(read.pin.is_some(), length >= 155);
            proptest::prop_assert!(read.recovery.is_none());
        }
    }
}
