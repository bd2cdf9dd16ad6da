//! A report with what is needed to find its rows by name.

use std::collections::BTreeMap;

use super::View;
use super::tables::Kept;
use crate::report::{CategoryRow, OutletRow, RateRow, Report};
use crate::tally::VoiceGroup;

/// Lexicon and category.
pub(super) type CategoryId<'a> = (&'a str, &'a str);

/// A report, how it is looked at, and its rows by name.
pub(super) struct Lookup<'a> {
    pub(super) report: &'a Report,
    pub(super) view: &'a View,
    is_brief: bool,
    outlets: BTreeMap<&'a str, &'a OutletRow>,
    categories: BTreeMap<CategoryId<'a>, (usize, &'a CategoryRow)>,
    targets: BTreeMap<&'a str, &'a str>,
    rates: BTreeMap<(&'a str, CategoryId<'a>, VoiceGroup), &'a RateRow>,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(report: &'a Report, view: &'a View) -> Self {
        let category = |(place, row): (usize, &'a CategoryRow)| {
            ((row.lexicon.as_str(), row.category.as_str()), (place, row))
        };
        let rate = |row: &'a RateRow| {
            let category = (row.lexicon.as_str(), row.category.as_str());
            ((row.outlet.as_str(), category, row.voice), row)
        };
        Self {
            report,
            view,
            outlets: report.outlets.iter().map(|row| (row.outlet.as_str(), row)).collect(),
            categories: report.categories.iter().enumerate().map(category).collect(),
            targets: report
                .targets
                .iter()
                .map(|row| (row.target.as_str(), row.title.as_str()))
                .collect(),
            rates: report.rates.iter().map(rate).collect(),
            is_brief: false,
        }
    }

    /// Name of an outlet for people.
    pub(super) fn outlet(&self, id: &'a str) -> &'a str {
        self.outlets.get(id).map_or(id, |row| &row.name)
    }

    /// Name of the second side of a comparison.
    pub(super) fn side_b(&self, id: Option<&'a str>) -> &'a str {
        id.map_or("the rest", |id| self.outlet(id))
    }

    /// Title of a category for people.
    pub(super) fn category(&self, id: CategoryId<'a>) -> &'a str {
        self.categories.get(&id).map_or(id.1, |(_, row)| &row.title)
    }

    /// Title of a category, with what must be known before its rates are compared.
    pub(super) fn category_with_caution(&self, id: CategoryId<'a>) -> String {
        let title = self.category(id);
        let follows_topic = self.categories.get(&id).is_some_and(|(_, row)| row.topic_sensitive);
        if follows_topic { format!("{title} (follows the topic)") } else { title.to_owned() }
    }

    /// Name of a target for people.
    pub(super) fn target<'t>(&self, id: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.targets.get(id).copied().unwrap_or(id)
    }

    /// Place of a category in the order of the lexicons.
    pub(super) fn place(&self, id: CategoryId<'a>) -> usize {
        self.categories.get(&id).map_or(usize::MAX, |(place, _)| *place)
    }

    /// The rate of a cell.
    pub(super) fn rate(
        &self,
        outlet: &'a str,
        category: CategoryId<'a>,
        voice: VoiceGroup,
    ) -> Option<&'a RateRow> {
        self.rates.get(&(outlet, category, voice)).copied()
    }

    /// Outlets with words to count, in the order of the report.
    pub(super) fn present(&self) -> Vec<&'a OutletRow> {
        self.report.outlets.iter().filter(|row| row.words > 0).collect()
    }

    /// The same for a report that is read as a whole: its tables are cut to what fits there.
    pub(super) fn in_brief(self) -> Self {
        Self { is_brief: true, ..self }
    }

    /// Which rows of a pair a table lists: all where it stands alone, what can be judged on a page,
    /// what can be told and so many others in a text.
    pub(super) fn kept(&self, others: usize) -> Kept {
        match self.view.table {
            Some(_) => Kept::All,
            None if self.is_brief => Kept::Told(others),
            None => Kept::Judged,
        }
    }

    /// How many rows of a kind a table lists: all where it stands alone, fewer on a page, fewest in
    /// a text.
    pub(super) fn most(&self, on_a_page: usize, in_a_text: usize) -> usize {
        match self.view.table {
            Some(_) => usize::MAX,
            None if self.is_brief => in_a_text,
            None => on_a_page,
        }
    }

    /// A rate per 1,000 words in the unit of display.
    pub(super) fn in_unit(&self, per_thousand: Option<f64>) -> Option<f64> {
        per_thousand.map(|rate| rate * self.view.per / 1000.0)
    }

    /// Hits for as many words as the unit of display says.
    pub(super) fn hits_in_unit(&self, hits: u64, words: u64) -> Option<f64> {
        (words > 0).then(|| hits as f64 * self.view.per / words as f64)
    }
}
