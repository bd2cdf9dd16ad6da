//! What every statistic is computed from: articles as pairs of hits and words.
//!
//! The sampling unit is the article, never the word, so nothing here is ever
//! reduced to two totals before its uncertainty is known.

use crate::tally::Moments;

/// Rates are hits per this many words.
pub const PER_WORDS: f64 = 1000.0;

/// One article: its hits and the words in which they could have stood.
///
/// The pair serves every share of the same form: labels per mention, own-voice
/// hits per hit. An article without words has no rate and takes no part in any
/// statistic, its hits included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Document {
    /// Hits, x_d.
    pub hits: u64,
    /// Words, N_d: the denominator.
    pub words: u64,
}

impl Document {
    /// An article of `words` words with `hits` hits.
    pub fn new(hits: u64, words: u64) -> Self {
        Self { hits, words }
    }

    /// Hits per 1,000 words; `None` without words.
    pub fn rate(self) -> Option<f64> {
        (self.words > 0).then(|| PER_WORDS * self.hits as f64 / self.words as f64)
    }
}

/// The articles that have words: those that statistics are computed from.
pub(super) fn with_words(documents: &[Document]) -> impl Iterator<Item = Document> + Clone + '_ {
    documents.iter().copied().filter(|d| d.words > 0)
}

/// The raw counts behind a rate: sums of integers, so they merge in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Totals {
    /// Hits, X.
    pub hits: u64,
    /// Words, T.
    pub words: u64,
    /// Articles with words, m.
    pub articles: u64,
    /// Articles with words and at least one hit.
    pub articles_with_hits: u64,
}

impl Totals {
    /// Sums articles; those without words are left out.
    pub fn of(documents: &[Document]) -> Self {
        let mut totals = Self::default();
        for document in with_words(documents) {
            totals.hits += document.hits;
            totals.words += document.words;
            totals.articles += 1;
            totals.articles_with_hits += u64::from(document.hits > 0);
        }
        totals
    }

    /// Pooled rate, hits per 1,000 words: 1000·X/T. `None` without words.
    pub fn rate(&self) -> Option<f64> {
        (self.words > 0).then(|| PER_WORDS * self.hits as f64 / self.words as f64)
    }

    /// Hits per word, r = X/T.
    pub(super) fn per_word(&self) -> Option<f64> {
        (self.words > 0).then(|| self.hits as f64 / self.words as f64)
    }
}

impl From<&Moments> for Totals {
    fn from(moments: &Moments) -> Self {
        Self {
            hits: moments.hits,
            words: moments.words,
            articles: moments.articles,
            articles_with_hits: moments.articles_with_hits,
        }
    }
}

/// The sums of articles: all that an interval needs (METHODS A.3), and integers, so that sums of
/// parts give the same bytes as the articles.
pub fn moments(documents: &[Document]) -> Moments {
    let mut moments = Moments::default();
    documents.iter().for_each(|document| moments.add(document.hits, document.words));
    moments
}

/// Σ(x_d·T − X·N_d)² = T²·Σx² − 2·X·T·ΣxN + X²·ΣN², the squared residuals of articles around their
/// common rate, times T². Exact in integers up to 128 bits; in floating point beyond, where no
/// rounding is left to matter.
pub(super) fn squared_residuals(moments: &Moments) -> f64 {
    let exact = || {
        let (x, t) = (i128::from(moments.hits), i128::from(moments.words));
        let sum = |sum: u128| i128::try_from(sum).ok();
        let hits = t.checked_mul(t)?.checked_mul(sum(moments.hits_squared)?)?;
        let cross = x.checked_mul(t)?.checked_mul(sum(moments.hits_words)?)?.checked_mul(2)?;
        let words = x.checked_mul(x)?.checked_mul(sum(moments.words_squared)?)?;
        hits.checked_add(words)?.checked_sub(cross)
    };
    match exact() {
        Some(exact) => exact as f64,
        None => {
            let (x, t) = (moments.hits as f64, moments.words as f64);
            let cross = 2.0 * x * t * moments.hits_words as f64;
            let squares =
                t * t * moments.hits_squared as f64 + x * x * moments.words_squared as f64;
            (squares - cross).max(0.0)
        }
    }
}

/// A closed interval. An end may be infinite where a cell is empty (a ratio to
/// nothing has no upper bound); it is never NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// Both ends; `None` if one is NaN or they are the wrong way round.
    pub(super) fn new(low: f64, high: f64) -> Option<Self> {
        (low <= high).then_some(Self { low, high })
    }

    /// Whether `value` lies inside or on an end.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether every value of the interval has the same sign.
    pub fn excludes_zero(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }

    /// High minus low.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}
