//! How much more often one side uses something than the other, and between
//! which ratios the truth may lie.

use super::distribution::{Tail, beta_cdf, beta_log_odds};
use super::rate::effective_divisor;
use super::sample::{Document, Interval, PER_WORDS, Totals, moments, with_words};
use super::variance::{Linearised, Overdispersion, linearised_of, pooled_overdispersion};
use crate::tally::Moments;
use libm::log2;
use std::f64::consts::LN_2;

/// Hits and words (or articles with hits and articles) of two sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Table {
    /// Hits of side a, f1.
    pub hits_a: u64,
    /// Words of side a, n1.
    pub words_a: u64,
    /// Hits of side b, f2.
    pub hits_b: u64,
    /// Words of side b, n2.
    pub words_b: u64,
}

impl Table {
    /// A table of hits and words, side a first.
    pub fn new(hits_a: u64, words_a: u64, hits_b: u64, words_b: u64) -> Self {
        Self { hits_a, words_a, hits_b, words_b }
    }

    /// The pooled counts of two outlets; articles without words are left out.
    pub fn of(a: &[Document], b: &[Document]) -> Self {
        let (a, b) = (Totals::of(a), Totals::of(b));
        Self::new(a.hits, a.words, b.hits, b.words)
    }

    /// The same table seen from side b.
    pub fn swapped(&self) -> Self {
        Self::new(self.hits_b, self.words_b, self.hits_a, self.words_a)
    }

    fn has_words(&self) -> bool {
        self.words_a > 0 && self.words_b > 0
    }

    /// f1, n1, f2, n2 as floating-point numbers.
    pub(super) fn floats(&self) -> [f64; 4] {
        [self.hits_a, self.words_a, self.hits_b, self.words_b].map(|v| v as f64)
    }

    /// Compares the two rates exactly.
    pub(super) fn compare_rates(&self) -> std::cmp::Ordering {
        let cross = |hits: u64, words: u64| u128::from(hits) * u128::from(words);
        cross(self.hits_a, self.words_b).cmp(&cross(self.hits_b, self.words_a))
    }

    /// log₂((f1+½)/(n1+½)) − log₂((f2+½)/(n2+½)): the log ratio of Hardie (2014)
    /// with the correction of Walter (1975). Where a cell is 0, show the bound of
    /// an interval beside it, never this number alone. `None` without words.
    pub fn log2_ratio(&self) -> Option<f64> {
        if !self.has_words() {
            return None;
        }
        let [f1, n1, f2, n2] = self.floats();
        Some(log2((f1 + 0.5) / (n1 + 0.5)) - log2((f2 + 0.5) / (n2 + 0.5)))
    }

    /// Uncorrected ratio of rates, r1/r2. `None` with a zero cell or without words.
    pub fn ratio(&self) -> Option<f64> {
        let [f1, n1, f2, n2] = self.floats();
        (self.has_words() && self.hits_a > 0 && self.hits_b > 0).then(|| (f1 / n1) / (f2 / n2))
    }

    /// Difference of rates r1 − r2, per 1,000 words. `None` without words.
    pub fn difference(&self) -> Option<f64> {
        let [f1, n1, f2, n2] = self.floats();
        self.has_words().then(|| PER_WORDS * (f1 / n1 - f2 / n2))
    }

    /// %DIFF, 100·(r1−r2)/r2 (Gabrielatos & Marchi 2011). `None` if side b has no hit.
    pub fn percent_difference(&self) -> Option<f64> {
        let [f1, n1, f2, n2] = self.floats();
        (self.has_words() && self.hits_b > 0).then(|| 100.0 * (f1 / n1 - f2 / n2) / (f2 / n2))
    }

    /// Odds ratio with ½ added to each cell (Haldane 1956, Anscombe 1956).
    /// `None` without words or if hits exceed words.
    pub fn odds_ratio(&self) -> Option<f64> {
        let [f1, n1, f2, n2] = self.floats();
        (self.has_words() && f1 <= n1 && f2 <= n2)
            .then(|| ((f1 + 0.5) * (n2 - f2 + 0.5)) / ((f2 + 0.5) * (n1 - f1 + 0.5)))
    }

