//! A point on the ground, in millionths of a degree: 11 cm, and the same point is always equal to itself.

use serde::{Deserialize, Serialize};

use crate::cell;
use crate::refusal::RefusalCode;

/// Metres of one degree of latitude, and of longitude at the equator (mean Earth radius 6,371,009 m).
const DEGREE_M: f64 = 111_195.08;

/// A place on Earth in WGS84.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Latitude, in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude, in millionths of a degree.
    pub longitude_e6: i32,
}

impl Point {
    /// From degrees.
    ///
    /// # Errors
    /// [`RefusalCode::CoordinatesOutOfRange`] when they are no degrees (or the point zero, zero, which means "unknown"), and
    /// [`RefusalCode::CoordinatesSwapped`] when only their exchange falls in mainland France.
    pub fn from_degrees(latitude: f64, longitude: f64) -> Result<Self, RefusalCode> {
        let in_range = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        if !in_range || (latitude == 0.0 && longitude == 0.0) {
            return Err(RefusalCode::CoordinatesOutOfRange);
        }
        if !in_mainland_france(latitude, longitude) && in_mainland_france(longitude, latitude) {
            return Err(RefusalCode::CoordinatesSwapped);
        }
        Ok(Self { latitude_e6: millionths(latitude), longitude_e6: millionths(longitude) })
    }

    /// From metres in Lambert-93, the projection of French public data.
    ///
    /// # Errors
    /// [`RefusalCode::CoordinatesOutOfRange`] outside mainland France.
    pub fn from_lambert93(x: f64, y: f64) -> Result<Self, RefusalCode> {
        if !(0.0..=1_300_000.0).contains(&x) || !(6_000_000.0..=7_200_000.0).contains(&y) {
            return Err(RefusalCode::CoordinatesOutOfRange);
        }
        let (latitude, longitude) = lambert93_to_degrees(x, y);
        Self::from_degrees(latitude, longitude)
    }

    /// From the cells of a line: latitude and longitude, or else x and y, which may be degrees or Lambert-93. None when all
    /// are empty.
    pub(crate) fn from_cells(latitude: &str, longitude: &str, x: &str, y: &str) -> Option<Result<Self, RefusalCode>> {
        let pair = |first: &str, second: &str| {
            let both = cell::decimal(first).zip(cell::decimal(second));
            both.ok_or(RefusalCode::PointUnreadable)
        };
        if !latitude.is_empty() || !longitude.is_empty() {
            return Some(pair(latitude, longitude).and_then(|(lat, lon)| Self::from_degrees(lat, lon)));
        }
        if x.is_empty() && y.is_empty() {
            return None;
        }
        Some(pair(x, y).and_then(|(x, y)| {
            if x.abs() <= 180.0 && y.abs() <= 90.0 { Self::from_degrees(y, x) } else { Self::from_lambert93(x, y) }
        }))
    }

    /// Latitude in degrees.
    #[must_use]
    pub fn latitude(self) -> f64 {
        f64::from(self.latitude_e6) / 1e6
    }

    /// Longitude in degrees.
    #[must_use]
    pub fn longitude(self) -> f64 {
        f64::from(self.longitude_e6) / 1e6
    }

    /// Where `other` is from here, in metres east and north. A local plane: right to 1 % over 100 km at French latitudes,
    /// and far better over the tens of metres where it decides.
    #[must_use]
    pub fn metres_to(self, other: Self) -> (f64, f64) {
        let middle = f64::midpoint(self.latitude(), other.latitude()).to_radians();
        let east = f64::from(other.longitude_e6) - f64::from(self.longitude_e6);
        let north = f64::from(other.latitude_e6) - f64::from(self.latitude_e6);
        (east / 1e6 * DEGREE_M * middle.cos(), north / 1e6 * DEGREE_M)
    }

    /// Distance to another point, in metres.
    #[must_use]
    pub fn distance_m(self, other: Self) -> f64 {
        let (east, north) = self.metres_to(other);
        east.hypot(north)
    }
}

