//! Correction for the number of tests: K counts every test that was run,
//! whether or not it is shown.

/// How p-values of one family are corrected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Correction {
    /// K·p (Dunn 1961).
    Bonferroni,
    /// Step-down; family-wise error (Holm 1979). For confirmation.
    Holm,
    /// Step-up; false discovery rate (Benjamini & Hochberg 1995). For exploration.
    #[default]
    BenjaminiHochberg,
    /// The same under any dependence (Benjamini & Yekutieli 2001).
    BenjaminiYekutieli,
}

/// Corrected p-values, in the order given, each at most 1 and at least its p
/// (as R's `p.adjust`). A test that was run without being tested fully enters as 1.
pub fn adjust(p: &[f64], correction: Correction) -> Vec<f64> {
    let k = p.len() as f64;
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| p[i].total_cmp(&p[j]).then(i.cmp(&j)));
    let mut adjusted = vec![1.0; p.len()];
    match correction {
        Correction::Bonferroni => {
            for (q, &p) in adjusted.iter_mut().zip(p) {
                *q = (k * p).min(1.0);
            }
        }
        Correction::Holm => {
            let mut worst: f64 = 0.0;
            for (rank, &i) in order.iter().enumerate() {
                worst = worst.max((k - rank as f64) * p[i]);
                adjusted[i] = worst.min(1.0);
            }
        }
        Correction::BenjaminiHochberg | Correction::BenjaminiYekutieli => {
            let harmonic = if correction == Correction::BenjaminiYekutieli {
                (1..=p.len()).map(|i| 1.0 / i as f64).sum()
            } else {
                1.0
            };
            let mut best: f64 = 1.0;
            for (rank, &i) in order.iter().enumerate().rev() {
                best = best.min(k * harmonic * p[i] / (rank + 1) as f64);
                adjusted[i] = best;
            }
        }
    }
    adjusted
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn as_p_adjust_in_r() {
        // p.adjust(c(.01, .02, .03, .04, .05), "BH") is .05 five times.
        let p = [0.05, 0.01, 0.03, 0.02, 0.04];
        for q in adjust(&p, Correction::BenjaminiHochberg) {
            assert!((q - 0.05).abs() < 1e-15);
        }
        let holm = adjust(&p, Correction::Holm);
        let wanted = [0.09, 0.05, 0.09, 0.08, 0.09];
        assert!(holm.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-15), "{holm:?}");
    }

    #[test]
    fn an_empty_family_has_nothing_to_correct() {
        assert!(adjust(&[], Correction::default()).is_empty());
    }
}
