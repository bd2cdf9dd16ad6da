//! How often each kind of problem came up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::problem::Skipped;
use super::warning::CorpusWarning;

/// Skipped files and rows of one kind that are named; the rest are counted.
const SKIPPED_NAMED: usize = 20;

/// Warnings of one kind that are named; the rest are counted.
const WARNINGS_NAMED: usize = 3;

/// How often each kind of warning and of skipping came up, with the first cases of each: the
/// smallest by place, so that the order of reading does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemSummary {
    /// Whether every case is kept, not the first of each kind alone.
    pub every: bool,
    /// By kind of warning.
    pub warnings: BTreeMap<&'static str, Cases<CorpusWarning>>,
    /// By kind of skipping.
    pub skipped: BTreeMap<&'static str, Cases<Skipped>>,
}

/// Cases of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases<T> {
    /// How many there are.
    pub number: u64,
    /// The first of them.
    pub first: BTreeSet<T>,
    /// What is the matter with every one of them.
    pub what: &'static str,
}

/// How often one kind of problem came up, without the places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProblemCount {
    /// Whether something was left out for it.
    pub skipped: bool,
    /// Stable kebab-case name of the kind.
    pub code: String,
    /// How often.
    pub number: u64,
    /// What is the matter, in words that hold for every case of the kind.
    pub what: String,
}

impl<T: Ord + fmt::Display> Cases<T> {
    fn merge(
        cases: &mut BTreeMap<&'static str, Self>,
        code: &'static str,
        more: Self,
        most: usize,
    ) {
        let none = Self { number: 0, first: BTreeSet::new(), what: more.what };
        let known = cases.entry(code).or_insert(none);
        known.number += more.number;
        known.first.extend(more.first);
        while known.first.len() > most {
            known.first.pop_last();
        }
    }

    fn one(case: T, what: &'static str) -> Self {
        Self { number: 1, first: BTreeSet::from([case]), what }
    }

    /// How many are not named.
    fn rest(&self) -> u64 {
        self.number - self.first.len() as u64
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let named = self.first.iter().map(T::to_string);
        let rest = self.rest();
        named.chain((rest > 0).then(|| format!("… and {rest} more of this kind")))
    }
}

impl ProblemSummary {
    /// Cases of a kind that are kept, of so many at most.
    fn most(&self, named: usize) -> usize {
        if self.every { usize::MAX } else { named }
    }

    /// Counts a warning.
    pub fn warn(&mut self, warning: CorpusWarning) {
        let (code, what) = (warning.code(), warning.kind());
        let most = self.most(WARNINGS_NAMED);
        Cases::merge(&mut self.warnings, code, Cases::one(warning, what), most);
    }

    /// Counts a file or row that was left out.
    pub fn skip(&mut self, skipped: Skipped) {
        let (code, what) = (skipped.reason.code(), skipped.reason.kind());
        let most = self.most(SKIPPED_NAMED);
        Cases::merge(&mut self.skipped, code, Cases::one(skipped, what), most);
    }

    /// Adds another summary; order makes no difference.
    pub fn merge(&mut self, other: Self) {
        self.every |= other.every;
        let (warnings, skipped) = (self.most(WARNINGS_NAMED), self.most(SKIPPED_NAMED));
        for (code, cases) in other.warnings {
            Cases::merge(&mut self.warnings, code, cases, warnings);
        }
        for (code, cases) in other.skipped {
            Cases::merge(&mut self.skipped, code, cases, skipped);
        }
    }

    /// How often each kind came up, without the places.
    pub fn counts(&self) -> Vec<ProblemCount> {
        let count = |skipped, code: &str, number, what: &str| ProblemCount {
            skipped,
            code: code.to_owned(),
            number,
            what: what.to_owned(),
        };
        let skipped = self.skipped.iter();
        let skipped = skipped.map(|(code, cases)| count(true, code, cases.number, cases.what));
        let warned = self.warnings.iter();
        let warned = warned.map(|(code, cases)| count(false, code, cases.number, cases.what));
        skipped.chain(warned).collect()
    }

    /// Whether some cases are counted and not named.
    pub fn is_cut(&self) -> bool {
        self.skipped.values().any(|cases| cases.rest() > 0)
            || self.warnings.values().any(|cases| cases.rest() > 0)
    }

    /// The first cases of each kind by their places, and how many more there are.
    pub fn lines(&self) -> Vec<String> {
        let skipped = self.skipped.values().flat_map(Cases::lines);
        skipped.chain(self.warnings.values().flat_map(Cases::lines)).collect()
    }
}