    /// Simple maths with constant k, per million words (Kilgarriff 2009).
    pub fn simple_maths(&self, k: f64) -> Option<f64> {
        let [f1, n1, f2, n2] = self.floats();
        (self.has_words() && k > 0.0).then(|| (1e6 * f1 / n1 + k) / (1e6 * f2 / n2 + k))
    }
}

/// Exact interval of the log₂ ratio of two Poisson rates, conditional on the sum
/// of hits (Evert 2022; Clopper & Pearson 1934): τ_L = B⁻¹(α/2; f1, f2+1),
/// τ_U = B⁻¹(1−α/2; f1+1, f2), ends log₂(n2/n1·τ/(1−τ)). It takes words as
/// independent. A side without hits leaves its end infinite. `None` without words.
pub fn conditional_interval(table: &Table, alpha: f64) -> Option<Interval> {
    conditional_limits(table, 1.0, alpha)
}

fn conditional_limits(table: &Table, divisor: f64, alpha: f64) -> Option<Interval> {
    if !table.has_words() || !super::distribution::is_open_probability(alpha) {
        return None;
    }
    let [f1, n1, f2, n2] = table.floats();
    let (f1, f2) = (f1 / divisor, f2 / divisor);
    let offset = log2(n2 / n1);
    let low = if f1 > 0.0 {
        offset + beta_log_odds(f1, f2 + 1.0, 0.5 * alpha, Tail::Lower)? / LN_2
    } else {
        f64::NEG_INFINITY
    };
    let high = if f2 > 0.0 {
        offset + beta_log_odds(f1 + 1.0, f2, 0.5 * alpha, Tail::Upper)? / LN_2
    } else {
        f64::INFINITY
    };
    Interval::new(low, high)
}

/// LRC, the conservative log ratio (Evert 2022): the end of the interval that is
/// nearer to 0, or 0 if the interval reaches it. Good for ranking.
pub fn conservative_log_ratio(table: &Table, interval: &Interval) -> f64 {
    if table.compare_rates().is_ge() { interval.low.max(0.0) } else { interval.high.min(0.0) }
}

/// Two-sided p of equal rates, conditional on the sum of hits (Przyborowski &
/// Wilenski 1940), twice the smaller tail. It takes words as independent.
pub fn conditional_p(table: &Table) -> Option<f64> {
    conditional_p_on(table, 1.0)
}

fn conditional_p_on(table: &Table, divisor: f64) -> Option<f64> {
    if !table.has_words() {
        return None;
    }
    let [f1, n1, f2, n2] = table.floats();
    let (f1, f2) = (f1 / divisor, f2 / divisor);
    let (share_a, share_b) = (n1 / (n1 + n2), n2 / (n1 + n2));
    let upper = if f1 > 0.0 { beta_cdf(f1, f2 + 1.0, share_a, share_b) } else { 1.0 };
    let lower = if f2 > 0.0 { beta_cdf(f2, f1 + 1.0, share_b, share_a) } else { 1.0 };
    Some((2.0 * upper.min(lower)).min(1.0))
}

/// The log₂ ratio with articles as clusters: the interval above on counts
/// divided by D.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdjustedLogRatio {
    /// Limits of the log₂ ratio; an end may be infinite.
    pub interval: Interval,
    /// Conservative log ratio: the end nearer to 0, or 0.
    pub lrc: f64,
    /// Two-sided p on effective counts.
    pub p: f64,
    /// Variance relative to that of independent hits, before the floor of 1.
    pub design_effect: f64,
    /// D, by which hits were divided.
    pub divisor: f64,
    /// ν, degrees of freedom (Welch–Satterthwaite where both sides have a variance).
    pub df: f64,
}

