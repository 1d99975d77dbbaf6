//! What is typed against one name or address: each typed word takes one word of the name, the likeliest pair first.

use std::collections::HashMap;

use super::find::Asked;
use super::likeness::Typed;
use super::words::forms;

/// What the words of a name that nobody typed cost: "Ali" finds "Ali" before "Ali Ben Salah".
const WHOLE: f64 = 0.03;

/// How a query fits one name.
pub(super) struct Compared {
    /// From 0 to 1 for the typed words, by their weight, and [`WHOLE`] more when the name has no other.
    pub(super) score: f64,
    /// A bit for each typed word that nothing in the name is like.
    pub(super) left: u32,
}

/// Compares one query with many names; what two words have in common is computed once.
pub(super) struct Comparison<'a> {
    asked: &'a Asked,
    like: fn(&Typed, &str) -> f64,
    known: HashMap<String, Vec<f64>>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(asked: &'a Asked, like: fn(&Typed, &str) -> f64) -> Self {
        Self { asked, like, known: HashMap::new() }
    }

    pub(super) fn with(&mut self, key: &str) -> Compared {
        let forms = forms(key);
        let mut pairs: Vec<(f64, u32, u32)> = Vec::new();
        for form in &forms {
            for (asked, likeness) in self.asked.forms.iter().zip(self.likenesses(&form.text)) {
                if *likeness > 0.0 {
                    pairs.push((*likeness, asked.covers, form.covers));
                }
            }
        }
        pairs.sort_by(|a, b| {
            let covered = |pair: &(f64, u32, u32)| pair.1.count_ones() + pair.2.count_ones();
            b.0.total_cmp(&a.0).then(covered(b).cmp(&covered(a)))
        });
        let (mut typed, mut named, mut sum) = (0u32, 0u32, 0.0);
        for (likeness, asked, name) in pairs {
            if asked & typed == 0 && name & named == 0 {
                typed |= asked;
                named |= name;
                sum += likeness * self.asked.weight(asked);
            }
        }
        let all = self.asked.forms.iter().fold(0, |all, form| all | form.covers);
        let whole = forms.iter().fold(0, |all, form| all | form.covers);
        let part = f64::from(named.count_ones()) / f64::from(whole.count_ones().max(1));
        Compared { score: sum / self.asked.weight(all).max(1.0) + WHOLE * part, left: all & !typed }
    }

    fn likenesses(&mut self, word: &str) -> &[f64] {
        if !self.known.contains_key(word) {
            let all = self.asked.forms.iter().map(|form| (self.like)(&form.typed, word)).collect();
            self.known.insert(word.to_owned(), all);
        }
        self.known.get(word).map_or(&[], Vec::as_slice)
    }
}
