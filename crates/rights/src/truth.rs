//! Yes, no, or not known yet: Kleene's logic, which remembers the questions that would tell.

use crate::number::Number;

/// The questions a value still hangs on, one bit each ([`crate::question::Question`] gives the number of the bit).
pub type Questions = u128;

/// A condition of the law, as far as the answers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    may_hold: bool,
    may_fail: bool,
    /// Empty when the condition is decided.
    pub open: Questions,
}

impl Truth {
    /// Decided, true.
    pub const YES: Self = Self { may_hold: true, may_fail: false, open: 0 };
    /// Decided, false.
    pub const NO: Self = Self { may_hold: false, may_fail: true, open: 0 };

    /// Not decided: these questions would tell.
    #[must_use]
    pub fn unknown(open: Questions) -> Self {
        Self { may_hold: true, may_fail: true, open }
    }

    /// From what is still possible. Nothing possible cannot come of valid answers; it counts as undecided.
    #[must_use]
    pub fn possible(may_hold: bool, may_fail: bool, open: Questions) -> Self {
        match (may_hold, may_fail) {
            (true, false) => Self::YES,
            (false, true) => Self::NO,
            _ => Self::unknown(open),
        }
    }

    /// Certainly true.
    #[must_use]
    pub fn holds(self) -> bool {
        !self.may_fail
    }

    /// Certainly false.
    #[must_use]
    pub fn fails(self) -> bool {
        !self.may_hold
    }

    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self.fails() || other.fails() {
            return Self::NO;
        }
        if self.holds() && other.holds() {
            return Self::YES;
        }
        Self::unknown(self.open | other.open)
    }

    /// At least one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        !(!self).and(!other)
    }

    /// The second condition is only looked at when the first may hold.
    #[must_use]
    pub fn and_then(self, other: impl FnOnce() -> Self) -> Self {
        if self.fails() { Self::NO } else { self.and(other()) }
    }

    /// The second condition is only looked at when the first may fail.
    #[must_use]
    pub fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        if self.holds() { Self::YES } else { self.or(other()) }
    }

    /// One amount when the condition holds, another when it does not, both joined while nobody knows.
    #[must_use]
    pub fn choose(self, yes: impl FnOnce() -> Number, no: impl FnOnce() -> Number) -> Number {
        if self.holds() {
            return yes();
        }
        if self.fails() {
            return no();
        }
        yes().join(no()).leaning_on(self.open)
    }

    /// The amount when the condition holds, nothing when it does not.
    #[must_use]
    pub fn then(self, amount: impl FnOnce() -> Number) -> Number {
        self.choose(amount, || Number::ZERO)
    }

    /// 1 when it holds, 0 when it does not: to count persons.
    #[must_use]
    pub fn count(self) -> Number {
        self.then(|| Number::ONE)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        Self { may_hold: self.may_fail, may_fail: self.may_hold, open: self.open }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Self {
        if value { Self::YES } else { Self::NO }
    }
}

/// At least one of the conditions.
pub fn any(conditions: impl IntoIterator<Item = Truth>) -> Truth {
    conditions.into_iter().fold(Truth::NO, Truth::or)
}

/// Every condition.
pub fn all(conditions: impl IntoIterator<Item = Truth>) -> Truth {
    conditions.into_iter().fold(Truth::YES, Truth::and)
}
