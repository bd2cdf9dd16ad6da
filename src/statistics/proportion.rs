//! Shares: articles with a hit, hits that are the outlet's own words, true hits
//! among coded ones.

use super::distribution::{Tail, beta_quantile, normal_upper_quantile};
use super::log_ratio::Table;
use super::sample::{Document, Interval, Totals, with_words};
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
    difference_of_shares((k1 / n1, a), (k2 / n2, b))
}

/// Difference of two independent shares from the interval of each: the squares of
/// the distances to the limits add up (Zou & Donner 2008, of which Newcombe's
/// method 10 is the case of Wilson's intervals). Takes intervals that count
/// articles as clusters as well as any others.
pub fn difference_of_shares(
    (share_a, a): (f64, Interval),
    (share_b, b): (f64, Interval),
) -> Option<ShareDifference> {
    let difference = share_a - share_b;
    let hypot = |x: f64, y: f64| sqrt(x * x + y * y);
    let low = difference - hypot(share_a - a.low, b.high - share_b);
    let high = difference + hypot(a.high - share_a, share_b - b.low);
    Some(ShareDifference { share_a, share_b, difference, interval: Interval::new(low, high)? })
}

/// Lowest and highest difference of two shares with any one article of either
/// side left out; the articles hold successes as hits and trials as words. A side
/// is never emptied. `None` if neither side has two articles.
pub fn leave_one_article_out_difference(a: &[Document], b: &[Document]) -> Option<Interval> {
    let (whole_a, whole_b) = (Totals::of(a), Totals::of(b));
    let share = |totals: &Totals| totals.hits as f64 / totals.words as f64;
    let without = |side: &[Document], whole: Totals| -> Vec<f64> {
        let rest = with_words(side).filter(|d| d.words < whole.words);
        rest.map(|d| (whole.hits - d.hits) as f64 / (whole.words - d.words) as f64).collect()
    };
    if whole_a.words == 0 || whole_b.words == 0 {
        return None;
    }
    let (all_a, all_b) = (share(&whole_a), share(&whole_b));
    let differences = without(a, whole_a)
        .into_iter()
        .map(|share_a| share_a - all_b)
        .chain(without(b, whole_b).into_iter().map(|share_b| all_a - share_b))
        .collect::<Vec<f64>>();
    let low = differences.iter().copied().reduce(f64::min)?;
    let high = differences.iter().copied().reduce(f64::max)?;
    Interval::new(low, high)
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

    #[test]
    fn one_article_can_turn_a_difference() {
        let a = [Document::new(9, 10), Document::new(0, 10)];
        let b = [Document::new(2, 10), Document::new(2, 10)];
        let range = leave_one_article_out_difference(&a, &b).unwrap();
        assert!((range.low + 0.2).abs() < 1e-12 && (range.high - 0.7).abs() < 1e-12);
        assert_eq!(leave_one_article_out_difference(&a[..1], &b[..1]), None);
        assert_eq!(leave_one_article_out_difference(&[], &b), None);
    }
}
