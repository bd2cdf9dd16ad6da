//! Rows of sentences, tallies and warnings.

use serde::{Deserialize, Serialize};

/// Sampled sentences of one outlet and cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceRow {
    /// Id of the outlet.
    pub outlet: String,
    /// `category`, `variant`, `label` or `mention`.
    pub kind: String,
    /// Id of the lexicon, for categories and variants.
    pub lexicon: Option<String>,
    /// Id of the category, choice or target.
    pub id: String,
    /// Name of the variant.
    pub variant: Option<String>,
    /// How many there are.
    pub total: u64,
    /// Those with the smallest hash of seed, article and place, in the order of the corpus.
    pub sentences: Vec<SentenceRow>,
}

/// A sentence with the place that it is evidence of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentenceRow {
    /// Id of the article.
    pub article: String,
    /// Day of publication.
    pub date: Option<String>,
    /// The story that the article covers.
    pub event: Option<String>,
    /// Line in the article's text, counted from 1.
    pub line: u32,
    /// The sentence, blanks joined; cut around the hit where it is very long, with an ellipsis.
    pub text: String,
    /// First byte of the hit in `text`.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// The term.
    pub term: String,
    /// Zone of the hit.
    pub zone: String,
    /// Voice of the hit.
    pub voice: String,
    /// After a negation.
    pub negated: bool,
    /// Who speaks.
    pub source: Option<String>,
    /// The words that report it.
    pub cue: Option<String>,
    /// The target that the term is put on.
    pub target: Option<String>,
    /// The rule that put it there.
    pub rule: Option<String>,
}

/// The tally of one article. Numbers in `hits`, `clusters` and `labels` that name a pattern count
/// the entries of all lexicons in `provenance` from 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the article.
    pub id: String,
    /// BLAKE3 of its text.
    pub hash: String,
    /// Day of publication.
    pub date: Option<String>,
    /// The story that it covers.
    pub event: Option<String>,
    /// Words: a row a zone (headline, subhead, byline, caption, body, boilerplate), in it the voices
    /// own, attributed, quoted, scare.
    pub words: [[u32; 4]; 6],
    /// entry, zone, voice, negated (0 or 1), hits, found.
    pub hits: Vec<[u32; 6]>,
    /// Overlapping candidates, each start, end, entry, wildcards, zone, voice, negated; and how often.
    pub clusters: Vec<(Vec<[u32; 7]>, u32)>,
    /// target, voice, mentions.
    pub mentions: Vec<(String, u32, u32)>,
    /// target, voice, mentions that bear a label; those without are left out.
    #[serde(default)]
    pub labelled: Vec<(String, u32, u32)>,
    /// target, entry, voice, rule, labels.
    pub labels: Vec<(String, u32, u32, String, u32)>,
}

/// Something that was left out or may mislead, with how often.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WarningRow {
    /// Stable kebab-case name.
    pub code: String,
    /// The outlet that it is about, if one.
    pub outlet: Option<String>,
    /// How often.
    pub count: u64,
    /// What it means, in a sentence.
    pub message: String,
}
