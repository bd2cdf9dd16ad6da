//! What comparisons of choices and of labels share: the reasons of a tier, and the correction
//! within families of tests.

use std::collections::BTreeMap;

use super::figure::figure;
use super::model::ReasonRow;
use crate::statistics::evidence::{Assessment, Reason};
use crate::statistics::multiplicity::{Correction, adjust};

/// Why a comparison is not in a higher tier.
pub(super) fn reasons(assessment: &Assessment) -> Vec<ReasonRow> {
    let row = |reason: &Reason| {
        let (code, found, needed) = match *reason {
            Reason::TooFewArticles { articles, needed } => {
                ("too-few-articles", articles as f64, needed as f64)
            }
            Reason::SmallestPAboveAlpha { smallest_p, alpha } => ("smallest-p", smallest_p, alpha),
            Reason::FewArticles { articles, needed } => {
                ("few-articles", articles as f64, needed as f64)
            }
            Reason::FewHits { hits, needed } => ("few-hits", hits as f64, needed as f64),
            Reason::FewArticlesWithHits { articles, needed } => {
                ("few-articles-with-hits", articles as f64, needed as f64)
            }
        };
        ReasonRow { code: code.to_owned(), found: figure(found), needed: figure(needed) }
    };
    assessment.reasons.iter().map(row).collect()
}

/// A test as the correction sees it.
pub(super) struct Entered<F> {
    /// The family; `None` if it does not count as a test.
    pub(super) family: Option<F>,
    /// Its p; a test that was not run because its interval holds 0 enters as 1.
    pub(super) p: Option<f64>,
}

/// q and the number of tests in the family, for every test.
pub(super) fn corrected<F: Ord>(
    tests: Vec<Entered<F>>,
    correction: Correction,
) -> Vec<(Option<f64>, u64)> {
    let mut found = vec![(None, 0); tests.len()];
    let mut families: BTreeMap<F, Vec<(usize, Option<f64>)>> = BTreeMap::new();
    for (index, test) in tests.into_iter().enumerate() {
        if let Some(family) = test.family {
            families.entry(family).or_default().push((index, test.p));
        }
    }
    for members in families.into_values() {
        let p: Vec<f64> = members.iter().map(|(_, p)| p.unwrap_or(1.0)).collect();
        for ((index, p), q) in members.iter().zip(adjust(&p, correction)) {
            found[*index] = (p.is_some().then_some(q), members.len() as u64);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_is_corrected_by_itself() {
        let test = |family, p| Entered { family, p };
        let tests = vec![
            test(Some("a"), Some(0.01)),
            test(Some("b"), Some(0.01)),
            test(Some("a"), None),
            test(None, Some(0.5)),
        ];
        let found = corrected(tests, Correction::BenjaminiHochberg);
        assert_eq!(found, [(Some(0.02), 2), (Some(0.01), 1), (None, 2), (None, 0)]);
    }
}
