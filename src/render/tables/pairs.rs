//! The comparisons of one pair: those that a reader is shown first, and the rest.

use super::super::document::{Block, Table, Text};
use super::super::number::count;
use super::TableName;
use crate::statistics::evidence::Verdict;

/// Which rows stand first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Kept {
    /// All.
    All,
    /// Those with evidence enough to be judged.
    Judged,
    /// Those that can be told, and so many of the others.
    Told(usize),
}

/// The comparisons of a pair.
pub(in super::super) struct PairTable {
    /// Who is compared.
    pub(in super::super) heading: String,
    /// The rows that stand first.
    pub(in super::super) table: Table,
    /// The rest, in the same columns.
    pub(in super::super) rest: Table,
    others: usize,
    inconclusive: u64,
    withheld: u64,
}

impl PairTable {
    pub(super) fn new(heading: String, table: Table) -> Self {
        let rest = table.clone();
        Self { heading, table, rest, others: 0, inconclusive: 0, withheld: 0 }
    }

    /// The table that a row with that verdict belongs to.
    pub(super) fn place(&mut self, kept: Kept, verdict: Verdict) -> &mut Table {
        let is_told = matches!(verdict, Verdict::Higher | Verdict::Lower | Verdict::Similar);
        self.others += usize::from(!is_told);
        let stays = match kept {
            Kept::All => true,
            Kept::Judged => verdict != Verdict::NotEnoughEvidence,
            Kept::Told(most) => is_told || self.others <= most,
        };
        if stays {
            return &mut self.table;
        }
        match verdict {
            Verdict::NotEnoughEvidence => self.withheld += 1,
            _ => self.inconclusive += 1,
        }
        &mut self.rest
    }

    /// Whether any of its rows can be told.
    pub(in super::super) fn has_told(&self) -> bool {
        self.others < self.table.rows.len() + self.rest.rows.len()
    }

    /// "12 inconclusive, 18 without enough evidence"; `None` where nothing is left.
    pub(in super::super) fn rest_in_words(&self) -> Option<String> {
        let inconclusive = (self.inconclusive > 0).then(|| count(self.inconclusive));
        let withheld = (self.withheld > 0).then(|| count(self.withheld));
        let parts: Vec<String> = [
            inconclusive.map(|rows| format!("{rows} inconclusive")),
            withheld.map(|rows| format!("{rows} without enough evidence")),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// Names of the rows that are left.
    pub(in super::super) fn rest_names(&self) -> Vec<String> {
        self.rest.rows.iter().filter_map(|row| row.cells.first()).map(Text::plain).collect()
    }

    /// Heading, first rows, and what is left to `table`.
    pub(in super::super) fn blocks(self, table: TableName) -> Vec<Block> {
        let rest = self.rest_in_words();
        let mut blocks = vec![Block::Heading(3, self.heading)];
        if !self.table.rows.is_empty() {
            blocks.push(Block::Table(self.table));
        }
        if let Some(rest) = rest {
            blocks.push(Block::More(format!("{rest} more"), table));
        }
        blocks
    }
}
