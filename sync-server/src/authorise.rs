//! Who may do what: pure, deny by default.

use palier_sync::{Replica, ScopeKey};
use uuid::Uuid;

use crate::registry::TabletStatus;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Nobody known.
    Nobody,
    /// A tablet whose signature was checked.
    Tablet {
        /// Its replica.
        replica: Replica,
        /// Whether it is heard.
        status: TabletStatus,
    },
    /// A coordinator with a session.
    Coordinator,
}

/// What is asked. Every route is registered with one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Is the server alive.
    Health,
    /// Spend an enrolment code (proved by the code itself).
    Enrol,
    /// Send and fetch.
    Sync,
    /// The console's page and its words: no data in it.
    ConsolePage,
    /// Make the first account, log in, log out, who am I, what the code of a slip opens.
    Account,
    /// Read and write with the console.
    Console,
}

/// The decision: every pair is written out, what is not allowed is refused.
#[must_use]
pub const fn authorise(actor: Actor, action: Action) -> bool {
    match (action, actor) {
        (Action::Health | Action::Enrol | Action::ConsolePage | Action::Account, _) => true,
        (Action::Sync, Actor::Tablet { status: TabletStatus::Active, .. }) => true,
        (Action::Sync, Actor::Tablet { status: TabletStatus::Suspended | TabletStatus::Revoked, .. }) => false,
        (Action::Sync, Actor::Nobody | Actor::Coordinator) => false,
        (Action::Console, Actor::Coordinator) => true,
        (Action::Console, Actor::Nobody | Actor::Tablet { .. }) => false,
    }
}

/// A person at work, as the read model knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// Role code.
    pub role: String,
    /// Structure.
    pub structure: Uuid,
    /// Sectors that the structure works in.
    pub sectors: Vec<Uuid>,
    /// Works there now.
    pub active: bool,
}

/// Scopes a tablet of this person holds. Ambassadors hold nothing that names anyone (fiche S46).
#[must_use]
pub fn held_scopes(worker: &Worker) -> Vec<ScopeKey> {
    if !worker.active {
        return Vec::new();
    }
    let mut scopes = vec![ScopeKey::Territory, ScopeKey::Team { structure: worker.structure }];
    scopes.extend(worker.sectors.iter().map(|sector| ScopeKey::Place { sector: *sector }));
    if worker.role != "resident_ambassador" {
        let file = |sector: &Uuid| ScopeKey::File { sector: *sector, structure: worker.structure };
        scopes.extend(worker.sectors.iter().map(file));
    }
    scopes
}

/// Scopes a tablet may write: what it holds, but the territory, which coordinators keep.
#[must_use]
pub fn written_scopes(worker: &Worker) -> Vec<ScopeKey> {
    held_scopes(worker).into_iter().filter(|scope| *scope != ScopeKey::Territory).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_but_an_active_tablet_syncs_and_nobody_but_a_coordinator_reads_the_console() {
        let tablet = |status| Actor::Tablet { replica: 1, status };
        let actors = [
            Actor::Nobody,
            Actor::Coordinator,
            tablet(TabletStatus::Active),
            tablet(TabletStatus::Suspended),
            tablet(TabletStatus::Revoked),
        ];
        let may = |action| actors.iter().filter(|actor| authorise(**actor, action)).collect::<Vec<_>>();
        assert_eq!(may(Action::Sync), vec![&tablet(TabletStatus::Active)], "a revoked tablet is not heard");
        assert_eq!(may(Action::Console), vec![&Actor::Coordinator], "a tablet's key opens no console");
    }

    #[test]
    fn a_tablet_never_holds_another_structures_files() {
        let (own, other, sector) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let worker =
            |role: &str, structure, active| Worker { role: role.to_owned(), structure, sectors: vec![sector], active };
        let scopes = held_scopes(&worker("mediator", own, true));
        assert!(scopes.contains(&ScopeKey::File { sector, structure: own }), "its own files");
        assert!(!scopes.contains(&ScopeKey::File { sector, structure: other }), "never another's");
        let ambassador = held_scopes(&worker("resident_ambassador", own, true));
        assert!(!ambassador.iter().any(|scope| matches!(scope, ScopeKey::File { .. })), "an ambassador holds no file");
        assert!(held_scopes(&worker("mediator", own, false)).is_empty(), "who left holds nothing");
        assert!(
            !written_scopes(&worker("mediator", own, true)).contains(&ScopeKey::Territory),
            "the territory is read only"
        );
    }
}
