//! Rates, shares of voices, shares of articles, and whether the outlets differ at all.

use rayon::prelude::*;

use super::cells::Cells;
use super::figure::figure;
use super::model::{ArticleShareRow, HeterogeneityRow, OwnShareRow, RateRow};
use crate::lexicon::Measure;
use crate::statistics::dispersion::dispersion;
use crate::statistics::evidence::{Thresholds, assess_rate};
use crate::statistics::log_likelihood::heterogeneity;
use crate::statistics::own_share::voice_share_of;
use crate::statistics::proportion::wilson_interval;
use crate::statistics::rate::{mean_article_rate, rate_interval_of};
use crate::statistics::variance::{Overdispersion, leave_one_article_out, pooled_overdispersion};
use crate::statistics::{Document, Totals, moments};
use crate::tally::{Moments, VoiceGroup};

/// Rates of every outlet, category and voice.
pub(super) fn rates(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<RateRow> {
    let mut jobs = Vec::new();
    for (outlet, range) in &cells.outlets {
        for category in &cells.categories {
            jobs.extend(VoiceGroup::ALL.map(|voice| (*outlet, range, category, voice)));
        }
    }
    let row = |(outlet, range, category, voice)| {
        let documents = cells.documents(category, range, voice);
        let id = (outlet, cells.lexicon_id(category), cells.model(category).id.as_str());
        let row = rate_row(id, voice, &moments(&documents), thresholds);
        let without_one = leave_one_article_out(&documents);
        let spread = dispersion(&documents).and_then(|spread| spread.over_articles);
        RateRow {
            mean_article_rate: figure(mean_article_rate(&documents)),
            leave_one_out_low: figure(without_one.map(|range| range.low)),
            leave_one_out_high: figure(without_one.map(|range| range.high)),
            dp_norm: figure(spread.map(|over| over.dp_norm)),
            ..row
        }
    };
    jobs.into_par_iter().map(row).collect()
}

/// A row with what the sums of articles tell; the rest is `null`.
pub(super) fn rate_row(
    (outlet, lexicon, category): (&str, &str, &str),
    voice: VoiceGroup,
    moments: &Moments,
    thresholds: &Thresholds,
) -> RateRow {
    let totals = Totals::from(moments);
    let tier = assess_rate(&totals, thresholds).tier;
    // With one or two articles an interval would say more about itself than about the outlet.
    let shows_interval = totals.articles >= thresholds.least_articles;
    let limits = rate_interval_of(moments, thresholds.alpha).filter(|_| shows_interval);
    let top_article = (totals.hits > 0).then(|| moments.most_hits as f64 / totals.hits as f64);
    RateRow {
        outlet: outlet.to_owned(),
        lexicon: lexicon.to_owned(),
        category: category.to_owned(),
        voice,
        hits: totals.hits,
        words: totals.words,
        articles: totals.articles,
        articles_with_hits: totals.articles_with_hits,
        rate: figure(totals.rate()),
        low: figure(limits.map(|limits| limits.interval.low)),
        high: figure(limits.map(|limits| limits.interval.high)),
        tier,
        mean_article_rate: None,
        leave_one_out_low: None,
        leave_one_out_high: None,
        top_article_share: figure(top_article),
        dp_norm: None,
    }
}

/// How much of each outlet's hits is in its own voice.
pub(super) fn own_shares(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<OwnShareRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        for category in &cells.categories {
            let own = cells.documents(category, range, VoiceGroup::Own);
            let all = cells.documents(category, range, VoiceGroup::All);
            let mut shares = Moments::default();
            own.iter().zip(&all).for_each(|(own, all)| shares.add(own.hits, all.hits));
            let id = (*outlet, cells.lexicon_id(category), cells.model(category).id.as_str());
            rows.push(own_share_row(id, &shares, &Totals::of(&all), thresholds));
        }
    }
    rows
}

