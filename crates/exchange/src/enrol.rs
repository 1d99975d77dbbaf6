//! Enrolment by a one-time code: no trust on first use and no trust in the network (docs/PROTOCOL.md).
//!
//! Both sides prove that they know the code, so that the server's authority is authenticated by the code itself. The
//! proofs are in `palier_sync::enrolment`, used by the server too.

use data_encoding::HEXLOWER;
use ed25519_dalek::SigningKey;
use palier_sync::code::Code;
use palier_sync::enrolment::{Transcript, code_key, same_proof};
use palier_sync::wire::{EnrolFinish, EnrolFinishAnswer, EnrolHello, EnrolHelloAnswer, Enrolled, WireError};

use crate::http::{NetFault, Reply, Transport};

/// Why an enrolment failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// The network.
    #[error(transparent)]
    Net(#[from] NetFault),
    /// The server refused: its code (`code_unknown`, `code_used`, `code_expired`, `code_wrong`, `code_dead`, `too_old`, …) and detail.
    #[error("The server refused: {0}")]
    Refused(String, String),
    /// The answer does not prove that the server knows the code: someone stands between, or the code is another's.
    #[error("The server does not prove that it knows the code")]
    NotProved,
    /// The answer is not of the form.
    #[error("The server's answer is not of the form")]
    Form,
    /// The device has no randomness or no memory.
    #[error("The device cannot make a key")]
    Device,
}

/// A tablet enrolled: its key, and what the server said.
pub struct Enrolment {
    /// The key of this profile on this tablet.
    pub key: SigningKey,
    /// What the server said, proved.
    pub enrolled: Enrolled,
}

impl std::fmt::Debug for Enrolment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Enrolment(replica {})", self.enrolled.replica)
    }
}

/// How the enrolment reaches the server: first without a certificate it could check, then with the authority it was given.
pub trait Routes {
    /// The first message: nothing secret, nothing believed.
    ///
    /// # Errors
    /// When the server cannot be reached.
    fn hello(&self) -> Result<Box<dyn Transport>, NetFault>;
    /// Everything else: this authority alone, at this time.
    ///
    /// # Errors
    /// When the server cannot be reached or the authority is no certificate.
    fn pinned(&self, ca_der: &[u8], server_ms: i64) -> Result<Box<dyn Transport>, NetFault>;
}

/// Spends a code.
///
/// # Errors
/// See [`EnrolError`]; nothing is kept then.
pub fn enrol(routes: &dyn Routes, code: &Code, tablet_name: &str, app_version: &str) -> Result<Enrolment, EnrolError> {
    let nonce = HEXLOWER.encode(&random::<16>()?);
    let hello = EnrolHello { lookup: code.lookup.clone(), nonce: nonce.clone() };
    let answer: EnrolHelloAnswer = ask(routes.hello()?.as_ref(), "/v1/enrol/hello", &hello)?;
    let ca_der = HEXLOWER.decode(answer.ca_der.as_bytes()).map_err(|_| EnrolError::Form)?;
    let transport = routes.pinned(&ca_der, answer.server_ms)?;

    let signing = SigningKey::from_bytes(&random::<32>()?);
    let public_key = HEXLOWER.encode(signing.verifying_key().as_bytes());
    let secret = code_key(&code.secret, &answer.salt).map_err(|_| EnrolError::Device)?;
    let transcript = Transcript {
        lookup: &code.lookup,
        tablet_nonce: &nonce,
        server_nonce: &answer.nonce,
        server: &answer.server,
        ca_der: &answer.ca_der,
        public_key: &public_key,
    };
    let finish = EnrolFinish {
        lookup: code.lookup.clone(),
        nonce: nonce.clone(),
        public_key: public_key.clone(),
        tablet_name: tablet_name.to_owned(),
        app_version: app_version.to_owned(),
        proof: transcript.tablet_proof(&secret),
    };
    let done: EnrolFinishAnswer = ask(transport.as_ref(), "/v1/enrol/finish", &finish)?;
    if !same_proof(&transcript.server_proof(&secret, &done.enrolled), &done.proof) {
        return Err(EnrolError::NotProved);
    }
    let mut enrolled: Enrolled = serde_json::from_str(&done.enrolled).map_err(|_| EnrolError::Form)?;
    if !enrolled.addresses.contains(&code.address) {
        enrolled.addresses.insert(0, code.address.clone());
    }
    Ok(Enrolment { key: signing, enrolled })
}

fn random<const N: usize>() -> Result<[u8; N], EnrolError> {
    let mut bytes = [0u8; N];
    getrandom::fill(&mut bytes).map_err(|_| EnrolError::Device)?;
    Ok(bytes)
}

fn ask<Q: serde::Serialize, A: serde::de::DeserializeOwned>(
    transport: &dyn Transport,
    path: &str,
    question: &Q,
) -> Result<A, EnrolError> {
    let body = serde_json::to_vec(question).map_err(|_| EnrolError::Form)?;
    let Reply { status, body } = transport.post(path, &[("content-type", "application/json".to_owned())], body)?;
    if status == 200 {
        return serde_json::from_slice(&body).map_err(|_| EnrolError::Form);
    }
    let error: WireError = serde_json::from_slice(&body).map_err(|_| EnrolError::Form)?;
    Err(EnrolError::Refused(error.error, error.detail))
}
