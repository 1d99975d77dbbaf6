//! What was counted, as sheets whose small numbers can be hidden: each line, and what a reader knows that it sums to.

use std::collections::{BTreeMap, BTreeSet};

use palier_disclosure::{Line, OverTime, Sheet};
use palier_store::read::figures::Counts;

use crate::console::figures::{Counted, DECIDED, NOT_HANDED, SENIORS, Services, sum, tallied};

/// Outcomes that tell of who lives there: they leave with nobody (decisions on layers).
const OF_PEOPLE: &[&str] = &["deceased", "minor_alone", "language_barrier"];
/// States of a referral that has its end.
const CLOSED: &[&str] = &["closed_success", "closed_without_result", "reoriented"];

/// What sheets are made with: areas, and what was counted in each.
pub(super) struct Ground<'a> {
    pub(super) areas: &'a [String],
    pub(super) counted: &'a [Counted],
    pub(super) services: &'a Services,
}

/// All sheets, by code.
pub(super) fn sheets(ground: &Ground<'_>) -> BTreeMap<String, Sheet> {
    let mut sheets = BTreeMap::new();
    for (code, sheet) in [
        ("doors", ground.doors()),
        ("met", ground.met()),
        ("slips", ground.slips()),
        ("actions", ground.actions()),
        ("rights", ground.rights()),
        ("granted", ground.granted()),
        ("referrals", ground.referrals()),
        ("came", ground.came()),
        ("trust", ground.trust()),
    ] {
        sheets.insert(code.to_owned(), sheet);
    }
    sheets
}

/// The code of a line of a table.
pub(super) fn line_of(table: &str, code: &str) -> String {
    format!("{table}:{code}")
}

