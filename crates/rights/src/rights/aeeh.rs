//! Allocation d'éducation de l'enfant handicapé (L541-1, R541-1 s., D541-1 s. CSS).

use crate::answers::Child;
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;

impl Case<'_> {
    /// A month, all children together.
    pub(crate) fn aeeh(&self, month: Month) -> Number {
        let half = Number::from_millionths(500_000);
        self.require("no_child", (!self.children().is_empty()).into());
        let amount = |child: &Child| {
            let due = self
                .require("child_not_disabled_enough", child.disability.at_least(half))
                .and_then(|| self.require("child_over_twenty", child.birth.age(month).below(Number::whole(20))));
            due.then(|| child.aeeh_complement.read(|level| self.aeeh_at(month, level)))
        };
        let total = self.children().iter().map(amount).sum();
        self.note("aeeh", month, total)
    }

    /// D541-2, D541-4 CSS: the base, the complement of the level and the increase of a lone parent.
    fn aeeh_at(&self, month: Month, level: i64) -> Number {
        let monthly_base = self.family_base(month);
        let level = usize::try_from(level).unwrap_or(0);
        let alone = if level >= 2 && !self.couple() {
            monthly_base * self.step(Key::FamilyAeehLoneParentRates, level - 2, month)
        } else {
            Number::ZERO
        };
        let rate = |level: usize| monthly_base * self.step(Key::FamilyAeehComplementRates, level - 1, month);
        let complement = match level {
            0 => Number::ZERO,
            6.. => self.figure(Key::FamilyAeehSixthComplement, month),
            1 => rate(1),
            level if self.has(Defect::AeehComplementShifted) => rate(level - 1),
            level => rate(level),
        };
        monthly_base * self.figure(Key::FamilyAeehBaseRate, month) + complement + alone
    }
}
