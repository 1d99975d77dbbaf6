//! Enrolment, PIN, veil, lock, settings.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use palier_exchange::enrol::{self, EnrolError, Enrolment};
use palier_exchange::{Clock, Progress};
use palier_store::{Store, StoreKey};
use palier_sync::ScopeKey;
use palier_vault::{Dek, OrgPublic, Policy, Unlock, Vault};
use uuid::Uuid;

use crate::api::*;
use crate::app::lock;
use crate::clock::moment;
use crate::profile::{self, Card, Identity};
use crate::{App, outing};

/// During an outing names and notes are hidden after this idle time, in ms (decisions.md 18).
pub(crate) const VEIL_AFTER_MS: u64 = 60_000;
/// The profile closes after this idle time, in ms (decisions.md 18).
pub(crate) const LOCK_AFTER_MS: u64 = 10 * 60_000;

const SETTINGS_FACT: &str = "settings";

/// The open profile.
pub(crate) struct Open {
    pub(crate) card: Card,
    pub(crate) identity: Identity,
    pub(crate) store: Arc<Mutex<Store>>,
    pub(crate) progress: Progress,
    pub(crate) syncing: AtomicBool,
    pub(crate) offline: AtomicBool,
    pub(crate) refused: AtomicBool,
    pub(crate) clock_off_ms: std::sync::atomic::AtomicI64,
    /// Answers about residence, told at the door and never written down, by diagnosis.
    pub(crate) spoken: Mutex<std::collections::BTreeMap<Uuid, Vec<crate::diagnosis::Spoken>>>,
    /// The directory of services, read from its pack when it is first asked for.
    pub(crate) services: crate::services::Services,
    veiled: AtomicBool,
    touched_ms: AtomicU64,
}

/// An enrolment that waits for a PIN.
pub(crate) struct Draft {
    pub(crate) enrolment: Enrolment,
}

impl Open {
    pub(crate) fn veiled(&self) -> bool {
        self.veiled.load(Ordering::Relaxed)
    }

    pub(crate) fn idle_ms(&self, clock: &dyn Clock) -> u64 {
        clock.boot().ms.saturating_sub(self.touched_ms.load(Ordering::Relaxed))
    }

    pub(crate) fn touch(&self, clock: &dyn Clock) {
        self.touched_ms.store(clock.boot().ms, Ordering::Relaxed);
    }

    pub(crate) fn draw_veil_if_idle(&self, clock: &dyn Clock) -> Result<(), CommandError> {
        if !self.veiled() && self.idle_ms(clock) >= VEIL_AFTER_MS {
            let outing = lock(&self.store).open_outing(self.identity.enrolled.replica)?;
            self.veiled.store(outing.is_some(), Ordering::Relaxed);
        }
        Ok(())
    }

    pub(crate) fn replica(&self) -> u32 {
        self.identity.enrolled.replica
    }

    pub(crate) fn structure(&self) -> Uuid {
        self.identity.enrolled.structure
    }

    /// The scope of the structure's files in a sector.
    pub(crate) fn files_in(&self, sector: Uuid) -> ScopeKey {
        ScopeKey::File { sector, structure: self.structure() }
    }

    pub(crate) fn settings(&self, store: &Store) -> Result<Settings, CommandError> {
        Ok(store.fact(SETTINGS_FACT)?.unwrap_or(Settings {
            theme: "light".to_owned(),
            text_percent: 100,
            left_handed: false,
            series: true,
        }))
    }
}

impl App {
    pub(crate) fn app_state(&self, _: Nothing) -> Result<AppState, CommandError> {
        let device = self.options.device.as_deref();
        let mut profiles = Vec::new();
        for card in profile::cards(&self.options.data) {
            // A keystore that cannot be reached shows no wait; the try itself will say so.
            let wait = self.vault(card.id, at_floor()).wait_s(device, moment(self.clock())).unwrap_or(0);
            profiles.push(ProfileCard {
                id: card.id.to_string(),
                display_name: card.display_name,
                structure_name: card.structure_name,
                wait_seconds: wait,
            });
        }
        let session = match self.open() {
            Ok(open) => Some(self.session_of(&open)?),
            Err(error) if error.code == ErrorCode::Locked => None,
            Err(error) => return Err(error),
        };
        Ok(AppState {
            version: self.options.version.clone(),
            demo: self.options.demo,
            profiles,
            session,
            enrolling: self.state().draft.as_ref().map(|draft| draft_card(&draft.enrolment)),
            passphrase_needed: self.options.device.is_none(),
        })
    }

