//! Variance of a pooled rate with articles as clusters, overdispersion, and
//! what one article does to the rate.

use super::distribution::student_upper_quantile;
use super::sample::{
    Document, Interval, PER_WORDS, Totals, moments, squared_residuals, with_words,
};
use crate::tally::Moments;
use libm::{exp, sqrt};

/// The linearised variance of a ratio, e_d = x_d − rN_d,
/// V = m/(m−1)·Σe_d²/T² (Cochran 1977; the same as a Poisson regression with
/// offset and cluster-robust variance).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Linearised {
    /// The counts it was computed from.
    pub totals: Totals,
    /// Standard error of the rate, per 1,000 words. 0 for an outlet without
    /// hits, which is a trap: take an interval that can deal with that.
    pub se: f64,
    /// Standard error of the natural logarithm of the rate; `None` without hits.
    pub se_log: Option<f64>,
    /// V: variance of the rate per word.
    pub(super) variance: f64,
}

/// Linearised variance; `None` for fewer than two articles.
pub fn linearised(documents: &[Document]) -> Option<Linearised> {
    linearised_of(&moments(documents))
}

/// The same from the sums of articles: Σe_d² = Σx² − 2rΣxN + r²ΣN², which is computed without
/// rounding.
pub fn linearised_of(moments: &Moments) -> Option<Linearised> {
    let totals = Totals::from(moments);
    let rate = totals.per_word()?;
    if totals.articles < 2 {
        return None;
    }
    let m = totals.articles as f64;
    let words = totals.words as f64;
    let squares = squared_residuals(moments) / (words * words);
    let variance = m / (m - 1.0) * squares / (words * words);
    let se = sqrt(variance);
    Some(Linearised {
        totals,
        se: PER_WORDS * se,
        se_log: (totals.hits > 0).then(|| se / rate),
        variance,
    })
}

/// r·exp(±t_{m−1}·se_log), per 1,000 words. `None` without hits or for one article.
pub fn log_linear_interval(documents: &[Document], alpha: f64) -> Option<Interval> {
    let linear = linearised(documents)?;
    log_interval(&linear.totals, linear.se_log?, alpha)
}

/// The quasi-Poisson interval: se_log = √(max(1, φ)/X). `None` without hits or
/// for one article.
pub fn quasi_poisson_interval(documents: &[Document], alpha: f64) -> Option<Interval> {
    let totals = Totals::of(documents);
    let phi = overdispersion(documents).phi()?;
    if totals.hits == 0 {
        return None;
    }
    log_interval(&totals, sqrt(phi.max(1.0) / totals.hits as f64), alpha)
}

fn log_interval(totals: &Totals, se_log: f64, alpha: f64) -> Option<Interval> {
    let t = student_upper_quantile(0.5 * alpha, (totals.articles - 1) as f64)?;
    let rate = totals.rate()?;
    Interval::new(rate * exp(-t * se_log), rate * exp(t * se_log))
}

/// Pearson's statistic of the Poisson model and its degrees of freedom; both
/// add up over outlets, so that a dispersion can be pooled.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overdispersion {
    /// Σ (x_d − rN_d)²/(rN_d).
    pub statistic: f64,
    /// m − 1, summed over outlets.
    pub df: u64,
}

impl Overdispersion {
    /// φ = statistic/df: how many times more hits vary between articles than
    /// independent hits would. Values below 1 are floored at 1 wherever φ is
    /// used: small samples under-estimate clustering. `None` for df = 0.
    pub fn phi(&self) -> Option<f64> {
        (self.df > 0).then(|| self.statistic / self.df as f64)
    }

    /// Pooled with that of another outlet, each around its own rate.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { statistic: self.statistic + other.statistic, df: self.df + other.df }
    }
}

