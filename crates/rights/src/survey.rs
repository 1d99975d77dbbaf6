//! Counts over diagnoses: how many households have, could have and cannot have each right, and how many were not asked.
//!
//! Non-recours is what is claimable and not claimed; it is never inferred from what is still to be checked (S57).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::told::Diagnosis;

/// Why a right that could be had is not: the type, and the motive if it was told (Warin 2010, codes of model.md).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonTakeUp {
    /// The kind of non-take-up.
    #[serde(rename = "type")]
    pub kind: NonTakeUpType,
    /// A code of `NonTakeUpMotive` that belongs to the type.
    #[serde(default)]
    pub motive: Option<String>,
}

/// The kinds of non-take-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NonTakeUpType {
    /// The right is not known.
    NonConnaissance,
    /// It is known and not asked for.
    NonDemande,
    /// It was asked for and is not received.
    NonReception,
    /// Nobody offered it.
    NonProposition,
}

const MOTIVES: [(NonTakeUpType, &[&str]); 4] = [
    (NonTakeUpType::NonConnaissance, &["unknown_right", "unknown_body", "thinks_not_eligible", "wrong_information"]),
    (
        NonTakeUpType::NonDemande,
        &[
            "too_complex",
            "fear_consequences",
            "wants_autonomy",
            "stigma",
            "low_benefit",
            "disagreement",
            "past_bad_experience",
            "digital_barrier",
            "language_barrier",
            "mobility_or_hours",
            "health_or_fatigue",
            "waiting_life_change",
            "by_choice",
        ],
    ),
    (
        NonTakeUpType::NonReception,
        &[
            "file_incomplete",
            "refused_contested",
            "no_answer_delay",
            "suspended_or_cut",
            "lost_file",
            "appointment_missing",
            "error_body",
        ],
    ),
    (
        NonTakeUpType::NonProposition,
        &["not_offered_by_agent", "service_saturated", "discouraged_by_agent", "sorted_out_as_ineligible"],
    ),
];

impl NonTakeUpType {
    /// Every type, in the order of ODENORE.
    pub const ALL: [Self; 4] = [Self::NonConnaissance, Self::NonDemande, Self::NonReception, Self::NonProposition];

    /// Its code on the wire.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NonConnaissance => "non_connaissance",
            Self::NonDemande => "non_demande",
            Self::NonReception => "non_reception",
            Self::NonProposition => "non_proposition",
        }
    }

    /// Codes of the motives that go with it.
    #[must_use]
    pub fn motives(self) -> &'static [&'static str] {
        MOTIVES.iter().find(|(kind, _)| *kind == self).map_or(&[], |(_, motives)| *motives)
    }
}

/// Why a diagnosis is not counted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SurveyRefusal {
    /// The status is none of `DiagnosticState`.
    #[error("{right}: {status} is not a state of a diagnosis")]
    Status {
        /// Key of the right.
        right: String,
        /// What was found.
        status: String,
    },
    /// The motive does not belong to the type.
    #[error("{right}: {motive} is not a motive of that type of non-take-up")]
    Motive {
        /// Key of the right.
        right: String,
        /// What was found.
        motive: String,
    },
    /// Non-take-up of a right that is not claimable.
    #[error("{0}: non-take-up is told of a right that is claimable, and of no other")]
    NotClaimable(String),
}

/// Counts of one right, or of one theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Diagnoses that looked at it: the denominator of all below.
    pub diagnosed: u64,
    /// Received.
    pub held: u64,
    /// Asked for.
    pub in_progress: u64,
    /// Could be had and is not: the non-recours.
    pub claimable: u64,
    /// Cannot be had.
    pub not_claimable: u64,
    /// Not decided.
    pub to_check: u64,
    /// The person would not say.
    pub declined_to_say: u64,
    /// Nobody asked.
    pub not_asked: u64,
    /// Decided: held, in progress, claimable or not. The denominator of a rate of non-recours.
    pub answered: u64,
    /// Not claimable by reason; one diagnosis may have several.
    pub by_reason: BTreeMap<String, u64>,
    /// Claimable with a type of non-take-up told, by type.
    pub by_type: BTreeMap<NonTakeUpType, u64>,
    /// The same by motive.
    pub by_motive: BTreeMap<String, u64>,
    /// Results that rest on a figure to be checked.
    pub on_stale_figures: u64,
}

