//! Shares: articles with a hit, hits that are the outlet's own words, true hits
//! among coded ones.

use super::distribution::{Tail, beta_quantile, normal_upper_quantile};
use super::log_ratio::Table;
use super::sample::{Document, Interval, Totals};
use libm::sqrt;

/// Wilson's (1927) score interval of `successes` in `trials`; `None` without
/// trials or for more successes than trials.
pub fn wilson_interval(successes: u64, trials: u64, alpha: f64) -> Option<Interval> {
    wilson(successes as f64, trials as f64, alpha)
}

/// Wilson's interval for counts that need not be whole.
pub(super) fn wilson(successes: f64, trials: f64, alpha: f64) -> Option<Interval> {
    let z = normal_upper_quantile(0.5 * alpha)?;
    if trials.is_nan() || trials <= 0.0 || !(0.0..=trials).contains(&successes) {
        return None;
    }
    let p = successes / trials;
    let spread = 1.0 + z * z / trials;
    let centre = (p + z * z / (2.0 * trials)) / spread;
    let half = z * sqrt(p * (1.0 - p) / trials + z * z / (4.0 * trials * trials)) / spread;
    // The ends are 0 and 1 exactly where nothing or everything succeeded.
    let low = if successes == 0.0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if successes == trials { 1.0 } else { (centre + half).min(1.0) };
    Interval::new(low, high)
}

/// Exact binomial interval (Clopper & Pearson 1934); `None` as for Wilson's.
pub fn clopper_pearson_interval(successes: u64, trials: u64, alpha: f64) -> Option<Interval> {
    if trials == 0 || successes > trials {
        return None;
    }
    let (k, rest) = (successes as f64, (trials - successes) as f64);
    let low =
        if successes == 0 { 0.0 } else { beta_quantile(k, rest + 1.0, 0.5 * alpha, Tail::Lower)? };
    let high = if successes == trials {
        1.0
    } else {
        beta_quantile(k + 1.0, rest, 0.5 * alpha, Tail::Upper)?
    };
    Interval::new(low, high)
}

/// Shares of two sides and their difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareDifference {
    /// Share of side a.
    pub share_a: f64,
    /// Share of side b.
    pub share_b: f64,
    /// share_a − share_b.
    pub difference: f64,
    /// Newcombe's interval of the difference.
    pub interval: Interval,
}

/// Difference of two independent shares with Newcombe's (1998, method 10)
/// interval. The table holds successes as hits and trials as words.
pub fn share_difference(table: &Table, alpha: f64) -> Option<ShareDifference> {
    let a = wilson_interval(table.hits_a, table.words_a, alpha)?;
    let b = wilson_interval(table.hits_b, table.words_b, alpha)?;
    let [k1, n1, k2, n2] = table.floats();
    let (share_a, share_b) = (k1 / n1, k2 / n2);
    let difference = share_a - share_b;
    let hypot = |x: f64, y: f64| sqrt(x * x + y * y);
    let low = difference - hypot(share_a - a.low, b.high - share_b);
    let high = difference + hypot(a.high - share_a, share_b - b.low);
    Some(ShareDifference { share_a, share_b, difference, interval: Interval::new(low, high)? })
}

/// Articles with at least one hit and all articles of two outlets. Articles are
/// independent units, so every statistic of a [`Table`] is legitimate on it
/// (document-frequency keyness: Egbert & Biber 2019).
pub fn article_table(a: &[Document], b: &[Document]) -> Table {
    let (a, b) = (Totals::of(a), Totals::of(b));
    Table::new(a.articles_with_hits, a.articles, b.articles_with_hits, b.articles)
}

/// Fisher's (1934) exact two-sided p of a table of successes and trials; for
/// articles with a hit, or for precision by outlet. `None` if more succeed than
/// were tried.
pub fn fisher_p(table: &Table) -> Option<f64> {
    let rest_a = table.words_a.checked_sub(table.hits_a)?;
    let rest_b = table.words_b.checked_sub(table.hits_b)?;
    statrs::stats_tests::fisher::fishers_exact(
        &[table.hits_a, rest_a, table.hits_b, rest_b],
        statrs::stats_tests::Alternative::TwoSided,
    )
    .ok()
    .map(|p| p.clamp(0.0, 1.0))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn spans(interval: Option<Interval>, low: f64, high: f64) {
        let found = interval.unwrap();
        assert!((found.low - low).abs() < 5e-5 && (found.high - high).abs() < 5e-5, "{found:?}");
    }

    #[test]
    fn published_intervals_of_proportions() {
        // Newcombe (1998), Statistics in Medicine 17: 857–872, table I.
        spans(wilson_interval(81, 263, 0.05), 0.2553, 0.3662);
        spans(clopper_pearson_interval(81, 263, 0.05), 0.2527, 0.3676);
        spans(wilson_interval(15, 148, 0.05), 0.0624, 0.1605);
        spans(wilson_interval(0, 20, 0.05), 0.0, 0.1611);
        // Newcombe (1998), 17: 873–890, table II, method 10.
        let found = share_difference(&Table::new(56, 70, 48, 80), 0.05).unwrap();
        spans(Some(found.interval), 0.0524, 0.3339);
    }

    #[test]
    fn the_tea_taster() {
        // Fisher (1935): three of four cups right; two-sided p 34/70.
        let p = fisher_p(&Table::new(3, 4, 1, 4)).unwrap();
        assert!((p - 34.0 / 70.0).abs() < 1e-12);
    }

    #[test]
    fn without_trials_there_is_no_share() {
        assert_eq!(wilson_interval(0, 0, 0.05), None);
        assert_eq!(clopper_pearson_interval(0, 0, 0.05), None);
        assert_eq!(wilson_interval(3, 2, 0.05), None);
        assert_eq!(share_difference(&Table::new(0, 0, 1, 2), 0.05), None);
        assert_eq!(fisher_p(&Table::new(3, 2, 0, 1)), None);
    }
}
