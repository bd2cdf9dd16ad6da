//! What may be said: tiers of evidence and the words of a verdict.
//!
//! "Not enough evidence" is a computed statement. It clears nobody.

use super::detectable::is_similar;
use super::sample::{Interval, Totals};
use serde::{Deserialize, Serialize};

/// Where the lines between tiers and verdicts are drawn; a report prints them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Level of tests; intervals are 1 − α.
    pub alpha: f64,
    /// Articles of a side below which nothing but counts and rates is given.
    pub least_articles: u64,
    /// Articles of a side from which a verdict may be given.
    pub enough_articles: u64,
    /// Hits of both sides together from which a verdict may be given.
    pub enough_hits: u64,
    /// Articles with hits that at least one side needs for a verdict.
    pub enough_articles_with_hits: u64,
    /// Half-width, in log₂, inside which two sides are called similar.
    pub similar_margin: f64,
}

/// log₂ 1.5: ratios between 2/3 and 3/2 are similar.
pub const SIMILAR_MARGIN: f64 = 0.584_962_500_721_156_2;

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            alpha: 0.05,
            least_articles: 3,
            enough_articles: 10,
            enough_hits: 10,
            enough_articles_with_hits: 3,
            similar_margin: SIMILAR_MARGIN,
        }
    }
}

/// How much a cell can carry; a later one carries more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tier {
    /// Counts and the rate only: it describes these articles, not the outlet.
    Descriptive,
    /// Interval and p are given, the verdict is withheld.
    Tentative,
    /// A verdict is given.
    Reportable,
}

/// Why a cell is not in a higher tier.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reason {
    /// A side has too few articles for an interval.
    TooFewArticles {
        /// Articles of the smaller side.
        articles: u64,
        /// What is needed.
        needed: u64,
    },
    /// No shuffling of these articles could give a p of at most α.
    SmallestPAboveAlpha {
        /// The smallest p there can be.
        smallest_p: f64,
        /// The level.
        alpha: f64,
    },
    /// A side has too few articles for a verdict.
    FewArticles {
        /// Articles of the smaller side.
        articles: u64,
        /// What is needed.
        needed: u64,
    },
    /// Too few hits in all.
    FewHits {
        /// Hits of both sides.
        hits: u64,
        /// What is needed.
        needed: u64,
    },
    /// No side has hits in enough articles.
    FewArticlesWithHits {
        /// Articles with hits of the side that has more.
        articles: u64,
        /// What is needed.
        needed: u64,
    },
}

impl Reason {
    fn tier(&self) -> Tier {
        match self {
            Self::TooFewArticles { .. } | Self::SmallestPAboveAlpha { .. } => Tier::Descriptive,
            _ => Tier::Tentative,
        }
    }
}

/// A tier with everything that keeps it from being higher.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// The tier.
    pub tier: Tier,
    /// Every reason, none for a reportable cell.
    pub reasons: Vec<Reason>,
}

/// The tier of one outlet's rate.
pub fn assess_rate(totals: &Totals, thresholds: &Thresholds) -> Assessment {
    assess(totals.articles, totals.hits, totals.articles_with_hits, None, thresholds)
}

/// The tier of a comparison. `smallest_p` is that of its permutation test.
pub fn assess_comparison(
    a: &Totals,
    b: &Totals,
    smallest_p: f64,
    thresholds: &Thresholds,
) -> Assessment {
    let with_hits = a.articles_with_hits.max(b.articles_with_hits);
    let articles = a.articles.min(b.articles);
    assess(articles, a.hits + b.hits, with_hits, Some(smallest_p), thresholds)
}

fn assess(
    articles: u64,
    hits: u64,
    with_hits: u64,
    smallest_p: Option<f64>,
    thresholds: &Thresholds,
) -> Assessment {
    let mut reasons = Vec::new();
    if articles < thresholds.least_articles {
        reasons.push(Reason::TooFewArticles { articles, needed: thresholds.least_articles });
    }
    let alpha = thresholds.alpha;
    if let Some(smallest_p) = smallest_p.filter(|&p| p > alpha) {
        reasons.push(Reason::SmallestPAboveAlpha { smallest_p, alpha });
    }
    if articles < thresholds.enough_articles {
        reasons.push(Reason::FewArticles { articles, needed: thresholds.enough_articles });
    }
    if hits < thresholds.enough_hits {
        reasons.push(Reason::FewHits { hits, needed: thresholds.enough_hits });
    }
    let needed = thresholds.enough_articles_with_hits;
    if with_hits < needed {
        reasons.push(Reason::FewArticlesWithHits { articles: with_hits, needed });
    }
    let tier = reasons.iter().map(Reason::tier).min().unwrap_or(Tier::Reportable);
    Assessment { tier, reasons }
}

