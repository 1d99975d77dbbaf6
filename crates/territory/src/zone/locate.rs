//! The neighbourhood of a point. Published contours are rounded to about 11 m, so near an edge a person must confirm.

use serde::Serialize;

use super::{Contour, Zone};
use crate::point::Point;

/// Within this distance of an edge, in metres, the answer is "à confirmer": twice the rounding of the contours.
pub const EDGE_MARGIN_M: f64 = 25.0;

/// What is known of a place's neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum QpvStatus {
    /// In it, and far from its edge.
    Inside,
    /// In none, and far from any edge.
    Outside,
    /// Too near an edge to say.
    ToConfirm,
    /// No point, or no contour to compare it with.
    Unknown,
}

impl QpvStatus {
    /// The text code: `inside`, `outside`, `to_confirm`, `unknown`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Inside => "inside",
            Self::Outside => "outside",
            Self::ToConfirm => "to_confirm",
            Self::Unknown => "unknown",
        }
    }

    /// From the text code; a code of a later version is unknown.
    #[must_use]
    pub fn of(code: &str) -> Self {
        [Self::Inside, Self::Outside, Self::ToConfirm]
            .into_iter()
            .find(|status| status.as_str() == code)
            .unwrap_or(Self::Unknown)
    }
}

/// The neighbourhood of one point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QpvOfPoint {
    /// What is known.
    pub status: QpvStatus,
    /// Its code when inside, the code to confirm when too near; empty otherwise.
    pub code: String,
    /// Distance to the nearest edge of any neighbourhood, in whole metres; none when unknown.
    pub edge_m: Option<u32>,
}

impl QpvOfPoint {
    /// No point, or no contour.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { status: QpvStatus::Unknown, code: String::new(), edge_m: None }
    }
}

/// Neighbourhoods, ready to be asked.
#[derive(Debug)]
pub struct ZoneMap<'z> {
    zones: Vec<(&'z Zone, Frame)>,
}

impl<'z> ZoneMap<'z> {
    /// Prepares the neighbourhoods.
    pub fn new(zones: impl IntoIterator<Item = &'z Zone>) -> Self {
        Self { zones: zones.into_iter().filter_map(|zone| Some((zone, Frame::of(zone)?))).collect() }
    }

    /// The neighbourhood of a point.
    #[must_use]
    pub fn locate(&self, point: Option<Point>) -> QpvOfPoint {
        let Some(point) = point else { return QpvOfPoint::unknown() };
        let holder = self.zones.iter().find(|(zone, frame)| frame.holds(point) && contains(zone, point));
        let Some((nearest, edge_m)) = self.nearest(point) else { return QpvOfPoint::unknown() };
        let (status, code) = match holder {
            // Deep in one whose neighbour's edge is near: only its own edge counts.
            Some((zone, _)) if edge_of(zone, point) > EDGE_MARGIN_M => (QpvStatus::Inside, zone.code.clone()),
            Some((zone, _)) => (QpvStatus::ToConfirm, zone.code.clone()),
            None if edge_m <= EDGE_MARGIN_M => (QpvStatus::ToConfirm, nearest.code.clone()),
            None => (QpvStatus::Outside, String::new()),
        };
        let edge_m = holder.map_or(edge_m, |(zone, _)| edge_of(zone, point));
        QpvOfPoint { status, code, edge_m: Some(whole_metres(edge_m)) }
    }

