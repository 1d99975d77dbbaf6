//! The figures of one subject over a period: lines by areas, what each line sums to, and the quarters told before their year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::protect::{Exposed, protect};
use crate::system::{Bound, Kind, Rule, System};

/// How the numbers of quarters make those of their year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OverTime {
    /// Each thing counted is of one quarter: the year is the sum.
    Adds,
    /// One thing may be of several quarters and counts once in the year.
    Distinct,
    /// Only the latest of each thing counts, in the year as in the quarter.
    Latest,
}

/// Whether a line is about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// It is not: doors, actions. Always shown.
    Open,
    /// It is: small numbers are hidden.
    People,
    /// It is, and is never printed: what a share leaves out.
    Inner,
}

/// A line that is the sum of others, by their codes; or, when not equal, at most their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// The code of the table that it is of, to find it again in another quarter, whatever lines that one has.
    pub table: String,
    /// The line.
    pub whole: String,
    /// The lines it is compared with.
    pub parts: Vec<String>,
    /// The sum exactly.
    pub equal: bool,
}

/// The figures of one subject: true numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// How quarters make a year.
    pub over_time: OverTime,
    /// Codes of the areas, in the order of the columns. The sum over all of them is one more column when there are several.
    pub areas: Vec<String>,
    /// Lines by code: what they are, and a number for each area.
    pub lines: BTreeMap<String, (Line, Vec<u32>)>,
    /// What the reader knows of the lines, in each area. One that is not true of the numbers is left out by the proof.
    pub sums: Vec<Sum>,
    /// The line that counts who is behind all others, when those count several things of each: where they are few, all is hidden.
    pub base: Option<String>,
}

/// What a release tells of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Protected {
    /// The true numbers, which stay where releases are kept.
    pub sheet: Sheet,
    /// Lines by code: which columns are hidden.
    pub hidden: BTreeMap<String, Vec<bool>>,
}

/// One cell as its reader sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// The number.
    Shown(u32),
    /// Hidden: small, or next to small ones. Which of both is not told.
    Hidden,
}

/// Where the cells of a sheet are in a system: line and column.
type Places = BTreeMap<(String, usize), usize>;

impl Sheet {
    /// A sheet without lines.
    #[must_use]
    pub fn new(over_time: OverTime, areas: &[String]) -> Self {
        Self { over_time, areas: areas.to_vec(), lines: BTreeMap::new(), sums: Vec::new(), base: None }
    }

    /// Adds a line, with a number for each area.
    pub fn line(&mut self, code: &str, line: Line, values: Vec<u32>) {
        self.lines.insert(code.to_owned(), (line, values));
    }

    /// Adds that a line is the sum of the lines of a table.
    pub fn sum(&mut self, table: &str, whole: &str, parts: impl IntoIterator<Item = impl Into<String>>) {
        let parts = parts.into_iter().map(Into::into).collect();
        self.sums.push(Sum { table: table.to_owned(), whole: whole.to_owned(), parts, equal: true });
    }

    /// Adds what a part leaves of its whole, as an inner line: where nearly all did, who did not is few.
    pub fn rest(&mut self, whole: &str, part: &str) {
        let of = |code: &str| self.lines.get(code).map(|(_, values)| values.clone()).unwrap_or_default();
        let rest: Vec<u32> = of(whole).iter().zip(of(part)).map(|(whole, part)| whole.saturating_sub(part)).collect();
        let code = format!("{whole}/not {part}");
        self.line(&code, Line::Inner, rest);
        self.sum(&code.clone(), whole, [part.to_owned(), code]);
    }

    /// Columns: the areas, and all of them together when there are several.
    #[must_use]
    pub fn columns(&self) -> usize {
        if self.areas.len() > 1 { self.areas.len() + 1 } else { self.areas.len() }
    }

    /// The true number of a line in a column; 0 for a line that is not there.
    #[must_use]
    pub fn value(&self, code: &str, column: usize) -> u32 {
        let Some((_, values)) = self.lines.get(code) else { return 0 };
        if column < self.areas.len() { values.get(column).copied().unwrap_or(0) } else { values.iter().sum() }
    }

