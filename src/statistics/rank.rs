//! The typical article: ranks of articles by their own rates. A test of the same
//! distribution, not of the same rate.

use super::distribution::normal_sf;
use super::permutation::{MAX_ENUMERATED, combinations_up_to};
use super::sample::{Document, with_words};
use libm::sqrt;

/// Mann–Whitney and Cliff's δ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankComparison {
    /// U of side a: pairs in which its article has the higher rate, ties ½.
    pub u: f64,
    /// δ = 2U/(m1·m2) − 1 (Cliff 1993), −1 to 1.
    pub delta: f64,
    /// Two-sided p: exact permutation of midranks if these are at most 20,000
    /// labellings, else normal with corrections for ties and continuity.
    pub p: f64,
    /// Whether p is exact.
    pub exact: bool,
    /// The normal approximation; `None` if a side has one article or all rates
    /// are equal.
    pub p_asymptotic: Option<f64>,
}

/// Twice the midrank of each value, in the order given: whole numbers, so that
/// sums of ranks are exact. With them, the sizes of the groups of ties.
fn doubled_midranks(values: &[f64]) -> (Vec<u64>, Vec<u64>) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&i, &j| values[i].total_cmp(&values[j]));
    let mut ranks = vec![0; values.len()];
    let mut ties = Vec::new();
    let mut start = 0;
    while start < order.len() {
        let value = values[order[start]];
        let len = order[start..].iter().take_while(|&&i| values[i] == value).count();
        for &i in &order[start..start + len] {
            ranks[i] = (2 * start + len + 1) as u64;
        }
        ties.push(len as u64);
        start += len;
    }
    (ranks, ties)
}

/// Mann & Whitney (1947) on article rates. `None` if a side has no article with words.
pub fn rank_comparison(a: &[Document], b: &[Document]) -> Option<RankComparison> {
    let mut rates: Vec<f64> = with_words(a).filter_map(Document::rate).collect();
    let m1 = rates.len();
    rates.extend(with_words(b).filter_map(Document::rate));
    let m2 = rates.len() - m1;
    if m1 == 0 || m2 == 0 {
        return None;
    }
    let (ranks, ties) = doubled_midranks(&rates);
    let observed: u64 = ranks[..m1].iter().sum();
    let (n1, n2) = (m1 as f64, m2 as f64);
    let u = 0.5 * observed as f64 - 0.5 * n1 * (n1 + 1.0);
    let p_asymptotic = if m1 > 1 && m2 > 1 { asymptotic_p(u, n1, n2, &ties) } else { None };
    let labelings = combinations_up_to((m1 + m2) as u64, m1 as u64, MAX_ENUMERATED);
    let (p, exact) = match labelings {
        Some(size) => (exact_count(&ranks, m1, observed) as f64 / size as f64, true),
        // All rates equal: every labelling is as extreme as this one.
        None => (asymptotic_p(u, n1, n2, &ties).unwrap_or(1.0), false),
    };
    Some(RankComparison { u, delta: 2.0 * u / (n1 * n2) - 1.0, p, exact, p_asymptotic })
}

fn asymptotic_p(u: f64, n1: f64, n2: f64, ties: &[u64]) -> Option<f64> {
    let n = n1 + n2;
    let tied: f64 = ties.iter().map(|&t| t as f64).map(|t| t * t * t - t).sum();
    let variance = n1 * n2 / 12.0 * (n + 1.0 - tied / (n * (n - 1.0)));
    if variance <= 0.0 {
        return None;
    }
    let larger = u.max(n1 * n2 - u);
    Some((2.0 * normal_sf((larger - 0.5 * n1 * n2 - 0.5) / sqrt(variance))).min(1.0))
}

/// Labellings whose sum of ranks is at least as far from its mean, in whole numbers.
fn exact_count(ranks: &[u64], m1: usize, observed: u64) -> u64 {
    let total: u64 = ranks.iter().sum();
    let (k, sum) =
        if m1 <= ranks.len() - m1 { (m1, observed) } else { (ranks.len() - m1, total - observed) };
    let mean = (k * (ranks.len() + 1)) as u64;
    let mut count = 0;
    count_extreme(ranks, k, 0, mean, sum.abs_diff(mean), &mut count);
    count
}

fn count_extreme(ranks: &[u64], k: usize, sum: u64, mean: u64, distance: u64, count: &mut u64) {
    if k == 0 {
        *count += u64::from(sum.abs_diff(mean) >= distance);
        return;
    }
    for (i, rank) in ranks.iter().enumerate().take(ranks.len() + 1 - k) {
        count_extreme(&ranks[i + 1..], k - 1, sum + rank, mean, distance, count);
    }
}

/// Spearman's (1904) correlation of article length and article rate, midranks for
/// ties: whether long articles use a term more often than short ones. `None` for
/// fewer than three articles or if all rates or all lengths are equal.
pub fn length_correlation(documents: &[Document]) -> Option<f64> {
    let (rates, lengths): (Vec<f64>, Vec<f64>) =
        with_words(documents).filter_map(|d| Some((d.rate()?, d.words as f64))).unzip();
    if rates.len() < 3 {
        return None;
    }
    let (x, _) = doubled_midranks(&rates);
    let (y, _) = doubled_midranks(&lengths);
    let mean = (rates.len() + 1) as f64;
    let centred = |ranks: &[u64]| ranks.iter().map(|&r| r as f64 - mean).collect::<Vec<_>>();
    let (x, y) = (centred(&x), centred(&y));
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let norm = sqrt(dot(&x, &x) * dot(&y, &y));
    (norm > 0.0).then(|| dot(&x, &y) / norm)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn documents(counts: &[(u64, u64)]) -> Vec<Document> {
        counts.iter().map(|&(x, n)| Document::new(x, n)).collect()
    }

    #[test]
    fn complete_separation_of_three_and_three() {
        let high = documents(&[(3, 10), (4, 10), (5, 10)]);
        let low = documents(&[(0, 10), (1, 10), (2, 10)]);
        let found = rank_comparison(&high, &low).unwrap();
        assert_eq!((found.u, found.delta, found.p), (9.0, 1.0, 0.1));
        // Five against six, as exact tables have it: 2·P(U ≤ 7) = 82/462.
        let five = documents(&[(1, 100), (3, 100), (5, 100), (6, 100), (11, 100)]);
        let six = documents(&[(2, 100), (7, 100), (8, 100), (10, 100), (12, 100), (13, 100)]);
        let found = rank_comparison(&five, &six).unwrap();
        assert_eq!(found.u, 7.0);
        assert!((found.p - 82.0 / 462.0).abs() < 1e-12, "{}", found.p);
    }

    #[test]
    fn equal_rates_share_their_rank() {
        let (ranks, ties) = doubled_midranks(&[0.0, 2.0, 0.0, 1.0]);
        assert_eq!((ranks, ties), (vec![3, 8, 3, 6], vec![2, 1, 1]));
        let zeros = documents(&[(0, 10), (0, 20), (0, 5)]);
        let found = rank_comparison(&zeros, &zeros).unwrap();
        assert_eq!((found.delta, found.p, found.p_asymptotic), (0.0, 1.0, None));
        assert_eq!(length_correlation(&zeros), None);
    }

    #[test]
    fn many_articles_are_compared_by_the_normal_approximation() {
        let a = documents(&[(1, 100); 12]);
        let b = documents(&[(2, 100); 12]);
        let found = rank_comparison(&a, &b).unwrap();
        assert!(!found.exact && found.p < 1e-5 && Some(found.p) == found.p_asymptotic);
    }
}
