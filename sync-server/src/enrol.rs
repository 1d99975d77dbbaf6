//! Enrolment, server side: a code is spent by who proves to know it (docs/PROTOCOL.md).

use palier_sync::enrolment::{Transcript, same_proof};
use palier_sync::wire::{EnrolFinish, EnrolFinishAnswer, EnrolHello, EnrolHelloAnswer, Enrolled, EnrolledSector};
use palier_sync::{RecordType, ScopeKey, catalogue};

use crate::registry::CodeRefusal;
use crate::{Centre, CentreError};

/// Why an enrolment is refused.
#[derive(Debug)]
pub enum EnrolRefusal {
    /// The code.
    Code(CodeRefusal),
    /// The request is not of the form.
    Form,
    /// The centre could not.
    Fault(CentreError),
}

impl<E: Into<CentreError>> From<E> for EnrolRefusal {
    fn from(error: E) -> Self {
        Self::Fault(error.into())
    }
}

impl Centre {
    /// The first message of an enrolment.
    ///
    /// # Errors
    /// See [`EnrolRefusal`].
    pub fn enrol_hello(&self, hello: &EnrolHello, ca_der: &str, now_ms: i64) -> Result<EnrolHelloAnswer, EnrolRefusal> {
        let live = self.registry.hello_code(&hello.lookup, now_ms)?.map_err(EnrolRefusal::Code)?;
        Ok(EnrolHelloAnswer {
            salt: live.salt,
            nonce: live.server_nonce,
            ca_der: ca_der.to_owned(),
            server: self.server().to_owned(),
            server_ms: now_ms,
        })
    }

    /// The second message: checks the proof, spends the code, gives a replica.
    ///
    /// # Errors
    /// See [`EnrolRefusal`]; the code is spent only when the answer is made.
    pub fn enrol_finish(
        &mut self,
        finish: &EnrolFinish,
        ca_der: &str,
        addresses: &[String],
        now_ms: i64,
    ) -> Result<EnrolFinishAnswer, EnrolRefusal> {
        let live = self.registry.live_code(&finish.lookup, now_ms)?.map_err(EnrolRefusal::Code)?;
        let transcript = Transcript {
            lookup: &finish.lookup,
            tablet_nonce: &finish.nonce,
            server_nonce: &live.server_nonce,
            server: self.server(),
            ca_der,
            public_key: &finish.public_key,
        };
        // Without a hello there is no nonce, and no proof can be asked for.
        if live.server_nonce.is_empty() || !same_proof(&transcript.tablet_proof(&live.key), &finish.proof) {
            return Err(EnrolRefusal::Code(self.registry.wrong_proof(&finish.lookup)?));
        }
        if crate::centre::verifying_key(&finish.public_key).is_none() {
            return Err(EnrolRefusal::Form);
        }
        let profile = self.store.profiles()?.into_iter().find(|profile| profile.id == live.profile);
        let profile = profile.filter(|profile| profile.active).ok_or(EnrolRefusal::Code(CodeRefusal::Unknown))?;
        let server = self.server().to_owned();
        if !self.registry.spend_code(&finish.lookup, now_ms)? {
            return Err(EnrolRefusal::Code(CodeRefusal::Used));
        }
        let replica = self.registry.add_tablet(
            profile.id,
            profile.structure,
            &finish.tablet_name,
            &finish.public_key,
            &finish.app_version,
            now_ms,
        )?;
        self.note_replica(&profile, replica, now_ms)?;
        let tablet = self.registry.tablet(replica)?.ok_or(CentreError::NotFound)?;
        let worker = self.worker(&tablet)?;
        let sectors = self.store.sectors()?.into_iter().filter(|sector| worker.sectors.contains(&sector.id));
        let structure = self.store.structures()?.into_iter().find(|structure| structure.id == profile.structure);
        let enrolled = Enrolled {
            server: server.clone(),
            addresses: addresses.to_vec(),
            territory: self.territory(),
            replica,
            profile: profile.id,
            display_name: profile.display_name,
            role: profile.role,
            structure: profile.structure,
            structure_name: structure.map(|structure| structure.name).unwrap_or_default(),
            sectors: sectors.map(|sector| EnrolledSector { id: sector.id, name: sector.name }).collect(),
            recovery_key: self.recovery_public().to_owned(),
            ca_der: ca_der.to_owned(),
            server_ms: now_ms,
            challenge: String::new(),
        };
        let enrolled = serde_json::to_string(&enrolled).map_err(CentreError::from)?;
        let transcript = Transcript { server: &server, ..transcript_of(finish, &live.server_nonce, ca_der) };
        Ok(EnrolFinishAnswer { proof: transcript.server_proof(&live.key, &enrolled), enrolled })
    }

    /// Tablets of the structure learn which replica writes for whom.
    fn note_replica(
        &mut self,
        profile: &palier_store::read::programme::ProfileRow,
        replica: u32,
        now_ms: i64,
    ) -> Result<(), CentreError> {
        let mut replicas: Vec<String> = profile.replicas.iter().map(u32::to_string).collect();
        replicas.push(replica.to_string());
        let scope = ScopeKey::Team { structure: profile.structure };
        self.write(now_ms, |draft| {
            draft.set_elements(scope, profile.id, RecordType::Profile, catalogue::profile::replicas, &replicas)?;
            Ok::<_, CentreError>(())
        })
    }
}

fn transcript_of<'a>(finish: &'a EnrolFinish, server_nonce: &'a str, ca_der: &'a str) -> Transcript<'a> {
    Transcript {
        lookup: &finish.lookup,
        tablet_nonce: &finish.nonce,
        server_nonce,
        server: "",
        ca_der,
        public_key: &finish.public_key,
    }
}
