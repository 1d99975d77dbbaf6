//! A reader who has every release and every equation, and a linear program of their own, computes no hidden number better than the rule.
//!
//! Tables are made by chance from a seed. `DISCLOSURE_TABLES` says how many, once alone and once as years of five tables
//! (`make disclosure`: 10,000).
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeMap;

use microlp::{ComparisonOp, OptimizationDirection, Problem, Variable};
use palier_disclosure::{Line, OverTime, Protected, Rule, Sheet, Told};

const SEED: u64 = 0x000c_0de4_1300;
/// What a solver may be off.
const OFF: f64 = 1e-4;

fn tables() -> u64 {
    std::env::var("DISCLOSURE_TABLES").ok().and_then(|text| text.parse().ok()).unwrap_or(100)
}

/// Numbers by chance (splitmix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((z ^ (z >> 31)) % u64::from(limit)).unwrap()
    }

    fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// A count as they are in a small territory: many small, few large.
    fn count(&mut self) -> u32 {
        match self.below(10) {
            0 => 0,
            1..=4 => self.below(12),
            5..=7 => self.below(60),
            _ => self.below(400),
        }
    }
}

/// How the tables of one history look: areas, parts of the whole, parts of the first part, whether a share is told.
#[derive(Debug, Clone, Copy)]
struct Shape {
    areas: usize,
    parts: usize,
    inner: usize,
    share: bool,
}

/// Numbers by leaf and area.
type Leaves = Vec<Vec<u32>>;

fn shape(chance: &mut Chance) -> Shape {
    Shape {
        areas: chance.between(1, 5) as usize,
        parts: chance.between(2, 6) as usize,
        inner: [0, 2, 3][chance.below(3) as usize],
        share: chance.below(2) == 0,
    }
}

fn leaves(shape: Shape, mut number: impl FnMut(usize, usize) -> u32) -> Leaves {
    let count = shape.parts + shape.inner.max(1) - 1 + 2;
    (0..count).map(|leaf| (0..shape.areas).map(|area| number(leaf, area)).collect()).collect()
}

/// `whole` = `p0` + `p1` + …; `p0` = `s0` + `s1` + …; `asked` = `yes` + who said no.
fn sheet(shape: Shape, over_time: OverTime, leaves: &Leaves) -> Sheet {
    let areas: Vec<String> = (0..shape.areas).map(|area| format!("QN{area}")).collect();
    let mut sheet = Sheet::new(over_time, &areas);
    let mut left = leaves.iter();
    let add = |lines: &[Vec<u32>]| -> Vec<u32> {
        (0..shape.areas).map(|area| lines.iter().map(|line| line[area]).sum()).collect()
    };
    let mut parts = Vec::new();
    if shape.inner > 0 {
        let inner: Vec<Vec<u32>> = left.by_ref().take(shape.inner).cloned().collect();
        parts.push(add(&inner));
        for (at, values) in inner.into_iter().enumerate() {
            sheet.line(&format!("s{at}"), Line::People, values);
        }
        sheet.sum("inner", "p0", (0..shape.inner).map(|at| format!("s{at}")));
    }
    while parts.len() < shape.parts {
        parts.push(left.next().unwrap().clone());
    }
    sheet.line("whole", Line::People, add(&parts));
    for (at, values) in parts.into_iter().enumerate() {
        sheet.line(&format!("p{at}"), Line::People, values);
    }
    sheet.sum("parts", "whole", (0..shape.parts).map(|at| format!("p{at}")));
    if shape.share {
        let (yes, no) = (left.next().unwrap().clone(), left.next().unwrap().clone());
        sheet.line("asked", Line::People, add(&[yes.clone(), no]));
        sheet.line("yes", Line::People, yes);
        sheet.rest("asked", "yes");
    }
    sheet
}

/// The reader: a variable for each number of each release, fixed where it is printed.
struct Reader<'a> {
    releases: Vec<&'a Protected>,
    /// The last release is the year of those before it.
    year: bool,
}

type Cell = (usize, String, usize);

