//! Rows of terms, choices, targets and sources.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// Hits of one term in one outlet and voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The term as written.
    pub term: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Hits that count in the category.
    pub hits: u64,
    /// Matches counted independently of other terms.
    pub found: u64,
    /// Articles with a hit.
    pub articles_with_hits: u64,
}

/// One variant's share of the choices that an outlet made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the choice.
    pub choice: String,
    /// Title of the choice.
    pub title: String,
    /// Name of the variant.
    pub variant: String,
    /// Uses of the variant, in the outlet's wording (own, attributed, scare).
    pub uses: u64,
    /// Uses of all variants.
    pub choices: u64,
    /// Articles with a use of any variant.
    pub articles: u64,
    /// Articles with a use of this one.
    pub articles_with_uses: u64,
    /// uses / choices.
    pub share: Option<f64>,
    /// Lower limit, clustered by article.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
}

/// A target in one outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the target, or its name where it was found and not declared.
    pub target: String,
    /// For people.
    pub title: String,
    /// Kind of a declared target.
    pub kind: Option<String>,
    /// Mentions in every voice.
    pub mentions: u64,
    /// Its part in the outlet's mentions of all targets, found names included: attention.
    #[serde(default)]
    pub attention: Option<f64>,
    /// Mentions in the outlet's wording: the denominator.
    pub worded_mentions: u64,
    /// Articles that mention it.
    pub articles: u64,
    /// Labels in the outlet's wording.
    pub labels: u64,
    /// Mentions in the outlet's wording that bear a label, one or more.
    #[serde(default)]
    pub labelled_mentions: u64,
    /// Labels per 100 mentions.
    pub per_100_mentions: Option<f64>,
    /// Lower limit, clustered by article.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
    /// Which terms, in which voice, by which rule.
    pub by_term: Vec<LabelRow>,
}

/// A term put on a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The term.
    pub term: String,
    /// Voice of the label.
    pub voice: String,
    /// Name of the rule that put it there.
    pub rule: String,
    /// How often.
    pub labels: u64,
}

/// Reported speech of one source in one outlet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Who speaks: the title of a target, the name as found, a description as written most often;
    /// empty where no source was found or its name is not certain.
    pub source: String,
    /// `target` (declared), `name` (found), `description` ("a senior official") or `unnamed`.
    #[serde(default)]
    pub kind: String,
    /// Id of the target, or its name where it was found, as in `targets`.
    #[serde(default)]
    pub target: Option<String>,
    /// Reports.
    pub reports: u64,
    /// Articles.
    pub articles: u64,
    /// Reports by kind of verb.
    pub by_kind: BTreeMap<String, u64>,
    /// Reports by verb.
    pub by_verb: BTreeMap<String, u64>,
    /// Words given to it in quotation marks.
    pub quoted_words: u64,
    /// Words given to it outside marks.
    pub attributed_words: u64,
}
