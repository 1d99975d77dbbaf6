//! An exact amount, or the range it lies in, in millionths (of a euro, of a ratio, of a person).
//!
//! A rule is written once over this type. With complete answers both ends are equal and the arithmetic is exact integer
//! arithmetic; with incomplete answers the range contains every result that an answer still possible would give, so a
//! partial diagnosis is sound by construction. A number knows the questions it hangs on.

use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use crate::truth::{Questions, Truth};

/// Millionths in one unit.
const SCALE: i64 = 1_000_000;
const SCALE_WIDE: i128 = SCALE as i128;

/// An amount, a ratio or a count, exact or as a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    lo: i64,
    hi: i64,
    /// Empty when the number is exact.
    pub open: Questions,
}

/// Rounds a wide quotient to the nearest, halves away from zero. Monotone in `numerator`, which keeps ranges sound.
fn nearest(numerator: i128, denominator: i128) -> i64 {
    let half = denominator / 2;
    let quotient = if numerator >= 0 { (numerator + half) / denominator } else { (numerator - half) / denominator };
    i64::try_from(quotient).unwrap_or(if quotient < 0 { i64::MIN } else { i64::MAX })
}

/// The questions of either.
const fn both(one: Questions, other: Questions) -> Questions {
    one | other
}

fn product(left: i64, right: i64) -> i64 {
    // Nearly every product fits: 64 bits are several times faster than 128.
    if let Some(narrow) = left.checked_mul(right)
        && let Some(shifted) = narrow.checked_add(if narrow >= 0 { SCALE / 2 } else { -SCALE / 2 })
    {
        return shifted / SCALE;
    }
    nearest(i128::from(left) * i128::from(right), SCALE_WIDE)
}

/// The same as [`nearest`] of value x SCALE when it fits 64 bits; `divisor` is above zero.
fn narrow_quotient(value: i64, divisor: i64) -> Option<i64> {
    let scaled = value.checked_mul(SCALE)?;
    let half = divisor / 2;
    Some(scaled.checked_add(if scaled >= 0 { half } else { -half })? / divisor)
}

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self { lo: 0, hi: 0, open: 0 };
    /// One euro, one person.
    pub const ONE: Self = Self { lo: SCALE, hi: SCALE, open: 0 };

    /// Exact, in millionths.
    #[must_use]
    pub const fn from_millionths(value: i64) -> Self {
        Self { lo: value, hi: value, open: 0 }
    }

    /// Exact, in whole units.
    #[must_use]
    pub const fn whole(value: i32) -> Self {
        Self::from_millionths(value as i64 * SCALE)
    }

    /// Anything from `lo` to `hi` millionths; the questions count only while the two differ.
    #[must_use]
    pub fn range(lo: i64, hi: i64, open: Questions) -> Self {
        if lo >= hi { Self { lo, hi: lo, open: 0 } } else { Self { lo, hi, open } }
    }

    /// Lowest possible value, in millionths.
    #[must_use]
    pub fn lo(self) -> i64 {
        self.lo
    }

    /// Highest possible value, in millionths.
    #[must_use]
    pub fn hi(self) -> i64 {
        self.hi
    }

    /// Lowest and highest value in cents, rounded outwards while they differ, to the nearest cent when exact.
    #[must_use]
    pub fn cents(self) -> (i64, i64) {
        const CENT: i64 = SCALE / 100;
        if self.is_exact() {
            let cents = nearest(i128::from(self.lo), i128::from(CENT));
            return (cents, cents);
        }
        (self.lo.div_euclid(CENT), self.hi.saturating_add(CENT - 1).div_euclid(CENT))
    }

    /// Lowest and highest whole number of persons.
    #[must_use]
    pub fn whole_bounds(self) -> (i64, i64) {
        (self.lo.div_euclid(SCALE), self.hi.div_euclid(SCALE))
    }

    /// Nothing is left open.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.lo == self.hi
    }

    /// The same number, which also hangs on these questions unless it is exact.
    #[must_use]
    pub fn leaning_on(self, open: Questions) -> Self {
        Self::range(self.lo, self.hi, self.open | open)
    }

    /// Either of the two.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self::range(self.lo.min(other.lo), self.hi.max(other.hi), self.open | other.open)
    }

    /// The larger of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        if self.lo >= other.hi {
            return self;
        }
        if other.lo >= self.hi {
            return other;
        }
        Self::range(self.lo.max(other.lo), self.hi.max(other.hi), self.open | other.open)
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        -(-self).max(-other)
    }

    /// Not below nothing.
    #[must_use]
    pub fn or_nothing(self) -> Self {
        self.max(Self::ZERO)
    }

    /// Divided by a positive exact whole number.
    #[must_use]
    pub fn over(self, divisor: i32) -> Self {
        self.ratio_to(Self::whole(divisor))
    }

    /// Divided by a number that cannot be zero or less; anything else gives zero.
    #[must_use]
    pub fn ratio_to(self, divisor: Self) -> Self {
        if divisor.lo <= 0 {
            return Self::ZERO;
        }
        let by = |value: i64, divisor: i64| {
            narrow_quotient(value, divisor)
                .unwrap_or_else(|| nearest(i128::from(value) * SCALE_WIDE, i128::from(divisor)))
        };
        let lo = by(self.lo, if self.lo >= 0 { divisor.hi } else { divisor.lo });
        let hi = by(self.hi, if self.hi >= 0 { divisor.lo } else { divisor.hi });
        Self::range(lo, hi, self.open | divisor.open)
    }

    fn each_end(self, step: i64, rounding: impl Fn(i64, i64) -> i64) -> Self {
        Self::range(rounding(self.lo, step), rounding(self.hi, step), self.open)
    }

    /// To the nearest multiple of `step` millionths.
    #[must_use]
    pub fn nearest(self, step: i64) -> Self {
        self.each_end(step, |value, step| {
            let half = if value >= 0 { step / 2 } else { -step / 2 };
            (value.saturating_add(half) / step).saturating_mul(step)
        })
    }

    /// Down to a multiple of `step` millionths.
    #[must_use]
    pub fn down(self, step: i64) -> Self {
        self.each_end(step, |value, step| value.div_euclid(step).saturating_mul(step))
    }

    /// Up to a multiple of `step` millionths.
    #[must_use]
    pub fn up(self, step: i64) -> Self {
        -(-self).down(step)
    }

    /// To the nearest cent.
    #[must_use]
    pub fn to_cent(self) -> Self {
        self.nearest(SCALE / 100)
    }

    /// At least as much as the other.
    #[must_use]
    pub fn at_least(self, other: Self) -> Truth {
        Truth::possible(self.hi >= other.lo, self.lo < other.hi, self.open | other.open)
    }

    /// Strictly more than the other.
    #[must_use]
    pub fn above(self, other: Self) -> Truth {
        !other.at_least(self)
    }

    /// At most as much as the other.
    #[must_use]
    pub fn at_most(self, other: Self) -> Truth {
        other.at_least(self)
    }

    /// Strictly less than the other.
    #[must_use]
    pub fn below(self, other: Self) -> Truth {
        !self.at_least(other)
    }

    /// More than nothing.
    #[must_use]
    pub fn some(self) -> Truth {
        self.above(Self::ZERO)
    }

    /// A table read at a count of persons: every count still possible is read, the results joined.
    #[must_use]
    pub fn read(self, table: impl Fn(i64) -> Number) -> Number {
        let (lo, hi) = self.whole_bounds();
        let mut result = table(lo);
        for count in lo.saturating_add(1)..=hi {
            result = result.join(table(count));
        }
        result.leaning_on(self.open)
    }
}

