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

/// Whom a screen asks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Household,
    Adult,
    /// All children at once.
    Children,
}

/// Fields that one question on a landing settles together: one document, one look around, one list to tap in.
#[derive(Debug, Clone, Copy)]
struct Together {
    code: &'static str,
    about: About,
    fields: &'static [&'static str],
    /// Seconds to ask, and more for each child.
    seconds: (u32, u32),
    intrusion: u32,
}

const fn together(
    code: &'static str,
    about: About,
    fields: &'static [&'static str],
    seconds: (u32, u32),
    intrusion: u32,
) -> Together {
    Together { code, about, fields, seconds, intrusion }
}

/// What is asked together. Nationality is never asked as such: the question is what the residence permit opens.
const TOGETHER: [Together; 11] = [
    together(
        "logement",
        About::Household,
        &["logement.statut", "logement.colocation", "logement.participation_frais"],
        (8, 0),
        1,
    ),
    together("droit_au_sejour", About::Adult, &["nationalite", "annees_titre_sejour"], (10, 0), 3),
    together(
        "revenus",
        About::Adult,
        &[
            "salaire_net_mensuel",
            "chomage_mensuel",
            "retraite_mensuelle",
            "pension_invalidite_mensuelle",
            "pension_alimentaire_percue_mensuelle",
            "pension_alimentaire_versee_mensuelle",
            "benefice_independant_mensuel",
        ],
        (12, 0),
        2,
    ),
    together(
        "avis_impot",
        About::Adult,
        &["salaire_imposable_2024", "chomage_imposable_2024", "retraite_imposable_2024"],
        (25, 0),
        2,
    ),
    together("activite", About::Adult, &["activite", "mois_chomage"], (8, 0), 1),
    together("handicap", About::Adult, &["taux_incapacite", "rsdae", "inapte_travail"], (12, 0), 4),
    together("ages", About::Children, &["date_naissance"], (2, 3), 1),
    together("ecole", About::Children, &["scolarite"], (2, 3), 1),
    together("salaires", About::Children, &["salaire_net_mensuel"], (6, 1), 2),
    together("garde", About::Children, &["garde_alternee"], (6, 1), 3),
    together("handicap", About::Children, &["taux_incapacite", "aeeh_complement"], (10, 1), 4),
];

/// Whom a question is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Person {
    /// The household as a whole.
    Nobody,
    /// An adult, counted from 0.
    Adult(usize),
    /// A child, counted from 0.
    Child(usize),
}

/// What is asked next: one field, or several together.
#[derive(Debug, Clone)]
pub struct Screen {
    /// `adultes[0].revenus`, `enfants.ages`, or the path of the one field.
    pub code: String,
    /// The questions it settles.
    pub settles: Questions,
    /// Seconds it takes on a landing.
    pub seconds: u32,
    /// 1 anybody tells, 2 private, 3 sensitive, 4 never first.
    pub intrusion: u32,
}

impl Together {
    /// Its questions for each person it asks about, with the place it stands under.
    fn each(&self) -> Vec<(String, Questions)> {
        let table: &[Asking] = match self.about {
            About::Household => &HOUSEHOLD,
            About::Adult => &ADULT,
            About::Children => &CHILD,
        };
        let lines = || table.iter().enumerate().filter(|(_, line)| self.fields.contains(&line.field));
        let bits = |of: &dyn Fn(usize) -> Question| lines().fold(0, |bits, (line, _)| bits | of(line).bit());
        match self.about {
            About::Household => vec![(self.code.to_owned(), bits(&Question::household))],
            About::Adult => (0..ADULTS_MAX)
                .map(|adult| (format!("adultes[{adult}].{}", self.code), bits(&|line| Question::adult(adult, line))))
                .collect(),
            About::Children => {
                let all = (0..CHILDREN_MAX).fold(0, |all, child| all | bits(&|line| Question::child(child, line)));
                vec![(format!("enfants.{}", self.code), all)]
            }
        }
    }
}

/// The screens that settle these open questions; a field that was told in part stands alone.
#[must_use]
pub fn screens(open: Questions, told_in_part: Questions) -> Vec<Screen> {
    let mut screens = Vec::new();
    let mut left = open;
    for line in &TOGETHER {
        for (code, bits) in line.each() {
            let settles = bits & open & !told_in_part;
            if settles.count_ones() < 2 {
                continue;
            }
            left &= !settles;
            let seconds = line.seconds.0 + line.seconds.1 * settles.count_ones();
            screens.push(Screen { code, settles, seconds, intrusion: line.intrusion });
        }
    }
    screens.extend(Question::of(left).map(|question| {
        let Asking { seconds, intrusion, .. } = question.asking();
        Screen { code: question.path(), settles: question.bit(), seconds, intrusion }
    }));
    screens
}

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

    /// Every question of the largest household.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..COUNT).map(Self)
    }

    /// The questions of a set.
    pub fn of(set: Questions) -> impl Iterator<Item = Self> {
        Self::all().filter(move |question| set & question.bit() != 0)
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

    /// Whom it is about.
    #[must_use]
    pub fn person(self) -> Person {
        match self.0 {
            index if index < ADULT_FIRST => Person::Nobody,
            index if index < CHILD_FIRST => Person::Adult((index - ADULT_FIRST) / ADULT.len()),
            index => Person::Child((index - CHILD_FIRST) / CHILD.len()),
        }
    }

    /// Where the answer stands: `adultes[0].salaire_net_mensuel`.
    #[must_use]
    pub fn path(self) -> String {
        let field = self.asking().field;
        match self.person() {
            Person::Nobody => field.to_owned(),
            Person::Adult(index) => format!("adultes[{index}].{field}"),
            Person::Child(index) => format!("enfants[{index}].{field}"),
        }
    }
}