/// Article-adjusted interval of the log₂ ratio: effective counts (adapted from
/// Korn & Graubard 1998) in Evert's (2022) interval. With D = 1 it is Evert's.
///
/// With hits and at least two articles on both sides, v_i = V_i/r_i²,
/// Deff = (v1+v2)/(1/X1+1/X2), ν = (v1+v2)²/Σ v_i²/(m_i−1); else Deff is the
/// dispersion pooled over both sides and ν = m1+m2−2.
/// `None` if a side has no words or ν = 0.
pub fn adjusted_log_ratio(a: &[Document], b: &[Document], alpha: f64) -> Option<AdjustedLogRatio> {
    let pooled = || Some(pooled_overdispersion(&[a, b]));
    adjusted_log_ratio_of(&moments(a), &moments(b), pooled, alpha)
}

/// The same from the sums of articles. The pooled dispersion is no sum of integers: `pooled` gives
/// it where the articles are known, else there is no interval if a side has no hits or one article.
pub fn adjusted_log_ratio_of(
    a: &Moments,
    b: &Moments,
    pooled: impl FnOnce() -> Option<Overdispersion>,
    alpha: f64,
) -> Option<AdjustedLogRatio> {
    let table = Table::new(a.hits, a.words, b.hits, b.words);
    if !table.has_words() {
        return None;
    }
    let (design_effect, df) = match (linearised_of(a), linearised_of(b)) {
        (Some(a), Some(b)) if a.totals.hits > 0 && b.totals.hits > 0 => two_sided_effect(&a, &b)?,
        _ => {
            let pooled = pooled()?;
            (pooled.phi()?, pooled.df as f64)
        }
    };
    let divisor = effective_divisor(design_effect, df, alpha)?;
    let interval = conditional_limits(&table, divisor, alpha)?;
    Some(AdjustedLogRatio {
        interval,
        lrc: conservative_log_ratio(&table, &interval),
        p: conditional_p_on(&table, divisor)?,
        design_effect,
        divisor,
        df,
    })
}

/// Relative variance below which articles are taken as having one and the same
/// rate, so that rounding does not decide the degrees of freedom.
const NO_VARIANCE: f64 = 1e-24;

fn two_sided_effect(a: &Linearised, b: &Linearised) -> Option<(f64, f64)> {
    let relative = |side: &Linearised| {
        let se_log = side.se_log.unwrap_or(0.0);
        let v = se_log * se_log;
        if v < NO_VARIANCE { 0.0 } else { v }
    };
    let (v1, v2) = (relative(a), relative(b));
    let (df1, df2) = ((a.totals.articles - 1) as f64, (b.totals.articles - 1) as f64);
    let independent = 1.0 / a.totals.hits as f64 + 1.0 / b.totals.hits as f64;
    let sum = v1 + v2;
    let df = if sum > 0.0 { sum * sum / (v1 * v1 / df1 + v2 * v2 / df2) } else { df1 + df2 };
    Some((sum / independent, df))
}

/// Lowest and highest ½-corrected log₂ ratio with any one article of either
/// side left out. A side with one article is never emptied. `None` if neither
/// side has two.
pub fn leave_one_article_out_ratio(a: &[Document], b: &[Document]) -> Option<Interval> {
    leave_one_out_of(&without_one(a), &without_one(b))
}

/// What a side is without the one article that carries its rate farthest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Without {
    totals: Totals,
    /// The articles without which the ½-corrected rate is lowest and highest.
    extremes: Option<[Document; 2]>,
}

impl Without {
    /// Hits and words that remain, lowest rate first; nothing where there are fewer than two articles.
    fn sides(&self) -> impl Iterator<Item = (u64, u64)> {
        let Totals { hits, words, .. } = self.totals;
        self.extremes.into_iter().flatten().map(move |d| (hits - d.hits, words - d.words))
    }

    #[cfg(test)]
    pub(super) fn rates(&self) -> Vec<f64> {
        self.sides().map(|(hits, words)| corrected_rate(hits, words)).collect()
    }
}

fn corrected_rate(hits: u64, words: u64) -> f64 {
    (hits as f64 + 0.5) / (words as f64 + 0.5)
}

