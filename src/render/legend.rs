//! What every column and every verdict word means, in plain language.

/// What the entries of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A name or a text: its head says all.
    Name,
    /// Articles that count.
    Articles,
    /// Words of the denominator.
    Words,
    /// Hits, those in the outlet's own voice in brackets.
    Hits,
    /// Hits by voice.
    HitsByVoice,
    /// Articles with a hit, of all.
    InArticles,
    /// The rate with its interval.
    Rate,
    /// Share of the hits in one article.
    TopArticle,
    /// The tier.
    Evidence,
    /// Rate of one side of a comparison.
    SideRate,
    /// Difference of the rates.
    Difference,
    /// Ratio of the rates.
    Ratio,
    /// Logarithm of the ratio, with its interval.
    LogRatio,
    /// Articles with hits, of both sides.
    ArticlesOfBoth,
    /// p of shuffling articles.
    P,
    /// p of exchanging outlets within events.
    PWithinEvents,
    /// p corrected for the family.
    Q,
    /// What is said of a comparison.
    Verdict,
    /// Events.
    Events,
    /// Ratio within events.
    MatchedRatio,
    /// Descriptive scores that take words as independent.
    WordLevel,
    /// Hits of a term on both sides.
    HitsOfBoth,
    /// Term's part in a difference.
    PartOfDifference,
    /// Log ratio without a term.
    RatioWithout,
    /// Uses of a variant, of all choices made.
    Uses,
    /// Articles that use a variant, of those that choose.
    ArticlesOfChoice,
    /// A share with its interval.
    Share,
    /// Share of the hits in the outlet's own voice.
    OwnShare,
    /// Share of articles.
    ArticleShare,
    /// Mentions of a target.
    Mentions,
    /// Labels on a target.
    Labels,
    /// Labels per 100 mentions.
    PerHundred,
    /// Reports of speech.
    Reports,
    /// Words given to a source.
    WordsGiven,
    /// Log-likelihood over outlets.
    Heterogeneity,
    /// Copies left out.
    Duplicates,
    /// Terms of a lexicon or category.
    Terms,
    /// How often a warning applies.
    Count,
    /// A rate where it is carried, else hits and articles.
    Cell,
    /// Outlets with evidence enough.
    Reportable,
    /// Hits in each of the four voices.
    HitsOfVoices,
    /// Terms with their hits on both sides.
    Drivers,
    /// Uses of each variant.
    UsesOfVariants,
    /// Part of an outlet's mentions.
    Attention,
    /// Shares of a variant on both sides.
    SideShare,
    /// Difference of two shares, with its interval.
    ShareDifference,
    /// Mentions with a label, of all, on one side.
    LabelledOf,
    /// Labels per 100 mentions on one side.
    SidePerHundred,
    /// Mean similarity of the articles of an event.
    Similarity,
}

impl Key {
    /// Whether the entries are numbers, set flush right.
    pub fn is_number(self) -> bool {
        !matches!(
            self,
            Self::Name | Self::Evidence | Self::Verdict | Self::Drivers | Self::UsesOfVariants
        )
    }

    /// Name and meaning for the legend; `None` for a name, which needs none.
    pub fn meaning(self) -> Option<(&'static str, &'static str)> {
        let entry = LEGEND.iter().find(|(key, ..)| *key == self)?;
        Some((entry.1, entry.2))
    }
}

