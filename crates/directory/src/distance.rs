//! How far one walks, estimated without a map of the streets.

/// Mean radius of the Earth, in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

/// Walked metres per hundred metres of the straight line. A convention of ours between the 1.27 of a street grid walked in
/// every direction (4 / π, the mean of |cos| + |sin|) and the detours of closed blocks; shown as "environ", never as a route.
pub const DETOUR_PERCENT: u32 = 130;

/// Metres walked in a minute: 4 km/h, the pace of people who are not in a hurry.
pub const METRES_A_MINUTE: u32 = 67;

/// A place, in millionths of degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Degrees north × 1,000,000.
    pub latitude_e6: i32,
    /// Degrees east × 1,000,000.
    pub longitude_e6: i32,
}

impl Place {
    /// Estimated metres on foot to another place: great circle × [`DETOUR_PERCENT`].
    #[must_use]
    pub fn walk_m(self, other: Self) -> u32 {
        let metres = self.great_circle_m(other) * f64::from(DETOUR_PERCENT) / 100.0;
        // At most half the Earth × 1.3 = 26,000 km: it fits, and is not negative.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bounded by the Earth")]
        let rounded = metres.round() as u32;
        rounded
    }

    fn great_circle_m(self, other: Self) -> f64 {
        let radians = |e6: i32| (f64::from(e6) / 1e6).to_radians();
        let (from, to) = (radians(self.latitude_e6), radians(other.latitude_e6));
        let north = ((to - from) / 2.0).sin();
        let east = ((radians(other.longitude_e6) - radians(self.longitude_e6)) / 2.0).sin();
        let chord = north * north + from.cos() * to.cos() * east * east;
        2.0 * EARTH_RADIUS_M * chord.clamp(0.0, 1.0).sqrt().asin()
    }
}

/// Minutes of a walk, rounded up.
#[must_use]
pub fn walk_minutes(metres: u32) -> u32 {
    metres.div_ceil(METRES_A_MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(latitude: i32, longitude: i32) -> Place {
        Place { latitude_e6: latitude, longitude_e6: longitude }
    }

    #[test]
    fn a_walk_is_the_great_circle_and_its_detour() {
        let north = place(47_390_000, 690_000).walk_m(place(47_400_000, 690_000));
        assert_eq!(north, 1_446, "a hundredth of a degree north is 1,112 m as the crow flies");
        let around = place(0, -180_000_000).walk_m(place(0, 180_000_000));
        assert_eq!(around, 0, "the two ends of the map are one place");
        assert_eq!(walk_minutes(1_446), 22, "22 minutes at 4 km/h");
        assert_eq!(walk_minutes(0), 0, "one is there");
    }

    #[test]
    fn the_ends_of_the_earth_are_a_number() {
        let far = place(90_000_000, 0).walk_m(place(-90_000_000, 0));
        assert!((26_000_000..26_100_000).contains(&far), "half the Earth × 1.3, {far}");
    }
}