/// Pearson dispersion of one outlet (McCullagh & Nelder 1989). Without hits the
/// statistic is 0.
pub fn overdispersion(documents: &[Document]) -> Overdispersion {
    let totals = Totals::of(documents);
    let Some(rate) = totals.per_word() else {
        return Overdispersion::default();
    };
    let mut statistic = 0.0;
    if totals.hits > 0 {
        for d in with_words(documents) {
            let expected = rate * d.words as f64;
            let e = d.hits as f64 - expected;
            statistic += e * e / expected;
        }
    }
    Overdispersion { statistic, df: totals.articles.saturating_sub(1) }
}

/// Pearson dispersion pooled over outlets, each around its own rate.
pub fn pooled_overdispersion(outlets: &[&[Document]]) -> Overdispersion {
    outlets.iter().map(|o| overdispersion(o)).fold(Overdispersion::default(), Overdispersion::and)
}

/// The rates, per 1,000 words, that remain when each article in turn is left
/// out. Empty where an article holds all words.
fn rates_without_one(documents: &[Document]) -> Vec<f64> {
    let totals = Totals::of(documents);
    with_words(documents)
        .filter(|d| d.words < totals.words)
        .map(|d| PER_WORDS * (totals.hits - d.hits) as f64 / (totals.words - d.words) as f64)
        .collect()
}

/// Lowest and highest pooled rate, per 1,000 words, with any one article left
/// out: how far one article carries the rate. `None` for fewer than two articles.
pub fn leave_one_article_out(documents: &[Document]) -> Option<Interval> {
    let rates = rates_without_one(documents);
    let low = rates.iter().copied().reduce(f64::min)?;
    let high = rates.iter().copied().reduce(f64::max)?;
    Interval::new(low, high)
}

/// Jackknife standard error of the pooled rate, per 1,000 words:
/// V = (m−1)/m·Σ(r_(−d) − r̄)² (Tukey 1958). A diagnostic: its symmetric
/// interval can reach below 0. `None` for fewer than two articles.
pub fn jackknife_se(documents: &[Document]) -> Option<f64> {
    let rates = rates_without_one(documents);
    if rates.len() < 2 {
        return None;
    }
    let m = rates.len() as f64;
    let mean = rates.iter().sum::<f64>() / m;
    let squares: f64 = rates.iter().map(|r| (r - mean) * (r - mean)).sum();
    Some(sqrt((m - 1.0) / m * squares))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_variance_of_a_ratio_by_hand() {
        // r = 3/40; residuals 1 − .75 and 2 − 2.25; V = 2·(.0625 + .0625)/40².
        let documents = [Document::new(1, 10), Document::new(2, 30)];
        let found = linearised(&documents).unwrap();
        assert!((found.se - 1000.0 * 0.25f64.sqrt() / 40.0).abs() < 1e-12);
        assert!((found.se_log.unwrap() - 0.5 / 3.0).abs() < 1e-12);
        // Pearson: .0625/.75 + .0625/2.25, one degree of freedom.
        let phi = overdispersion(&documents).phi().unwrap();
        assert!((phi - (0.0625 / 0.75 + 0.0625 / 2.25)).abs() < 1e-12);
        let range = leave_one_article_out(&documents).unwrap();
        assert!((range.low - 2000.0 / 30.0).abs() < 1e-12 && (range.high - 100.0).abs() < 1e-12);
    }

    #[test]
    fn one_article_or_no_hits_have_no_relative_error() {
        let one = [Document::new(3, 734), Document::new(0, 0)];
        assert_eq!(linearised(&one), None);
        assert_eq!(overdispersion(&one).phi(), None);
        assert_eq!(leave_one_article_out(&one), None);
        assert_eq!(jackknife_se(&one), None);
        let none = [Document::new(0, 10), Document::new(0, 20)];
        assert_eq!(linearised(&none).unwrap().se_log, None);
        assert_eq!(quasi_poisson_interval(&none, 0.05), None);
        assert_eq!(overdispersion(&none), Overdispersion { statistic: 0.0, df: 1 });
    }
}
