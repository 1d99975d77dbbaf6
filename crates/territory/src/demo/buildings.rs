//! Forty made-up buildings: eight shapes in each of five sectors, 240 doors each time.

use palier_domain::place;
use uuid::Uuid;

use super::neighbourhoods::{QPV_OF_TOURS_METROPOLE, SIDE_LATITUDE_E6, SIDE_LONGITUDE_E6, corner};
use crate::dwelling::{Building, Door, Stair};
use crate::point::Point;

/// Streets that do not exist, two for each sector.
const STREETS: [&str; 10] = [
    "allée du Cerf-Volant-Rouge",
    "rue de la Soupe-aux-Étoiles",
    "rue des Trois-Parapluies",
    "square de la Lune-en-Carton",
    "allée des Boîtes-à-Musique",
    "rue du Colibri-de-Papier",
    "place de la Marelle-Bleue",
    "passage du Chat-Botaniste",
    "rue de l'Escargot-Pressé",
    "allée des Lanternes-Bavardes",
];

/// How the doors of a landing are named.
#[derive(Debug, Clone, Copy)]
enum Labels {
    /// 101, 102… 201.
    FloorNumber,
    /// 1, 2, 3… from the bottom up.
    Running,
    /// gauche, droite, or gauche, face, droite.
    Side,
}

/// The shape of a building.
struct Shape {
    stairs: &'static [&'static str],
    lowest_floor: i16,
    highest_floor: i16,
    doors_per_floor: i16,
    labels: Labels,
}

const fn shape(stairs: &'static [&'static str], floors: (i16, i16), doors_per_floor: i16, labels: Labels) -> Shape {
    Shape { stairs, lowest_floor: floors.0, highest_floor: floors.1, doors_per_floor, labels }
}

/// 40, 30, 30, 20, 6, 60, 24 and 30 doors: towers, bars, and one building small enough for its figures to be hidden.
const SHAPES: [Shape; 8] = [
    shape(&[""], (1, 10), 4, Labels::FloorNumber),
    shape(&["Escalier A", "Escalier B", "Escalier C"], (0, 4), 2, Labels::Side),
    shape(&["Entrée 1", "Entrée 2"], (1, 5), 3, Labels::Running),
    shape(&[""], (0, 4), 4, Labels::FloorNumber),
    shape(&[""], (0, 2), 2, Labels::Side),
    shape(&[""], (1, 15), 4, Labels::FloorNumber),
    shape(
        &["Bât. A · Entrée 1", "Bât. A · Entrée 2", "Bât. B · Entrée 1", "Bât. B · Entrée 2"],
        (1, 3),
        2,
        Labels::Side,
    ),
    shape(&["Escalier A", "Escalier B"], (0, 4), 3, Labels::Side),
];

/// The buildings of all sectors.
pub(super) fn buildings(territory: Uuid, sectors: &[(&str, &[&str])]) -> Vec<Building> {
    let mut buildings = Vec::new();
    for (sector_rank, (_, zones)) in sectors.iter().enumerate() {
        for (rank, shape) in SHAPES.iter().enumerate() {
            let zone = zones.get(rank % zones.len().max(1)).copied().unwrap_or_default();
            let facts = QPV_OF_TOURS_METROPOLE.iter().enumerate();
            let Some((zone_rank, fact)) = facts.into_iter().find(|(_, fact)| fact.code == zone) else { continue };
            let street = STREETS.get(sector_rank * 2 + rank / 4).copied().unwrap_or_default();
            let address = format!("{} {street}", 2 + 2 * (rank % 4));
            let id = place::building_id(territory, &address, fact.commune_insee);
            buildings.push(Building {
                id,
                address,
                commune_insee: fact.commune_insee.to_owned(),
                commune: fact.commune.to_owned(),
                postcode: fact.postcode.to_owned(),
                point: Some(point(sector_rank, rank, corner(zone_rank))),
                line: 0,
                stairs: shape.stairs.iter().map(|name| stair(id, name, shape)).collect(),
                invented: true,
            });
        }
    }
    buildings
}

/// In the square, except one building of the first sector (outside) and the fourth of every sector (13 m from the edge).
fn point(sector_rank: usize, rank: usize, corner: Point) -> Point {
    let part = |whole: i32, numerator: usize| whole / 10 * i32::try_from(numerator).unwrap_or(0);
    let east = corner.longitude_e6 + part(SIDE_LONGITUDE_E6, 1 + rank);
    let north = match (sector_rank, rank) {
        (0, 6) => -900,
        (_, 3) => 120,
        _ => part(SIDE_LATITUDE_E6, 2 + rank % 4 * 2),
    };
    Point { latitude_e6: corner.latitude_e6 + north, longitude_e6: east }
}

fn stair(building: Uuid, name: &str, shape: &Shape) -> Stair {
    let id = place::stair_id(building, name);
    let mut doors = Vec::new();
    for floor in shape.lowest_floor..=shape.highest_floor {
        for rank in 1..=shape.doors_per_floor {
            let running = (floor - shape.lowest_floor) * shape.doors_per_floor + rank;
            let label = match shape.labels {
                Labels::FloorNumber => format!("{floor}{rank:02}"),
                Labels::Running => running.to_string(),
                Labels::Side => side(rank, shape.doors_per_floor).to_owned(),
            };
            doors.push(Door { id: place::door_id(id, floor, &label), floor, label });
        }
    }
    Stair { id, name: name.to_owned(), doors }
}

const fn side(rank: i16, of: i16) -> &'static str {
    match (rank, of) {
        (1, _) => "gauche",
        (2, 3) => "face",
        _ => "droite",
    }
}
