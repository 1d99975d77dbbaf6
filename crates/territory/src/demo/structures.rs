//! Three made-up structures. Their phone numbers are of the range that the regulator keeps for fiction, their domain is
//! reserved for examples.

use palier_domain::place;
use uuid::Uuid;

use super::neighbourhoods::corner;
use crate::point::Point;
use crate::structure::{Hours, Structure};

/// Name, address, phone, e-mail, hours, network.
const STRUCTURES: [[&str; 6]; 3] = [
    [
        "Centre social Les Paliers (démonstration)",
        "1 allée du Cerf-Volant-Rouge",
        "02 61 91 00 01",
        "accueil@paliers.example",
        "Mo-Fr 09:00-12:00,14:00-18:00; PH off",
        "fcsf",
    ],
    [
        "Régie de quartier La Marelle (démonstration)",
        "1 rue des Trois-Parapluies",
        "02 61 91 00 02",
        "accueil@marelle.example",
        "Mo-Th 08:30-12:30,13:30-17:00; Fr 08:30-12:30; PH off",
        "",
    ],
    [
        "France services Le Cerf-Volant (démonstration)",
        "3 rue de la Soupe-aux-Étoiles",
        "02 61 91 00 03",
        "accueil@cerf-volant.example",
        "Tu 09:00-12:00,13:30-17:00; Th 13:30-19:00; PH off",
        "france-service",
    ],
];

/// Rank of the neighbourhoods where they stand: Sanitas, Europe, Sanitas.
const PLACES: [usize; 3] = [7, 6, 7];

/// The structures.
pub(super) fn structures(territory: Uuid) -> Vec<Structure> {
    (1..)
        .zip(STRUCTURES.iter().zip(PLACES))
        .map(|(rank, (texts, place))| structure(territory, rank, texts, place))
        .collect()
}

fn structure(territory: Uuid, rank: i32, texts: &[&str; 6], zone_rank: usize) -> Structure {
    let [name, address, phone, email, hours, network] = texts.map(str::to_owned);
    let key = format!("demonstration--{rank}");
    let corner = corner(zone_rank);
    let point =
        Point { latitude_e6: corner.latitude_e6 + 1_000 * rank, longitude_e6: corner.longitude_e6 + 1_500 * rank };
    Structure {
        id: place::derived_id("structure", territory, &key),
        key,
        source: "demonstration".to_owned(),
        licence: "EUPL-1.2".to_owned(),
        updated_on: String::new(),
        name,
        address,
        address_extra: String::new(),
        postcode: if zone_rank == 6 { "37100" } else { "37000" }.to_owned(),
        commune: "Tours".to_owned(),
        commune_insee: "37261".to_owned(),
        point: Some(point),
        phone,
        email,
        website: String::new(),
        source_link: String::new(),
        accessibility_link: String::new(),
        siret: String::new(),
        hours: Hours { osm: hours, published: String::new(), to_check: false },
        by_appointment: None,
        networks: if network.is_empty() { Vec::new() } else { vec![network] },
        description: "Structure inventée pour la démonstration.".to_owned(),
        description_mentions_hours: false,
        invented: true,
    }
}
