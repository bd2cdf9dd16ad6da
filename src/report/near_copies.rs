//! What near copies of one outlet do to pooled comparisons: they count, and it is said what would be
//! otherwise if each text counted as one article.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cells::{CategoryCells, Cells};
use super::model::{ComparisonRow, WarningRow};
use crate::events::Events;
use crate::statistics::evidence::{Thresholds, Verdict};
use crate::statistics::log_ratio::adjusted_log_ratio_of;
use crate::statistics::variance::pooled_overdispersion;
use crate::statistics::{Document, moments};
use crate::tally::VoiceGroup;

/// Comparisons that are named one by one.
const NAMED: usize = 5;
/// Outlets that are named with the number of their copies.
const OUTLETS_NAMED: usize = 20;

/// A warning where an outlet has articles that are nearly the text of another of its own.
///
/// Rates are of words published, so such articles count. Their words are no independent evidence,
/// though: a group of them is one cluster (METHODS A.7, B.5). The message says for how many verdicts of
/// higher or lower the interval would hold 0 if each group were one article.
pub(super) fn warning(
    cells: &Cells<'_>,
    events: &Events,
    comparisons: &[ComparisonRow],
    thresholds: &Thresholds,
) -> Option<WarningRow> {
    let groups = &events.near_copies;
    let again: usize = groups.iter().map(|group| group.len() - 1).sum();
    if again == 0 {
        return None;
    }
    let as_one = AsOne::new(cells, groups);
    let judged = |row: &&ComparisonRow| matches!(row.verdict, Verdict::Higher | Verdict::Lower);
    let judged: Vec<&ComparisonRow> = comparisons.iter().filter(judged).collect();
    let fallen: Vec<&&ComparisonRow> =
        judged.iter().filter(|row| !as_one.excludes_zero(row, thresholds)).collect();
    let mut by_outlet: BTreeMap<&str, usize> = BTreeMap::new();
    for group in groups {
        *by_outlet.entry(cells.articles.outlet(group[0])).or_insert(0) += group.len() - 1;
    }
    let named = by_outlet.iter().take(OUTLETS_NAMED);
    let mut outlets: Vec<String> =
        named.map(|(outlet, number)| format!("{outlet} {number}")).collect();
    if by_outlet.len() > OUTLETS_NAMED {
        outlets.push(format!("and {} more outlets", by_outlet.len() - OUTLETS_NAMED));
    }
    let changes = match (judged.len(), fallen.len()) {
        (0, _) => "no pooled comparison has a verdict that this could change".to_owned(),
        (all, 0) => format!("all {all} verdicts of higher or lower keep an interval without 0"),
        (all, number) => {
            let named: Vec<String> = fallen.iter().take(NAMED).map(|row| name(row)).collect();
            let more = if number > NAMED { "; …" } else { "" };
            format!(
                "the interval would hold 0 for {number} of {all} verdicts of higher or lower: {}{more}",
                named.join("; ")
            )
        }
    };
    Some(WarningRow {
        code: "near-copies-pooled".to_owned(),
        outlet: None,
        count: again as u64,
        message: format!(
            "articles are nearly the text of another of the same outlet, in {} groups ({}). Pooled \
             rates and comparisons count every one; with each group as one article, {changes}",
            groups.len(),
            outlets.join(", ")
        ),
    })
}

fn name(row: &ComparisonRow) -> String {
    let other = row.b.as_deref().unwrap_or("the rest");
    format!("{}/{} ({}), {} and {other}", row.lexicon, row.category, row.voice.name(), row.a)
}

/// The articles with those of a group taken together.
struct AsOne<'c> {
    cells: &'c Cells<'c>,
    /// The first of its group, for all others of it.
    first: BTreeMap<usize, usize>,
}

impl<'c> AsOne<'c> {
    fn new(cells: &'c Cells<'c>, groups: &[Vec<usize>]) -> Self {
        let others = |group: &Vec<usize>| {
            let first = group[0];
            group[1..].iter().map(|&other| (other, first)).collect::<Vec<_>>()
        };
        Self { cells, first: groups.iter().flat_map(others).collect() }
    }

    /// Whether the interval of the comparison excludes 0 all the same.
    fn excludes_zero(&self, row: &ComparisonRow, thresholds: &Thresholds) -> bool {
        let category = self.cells.categories.iter().find(|category| {
            self.cells.lexicon_id(category) == row.lexicon
                && self.cells.model(category).id == row.category
        });
        let Some(category) = category else { return true };
        let is_side =
            |outlet: &str, side: Option<&str>| side.map_or(outlet != row.a, |side| outlet == side);
        let side = |side: Option<&str>| -> Vec<Document> {
            let outlets = self.cells.outlets.iter().filter(|(outlet, _)| is_side(outlet, side));
            outlets.flat_map(|(_, range)| self.documents(category, range, row.voice)).collect()
        };
        let (a, b) = (side(Some(&row.a)), side(row.b.as_deref()));
        let pooled = || Some(pooled_overdispersion(&[&a, &b]));
        let found = adjusted_log_ratio_of(&moments(&a), &moments(&b), pooled, thresholds.alpha);
        found.is_some_and(|found| found.interval.excludes_zero())
    }

    fn documents(
        &self,
        category: &CategoryCells,
        range: &Range<usize>,
        voice: VoiceGroup,
    ) -> Vec<Document> {
        let mut documents = self.cells.documents(category, range, voice);
        for (&other, &first) in self.first.range(range.clone()) {
            let again = std::mem::take(&mut documents[other - range.start]);
            let sum = &mut documents[first - range.start];
            sum.hits += again.hits;
            sum.words += again.words;
        }
        documents
    }
}
