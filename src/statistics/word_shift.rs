//! Which terms make up a difference.

use super::log_ratio::Table;

/// A term's hits on both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TermHits {
    /// Hits of side a.
    pub a: u64,
    /// Hits of side b.
    pub b: u64,
}

/// What one term contributes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shift {
    /// Difference of the term's rates, a − b, per 1,000 words.
    pub difference: f64,
    /// Its part in the difference of the category; the parts sum to 1 and may be
    /// negative. `None` if the category's rates are equal.
    pub share: Option<f64>,
    /// ½-corrected log₂ ratio of the category without this term.
    pub log2_ratio_without: f64,
}

/// Word shift (Gallagher et al. 2021): 1000·(x_t1/T1 − x_t2/T2) of each term, and
/// the category's log₂ ratio with that term left out. In the order of `terms`.
/// `None` if a side has no words.
pub fn word_shift(terms: &[TermHits], words_a: u64, words_b: u64) -> Option<Vec<Shift>> {
    let total = TermHits { a: terms.iter().map(|t| t.a).sum(), b: terms.iter().map(|t| t.b).sum() };
    Table::new(total.a, words_a, total.b, words_b).difference()?;
    terms.iter().map(|&term| shift_of(term, total, words_a, words_b)).collect()
}

/// The shift of one term of a category with these hits in all.
fn shift_of(term: TermHits, total: TermHits, words_a: u64, words_b: u64) -> Option<Shift> {
    let table = |t: TermHits| Table::new(t.a, words_a, t.b, words_b);
    let whole = table(total).difference()?;
    let equal = table(total).compare_rates().is_eq();
    let difference = table(term).difference()?;
    let rest = TermHits { a: total.a - term.a, b: total.b - term.b };
    Some(Shift {
        difference,
        share: (!equal).then(|| difference / whole),
        log2_ratio_without: table(rest).log2_ratio()?,
    })
}

/// The terms with the largest differences, at most `most`, largest first, of equal ones the first;
/// each with its index. Terms without hits are none of them. As [`word_shift`] has them.
pub fn largest_shifts(
    terms: &[TermHits],
    words_a: u64,
    words_b: u64,
    most: usize,
) -> Vec<(usize, Shift)> {
    let difference = |term: &TermHits| Table::new(term.a, words_a, term.b, words_b).difference();
    let with_hits = terms.iter().enumerate().filter(|(_, term)| term.a + term.b > 0);
    let sizes = with_hits.filter_map(|(index, term)| Some((index, difference(term)?.abs())));
    let mut largest: Vec<(usize, f64)> = sizes.collect();
    let order = |x: &(usize, f64), y: &(usize, f64)| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0));
    if largest.len() > most {
        largest.select_nth_unstable_by(most, order);
        largest.truncate(most);
    }
    largest.sort_unstable_by(order);
    let total = TermHits { a: terms.iter().map(|t| t.a).sum(), b: terms.iter().map(|t| t.b).sum() };
    let shift =
        |(index, _): (usize, f64)| Some((index, shift_of(terms[index], total, words_a, words_b)?));
    largest.into_iter().filter_map(shift).collect()
}

/// The largest share of a category's hits that one term has; `None` without hits.
pub fn top_term_share(hits: &[u64]) -> Option<f64> {
    let total: u64 = hits.iter().sum();
    let top = hits.iter().max()?;
    (total > 0).then(|| *top as f64 / total as f64)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn equal_rates_have_no_shares_and_no_words_no_shift() {
        let terms = [TermHits { a: 2, b: 1 }, TermHits { a: 1, b: 2 }];
        let shifts = word_shift(&terms, 100, 100).unwrap();
        assert!(shifts.iter().all(|s| s.share.is_none()));
        assert!((shifts[0].difference - 10.0).abs() < 1e-12);
        assert_eq!(word_shift(&terms, 0, 100), None);
        assert_eq!(top_term_share(&[0, 0]), None);
    }
}