/// A row of the hits in the own voice by those in all voices.
pub(super) fn own_share_row(
    (outlet, lexicon, category): (&str, &str, &str),
    shares: &Moments,
    all: &Totals,
    thresholds: &Thresholds,
) -> OwnShareRow {
    let share = voice_share_of(shares, thresholds.alpha);
    let shows_interval = shares.articles >= thresholds.least_articles;
    let interval = share.map(|share| share.interval).filter(|_| shows_interval);
    OwnShareRow {
        outlet: outlet.to_owned(),
        lexicon: lexicon.to_owned(),
        category: category.to_owned(),
        own: shares.hits,
        hits: shares.words,
        articles_with_hits: shares.articles,
        share: figure(share.map(|share| share.share)),
        low: figure(interval.map(|interval| interval.low)),
        high: figure(interval.map(|interval| interval.high)),
        tier: assess_rate(all, thresholds).tier,
    }
}

/// Categories measured by the share of articles that hold enough different terms.
pub(super) fn article_shares(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<ArticleShareRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        for category in &cells.categories {
            let Measure::Articles { distinct } = cells.model(category).measure else { continue };
            let words = cells.documents(category, range, VoiceGroup::All);
            let documents: Vec<Document> = range
                .clone()
                .zip(&words)
                .map(|(article, document)| {
                    let enough = cells.distinct_terms(category, article) >= distinct as usize;
                    Document::new(u64::from(enough), document.words)
                })
                .collect();
            let id = (*outlet, cells.lexicon_id(category), cells.model(category).id.as_str());
            rows.push(article_share_row(id, distinct, &Totals::of(&documents), thresholds));
        }
    }
    rows
}

/// A row of the articles with enough different terms, which are the hits of `totals`.
pub(super) fn article_share_row(
    (outlet, lexicon, category): (&str, &str, &str),
    distinct: u32,
    totals: &Totals,
    thresholds: &Thresholds,
) -> ArticleShareRow {
    let (with, articles) = (totals.articles_with_hits, totals.articles);
    let interval = wilson_interval(with, articles, thresholds.alpha)
        .filter(|_| articles >= thresholds.least_articles);
    ArticleShareRow {
        outlet: outlet.to_owned(),
        lexicon: lexicon.to_owned(),
        category: category.to_owned(),
        distinct,
        articles_with: with,
        articles,
        share: figure((articles > 0).then(|| with as f64 / articles as f64)),
        low: figure(interval.map(|interval| interval.low)),
        high: figure(interval.map(|interval| interval.high)),
        tier: assess_rate(totals, thresholds).tier,
    }
}

/// Whether the outlets differ at all: to be read before any pair of them.
pub(super) fn heterogeneities(cells: &Cells<'_>) -> Vec<HeterogeneityRow> {
    let mut rows = Vec::new();
    for category in &cells.categories {
        if matches!(cells.model(category).measure, Measure::Articles { .. }) {
            continue;
        }
        for voice in VoiceGroup::ALL {
            let samples: Vec<Vec<Document>> = cells
                .outlets
                .iter()
                .map(|(_, range)| cells.documents(category, range, voice))
                .collect();
            let slices: Vec<&[Document]> = samples.iter().map(Vec::as_slice).collect();
            let totals: Vec<Totals> = slices.iter().map(|sample| Totals::of(sample)).collect();
            let pooled = pooled_overdispersion(&slices);
            let id = (cells.lexicon_id(category), cells.model(category).id.as_str());
            rows.extend(heterogeneity_row(id, voice, &totals, &pooled));
        }
    }
    rows
}

/// A row of the outlets' totals; without a dispersion there is no test. `None` without hits.
pub(super) fn heterogeneity_row(
    (lexicon, category): (&str, &str),
    voice: VoiceGroup,
    totals: &[Totals],
    pooled: &Overdispersion,
) -> Option<HeterogeneityRow> {
    if totals.iter().all(|totals| totals.hits == 0) {
        return None;
    }
    let result = heterogeneity(totals, pooled)?;
    Some(HeterogeneityRow {
        lexicon: lexicon.to_owned(),
        category: category.to_owned(),
        voice,
        outlets: totals.iter().filter(|totals| totals.words > 0).count() as u64,
        g2: figure(result.g2).unwrap_or(0.0),
        df: result.df,
        phi: figure(pooled.phi()),
        f: figure(result.f.map(|test| test.f)),
        p: figure(result.f.map(|test| test.p)),
    })
}