    fn session_of(&self, open: &Open) -> Result<Session, CommandError> {
        let store = lock(&open.store);
        let enrolled = &open.identity.enrolled;
        let colleagues = store
            .profiles()?
            .into_iter()
            .filter(|person| person.active && person.structure == enrolled.structure && person.id != enrolled.profile)
            .map(|person| Colleague { id: person.id.to_string(), display_name: person.display_name })
            .collect();
        let now = self.now_ms(&store)?;
        Ok(Session {
            profile: enrolled.profile.to_string(),
            display_name: enrolled.display_name.clone(),
            structure_name: enrolled.structure_name.clone(),
            role: enrolled.role.clone(),
            veiled: open.veiled(),
            colleagues,
            sectors: sectors(&store)?,
            outing: outing::open_card(&store, open.replica(), now)?,
            settings: open.settings(&store)?,
        })
    }

    fn vault(&self, profile: Uuid, policy: Policy) -> Vault {
        Vault::at(profile::folder(&self.options.data, profile), *profile.as_bytes(), policy)
    }

    pub(crate) fn enrol(&self, request: EnrolRequest) -> Result<EnrolDraft, CommandError> {
        let code = palier_sync::code::read(&request.address, &request.code).map_err(|_| CommandError::field("code"))?;
        if code.address.is_empty() {
            return Err(CommandError::field("address"));
        }
        let routes = self.options.network.routes(&code.address, self.clock().wall_ms());
        let enrolment = enrol::enrol(routes.as_ref(), &code, &self.options.tablet_name, &self.options.version)
            .map_err(enrol_error)?;
        let card = draft_card(&enrolment);
        self.state().draft = Some(Draft { enrolment });
        Ok(card)
    }

    pub(crate) fn choose_pin(&self, request: ChoosePin) -> Result<AppState, CommandError> {
        let Some(draft) = self.state().draft.take() else {
            return Err(CommandError::new(ErrorCode::BadRequest, "enrol"));
        };
        match self.found(&draft, &request.pin) {
            Ok(open) => {
                self.state().open = Some(open);
                self.wake.now();
                self.app_state(Nothing {})
            }
            Err(error) => {
                // The code is spent: the draft stays, so that a weak PIN costs another try and not another code.
                self.state().draft = Some(draft);
                Err(error)
            }
        }
    }

    /// Makes the profile's folder: slots, store, identity, then the card.
    fn found(&self, draft: &Draft, pin: &str) -> Result<Arc<Open>, CommandError> {
        let enrolled = &draft.enrolment.enrolled;
        let org = data_encoding::HEXLOWER
            .decode(enrolled.recovery_key.as_bytes())
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .ok_or_else(|| CommandError::new(ErrorCode::Internal, "recovery_key"))?;
        // One folder a replica: the same person may be enrolled again on this tablet, with a new code.
        let id = palier_domain::place::derived_id("profile-on-tablet", enrolled.profile, &enrolled.replica.to_string());
        let folder = profile::folder(&self.options.data, id);
        profile::clear_unfinished(&self.options.data, id)?;
        std::fs::create_dir_all(&folder).map_err(|error| CommandError::from_io(&error))?;
        let policy = match self.options.policy {
            Some(policy) => policy,
            None => Policy::calibrated()?,
        };
        let device = self.options.device.as_deref();
        let dek = self.vault(id, policy).create(pin, device, &OrgPublic(org), moment(self.clock()))?;
        let store = profile::open_store(&self.options.data, id, &store_key(&dek))?;
        let identity = Identity {
            key: data_encoding::HEXLOWER.encode(draft.enrolment.key.as_bytes()),
            enrolled: enrolled.clone(),
        };
        store.keep_fact(Identity::FACT, &identity)?;
        store.set_replica(enrolled.replica)?;
        store.keep_fact("challenge", &enrolled.challenge)?;
        let anchor = palier_exchange::Anchor::now(enrolled.server_ms, self.clock());
        store.keep_fact(palier_exchange::round::ANCHOR_FACT, &anchor)?;
        let card =
            Card { id, display_name: enrolled.display_name.clone(), structure_name: enrolled.structure_name.clone() };
        profile::write_card(&self.options.data, &card)?;
        Ok(self.opened(card, identity, store))
    }

