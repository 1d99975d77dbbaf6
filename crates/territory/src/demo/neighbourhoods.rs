//! The 13 priority neighbourhoods of Tours Métropole: facts of the decree of 2023. Their contours here are squares on a grid;
//! the true ones are imported.

use crate::point::Point;
use crate::zone::{Contour, Zone};

/// Code, name and commune of a neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QpvFact {
    /// `QN03709M`.
    pub code: &'static str,
    /// Its official name.
    pub name: &'static str,
    /// Its commune.
    pub commune: &'static str,
    /// INSEE code of the commune.
    pub commune_insee: &'static str,
    /// Postcode of most of its addresses.
    pub postcode: &'static str,
}

const fn fact(
    code: &'static str,
    name: &'static str,
    commune: (&'static str, &'static str),
    postcode: &'static str,
) -> QpvFact {
    QpvFact { code, name, commune: commune.0, commune_insee: commune.1, postcode }
}

const JOUE: (&str, &str) = ("Joué-lès-Tours", "37122");
const LA_RICHE: (&str, &str) = ("La Riche", "37195");
const SAINT_PIERRE: (&str, &str) = ("Saint-Pierre-des-Corps", "37233");
const TOURS: (&str, &str) = ("Tours", "37261");

/// The 13 priority neighbourhoods of Tours Métropole Val de Loire, in force since 1 January 2024 (decree 2023-1314).
pub const QPV_OF_TOURS_METROPOLE: [QpvFact; 13] = [
    fact("QN03702M", "Rabière", JOUE, "37300"),
    fact("QN03703M", "Niqueux Bruère - Marcel Pagnol", LA_RICHE, "37520"),
    fact("QN03704M", "Rabaterie", SAINT_PIERRE, "37700"),
    fact("QN03705M", "Fontaines", TOURS, "37200"),
    fact("QN03706I", "Rochepinard", TOURS, "37000"),
    fact("QN03707I", "Rives Du Cher", TOURS, "37000"),
    fact("QN03708M", "Europe", TOURS, "37100"),
    fact("QN03709M", "Sanitas", TOURS, "37000"),
    fact("QN03710M", "Maryse Bastié", TOURS, "37000"),
    fact("QN03711M", "Bords De Loire", TOURS, "37000"),
    fact("QN03713N", "Les Tourettes", TOURS, "37100"),
    fact("QN03714N", "La Galboisière", SAINT_PIERRE, "37700"),
    fact("QN03715N", "Le Morier", JOUE, "37300"),
];

/// Side of a square in millionths of a degree of latitude: 445 m.
pub(super) const SIDE_LATITUDE_E6: i32 = 4_000;
/// Side of a square in millionths of a degree of longitude: about 450 m.
pub(super) const SIDE_LONGITUDE_E6: i32 = 6_000;

/// South-west corner of the square of a neighbourhood: four in a row, 2 km apart, where they are not in truth.
pub(super) fn corner(rank: usize) -> Point {
    let (row, column) = (rank / 4, rank % 4);
    let step = |count: usize, step: i32| i32::try_from(count).unwrap_or(0) * step;
    Point { latitude_e6: 47_330_000 + step(row, 20_000), longitude_e6: 630_000 + step(column, 27_000) }
}

/// The neighbourhoods with their made-up squares.
pub(super) fn zones() -> Vec<Zone> {
    QPV_OF_TOURS_METROPOLE.iter().enumerate().map(|(rank, fact)| zone(rank, fact)).collect()
}

fn zone(rank: usize, fact: &QpvFact) -> Zone {
    let Point { latitude_e6: south, longitude_e6: west } = corner(rank);
    let (north, east) = (south + SIDE_LATITUDE_E6, west + SIDE_LONGITUDE_E6);
    let outer = [(south, west), (south, east), (north, east), (north, west)]
        .map(|(latitude_e6, longitude_e6)| Point { latitude_e6, longitude_e6 })
        .to_vec();
    Zone {
        code: fact.code.to_owned(),
        name: fact.name.to_owned(),
        communes: vec![fact.commune_insee.to_owned()],
        contours: vec![Contour { outer, holes: Vec::new() }],
        invented: true,
    }
}
