//! How different two mixes of categories are, whatever their amounts.

use libm::{log2, sqrt};
use std::f64::consts::LN_2;

/// Jensen–Shannon divergence of two mixes with what noise alone would give.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Divergence {
    /// ½KL(p‖m) + ½KL(q‖m) in bits, 0 to 1 (Lin 1991).
    pub bits: f64,
    /// √bits: a metric (Endres & Schindelin 2003).
    pub distance: f64,
    /// Expected divergence, in bits, of two samples of one mix:
    /// φ(k−1)/(8 ln 2)·(1/n1 + 1/n2), k categories with hits. Print it beside.
    pub noise_bits: f64,
}

/// Divergence of two outlets' hits by category, in the same order. φ is the
/// pooled dispersion (1 for independent hits; floored at 1). `None` if a side has
/// no hits or the lengths differ.
pub fn jensen_shannon(a: &[u64], b: &[u64], phi: f64) -> Option<Divergence> {
    let (n1, n2): (u64, u64) = (a.iter().sum(), b.iter().sum());
    if a.len() != b.len() || n1 == 0 || n2 == 0 || phi.is_nan() {
        return None;
    }
    let (n1, n2) = (n1 as f64, n2 as f64);
    let term = |share: f64, mean: f64| if share > 0.0 { share * log2(share / mean) } else { 0.0 };
    let (mut bits, mut categories) = (0.0, 0u64);
    for (&x, &y) in a.iter().zip(b).filter(|&(&x, &y)| x + y > 0) {
        let (p, q) = (x as f64 / n1, y as f64 / n2);
        let mean = 0.5 * (p + q);
        bits += 0.5 * (term(p, mean) + term(q, mean));
        categories += 1;
    }
    let bits = bits.clamp(0.0, 1.0);
    let noise_bits = phi.max(1.0) * (categories - 1) as f64 / (8.0 * LN_2) * (1.0 / n1 + 1.0 / n2);
    Some(Divergence { bits, distance: sqrt(bits), noise_bits })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn mixes_without_a_common_category_are_one_bit_apart() {
        let found = jensen_shannon(&[3, 0, 0], &[0, 5, 0], 0.5).unwrap();
        assert!((found.bits - 1.0).abs() < 1e-12 && (found.distance - 1.0).abs() < 1e-12);
        // Two categories with hits, φ floored at 1: (2−1)/(8 ln 2)·(1/3 + 1/5).
        assert!((found.noise_bits - (1.0 / 3.0 + 0.2) / (8.0 * LN_2)).abs() < 1e-12);
    }

    #[test]
    fn without_hits_there_is_no_mix() {
        assert_eq!(jensen_shannon(&[0, 0], &[1, 2], 1.0), None);
        assert_eq!(jensen_shannon(&[1], &[1, 2], 1.0), None);
        assert_eq!(jensen_shannon(&[], &[], 1.0), None);
    }
}
