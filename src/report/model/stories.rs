//! Rows of events: which articles tell the same story, what each outlet leaves out, and what they
//! wrote of the same thing beside one another.

use serde::{Deserialize, Serialize};

/// A story that articles cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventRow {
    /// As declared; for a found one its first day and the names that set it apart.
    pub event: String,
    /// For people.
    pub title: String,
    /// `declared` or `found`.
    pub how: String,
    /// First day of its articles.
    pub first: Option<String>,
    /// Last day.
    pub last: Option<String>,
    /// Articles on it.
    pub articles: u64,
    /// Mean similarity of its articles, 0 to 1; `null` for a declared one or a single article.
    pub similarity: Option<f64>,
    /// The outlets that cover it, with the ids of their articles.
    pub outlets: Vec<EventOutletRow>,
    /// Articles in it that are nearly the same text.
    pub copies: Vec<CopiesRow>,
}

/// The articles of one outlet on an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventOutletRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Ids of its articles.
    pub articles: Vec<String>,
}

/// Articles that are nearly the same text: wire copy, or versions of one article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CopiesRow {
    /// Outlet and id of each article.
    pub articles: Vec<[String; 2]>,
    /// Smallest estimated share of word sequences that two neighbours have in common.
    pub similarity: Option<f64>,
}

/// How events were found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Default)]
pub struct EventMethod {
    /// `declared`, `found` or `none`: what comparisons within events rest on.
    pub used: String,
    /// Similarity from which articles are grouped; `null` where none were sought.
    pub threshold: Option<f64>,
    /// Days between articles up to which they may be grouped.
    pub days: Option<u64>,
    /// Articles up to which events are sought.
    pub limit: u64,
    /// Articles without a date, which may be grouped with any other.
    pub without_date: u64,
    /// Articles without a declared event.
    pub undeclared: u64,
    /// Articles that stand in no group.
    pub alone: u64,
}

/// The part of the events, known from the other outlets, that an outlet covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CoverageRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Other outlets that must cover an event for it to count.
    pub others: u64,
    /// Events that so many others cover.
    pub events: u64,
    /// Those of them that it covers.
    pub covered: u64,
    /// covered / events.
    pub share: Option<f64>,
    /// Lower limit (Wilson).
    pub low: Option<f64>,
    /// Upper limit (Wilson).
    pub high: Option<f64>,
}

/// Something that other outlets have and one was not found to have in this corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OmissionRow {
    /// Id of the outlet in whose articles it was not found.
    pub outlet: String,
    /// `event`: none of its articles is on it. `target`: its articles on the event do not name it.
    pub kind: String,
    /// The event.
    pub event: String,
    /// Id or name of the target; `null` for an event.
    pub target: Option<String>,
    /// For people.
    pub title: String,
    /// The outlets that have it.
    pub outlets: Vec<String>,
    /// Their articles that have it.
    pub articles: u64,
    /// Their mentions of the target; 0 for an event.
    pub mentions: u64,
    /// Articles of the outlet on the event.
    pub own_articles: u64,
}

/// What the outlets wrote of one event, beside one another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideBySideRow {
    /// The event; `null` where a few articles without events stand beside one another.
    pub event: Option<String>,
    /// For people.
    pub title: String,
    /// `declared`, `found` or `all`.
    pub how: String,
    /// The outlets, each a column, with their articles.
    pub outlets: Vec<EventOutletRow>,
    /// Targets and choices that at least two outlets word, those with the most different wording
    /// first; then what is in one outlet only and bears a label.
    pub subjects: Vec<SubjectRow>,
    /// The same words of one source in several outlets.
    pub utterances: Vec<UtteranceRow>,
}

/// One target or choice in the articles on one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRow {
    /// `target` or `choice`.
    pub kind: String,
    /// Id of the lexicon, for a choice.
    pub lexicon: Option<String>,
    /// Id of the target or choice, or the name of a target that was found.
    pub id: String,
    /// For people.
    pub title: String,
    /// A side for each outlet, in the order of the columns.
    pub sides: Vec<SideRow>,
}

/// What one outlet wrote of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SideRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Mentions of the target, uses of the choice's variants; in every voice.
    pub total: u64,
    /// Those of them that bear a label; for a choice 0.
    pub labelled: u64,
    /// The wordings, those with a label first, then the most frequent.
    pub wordings: Vec<WordingRow>,
    /// Sentences, at most a few.
    pub passages: Vec<PassageRow>,
}

/// The phrase in which a target is named, or the variant of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordingRow {
    /// The phrase as written first.
    pub text: String,
    /// How often.
    pub times: u64,
    /// Whether a label is in it.
    pub labelled: bool,
    /// Voices in which it stands, sorted.
    pub voices: Vec<String>,
}

/// A sentence of an article with what it is shown for marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassageRow {
    /// Id of the article.
    pub article: String,
    /// Day of publication.
    pub date: Option<String>,
    /// Line in the article's text, counted from 1.
    pub line: u32,
    /// The sentence, blanks joined; cut where it is very long, with an ellipsis.
    pub text: String,
    /// The marked places.
    pub marks: Vec<MarkRow>,
    /// Zone.
    pub zone: String,
    /// Voice of the first mark.
    pub voice: String,
    /// Who speaks, named as in `sources`.
    pub source: Option<String>,
    /// The words that report it.
    pub cue: Option<String>,
}

/// A marked place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MarkRow {
    /// First byte in the sentence.
    pub start: u32,
    /// One past its last byte.
    pub end: u32,
    /// `phrase` (the wording), `name`, `label`, `variant` or `shared` (words of an utterance that
    /// another outlet has too). A label or a name lies inside its phrase.
    pub kind: String,
    /// The term of a label, the variant of a choice; empty for others.
    pub term: String,
    /// The rule that put the label there; empty for others.
    pub rule: String,
}

/// Words of one source, of one day, that several outlets report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UtteranceRow {
    /// Who speaks.
    pub source: String,
    /// First day on which it was reported.
    pub date: Option<String>,
    /// Content words that the reports share, sorted.
    pub shared: Vec<String>,
    /// The reports, in the order of the columns.
    pub reports: Vec<ReportedRow>,
}

/// How one outlet reports an utterance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Lemma of the verb, empty where none was found.
    pub verb: String,
    /// Kind of the verb: `plain`, `distancing`, `endorsing`.
    pub kind: String,
    /// Words in quotation marks.
    pub quoted_words: u64,
    /// Words in paraphrase.
    pub attributed_words: u64,
    /// The sentence, the shared words marked.
    pub passage: PassageRow,
}