impl Reader<'_> {
    fn cells(&self) -> Vec<Cell> {
        let of = |(at, release): (usize, &&Protected)| {
            let columns = release.sheet.columns();
            let lines = release.sheet.lines.keys().cloned().collect::<Vec<_>>();
            lines.into_iter().flat_map(move |line| (0..columns).map(move |column| (at, line.clone(), column)))
        };
        self.releases.iter().enumerate().flat_map(of).collect()
    }

    fn printed(&self, (release, line, column): &Cell) -> Option<u32> {
        if line.contains('/') {
            return None;
        }
        match self.releases[*release].told(line, *column) {
            Told::Shown(value) => Some(value),
            Told::Hidden => None,
        }
    }

    /// The table in which a cell is the most, or the least, that it can be.
    fn limit(&self, cell: &Cell, direction: OptimizationDirection) -> BTreeMap<Cell, f64> {
        let mut problem = Problem::new(direction);
        let mut variables: BTreeMap<Cell, Variable> = BTreeMap::new();
        for other in self.cells() {
            let range = self.printed(&other).map_or((0.0, 1e5), |value| (f64::from(value), f64::from(value)));
            let weight = if other == *cell { 1.0 } else { 0.0 };
            variables.insert(other, problem.add_var(weight, range));
        }
        let mut relate = |whole: &Cell, parts: &[Cell], relation| {
            let mut terms = vec![(variables[whole], 1.0)];
            terms.extend(parts.iter().map(|part| (variables[part], -1.0)));
            problem.add_constraint(&terms[..], relation, 0.0);
        };
        for (at, release) in self.releases.iter().enumerate() {
            let sheet = &release.sheet;
            for column in 0..sheet.columns() {
                for sum in &sheet.sums {
                    let parts: Vec<Cell> = sum.parts.iter().map(|part| (at, part.clone(), column)).collect();
                    relate(&(at, sum.whole.clone(), column), &parts, ComparisonOp::Eq);
                }
            }
            if sheet.areas.len() > 1 {
                for line in sheet.lines.keys() {
                    let parts: Vec<Cell> = (0..sheet.areas.len()).map(|area| (at, line.clone(), area)).collect();
                    relate(&(at, line.clone(), sheet.areas.len()), &parts, ComparisonOp::Eq);
                }
            }
        }
        if self.year {
            let last = self.releases.len() - 1;
            let over_time = self.releases[last].sheet.over_time;
            for (_, line, column) in self.cells().iter().filter(|(at, ..)| *at == last) {
                let quarters: Vec<Cell> = (0..last).map(|at| (at, line.clone(), *column)).collect();
                let year = (last, line.clone(), *column);
                let relation = if over_time == OverTime::Adds { ComparisonOp::Eq } else { ComparisonOp::Le };
                relate(&year, &quarters, relation);
                let within = match over_time {
                    OverTime::Adds => &[][..],
                    OverTime::Distinct => &quarters[..],
                    OverTime::Latest => &quarters[last - 1..],
                };
                for quarter in within {
                    relate(quarter, std::slice::from_ref(&year), ComparisonOp::Le);
                }
            }
        }
        let solution = problem.solve().unwrap().into_solution().unwrap();
        variables.into_iter().map(|(cell, variable)| (cell, solution.var_value(variable))).collect()
    }

    /// Hidden cells that are computed too well, and how many are hidden.
    fn found(&self, rule: Rule) -> (Vec<(Cell, f64, f64)>, usize) {
        let hidden: Vec<Cell> = self.cells().into_iter().filter(|cell| self.printed(cell).is_none()).collect();
        let mut found = Vec::new();
        let mut seen: BTreeMap<Cell, (f64, f64)> = BTreeMap::new();
        for cell in &hidden {
            let truth = self.releases[cell.0].sheet.value(&cell.1, cell.2);
            // What a share leaves out is nobody's secret when it is large.
            if cell.1.contains('/') && !rule.hides(truth) {
                continue;
            }
            for direction in [OptimizationDirection::Minimize, OptimizationDirection::Maximize] {
                // A table found before says of this cell too what it can be.
                if seen.get(cell).is_some_and(|(least, most)| most - least >= f64::from(rule.width())) {
                    break;
                }
                for (cell, value) in self.limit(cell, direction) {
                    let (least, most) = seen.entry(cell).or_insert((value, value));
                    (*least, *most) = (least.min(value), most.max(value));
                }
            }
            let (least, most) = seen[cell];
            if most - least < f64::from(rule.width()) - OFF {
                assert!(least <= f64::from(truth) + OFF && f64::from(truth) <= most + OFF, "the truth is possible");
                found.push((cell.clone(), least, most));
            }
        }
        (found, hidden.len())
    }
}

#[expect(clippy::print_stdout, reason = "the figures of `make disclosure`")]
fn report(what: &str, tables: u64, cells: usize, hidden: usize) {
    println!(
        "{what}: {tables} attacked, {hidden} of {cells} numbers hidden, none computed within the rule (seed {SEED:#x})"
    );
}

