//! An expression evaluated over answers that may be open: yes, no, or what would tell.

use crate::case::Case;
use crate::number::Number;
use crate::pack_files::decimal;
use crate::parameter::Key;
use crate::rules::facts::{FactSet, Told};
use crate::rules::field::{Answer, Subject, answer};
use crate::rules::file::{Bound, Compare, Count, Expression, Is, Persons};
use crate::truth::{Questions, Truth};

/// A condition of a rule, as far as the answers tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    may_hold: bool,
    may_fail: bool,
    /// Answers of the household that would tell; empty when decided.
    pub questions: Questions,
    /// Facts that would tell; empty when decided.
    pub facts: FactSet,
}

impl Verdict {
    const YES: Self = Self { may_hold: true, may_fail: false, questions: 0, facts: 0 };
    const NO: Self = Self { may_hold: false, may_fail: true, questions: 0, facts: 0 };

    /// Certainly met.
    #[must_use]
    pub fn holds(self) -> bool {
        !self.may_fail
    }

    /// Certainly not met.
    #[must_use]
    pub fn fails(self) -> bool {
        !self.may_hold
    }

    /// Both; what is decided leaves nothing to ask.
    #[must_use]
    pub(crate) fn and(self, other: Self) -> Self {
        if self.fails() || other.fails() {
            return Self::NO;
        }
        if self.holds() && other.holds() {
            return Self::YES;
        }
        let (questions, facts) = (self.questions | other.questions, self.facts | other.facts);
        Self { may_hold: true, may_fail: true, questions, facts }
    }

    fn or(self, other: Self) -> Self {
        self.negated().and(other.negated()).negated()
    }

    fn negated(self) -> Self {
        Self { may_hold: self.may_fail, may_fail: self.may_hold, ..self }
    }

    fn of(truth: Truth, facts: FactSet) -> Self {
        match (truth.holds(), truth.fails()) {
            (true, _) => Self::YES,
            (_, true) => Self::NO,
            _ => Self { may_hold: true, may_fail: true, questions: truth.open, facts },
        }
    }
}

/// What expressions are evaluated over.
pub(crate) struct Evaluation<'a> {
    pub case: &'a Case<'a>,
    /// The answers to the facts, in the order of `keys`.
    pub facts: &'a [Told],
    pub keys: &'a [&'a str],
    /// Computed rights: claimable or held.
    pub outcomes: &'a dyn Fn(&str) -> Option<Truth>,
}

impl Evaluation<'_> {
    /// The verdict on an expression about a subject.
    pub fn verdict(&self, expression: &Expression, subject: Subject<'_>) -> Verdict {
        match expression {
            Expression::All(parts) => parts
                .iter()
                .fold(Verdict::YES, |all, part| if all.fails() { all } else { all.and(self.verdict(part, subject)) }),
            Expression::Any(parts) => parts
                .iter()
                .fold(Verdict::NO, |any, part| if any.holds() { any } else { any.or(self.verdict(part, subject)) }),
            Expression::Not(part) => self.verdict(part, subject).negated(),
            Expression::Yes(field) => self.yes(field, subject),
            Expression::Is(is) => self.is(is, subject),
            Expression::Compare(compare) => self.compare(compare, subject),
            Expression::Count(count) => self.count(count),
            Expression::Outcome(right) => (self.outcomes)(right).map_or(Verdict::NO, |truth| Verdict::of(truth, 0)),
        }
    }

    /// A fact with its bit.
    fn fact(&self, field: &str) -> Option<(Number, FactSet)> {
        let key = field.strip_prefix("faits.")?;
        let place = self.keys.iter().position(|known| *known == key)?;
        Some((self.facts.get(place)?.value, 1 << place))
    }

    // A field that is not known cannot come of a file that was checked: it is not met.
    fn yes(&self, field: &str, subject: Subject<'_>) -> Verdict {
        if let Some((value, bit)) = self.fact(field) {
            return Verdict::of(value.some(), bit);
        }
        match answer(self.case, subject, field) {
            Some(Answer::Truth(truth)) => Verdict::of(truth, 0),
            _ => Verdict::NO,
        }
    }

    fn is(&self, is: &Is, subject: Subject<'_>) -> Verdict {
        let Some(Answer::Choice(choice, words)) = answer(self.case, subject, &is.field) else { return Verdict::NO };
        let named = words.iter().filter(|(word, _)| is.one_of.iter().any(|named| named == word));
        Verdict::of(choice.is(named.fold(0, |bits, (_, bit)| bits | bit)), 0)
    }

    fn compare(&self, compare: &Compare, subject: Subject<'_>) -> Verdict {
        let (value, facts) = match (self.fact(&compare.field), answer(self.case, subject, &compare.field)) {
            (Some((value, bit)), _) => (value, bit),
            (None, Some(Answer::Number(value))) => (value, 0),
            _ => return Verdict::NO,
        };
        let test = |bound: &Option<Bound>, meets: fn(Number, Number) -> Truth| match bound {
            Some(bound) => Verdict::of(meets(value, self.bound(bound)), facts),
            None => Verdict::YES,
        };
        test(&compare.at_least, Number::at_least)
            .and(test(&compare.at_most, Number::at_most))
            .and(test(&compare.below, Number::below))
    }

    fn bound(&self, bound: &Bound) -> Number {
        match bound {
            Bound::Number(text) => decimal(text).unwrap_or(Number::ZERO),
            Bound::Figure(figure) => {
                let key = Key::ALL.iter().find(|key| key.text() == figure.figure);
                let value = key.map_or(Number::ZERO, |key| self.case.pack.step(*key, 0, self.case.now));
                value * decimal(&figure.times).unwrap_or(Number::ZERO)
            }
        }
    }

    fn count(&self, count: &Count) -> Verdict {
        let household = self.case.household;
        let adults = household.adults.iter().map(Subject::Adult);
        let children = household.children.iter().map(Subject::Child);
        let verdicts: Vec<Verdict> = adults
            .filter(|_| count.of != Persons::Children)
            .chain(children.filter(|_| count.of != Persons::Adults))
            .map(|person| self.verdict(&count.condition, person))
            .collect();
        let least = usize::from(count.at_least);
        let sure = verdicts.iter().filter(|verdict| verdict.holds()).count();
        let possible = verdicts.iter().filter(|verdict| !verdict.fails()).count();
        if sure >= least {
            return Verdict::YES;
        }
        if possible < least {
            return Verdict::NO;
        }
        let open = verdicts.iter().filter(|verdict| !verdict.holds() && !verdict.fails());
        let (questions, facts) =
            open.fold((0, 0), |(questions, facts), verdict| (questions | verdict.questions, facts | verdict.facts));
        Verdict { may_hold: true, may_fail: true, questions, facts }
    }
}
