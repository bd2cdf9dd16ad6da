//! The tables of a report by name. A new one is a file with an [`Entry`] and its lines below.

use super::document::Block;
use super::lookup::Lookup;

mod article_shares;
mod articles;
mod attention;
mod choice_comparisons;
mod choices;
mod comparisons;
mod coverage;
mod drivers;
mod events;
mod evidence;
mod heterogeneity;
mod label_comparisons;
mod labels;
mod lexicons;
mod matched;
mod omissions;
mod outlets;
mod own_shares;
mod pairs;
mod rates;
mod side_by_side;
mod sources;
mod target_labels;
mod targets;
mod terms;
mod utterances;
mod warnings;

pub(super) use choices::{in_weight as choices_in_weight, is_settled};
pub(super) use comparisons::{in_order, pair_tables};
pub(super) use evidence::quotations;
pub(super) use matched::{in_order as matched_in_order, pair_tables as matched_pair_tables};
pub(super) use pairs::{Kept, PairTable};
pub(super) use rates::{lexicon_tables, voices_table};
pub(super) use targets::in_weight as targets_in_weight;
pub(super) use terms::short;

/// What a table is in each format.
struct Entry {
    /// Its heading.
    title: &'static str,
    /// For reading.
    show: fn(&Lookup<'_>) -> Vec<Block>,
    /// For computing with.
    tidy: fn(&Lookup<'_>) -> Tidy,
    /// The rows of the record.
    json: fn(&Lookup<'_>) -> serde_json::Result<String>,
}

macro_rules! table_names {
    ($($(#[$doc:meta])* $variant:ident, $name:literal, $entry:path;)*) => {
        /// A table of a report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum TableName {
            $($(#[$doc])* $variant),*
        }

        impl TableName {
            /// Every table, in the order of a report.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name used on the command line.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            fn entry(self) -> Entry {
                match self { $(Self::$variant => $entry),* }
            }
        }
    };
}

table_names! {
    /// Coverage of each outlet.
    Outlets, "outlets", outlets::ENTRY;
    /// Outlets against each other within events.
    Matched, "matched", matched::ENTRY;
    /// Outlets against each other, all articles.
    Comparisons, "comparisons", comparisons::ENTRY;
    /// The terms that make up each difference.
    Drivers, "drivers", drivers::ENTRY;
    /// Whether the outlets differ at all.
    Heterogeneity, "heterogeneity", heterogeneity::ENTRY;
    /// Rates by outlet, category and voice.
    Rates, "rates", rates::ENTRY;
    /// Part of the hits in the outlet's own voice.
    OwnShares, "own-shares", own_shares::ENTRY;
    /// Categories measured by the share of articles.
    ArticleShares, "article-shares", article_shares::ENTRY;
    /// Hits by term.
    Terms, "terms", terms::ENTRY;
    /// Shares of the variants of each choice.
    Choices, "choices", choices::ENTRY;
    /// Shares of the variants in one outlet against another.
    ChoiceComparisons, "choice-comparisons", choice_comparisons::ENTRY;
    /// Mentions and labels by target.
    Targets, "targets", targets::ENTRY;
    /// Labels per 100 mentions in one outlet against another.
    LabelComparisons, "label-comparisons", label_comparisons::ENTRY;
    /// The matrix of outlets, targets and categories.
    TargetLabels, "target-labels", target_labels::ENTRY;
    /// Terms that were put on targets, by rule.
    Labels, "labels", labels::ENTRY;
    /// Who is reported with which verbs.
    Sources, "sources", sources::ENTRY;
    /// Mentions of each target, and its words as a source.
    Attention, "attention", attention::ENTRY;
    /// The stories that articles cover.
    Events, "events", events::ENTRY;
    /// The part of the events that each outlet covers.
    Coverage, "coverage", coverage::ENTRY;
    /// What other outlets have and one was not found to have.
    Omissions, "omissions", omissions::ENTRY;
    /// What the outlets wrote of an event, beside one another.
    SideBySide, "side-by-side", side_by_side::ENTRY;
    /// The same words of one source in several outlets.
    Utterances, "utterances", utterances::ENTRY;
    /// Sampled sentences.
    Evidence, "evidence", evidence::ENTRY;
    /// The articles with their words.
    Articles, "articles", articles::ENTRY;
    /// The lexicons with their fingerprints.
    Lexicons, "lexicons", lexicons::ENTRY;
    /// What was left out or may mislead.
    Warnings, "warnings", warnings::ENTRY;
}

impl TableName {
    /// The table with that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|table| table.name() == name)
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        self.entry().title
    }

    pub(super) fn show(self, lookup: &Lookup<'_>) -> Vec<Block> {
        (self.entry().show)(lookup)
    }

    pub(super) fn tidy(self, lookup: &Lookup<'_>) -> Tidy {
        (self.entry().tidy)(lookup)
    }

    pub(super) fn json(self, lookup: &Lookup<'_>) -> serde_json::Result<String> {
        (self.entry().json)(lookup)
    }
}

/// A table with every field: a row a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Tidy {
    /// Names of the columns.
    pub header: Vec<&'static str>,
    /// The rows; each has a field a column.
    pub rows: Vec<Vec<Field>>,
}

/// A field of a tidy table.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// What can't be computed.
    Empty,
    /// A text.
    Text(String),
    /// A whole number.
    Count(u64),
    /// A number.
    Number(f64),
}

/// A column of a tidy table: its name and how it is read off a row.
type Column<R> = (&'static str, fn(&R) -> Field);

impl Tidy {
    fn of<'r, R: 'r>(rows: impl IntoIterator<Item = &'r R>, columns: &[Column<R>]) -> Self {
        let fields = |row: &R| columns.iter().map(|(_, read)| read(row)).collect();
        Self {
            header: columns.iter().map(|(name, _)| *name).collect(),
            rows: rows.into_iter().map(fields).collect(),
        }
    }
}

impl From<u64> for Field {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

impl From<f64> for Field {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Field {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl<F: Into<Field>> From<Option<F>> for Field {
    fn from(field: Option<F>) -> Self {
        field.map_or(Self::Empty, Into::into)
    }
}

/// A word of the record as it is written there, such as `not-enough-evidence`.
pub(super) fn word(value: &impl serde::Serialize) -> Field {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Field::Text(text),
        _ => Field::Empty,
    }
}

/// "a 2; b 1".
fn summed(counts: &std::collections::BTreeMap<String, u64>) -> Field {
    let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    Field::Text(parts.join("; "))
}

fn json_rows<R: serde::Serialize>(rows: impl IntoIterator<Item = R>) -> serde_json::Result<String> {
    let rows: Vec<R> = rows.into_iter().collect();
    super::json::lines(&rows, 1)
}
