//! A table as its reader knows it: cells, and what they sum to.

use serde::{Deserialize, Serialize};

/// How small is small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The smallest number that is shown.
    pub least_shown: u32,
}

impl Rule {
    /// For roles that see sums alone: under 5 is hidden.
    pub const SUMS_ALONE: Self = Self { least_shown: 5 };
    /// For what leaves the structure: under 11 is hidden.
    pub const LEAVING: Self = Self { least_shown: 11 };

    /// Whether a number is hidden for its own sake. Zero is: where ten are hidden and zero is not, a mark says "somebody".
    #[must_use]
    pub const fn hides(self, value: u32) -> bool {
        value < self.least_shown
    }

    /// The least width of what a reader can compute of a hidden number: as wide as the small numbers themselves.
    #[must_use]
    pub const fn width(self) -> u32 {
        self.least_shown.saturating_sub(1)
    }
}

/// What may be done with a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The reader has it already, or it is not about people: it is shown whatever it is.
    Given,
    /// To be shown if it can be.
    Offered,
    /// Never printed, as what a share leaves out; a small one is protected all the same.
    Inner,
    /// Hidden by an earlier release: stays hidden and protected, whatever it is.
    Hidden,
}

/// One number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The true number.
    pub value: u32,
    /// What may be done with it.
    pub kind: Kind,
}

/// What the reader knows of some cells together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// Index of the cell.
    pub whole: usize,
    /// Indexes of the cells that it is compared with, summed.
    pub parts: Vec<usize>,
    /// The whole is the sum of the parts; else it is at most their sum.
    pub equal: bool,
}

impl Bound {
    /// The indexes of all its cells.
    pub fn cells(&self) -> impl Iterator<Item = usize> {
        std::iter::once(self.whole).chain(self.parts.iter().copied())
    }
}

/// Cells and what is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct System {
    /// The cells.
    pub cells: Vec<Cell>,
    /// What the reader knows beside them. True of the values: see [`System::holds`].
    pub bounds: Vec<Bound>,
}

impl System {
    /// Adds a cell; its index.
    pub fn cell(&mut self, value: u32, kind: Kind) -> usize {
        self.cells.push(Cell { value, kind });
        self.cells.len() - 1
    }

    /// Adds that a whole is the sum of its parts.
    pub fn sum(&mut self, whole: usize, parts: Vec<usize>) {
        self.bounds.push(Bound { whole, parts, equal: true });
    }

    /// Adds that a number is at most the sum of others.
    pub fn at_most(&mut self, whole: usize, parts: Vec<usize>) {
        self.bounds.push(Bound { whole, parts, equal: false });
    }

    /// The true number of a cell; 0 for an index out of it.
    #[must_use]
    pub fn value(&self, cell: usize) -> u32 {
        self.cells.get(cell).map_or(0, |cell| cell.value)
    }

    /// Whether a bound is true of the values. A reader who counts on one that is not comes to a contradiction.
    #[must_use]
    pub fn holds(&self, bound: &Bound) -> bool {
        let whole = u64::from(self.value(bound.whole));
        let parts: u64 = bound.parts.iter().map(|part| u64::from(self.value(*part))).sum();
        if bound.equal { whole == parts } else { whole <= parts }
    }
}
