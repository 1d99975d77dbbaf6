//! The questions, in one table: where the answer stands, what asking costs, how much it intrudes.

use crate::truth::Questions;

/// Most adults of a household.
pub const ADULTS_MAX: usize = 2;
/// Most children of a household: each has its bits in [`Questions`].
pub const CHILDREN_MAX: usize = 12;

/// One line of the table of questions.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    /// The field of the answer.
    pub field: &'static str,
    /// Seconds it takes on a landing.
    pub seconds: u32,
    /// 1 anybody tells, 2 private, 3 sensitive, 4 never first.
    pub intrusion: u32,
}

const fn asking(field: &'static str, seconds: u32, intrusion: u32) -> Asking {
    Asking { field, seconds, intrusion }
}

/// Questions about the household, in the order of the data README.
pub const HOUSEHOLD: [Asking; 7] = [
    asking("situation_couple", 6, 2),
    asking("isolement_recent", 8, 3),
    asking("rsa_percu_mensuel", 8, 2),
    asking("logement.statut", 6, 1),
    asking("logement.loyer_mensuel", 8, 2),
    asking("logement.colocation", 5, 1),
    asking("logement.participation_frais", 5, 2),
];

/// Questions about each adult.
pub const ADULT: [Asking; 22] = [
    asking("date_naissance", 5, 1),
    asking("activite", 6, 1),
    asking("mois_chomage", 8, 2),
    asking("nationalite", 8, 4),
    asking("annees_titre_sejour", 10, 4),
    asking("salaire_net_mensuel", 10, 2),
    asking("chomage_mensuel", 8, 2),
    asking("retraite_mensuelle", 8, 2),
    asking("pension_invalidite_mensuelle", 8, 3),
    asking("pension_alimentaire_percue_mensuelle", 8, 3),
    asking("pension_alimentaire_versee_mensuelle", 8, 3),
    asking("benefice_independant_mensuel", 10, 2),
    asking("salaire_imposable_2024", 25, 2),
    asking("chomage_imposable_2024", 20, 2),
    asking("retraite_imposable_2024", 20, 2),
    asking("epargne_livret_a", 10, 3),
    asking("taux_incapacite", 10, 4),
    asking("rsdae", 15, 4),
    asking("inapte_travail", 10, 4),
    asking("enceinte", 5, 3),
    asking("boursier", 5, 1),
    asking("rsa_jeune_2ans_travail", 10, 1),
];

/// Questions about each child.
pub const CHILD: [Asking; 6] = [
    asking("date_naissance", 5, 1),
    asking("scolarite", 5, 1),
    asking("salaire_net_mensuel", 8, 2),
    asking("garde_alternee", 6, 3),
    asking("taux_incapacite", 10, 4),
    asking("aeeh_complement", 10, 4),
];

const ADULT_FIRST: usize = HOUSEHOLD.len();
const CHILD_FIRST: usize = ADULT_FIRST + ADULTS_MAX * ADULT.len();
/// How many questions the largest household has.
pub const COUNT: usize = CHILD_FIRST + CHILDREN_MAX * CHILD.len();
// One bit each.
const _: () = assert!(COUNT <= Questions::BITS as usize);

/// One question, about one person or about the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question(usize);

const fn same(one: &str, other: &str) -> bool {
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    while let ([first, one_rest @ ..], [second, other_rest @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_rest, other_rest);
    }
    one.is_empty() && other.is_empty()
}

/// The line of a field in its table. Called in `const` blocks only: a field that is in no table does not compile.
#[must_use]
pub const fn place(table: &[Asking], field: &str) -> usize {
    let (mut rest, mut index) = (table, 0);
    while let [asking, others @ ..] = rest {
        if same(asking.field, field) {
            return index;
        }
        (rest, index) = (others, index + 1);
    }
    assert!(index < table.len(), "a field that is in no table");
    index
}

impl Question {
    /// About the household, by the line of the table ([`place`]).
    #[must_use]
    pub const fn household(place: usize) -> Self {
        Self(place)
    }

    /// About an adult, by the line of the table.
    #[must_use]
    pub const fn adult(index: usize, place: usize) -> Self {
        Self(ADULT_FIRST + index * ADULT.len() + place)
    }

    /// About a child, by the line of the table.
    #[must_use]
    pub const fn child(index: usize, place: usize) -> Self {
        Self(CHILD_FIRST + index * CHILD.len() + place)
    }

    /// Its bit.
    #[must_use]
    pub fn bit(self) -> Questions {
        1 << self.0
    }

    /// The questions of a set.
    pub fn of(set: Questions) -> impl Iterator<Item = Self> {
        (0..COUNT).filter(move |index| set >> index & 1 == 1).map(Self)
    }

    /// The line of the table.
    #[must_use]
    pub fn asking(self) -> Asking {
        let line = match self.0 {
            index if index < ADULT_FIRST => HOUSEHOLD.get(index),
            index if index < CHILD_FIRST => ADULT.get((index - ADULT_FIRST) % ADULT.len()),
            index => CHILD.get((index - CHILD_FIRST) % CHILD.len()),
        };
        line.copied().unwrap_or(asking("", 1, 1))
    }

    /// Where the answer stands: `adultes[0].salaire_net_mensuel`.
    #[must_use]
    pub fn path(self) -> String {
        let field = self.asking().field;
        match self.0 {
            index if index < ADULT_FIRST => field.to_owned(),
            index if index < CHILD_FIRST => format!("adultes[{}].{field}", (index - ADULT_FIRST) / ADULT.len()),
            index => format!("enfants[{}].{field}", (index - CHILD_FIRST) / CHILD.len()),
        }
    }
}
