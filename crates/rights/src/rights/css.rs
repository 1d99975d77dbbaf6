//! Complémentaire santé solidaire (L861-1 s., R861-2 s. CSS).

use crate::answers::{Adult, Child, activity, home};
use crate::case::Case;
use crate::month::Month;
use crate::number::Number;
use crate::pack::Defect;
use crate::parameter::Key;
use crate::truth::{Truth, all, any};

const EURO: i64 = 1_000_000;

/// What the household may have.
#[derive(Debug, Clone, Copy)]
pub struct HealthCover {
    /// Without participation.
    pub free: Truth,
    /// With participation.
    pub with_participation: Truth,
    /// What the household would pay a month with participation.
    pub participation: Number,
}

impl Case<'_> {
    /// R861-2 CSS: under 25 years.
    fn css_child(&self, child: &Child, month: Month) -> Truth {
        let below = if self.has(Defect::CssChildOfTwentyFive) { 26 } else { 25 };
        let age = child.birth.age(month);
        age.at_least(Number::ZERO).and(age.below(Number::whole(below)))
    }

    /// Weight of a child in the ceiling: half for shared custody, nothing outside the household.
    fn css_weight(&self, child: &Child, month: Month) -> Number {
        let weight = || child.shared_custody.choose(|| Number::ONE.over(2), || Number::ONE);
        if self.has(Defect::CssChildOfTwentyFive) { weight() } else { self.css_child(child, month).then(weight) }
    }

    fn css_persons(&self, month: Month) -> Number {
        let adults = if self.couple() { Number::whole(2) } else { Number::ONE };
        adults + self.count(|child| self.css_child(child, month))
    }

    /// The cover; RSA opens it free (L861-2 CSS).
    pub(crate) fn health_cover(&self) -> HealthCover {
        *self.cover.get_or_init(|| self.health_cover_afresh())
    }

    fn health_cover_afresh(&self) -> HealthCover {
        let month = self.now;
        let rsa = self.rsa(month);
        let resources = self.note("css_resources", month, self.css_resources(month));
        let ceiling = self.note("css_ceiling", month, self.css_ceiling(month));
        let children = any(self.children().iter().map(|child| self.css_child(child, month)));
        let grown = any(self.adults().iter().map(|adult| Self::aged(adult, month, 25)));
        let no_alimony = all(self.adults().iter().map(|adult| !adult.alimony_received.some()));
        let household = self.require("young_adult_with_alimony", children.or(grown).or(no_alimony));
        let below = resources.at_most(ceiling).or_else(|| rsa.some());
        let upper = ceiling * self.figure(Key::HealthCssParticipationShare, month);
        let between = resources.at_most(upper).and(!below);
        HealthCover {
            free: household.and(below),
            with_participation: household.and(between),
            participation: self.css_participation(month),
        }
    }

    /// R861-3 CSS: half for the second person, 30 % for the next two, 40 % beyond; half of that for shared custody.
    fn css_ceiling(&self, month: Month) -> Number {
        let step = |step| self.step(Key::HealthCssScale, step, month);
        // Who certainly is not in the household takes nobody's place.
        let weight = |child: &Child| self.css_weight(child, month);
        let counts = |child: &&Child| weight(child).some();
        let mut children: Vec<&Child> = self.children().iter().filter(|child| !counts(child).fails()).collect();
        children.sort_by_key(|child| child.birth.first);
        let decided = children.iter().all(|child| counts(child).holds());
        let in_order = children.windows(2).all(|pair| match pair {
            [older, younger] => {
                let known = older.birth.open | younger.birth.open == 0;
                known || older.birth.last < younger.birth.first
            }
            _ => true,
        });
        let certain = decided && in_order;
        let any_weight = children.iter().map(|child| weight(child)).reduce(Number::join).unwrap_or(Number::ONE);
        let births = children.iter().fold(0, |open, child| open | child.birth.open);
        let mut scale = Number::ONE;
        if self.couple() {
            scale += step(0);
        }
        for (rank, child) in children.iter().enumerate() {
            let place = rank + if self.couple() { 2 } else { 1 };
            let part = match place {
                1 => step(0),
                2 | 3 => step(1),
                _ => step(2),
            };
            // When the ages do not tell who comes first, each place may be anybody's.
            scale += part * if certain { weight(child) } else { any_weight.leaning_on(births) };
        }
        (self.figure(Key::HealthCssCeilingYearly, month) * scale).nearest(EURO)
    }

    /// R861-4 s. CSS: everything received over twelve months, and a flat sum for the home.
    fn css_resources(&self, month: Month) -> Number {
        let benefits: Number = month.window(12, 1).map(|month| self.css_benefits(month)).sum();
        let mut total = self.css_home(month) + benefits;
        for adult in self.adults() {
            total += self.css_income(adult, month);
        }
        for child in self.children() {
            total += self.css_child(child, month).then(|| child.wage * 12);
        }
        total
    }

    /// R861-5, R861-7 CSS: a home owned or lent, and housing aid.
    fn css_home(&self, month: Month) -> Number {
        let persons = self.css_persons(month);
        let flat = |key| {
            persons.read(|persons| {
                let step = usize::try_from(persons.clamp(1, 3) - 1).unwrap_or(0);
                let scale = (0..=step).map(|step| self.step(Key::MinimaRsaScale, step, month)).sum::<Number>();
                self.figure(Key::MinimaRsaBaseMonthly, month) * 12 * scale * self.step(key, step, month)
            })
        };
        let in_kind = self.household.home.is(home::OWNER | home::HOSTED);
        in_kind.then(|| flat(Key::HealthCssHousingFlatInKind))
            + (self.housing_aid(month) * 12).min(flat(Key::HealthCssHousingFlatWithAid))
    }

    /// R861-10 CSS: family benefits, and minima less what the law leaves out.
    fn css_benefits(&self, month: Month) -> Number {
        let key = if self.couple() { Key::HealthCssCutAspaCouple } else { Key::HealthCssCutAspaSingle };
        let mut total = (self.aspa(month) - self.figure(key, month)).or_nothing()
            + self.family_allowance(month)
            + self.asf(month)
            + self.large_family(month);
        let with_asi: Number = (0..self.adults().len()).map(|index| self.asi_of(index, month).some().count()).sum();
        for index in 0..self.adults().len() {
            let (aah, asi) = (self.aah_of(index, month), self.asi_of(index, month));
            total += (aah - self.figure(Key::HealthCssCutAah, month)).or_nothing() + self.mva_of(index, month);
            let cut = aah.some().choose(
                || Number::ZERO,
                || {
                    with_asi.above(Number::ONE).choose(
                        || self.figure(Key::HealthCssCutAsiCouple, month).over(2),
                        || self.figure(Key::HealthCssCutAsiSingle, month),
                    )
                },
            );
            total += (asi - cut).or_nothing();
        }
        total
    }

    /// R861-8 CSS: wages of the unemployed with benefit count 30 % less.
    fn css_income(&self, adult: &Adult, month: Month) -> Number {
        let unemployed = adult.activity.is(activity::UNEMPLOYED).and(adult.unemployment.some());
        let share = self.figure(Key::HealthCssUnemploymentCut, month);
        let wage = unemployed.choose(|| adult.wage * (Number::ONE - share), || adult.wage);
        let monthly =
            wage + adult.unemployment + adult.pension + adult.invalidity + adult.alimony_received + adult.self_employed
                - adult.alimony_paid;
        let savings: Number = month.window(12, 1).map(|month| self.savings_yield(adult, month)).sum();
        monthly * 12 + savings
    }

    /// D861-8 CSS: by age, each person.
    fn css_participation(&self, month: Month) -> Number {
        let by_age = |age: Number| {
            age.read(|years| {
                let step = match years {
                    ..30 => 0,
                    30..50 => 1,
                    50..60 => 2,
                    60..70 => 3,
                    _ => 4,
                };
                self.step(Key::HealthCssParticipationMonthly, step, month)
            })
        };
        let adults: Number = self.adults().iter().map(|adult| by_age(adult.birth.age(month))).sum();
        let of_child = |child: &Child| self.css_child(child, month).then(|| by_age(child.birth.age(month)));
        adults + self.children().iter().map(of_child).sum()
    }
}
