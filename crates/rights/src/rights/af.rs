//! Allocations familiales (L521-1 s., D521-1 s. CSS).

use crate::answers::Child;
use crate::case::{Case, Kept};
use crate::month::{Day, Month};
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, any};

/// Children born from this day get the age increase at 18 (R521-1 CSS, decree of 27 February 2026).
const LATE_INCREASE_BORN_FROM: Day = Day { month: Month::of(2012, 3), day: 1 };
/// In force from this month.
const LATE_INCREASE_SINCE: Month = Month::of(2026, 3);

impl Case<'_> {
    /// The base, which RSA and prime d'activité count, without increases.
    pub(crate) fn family_allowance_base(&self, month: Month) -> Number {
        self.once(Kept::FamilyAllowanceBase, month, || {
            let children = self.family_children(month);
            children.at_least(Number::whole(2)).then(|| self.af_base(month, children) * self.af_share(month, children))
        })
    }

    /// What is paid a month, before CRDS.
    pub(crate) fn family_allowance(&self, month: Month) -> Number {
        self.once(Kept::FamilyAllowance, month, || {
            let children = self.family_children(month);
            let twenty = self.af_for_twenty(month, children);
            let two = self.require("under_two_children", children.at_least(Number::whole(2)));
            let paid = two.choose(|| self.af_paid(month, children, twenty), || twenty);
            self.note("af", month, paid)
        })
    }

    /// D521-1 CSS: 32 % of the base for two children, 41 % more for each further one; half for shared custody.
    fn af_base(&self, month: Month, children: Number) -> Number {
        let further = (children - Number::whole(2)).or_nothing();
        let rate = self.figure(Key::FamilyAfTwoChildrenRate, month)
            + self.figure(Key::FamilyAfFurtherChildRate, month) * further;
        let full = (self.family_base(month) * rate).to_cent();
        let shared = self.count(|child| self.in_family_charge(child, month).and(child.shared_custody));
        let half = shared.over(2).ratio_to(children.max(Number::whole(2)));
        self.note("af_base", month, full * (Number::ONE - half.min(Number::ONE)))
    }

    fn af_ceilings(&self, month: Month, children: Number) -> (Number, Number) {
        let more = self.figure(Key::FamilyAfCeilingPerChildYearly, month) * children;
        let first = self.figure(Key::FamilyAfFirstCeilingYearly, month) + more;
        (first, self.figure(Key::FamilyAfSecondCeilingYearly, month) + more)
    }

    /// L521-1 CSS: full, half or a quarter, by resources.
    fn af_share(&self, month: Month, children: Number) -> Number {
        let resources = self.family_resources(month);
        let (first, second) = self.af_ceilings(month, children);
        let lower = || {
            let half = resources.at_most(second);
            half.choose(|| Number::from_millionths(500_000), || Number::from_millionths(250_000))
        };
        resources.at_most(first).choose(|| Number::ONE, lower)
    }

    /// D521-2 CSS: a flat sum for a child of 20 in a family of three or more.
    fn af_for_twenty(&self, month: Month, children: Number) -> Number {
        let twenty = self.count(|child| {
            let age = child.birth.age(month);
            let is_twenty = age.at_least(Number::whole(20)).and(age.at_most(Number::whole(20)));
            is_twenty.and_then(|| !self.earns_own_living(child, month))
        });
        let flat = (self.family_base(month) * self.figure(Key::FamilyAfTwentyRate, month)).to_cent();
        (children + twenty).at_least(Number::whole(3)).then(|| twenty * flat)
    }

    fn af_increase_age(&self, child: &Child, month: Month) -> Number {
        let early = self.figure(Key::FamilyAfEarlyIncreaseAge, month);
        let late = || self.figure(Key::FamilyAfLateIncreaseAge, month);
        if month < LATE_INCREASE_SINCE || child.birth.last < LATE_INCREASE_BORN_FROM {
            return early;
        }
        if child.birth.first >= LATE_INCREASE_BORN_FROM {
            return late();
        }
        Truth::unknown(child.birth.open).choose(|| early, late)
    }

    /// No other child in charge is older; of two born the same day the first told counts as the elder.
    fn is_eldest(&self, rank: usize, child: &Child, month: Month) -> Truth {
        if self.has(Defect::AfElderBySameAge) {
            let age = |child: &Child| self.in_family_charge(child, month).then(|| child.birth.age(month));
            let eldest = self.children().iter().map(age).fold(Number::ZERO, Number::max);
            return child.birth.age(month).at_least(eldest);
        }
        let others = self.children().iter().enumerate().filter(|(other, _)| *other != rank);
        !any(others.map(|(other, elder)| {
            let (first, last) = (elder.birth.first, elder.birth.last);
            let may = first < child.birth.last || (first == child.birth.last && other < rank);
            let must = last < child.birth.first || (last == child.birth.first && other < rank);
            let older = Truth::possible(may, !must, elder.birth.open | child.birth.open);
            older.and(self.in_family_charge(elder, month))
        }))
    }

    /// D521-1, L521-3 CSS: 16 % for each child past the age, except the elder of two.
    fn af_increases(&self, month: Month, children: Number) -> Number {
        let two = children.at_most(Number::whole(2));
        let full = self.family_base(month) * self.figure(Key::FamilyAfAgeIncreaseRate, month);
        let increase = |(rank, child): (usize, &Child)| {
            let elder_of_two = two.and_then(|| self.is_eldest(rank, child, month));
            let due = self
                .in_family_charge(child, month)
                .and_then(|| child.birth.age(month).at_least(self.af_increase_age(child, month)))
                .and(!elder_of_two);
            due.then(|| child.shared_custody.choose(|| full.over(2), || full))
        };
        self.children().iter().enumerate().map(increase).sum()
    }

    /// D521-3 CSS: the share, and the difference when resources are just above a ceiling.
    fn af_paid(&self, month: Month, children: Number, twenty: Number) -> Number {
        let share = self.af_share(month, children);
        let due = self.af_base(month, children) * share + self.af_increases(month, children) * share;
        let resources = self.family_resources(month);
        let (first, second) = self.af_ceilings(month, children);
        let above = resources.above(second).choose(|| resources - second, || (resources - first).or_nothing()).over(12);
        let difference = above.some().then(|| (due - above).or_nothing());
        due + twenty * share + difference
    }
}
