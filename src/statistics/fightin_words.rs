//! Weighted log-odds of a whole vocabulary (Monroe, Colaresi & Quinn 2008).

use libm::{log, sqrt};

/// A word's counts on both sides and its prior count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordCounts {
    /// Count of side a.
    pub a: u64,
    /// Count of side b.
    pub b: u64,
    /// α_w of the Dirichlet prior, above 0.
    pub prior: f64,
}

/// Log-odds of one word.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogOdds {
    /// δ, natural logarithm.
    pub delta: f64,
    /// Approximate standard error, eq. 20: √(1/(y1+α) + 1/(y2+α)).
    pub sigma: f64,
    /// δ/σ: a score for ranking, not a test, for words are not independent.
    pub z: f64,
    /// z with all four terms of the variance.
    pub z_full: f64,
}

/// Priors in proportion to background counts that sum to `strength`, α0·bg_w/Σbg.
/// A report must print the strength. `None` for an empty background.
pub fn informative_prior(background: &[u64], strength: f64) -> Option<Vec<f64>> {
    let total: u64 = background.iter().sum();
    (total > 0 && strength > 0.0)
        .then(|| background.iter().map(|&b| strength * b as f64 / total as f64).collect())
}

/// Log-odds ratios with an informative Dirichlet prior, eqs. 16 and 20–22. Needs
/// the whole vocabulary of both sides, not the terms of a lexicon alone. In the
/// order of `words`; `None` for fewer than two words or a prior that is not above 0.
pub fn weighted_log_odds(words: &[WordCounts]) -> Option<Vec<LogOdds>> {
    if words.len() < 2 || words.iter().any(|w| !(w.prior > 0.0 && w.prior.is_finite())) {
        return None;
    }
    let prior: f64 = words.iter().map(|w| w.prior).sum();
    let total_a = words.iter().map(|w| w.a).sum::<u64>() as f64 + prior;
    let total_b = words.iter().map(|w| w.b).sum::<u64>() as f64 + prior;
    let odds = words
        .iter()
        .map(|w| {
            let (a, b) = (w.a as f64 + w.prior, w.b as f64 + w.prior);
            let (rest_a, rest_b) = (total_a - a, total_b - b);
            let delta = log(a / rest_a) - log(b / rest_b);
            let variance = 1.0 / a + 1.0 / b;
            let full = variance + 1.0 / rest_a + 1.0 / rest_b;
            let sigma = sqrt(variance);
            LogOdds { delta, sigma, z: delta / sigma, z_full: delta / sqrt(full) }
        })
        .collect();
    Some(odds)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn equal_counts_have_log_odds_of_zero_and_priors_must_be_positive() {
        let word = |count, prior| WordCounts { a: count, b: count, prior };
        for odds in weighted_log_odds(&[word(3, 0.1), word(70, 0.4)]).unwrap() {
            assert_eq!((odds.delta, odds.z), (0.0, 0.0));
        }
        assert_eq!(weighted_log_odds(&[word(3, 0.1)]), None);
        assert_eq!(weighted_log_odds(&[word(3, 0.0), word(1, 1.0)]), None);
        assert_eq!(informative_prior(&[0, 0], 5.0), None);
        assert_eq!(informative_prior(&[1, 3], 8.0), Some(vec![2.0, 6.0]));
    }
}