impl Ground<'_> {
    fn each(&self, count: impl Fn(&Counted) -> u32) -> Vec<u32> {
        self.counted.iter().map(count).collect()
    }

    /// A line for each code of a table; the codes.
    fn table(&self, sheet: &mut Sheet, table: &str, line: Line, counts: impl Fn(&Counted) -> Counts) -> Vec<String> {
        let counted: Vec<Counts> = self.counted.iter().map(counts).collect();
        let codes: BTreeSet<String> = counted.iter().flat_map(BTreeMap::keys).cloned().collect();
        for code in &codes {
            let values = counted.iter().map(|counts| counts.get(code).copied().unwrap_or(0)).collect();
            sheet.line(&line_of(table, code), line, values);
        }
        codes.into_iter().collect()
    }

    /// A table whose lines are parts of a whole, with what none of them holds.
    fn parts(&self, sheet: &mut Sheet, table: &str, whole: (&str, &[u32]), counts: impl Fn(&Counted) -> Counts) {
        let codes = self.table(sheet, table, Line::People, &counts);
        let none = self.counted.iter().zip(whole.1).map(|(counted, all)| all.saturating_sub(sum(&counts(counted))));
        let rest = format!("{}/none of {table}", whole.0);
        sheet.line(&rest, Line::Inner, none.collect());
        sheet.sum(table, whole.0, codes.iter().map(|code| line_of(table, code)).chain([rest]));
    }

    fn doors(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Distinct, self.areas);
        sheet.line("doors", Line::Open, self.each(|one| one.doors.doors));
        sheet.line("doors_tried", Line::Open, self.each(|one| one.doors.tried));
        sheet.line("doors_opened", Line::Open, self.each(|one| one.doors.opened));
        sheet.line("visits", Line::Open, self.each(|one| sum(&one.doors.outcomes)));
        self.table(&mut sheet, "outcomes", Line::Open, |one| {
            let outcomes = one.doors.outcomes.iter().filter(|(code, _)| !OF_PEOPLE.contains(&code.as_str()));
            outcomes.map(|(code, count)| (code.clone(), *count)).collect()
        });
        sheet
    }

    fn met(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Adds, self.areas);
        let households = self.each(|one| one.met.households);
        sheet.line("households", Line::People, households.clone());
        sheet.line("known_asked", Line::People, self.each(|one| one.met.known_asked));
        sheet.line("known_by_none", Line::People, self.each(|one| one.met.known_by_none));
        sheet.rest("households", "known_asked");
        sheet.rest("known_asked", "known_by_none");
        self.parts(&mut sheet, "last_contact", ("households", &households), |one| one.met.last_contact.clone());
        // A household has several needs: each is compared with all households alone.
        for need in self.table(&mut sheet, "needs", Line::People, |one| one.met.needs.clone()) {
            sheet.rest("households", &line_of("needs", &need));
        }
        sheet
    }

    fn slips(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Distinct, self.areas);
        sheet.line("slips", Line::People, self.each(|one| one.met.slips));
        sheet
    }

    fn actions(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Adds, self.areas);
        sheet.line("actions_done", Line::Open, self.each(|one| sum(&one.actions.kinds)));
        self.table(&mut sheet, "action_kinds", Line::Open, |one| one.actions.kinds.clone());
        let bands = |one: &Counted| tallied(&one.actions).0;
        let known = |one: &Counted| bands(one).iter().filter(|(band, _)| *band != "nc").map(|(_, count)| *count).sum();
        sheet.line("counted", Line::People, self.each(|one| sum(&bands(one))));
        sheet.line("age_known", Line::People, self.each(known));
        let codes = self.table(&mut sheet, "bands", Line::People, bands);
        let of_age = |codes: &[String], keep: &dyn Fn(&str) -> bool| -> Vec<String> {
            codes.iter().filter(|code| keep(code)).map(|code| line_of("bands", code)).collect()
        };
        let seniors = |one: &Counted| SENIORS.iter().filter_map(|band| bands(one).get(*band).copied()).sum();
        sheet.line("seniors", Line::People, self.each(seniors));
        sheet.sum("bands", "counted", of_age(&codes, &|_| true));
        sheet.sum("age_known", "age_known", of_age(&codes, &|code| code != "nc"));
        sheet.sum("seniors", "seniors", of_age(&codes, &|code| SENIORS.contains(&code)));
        sheet.rest("age_known", "seniors");
        sheet.rest("counted", "age_known");
        self.table(&mut sheet, "heard", Line::People, |one| tallied(&one.actions).1);
        sheet
    }

    fn rights(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Latest, self.areas);
        // Several rights of one household: where households are few, many rights are few people.
        sheet.base = Some("diagnosed".to_owned());
        let status = |one: &Counted, code: &str| one.rights.statuses.get(code).copied().unwrap_or(0);
        sheet.line("diagnosed", Line::People, self.each(|one| one.rights.diagnosed));
        for code in DECIDED.iter().chain(&["to_check"]) {
            sheet.line(code, Line::People, self.each(|one| status(one, code)));
        }
        let decided = |one: &Counted| DECIDED.iter().map(|code| status(one, code)).sum();
        sheet.line("assessed", Line::People, self.each(decided));
        sheet.sum("assessed", "assessed", DECIDED.iter().copied());
        let claimable = self.each(|one| status(one, "claimable"));
        let whole = ("claimable", claimable.as_slice());
        self.parts(&mut sheet, "claimable", whole, |one| one.rights.claimable.clone());
        self.parts(&mut sheet, "non_take_up_types", whole, |one| one.rights.non_take_up.clone());
        self.parts(&mut sheet, "motives", whole, |one| one.rights.motives.clone());
        sheet
    }

    fn granted(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Adds, self.areas);
        for (line, code) in [("rights_granted", "granted"), ("rights_asked", "asked"), ("rights_refused", "refused")] {
            let values = self.each(|one| one.rights.follow_ups.get(code).copied().unwrap_or(0));
            sheet.line(line, Line::People, values);
        }
        sheet
    }

    fn referrals(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Adds, self.areas);
        let of_states = |one: &Counted, keep: &dyn Fn(&str) -> bool| -> u32 {
            let states = one.referrals.states.iter().filter(|(state, _)| keep(state));
            states.map(|(_, count)| *count).sum()
        };
        let made = self.each(|one| one.referrals.made);
        sheet.line("referrals_made", Line::People, made.clone());
        let not_handed = self.each(|one| of_states(one, &|state| NOT_HANDED.contains(&state)));
        let handed = made.iter().zip(&not_handed).map(|(made, not)| made.saturating_sub(*not)).collect();
        sheet.line("handed", Line::People, handed);
        sheet.rest("referrals_made", "handed");
        let closed = self.each(|one| u32::try_from(one.referrals.closed_days.len()).unwrap_or(u32::MAX));
        sheet.line("referrals_closed", Line::People, closed.clone());
        sheet.rest("handed", "referrals_closed");
        let states = self.table(&mut sheet, "referral_states", Line::People, |one| one.referrals.states.clone());
        let lines = |keep: &dyn Fn(&str) -> bool| -> Vec<String> {
            let kept = states.iter().filter(|state| keep(state));
            kept.map(|state| line_of("referral_states", state)).collect()
        };
        sheet.sum("referral_states", "referrals_made", lines(&|_| true));
        sheet.sum("handed", "handed", lines(&|state| !NOT_HANDED.contains(&state)));
        sheet.sum("closed", "referrals_closed", lines(&|state| CLOSED.contains(&state)));
        self.parts(&mut sheet, "referral_needs", ("referrals_made", &made), |one| one.referrals.needs.clone());
        self.parts(&mut sheet, "sources", ("referrals_closed", &closed), |one| one.referrals.sources.clone());
        sheet
    }

    fn came(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Distinct, self.areas);
        sheet.line("newcomers", Line::People, self.each(|one| one.referrals.newcomers));
        sheet.line("enrolled_first", Line::People, self.each(|one| one.referrals.enrolled_first));
        let here = self.each(|one| self.services.france_services_first(&one.referrals));
        sheet.line("france_services_first", Line::People, here);
        self.table(&mut sheet, "attended", Line::People, |one| one.referrals.attended.clone());
        sheet
    }

    fn trust(&self) -> Sheet {
        let mut sheet = Sheet::new(OverTime::Distinct, self.areas);
        let objects: BTreeSet<&str> =
            self.counted.iter().flat_map(|one| one.trust.iter().map(|moved| moved.object)).collect();
        for object in objects {
            let each = |count: &dyn Fn(palier_domain::trust::Progress) -> u32| {
                let of =
                    |one: &Counted| one.trust.iter().find(|moved| moved.object == object).map(|moved| moved.progress);
                self.each(|one| of(one).map_or(0, count))
            };
            let code = |line: &str| line_of(line, object);
            sheet.line(&code("trust_paired"), Line::People, each(&|one| one.paired));
            sheet.line(&code("trust_gained"), Line::People, each(&|one| one.gained));
            sheet.line(&code("trust_lost"), Line::People, each(&|one| one.lost));
            sheet.line(&code("trust_alone"), Line::People, each(&|one| one.alone));
            let same = each(&|one| one.paired.saturating_sub(one.gained).saturating_sub(one.lost));
            let inner = format!("trust/same {object}");
            sheet.line(&inner, Line::Inner, same);
            sheet.sum(&code("moved"), &code("trust_paired"), [code("trust_gained"), code("trust_lost"), inner]);
        }
        sheet
    }
}
