//! The proof: what a reader can compute of each hidden cell, by linear programming over all that is shown.
//!
//! A cell is proven when two tables of whole numbers, both true to all that is shown, differ in it by the width of the rule. The true
//! table is one of them; the other is where the solver ends when it pushes the cell up, or down. A solution with fractions proves
//! nothing: the solver is then asked for whole numbers.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use crate::system::{Kind, Rule, System};

/// How far from a whole number the solver may end.
const ROUND: f64 = 1e-6;

/// A hidden cell that a reader can compute too well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Narrow {
    /// Its index.
    pub cell: usize,
    /// The least it can be.
    pub least: u32,
    /// The most it can be.
    pub most: u32,
}

/// The hidden cells that are narrower than the rule; `hidden[i]` tells of cell `i` whether it is left out.
#[must_use]
pub fn audit(system: &System, hidden: &[bool], rule: Rule) -> Vec<Narrow> {
    let unknown = unknowns(system, hidden);
    let parts = components(system, &unknown);
    parts.iter().flat_map(|cells| Component::new(system, &unknown, cells).narrow(rule)).collect()
}

/// The cells that the reader does not have.
pub(crate) fn unknowns(system: &System, hidden: &[bool]) -> Vec<bool> {
    let told = |(index, kind)| match kind {
        Kind::Given => false,
        Kind::Offered => hidden.get(index).copied().unwrap_or(false),
        Kind::Inner | Kind::Hidden => true,
    };
    system.cells.iter().map(|cell| cell.kind).enumerate().map(told).collect()
}

/// Whether a cell that the reader does not have must be protected: an inner one only when it is small.
pub(crate) fn protected(system: &System, cell: usize, rule: Rule) -> bool {
    system.cells.get(cell).is_some_and(|cell| cell.kind != Kind::Inner || rule.hides(cell.value))
}

