//! The log-likelihood ratio G²: a score that describes a table of words. Words
//! in one article are not independent, so its chi-squared p is not a test.

use super::distribution::{chi_squared_sf, f_sf};
use super::log_ratio::Table;
use super::sample::Totals;
use super::variance::Overdispersion;
use libm::{exp, log};

/// o·ln(o/e), 0 for o = 0.
fn weighted_log(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { observed * log(observed / expected) } else { 0.0 }
}

/// G² of two cells (hits of each side) or of four (hits and other words of each
/// side); at least 0. All arguments as counts, n1 and n2 above 0.
pub(super) fn g2_unsigned(f1: f64, n1: f64, f2: f64, n2: f64, four_cells: bool) -> f64 {
    let (n, hits) = (n1 + n2, f1 + f2);
    let (e1, e2) = (hits * n1 / n, hits * n2 / n);
    let mut sum = weighted_log(f1, e1) + weighted_log(f2, e2);
    if four_cells {
        sum += weighted_log(n1 - f1, n1 - e1) + weighted_log(n2 - f2, n2 - e2);
    }
    (2.0 * sum).max(0.0)
}

/// G² and what is derived from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogLikelihood {
    /// G² over the four cells, negative if side a has the lower rate.
    pub g2: f64,
    /// The same over the two cells of hits alone (Rayson & Garside 2000).
    pub g2_two_cells: f64,
    /// |G²| with Williams' (1976) correction.
    pub g2_williams: Option<f64>,
    /// BIC = |G²| − ln N (Wilson 2013).
    pub bic: f64,
    /// Approximate Bayes factor exp(BIC/2).
    pub bayes_factor: f64,
    /// Chi-squared tail of |G²| with one degree of freedom. It takes words as
    /// independent: false positives of 18–39 % at a nominal 5 %.
    pub p_words_independent: f64,
}

/// Dunning's (1993) G². `None` without words or if a side has more hits than words.
pub fn log_likelihood(table: &Table) -> Option<LogLikelihood> {
    let [f1, n1, f2, n2] = table.floats();
    if n1 <= 0.0 || n2 <= 0.0 || f1 > n1 || f2 > n2 {
        return None;
    }
    let sign = if table.compare_rates().is_ge() { 1.0 } else { -1.0 };
    let g2 = g2_unsigned(f1, n1, f2, n2, true);
    let (n, hits) = (n1 + n2, f1 + f2);
    let g2_williams = (hits > 0.0 && hits < n).then(|| {
        g2 / (1.0 + (n / n1 + n / n2 - 1.0) * (n / hits + n / (n - hits) - 1.0) / (6.0 * n))
    });
    let bic = g2 - log(n);
    Some(LogLikelihood {
        g2: sign * g2,
        g2_two_cells: sign * g2_unsigned(f1, n1, f2, n2, false),
        g2_williams,
        bic,
        bayes_factor: exp(0.5 * bic),
        p_words_independent: chi_squared_sf(g2, 1)?,
    })
}

/// Whether several outlets differ at all; to be read before any pair of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heterogeneity {
    /// G² over k outlets and both rows, hits and other words.
    pub g2: f64,
    /// k − 1, outlets with words.
    pub df: u64,
    /// Chi-squared tail, taking words as independent.
    pub p_words_independent: f64,
    /// F = G²/(k−1)/max(1, φ) with its degrees of freedom below and its p;
    /// `None` if no outlet has two articles.
    pub f: Option<FTest>,
}

/// An F statistic and its tail.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FTest {
    /// The statistic.
    pub f: f64,
    /// Degrees of freedom of the denominator.
    pub df: u64,
    /// Upper tail.
    pub p: f64,
}

/// G² over outlets, scaled by their pooled dispersion (quasi-Poisson analysis of
/// deviance, McCullagh & Nelder 1989). `None` for fewer than two outlets with
/// words or if one has more hits than words.
pub fn heterogeneity(outlets: &[Totals], dispersion: &Overdispersion) -> Option<Heterogeneity> {
    let rows: Vec<(f64, f64)> =
        outlets.iter().filter(|o| o.words > 0).map(|o| (o.hits as f64, o.words as f64)).collect();
    if rows.len() < 2 || rows.iter().any(|(hits, words)| hits > words) {
        return None;
    }
    let hits: f64 = rows.iter().map(|r| r.0).sum();
    let words: f64 = rows.iter().map(|r| r.1).sum();
    let sum: f64 = rows
        .iter()
        .map(|&(x, n)| {
            let e = hits * n / words;
            weighted_log(x, e) + weighted_log(n - x, n - e)
        })
        .sum();
    let g2 = (2.0 * sum).max(0.0);
    let df = rows.len() as u64 - 1;
    let f = dispersion.phi().and_then(|phi| {
        let f = g2 / df as f64 / phi.max(1.0);
        let p = f_sf(f, df as f64, dispersion.df as f64)?;
        Some(FTest { f, df: dispersion.df, p })
    });
    Some(Heterogeneity { g2, df, p_words_independent: chi_squared_sf(g2, df)?, f })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_published_score_of_faith() {
        // Gries prints G² = 147.0412 for 43 of 34,590 against 68 of 978,889.
        let score = log_likelihood(&Table::new(43, 34_590, 68, 978_889)).unwrap();
        assert!((score.g2 - 147.0412).abs() < 5e-5);
        // The cells of hits alone give another number: 146.9951.
        assert!((score.g2_two_cells - 146.9951).abs() < 5e-5);
    }

    #[test]
    fn equal_rates_and_empty_tables_score_zero() {
        for table in [Table::new(2, 100, 4, 200), Table::new(0, 10, 0, 20)] {
            let score = log_likelihood(&table).unwrap();
            assert!(score.g2.abs() < 1e-12 && score.p_words_independent > 0.999);
        }
        assert!(log_likelihood(&Table::new(5, 5, 5, 5)).unwrap().g2_williams.is_none());
    }

    #[test]
    fn impossible_tables_have_no_score() {
        assert_eq!(log_likelihood(&Table::new(1, 0, 1, 5)), None);
        assert_eq!(log_likelihood(&Table::new(6, 5, 1, 5)), None);
    }
}
