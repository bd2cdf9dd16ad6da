//! What a comparison could have found, and when two sides may be called similar.

use super::distribution::student_upper_quantile;
use super::sample::{Document, Interval, Totals};
use super::variance::{Overdispersion, pooled_overdispersion};
use libm::{exp, sqrt};

/// Power for which the detectable ratio is given.
pub const POWER: f64 = 0.8;

/// The smallest ratio of rates that these articles would have shown with 80 %
/// power: exp((t_{ν,1−α/2} + t_{ν,.8})·√(φ(1/(T1·r̄) + 1/(T2·r̄)))), r̄ the pooled
/// rate, φ the pooled dispersion (at least 1), ν = m1+m2−2 (Cohen 1988). Below
/// it, a difference would probably have been missed. `None` without hits, words,
/// or degrees of freedom.
pub fn detectable_ratio(a: &[Document], b: &[Document], alpha: f64) -> Option<f64> {
    let pooled = pooled_overdispersion(&[a, b]);
    detectable_ratio_of(&Totals::of(a), &Totals::of(b), &pooled, alpha)
}

/// The same from the totals of both sides and the dispersion pooled over them.
pub fn detectable_ratio_of(
    a: &Totals,
    b: &Totals,
    pooled: &Overdispersion,
    alpha: f64,
) -> Option<f64> {
    if a.words == 0 || b.words == 0 || a.hits + b.hits == 0 {
        return None;
    }
    let phi = pooled.phi()?.max(1.0);
    let df = pooled.df as f64;
    let rate = (a.hits + b.hits) as f64 / (a.words + b.words) as f64;
    let quantiles =
        student_upper_quantile(0.5 * alpha, df)? + student_upper_quantile(1.0 - POWER, df)?;
    let information = 1.0 / (a.words as f64 * rate) + 1.0 / (b.words as f64 * rate);
    Some(exp(quantiles * sqrt(phi * information)))
}

/// Whether an interval of log₂ ratios lies inside ±margin, so that two sides may
/// be called similar (two one-sided tests: Schuirmann 1987).
pub fn is_similar(interval: &Interval, margin: f64) -> bool {
    -margin <= interval.low && interval.high <= margin
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn more_articles_show_smaller_ratios() {
        let side = |n: usize| vec![Document::new(2, 600); n];
        let ratio = |n| detectable_ratio(&side(n), &side(n), 0.05).unwrap();
        assert!(ratio(5) > ratio(10) && ratio(10) > ratio(40) && ratio(40) > 1.0);
        assert_eq!(detectable_ratio(&side(1), &side(1), 0.05), None);
        assert_eq!(detectable_ratio(&[Document::new(0, 9); 4], &[Document::new(0, 9)], 0.05), None);
    }
}
