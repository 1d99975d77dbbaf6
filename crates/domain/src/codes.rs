//! Closed lists of codes that screens offer; a code of a newer version is kept by the store all the same.

/// Themes of needs: the families of service-public.fr, plus `numerique` (model.md, RightTheme).
pub const THEMES: &[&str] = &[
    "papiers",
    "famille",
    "social_sante",
    "travail_formation",
    "logement",
    "transports",
    "argent_impots",
    "justice",
    "etranger",
    "loisirs_sport_culture",
    "numerique",
];

/// Flags of a passage.
pub const VISIT_FLAGS: &[&str] = &["flyer_left", "interpreter", "third_party_present"];

/// Slots of a promised passage.
pub const CALLBACK_SLOTS: &[&str] = &["morning", "noon", "afternoon", "evening", "weekend"];

/// What a person needs to be reached (model.md, AccessNeed).
pub const ACCESS_NEEDS: &[&str] = &[
    "reading_help",
    "writing_help",
    "french_beginner",
    "interpreter",
    "hearing",
    "vision",
    "mobility",
    "no_phone",
    "no_internet",
    "no_digital_skill",
    "needs_accompaniment",
    "schedule_constraint",
];

/// Roles (model.md, Role).
pub const ROLES: &[&str] = &["mediator", "adulte_relais", "resident_ambassador", "coordinator"];

/// How an agreement was given.
pub const AGREEMENT_MODES: &[&str] = &["oral", "signed", "interpreter"];

/// Age bands of the people of a household and of those counted outdoors, youngest first (model.md, AgeBand).
pub const AGE_BANDS: &[&str] = &["under_12", "12_17", "18_24", "25_39", "40_59", "60_69", "over_70"];

/// Structures that may know a household already (fiche S12): asked once; `none` is who comes to none of them.
pub const KNOWN_BY: &[&str] = &[
    "none",
    "centre_social",
    "france_services",
    "ccas",
    "mds",
    "caf",
    "france_travail",
    "mission_locale",
    "bailleur_social",
    "ecole",
    "association",
    "autre",
];

/// When the household last came to a public service (fiche S02).
pub const LAST_CONTACTS: &[&str] = &["this_month", "this_year", "over_year", "never", "unknown"];
