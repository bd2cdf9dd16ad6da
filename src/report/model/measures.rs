//! Rows of rates, shares and comparisons.

use serde::{Deserialize, Serialize};

use crate::statistics::evidence::{Tier, Verdict};
use crate::tally::VoiceGroup;

/// The rate of one outlet, category and voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Hits.
    pub hits: u64,
    /// Words of that voice in the zones that the category searches.
    pub words: u64,
    /// Articles with such a word.
    pub articles: u64,
    /// Articles with a hit.
    pub articles_with_hits: u64,
    /// Hits per 1,000 words; `null` without words.
    pub rate: Option<f64>,
    /// Lower limit (effective counts).
    pub low: Option<f64>,
    /// Upper limit (effective counts).
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
    /// Mean of the articles' own rates.
    pub mean_article_rate: Option<f64>,
    /// Lowest rate with one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Highest rate with one article left out.
    pub leave_one_out_high: Option<f64>,
    /// Share of the hits that stand in the article with most of them.
    pub top_article_share: Option<f64>,
    /// Evenness over articles: 0 even, 1 all in one article (DPnorm).
    pub dp_norm: Option<f64>,
}

/// The share of an outlet's hits of a category that stand in its own voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnShareRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// Hits in its own voice.
    pub own: u64,
    /// Hits in every voice.
    pub hits: u64,
    /// Articles with hits.
    pub articles_with_hits: u64,
    /// own / hits.
    pub share: Option<f64>,
    /// Lower limit: the wider of Wilson's interval and the one clustered by article.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
}

/// The share of an outlet's articles that hold enough different terms of a category.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleShareRow {
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// Different terms that an article must hold.
    pub distinct: u32,
    /// Articles that do.
    pub articles_with: u64,
    /// Articles with words.
    pub articles: u64,
    /// articles_with / articles.
    pub share: Option<f64>,
    /// Lower limit (Wilson).
    pub low: Option<f64>,
    /// Upper limit (Wilson).
    pub high: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
}

/// Whether the outlets differ at all in a category and voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeterogeneityRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Outlets with words.
    pub outlets: u64,
    /// Log-likelihood over outlets.
    pub g2: f64,
    /// Outlets − 1.
    pub df: u64,
    /// Dispersion pooled over outlets.
    pub phi: Option<f64>,
    /// g2 / df / max(1, phi).
    pub f: Option<f64>,
    /// Its p.
    pub p: Option<f64>,
}

/// Two outlets, or one against the rest, in one category and voice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ComparisonRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Id of the first outlet.
    pub a: String,
    /// Id of the second outlet; `null` for all others together.
    pub b: Option<String>,
    /// Hits of a.
    pub hits_a: u64,
    /// Hits of b.
    pub hits_b: u64,
    /// Words of a.
    pub words_a: u64,
    /// Words of b.
    pub words_b: u64,
    /// Articles of a.
    pub articles_a: u64,
    /// Articles of b.
    pub articles_b: u64,
    /// Articles of a with hits.
    pub articles_with_hits_a: u64,
    /// Articles of b with hits.
    pub articles_with_hits_b: u64,
    /// Rate of a − rate of b.
    pub difference: Option<f64>,
    /// Rate of a / rate of b, uncorrected; `null` with an empty cell.
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
    /// Tests in the family: one lexicon, one voice.
    pub k: u64,
    /// Smallest p that these articles could have given.
    pub smallest_p: f64,
    /// Lowest log ratio with one article left out.
    pub leave_one_out_low: Option<f64>,
    /// Highest log ratio with one article left out.
    pub leave_one_out_high: Option<f64>,
    /// Signed log-likelihood, words taken as independent: descriptive.
    pub g2: Option<f64>,
    /// g2 − ln N: descriptive.
    pub bic: Option<f64>,
    /// What may be said of it.
    pub tier: Tier,
    /// Why not more.
    pub reasons: Vec<ReasonRow>,
    /// What is said of it.
    pub verdict: Verdict,
    /// The terms that make up most of the difference.
    pub drivers: Vec<DriverRow>,
}

/// Why a comparison can't carry more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReasonRow {
    /// `too-few-articles`, `smallest-p`, `few-articles`, `few-hits`, `few-articles-with-hits` or
    /// `topic-sensitive`.
    pub code: String,
    /// What there is.
    pub found: Option<f64>,
    /// What is needed.
    pub needed: Option<f64>,
}

/// A term's part in a difference.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DriverRow {
    /// The term.
    pub term: String,
    /// Hits of a.
    pub hits_a: u64,
    /// Hits of b.
    pub hits_b: u64,
    /// Difference of its rates.
    pub difference: f64,
    /// Its part in the difference of the category; parts sum to 1 over all terms.
    pub share: Option<f64>,
    /// Log ratio of the category without this term.
    pub log2_ratio_without: f64,
}

/// Two outlets within the events that both cover.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchedRow {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category.
    pub category: String,
    /// The voice or sum of voices.
    pub voice: VoiceGroup,
    /// Id of the first outlet.
    pub a: String,
    /// Id of the second outlet.
    pub b: String,
    /// Events that both cover.
    pub events: u64,
    /// Hits of a in them.
    pub hits_a: u64,
    /// Hits of b in them.
    pub hits_b: u64,
    /// Words of a in them.
    pub words_a: u64,
    /// Words of b in them.
    pub words_b: u64,
    /// Mantel–Haenszel rate ratio.
    pub ratio: Option<f64>,
    /// Its logarithm.
    pub log2_ratio: Option<f64>,
    /// Lower limit.
    pub low: Option<f64>,
    /// Upper limit.
    pub high: Option<f64>,
    /// p of exchanging the two outlets within events.
    pub p: Option<f64>,
    /// p corrected for all tests of the family.
    pub q: Option<f64>,
    /// Tests in the family.
    pub k: u64,
    /// Smallest p that this number of events could have given.
    pub smallest_p: f64,
    /// What is said of it.
    pub verdict: Verdict,
}
