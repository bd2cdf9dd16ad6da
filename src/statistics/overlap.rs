//! The change of a rate between two corpora that share articles.

use super::distribution::{student_two_sided_p, student_upper_quantile};
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
    let (old, new) = sides(articles);
    let (old_rate, new_rate) = (old.per_word()?, new.per_word()?);
    let effect = corpus_effect(&[(1.0, articles.to_vec())], alpha)?;
    Some(RateChange {
        old: PER_WORDS * old_rate,
        new: PER_WORDS * new_rate,
        difference: effect.difference,
        se: effect.se,
        interval: effect.interval,
        articles: effect.articles,
    })
}

/// What a change of articles does to a rate, the terms held fixed, per 1,000 words.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CorpusEffect {
    /// Σ weight·(new − old).
    pub difference: f64,
    /// Standard error; `None` for one article.
    pub se: Option<f64>,
    /// difference ± t_{m−1}·se; `None` for one article.
    pub interval: Option<Interval>,
    /// Two-sided p of no effect, t with m−1 degrees of freedom; `None` for one article and where
    /// no article differs.
    pub p: Option<f64>,
    /// Range of the difference with any one article left out; `None` where that leaves no words.
    pub leave_one_out: Option<Interval>,
    /// m, articles of the union.
    pub articles: u64,
}

/// The effect of the articles averaged over several ways of counting them (the terms of either
/// report), each with its weight; weights sum to 1. The influence of an article is the weighted sum
/// of its influences. Every way lists the same articles in the same order.
/// `None` if a corpus has no words.
pub fn corpus_effect(ways: &[(f64, Vec<SharedDocument>)], alpha: f64) -> Option<CorpusEffect> {
    let count = ways.first()?.1.len();
    let mut influence = vec![0.0; count];
    let mut without = vec![Some(0.0); count];
    let mut present = vec![false; count];
    let mut difference = 0.0;
    for (weight, articles) in ways {
        let (old, new) = sides(articles);
        let (old_rate, new_rate) = (old.per_word()?, new.per_word()?);
        difference += weight * (new_rate - old_rate);
        let of = |document: Option<Document>, rate: f64, words: u64| {
            let residual = |d: Document| (d.hits as f64 - rate * d.words as f64) / words as f64;
            document.filter(|d| d.words > 0).map_or(0.0, residual)
        };
        for (index, article) in articles.iter().enumerate() {
            let u = of(article.new, new_rate, new.words) - of(article.old, old_rate, old.words);
            influence[index] += weight * u;
            let left = rate_without(&new, article.new).zip(rate_without(&old, article.old));
            let left = left.map(|(new, old)| weight * (new - old));
            without[index] = without[index].zip(left).map(|(sum, part)| sum + part);
            present[index] |= [article.old, article.new].iter().flatten().any(|d| d.words > 0);
        }
    }
    let articles = present.iter().filter(|present| **present).count() as u64;
    let m = articles as f64;
    let squares: f64 = influence.iter().map(|u| u * u).sum();
    let se = (articles > 1).then(|| PER_WORDS * sqrt(m / (m - 1.0) * squares));
    let difference = PER_WORDS * difference;
    let interval = se.and_then(|se| {
        let t = student_upper_quantile(0.5 * alpha, m - 1.0)?;
        Interval::new(difference - t * se, difference + t * se)
    });
    let p = se.filter(|se| *se > 0.0).and_then(|se| student_two_sided_p(difference / se, m - 1.0));
    let range = |pick: fn(f64, f64) -> f64| {
        let left = without.iter().zip(&present).filter(|(_, present)| **present);
        left.map(|(value, _)| *value).reduce(|a, b| a.zip(b).map(|(a, b)| pick(a, b))).flatten()
    };
    let leave_one_out = range(f64::min)
        .zip(range(f64::max))
        .and_then(|(low, high)| Interval::new(PER_WORDS * low, PER_WORDS * high));
    Some(CorpusEffect { difference, se, interval, p, leave_one_out, articles })
}

/// Totals of the old and of the new corpus.
fn sides(articles: &[SharedDocument]) -> (Totals, Totals) {
    let side = |pick: fn(&SharedDocument) -> Option<Document>| {
        Totals::of(&articles.iter().filter_map(pick).collect::<Vec<_>>())
    };
    (side(|d| d.old), side(|d| d.new))
}

/// Hits per word without one article; `None` if that leaves no words.
fn rate_without(totals: &Totals, document: Option<Document>) -> Option<f64> {
    let gone = document.filter(|d| d.words > 0).unwrap_or_default();
    let words = totals.words - gone.words;
    (words > 0).then(|| (totals.hits - gone.hits) as f64 / words as f64)
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