    /// Hides what must be hidden. `quarters` are those of the year, all four, or none when none was told: of what adds up, the
    /// year is then the sum of what they counted, so that no difference tells of rows that came late.
    ///
    /// # Errors
    /// [`Exposed`] when what the quarters told lets a hidden number of theirs be computed: nothing may be shown.
    pub fn protect(mut self, rule: Rule, quarters: &[&Protected]) -> Result<Protected, Exposed> {
        if self.over_time == OverTime::Adds && !quarters.is_empty() {
            self = self.summed(quarters);
        }
        let mut system = System::default();
        let few = |column| self.base.as_ref().is_some_and(|base| rule.hides(self.value(base, column)));
        let own = self.cells(&mut system, |_, column| if few(column) { Kind::Hidden } else { Kind::Offered });
        let mut before: Vec<Places> = Vec::new();
        for quarter in quarters {
            let told = |code: &str, column: usize| match quarter.told(code, column) {
                Told::Shown(_) => Kind::Given,
                Told::Hidden => Kind::Hidden,
            };
            before.push(quarter.sheet.cells(&mut system, told));
        }
        let links = self.links(&own, quarters, &before);
        system.bounds.extend(links);
        let true_ones: Vec<Bound> = system.bounds.iter().filter(|bound| system.holds(bound)).cloned().collect();
        system.bounds = true_ones;
        let marks = protect(&system, rule)?;
        let mark = |code: &String, column| own.get(&(code.clone(), column)).and_then(|at| marks.get(*at)).copied();
        let of_line = |code: &String| {
            let people = self.lines.get(code).is_some_and(|(line, _)| *line != Line::Open);
            (0..self.columns()).map(|column| (people && few(column)) || mark(code, column).unwrap_or(true)).collect()
        };
        let hidden = self.lines.keys().map(|code| (code.clone(), of_line(code))).collect();
        Ok(Protected { sheet: self, hidden })
    }

    /// The year as the sum of its quarters: lines and areas of any of them.
    fn summed(&self, quarters: &[&Protected]) -> Self {
        let mut areas = self.areas.clone();
        for area in quarters.iter().flat_map(|quarter| &quarter.sheet.areas) {
            if !areas.contains(area) {
                areas.push(area.clone());
            }
        }
        let mut year = Self { base: self.base.clone(), ..Self::new(self.over_time, &areas) };
        for quarter in quarters.iter().map(|quarter| &quarter.sheet) {
            for (code, (line, values)) in &quarter.lines {
                let (_, sums) = year.lines.entry(code.clone()).or_insert_with(|| (*line, vec![0; areas.len()]));
                for (area, value) in quarter.areas.iter().zip(values) {
                    let place = areas.iter().position(|known| known == area).and_then(|at| sums.get_mut(at));
                    place.into_iter().for_each(|place| *place = place.saturating_add(*value));
                }
            }
            for sum in &quarter.sums {
                match year.sums.iter_mut().find(|known| known.table == sum.table) {
                    Some(known) => {
                        let new: Vec<String> =
                            sum.parts.iter().filter(|part| !known.parts.contains(part)).cloned().collect();
                        known.parts.extend(new);
                    }
                    None => year.sums.push(sum.clone()),
                }
            }
        }
        year
    }

    /// Puts the cells of the sheet into a system, with what is known of them within the sheet.
    fn cells(&self, system: &mut System, told: impl Fn(&str, usize) -> Kind) -> Places {
        let mut places = Places::new();
        for (code, (line, _)) in &self.lines {
            for column in 0..self.columns() {
                let kind = match line {
                    Line::Open => Kind::Given,
                    Line::Inner => Kind::Inner,
                    Line::People => told(code, column),
                };
                places.insert((code.clone(), column), system.cell(self.value(code, column), kind));
            }
        }
        let at = |code: &str, column: usize| places.get(&(code.to_owned(), column)).copied();
        for column in 0..self.columns() {
            for sum in &self.sums {
                let parts: Vec<usize> = sum.parts.iter().filter_map(|part| at(part, column)).collect();
                let Some(whole) = at(&sum.whole, column) else { continue };
                // A table of no line is not printed, nor is one whose lines are all hidden: the reader cannot tell them apart.
                if parts.is_empty() {
                    continue;
                }
                system.bounds.push(Bound { whole, parts, equal: sum.equal });
            }
        }
        if self.areas.len() > 1 {
            for code in self.lines.keys() {
                let Some(whole) = at(code, self.areas.len()) else { continue };
                system.sum(whole, (0..self.areas.len()).filter_map(|column| at(code, column)).collect());
            }
        }
        places
    }

    /// What a reader knows of a year beside its four quarters.
    fn links(&self, own: &Places, quarters: &[&Protected], before: &[Places]) -> Vec<Bound> {
        let mut links = Vec::new();
        for ((code, column), year) in own {
            let parts: Vec<usize> = quarters
                .iter()
                .zip(before)
                .filter_map(|(quarter, places)| {
                    let of = self.in_quarter(*column, &quarter.sheet)?;
                    places.get(&(code.clone(), of)).copied()
                })
                .collect();
            let at_most = |part: &usize| Bound { whole: *part, parts: vec![*year], equal: false };
            match self.over_time {
                OverTime::Adds => {}
                OverTime::Distinct => links.extend(parts.iter().map(at_most)),
                // Who was last counted in the last quarter was so in the year.
                OverTime::Latest => links.extend(parts.last().into_iter().map(at_most)),
            }
            if !quarters.is_empty() {
                links.push(Bound { whole: *year, parts, equal: self.over_time == OverTime::Adds });
            }
        }
        links
    }