/// What every column of numbers or judgements means.
const LEGEND: [(Key, &str, &str); 48] = [
    (
        Key::Attention,
        "attention",
        "mentions, with their part in all the outlet's mentions of persons, parties, states and other names: how much room they get, not how they are spoken of",
    ),
    (
        Key::SideShare,
        "share A, share B",
        "part of the choices made that fell on the variant, in each of the two",
    ),
    (
        Key::ShareDifference,
        "A − B [CI]",
        "difference of the two shares in points of a hundred, with an interval that counts articles as independent",
    ),
    (
        Key::LabelledOf,
        "labelled, of mentions",
        "mentions in the outlet's wording that bear a label, of all such mentions",
    ),
    (
        Key::SidePerHundred,
        "labels /100, A and B",
        "labels per 100 mentions of the target in each of the two; higher is not worse",
    ),
    (
        Key::Similarity,
        "similarity",
        "mean likeness of the articles of a found event, 0 to 1: names and rare words in common, the rarer the weightier",
    ),
    (Key::InArticles, "in articles", "articles with at least one hit, of all its articles"),
    (
        Key::TopArticle,
        "top article",
        "share of the hits that stand in the one article with most of them",
    ),
    (
        Key::SideRate,
        "A, B",
        "hits for that many words in each of the two outlets; higher is not worse",
    ),
    (
        Key::ArticlesOfBoth,
        "articles A / B",
        "articles with a hit, of all its articles, for A and for B",
    ),
    (Key::Q, "q", "p corrected for all tests of one lexicon and voice; K is how many there are"),
    (Key::Verdict, "verdict", "what the evidence carries; the words are explained below"),
    (
        Key::OwnShare,
        "own-voice share [CI]",
        "part of the hits that stand in the outlet's own voice",
    ),
    (
        Key::WordsGiven,
        "words given",
        "words of the source inside quotation marks, then in paraphrase",
    ),
    (
        Key::Duplicates,
        "left out",
        "articles left out because an equal text of the same outlet counts",
    ),
    (
        Key::Articles,
        "articles",
        "articles that count; copies of the same text in one outlet count once",
    ),
    (
        Key::Words,
        "words",
        "words outside page furniture; beside a rate, those of the voice shown in the zones that are searched, which the rate is measured against",
    ),
    (
        Key::Hits,
        "hits (own voice)",
        "matches of the lexicon in the voice shown; in brackets those in the outlet's own voice",
    ),
    (
        Key::HitsByVoice,
        "worded / quoted",
        "hits in the outlet's wording (its own voice, paraphrase, scare quotes), then hits inside a speaker's quotation marks",
    ),
    (
        Key::Rate,
        "rate [CI]",
        "hits for that many words, with the interval that counts articles, not words, as independent; \"0 (≤ 1.20)\" is no hit, and the upper limit. The interval does not cover articles that were not collected",
    ),
    (
        Key::Evidence,
        "evidence",
        "\"reportable\": enough articles and hits for a verdict; \"tentative\": 3 to 9 articles or few hits, a verdict is withheld; \"describes these articles\": fewer than 3 articles, counts only",
    ),
    (Key::Difference, "A − B", "rate of A minus rate of B"),
    (Key::Ratio, "A : B", "rate of A divided by rate of B; a dash where one has no hit"),
    (
        Key::LogRatio,
        "log2 ratio [CI]",
        "the ratio as a power of 2, so +1 is twice as often, −1 half as often, 0 equally often; half a hit is added to each side so that it exists with no hit, and the interval, open where it has no limit, counts articles as independent",
    ),
    (
        Key::P,
        "p (articles shuffled)",
        "how often a difference at least this large appears when the same articles are dealt out to the two outlets at random",
    ),
    (
        Key::PWithinEvents,
        "p (swapped in events)",
        "how often a ratio at least this far from 1 appears when the two outlets are exchanged at random within each event",
    ),
    (
        Key::Events,
        "events",
        "news stories that the outlet covers; in a comparison, those that both cover",
    ),
    (
        Key::MatchedRatio,
        "A : B within events",
        "how many times as often A has a hit as B, each event compared with itself, then pooled (Mantel–Haenszel)",
    ),
    (
        Key::WordLevel,
        "word-level scores",
        "descriptive, not a test: they take every word as independent, which words of one article are not",
    ),
    (Key::HitsOfBoth, "hits A / B", "hits of the term in A and in B"),
    (
        Key::PartOfDifference,
        "part of the difference",
        "how much of the difference of the rates this term makes; over all terms the parts sum to 100%",
    ),
    (
        Key::RatioWithout,
        "log2 ratio without it",
        "the log2 ratio of the category if this term were not in it",
    ),
    (
        Key::Uses,
        "uses",
        "uses of this variant in the outlet's wording, of all choices made between the variants",
    ),
    (
        Key::ArticlesOfChoice,
        "articles",
        "articles that use this variant, of those that use any of the choice's variants",
    ),
    (
        Key::Share,
        "share [CI]",
        "part of the choices that fell on this variant, with an interval that counts articles as independent",
    ),
    (
        Key::ArticleShare,
        "share of articles [CI]",
        "part of the articles that hold at least the needed number of different terms",
    ),
    (
        Key::Mentions,
        "mentions",
        "times the target is named in the outlet's wording: what labels are measured against",
    ),
    (
        Key::Labels,
        "labels",
        "loaded terms put on the target, in the outlet's wording unless the head says otherwise; that it stands here is not a finding that it is inaccurate",
    ),
    (
        Key::PerHundred,
        "labels /100 mentions [CI]",
        "labels for every 100 mentions of the target, both in the outlet's wording",
    ),
    (
        Key::Reports,
        "reports",
        "times speech of this source is reported; plain (said), distancing (claimed), endorsing (noted)",
    ),
    (
        Key::Heterogeneity,
        "do the outlets differ",
        "log-likelihood over all outlets, the dispersion it is divided by, and F with its p: to be read before any pair",
    ),
    (
        Key::Terms,
        "entries",
        "terms, variants and names in the lexicon, and how many terms of its categories have a hit here; inclusion in a lexicon is not a finding of inaccuracy",
    ),
    (Key::Count, "count", "how often it applies"),
    (
        Key::Cell,
        "outlet, /1k",
        "hits for that many words with the interval that counts articles as independent; where the evidence is too thin for a rate, hits and the articles that hold them: \"4 in 3\"",
    ),
    (Key::Reportable, "reportable", "outlets with articles and hits enough for a verdict, of all"),
    (
        Key::HitsOfVoices,
        "hits by voice",
        "hits in the outlet's own voice / attributed to a source outside marks / in scare quotes / quoted",
    ),
    (
        Key::Drivers,
        "terms, hits A / B",
        "the terms that make up most of the difference, each with its hits in A and in B",
    ),
    (Key::UsesOfVariants, "uses", "how often each of the words was used, in the outlet's wording"),
];

/// The words of a verdict and what each claims.
pub(super) const VERDICTS: [(&str, &str); 5] = [
    (
        "higher",
        "the rate of the outlet named is higher: the interval excludes 0, q is at most alpha, and leaving out any one article does not turn the sign. Higher is not worse",
    ),
    ("lower", "the same in the other direction. Lower is not better"),
    ("similar", "the interval lies between ×0.67 and ×1.5"),
    ("inconclusive", "enough articles, but none of the above can be said"),
    (
        "not enough evidence",
        "too few articles or hits to say any of the above, or a rate that follows the topic. It clears nobody and accuses nobody",
    ),
];
