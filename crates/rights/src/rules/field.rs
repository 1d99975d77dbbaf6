//! The answers that a rule may name, and what kind of value each is.

use crate::answers::{Adult, Child, Choice, Household, activity, home, school, situation};
use crate::case::Case;
use crate::number::Number;
use crate::truth::Truth;

/// Whose fields an expression names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'a> {
    Household,
    Adult(&'a Adult),
    Child(&'a Child),
}

/// The value of a field.
pub(crate) enum Answer {
    Number(Number),
    Truth(Truth),
    Choice(Choice, &'static [(&'static str, u8)]),
}

/// The kinds of value, for the check of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Number,
    YesNo,
    Words(&'static [(&'static str, u8)]),
}

/// Fields of the household, with their kinds.
pub(crate) const OF_HOUSEHOLD: [(&str, Kind); 13] = [
    ("situation_couple", Kind::Words(situation::WORDS)),
    ("isolement_recent", Kind::YesNo),
    ("rsa_percu_mensuel", Kind::Number),
    ("logement.statut", Kind::Words(home::WORDS)),
    ("logement.loyer_mensuel", Kind::Number),
    ("logement.colocation", Kind::YesNo),
    ("logement.participation_frais", Kind::YesNo),
    // The adults and the children.
    ("foyer.personnes", Kind::Number),
    ("foyer.enfants", Kind::Number),
    // What all adults told of their incomes, net: of a month, and twelve times that.
    ("foyer.ressources_mensuelles", Kind::Number),
    ("foyer.ressources_annuelles", Kind::Number),
    // Taxable, of the year N-2.
    ("foyer.revenu_fiscal_annuel", Kind::Number),
    // At least one adult may stay in France.
    ("foyer.droit_au_sejour", Kind::YesNo),
];

/// Fields of an adult, with their kinds.
pub(crate) const OF_ADULT: [(&str, Kind); 13] = [
    ("age", Kind::Number),
    ("activite", Kind::Words(activity::WORDS)),
    ("mois_chomage", Kind::Number),
    ("salaire_net_mensuel", Kind::Number),
    ("chomage_mensuel", Kind::Number),
    ("retraite_mensuelle", Kind::Number),
    ("pension_invalidite_mensuelle", Kind::Number),
    ("taux_incapacite", Kind::Number),
    ("rsdae", Kind::YesNo),
    ("inapte_travail", Kind::YesNo),
    ("enceinte", Kind::YesNo),
    ("boursier", Kind::YesNo),
    ("droit_au_sejour", Kind::YesNo),
];

/// Fields of a child, with their kinds.
pub(crate) const OF_CHILD: [(&str, Kind); 5] = [
    ("age", Kind::Number),
    ("scolarite", Kind::Words(school::WORDS)),
    ("salaire_net_mensuel", Kind::Number),
    ("garde_alternee", Kind::YesNo),
    ("taux_incapacite", Kind::Number),
];

fn whole(count: usize) -> Number {
    Number::whole(i32::try_from(count).unwrap_or(i32::MAX))
}

fn incomes(adult: &Adult) -> Number {
    adult.wage + adult.self_employed + adult.unemployment + adult.pension + adult.invalidity + adult.alimony_received
}

fn of_household(case: &Case<'_>, household: &Household, field: &str) -> Option<Answer> {
    Some(match field {
        "situation_couple" => Answer::Choice(household.situation, situation::WORDS),
        "isolement_recent" => Answer::Truth(household.recently_alone),
        "rsa_percu_mensuel" => Answer::Number(household.rsa_received),
        "logement.statut" => Answer::Choice(household.home, home::WORDS),
        "logement.loyer_mensuel" => Answer::Number(household.rent),
        "logement.colocation" => Answer::Truth(household.shared_home),
        "logement.participation_frais" => Answer::Truth(household.pays_host),
        "foyer.personnes" => Answer::Number(whole(household.adults.len() + household.children.len())),
        "foyer.enfants" => Answer::Number(whole(household.children.len())),
        "foyer.ressources_mensuelles" => Answer::Number(household.adults.iter().map(incomes).sum()),
        "foyer.ressources_annuelles" => Answer::Number(household.adults.iter().map(incomes).sum::<Number>() * 12),
        "foyer.revenu_fiscal_annuel" => Answer::Number(case.reference_incomes().0),
        "foyer.droit_au_sejour" => Answer::Truth(household.adults.iter().any(|adult| !adult.without_permit).into()),
        _ => return None,
    })
}

fn of_adult(case: &Case<'_>, adult: &Adult, field: &str) -> Option<Answer> {
    Some(match field {
        "age" => Answer::Number(adult.birth.age(case.now)),
        "activite" => Answer::Choice(adult.activity, activity::WORDS),
        "mois_chomage" => Answer::Number(adult.months_unemployed),
        "salaire_net_mensuel" => Answer::Number(adult.wage),
        "chomage_mensuel" => Answer::Number(adult.unemployment),
        "retraite_mensuelle" => Answer::Number(adult.pension),
        "pension_invalidite_mensuelle" => Answer::Number(adult.invalidity),
        "taux_incapacite" => Answer::Number(adult.disability),
        "rsdae" => Answer::Truth(adult.hard_to_employ),
        "inapte_travail" => Answer::Truth(adult.unfit),
        "enceinte" => Answer::Truth(adult.pregnant),
        "boursier" => Answer::Truth(adult.grant),
        "droit_au_sejour" => Answer::Truth((!adult.without_permit).into()),
        _ => return None,
    })
}

fn of_child(case: &Case<'_>, child: &Child, field: &str) -> Option<Answer> {
    Some(match field {
        "age" => Answer::Number(child.birth.age(case.now)),
        "scolarite" => Answer::Choice(child.school, school::WORDS),
        "salaire_net_mensuel" => Answer::Number(child.wage),
        "garde_alternee" => Answer::Truth(child.shared_custody),
        "taux_incapacite" => Answer::Number(child.disability),
        _ => return None,
    })
}

/// The value of a field of a subject; none for a field that it does not have.
pub(crate) fn answer(case: &Case<'_>, subject: Subject<'_>, field: &str) -> Option<Answer> {
    match subject {
        Subject::Household => of_household(case, case.household, field),
        Subject::Adult(adult) => of_adult(case, adult, field),
        Subject::Child(child) => of_child(case, child, field),
    }
}
