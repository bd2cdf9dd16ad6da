//! Rates of one outlet and how sure one can be of them.

use super::distribution::{
    Tail, gamma_quantile, is_open_probability, normal_upper_quantile, student_upper_quantile,
};
use super::sample::{Document, Interval, PER_WORDS, Totals, moments, with_words};
use super::variance::{Overdispersion, linearised_of};
use crate::tally::Moments;
use libm::log;

/// Mean of the articles' own rates, per 1,000 words: "the average article",
/// where the pooled rate is "the words published". `None` without articles.
pub fn mean_article_rate(documents: &[Document]) -> Option<f64> {
    let (sum, count) = with_words(documents)
        .filter_map(Document::rate)
        .fold((0.0, 0u64), |(sum, count), rate| (sum + rate, count + 1));
    (count > 0).then(|| sum / count as f64)
}

/// Exact Poisson interval of a rate, per 1,000 words (Garwood 1936):
/// G⁻¹(α/2; X)/T and G⁻¹(1−α/2; X+1)/T. It takes words as independent, so it
/// is the least uncertainty there can be. `None` without words.
pub fn poisson_interval(hits: u64, words: u64, alpha: f64) -> Option<Interval> {
    garwood(hits as f64, words as f64, alpha)
}

/// Garwood's limits for counts that need not be whole, per 1,000 words.
fn garwood(hits: f64, words: f64, alpha: f64) -> Option<Interval> {
    if words <= 0.0 || words.is_nan() || !is_open_probability(alpha) {
        return None;
    }
    let low = if hits > 0.0 { gamma_quantile(hits, 0.5 * alpha, Tail::Lower)? } else { 0.0 };
    let high = gamma_quantile(hits + 1.0, 0.5 * alpha, Tail::Upper)?;
    Interval::new(PER_WORDS * low / words, PER_WORDS * high / words)
}

/// One-sided upper limit of a rate without hits, per 1,000 words: −ln α/T
/// (about 3/T at α = .05, the "rule of three": Hanley & Lippman-Hand 1983).
pub fn upper_limit_without_hits(words: u64, alpha: f64) -> Option<f64> {
    (words > 0 && is_open_probability(alpha)).then(|| PER_WORDS * -log(alpha) / words as f64)
}

/// An interval on effective counts, with what it was made from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateInterval {
    /// Limits, per 1,000 words.
    pub interval: Interval,
    /// How many times the variance exceeds that of independent hits, as
    /// estimated (before it is floored at 1).
    pub design_effect: f64,
    /// D, by which hits and words were divided.
    pub divisor: f64,
    /// Degrees of freedom of t.
    pub df: u64,
}

/// The default interval of a rate: Garwood's limits on effective counts.
///
/// Deff = V/(r/T), 1 without hits; D = max(1, Deff)·(t_{m−1}/z)²; limits of
/// (X/D, T/D). Adapted from Korn & Graubard (1998), who give it for proportions.
/// `None` for fewer than two articles; for two it is honest but useless.
pub fn rate_interval(documents: &[Document], alpha: f64) -> Option<RateInterval> {
    rate_interval_of(&moments(documents), alpha)
}

/// The same from the sums of articles.
pub fn rate_interval_of(moments: &Moments, alpha: f64) -> Option<RateInterval> {
    let linear = linearised_of(moments)?;
    let totals = linear.totals;
    let design_effect = if totals.hits > 0 {
        linear.variance / (totals.per_word()? / totals.words as f64)
    } else {
        1.0
    };
    effective_interval(&totals, design_effect, totals.articles - 1, alpha)
}

/// The interval of an outlet with too few articles to know its own dispersion,
/// with that of the others. Model-based: assumes that this outlet is as bursty
/// as they are. `None` if their degrees of freedom are below `MIN_BORROWED_DF`.
pub fn borrowed_rate_interval(
    documents: &[Document],
    donors: &Overdispersion,
    alpha: f64,
) -> Option<RateInterval> {
    if donors.df < MIN_BORROWED_DF {
        return None;
    }
    effective_interval(&Totals::of(documents), donors.phi()?, donors.df, alpha)
}

/// Least degrees of freedom from which a dispersion may be borrowed.
pub const MIN_BORROWED_DF: u64 = 10;

fn effective_interval(
    totals: &Totals,
    design_effect: f64,
    df: u64,
    alpha: f64,
) -> Option<RateInterval> {
    let divisor = effective_divisor(design_effect, df as f64, alpha)?;
    let interval = garwood(totals.hits as f64 / divisor, totals.words as f64 / divisor, alpha)?;
    Some(RateInterval { interval, design_effect, divisor, df })
}

/// D = max(1, Deff)·(t_{ν,1−α/2}/z_{1−α/2})².
pub(super) fn effective_divisor(design_effect: f64, df: f64, alpha: f64) -> Option<f64> {
    let t = student_upper_quantile(0.5 * alpha, df)?;
    let z = normal_upper_quantile(0.5 * alpha)?;
    Some(design_effect.max(1.0) * (t / z) * (t / z))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_exact_limits_of_the_poisson_tables() {
        // Garwood (1936): 95 % limits of a count of 3 are 0.6187 and 8.7673, of 0
        // the upper limit is 3.6889.
        let three = poisson_interval(3, 1000, 0.05).unwrap();
        assert!((three.low - 0.618_672).abs() < 1e-6 && (three.high - 8.767_273).abs() < 1e-6);
        let none = poisson_interval(0, 1000, 0.05).unwrap();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 3.688_879).abs() < 1e-6);
    }

    #[test]
    fn no_text_is_not_a_rate_of_zero() {
        let wordless = [Document::new(0, 0), Document::new(2, 0)];
        assert_eq!(Totals::of(&wordless).rate(), None);
        assert_eq!(mean_article_rate(&wordless), None);
        assert_eq!(rate_interval(&wordless, 0.05), None);
        assert_eq!(poisson_interval(0, 0, 0.05), None);
    }

    #[test]
    fn no_hits_have_an_upper_limit_that_articles_widen() {
        let few = [Document::new(0, 500), Document::new(0, 900), Document::new(0, 700)];
        let adjusted = rate_interval(&few, 0.05).unwrap().interval;
        let exact = poisson_interval(0, 2100, 0.05).unwrap();
        assert_eq!(adjusted.low, 0.0);
        assert!(adjusted.high > exact.high);
    }

    #[test]
    fn a_dispersion_is_borrowed_only_from_enough_articles() {
        let one = [Document::new(3, 734)];
        let donors = |df| Overdispersion { statistic: 20.0, df };
        assert_eq!(rate_interval(&one, 0.05), None);
        assert_eq!(borrowed_rate_interval(&one, &donors(9), 0.05), None);
        assert!(borrowed_rate_interval(&one, &donors(10), 0.05).unwrap().interval.contains(4.0));
    }

    #[test]
    fn a_level_outside_zero_and_one_gives_nothing() {
        let two = [Document::new(1, 10), Document::new(0, 10)];
        for alpha in [0.0, 1.0, -1.0, 2.0, f64::NAN] {
            assert_eq!(rate_interval(&two, alpha), None);
            assert_eq!(poisson_interval(1, 10, alpha), None);
        }
    }
}