    /// The column of a quarter that is a column of this sheet.
    fn in_quarter(&self, column: usize, quarter: &Self) -> Option<usize> {
        match self.areas.get(column) {
            Some(area) => quarter.areas.iter().position(|known| known == area),
            None => Some(quarter.columns().saturating_sub(1)),
        }
    }
}

impl Protected {
    /// A cell as its reader sees it.
    #[must_use]
    pub fn told(&self, code: &str, column: usize) -> Told {
        let hidden = self.hidden.get(code).and_then(|line| line.get(column)).copied().unwrap_or(true);
        if hidden { Told::Hidden } else { Told::Shown(self.sheet.value(code, column)) }
    }

    /// How many cells about people are hidden, and how many there are.
    #[must_use]
    pub fn hidden_of(&self) -> (usize, usize) {
        let people = self.sheet.lines.iter().filter(|(_, (line, _))| *line == Line::People);
        let marks: Vec<bool> = people.filter_map(|(code, _)| self.hidden.get(code)).flatten().copied().collect();
        (marks.iter().filter(|hidden| **hidden).count(), marks.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(over_time: OverTime, values: [u32; 2]) -> Sheet {
        let areas = ["QN1".to_owned(), "QN2".to_owned()];
        let mut sheet = Sheet::new(over_time, &areas);
        sheet.line("households", Line::People, values.to_vec());
        sheet
    }

    #[test]
    fn a_small_area_takes_another_with_it_and_stays_hidden_in_the_year() {
        let small = quarter(OverTime::Adds, [3, 40]).protect(Rule::LEAVING, &[]).unwrap();
        assert_eq!(small.hidden["households"], [true, true, false], "the sum of both is shown, neither of them is");
        let large = quarter(OverTime::Adds, [30, 40]).protect(Rule::LEAVING, &[]).unwrap();
        assert_eq!(large.hidden["households"], [false; 3]);
        let year = quarter(OverTime::Adds, [99, 199]);
        let year = year.protect(Rule::LEAVING, &[&small, &large, &large, &large]).unwrap();
        assert_eq!(year.sheet.value("households", 0), 93, "the sum of what the quarters counted, whatever came late");
        assert_eq!(year.hidden["households"], [true, true, false], "93 less three times 30 is 3");
    }

    #[test]
    fn who_did_not_is_few_too() {
        let mut sheet = Sheet::new(OverTime::Adds, &["*".to_owned()]);
        sheet.line("asked", Line::People, vec![50]);
        sheet.line("known", Line::People, vec![47]);
        sheet.rest("asked", "known");
        let told = sheet.protect(Rule::LEAVING, &[]).unwrap();
        assert_eq!((told.told("asked", 0), told.told("known", 0)), (Told::Shown(50), Told::Hidden));
        assert_eq!(told.hidden_of(), (1, 2), "the inner line is no cell of the page");
    }

    #[test]
    fn a_table_without_lines_does_not_say_zero() {
        let mut sheet = Sheet::new(OverTime::Adds, &["*".to_owned()]);
        sheet.line("counted", Line::People, vec![0]);
        sheet.sum("bands", "counted", [""; 0]);
        assert_eq!(sheet.protect(Rule::LEAVING, &[]).unwrap().told("counted", 0), Told::Hidden);
    }

    #[test]
    fn many_rights_of_few_households_are_hidden() {
        let mut sheet = Sheet::new(OverTime::Latest, &["*".to_owned()]);
        sheet.line("diagnosed", Line::People, vec![4]);
        sheet.line("held", Line::People, vec![30]);
        sheet.base = Some("diagnosed".to_owned());
        assert_eq!(sheet.protect(Rule::LEAVING, &[]).unwrap().told("held", 0), Told::Hidden);
    }

    #[test]
    fn what_is_not_about_people_is_shown() {
        let mut sheet = Sheet::new(OverTime::Adds, &["*".to_owned()]);
        sheet.line("doors", Line::Open, vec![2]);
        assert_eq!(sheet.protect(Rule::LEAVING, &[]).unwrap().told("doors", 0), Told::Shown(2));
    }

    #[test]
    fn a_year_counts_lines_of_any_quarter() {
        let with = |code: &str| {
            let mut sheet = Sheet::new(OverTime::Adds, &["*".to_owned()]);
            sheet.line("made", Line::People, vec![20]);
            sheet.line(code, Line::People, vec![20]);
            sheet.sum("needs", "made", [code]);
            sheet.protect(Rule::LEAVING, &[]).unwrap()
        };
        let (one, other) = (with("need:a"), with("need:b"));
        let year =
            Sheet::new(OverTime::Adds, &["*".to_owned()]).protect(Rule::LEAVING, &[&one, &other, &one, &one]).unwrap();
        assert_eq!((year.told("made", 0), year.told("need:b", 0)), (Told::Shown(80), Told::Shown(20)));
        assert_eq!(year.sheet.sums[0].parts, ["need:a", "need:b"], "and that they sum up");
    }
}