fn in_mainland_france(latitude: f64, longitude: f64) -> bool {
    (41.0..=51.5).contains(&latitude) && (-5.5..=10.0).contains(&longitude)
}

#[expect(clippy::cast_possible_truncation, reason = "the value was checked to be within ±180 degrees")]
fn millionths(degrees: f64) -> i32 {
    (degrees * 1e6).round() as i32
}

/// Inverse of the conformal conic projection (IGN, note NT/G 71, algorithm ALG0004), on the GRS80 ellipsoid.
fn lambert93_to_degrees(x: f64, y: f64) -> (f64, f64) {
    const EXPONENT: f64 = 0.725_607_765_053_267_1;
    const CONSTANT: f64 = 11_754_255.426_096;
    const POLE_X: f64 = 700_000.0;
    const POLE_Y: f64 = 12_655_612.049_876;
    const ECCENTRICITY: f64 = 0.081_819_191_042_815_79;
    let radius = (x - POLE_X).hypot(y - POLE_Y);
    let longitude = 3.0 + ((x - POLE_X) / (POLE_Y - y)).atan().to_degrees() / EXPONENT;
    let isometric = -(radius / CONSTANT).ln() / EXPONENT;
    let mut latitude = 2.0 * isometric.exp().atan() - std::f64::consts::FRAC_PI_2;
    // Each turn gains two digits: six turns are beyond the millionth of a degree.
    for _ in 0..6 {
        let sine = ECCENTRICITY * latitude.sin();
        let stretch = ((1.0 + sine) / (1.0 - sine)).powf(ECCENTRICITY / 2.0);
        latitude = 2.0 * (stretch * isometric.exp()).atan() - std::f64::consts::FRAC_PI_2;
    }
    (latitude.to_degrees(), longitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lambert93_is_read() {
        let origin = Point::from_lambert93(700_000.0, 6_600_000.0).expect("a point of France");
        assert_eq!((origin.latitude_e6, origin.longitude_e6), (46_500_000, 3_000_000), "the origin of the projection");
        let escoulis = Point::from_lambert93(539_416.13, 6_225_601.11);
        assert_eq!(escoulis, Point::from_degrees(43.111_637, 1.028_392), "a published address that has both");
        let paris = Point::from_lambert93(652_381.0, 6_862_047.0).expect("a point of France");
        let known = Point::from_degrees(48.8567, 2.3510).expect("a point of France");
        assert!(paris.distance_m(known) < 2.0, "the town hall square of Paris is found, not {paris:?}");
    }

    #[test]
    fn points_are_read_from_any_cells() {
        let tours = Point::from_degrees(47.39, 0.69);
        for cells in [["47.39", "0.69", "", ""], ["47,39", "0,69", "1", "1"], ["", "", "0.69", "47.39"]] {
            let [latitude, longitude, x, y] = cells;
            assert_eq!(Point::from_cells(latitude, longitude, x, y), Some(tours), "{cells:?}");
        }
        assert_eq!(Point::from_cells("", "", "", ""), None, "no point is no fault");
        for (cells, code) in [
            (["0.69", "47.39", "", ""], RefusalCode::CoordinatesSwapped),
            (["0", "0", "", ""], RefusalCode::CoordinatesOutOfRange),
            (["525000", "6700000", "", ""], RefusalCode::CoordinatesOutOfRange),
            (["47.39", "", "", ""], RefusalCode::PointUnreadable),
            (["", "", "quarante", "6700000"], RefusalCode::PointUnreadable),
            (["", "", "525000", "1700000"], RefusalCode::CoordinatesOutOfRange),
        ] {
            let [latitude, longitude, x, y] = cells;
            assert_eq!(Point::from_cells(latitude, longitude, x, y), Some(Err(code)), "{cells:?}");
        }
        assert!(Point::from_degrees(-20.9, 55.5).is_ok(), "La Réunion is France too");
        assert!(Point::from_degrees(-12.8, 45.2).is_ok(), "so is Mayotte");
    }
}
