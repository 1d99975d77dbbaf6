//! Made-up services of the made-up structures: one of each way of getting in, of several needs.

use palier_domain::place;
use uuid::Uuid;

use crate::offer::Service;
use crate::structure::{Hours, Structure};

/// Rank of the structure, name, description, themes (joined by spaces), hours, access.
const SERVICES: [(usize, &str, &str, &str, &str, &str); 5] = [
    (
        0,
        "Permanence accès aux droits (démonstration)",
        "On vous aide à remplir vos papiers et vos demandes.",
        "difficultes-administratives-ou-juridiques--accompagnement-pour-lacces-aux-droits difficultes-financieres",
        "Tu,Th 14:00-17:30; PH off",
        "unconditional",
    ),
    (
        0,
        "Ateliers de français (démonstration)",
        "Apprendre à parler, à lire et à écrire.",
        "lecture-ecriture-calcul--maitriser-le-francais",
        "Mo,We 09:30-11:30; PH off",
        "appointment",
    ),
    (
        1,
        "Aide au logement (démonstration)",
        "Demande de HLM, impayés, travaux.",
        "logement-hebergement--louer-un-logement logement-hebergement--reduire-les-impayes-de-loyer",
        "",
        "appointment",
    ),
    (
        2,
        "Aide pour internet (démonstration)",
        "Un ordinateur, et quelqu’un pour vous montrer.",
        "numerique--acceder-a-des-services-en-ligne numerique--maitriser-les-fondamentaux-du-numerique",
        "Th 13:30-19:00; PH off",
        "unconditional",
    ),
    (
        1,
        "Accompagnement vers l’emploi (démonstration)",
        "Un conseiller pour chercher un travail ou une formation.",
        "trouver-un-emploi--repondre-a-des-offres-demploi se-former--trouver-sa-formation",
        "Mo-Fr 09:00-12:00; PH off",
        "referral",
    ),
];

/// The services of these structures.
pub(super) fn services(territory: Uuid, structures: &[Structure]) -> Vec<Service> {
    let one =
        |(rank, (of, name, description, themes, hours, access)): (usize, (usize, &str, &str, &str, &str, &str))| {
            let structure = structures.get(of)?;
            let key = format!("demonstration--service-{}", rank + 1);
            Some(Service {
                id: place::derived_id("service", territory, &key),
                key,
                structure: structure.key.clone(),
                source: structure.source.clone(),
                licence: structure.licence.clone(),
                updated_on: String::new(),
                name: name.to_owned(),
                description: description.to_owned(),
                themes: themes.split(' ').map(str::to_owned).collect(),
                audiences: vec!["tous-publics".to_owned()],
                address: String::new(),
                commune: String::new(),
                point: None,
                phone: String::new(),
                email: String::new(),
                link: String::new(),
                hours: Hours { osm: hours.to_owned(), published: String::new(), to_check: false },
                access: access.to_owned(),
                fees: "gratuit".to_owned(),
                invented: true,
            })
        };
    SERVICES.into_iter().enumerate().filter_map(one).collect()
}