/// The article of a side that carries its rate farthest, either way.
pub fn without_one(documents: &[Document]) -> Without {
    extremes_among(Totals::of(documents), with_words(documents))
}

/// The same, looked for among some of the articles of a side with these totals.
pub(super) fn extremes_among(totals: Totals, documents: impl Iterator<Item = Document>) -> Without {
    let mut extremes: Option<[(f64, Document); 2]> = None;
    for document in documents.filter(|_| totals.articles > 1) {
        let rate = corrected_rate(totals.hits - document.hits, totals.words - document.words);
        let [lowest, highest] = extremes.get_or_insert([(rate, document); 2]);
        if rate < lowest.0 {
            *lowest = (rate, document);
        }
        if rate > highest.0 {
            *highest = (rate, document);
        }
    }
    let extremes = extremes.map(|both| both.map(|(_, document)| document));
    Without { totals, extremes }
}

/// The range of [`leave_one_article_out_ratio`]: the ratio rises with the rate of side a and falls with
/// that of side b, so no other article can matter.
pub fn leave_one_out_of(a: &Without, b: &Without) -> Option<Interval> {
    let whole = Table::new(a.totals.hits, a.totals.words, b.totals.hits, b.totals.words);
    let of_a = a.sides().map(|(hits_a, words_a)| Table { hits_a, words_a, ..whole });
    let of_b = b.sides().map(|(hits_b, words_b)| Table { hits_b, words_b, ..whole });
    let ratios = of_a.chain(of_b).filter_map(|table| table.log2_ratio());
    let (low, high) =
        ratios.map(|ratio| (ratio, ratio)).reduce(|x, y| (x.0.min(y.0), x.1.max(y.1)))?;
    Interval::new(low, high)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn documents(counts: &[(u64, u64)]) -> Vec<Document> {
        counts.iter().map(|&(x, n)| Document::new(x, n)).collect()
    }

    #[test]
    fn the_published_example_of_the_log_ratio() {
        // R corpora::keyness: 7 of 1,000 against 2 of 1,000; LogRatio 1.584963, and
        // 43 of 34,590 against 68 of 978,889 with LRC 3.575573 (Evert 2022).
        let table = Table::new(7, 1000, 2, 1000);
        assert!((table.log2_ratio().unwrap() - 1.584_962_501).abs() < 1e-9);
        let faith = Table::new(43, 34_590, 68, 978_889);
        let interval = conditional_interval(&faith, 0.05).unwrap();
        assert!((conservative_log_ratio(&faith, &interval) - 3.575_573_196).abs() < 1e-8);
    }

    #[test]
    fn an_empty_cell_leaves_one_end_open() {
        let table = Table::new(7, 4600, 0, 4163);
        let interval = conditional_interval(&table, 0.05).unwrap();
        assert!((interval.low - 0.383_368_881_5).abs() < 1e-9);
        assert_eq!(interval.high, f64::INFINITY);
        assert_eq!(table.ratio(), None);
        let nothing = conditional_interval(&Table::new(0, 10, 0, 10), 0.05).unwrap();
        assert_eq!((nothing.low, nothing.high), (f64::NEG_INFINITY, f64::INFINITY));
    }

    #[test]
    fn articles_of_one_and_the_same_rate_are_no_division_by_zero() {
        let a = documents(&[(1, 100), (2, 200)]);
        let b = documents(&[(3, 100), (3, 100)]);
        let found = adjusted_log_ratio(&a, &b, 0.05).unwrap();
        assert_eq!(found.design_effect, 0.0);
        assert_eq!(found.df, 2.0);
        assert!(found.interval.contains(Table::of(&a, &b).log2_ratio().unwrap()));
    }

    #[test]
    fn one_article_against_one_has_no_interval() {
        let one = documents(&[(3, 734)]);
        assert_eq!(adjusted_log_ratio(&one, &one, 0.05), None);
        assert_eq!(leave_one_article_out_ratio(&one, &one), None);
        assert_eq!(adjusted_log_ratio(&one, &[], 0.05), None);
    }
}
