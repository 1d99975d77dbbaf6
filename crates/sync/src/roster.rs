//! The roster: the tablets of a structure, with their keys and what each may hold and write, signed by the server.
//!
//! A round brings it, and a bundle carries it on to a tablet that saw the server longer ago. By it a tablet knows, without the
//! network, whose signature a batch bears, and for whom a bundle is sealed (docs/PROTOCOL.md, "Bundles").

use data_encoding::HEXLOWER;
use ed25519_dalek::{SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::sign::{self, BadSignature};
use crate::{Replica, ScopeKey};

/// Whether a tablet is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Heard.
    Active,
    /// Not heard for now: what it wrote waits.
    Suspended,
    /// Revoked for good; also a standing of a newer server.
    #[serde(other)]
    Revoked,
}

/// A tablet as the server knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterTablet {
    /// Its number.
    pub replica: Replica,
    /// Ed25519 public key, hex.
    pub public_key: String,
    /// Whether it is heard.
    pub standing: Standing,
    /// Scopes it may hold.
    pub holds: Vec<ScopeKey>,
    /// Scopes it may write, those it lost and may still bring work for among them.
    pub writes: Vec<ScopeKey>,
}

impl RosterTablet {
    /// Its key; none when the text is no key.
    #[must_use]
    pub fn key(&self) -> Option<VerifyingKey> {
        key_of(&self.public_key)
    }
}

/// The tablets of a structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Names what it says, whenever it was signed: equal marks, equal tablets.
    pub mark: String,
    /// When it was signed, UTC milliseconds of the server.
    pub issued_ms: i64,
    /// The tablets, by number, revoked ones among them.
    pub tablets: Vec<RosterTablet>,
}

impl Roster {
    /// A roster of these tablets.
    ///
    /// # Errors
    /// When memory is lacking.
    pub fn of(tablets: Vec<RosterTablet>, issued_ms: i64) -> Result<Self, serde_json::Error> {
        let hash = blake3::hash(&serde_json::to_vec(&tablets)?);
        let mark = hash.to_hex().chars().take(32).collect();
        Ok(Self { mark, issued_ms, tablets })
    }

    /// One tablet.
    #[must_use]
    pub fn tablet(&self, replica: Replica) -> Option<&RosterTablet> {
        self.tablets.iter().find(|tablet| tablet.replica == replica)
    }
}

/// A roster as the server signed it. The text is kept, so that whoever carries it carries the server's word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedRoster {
    /// JSON of [`Roster`].
    pub text: String,
    /// Signature over [`roster_text`], by the key below.
    pub signature: String,
    /// Ed25519 public key of the server, hex: believed when it came from the server itself, never from a bundle.
    pub key: String,
}

impl SignedRoster {
    /// Signs a roster.
    ///
    /// # Errors
    /// When memory is lacking.
    pub fn sign(key: &SigningKey, territory: Uuid, roster: &Roster) -> Result<Self, serde_json::Error> {
        let text = serde_json::to_string(roster)?;
        let signature = sign::sign(key, &roster_text(territory, &text));
        Ok(Self { text, signature, key: HEXLOWER.encode(key.verifying_key().as_bytes()) })
    }

    /// Reads the roster when `key`, of the server, signed it.
    ///
    /// # Errors
    /// When it did not, or the text is no roster.
    pub fn read(&self, key: &str, territory: Uuid) -> Result<Roster, BadSignature> {
        let key = key_of(key).ok_or(BadSignature)?;
        sign::verify(&key, &roster_text(territory, &self.text), &self.signature)?;
        serde_json::from_str(&self.text).map_err(|_| BadSignature)
    }
}

/// What the signature of a roster covers.
#[must_use]
pub fn roster_text(territory: Uuid, text: &str) -> Vec<u8> {
    format!("palier1\nroster\n{territory}\n{text}").into_bytes()
}

fn key_of(hex: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = HEXLOWER.decode(hex.as_bytes()).ok()?.try_into().ok()?;
    VerifyingKey::from_bytes(&bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_roster_is_read_by_the_servers_key_alone() {
        let (server, other) = (SigningKey::from_bytes(&[1; 32]), SigningKey::from_bytes(&[2; 32]));
        let territory = Uuid::from_u128(1);
        let tablet = RosterTablet {
            replica: 5,
            public_key: HEXLOWER.encode(other.verifying_key().as_bytes()),
            standing: Standing::Active,
            holds: vec![ScopeKey::Territory],
            writes: Vec::new(),
        };
        let roster = Roster::of(vec![tablet.clone()], 1_000).unwrap();
        let signed = SignedRoster::sign(&server, territory, &roster).unwrap();
        assert_eq!(signed.read(&signed.key, territory), Ok(roster.clone()), "the server signed it");
        let forged = SignedRoster::sign(&other, territory, &roster).unwrap();
        assert_eq!(forged.read(&signed.key, territory), Err(BadSignature), "another key did not");
        assert_eq!(signed.read(&signed.key, Uuid::from_u128(2)), Err(BadSignature), "nor for another territory");
        let told = SignedRoster { text: signed.text.replace("active", "revoked"), ..signed.clone() };
        assert_eq!(told.read(&signed.key, territory), Err(BadSignature), "what was altered is not believed");
        assert_eq!(Roster::of(vec![tablet.clone()], 2_000).unwrap().mark, roster.mark, "the mark is of what it says");
        let stopped = RosterTablet { standing: Standing::Suspended, ..tablet };
        assert_ne!(Roster::of(vec![stopped], 1_000).unwrap().mark, roster.mark, "and moves with it");
        let newer: Standing = serde_json::from_str("\"lent\"").unwrap();
        assert_eq!(newer, Standing::Revoked, "a standing that is not known is not heard");
    }
}
