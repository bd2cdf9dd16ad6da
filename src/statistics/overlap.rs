//! The change of a rate between two corpora that share articles.

use super::distribution::student_upper_quantile;
use super::sample::{Document, Interval, PER_WORDS, Totals};
use libm::sqrt;

/// An article of the union of two corpora, as each of them has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct SharedDocument {
    /// In the old corpus.
    pub old: Option<Document>,
    /// In the new one.
    pub new: Option<Document>,
}

/// Change of a pooled rate, per 1,000 words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateChange {
    /// Rate in the old corpus.
    pub old: f64,
    /// Rate in the new one.
    pub new: f64,
    /// new − old.
    pub difference: f64,
    /// Standard error that knows which articles are shared; `None` for one article.
    pub se: Option<f64>,
    /// difference ± t_{m−1}·se; `None` for one article.
    pub interval: Option<Interval>,
    /// m, articles of the union.
    pub articles: u64,
}

/// Influence-function variance over the union of articles (Deville 1999):
/// u_d = \[d∈new\](x−r_new·N)/T_new − \[d∈old\](x−r_old·N)/T_old,
/// Var = m/(m−1)·Σu². One formula for disjoint, overlapping and equal corpora.
/// `None` if a corpus has no words.
pub fn rate_change(articles: &[SharedDocument], alpha: f64) -> Option<RateChange> {
    let side = |pick: fn(&SharedDocument) -> Option<Document>| {
        Totals::of(&articles.iter().filter_map(pick).collect::<Vec<_>>())
    };
    let (old, new) = (side(|d| d.old), side(|d| d.new));
    let (old_rate, new_rate) = (old.per_word()?, new.per_word()?);
    let influence = |document: Option<Document>, rate: f64, words: u64| {
        document.map_or(0.0, |d| (d.hits as f64 - rate * d.words as f64) / words as f64)
    };
    let has_words = |d: &Option<Document>| d.is_some_and(|d| d.words > 0);
    let (mut squares, mut count) = (0.0, 0u64);
    for article in articles {
        let (in_old, in_new) =
            (article.old.filter(|d| d.words > 0), article.new.filter(|d| d.words > 0));
        if has_words(&in_old) || has_words(&in_new) {
            let u = influence(in_new, new_rate, new.words) - influence(in_old, old_rate, old.words);
            squares += u * u;
            count += 1;
        }
    }
    let m = count as f64;
    let se = (count > 1).then(|| PER_WORDS * sqrt(m / (m - 1.0) * squares));
    let difference = PER_WORDS * (new_rate - old_rate);
    let interval = se.and_then(|se| {
        let t = student_upper_quantile(0.5 * alpha, m - 1.0)?;
        Interval::new(difference - t * se, difference + t * se)
    });
    Some(RateChange {
        old: PER_WORDS * old_rate,
        new: PER_WORDS * new_rate,
        difference,
        se,
        interval,
        articles: count,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn equal_corpora_have_not_changed() {
        let same: Vec<_> = [(1, 100), (0, 300), (4, 90)]
            .map(|(x, n)| Some(Document::new(x, n)))
            .map(|d| SharedDocument { old: d, new: d })
            .into();
        let found = rate_change(&same, 0.05).unwrap();
        assert_eq!((found.difference, found.se, found.articles), (0.0, Some(0.0), 3));
    }

    #[test]
    fn a_corpus_without_words_has_no_change() {
        let only_old = SharedDocument { old: Some(Document::new(1, 10)), new: None };
        assert_eq!(rate_change(&[only_old], 0.05), None);
        let edited =
            SharedDocument { old: Some(Document::new(1, 10)), new: Some(Document::new(2, 10)) };
        assert_eq!(rate_change(&[edited], 0.05).unwrap().se, None);
    }
}
