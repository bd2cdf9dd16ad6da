//! Articles that were counted again by the terms of both reports.

use std::collections::{BTreeMap, BTreeSet};

use super::articles::pair;
use super::model::EditedSentence;
use crate::report::{ArticleRow, Report};

/// Outlet and text hash.
type Name = (String, String);

/// What reading the articles again adds to two reports. Made by whoever can read files; the entries
/// of its rows are numbered as in the report whose terms they were counted by.
#[derive(Debug, Clone, Default)]
pub struct Recount {
    /// Articles of the old and of the new report, by the terms of the other.
    rows: [BTreeMap<Name, ArticleRow>; 2],
    sentences: [BTreeMap<Name, Vec<EditedSentence>>; 2],
    /// Articles that were read again and gave other counts than the report holds.
    disagreeing: u64,
}

/// Which of the two reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The first.
    Old,
    /// The second.
    New,
}

impl Recount {
    /// Articles whose counts under the other report's terms are not in the reports, by side, as outlet
    /// and text hash: those that only one report has, and both texts of edited ones.
    pub fn needed(old: &Report, new: &Report) -> [BTreeSet<(String, String)>; 2] {
        let mut needed = [BTreeSet::new(), BTreeSet::new()];
        let reports = [old, new];
        for pair in pair(&old.articles, &new.articles) {
            if !pair.same_text {
                for (side, index) in [pair.old, pair.new].into_iter().enumerate() {
                    if let Some(index) = index {
                        let row = &reports[side].articles[index];
                        needed[side].insert((row.outlet.clone(), row.hash.clone()));
                    }
                }
            }
        }
        needed
    }

    /// Adds an article of the report on `side`, where it is saved as `saved`. `own` is how it counts
    /// now by that report's terms, `other` by the other's. Where `own` is not what the report holds,
    /// the article was read by other rules then, and is left out.
    pub fn add(&mut self, side: Side, saved: &ArticleRow, own: &ArticleRow, other: ArticleRow) {
        if saved.words == own.words && saved.hits == own.hits {
            self.rows[side as usize].insert((saved.outlet.clone(), saved.hash.clone()), other);
        } else {
            self.disagreeing += 1;
        }
    }

    /// Adds the sentences with hits of an article of the report on `side`.
    pub fn add_sentences(
        &mut self,
        side: Side,
        saved: &ArticleRow,
        sentences: Vec<EditedSentence>,
    ) {
        self.sentences[side as usize].insert((saved.outlet.clone(), saved.hash.clone()), sentences);
    }

    pub(super) fn under_other(&self, side: usize, outlet: &str, hash: &str) -> Option<&ArticleRow> {
        self.rows[side].get(&(outlet.to_owned(), hash.to_owned()))
    }

    pub(super) fn sentences(&self, side: usize, row: &ArticleRow) -> Option<&[EditedSentence]> {
        let name = (row.outlet.clone(), row.hash.clone());
        self.sentences[side].get(&name).map(Vec::as_slice)
    }

    pub(super) fn disagreeing(&self) -> u64 {
        self.disagreeing
    }
}
