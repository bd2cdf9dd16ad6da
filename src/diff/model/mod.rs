//! The record of a diff: what is saved and rendered.
//!
//! Rates are per 1,000 words, shares from 0 to 1, labels per 100 mentions; changes are new − old in
//! the same unit. What can't be computed is `null`. Rows are sorted by outlet, lexicon, category and
//! voice.

mod corpus;
mod moves;

pub use corpus::*;
pub use moves::*;

use serde::{Deserialize, Serialize};

use crate::report::Tool;

/// Name and version of the record's form.
pub const SCHEMA: &str = "parallax.diff/1";

/// What changed between two reports, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DiffRecord {
    /// [`SCHEMA`].
    pub schema: String,
    /// The first report.
    pub old: SideRow,
    /// The second report.
    pub new: SideRow,
    /// Whether anything at all changed.
    pub changed: bool,
    /// What can't be compared, or only in part, and why.
    pub limits: Vec<LimitRow>,
    /// Articles.
    pub corpus: CorpusChanges,
    /// Lexicons that changed.
    pub lexicons: Vec<LexiconChange>,
    /// Settings that changed.
    pub settings: Vec<SettingChange>,
    /// The tool, where it changed.
    pub tool: Vec<SettingChange>,
    /// The same articles and the same terms, as each report read them.
    pub reading: ReadingChanges,
    /// Level of tests and intervals.
    pub alpha: f64,
    /// Rates that moved; those whose hits stayed and whose words did not are marked.
    pub rates: Vec<RateMove>,
    /// Categories measured by the share of articles that moved.
    pub article_shares: Vec<ShareMove>,
    /// Shares of choices that moved, in the outlet's wording.
    pub choices: Vec<ShareMove>,
    /// Labels per 100 mentions of a target that moved, in the outlet's wording.
    pub labels: Vec<LabelMove>,
    /// Outlets, categories, choices and terms that only one report has.
    pub appearances: Vec<Appearance>,
    /// What did not change.
    pub unchanged: Unchanged,
}

/// One of the two reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideRow {
    /// What made it.
    pub tool: Tool,
    /// Title of its corpus.
    pub title: Option<String>,
    /// The field that groups its articles.
    pub by: String,
    /// Fingerprint of its corpus.
    pub corpus: String,
    /// Articles that count.
    pub articles: u64,
    /// Their words outside page furniture.
    pub words: u64,
    /// First day.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
}

/// A comparison that does not stand, or only in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LimitRow {
    /// `tokenizer`, `layout`, `grouping`, `recount-missing` or `recount-disagrees`.
    pub code: String,
    /// What it means, in a sentence or two.
    pub message: String,
}

/// What changed in a lexicon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconChange {
    /// Its id.
    pub lexicon: String,
    /// `added`, `removed` or `changed`.
    pub change: String,
    /// Version before.
    pub version_old: Option<String>,
    /// Version after.
    pub version_new: Option<String>,
    /// Terms, patterns of variants and names of targets that changed; for a lexicon that came or
    /// went as a whole none are listed.
    pub terms: Vec<TermChange>,
}

/// A term that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TermChange {
    /// `category`, `choice` or `target`.
    pub kind: String,
    /// Id of the category, choice or target.
    pub group: String,
    /// Name of the variant, for a choice.
    pub variant: Option<String>,
    /// The term as written.
    pub term: String,
    /// `added`, `removed`, or `changed`: written alike, with other forms, options or zones.
    pub change: String,
    /// Its hits in the old report; `null` where the report did not have it.
    pub hits_old: Option<u64>,
    /// Its hits in the new report; `null` where the report did not have it.
    pub hits_new: Option<u64>,
}

/// A setting or a property of the tool that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingChange {
    /// Its name in the report.
    pub name: String,
    /// Before.
    pub old: String,
    /// After.
    pub new: String,
    /// Whether counts can depend on it.
    pub decides_counts: bool,
}

/// A census: articles of equal text, terms of equal fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReadingChanges {
    /// Articles of equal text in both reports.
    pub articles: u64,
    /// Those of them whose words or hits of the same terms were counted otherwise.
    pub articles_counted_otherwise: u64,
    /// Hits of the same terms in them, in the old report.
    pub hits_old: u64,
    /// Hits of the same terms in them, in the new report.
    pub hits_new: u64,
    /// Their words in the old report.
    pub words_old: u64,
    /// Their words in the new report.
    pub words_new: u64,
}

/// Something that only one report has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Appearance {
    /// `outlet`, `category`, `choice`, or `term`: a term with hits in one report alone.
    pub kind: String,
    /// `new` or `vanished`.
    pub change: String,
    /// Id of the lexicon; `null` for an outlet.
    pub lexicon: Option<String>,
    /// Id of the category of a term.
    pub category: Option<String>,
    /// Id or term.
    pub id: String,
    /// Articles of an outlet, hits of a term, 0 else.
    pub count: u64,
    /// For a term: `lexicon` if the other report's lexicons lack it, else `articles`.
    pub cause: Option<String>,
}

/// What did not change.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Unchanged {
    /// Articles with the same text in the same outlet.
    pub articles: u64,
    /// Terms and patterns with the same fingerprint.
    pub terms: u64,
    /// Rates that are equal.
    pub rates: u64,
    /// Settings that are equal.
    pub settings: u64,
}
