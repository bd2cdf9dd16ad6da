//! The record of a run: what is saved, diffed and rendered.
//!
//! Every rate is per 1,000 words, every share from 0 to 1, every log to base 2. What can't be
//! computed is `null`. Rows are sorted by outlet, lexicon, category and voice in the order of the
//! lexicons; JSON is written with these names.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::statistics::evidence::{Tier, Verdict};
use crate::tally::VoiceGroup;

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
    pub terms: Vec<TermRow>,
    /// Shares of the variants among the choices made.
    pub choices: Vec<ChoiceRow>,
    /// Who is mentioned and labelled.
    pub targets: Vec<TargetRow>,
    /// Who is reported with which verbs.
    pub sources: Vec<SourceRow>,
    /// Sampled sentences.
    pub evidence: Vec<EvidenceRow>,
    /// The tallies.
    pub articles: Vec<ArticleRow>,
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
    /// Mentions in the outlet's wording: the denominator.
    pub worded_mentions: u64,
    /// Articles that mention it.
    pub articles: u64,
    /// Labels in the outlet's wording.
    pub labels: u64,
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
    /// Who speaks, as written most often; empty where no source was found.
    pub source: String,
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