    fn opened(&self, card: Card, identity: Identity, store: Store) -> Arc<Open> {
        Arc::new(Open {
            card,
            identity,
            store: Arc::new(Mutex::new(store)),
            progress: Progress::default(),
            syncing: AtomicBool::new(false),
            offline: AtomicBool::new(false),
            refused: AtomicBool::new(false),
            clock_off_ms: std::sync::atomic::AtomicI64::new(0),
            spoken: Mutex::default(),
            services: crate::services::Services::default(),
            veiled: AtomicBool::new(false),
            touched_ms: AtomicU64::new(self.clock().boot().ms),
        })
    }

    pub(crate) fn unlock(&self, request: UnlockRequest) -> Result<UnlockAnswer, CommandError> {
        let id = Uuid::parse_str(&request.profile).map_err(|_| CommandError::not_found())?;
        let card = profile::cards(&self.options.data).into_iter().find(|card| card.id == id);
        let card = card.ok_or_else(CommandError::not_found)?;
        match self.try_pin(id, &request.pin)? {
            Unlock::Wrong { wait_s, .. } => Ok(UnlockAnswer::Wrong { wait_seconds: wait_s }),
            Unlock::Wait { wait_s } => Ok(UnlockAnswer::Wait { wait_seconds: wait_s }),
            Unlock::Opened(dek) => {
                let store = profile::open_store(&self.options.data, id, &store_key(&dek))?;
                let identity: Identity =
                    store.fact(Identity::FACT)?.ok_or_else(|| CommandError::new(ErrorCode::Internal, "identity"))?;
                self.state().open = Some(self.opened(card, identity, store));
                self.changed(&["session"]);
                self.wake.now();
                Ok(UnlockAnswer::Opened { state: Box::new(self.app_state(Nothing {})?) })
            }
        }
    }

    fn try_pin(&self, id: Uuid, pin: &str) -> Result<Unlock, CommandError> {
        let policy = self.options.policy.unwrap_or_else(at_floor);
        Ok(self.vault(id, policy).open(pin, self.options.device.as_deref(), moment(self.clock()))?)
    }

    pub(crate) fn lock(&self, _: Nothing) -> Result<AppState, CommandError> {
        self.close();
        self.app_state(Nothing {})
    }

    pub(crate) fn touch(&self, _: Nothing) -> Result<AppState, CommandError> {
        self.open()?.touch(self.clock());
        self.app_state(Nothing {})
    }

    pub(crate) fn veil(&self, _: Nothing) -> Result<AppState, CommandError> {
        self.open()?.veiled.store(true, Ordering::Relaxed);
        self.changed(&["session"]);
        self.app_state(Nothing {})
    }

    pub(crate) fn unveil(&self, request: UnveilRequest) -> Result<UnlockAnswer, CommandError> {
        let open = self.open()?;
        Ok(match self.try_pin(open.card.id, &request.pin)? {
            Unlock::Wrong { wait_s, .. } => UnlockAnswer::Wrong { wait_seconds: wait_s },
            Unlock::Wait { wait_s } => UnlockAnswer::Wait { wait_seconds: wait_s },
            Unlock::Opened(_) => {
                open.veiled.store(false, Ordering::Relaxed);
                open.touch(self.clock());
                self.changed(&["session"]);
                UnlockAnswer::Opened { state: Box::new(self.app_state(Nothing {})?) }
            }
        })
    }

