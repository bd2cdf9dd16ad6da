//! Changes shrunk toward none by how noisy changes of their kind are.

/// Empirical Bayes with normal changes around 0 (Efron & Morris 1975): each change d with standard
/// error s becomes d·τ²/(τ²+s²), where τ² = max(0, mean(d² − s²)) is what the changes vary beyond
/// noise. The largest of many changes are mostly those with most noise; these are pulled in most.
pub fn shrink(changes: &[(f64, f64)]) -> Vec<f64> {
    let excess: f64 = changes.iter().map(|(change, se)| change * change - se * se).sum();
    let tau2 = (excess / changes.len() as f64).max(0.0);
    let shrunken = |&(change, se): &(f64, f64)| {
        let total = tau2 + se * se;
        if total > 0.0 { change * tau2 / total } else { change }
    };
    changes.iter().map(shrunken).collect()
}

#[cfg(test)]
mod tests {
    use super::shrink;

    #[test]
    fn noise_goes_and_certainty_stays() {
        assert_eq!(shrink(&[(1.0, 5.0), (-2.0, 4.0)]), [0.0, 0.0]);
        assert_eq!(shrink(&[(1.0, 0.0), (-2.0, 0.0)]), [1.0, -2.0]);
        let mixed = shrink(&[(4.0, 1.0), (4.0, 3.0)]);
        assert!(mixed[0] > mixed[1] && mixed[0] < 4.0, "{mixed:?}");
        assert!(shrink(&[]).is_empty());
    }
}
