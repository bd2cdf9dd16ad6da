//! Where the sentences behind a number stand on the page.

use std::collections::BTreeMap;

use super::super::document::Behind;
use super::super::lookup::CategoryId;
use super::evidence;
use crate::report::{EvidenceRow, Report};

/// Kind, outlet, lexicon, id and variant of a cell of the evidence.
type Cell<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str);

/// The cells of the evidence that stand on the page, by what they are evidence of.
#[derive(Default)]
pub(super) struct Anchors<'a>(BTreeMap<Cell<'a>, usize>);

impl<'a> Anchors<'a> {
    pub(super) fn new(report: &'a Report) -> Self {
        let cells = report.evidence.iter().enumerate();
        let labelled = evidence::labelled(report);
        let shown = cells.filter(|(_, row)| evidence::is_shown(row, &labelled));
        Self(shown.map(|(index, row)| (cell(row), index)).collect())
    }

    /// Link to the sentences of a category in an outlet.
    pub(super) fn category(&self, outlet: &str, (lexicon, id): CategoryId<'_>) -> Option<String> {
        self.link(("category", outlet, lexicon, id, ""))
    }

    /// Link to the sentences of a variant of a choice.
    pub(super) fn variant(
        &self,
        outlet: &str,
        (lexicon, id): CategoryId<'_>,
        variant: &str,
    ) -> Option<String> {
        self.link(("variant", outlet, lexicon, id, variant))
    }

    /// Link to the labels on a target, or else to its mentions.
    pub(super) fn target(&self, outlet: &str, id: &str) -> Option<String> {
        let of = |kind| self.link((kind, outlet, "", id, ""));
        of("label").or_else(|| of("mention"))
    }

    /// Link to the sentences behind a number of a table.
    pub(super) fn behind(&self, behind: &Behind) -> Option<String> {
        match behind.kind {
            "target" => self.target(&behind.outlet, &behind.id),
            kind => self.link((kind, &behind.outlet, &behind.lexicon, &behind.id, &behind.variant)),
        }
    }

    fn link(&self, cell: Cell<'_>) -> Option<String> {
        self.0.get(&cell).map(|index| format!("#{}", id(*index)))
    }
}

/// The id of a cell, by its place in the record.
pub(super) fn id(index: usize) -> String {
    format!("s{index}")
}

fn cell(row: &EvidenceRow) -> Cell<'_> {
    (
        &row.kind,
        &row.outlet,
        row.lexicon.as_deref().unwrap_or_default(),
        &row.id,
        row.variant.as_deref().unwrap_or_default(),
    )
}