#[test]
fn no_hidden_number_of_a_table_is_computed() {
    let (mut hidden, mut cells) = (0, 0);
    for number in 0..tables() {
        let mut chance = Chance(SEED + number);
        let rule = if number % 4 == 0 { Rule::SUMS_ALONE } else { Rule::LEAVING };
        let shape = shape(&mut chance);
        let made = sheet(shape, OverTime::Adds, &leaves(shape, |_, _| chance.count()));
        let told = made.protect(rule, &[]).unwrap();
        let reader = Reader { releases: vec![&told], year: false };
        let (found, count) = reader.found(rule);
        assert!(found.is_empty(), "table {number}, {shape:?}: {found:?}");
        (hidden, cells) = (hidden + count, cells + reader.cells().len());
    }
    report("Tables", tables(), cells, hidden);
}

/// Four quarters and their year, counted after some rows came late.
fn history(number: u64) -> (Vec<Sheet>, Sheet) {
    let mut chance = Chance(!SEED + number);
    let over_time = [OverTime::Adds, OverTime::Distinct, OverTime::Latest][(number % 3) as usize];
    let shape =
        Shape { areas: chance.between(1, 3) as usize, parts: chance.between(2, 4) as usize, ..shape(&mut chance) };
    let quarters: Vec<Leaves> = (0..4).map(|_| leaves(shape, |_, _| chance.count())).collect();
    let year = leaves(shape, |leaf, area| {
        let of: Vec<u32> = quarters.iter().map(|quarter| quarter[leaf][area]).collect();
        let (sum, most) = (of.iter().sum::<u32>(), *of.iter().max().unwrap());
        match over_time {
            OverTime::Adds => sum + chance.below(5),
            OverTime::Distinct => chance.between(most, sum),
            OverTime::Latest => chance.between(of[3], sum),
        }
    });
    (quarters.iter().map(|quarter| sheet(shape, over_time, quarter)).collect(), sheet(shape, over_time, &year))
}

#[test]
fn nor_with_the_releases_of_the_quarters_and_of_their_year_side_by_side() {
    let (mut hidden, mut cells) = (0, 0);
    for number in 0..tables() / 5 {
        let (quarters, year) = history(number);
        let quarters: Vec<Protected> =
            quarters.into_iter().map(|quarter| quarter.protect(Rule::LEAVING, &[]).unwrap()).collect();
        let before: Vec<&Protected> = quarters.iter().collect();
        let year = year.protect(Rule::LEAVING, &before).unwrap();
        let reader = Reader { releases: before.into_iter().chain([&year]).collect(), year: true };
        let (found, count) = reader.found(Rule::LEAVING);
        assert!(found.is_empty(), "history {number}: {found:?}");
        (hidden, cells) = (hidden + count, cells + reader.cells().len());
    }
    report("Years with their quarters", tables() / 5, cells, hidden);
}

#[test]
fn the_attack_finds_what_small_numbers_alone_leave_open() {
    let (mut exposed, mut of) = (0, 0);
    for number in 0..60 {
        let mut chance = Chance(SEED + number);
        let shape = shape(&mut chance);
        let made = sheet(shape, OverTime::Adds, &leaves(shape, |_, _| chance.count()));
        let mut told = made.protect(Rule::LEAVING, &[]).unwrap();
        for (code, marks) in &mut told.hidden {
            for (column, mark) in marks.iter_mut().enumerate() {
                *mark = Rule::LEAVING.hides(told.sheet.value(code, column));
            }
        }
        let (found, _) = Reader { releases: vec![&told], year: false }.found(Rule::LEAVING);
        (exposed, of) = (exposed + u32::from(!found.is_empty()), of + 1);
    }
    assert!(exposed * 2 > of, "without more hidden, {exposed} tables of {of} give a number away");
}

#[test]
fn the_attack_finds_what_a_year_protected_alone_gives_away() {
    let mut exposed = 0;
    for number in (0..60).step_by(3) {
        let (quarters, year) = history(number);
        let quarters: Vec<Protected> =
            quarters.into_iter().map(|quarter| quarter.protect(Rule::LEAVING, &[]).unwrap()).collect();
        let before: Vec<&Protected> = quarters.iter().collect();
        // The sum of the quarters, hidden as if nobody had seen them.
        let year = year.protect(Rule::LEAVING, &before).unwrap().sheet.protect(Rule::LEAVING, &[]).unwrap();
        let reader = Reader { releases: before.into_iter().chain([&year]).collect(), year: true };
        exposed += u32::from(!reader.found(Rule::LEAVING).0.is_empty());
    }
    assert!(exposed > 2, "differences of releases give numbers away: {exposed} of 20");
}