/// Counts by right and by theme.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Survey {
    /// Diagnoses counted.
    pub diagnoses: u64,
    /// By key of the right.
    pub rights: BTreeMap<String, Counts>,
    /// By theme: a sum over its rights, so a household counts once for each.
    pub themes: BTreeMap<String, Counts>,
}

impl Survey {
    /// Counts one diagnosis with what was said of rights not taken up; all of it or nothing.
    ///
    /// # Errors
    /// A status or a motive that is no code of the model.
    pub fn add(
        &mut self,
        diagnosis: &Diagnosis,
        non_take_up: &BTreeMap<String, NonTakeUp>,
    ) -> Result<(), SurveyRefusal> {
        let mut counted = Vec::new();
        for (key, told) in &diagnosis.rights {
            let mut counts = Counts { diagnosed: 1, ..Counts::default() };
            counts.count_status(key, &told.status)?;
            if told.status == "not_claimable" {
                counts.by_reason = told.reasons.iter().map(|reason| (reason.clone(), 1)).collect();
            }
            if let Some(said) = non_take_up.get(key) {
                counts.count_non_take_up(key, said)?;
            }
            counts.on_stale_figures = u64::from(!told.stale.is_empty());
            let theme = told.about.as_ref().map(|about| about.theme.clone());
            counted.push((key.clone(), theme, counts));
        }
        if let Some(unknown) = non_take_up.keys().find(|key| !diagnosis.rights.contains_key(*key)) {
            return Err(SurveyRefusal::NotClaimable(unknown.clone()));
        }
        self.diagnoses += 1;
        for (key, theme, counts) in counted {
            if let Some(theme) = theme {
                self.themes.entry(theme).or_default().add(&counts);
            }
            self.rights.entry(key).or_default().add(&counts);
        }
        Ok(())
    }
}

impl Counts {
    fn count_status(&mut self, right: &str, status: &str) -> Result<(), SurveyRefusal> {
        let place = match status {
            "held" => &mut self.held,
            "in_progress" => &mut self.in_progress,
            "claimable" => &mut self.claimable,
            "not_claimable" => &mut self.not_claimable,
            "to_check" => &mut self.to_check,
            "declined_to_say" => &mut self.declined_to_say,
            "not_asked" => &mut self.not_asked,
            _ => return Err(SurveyRefusal::Status { right: right.to_owned(), status: status.to_owned() }),
        };
        *place = 1;
        self.answered = self.held + self.in_progress + self.claimable + self.not_claimable;
        Ok(())
    }

    fn count_non_take_up(&mut self, right: &str, said: &NonTakeUp) -> Result<(), SurveyRefusal> {
        // What was asked for and is not received is told of a right in progress too.
        let waited_for = self.in_progress > 0 && said.kind == NonTakeUpType::NonReception;
        if self.claimable == 0 && !waited_for {
            return Err(SurveyRefusal::NotClaimable(right.to_owned()));
        }
        self.by_type.insert(said.kind, 1);
        if let Some(motive) = &said.motive {
            let known = MOTIVES.iter().any(|(kind, motives)| *kind == said.kind && motives.contains(&motive.as_str()));
            if !known {
                return Err(SurveyRefusal::Motive { right: right.to_owned(), motive: motive.clone() });
            }
            self.by_motive.insert(motive.clone(), 1);
        }
        Ok(())
    }

    fn add(&mut self, other: &Self) {
        self.diagnosed += other.diagnosed;
        self.held += other.held;
        self.in_progress += other.in_progress;
        self.claimable += other.claimable;
        self.not_claimable += other.not_claimable;
        self.to_check += other.to_check;
        self.declined_to_say += other.declined_to_say;
        self.not_asked += other.not_asked;
        self.answered += other.answered;
        self.on_stale_figures += other.on_stale_figures;
        for (reason, count) in &other.by_reason {
            *self.by_reason.entry(reason.clone()).or_default() += count;
        }
        for (kind, count) in &other.by_type {
            *self.by_type.entry(*kind).or_default() += count;
        }
        for (motive, count) in &other.by_motive {
            *self.by_motive.entry(motive.clone()).or_default() += count;
        }
    }
}