    fn nearest(&self, point: Point) -> Option<(&'z Zone, f64)> {
        let mut best: Option<(&'z Zone, f64)> = None;
        for (zone, frame) in &self.zones {
            if best.is_some_and(|(_, edge_m)| frame.distance_m(point) > edge_m) {
                continue;
            }
            let edge_m = edge_of(zone, point);
            if best.is_none_or(|(_, nearest_m)| edge_m < nearest_m) {
                best = Some((zone, edge_m));
            }
        }
        best
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth, never negative")]
fn whole_metres(metres: f64) -> u32 {
    metres.round() as u32
}

/// The rectangle around a neighbourhood: it spares most comparisons.
#[derive(Debug)]
struct Frame {
    south_west: Point,
    north_east: Point,
}

impl Frame {
    fn of(zone: &Zone) -> Option<Self> {
        let mut corners = zone.contours.iter().flat_map(|contour| contour.outer.iter().copied());
        let first = corners.next()?;
        let mut frame = Self { south_west: first, north_east: first };
        for corner in corners {
            frame.south_west.latitude_e6 = frame.south_west.latitude_e6.min(corner.latitude_e6);
            frame.south_west.longitude_e6 = frame.south_west.longitude_e6.min(corner.longitude_e6);
            frame.north_east.latitude_e6 = frame.north_east.latitude_e6.max(corner.latitude_e6);
            frame.north_east.longitude_e6 = frame.north_east.longitude_e6.max(corner.longitude_e6);
        }
        Some(frame)
    }

    fn nearest_to(&self, point: Point) -> Point {
        Point {
            latitude_e6: point.latitude_e6.clamp(self.south_west.latitude_e6, self.north_east.latitude_e6),
            longitude_e6: point.longitude_e6.clamp(self.south_west.longitude_e6, self.north_east.longitude_e6),
        }
    }

    fn holds(&self, point: Point) -> bool {
        self.nearest_to(point) == point
    }

    /// A little less than the distance to anything in the frame: the local plane is right to 1 %.
    fn distance_m(&self, point: Point) -> f64 {
        point.distance_m(self.nearest_to(point)) * 0.97
    }
}

fn contains(zone: &Zone, point: Point) -> bool {
    zone.contours
        .iter()
        .any(|contour| in_ring(&contour.outer, point) && !contour.holes.iter().any(|hole| in_ring(hole, point)))
}

/// The sides of a ring, the last corner joined to the first.
fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> + '_ {
    ring.iter().copied().zip(ring.iter().copied().cycle().skip(1))
}

/// Counts the sides crossed by a line going east; whole numbers, so exact.
fn in_ring(ring: &[Point], point: Point) -> bool {
    let (x, y) = (i64::from(point.longitude_e6), i64::from(point.latitude_e6));
    let mut inside = false;
    for (from, to) in sides(ring) {
        let (x1, y1) = (i64::from(from.longitude_e6), i64::from(from.latitude_e6));
        let (x2, y2) = (i64::from(to.longitude_e6), i64::from(to.latitude_e6));
        if (y1 > y) == (y2 > y) {
            continue;
        }
        // Where the side meets the line, without dividing: the sign of the height tells which way to compare.
        let crossing = (x - x1) * (y2 - y1) < (x2 - x1) * (y - y1);
        if crossing == (y2 > y1) {
            inside = !inside;
        }
    }
    inside
}

/// Distance to the nearest side of the neighbourhood, in metres.
fn edge_of(zone: &Zone, point: Point) -> f64 {
    let rings = |contour: &'_ Contour| {
        std::iter::once(&contour.outer)
            .chain(&contour.holes)
            .map(|ring| ring_distance(ring, point))
            .fold(f64::MAX, f64::min)
    };
    zone.contours.iter().map(rings).fold(f64::MAX, f64::min)
}

fn ring_distance(ring: &[Point], point: Point) -> f64 {
    sides(ring).map(|(from, to)| side_distance(point, from, to)).fold(f64::MAX, f64::min)
}

fn side_distance(point: Point, from: Point, to: Point) -> f64 {
    let (x1, y1) = point.metres_to(from);
    let (x2, y2) = point.metres_to(to);
    let (dx, dy) = (x2 - x1, y2 - y1);
    let length = dx * dx + dy * dy;
    // How far along the side its nearest point is, from 0 to 1; a side without length is a point.
    let along = if length > 0.0 { (-(x1 * dx + y1 * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x1 + along * dx).hypot(y1 + along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(latitude_e6: i32, longitude_e6: i32) -> Point {
        Point { latitude_e6, longitude_e6 }
    }

    fn square(code: &str, south: i32, west: i32, side: i32, hole: Option<i32>) -> Zone {
        let ring = |inset: i32| {
            let (s, w, n, e) = (south + inset, west + inset, south + side - inset, west + side - inset);
            vec![point(s, w), point(s, e), point(n, e), point(n, w)]
        };
        let holes = hole.map(ring).into_iter().collect();
        Zone {
            code: code.to_owned(),
            name: code.to_owned(),
            communes: Vec::new(),
            contours: vec![Contour { outer: ring(0), holes }],
            invented: true,
        }
    }

    fn check(zones: &[Zone], at: Point, status: QpvStatus, code: &str) -> QpvOfPoint {
        let answer = ZoneMap::new(zones).locate(Some(at));
        assert_eq!((answer.status, answer.code.as_str()), (status, code), "{at:?} gives {answer:?}");
        answer
    }

    #[test]
    fn both_sides_of_the_margin() {
        // 10,000 millionths of a degree of latitude are 1,112 m; 225 are 25.02 m and 224 are 24.9 m.
        let zones = [square("A", 47_000_000, 0, 10_000, None)];
        check(&zones, point(47_005_000, 5_000), QpvStatus::Inside, "A");
        check(&zones, point(47_000_226, 5_000), QpvStatus::Inside, "A");
        check(&zones, point(47_000_223, 5_000), QpvStatus::ToConfirm, "A");
        check(&zones, point(46_999_777, 5_000), QpvStatus::ToConfirm, "A");
        check(&zones, point(46_999_774, 5_000), QpvStatus::Outside, "");
        let corner = check(&zones, point(46_999_000, -1_000), QpvStatus::Outside, "");
        assert_eq!(corner.edge_m, Some(135), "the corner is 111 m north and 76 m east");
    }

    #[test]
    fn holes_neighbours_and_nothing() {
        let holed = [square("A", 47_000_000, 0, 10_000, Some(3_000))];
        check(&holed, point(47_005_000, 5_000), QpvStatus::Outside, "");
        check(&holed, point(47_001_500, 5_000), QpvStatus::Inside, "A");
        check(&holed, point(47_003_100, 5_000), QpvStatus::ToConfirm, "A");
        let pair = [square("A", 47_000_000, 0, 10_000, None), square("B", 47_010_100, 0, 10_000, None)];
        check(&pair, point(47_010_020, 5_000), QpvStatus::ToConfirm, "A");
        check(&pair, point(47_010_080, 5_000), QpvStatus::ToConfirm, "B");
        check(&pair, point(47_015_000, 5_000), QpvStatus::Inside, "B");
        assert_eq!(ZoneMap::new(&pair).locate(None), QpvOfPoint::unknown(), "no point, no answer");
        let none: [Zone; 0] = [];
        assert_eq!(ZoneMap::new(&none).locate(Some(point(0, 1))), QpvOfPoint::unknown(), "no contour, no answer");
    }

    #[test]
    fn codes_round_trip() {
        for status in [QpvStatus::Inside, QpvStatus::Outside, QpvStatus::ToConfirm, QpvStatus::Unknown] {
            assert_eq!(QpvStatus::of(status.as_str()), status, "a stored code is read back");
        }
        assert_eq!(QpvStatus::of("later"), QpvStatus::Unknown, "a later code is unknown here");
    }
}