    pub(crate) fn change_pin(&self, request: ChangePin) -> Result<UnlockAnswer, CommandError> {
        let open = self.open()?;
        let policy = match self.options.policy {
            Some(policy) => policy,
            None => Policy::calibrated()?,
        };
        let device = self.options.device.as_deref();
        let vault = self.vault(open.card.id, policy);
        Ok(match vault.change(&request.old_pin, &request.new_pin, device, moment(self.clock()))? {
            Unlock::Wrong { wait_s, .. } => UnlockAnswer::Wrong { wait_seconds: wait_s },
            Unlock::Wait { wait_s } => UnlockAnswer::Wait { wait_seconds: wait_s },
            Unlock::Opened(_) => UnlockAnswer::Opened { state: Box::new(self.app_state(Nothing {})?) },
        })
    }

    pub(crate) fn save_settings(&self, settings: Settings) -> Result<AppState, CommandError> {
        let open = self.open()?;
        if !["light", "dark", "sun"].contains(&settings.theme.as_str()) {
            return Err(CommandError::field("theme"));
        }
        if ![100, 125, 150, 200].contains(&settings.text_percent) {
            return Err(CommandError::field("text_percent"));
        }
        lock(&open.store).keep_fact(SETTINGS_FACT, &settings)?;
        self.changed(&["session"]);
        self.app_state(Nothing {})
    }

    pub(crate) fn local_numbers(&self, _: Nothing) -> Result<LocalNumbers, CommandError> {
        let open = self.open()?;
        let numbers = lock(&open.store)
            .local_numbers()?
            .into_iter()
            .map(|(label, number)| LocalNumber { label, number })
            .collect();
        Ok(LocalNumbers { numbers })
    }
}

pub(crate) fn sectors(store: &Store) -> Result<Vec<SectorCard>, CommandError> {
    let held = store.scopes()?;
    let holds = |id: Uuid| held.iter().any(|(scope, _)| *scope == palier_sync::ScopeKey::Place { sector: id });
    let sectors = store.sectors()?.into_iter().filter(|sector| holds(sector.id));
    Ok(sectors.map(|sector| SectorCard { id: sector.id.to_string(), name: sector.name }).collect())
}

fn draft_card(enrolment: &Enrolment) -> EnrolDraft {
    EnrolDraft {
        display_name: enrolment.enrolled.display_name.clone(),
        structure_name: enrolment.enrolled.structure_name.clone(),
        sectors: enrolment.enrolled.sectors.iter().map(|sector| sector.name.clone()).collect(),
    }
}

fn store_key(dek: &Dek) -> StoreKey {
    StoreKey::new(*dek.expose())
}

fn enrol_error(error: EnrolError) -> CommandError {
    let code = match &error {
        EnrolError::Refused(code, detail) => {
            let code = match code.as_str() {
                "code_unknown" => ErrorCode::CodeUnknown,
                "code_used" => ErrorCode::CodeUsed,
                "code_expired" => ErrorCode::CodeExpired,
                "code_wrong" => ErrorCode::CodeWrong,
                "code_dead" => ErrorCode::CodeDead,
                "too_old" => ErrorCode::TooOld,
                _ => ErrorCode::Refused,
            };
            return CommandError::new(code, detail);
        }
        EnrolError::Net(palier_exchange::NetFault::BadAddress) => return CommandError::field("address"),
        EnrolError::Net(_) => ErrorCode::Unreachable,
        // Whoever answered does not know the code: it is not the server the coordinator enrolled at.
        EnrolError::NotProved => ErrorCode::Refused,
        EnrolError::Form | EnrolError::Device => ErrorCode::Internal,
    };
    CommandError::new(code, "")
}

/// The policy of an opening: it makes no slot unless the one it opens is below the floor.
fn at_floor() -> Policy {
    Policy { cost: Policy::FLOOR, floor: Policy::FLOOR }
}

#[cfg(test)]
#[path = "session_tests.rs"]
mod tests;