/// Unknown cells that hang together, by groups.
pub(crate) fn components(system: &System, unknown: &[bool]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..system.cells.len()).collect();
    for bound in &system.bounds {
        let mut inside = bound.cells().filter(|cell| unknown.get(*cell) == Some(&true));
        let Some(first) = inside.next() else { continue };
        for other in inside {
            let (one, two) = (root(&mut group, first), root(&mut group, other));
            if let Some(place) = group.get_mut(one.max(two)) {
                *place = one.min(two);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = vec![Vec::new(); system.cells.len()];
    for cell in (0..system.cells.len()).filter(|cell| unknown.get(*cell) == Some(&true)) {
        let of = root(&mut group, cell);
        found.get_mut(of).into_iter().for_each(|cells| cells.push(cell));
    }
    found.into_iter().filter(|cells| !cells.is_empty()).collect()
}

fn root(group: &mut [usize], cell: usize) -> usize {
    let mut at = cell;
    while let Some(up) = group.get(at).copied().filter(|up| *up != at) {
        at = up;
    }
    if let Some(place) = group.get_mut(cell) {
        *place = at;
    }
    at
}

/// A row of the reader's equations: variables with their signs, and the rest on the right.
struct Row {
    terms: Vec<(usize, f64)>,
    equal: bool,
    right: f64,
}

/// Unknown cells that hang together, with what is known of them.
struct Component<'a> {
    system: &'a System,
    cells: &'a [usize],
    rows: Vec<Row>,
    /// No number of a table is greater: a bound of the search, which can only hide freedom and never invent it.
    ceiling: f64,
    /// The least and the most of each cell in the tables of whole numbers that were found.
    seen: Vec<(u32, u32)>,
}

impl<'a> Component<'a> {
    fn new(system: &'a System, unknown: &[bool], cells: &'a [usize]) -> Self {
        let mut place = vec![usize::MAX; system.cells.len()];
        for (at, cell) in cells.iter().enumerate() {
            if let Some(slot) = place.get_mut(*cell) {
                *slot = at;
            }
        }
        let at = |cell: usize| place.get(cell).copied().filter(|at| *at != usize::MAX);
        let touches = |bound: &&crate::Bound| bound.cells().any(|cell| at(cell).is_some());
        let rows = system.bounds.iter().filter(touches).map(|bound| {
            let mut row = Row { terms: Vec::new(), equal: bound.equal, right: 0.0 };
            let signed = std::iter::once((bound.whole, 1.0)).chain(bound.parts.iter().map(|part| (*part, -1.0)));
            for (cell, sign) in signed {
                match at(cell) {
                    Some(variable) => row.terms.push((variable, sign)),
                    None => row.right -= sign * f64::from(system.value(cell)),
                }
            }
            row
        });
        debug_assert!(unknown.len() == system.cells.len(), "a mark for each cell");
        let values = cells.iter().map(|cell| system.value(*cell));
        let ceiling = 1_000.0 + 2.0 * values.clone().map(f64::from).sum::<f64>();
        let seen = values.map(|value| (value, value)).collect();
        Self { system, cells, rows: rows.collect(), ceiling, seen }
    }

    fn narrow(mut self, rule: Rule) -> Vec<Narrow> {
        let mut narrow = Vec::new();
        for at in 0..self.cells.len() {
            let Some(cell) = self.cells.get(at).copied() else { continue };
            if !protected(self.system, cell, rule) {
                continue;
            }
            for direction in [OptimizationDirection::Maximize, OptimizationDirection::Minimize] {
                if !self.wide(at, rule) {
                    self.push(at, direction);
                }
            }
            if !self.wide(at, rule) {
                let (least, most) = self.seen.get(at).copied().unwrap_or_default();
                narrow.push(Narrow { cell, least, most });
            }
        }
        narrow
    }

    fn wide(&self, at: usize, rule: Rule) -> bool {
        self.seen.get(at).is_some_and(|(least, most)| most - least >= rule.width())
    }

    /// Looks for the table in which a cell is as great, or as small, as it can be, and remembers what it shows of every cell.
    fn push(&mut self, at: usize, direction: OptimizationDirection) {
        let found = self.solve(at, direction, false);
        let whole = found.as_ref().is_some_and(|found| found.iter().all(|value| (value - value.round()).abs() < ROUND));
        let found = if whole { found } else { self.solve(at, direction, true) };
        for (seen, value) in self.seen.iter_mut().zip(found.into_iter().flatten()) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and the ceiling")]
            let value = value.round().max(0.0) as u32;
            *seen = (seen.0.min(value), seen.1.max(value));
        }
    }

    /// None when the solver gives up: nothing is then proven, and the cell counts as narrow.
    fn solve(&self, at: usize, direction: OptimizationDirection, whole: bool) -> Option<Vec<f64>> {
        let mut problem = Problem::new(direction);
        #[expect(clippy::cast_possible_truncation, reason = "sums of counts of a territory")]
        let most = self.ceiling.min(f64::from(i32::MAX)) as i32;
        let variables: Vec<_> = (0..self.cells.len())
            .map(|index| {
                let weight = if index == at { 1.0 } else { 0.0 };
                if whole {
                    problem.add_integer_var(weight, (0, most))
                } else {
                    problem.add_var(weight, (0.0, f64::from(most)))
                }
            })
            .collect();
        for row in &self.rows {
            let terms = row.terms.iter().filter_map(|(index, sign)| Some((*variables.get(*index)?, *sign)));
            let terms: Vec<_> = terms.collect();
            problem.add_constraint(&terms[..], if row.equal { ComparisonOp::Eq } else { ComparisonOp::Le }, row.right);
        }
        let solution = problem.solve().ok()?.into_solution().ok()?;
        Some(variables.into_iter().map(|variable| solution.var_value(variable)).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each cell can be, by trying every table of whole numbers up to a limit.
    fn tried(system: &System, unknown: &[usize], limit: u32) -> Vec<(u32, u32)> {
        let mut seen = vec![(u32::MAX, 0); unknown.len()];
        let mut table = system.clone();
        let count = (limit + 1).pow(u32::try_from(unknown.len()).unwrap());
        for mut number in 0..count {
            for cell in unknown {
                table.cells[*cell].value = number % (limit + 1);
                number /= limit + 1;
            }
            if table.bounds.iter().all(|bound| table.holds(bound)) {
                for (seen, cell) in seen.iter_mut().zip(unknown) {
                    let value = table.cells[*cell].value;
                    *seen = (seen.0.min(value), seen.1.max(value));
                }
            }
        }
        seen
    }

    #[test]
    fn it_finds_what_trying_every_table_finds() {
        // Two lines by two areas; the sums of the lines and of the areas are shown, and one cell is at most another.
        for values in [[1, 2, 3, 4], [0, 5, 5, 0], [2, 2, 2, 2], [5, 0, 1, 4]] {
            for limited in [false, true] {
                let mut system = System::default();
                let inside: Vec<usize> = values.iter().map(|value| system.cell(*value, Kind::Offered)).collect();
                for pair in [[0, 1], [2, 3], [0, 2], [1, 3]] {
                    let whole = system.cell(pair.iter().map(|at| values[*at]).sum(), Kind::Given);
                    system.sum(whole, pair.map(|at| inside[at]).to_vec());
                }
                if limited && values[0] <= values[3] {
                    system.at_most(0, vec![3]);
                }
                let hidden = vec![true; system.cells.len()];
                let found = audit(&system, &hidden, Rule { least_shown: 1_000 });
                let found: Vec<(u32, u32)> = found.iter().map(|narrow| (narrow.least, narrow.most)).collect();
                assert_eq!(found, tried(&system, &inside, 10), "{values:?} {limited}");
            }
        }
    }

    #[test]
    fn three_sums_of_two_fix_all_three() {
        let mut system = System::default();
        let cells: Vec<usize> = [3, 4, 5].iter().map(|value| system.cell(*value, Kind::Offered)).collect();
        for pair in [[0, 1], [1, 2], [0, 2]] {
            let whole = system.cell(pair.iter().map(|at| system.value(cells[*at])).sum(), Kind::Given);
            system.sum(whole, pair.map(|at| cells[at]).to_vec());
        }
        let narrow = audit(&system, &[true; 6], Rule::SUMS_ALONE);
        assert_eq!(narrow.iter().map(|one| (one.least, one.most)).collect::<Vec<_>>(), [(3, 3), (4, 4), (5, 5)]);
    }

    #[test]
    fn a_large_inner_number_is_nobodys_secret() {
        let mut system = System::default();
        let (of, part) = (system.cell(50, Kind::Given), system.cell(20, Kind::Given));
        let rest = system.cell(30, Kind::Inner);
        system.sum(of, vec![part, rest]);
        assert!(audit(&system, &[false; 3], Rule::LEAVING).is_empty());
        system.cells[part].value = 45;
        system.cells[rest].value = 5;
        let told = Narrow { cell: rest, least: 5, most: 5 };
        assert_eq!(audit(&system, &[false; 3], Rule::LEAVING), [told], "five are those who did not");
    }
}