impl Add for Number {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self::range(self.lo.saturating_add(other.lo), self.hi.saturating_add(other.hi), both(self.open, other.open))
    }
}

impl AddAssign for Number {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Neg for Number {
    type Output = Self;

    fn neg(self) -> Self {
        Self { lo: self.hi.saturating_neg(), hi: self.lo.saturating_neg(), open: self.open }
    }
}

impl Sub for Number {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Number {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        if self.is_exact() && other.is_exact() {
            return Self::from_millionths(product(self.lo, other.lo));
        }
        let corners = [
            product(self.lo, other.lo),
            product(self.lo, other.hi),
            product(self.hi, other.lo),
            product(self.hi, other.hi),
        ];
        let lo = corners.iter().copied().min().unwrap_or(0);
        let hi = corners.iter().copied().max().unwrap_or(0);
        Self::range(lo, hi, both(self.open, other.open))
    }
}

impl Mul<i32> for Number {
    type Output = Self;

    fn mul(self, times: i32) -> Self {
        self * Self::whole(times)
    }
}

impl std::iter::Sum for Number {
    fn sum<I: Iterator<Item = Self>>(items: I) -> Self {
        items.fold(Self::ZERO, Self::add)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Number;

    fn range() -> impl Strategy<Value = (Number, i64)> {
        (-9_000_000_000_i64..9_000_000_000, 0_i64..4_000_000_000, 0.0..=1.0_f64).prop_map(|(lo, width, at)| {
            let inside = lo + ((width as f64) * at) as i64;
            (Number::range(lo, lo + width, 1), inside)
        })
    }

    fn contains(range: Number, value: Number) -> bool {
        range.lo() <= value.lo() && value.hi() <= range.hi()
    }

    proptest! {
        #[test]
        fn the_short_way_gives_what_the_long_way_gives(a in any::<i64>(), b in 1..i64::MAX, shift in 0..50_u32) {
            let (a, b) = (a >> shift, (b >> shift).max(1));
            let wide = super::nearest(i128::from(a) * i128::from(b), super::SCALE_WIDE);
            prop_assert_eq!(super::product(a, b), wide, "product");
            if let Some(narrow) = super::narrow_quotient(a, b) {
                prop_assert_eq!(narrow, super::nearest(i128::from(a) * super::SCALE_WIDE, i128::from(b)), "quotient");
            }
        }

        #[test]
        fn a_range_contains_the_result_of_every_value_in_it((a, x) in range(), (b, y) in range(), divisor in 1..40_i32) {
            let (x, y) = (Number::from_millionths(x), Number::from_millionths(y));
            prop_assert!(contains(a + b, x + y), "sum");
            prop_assert!(contains(a - b, x - y), "difference");
            prop_assert!(contains(a * b, x * y), "product");
            prop_assert!(contains(a.over(divisor), x.over(divisor)), "quotient");
            prop_assert!(contains(a.max(b), x.max(y)), "larger");
            prop_assert!(contains(a.min(b), x.min(y)), "smaller");
            prop_assert!(contains(a.up(100_000_000), x.up(100_000_000)), "rounded up");
            prop_assert!(contains(a.to_cent(), x.to_cent()), "to the cent");
            let (wide, exact) = (a.above(b), x.above(y));
            prop_assert!(!wide.holds() || exact.holds(), "a comparison decided on ranges is true of the values");
            prop_assert!(!wide.fails() || exact.fails(), "and false when it says false");
        }
    }
}
