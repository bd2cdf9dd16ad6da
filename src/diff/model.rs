//! The record of a diff: what is saved and rendered.
//!
//! Rates are per 1,000 words, changes are new − old in the same unit, shares of choices from 0 to 1.
//! What can't be computed is `null`. Rows are sorted by outlet, lexicon, category and voice.

use serde::{Deserialize, Serialize};

use crate::report::Tool;
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

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
    /// Rates that moved.
    pub rates: Vec<RateMove>,
    /// Categories measured by the share of articles that moved.
    pub article_shares: Vec<ShareMove>,
    /// Shares of choices that moved.
    pub choices: Vec<ShareMove>,
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

/// What changed in the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CorpusChanges {
    /// By outlet; only outlets where something changed.
    pub outlets: Vec<OutletChanges>,
    /// Articles that are in both with the same text.
    pub same: u64,
    /// Articles with the same text under another id.
    pub renamed: u64,
    /// Articles that only the new report has.
    pub added: Vec<ArticleRef>,
    /// Articles that only the old report has.
    pub removed: Vec<ArticleRef>,
    /// Articles with the same id and another text.
    pub edited: Vec<EditedArticle>,
    /// Articles that stand under another outlet.
    pub moved: Vec<MovedArticle>,
}

/// How many articles of an outlet changed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct OutletChanges {
    /// Id of the outlet.
    pub outlet: String,
    /// Articles before.
    pub old: u64,
    /// Articles after.
    pub new: u64,
    /// With the same text in both.
    pub same: u64,
    /// Only in the new report.
    pub added: u64,
    /// Only in the old report.
    pub removed: u64,
    /// With another text.
    pub edited: u64,
    /// Came from another outlet.
    pub moved_in: u64,
    /// Went to another outlet.
    pub moved_out: u64,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ArticleRef {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the article.
    pub id: String,
    /// Day of publication.
    pub date: Option<String>,
}

/// An article that stands under another outlet.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MovedArticle {
    /// Id in the new report.
    pub id: String,
    /// Outlet before.
    pub from: String,
    /// Outlet after.
    pub to: String,
    /// Whether its text changed too.
    pub edited: bool,
}

/// An article whose text changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EditedArticle {
    /// Id of the outlet, after.
    pub outlet: String,
    /// Id of the article, after.
    pub id: String,
    /// Words before.
    pub words_old: u64,
    /// Words after.
    pub words_new: u64,
    /// Terms whose hits changed.
    pub hits: Vec<EditedHits>,
    /// Sentences with a hit that only one text has; only with the articles at hand.
    pub sentences: Vec<EditedSentence>,
}

/// A term whose hits changed in an edited article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EditedHits {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The term.
    pub term: String,
    /// Name of the voice.
    pub voice: String,
    /// Hits before.
    pub old: u64,
    /// Hits after.
    pub new: u64,
    /// Whether only one report has the term, so that the edit need not be the cause.
    pub term_changed: bool,
}

/// A sentence with a hit that only one text of an edited article has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EditedSentence {
    /// `old` or `new`: which text has it.
    pub text_of: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The term.
    pub term: String,
    /// Name of the voice.
    pub voice: String,
    /// The sentence, blanks joined.
    pub sentence: String,
    /// First byte of the hit in `sentence`.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
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

/// How the shares of the causes are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// From the two reports alone, exactly.
    Exact,
    /// Exactly, with the articles counted again.
    WithCorpus,
    /// Not from the reports alone: bounds.
    NotDecomposable,
    /// A side has no words, or articles were read by different rules.
    None,
}

/// What a move may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Finding {
    /// The same articles counted otherwise: exact, nothing to test.
    Census,
    /// The articles raised the rate.
    Rose,
    /// The articles lowered the rate.
    Fell,
    /// Enough articles, and still neither can be said.
    Inconclusive,
    /// Too few articles or hits to say either.
    NotEnoughEvidence,
    /// The articles' part is not known.
    Unknown,
}

/// A rate that moved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateMove {
    /// Id of the outlet; `null` for all articles together, where the groupings differ.
    pub outlet: Option<String>,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Hits before.
    pub hits_old: u64,
    /// Hits after.
    pub hits_new: u64,
    /// Words before.
    pub words_old: u64,
    /// Words after.
    pub words_new: u64,
    /// Articles with such words before.
    pub articles_old: u64,
    /// Articles with such words after.
    pub articles_new: u64,
    /// Articles that only one side has, or that differ in their text.
    pub articles_changed: u64,
    /// Rate before.
    pub rate_old: Option<f64>,
    /// Rate after.
    pub rate_new: Option<f64>,
    /// rate_new − rate_old.
    pub change: Option<f64>,
    /// change / rate_old; `null` from 0.
    pub relative: Option<f64>,
    /// How much of the change each cause explains.
    pub causes: Causes,
    /// Standard error of the articles' part, by influence functions over the union of articles;
    /// `null` for a census.
    pub se: Option<f64>,
    /// Lower limit of the articles' part.
    pub low: Option<f64>,
    /// Upper limit of the articles' part.
    pub high: Option<f64>,
    /// p of the articles' part; `null` where no article changed.
    pub p: Option<f64>,
    /// p corrected (Benjamini–Hochberg) for all moved rates that were tested.
    pub q: Option<f64>,
    /// Tests in the family.
    pub k: u64,
    /// The articles' part shrunk by how noisy moves of its lexicon and voice are.
    pub shrunken: Option<f64>,
    /// Least of the articles' part with any one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Most of the articles' part with any one article left out.
    pub leave_one_out_high: Option<f64>,
    /// What may be said of the articles' part.
    pub tier: Tier,
    /// What is said of it.
    pub finding: Finding,
}

/// How much of a change each cause explains, in the unit of the rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Causes {
    /// How the shares are known.
    pub basis: Basis,
    /// The articles' share.
    pub corpus: Share,
    /// The lexicons' share.
    pub lexicon: Share,
    /// The tool's and the settings' share: the same articles and terms read otherwise.
    pub reading: Share,
    /// What articles and lexicon do together beyond the sum of what each does alone.
    pub interaction: Option<f64>,
    /// The part of the articles' share that is a change of rates within voices (Kitagawa).
    pub within_voices: Option<f64>,
    /// The part of it that is a change of how much is said in which voice.
    pub mix_of_voices: Option<f64>,
}

/// One cause's share.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Share {
    /// The share; `null` where only bounds are known.
    pub value: Option<f64>,
    /// Certain lower bound; equal to the value where it is known.
    pub low: Option<f64>,
    /// Certain upper bound; equal to the value where it is known.
    pub high: Option<f64>,
    /// Only beside bounds: the share if the terms that a report lacks stood in its articles as often
    /// as in those of the other.
    pub estimate: Option<f64>,
    /// Only beside bounds: where the estimate's share probably lies (1 − alpha), on the same
    /// supposition.
    pub likely_low: Option<f64>,
    /// The upper end.
    pub likely_high: Option<f64>,
}

/// A share that moved: of the variants of a choice, or of articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ShareMove {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the choice or category.
    pub id: String,
    /// Name of the variant, for a choice.
    pub variant: Option<String>,
    /// Uses or articles before.
    pub count_old: u64,
    /// Choices or articles in all before.
    pub total_old: u64,
    /// Uses or articles after.
    pub count_new: u64,
    /// Choices or articles in all after.
    pub total_new: u64,
    /// Share before.
    pub share_old: Option<f64>,
    /// Share after.
    pub share_new: Option<f64>,
    /// share_new − share_old.
    pub change: Option<f64>,
    /// The weaker tier of the two.
    pub tier: Tier,
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
