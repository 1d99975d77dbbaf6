//! Several records of one person: what follows from pair to pair, and what contradicts itself.
//!
//! If A is B and B is C, then A is C. Groups are built from the surest link down; two groups become one only when all the pairs
//! between them, taken together, speak for it. A link that would make one person of two who contradict each other is refused.

use rustc_hash::FxHashMap;

/// A link between two records: log odds that they are one person, and whether it may be proposed at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Link {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) score: f64,
    /// True when the given name or the date of birth agrees.
    pub(crate) tells_a_person: bool,
}

/// What becomes of a pair once the others are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Verdict {
    pub(crate) score: f64,
    pub(crate) proposed: bool,
    /// True when the pair follows from others.
    pub(crate) through_others: bool,
    /// True when another record, someone else, is as near.
    pub(crate) several: bool,
}

/// Log odds count between these: one field that differs for sure must not outweigh everything, nor one that agrees.
const ODDS_MIN: f64 = -7.0;
const ODDS_MAX: f64 = 10.0;
/// A group never grows over this: no one is written down that often.
const GROUP_MAX: usize = 40;
/// Two candidates under this are two people.
const CONTRADICTED_MAX: f64 = 0.05;
/// Candidates of one record that are looked at.
const CANDIDATES_MAX: usize = 12;
/// What is lost at each step from pair to pair.
const STEP: f64 = 0.995;

fn log_odds(score: f64) -> f64 {
    let score = score.clamp(1e-9, 1.0 - 1e-9);
    (score / (1.0 - score)).ln().clamp(ODDS_MIN, ODDS_MAX)
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    if a <= b { (a, b) } else { (b, a) }
}

/// Decides on links together. `score_of` scores a pair that is no link; `proposed_min` is what a link must reach.
pub(crate) fn decide(
    links: &[Link],
    proposed_min: f64,
    mut score_of: impl FnMut(u32, u32) -> f64,
) -> FxHashMap<(u32, u32), Verdict> {
    let mut scores: FxHashMap<(u32, u32), f64> = links.iter().map(|link| ((link.a, link.b), link.score)).collect();
    let mut known = |a: u32, b: u32| *scores.entry(ordered(a, b)).or_insert_with(|| score_of(a, b));
    let shared = shared_out(links, &mut known);
    let mut verdicts: FxHashMap<(u32, u32), Verdict> = FxHashMap::default();
    let mut strong: Vec<(f64, Link)> = Vec::new();
    for (link, score) in links.iter().zip(&shared) {
        let several = *score < 0.9 * link.score;
        let verdict = Verdict { score: *score, proposed: false, through_others: false, several };
        verdicts.insert((link.a, link.b), verdict);
        if link.tells_a_person && *score >= proposed_min {
            strong.push((*score, *link));
        }
    }
    strong.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1.a, x.1.b).cmp(&(y.1.a, y.1.b))));
    let mut groups = Groups::default();
    for (score, link) in strong {
        let (x, y) = (groups.of(link.a), groups.of(link.b));
        if x == y {
            continue;
        }
        let (first, second) = (groups.members(x), groups.members(y));
        let crossing: Vec<(u32, u32)> = first.iter().flat_map(|a| second.iter().map(|b| ordered(*a, *b))).collect();
        let sum: f64 = crossing.iter().map(|(a, b)| log_odds(known(*a, *b))).sum();
        if first.len() + second.len() > GROUP_MAX || sum <= 0.0 {
            if let Some(verdict) = verdicts.get_mut(&(link.a, link.b)) {
                verdict.score = verdict.score.min(0.5);
                verdict.several = true;
            }
            continue;
        }
        for pair in crossing {
            let own = verdicts.get(&pair).map_or(0.0, |verdict| verdict.score);
            let through = score * STEP;
            let through_others = pair != (link.a, link.b) && own < through;
            let verdict = Verdict { score: own.max(through), proposed: true, through_others, several: false };
            verdicts.insert(pair, if through_others { verdict } else { Verdict { score: own.max(score), ..verdict } });
        }
        groups.join(x, y);
    }
    verdicts
}

/// Scores once each record is shared out among its candidates: a record is one person, so two candidates who are two people
/// share its chance.
fn shared_out(links: &[Link], known: &mut impl FnMut(u32, u32) -> f64) -> Vec<f64> {
    let mut candidates: FxHashMap<u32, Vec<(u32, f64)>> = FxHashMap::default();
    for link in links {
        candidates.entry(link.a).or_default().push((link.b, link.score));
        candidates.entry(link.b).or_default().push((link.a, link.score));
    }
    for list in candidates.values_mut() {
        list.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        list.truncate(CANDIDATES_MAX);
    }
    let mut share = |record: u32, other: u32, score: f64| {
        let rivals = candidates.get(&record).map_or(&[][..], Vec::as_slice);
        let mut rival = 0.0f64;
        for (candidate, candidate_score) in rivals {
            if *candidate != other && *candidate_score > rival && known(other, *candidate) < CONTRADICTED_MAX {
                rival = *candidate_score;
            }
        }
        let odds = |score: f64| log_odds(score).exp();
        let own = odds(score);
        own / (1.0 + own + odds(rival) * f64::from(u8::from(rival > 0.0)))
    };
    links
        .iter()
        .map(|link| share(link.a, link.b, link.score).min(share(link.b, link.a, link.score)).min(link.score))
        .collect()
}

/// Records that are taken for one person.
#[derive(Debug, Default)]
struct Groups {
    of: FxHashMap<u32, u32>,
    members: FxHashMap<u32, Vec<u32>>,
}

impl Groups {
    fn of(&self, record: u32) -> u32 {
        self.of.get(&record).copied().unwrap_or(record)
    }

    fn members(&self, group: u32) -> Vec<u32> {
        self.members.get(&group).cloned().unwrap_or_else(|| vec![group])
    }

    fn join(&mut self, x: u32, y: u32) {
        let mut all = self.members(x);
        all.extend(self.members(y));
        for member in &all {
            self.of.insert(*member, x);
        }
        self.members.remove(&y);
        self.members.insert(x, all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(a: u32, b: u32, score: f64) -> Link {
        Link { a, b, score, tells_a_person: true }
    }

    #[test]
    fn a_person_is_followed_from_record_to_record() {
        let verdicts = decide(&[link(0, 1, 0.999), link(1, 2, 0.999)], 0.85, |_, _| 0.4);
        let far = verdicts[&(0, 2)];
        assert!(far.proposed && far.through_others, "one and three are one person through two");
    }

    #[test]
    fn two_people_are_not_joined_by_a_third_record() {
        let verdicts = decide(&[link(0, 1, 0.9), link(0, 2, 0.9)], 0.85, |_, _| 1e-9);
        assert!(
            verdicts.values().all(|verdict| !verdict.proposed),
            "a record that fits two people is neither's for sure"
        );
        assert!(verdicts[&(0, 1)].several, "and the reason is told");
    }

    #[test]
    fn a_surer_candidate_wins() {
        let verdicts = decide(&[link(0, 1, 0.9999), link(0, 2, 0.88)], 0.85, |_, _| 1e-9);
        assert!(verdicts[&(0, 1)].proposed, "the surer one is proposed");
        assert!(!verdicts[&(0, 2)].proposed, "the other is not");
    }

    #[test]
    fn what_does_not_tell_a_person_is_never_proposed() {
        let lone = Link { tells_a_person: false, ..link(0, 1, 0.999) };
        assert!(!decide(&[lone], 0.85, |_, _| 0.0)[&(0, 1)].proposed, "a household is no person");
    }
}
