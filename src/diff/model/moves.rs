//! Rates and shares that moved, each with its causes and what may be said of it.

use serde::{Deserialize, Serialize};

use crate::report::ReasonRow;
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

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
    /// Whether the hits are the same and no cause changed them, so that the rate moved with its
    /// words alone, and by no more than noise.
    pub only_words: bool,
    /// How much of the change each cause explains.
    pub causes: Causes,
    /// What may be said of the articles' part.
    #[serde(flatten)]
    pub tested: Tested,
}

/// What may be said of the part of a change that the articles explain, in the unit of the change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// Standard error of the articles' part, by influence functions over the union of articles;
    /// `null` for a census.
    pub se: Option<f64>,
    /// Lower limit of the articles' part.
    pub low: Option<f64>,
    /// Upper limit of the articles' part.
    pub high: Option<f64>,
    /// p of the articles' part; `null` where no article changed.
    pub p: Option<f64>,
    /// p corrected (Benjamini–Hochberg) for everything in its table that was tested.
    pub q: Option<f64>,
    /// Tests in the table.
    pub k: u64,
    /// The articles' part shrunk by how noisy moves of its lexicon and voice are.
    pub shrunken: Option<f64>,
    /// Least of the articles' part with any one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Most of the articles' part with any one article left out.
    pub leave_one_out_high: Option<f64>,
    /// What the articles can carry.
    pub tier: Tier,
    /// Why not more: `few-articles`, `too-few-articles`, `smallest-p`, and of the articles that
    /// changed `few-changed-articles`, `few-hits`, `few-articles-with-hits`; `no-variation` where no
    /// error can be estimated.
    pub reasons: Vec<ReasonRow>,
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
    /// Id of the outlet; `null` for all articles together, where the groupings differ.
    pub outlet: Option<String>,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the choice or category.
    pub id: String,
    /// Name of the variant, for a choice.
    pub variant: Option<String>,
    /// Uses or articles before.
    pub count_old: u64,
    /// Uses or articles after.
    pub count_new: u64,
    /// Choices or articles in all before.
    pub total_old: u64,
    /// Choices or articles in all after.
    pub total_new: u64,
    /// Articles with a choice, or with words, before.
    pub articles_old: u64,
    /// The same after.
    pub articles_new: u64,
    /// Those that only one side has, or that differ in their text.
    pub articles_changed: u64,
    /// Share before.
    pub share_old: Option<f64>,
    /// Share after.
    pub share_new: Option<f64>,
    /// share_new − share_old.
    pub change: Option<f64>,
    /// How much of the change each cause explains.
    pub causes: Causes,
    /// What may be said of the articles' part.
    #[serde(flatten)]
    pub tested: Tested,
}

/// Labels on a target that moved, per 100 mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelMove {
    /// Id of the outlet; `null` for all articles together, where the groupings differ.
    pub outlet: Option<String>,
    /// Id of the target, or its name where it was found and not declared.
    pub target: String,
    /// Labels before.
    pub labels_old: u64,
    /// Labels after.
    pub labels_new: u64,
    /// Mentions before.
    pub mentions_old: u64,
    /// Mentions after.
    pub mentions_new: u64,
    /// Articles that mention it before.
    pub articles_old: u64,
    /// Articles that mention it after.
    pub articles_new: u64,
    /// Those that only one side has, or that differ in their text.
    pub articles_changed: u64,
    /// Labels per 100 mentions before.
    pub per_100_old: Option<f64>,
    /// Labels per 100 mentions after.
    pub per_100_new: Option<f64>,
    /// per_100_new − per_100_old.
    pub change: Option<f64>,
    /// Whether the labels are as many, so that only the mentions changed, and by no more than noise.
    pub only_mentions: bool,
    /// How much of the change each cause explains.
    pub causes: Causes,
    /// What may be said of the articles' part.
    #[serde(flatten)]
    pub tested: Tested,
}
