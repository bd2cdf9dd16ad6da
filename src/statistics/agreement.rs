//! Whether coders agree, and whether the terms of a category go together.

use libm::sqrt;

/// How codes differ from one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// Names: equal or not.
    Nominal,
    /// Ranks.
    Ordinal,
    /// Numbers whose differences count.
    Interval,
    /// Numbers with a true zero.
    Ratio,
}

/// Krippendorff's (2011) α = 1 − (n−1)·Σ o_ck·δ²/Σ n_c·n_k·δ². One slice a unit,
/// one code a coder, in any order; units with one code tell nothing. Codes must be
/// finite. `None` if no unit has two codes or only one code was ever used: that is
/// undefined, not perfect.
pub fn krippendorff_alpha(units: &[Vec<f64>], scale: Scale) -> Option<f64> {
    let units: Vec<&Vec<f64>> = units.iter().filter(|u| u.len() > 1).collect();
    let mut codes: Vec<f64> = units.iter().flat_map(|u| u.iter().copied()).collect();
    if codes.iter().any(|c| !c.is_finite()) {
        return None;
    }
    codes.sort_by(f64::total_cmp);
    codes.dedup();
    let k = codes.len();
    let index = |code: f64| codes.partition_point(|&c| c < code);
    let mut coincidences = vec![0.0; k * k];
    for unit in units {
        let share = 1.0 / (unit.len() - 1) as f64;
        for (i, &a) in unit.iter().enumerate() {
            for (_, &b) in unit.iter().enumerate().filter(|&(j, _)| j != i) {
                coincidences[index(a) * k + index(b)] += share;
            }
        }
    }
    let sizes: Vec<f64> = coincidences.chunks(k.max(1)).map(|row| row.iter().sum()).collect();
    let n: f64 = sizes.iter().sum();
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..k {
        for d in 0..k {
            let distance = squared_distance(&codes, &sizes, c, d, scale);
            observed += coincidences[c * k + d] * distance;
            expected += sizes[c] * sizes[d] * distance;
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

fn squared_distance(codes: &[f64], sizes: &[f64], c: usize, d: usize, scale: Scale) -> f64 {
    let distance = match scale {
        Scale::Nominal => f64::from(u8::from(c != d)),
        Scale::Interval => codes[c] - codes[d],
        Scale::Ratio if codes[c] + codes[d] == 0.0 => 0.0,
        Scale::Ratio => (codes[c] - codes[d]) / (codes[c] + codes[d]),
        Scale::Ordinal => {
            let between: f64 = sizes[c.min(d)..=c.max(d)].iter().sum();
            between - 0.5 * (sizes[c] + sizes[d])
        }
    };
    distance * distance
}

/// Cohen's (1960) κ of two coders over paired codes. `None` without pairs or if
/// both used one and the same code throughout.
pub fn cohen_kappa(pairs: &[(u32, u32)]) -> Option<f64> {
    if pairs.is_empty() {
        return None;
    }
    let n = pairs.len() as f64;
    let mut codes: Vec<u32> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
    codes.sort_unstable();
    codes.dedup();
    let share =
        |holds: &dyn Fn(&(u32, u32)) -> bool| pairs.iter().filter(|p| holds(p)).count() as f64 / n;
    let agreed = share(&|p| p.0 == p.1);
    let chance: f64 = codes.iter().map(|&c| share(&|p| p.0 == c) * share(&|p| p.1 == c)).sum();
    (chance < 1.0).then(|| (agreed - chance) / (1.0 - chance))
}

/// Cronbach's (1951) α of a category: k/(k−1)·(1 − Σ var(term)/var(sum)). One
/// slice an article, its rate of each term. `None` for fewer than two terms or
/// articles, rows of unequal length, or a sum that does not vary.
pub fn cronbach_alpha(articles: &[Vec<f64>]) -> Option<f64> {
    let terms = articles.first()?.len();
    if terms < 2 || articles.len() < 2 || articles.iter().any(|row| row.len() != terms) {
        return None;
    }
    let of_terms: f64 =
        (0..terms).map(|t| variance(&articles.iter().map(|row| row[t]).collect::<Vec<_>>())).sum();
    let of_sum = variance(&articles.iter().map(|row| row.iter().sum()).collect::<Vec<_>>());
    let k = terms as f64;
    (of_sum > 0.0).then(|| k / (k - 1.0) * (1.0 - of_terms / of_sum))
}

/// Reliability of a category from two halves of its terms: correlation r of the
/// halves' scores over articles, stepped up to 2r/(1+r) (Spearman 1910, Brown
/// 1910). `half` says which terms are in the first. `None` where undefined.
pub fn split_half(articles: &[Vec<f64>], half: impl Fn(usize) -> bool) -> Option<f64> {
    let score = |first: bool| -> Vec<f64> {
        let of = |row: &Vec<f64>| {
            row.iter().enumerate().filter(|&(t, _)| half(t) == first).map(|(_, v)| v).sum()
        };
        articles.iter().map(of).collect()
    };
    let r = correlation(&score(true), &score(false))?;
    (r > -1.0).then(|| 2.0 * r / (1.0 + r))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn variance(values: &[f64]) -> f64 {
    let centre = mean(values);
    values.iter().map(|v| (v - centre) * (v - centre)).sum::<f64>() / (values.len() - 1) as f64
}

/// Pearson's correlation; `None` if a side does not vary.
fn correlation(x: &[f64], y: &[f64]) -> Option<f64> {
    if x.len() < 2 {
        return None;
    }
    let (mx, my) = (mean(x), mean(y));
    let product: f64 = x.iter().zip(y).map(|(a, b)| (a - mx) * (b - my)).sum();
    let norm = sqrt(variance(x) * variance(y)) * (x.len() - 1) as f64;
    (norm > 0.0).then(|| product / norm)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn coders_who_only_ever_say_one_thing_do_not_agree_perfectly() {
        let same = vec![vec![1.0, 1.0]; 9];
        assert_eq!(krippendorff_alpha(&same, Scale::Nominal), None);
        assert_eq!(cohen_kappa(&[(1, 1); 9]), None);
        assert_eq!(cohen_kappa(&[]), None);
        assert_eq!(krippendorff_alpha(&[vec![1.0], vec![]], Scale::Nominal), None);
    }

    #[test]
    fn the_published_binary_example() {
        // Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability", B: two
        // observers, binary data, α = .095.
        let first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
        let second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        let units: Vec<Vec<f64>> =
            first.iter().zip(second).map(|(&a, b)| vec![f64::from(a), f64::from(b)]).collect();
        let alpha = krippendorff_alpha(&units, Scale::Nominal).unwrap();
        assert!((alpha - 0.095).abs() < 5e-4, "{alpha}");
    }

    #[test]
    fn terms_that_never_vary_are_no_scale() {
        assert_eq!(cronbach_alpha(&[vec![1.0, 2.0], vec![1.0, 2.0]]), None);
        assert_eq!(cronbach_alpha(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(split_half(&[vec![1.0, 2.0], vec![1.0, 3.0]], |term| term == 0), None);
    }
}
