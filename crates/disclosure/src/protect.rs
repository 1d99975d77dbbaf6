//! What is hidden: the small numbers, then as little else as a plain search finds, until the audit has nothing to say.

use std::collections::BTreeSet;

use crate::audit::{audit, unknowns};
use crate::system::{Kind, Rule, System};

/// Cells that what the reader has already lets them compute: there is nothing left to hide around them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("What is shown already lets {} cells be computed", cells.len())]
pub struct Exposed {
    /// Their indexes.
    pub cells: Vec<usize>,
}

/// Which offered cells are hidden: one mark for each cell of the system.
///
/// # Errors
/// [`Exposed`]: nothing of the table may be shown then.
pub fn protect(system: &System, rule: Rule) -> Result<Vec<bool>, Exposed> {
    let mut system = system.clone();
    give_what_follows(&mut system, rule);
    let mut hidden = small(&system, rule);
    loop {
        let narrow: Vec<usize> = audit(&system, &hidden, rule).into_iter().map(|narrow| narrow.cell).collect();
        if narrow.is_empty() {
            return Ok(without_excess(&system, hidden, rule));
        }
        let more = cover(&system, &hidden, &narrow);
        for cell in &more {
            hidden.get_mut(*cell).into_iter().for_each(|mark| *mark = true);
        }
        if more.is_empty() {
            // Large numbers that the reader computes whatever is hidden: to print them tells nothing new.
            let large = |cell: &&mut crate::Cell| cell.kind == Kind::Offered && !rule.hides(cell.value);
            let mut known = 0;
            for cell in &narrow {
                for cell in system.cells.get_mut(*cell).into_iter().filter(large) {
                    cell.kind = Kind::Given;
                    known += 1;
                }
            }
            if known == 0 {
                return Err(Exposed { cells: narrow });
            }
            hidden = small(&system, rule);
        }
    }
}

/// Shows again what need not be hidden, the greatest first: the search hides for one cell what another made needless.
fn without_excess(system: &System, mut hidden: Vec<bool>, rule: Rule) -> Vec<bool> {
    let small = small(system, rule);
    let beside = |(at, marks): (usize, (&bool, &bool))| (*marks.0 && !*marks.1).then_some(at);
    let mut beside: Vec<usize> = hidden.iter().zip(&small).enumerate().filter_map(beside).collect();
    beside.sort_by_key(|cell| std::cmp::Reverse(system.value(*cell)));
    for cell in beside {
        let mut fewer = hidden.clone();
        fewer.get_mut(cell).into_iter().for_each(|mark| *mark = false);
        if audit(system, &fewer, rule).is_empty() {
            hidden = fewer;
        }
    }
    hidden
}

/// The numbers that are hidden for their own sake.
fn small(system: &System, rule: Rule) -> Vec<bool> {
    system.cells.iter().map(|cell| cell.kind == Kind::Offered && rule.hides(cell.value)).collect()
}

/// What is one equation away from what the reader has is had: hiding it would protect nothing. As a year of quarters all told.
fn give_what_follows(system: &mut System, rule: Rule) {
    loop {
        let given = |cell: &usize| system.cells.get(*cell).is_some_and(|cell| cell.kind == Kind::Given);
        let follows = system.bounds.iter().filter(|bound| bound.equal).find_map(|bound| {
            let mut open = bound.cells().filter(|cell| !given(cell));
            let cell = open.next().filter(|_| open.next().is_none())?;
            let offered = system.cells.get(cell).is_some_and(|cell| cell.kind == Kind::Offered);
            (offered && !rule.hides(system.value(cell))).then_some(cell)
        });
        let Some(cell) = follows.and_then(|cell| system.cells.get_mut(cell)) else { return };
        cell.kind = Kind::Given;
    }
}

/// What to hide beside narrow cells: for each, the cheapest shown number of the equations that hold it.
fn cover(system: &System, hidden: &[bool], narrow: &[usize]) -> BTreeSet<usize> {
    let unknown = unknowns(system, hidden);
    let is_unknown = |cell: &usize| unknown.get(*cell) == Some(&true);
    // How many unknown cells an equation has: a cell whose other equations have one already is freed at once.
    let loose: Vec<usize> = system.bounds.iter().map(|bound| bound.cells().filter(is_unknown).count()).collect();
    let mut of_cell: Vec<Vec<usize>> = vec![Vec::new(); system.cells.len()];
    for (at, bound) in system.bounds.iter().enumerate() {
        bound.cells().for_each(|cell| of_cell.get_mut(cell).into_iter().for_each(|list| list.push(at)));
    }
    let mut more = BTreeSet::new();
    for cell in narrow {
        // From equation to equation through unknown cells, as far as needed.
        let (mut near, mut done) = (vec![*cell], BTreeSet::new());
        while !near.is_empty() {
            let bounds: BTreeSet<usize> =
                near.iter().filter_map(|cell| of_cell.get(*cell)).flatten().copied().collect();
            let bounds: Vec<usize> = bounds.into_iter().filter(|bound| done.insert(*bound)).collect();
            let around: BTreeSet<usize> =
                bounds.iter().filter_map(|bound| system.bounds.get(*bound)).flat_map(crate::Bound::cells).collect();
            if around.iter().any(|cell| more.contains(cell)) {
                break;
            }
            let offered = around.iter().copied().filter(|cell| {
                !is_unknown(cell) && system.cells.get(*cell).is_some_and(|cell| cell.kind == Kind::Offered)
            });
            let price = |cell: &usize| {
                let alone = of_cell.get(*cell).into_iter().flatten().filter(|bound| loose.get(**bound) == Some(&0));
                (u64::from(system.value(*cell)) + 1) * (1 + alone.count() as u64)
            };
            if let Some(cheapest) = offered.min_by_key(price) {
                more.insert(cheapest);
                break;
            }
            near = around.into_iter().filter(is_unknown).collect();
            if bounds.is_empty() {
                break;
            }
        }
    }
    more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_part_takes_another_with_it() {
        let mut system = System::default();
        let parts = [3, 40, 12].map(|value| system.cell(value, Kind::Offered));
        let whole = system.cell(55, Kind::Offered);
        system.sum(whole, parts.to_vec());
        let hidden = protect(&system, Rule::LEAVING).unwrap();
        assert_eq!(hidden, [true, false, true, false], "the sum would tell the one that is hidden alone");
    }

    #[test]
    fn two_small_parts_of_a_small_sum_are_not_enough() {
        // 1 and 2 hidden beside 40 of 43: what is left is 3, so each is at most 3.
        let mut system = System::default();
        let parts = [1, 2, 40].map(|value| system.cell(value, Kind::Offered));
        let whole = system.cell(43, Kind::Offered);
        system.sum(whole, parts.to_vec());
        let hidden = protect(&system, Rule::LEAVING).unwrap();
        assert_eq!(hidden, [true, true, true, false]);
    }

    #[test]
    fn what_the_reader_has_already_is_said_to_expose() {
        let mut system = System::default();
        let (one, other, whole) =
            (system.cell(2, Kind::Offered), system.cell(20, Kind::Given), system.cell(22, Kind::Given));
        system.sum(whole, vec![one, other]);
        assert_eq!(protect(&system, Rule::LEAVING), Err(Exposed { cells: vec![one] }));
    }
}
