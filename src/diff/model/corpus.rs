//! What changed in the corpus, and what edits did to single articles.

use serde::{Deserialize, Serialize};

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
    /// Which of its texts were read again: `old`, `new`, both or none. A report holds counts, no
    /// text.
    pub texts_read: Vec<String>,
    /// Sentences with a hit that only one text has, where both were read; where one was, its
    /// sentences with a hit of a term whose hits changed.
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

/// A sentence with a hit in an edited article.
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
