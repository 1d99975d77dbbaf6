//! What the projections count over a period and a place, all subjects at once.

use std::collections::{BTreeSet, HashMap};

use palier_domain::trust::{self, Progress};
use palier_store::Store;
use palier_store::read::figures::{ActionFigures, DoorFigures, MetFigures, Period, ReferralFigures, RightFigures};

use super::super::ConsoleError;
use super::super::call::Call;

/// The network of France services, as data·inclusion names it.
const FRANCE_SERVICES: &str = "france-service";

/// How trust in one institution moved.
pub(in crate::console) struct Moved {
    /// One of [`trust::OBJECTS`].
    pub(in crate::console) object: &'static str,
    /// How many said what.
    pub(in crate::console) progress: Progress,
}

/// Every subject.
pub(in crate::console) struct Counted {
    pub(in crate::console) doors: DoorFigures,
    pub(in crate::console) met: MetFigures,
    pub(in crate::console) actions: ActionFigures,
    pub(in crate::console) rights: RightFigures,
    pub(in crate::console) referrals: ReferralFigures,
    /// Institutions that somebody was asked about.
    pub(in crate::console) trust: Vec<Moved>,
}

impl Counted {
    pub(in crate::console) fn read(store: &Store, period: &Period<'_>) -> Result<Self, ConsoleError> {
        let measures = store.trust_figures(period)?;
        let moved = |object: &&'static str| Moved { object, progress: trust::progress(&measures, object) };
        let asked = |moved: &Moved| moved.progress.paired > 0 || moved.progress.alone > 0;
        Ok(Self {
            doors: store.door_figures(period)?,
            met: store.met_figures(period)?,
            actions: store.action_figures(period)?,
            rights: store.right_figures(period)?,
            referrals: store.referral_figures(period)?,
            trust: trust::OBJECTS.iter().map(moved).filter(asked).collect(),
        })
    }

    /// Nothing happened then and there.
    pub(in crate::console) fn is_empty(&self) -> bool {
        let Self { doors, met, actions, rights, referrals, trust } = self;
        let met_nobody = MetFigures::default() == *met && trust.is_empty();
        let referred_nobody = ReferralFigures::default() == *referrals && RightFigures::default() == *rights;
        doors.outcomes.is_empty() && actions.kinds.is_empty() && met_nobody && referred_nobody
    }
}

/// Names of services, and which are France services.
pub(in crate::console) struct Services {
    names: HashMap<String, String>,
    france_services: BTreeSet<String>,
}

impl Services {
    pub(in crate::console) fn read(call: &Call<'_>) -> Result<Self, ConsoleError> {
        let (mut names, mut france_services) = (HashMap::new(), BTreeSet::new());
        for structure in call.centre.registry.directory()? {
            if structure.networks.iter().any(|network| network == FRANCE_SERVICES) {
                france_services.insert(structure.key.clone());
            }
            names.insert(structure.key, structure.name);
        }
        for service in call.centre.registry.services()? {
            if france_services.contains(&service.structure) {
                france_services.insert(service.key.clone());
            }
            names.insert(service.key, service.name);
        }
        Ok(Self { names, france_services })
    }

    /// The name of a service; empty for one that left the directory.
    pub(in crate::console) fn name(&self, key: &str) -> String {
        self.names.get(key).cloned().unwrap_or_default()
    }

    /// Who came to a France services for the first time.
    pub(in crate::console) fn france_services_first(&self, referrals: &ReferralFigures) -> u32 {
        let here = referrals.attended_first.iter().filter(|(service, _)| self.france_services.contains(*service));
        here.map(|(_, count)| *count).sum()
    }
}
