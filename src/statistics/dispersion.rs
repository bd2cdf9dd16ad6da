//! How evenly hits are spread over the articles of one outlet.

use super::sample::{Document, Totals, with_words};
use libm::{exp, log2, sqrt};

/// Measures of dispersion over articles; t_i = x_i/X, w_i = N_i/T, p_i = x_i/N_i.
/// Never a weight on a rate. Below five hits none is to be interpreted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// The counts behind it; the range is `articles_with_hits` of `articles`.
    pub totals: Totals,
    /// Largest t_i: the share of hits from one article.
    pub top_article_share: f64,
    /// 1/Σt²: as many articles would hold the hits if they held them evenly.
    pub effective_articles: f64,
    /// DP = ½Σ|t_i − w_i| (Gries 2008): 0 even, near 1 in one article.
    pub dp: f64,
    /// Those that need two articles.
    pub over_articles: Option<OverArticles>,
    /// Σ t·log₂(t/w) in bits (Gries 2020).
    pub kl_divergence: f64,
    /// 1 − e^(−kl).
    pub kl_normalised: f64,
    /// S = (Σ√(w_i·x_i))²/X (Rosengren 1971): 1 even.
    pub rosengren_s: f64,
}

/// Measures that are undefined for one article.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OverArticles {
    /// DP/(1 − min w) (Lijffijt & Gries 2012): 0 even, 1 in one article.
    pub dp_norm: f64,
    /// 1 − DP/(1 − min{w_i: t_i > 0}) (Egbert, Burch & Biber 2020): 1 even.
    pub d_p: f64,
    /// 1 − V/√(n−1), V the coefficient of variation of p (Juilland et al. 1970).
    pub juilland_d: f64,
    /// Entropy of p over log₂ n (Carroll 1970).
    pub carroll_d2: f64,
    /// 1 − mean|p_i − p_j|/(2·mean p) (Burch, Egbert & Biber 2017).
    pub d_a: f64,
}

/// Dispersion of one outlet's hits. `None` without hits.
pub fn dispersion(documents: &[Document]) -> Option<Dispersion> {
    let totals = Totals::of(documents);
    if totals.hits == 0 {
        return None;
    }
    let (hits, words) = (totals.hits as f64, totals.words as f64);
    let parts = || with_words(documents).map(|d| (d.hits as f64, d.words as f64));
    let shares = || parts().map(|(x, n)| (x / hits, n / words));
    let top = with_words(documents).map(|d| d.hits).max()?;
    let kl_divergence: f64 = shares().filter(|s| s.0 > 0.0).map(|(t, w)| t * log2(t / w)).sum();
    let root: f64 = parts().map(|(x, n)| sqrt(n / words * x)).sum();
    let dp = 0.5 * shares().map(|(t, w)| (t - w).abs()).sum::<f64>();
    Some(Dispersion {
        totals,
        top_article_share: top as f64 / hits,
        effective_articles: 1.0 / shares().map(|(t, _)| t * t).sum::<f64>(),
        dp,
        over_articles: over_articles(documents, &totals, dp),
        kl_divergence,
        kl_normalised: 1.0 - exp(-kl_divergence),
        rosengren_s: root * root / hits,
    })
}

fn over_articles(documents: &[Document], totals: &Totals, dp: f64) -> Option<OverArticles> {
    if totals.articles < 2 {
        return None;
    }
    let words = totals.words as f64;
    let least = with_words(documents).map(|d| d.words).min()? as f64 / words;
    let least_hit =
        with_words(documents).filter(|d| d.hits > 0).map(|d| d.words).min()? as f64 / words;
    let mut rates: Vec<f64> =
        with_words(documents).map(|d| d.hits as f64 / d.words as f64).collect();
    let n = rates.len() as f64;
    let sum: f64 = rates.iter().sum();
    let mean = sum / n;
    let variance = rates.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>() / n;
    let entropy: f64 = rates.iter().filter(|&&p| p > 0.0).map(|p| -(p / sum) * log2(p / sum)).sum();
    rates.sort_by(f64::total_cmp);
    // Σ_{i<j}|p_i − p_j| from the sorted values, without looking at every pair.
    let differences: f64 =
        rates.iter().enumerate().map(|(i, p)| (2.0 * i as f64 - n + 1.0) * p).sum();
    let mean_difference = differences / (n * (n - 1.0) / 2.0);
    Some(OverArticles {
        dp_norm: dp / (1.0 - least),
        d_p: 1.0 - dp / (1.0 - least_hit),
        juilland_d: 1.0 - (sqrt(variance) / mean) / sqrt(n - 1.0),
        carroll_d2: entropy / log2(n),
        d_a: 1.0 - mean_difference / (2.0 * mean),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example_of_dispersion() {
        // Gries (2008), the word "a": DP .18, D .785, S .95, D2 .938.
        let documents = [(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]
            .map(|(hits, words)| Document::new(hits, words));
        let found = dispersion(&documents).unwrap();
        let over = found.over_articles.unwrap();
        assert!((found.dp - 0.18).abs() < 1e-12);
        assert!((over.juilland_d - 0.785).abs() < 5e-4);
        assert!((found.rosengren_s - 0.95).abs() < 5e-4);
        assert!((over.carroll_d2 - 0.938).abs() < 5e-4);
    }

    #[test]
    fn without_hits_or_with_one_article_it_is_undefined() {
        assert_eq!(dispersion(&[Document::new(0, 10), Document::new(0, 0)]), None);
        assert_eq!(dispersion(&[]), None);
        let one = dispersion(&[Document::new(3, 734), Document::new(0, 0)]).unwrap();
        assert_eq!(one.over_articles, None);
        assert_eq!(one.top_article_share, 1.0);
    }
}
