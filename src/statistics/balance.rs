//! Balance between two categories that a user has declared opposed, and its
//! shrinkage. Never a score with signs that the tool has chosen.

use libm::{log, log2, sqrt};
use std::f64::consts::LN_2;

/// One outlet's hits in two opposed categories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Poles {
    /// Hits of the first category, R.
    pub first: u64,
    /// Hits of the second, L.
    pub second: u64,
}

/// log₂((f+½)/(s+½)) with its standard error, for attribution ("claimed" against
/// "said") as for any pair.
pub fn log2_balance(poles: Poles) -> (f64, f64) {
    let (first, second) = (poles.first as f64 + 0.5, poles.second as f64 + 0.5);
    (log2(first / second), sqrt(1.0 / first + 1.0 / second) / LN_2)
}

/// One outlet's balance. Natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// θ = ln((R+½)/(L+½)) (Lowe, Benoit, Mikhaylov & Laver 2011).
    pub theta: f64,
    /// √(φ(1/(R+½) + 1/(L+½))).
    pub se: f64,
    /// θ drawn towards the mean of the outlets by `weight_of_mean`.
    pub shrunk: f64,
    /// B = se²/(se²+τ²).
    pub weight_of_mean: f64,
    /// Approximate standard deviation of the shrunken value.
    pub shrunk_sd: f64,
}

/// Balance of several outlets.
#[derive(Clone, Debug, PartialEq)]
pub struct Balances {
    /// In the order given.
    pub outlets: Vec<Balance>,
    /// Mean μ of the outlets, weighted by 1/(se²+τ²).
    pub mean: f64,
    /// τ²: variance between outlets (DerSimonian & Laird 1986). 0 means that they
    /// cannot be ranked.
    pub tau_squared: f64,
    /// Cochran's Q.
    pub q: f64,
}

/// Balances with DerSimonian–Laird shrinkage. φ is floored at 1. `None` for fewer
/// than two outlets.
pub fn balances(outlets: &[Poles], phi: f64) -> Option<Balances> {
    if outlets.len() < 2 || phi.is_nan() {
        return None;
    }
    let phi = phi.max(1.0);
    let estimates: Vec<(f64, f64)> = outlets
        .iter()
        .map(|o| {
            let (first, second) = (o.first as f64 + 0.5, o.second as f64 + 0.5);
            (log(first / second), phi * (1.0 / first + 1.0 / second))
        })
        .collect();
    let mean_with = |tau_squared: f64| {
        let weight = |v: f64| 1.0 / (v + tau_squared);
        let sum: f64 = estimates.iter().map(|&(_, v)| weight(v)).sum();
        estimates.iter().map(|&(y, v)| weight(v) * y).sum::<f64>() / sum
    };
    let fixed = mean_with(0.0);
    let sum: f64 = estimates.iter().map(|e| 1.0 / e.1).sum();
    let squares: f64 = estimates.iter().map(|e| 1.0 / (e.1 * e.1)).sum();
    let q: f64 = estimates.iter().map(|&(y, v)| (y - fixed) * (y - fixed) / v).sum();
    let df = (estimates.len() - 1) as f64;
    let tau_squared = ((q - df) / (sum - squares / sum)).max(0.0);
    let mean = mean_with(tau_squared);
    let outlets = estimates
        .iter()
        .map(|&(theta, v)| {
            let weight_of_mean = v / (v + tau_squared);
            Balance {
                theta,
                se: sqrt(v),
                shrunk: (1.0 - weight_of_mean) * theta + weight_of_mean * mean,
                weight_of_mean,
                shrunk_sd: sqrt(tau_squared * weight_of_mean),
            }
        })
        .collect();
    Some(Balances { outlets, mean, tau_squared, q })
}

/// A rate drawn towards the rate of all outlets; for ranking, never for print as
/// the rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShrunkRate {
    /// Per 1,000 words.
    pub rate: f64,
    /// Weight of the outlet's own rate, C_o.
    pub weight: f64,
}

/// Global empirical Bayes rates (Marshall 1991): m = ΣX/ΣT,
/// A = max(0, Σ T(r−m)²/ΣT − φm/T̄), C_o = A/(A + φm/T_o). An outlet without words
/// gets `None`. `None` for no words or hits at all.
pub fn shrunk_rates(outlets: &[super::Totals], phi: f64) -> Option<Vec<Option<ShrunkRate>>> {
    let used = || outlets.iter().filter(|o| o.words > 0);
    let words: u64 = used().map(|o| o.words).sum();
    let hits: u64 = used().map(|o| o.hits).sum();
    if words == 0 || hits == 0 || phi.is_nan() || phi <= 0.0 {
        return None;
    }
    let all = words as f64;
    let grand = hits as f64 / all;
    let scatter: f64 = used()
        .map(|o| {
            let n = o.words as f64;
            let e = o.hits as f64 / n - grand;
            n * e * e
        })
        .sum();
    let mean_words = all / used().count() as f64;
    let between = (scatter / all - phi * grand / mean_words).max(0.0);
    let shrink = |o: &super::Totals| {
        let own = o.per_word()?;
        let weight = between / (between + phi * grand / o.words as f64);
        Some(ShrunkRate { rate: super::PER_WORDS * (grand + weight * (own - grand)), weight })
    };
    Some(outlets.iter().map(shrink).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn outlets_that_do_not_differ_cannot_be_ranked() {
        let alike = [(10, 9), (9, 10), (11, 10)].map(|(first, second)| Poles { first, second });
        let found = balances(&alike, 1.0).unwrap();
        assert_eq!(found.tau_squared, 0.0);
        for outlet in &found.outlets {
            assert!((outlet.shrunk - found.mean).abs() < 1e-12 && outlet.weight_of_mean == 1.0);
        }
        assert_eq!(balances(&alike[..1], 1.0), None);
    }

    #[test]
    fn a_small_outlet_is_drawn_further_than_a_large_one() {
        let totals = |hits, words| super::super::Totals { hits, words, ..<_>::default() };
        let outlets = [totals(40, 4000), totals(10, 4000), totals(1, 100), totals(0, 0)];
        let shrunk = shrunk_rates(&outlets, 1.0).unwrap();
        assert!(shrunk[0].unwrap().weight > shrunk[2].unwrap().weight);
        assert_eq!(shrunk[3], None);
        assert_eq!(shrunk_rates(&outlets[3..], 1.0), None);
    }
}
