//! Rows that set outlets against each other in what they call things and people.

use serde::{Deserialize, Serialize};

use super::ReasonRow;
use crate::statistics::evidence::{Tier, Verdict};

/// One variant's share of the choices made, in two outlets or in one and the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChoiceComparisonRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the choice.
    pub choice: String,
    /// Title of the choice.
    pub title: String,
    /// Name of the variant.
    pub variant: String,
    /// Id of the first outlet.
    pub a: String,
    /// Id of the second outlet; `null` for all others together.
    pub b: Option<String>,
    /// Uses of the variant in a's wording (own, attributed, scare).
    pub uses_a: u64,
    /// The same of b.
    pub uses_b: u64,
    /// Uses of every variant in a's wording: the choices made.
    pub choices_a: u64,
    /// The same of b.
    pub choices_b: u64,
    /// Articles of a that made the choice.
    pub articles_a: u64,
    /// The same of b.
    pub articles_b: u64,
    /// Articles of a with this variant.
    pub articles_with_uses_a: u64,
    /// The same of b.
    pub articles_with_uses_b: u64,
    /// uses_a / choices_a.
    pub share_a: Option<f64>,
    /// uses_b / choices_b.
    pub share_b: Option<f64>,
    /// share_a − share_b.
    pub difference: Option<f64>,
    /// Lower limit of the difference, articles as clusters.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// p of the shuffle of articles.
    pub p: Option<f64>,
    /// p corrected for all tests of the family.
    pub q: Option<f64>,
    /// Tests in the family: the choices of one lexicon. The two variants of a choice that has two
    /// are one test.
    pub k: u64,
    /// Smallest p that these articles could have given.
    pub smallest_p: f64,
    /// Lowest difference with one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Highest difference with one article left out.
    pub leave_one_out_high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
    /// Why not more.
    pub reasons: Vec<ReasonRow>,
    /// What is said of it: `similar` is a difference of at most ten points of a hundred either way.
    pub verdict: Verdict,
}

/// Labels on a target per 100 mentions of it, in two outlets or in one and the rest.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LabelComparisonRow {
    /// Id of the target, or its name where it was found and not declared.
    pub target: String,
    /// For people.
    pub title: String,
    /// Id of the lexicon; `null` where labels of every category are counted.
    pub lexicon: Option<String>,
    /// Id of the category; `null` where labels of every category are counted.
    pub category: Option<String>,
    /// Id of the first outlet.
    pub a: String,
    /// Id of the second outlet; `null` for all others together.
    pub b: Option<String>,
    /// Labels in a's wording.
    pub labels_a: u64,
    /// The same of b.
    pub labels_b: u64,
    /// Mentions in a's wording: the denominator.
    pub mentions_a: u64,
    /// The same of b.
    pub mentions_b: u64,
    /// Those of them that bear a label, one or more; `null` for a single category.
    pub labelled_a: Option<u64>,
    /// The same of b.
    pub labelled_b: Option<u64>,
    /// Articles of a that mention it.
    pub articles_a: u64,
    /// The same of b.
    pub articles_b: u64,
    /// Articles of a that label it.
    pub articles_with_labels_a: u64,
    /// The same of b.
    pub articles_with_labels_b: u64,
    /// Labels of a per 100 mentions.
    pub per_100_a: Option<f64>,
    /// The same of b.
    pub per_100_b: Option<f64>,
    /// per_100_a − per_100_b.
    pub difference: Option<f64>,
    /// per_100_a / per_100_b, uncorrected; `null` with an empty cell.
    pub ratio: Option<f64>,
    /// Log ratio with ½ added to every count.
    pub log2_ratio: Option<f64>,
    /// Lower limit of the log ratio, articles as clusters; `null` where there is none.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// The limit nearer to 0, or 0 if the interval holds it.
    pub lrc: Option<f64>,
    /// Smallest ratio that would have been found with a probability of 80 %.
    pub mdr: Option<f64>,
    /// p of the shuffle of articles.
    pub p: Option<f64>,
    /// p corrected for all tests of the family.
    pub q: Option<f64>,
    /// Tests in the family: the targets and categories of one lexicon, or the targets where every
    /// category is counted.
    pub k: u64,
    /// Smallest p that these articles could have given.
    pub smallest_p: f64,
    /// Lowest log ratio with one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Highest log ratio with one article left out.
    pub leave_one_out_high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
    /// Why not more.
    pub reasons: Vec<ReasonRow>,
    /// What is said of it.
    pub verdict: Verdict,
    /// The terms behind it, in the outlets' wording, most frequent first.
    pub terms: Vec<LabelTermRow>,
}

/// A term put on a target by two outlets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelTermRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The term.
    pub term: String,
    /// Labels of a.
    pub labels_a: u64,
    /// Labels of b.
    pub labels_b: u64,
}

/// One cell of the matrix of outlets, targets and categories.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TargetLabelRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the target, or its name where it was found and not declared.
    pub target: String,
    /// For people.
    pub title: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// Labels of the category in the outlet's wording.
    pub labels: u64,
    /// Mentions in the outlet's wording: the denominator.
    pub mentions: u64,
    /// Articles that mention it.
    pub articles: u64,
    /// Articles that put the category on it.
    pub articles_with_labels: u64,
    /// Labels per 100 mentions.
    pub per_100_mentions: Option<f64>,
    /// Lower limit, clustered by article.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
}