/// What a comparison may be called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Side a has the higher rate.
    Higher,
    /// Side a has the lower rate.
    Lower,
    /// The ratio lies inside the margin.
    Similar,
    /// None of these can be said, though the articles are enough.
    Inconclusive,
    /// The articles are not enough to say any of these.
    NotEnoughEvidence,
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Support {
    /// Article-adjusted interval of the log₂ ratio.
    pub interval: Option<Interval>,
    /// Corrected p of the permutation test; `None` if it was not run.
    pub q: Option<f64>,
    /// Range of the log₂ ratio with any one article left out.
    pub leave_one_out: Option<Interval>,
}

/// The verdict of a comparison. *Similar* needs the interval inside the margin;
/// *higher* and *lower* need the interval to exclude 0, q ≤ α, and a sign that
/// no single article turns.
pub fn verdict(tier: Tier, support: &Support, thresholds: &Thresholds) -> Verdict {
    if tier != Tier::Reportable {
        return Verdict::NotEnoughEvidence;
    }
    let Some(interval) = support.interval else {
        return Verdict::Inconclusive;
    };
    if is_similar(&interval, thresholds.similar_margin) {
        return Verdict::Similar;
    }
    let significant = support.q.is_some_and(|q| q <= thresholds.alpha);
    let stays = |holds: fn(&Interval) -> bool| support.leave_one_out.as_ref().is_some_and(holds);
    if significant && interval.low > 0.0 && stays(|range| range.low > 0.0) {
        Verdict::Higher
    } else if significant && interval.high < 0.0 && stays(|range| range.high < 0.0) {
        Verdict::Lower
    } else {
        Verdict::Inconclusive
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn totals(articles: u64, articles_with_hits: u64, hits: u64) -> Totals {
        Totals { hits, words: 1000 * articles, articles, articles_with_hits }
    }

    #[test]
    fn tiers_rise_with_articles_and_hits() {
        let limits = Thresholds::default();
        let tier = |t: &Totals| assess_rate(t, &limits).tier;
        assert_eq!(tier(&totals(2, 2, 50)), Tier::Descriptive);
        assert_eq!(tier(&totals(9, 9, 50)), Tier::Tentative);
        assert_eq!(tier(&totals(10, 10, 9)), Tier::Tentative);
        assert_eq!(tier(&totals(10, 2, 50)), Tier::Tentative);
        assert_eq!(tier(&totals(10, 3, 10)), Tier::Reportable);
        assert!(Tier::Descriptive < Tier::Tentative && Tier::Tentative < Tier::Reportable);
    }

    #[test]
    fn a_comparison_that_no_shuffle_could_decide_is_descriptive() {
        let limits = Thresholds::default();
        let (a, b) = (totals(3, 3, 9), totals(3, 3, 9));
        let found = assess_comparison(&a, &b, 0.1, &limits);
        assert_eq!(found.tier, Tier::Descriptive);
        assert_eq!(
            found.reasons,
            [
                Reason::SmallestPAboveAlpha { smallest_p: 0.1, alpha: 0.05 },
                Reason::FewArticles { articles: 3, needed: 10 }
            ]
        );
        let generous = Thresholds { alpha: 0.1, ..limits };
        assert_eq!(assess_comparison(&a, &b, 0.1, &generous).tier, Tier::Tentative);
    }

    #[test]
    fn higher_needs_all_three_and_lower_mirrors_it() {
        let limits = Thresholds::default();
        let say = |low, high, q, loo_low, loo_high| {
            let support = Support {
                interval: Interval::new(low, high),
                q,
                leave_one_out: Interval::new(loo_low, loo_high),
            };
            verdict(Tier::Reportable, &support, &limits)
        };
        assert_eq!(say(0.5, 2.0, Some(0.05), 0.3, 2.0), Verdict::Higher);
        assert_eq!(say(-2.0, -0.5, Some(0.05), -2.0, -0.3), Verdict::Lower);
        assert_eq!(say(0.5, 2.0, Some(0.051), 0.3, 2.0), Verdict::Inconclusive);
        assert_eq!(say(0.5, 2.0, None, 0.3, 2.0), Verdict::Inconclusive);
        assert_eq!(say(0.5, 2.0, Some(0.01), -0.1, 2.0), Verdict::Inconclusive);
        assert_eq!(say(-0.1, 2.0, Some(0.01), 0.3, 2.0), Verdict::Inconclusive);
        assert_eq!(say(-0.5, 0.5, None, -0.6, 0.6), Verdict::Similar);
        assert_eq!(say(-0.5, f64::INFINITY, None, -0.6, 0.6), Verdict::Inconclusive);
    }

    #[test]
    fn a_verdict_is_withheld_below_the_highest_tier() {
        let support = Support { interval: Interval::new(1.0, 2.0), q: Some(0.0), ..<_>::default() };
        for tier in [Tier::Descriptive, Tier::Tentative] {
            let said = verdict(tier, &support, &Thresholds::default());
            assert_eq!(said, Verdict::NotEnoughEvidence);
        }
    }
}
