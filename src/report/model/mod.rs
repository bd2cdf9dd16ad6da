//! The record of a run: what is saved, diffed and rendered.
//!
//! Every rate is per 1,000 words, every share from 0 to 1, every log to base 2. What can't be
//! computed is `null`. Rows are sorted by outlet, lexicon, category and voice in the order of the
//! lexicons; JSON is written with these names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod article_rows;
mod contrasts;
mod evidence;
mod measures;
mod people;
mod stories;
mod term_rows;

pub use article_rows::ArticleRows;
pub use contrasts::{ChoiceComparisonRow, LabelComparisonRow, LabelTermRow, TargetLabelRow};
pub use evidence::{ArticleRow, EvidenceRow, SentenceRow, WarningRow};
pub use measures::{
    ArticleShareRow, ComparisonRow, DriverRow, HeterogeneityRow, MatchedRow, OwnShareRow, RateRow,
    ReasonRow,
};
pub use people::{ChoiceRow, LabelRow, SourceRow, TargetRow, TermRow};
pub use stories::{
    CopiesRow, CoverageRow, EventMethod, EventOutletRow, EventRow, MarkRow, OmissionRow,
    PassageRow, ReportedRow, SideBySideRow, SideRow, SubjectRow, UtteranceRow, WordingRow,
};
pub use term_rows::TermRows;
pub(in crate::report) use term_rows::{CountedTerms, TermHits};

/// Name and version of the record's form.
pub const SCHEMA: &str = "parallax.report/1";

/// The record of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// [`SCHEMA`].
    pub schema: String,
    /// What made it.
    pub tool: Tool,
    /// How it was asked for.
    pub settings: Settings,
    /// What it was made from.
    pub provenance: Provenance,
    /// The groups of articles.
    pub outlets: Vec<OutletRow>,
    /// The categories that were measured.
    pub categories: Vec<CategoryRow>,
    /// Rates by outlet, category and voice.
    pub rates: Vec<RateRow>,
    /// The outlet's part in the voices of its hits.
    pub own_shares: Vec<OwnShareRow>,
    /// Categories measured by the share of articles.
    pub article_shares: Vec<ArticleShareRow>,
    /// Whether the outlets differ at all.
    pub heterogeneity: Vec<HeterogeneityRow>,
    /// Outlets against each other, all articles.
    pub comparisons: Vec<ComparisonRow>,
    /// Outlets against each other within the events that both cover.
    pub matched: Vec<MatchedRow>,
    /// Hits by term.
    pub terms: TermRows,
    /// Shares of the variants among the choices made.
    pub choices: Vec<ChoiceRow>,
    /// Those shares in one outlet against another.
    #[serde(default)]
    pub choice_comparisons: Vec<ChoiceComparisonRow>,
    /// Who is mentioned and labelled.
    pub targets: Vec<TargetRow>,
    /// The matrix of outlets, targets and categories.
    #[serde(default)]
    pub target_labels: Vec<TargetLabelRow>,
    /// Labels per 100 mentions in one outlet against another.
    #[serde(default)]
    pub label_comparisons: Vec<LabelComparisonRow>,
    /// Who is reported with which verbs.
    pub sources: Vec<SourceRow>,
    /// How events were found.
    #[serde(default)]
    pub event_method: EventMethod,
    /// The stories that articles cover.
    #[serde(default)]
    pub events: Vec<EventRow>,
    /// The part of the events that each outlet covers.
    #[serde(default)]
    pub coverage: Vec<CoverageRow>,
    /// What other outlets have and one was not found to have.
    #[serde(default)]
    pub omissions: Vec<OmissionRow>,
    /// What the outlets wrote of an event, beside one another.
    #[serde(default)]
    pub side_by_side: Vec<SideBySideRow>,
    /// Sampled sentences.
    pub evidence: Vec<EvidenceRow>,
    /// The tallies.
    pub articles: ArticleRows,
    /// What was left out or may mislead.
    pub warnings: Vec<WarningRow>,
}

/// What made a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tool {
    /// Name of the program.
    pub name: String,
    /// Its version.
    pub version: String,
    /// How words are counted; counts of different tokenizers are not comparable.
    pub tokenizer: String,
    /// BLAKE3 of the data files that decide zones and voices.
    pub layout: String,
}

/// How a report was asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The field that groups the articles.
    pub by: String,
    /// Title of the corpus, if it has one.
    pub title: Option<String>,
    /// Outlets that the run was restricted to; empty for all.
    pub outlets: Vec<String>,
    /// Pairs that were asked for; empty for the default.
    pub compare: Vec<[String; 2]>,
    /// Level of the tests; intervals are 1 − alpha.
    pub alpha: f64,
    /// Seed of every shuffle and sample.
    pub seed: u64,
    /// `bh` (Benjamini–Hochberg), `by` (Benjamini–Yekutieli) or `holm`.
    pub correction: String,
    /// Sentences kept for each cell of the evidence.
    pub evidence: u64,
    /// Random labellings of a test that is not enumerated.
    pub draws: u64,
}

/// What a report was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The lexicons in their order.
    pub lexicons: Vec<LexiconRecord>,
    /// BLAKE3 of the list of outlet, id and text hash of every article.
    pub corpus: String,
}

/// A lexicon, with a fingerprint of every pattern in it, those without hits included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LexiconRecord {
    /// The lexicon's id.
    pub id: String,
    /// For people.
    pub title: String,
    /// As its file gives it.
    pub version: String,
    /// BLAKE3 of everything in it that decides a count.
    pub hash: String,
    /// Every pattern: terms of categories, patterns of variants, names of targets.
    pub entries: Vec<EntryRecord>,
}

/// One pattern of a lexicon. Its index over all lexicons is what `articles` refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryRecord {
    /// `category`, `choice` or `target`.
    pub kind: String,
    /// Id of the category, choice or target.
    pub group: String,
    /// Name of the variant, for a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The pattern as written.
    pub term: String,
    /// BLAKE3 of the pattern with its options, 16 hexadecimal digits.
    pub hash: String,
}

/// A group of articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutletRow {
    /// Id of the outlet.
    pub outlet: String,
    /// For people.
    pub name: String,
    /// What the user declared of it.
    pub groups: BTreeMap<String, String>,
    /// Articles that count.
    pub articles: u64,
    /// Articles with no word outside page furniture.
    pub empty_articles: u64,
    /// Articles left out because an equal one counts.
    pub duplicates: u64,
    /// Events that it covers.
    pub events: u64,
    /// First day.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// Words outside page furniture.
    pub words: u64,
    /// The same by voice.
    pub words_by_voice: BTreeMap<String, u64>,
    /// Words by zone, page furniture included.
    pub words_by_zone: BTreeMap<String, u64>,
}

/// A category that was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CategoryRow {
    /// Id of its lexicon.
    pub lexicon: String,
    /// Its id.
    pub category: String,
    /// For people.
    pub title: String,
    /// Its definition.
    pub description: String,
    /// Where the idea comes from.
    pub sources: Vec<String>,
    /// Zones that are searched.
    pub zones: Vec<String>,
    /// Whether its rate follows the topic.
    pub topic_sensitive: bool,
    /// `rate` or `articles`.
    pub measure: String,
    /// Different terms that an article must hold, for `articles`.
    pub distinct: Option<u32>,
    /// Terms in it.
    pub terms: u64,
    /// Terms with a hit in this corpus.
    pub terms_with_hits: u64,
}
