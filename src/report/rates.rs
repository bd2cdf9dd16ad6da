//! Rates, shares of voices, shares of articles, and whether the outlets differ at all.

use rayon::prelude::*;

use super::cells::Cells;
use super::figure::figure;
use super::model::{ArticleShareRow, HeterogeneityRow, OwnShareRow, RateRow};
use crate::lexicon::Measure;
use crate::statistics::dispersion::dispersion;
use crate::statistics::evidence::{Thresholds, assess_rate};
use crate::statistics::log_likelihood::heterogeneity;
use crate::statistics::own_share::{VoiceHits, voice_share};
use crate::statistics::proportion::wilson_interval;
use crate::statistics::rate::{mean_article_rate, rate_interval};
use crate::statistics::variance::{leave_one_article_out, pooled_overdispersion};
use crate::statistics::{Document, Totals};
use crate::tally::VoiceGroup;

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
        rate_row(id, voice, &documents, thresholds)
    };
    jobs.into_par_iter().map(row).collect()
}

fn rate_row(
    (outlet, lexicon, category): (&str, &str, &str),
    voice: VoiceGroup,
    documents: &[Document],
    thresholds: &Thresholds,
) -> RateRow {
    let totals = Totals::of(documents);
    let tier = assess_rate(&totals, thresholds).tier;
    // With one or two articles an interval would say more about itself than about the outlet.
    let shows_interval = totals.articles >= thresholds.least_articles;
    let limits = rate_interval(documents, thresholds.alpha).filter(|_| shows_interval);
    let without_one = leave_one_article_out(documents);
    let spread = dispersion(documents);
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
        mean_article_rate: figure(mean_article_rate(documents)),
        leave_one_out_low: figure(without_one.map(|range| range.low)),
        leave_one_out_high: figure(without_one.map(|range| range.high)),
        top_article_share: figure(spread.as_ref().map(|spread| spread.top_article_share)),
        dp_norm: figure(spread.and_then(|spread| spread.over_articles).map(|over| over.dp_norm)),
    }
}

/// How much of each outlet's hits is in its own voice.
pub(super) fn own_shares(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<OwnShareRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        for category in &cells.categories {
            let own = cells.documents(category, range, VoiceGroup::Own);
            let all = cells.documents(category, range, VoiceGroup::All);
            let hits: Vec<VoiceHits> = own
                .iter()
                .zip(&all)
                .map(|(own, all)| VoiceHits { voice: own.hits, all: all.hits })
                .collect();
            let share = voice_share(&hits, thresholds.alpha);
            let with_hits = hits.iter().filter(|hits| hits.all > 0).count() as u64;
            let shows_interval = with_hits >= thresholds.least_articles;
            let interval = share.map(|share| share.interval).filter(|_| shows_interval);
            rows.push(OwnShareRow {
                outlet: (*outlet).to_owned(),
                lexicon: cells.lexicon_id(category).to_owned(),
                category: cells.model(category).id.clone(),
                own: hits.iter().map(|hits| hits.voice).sum(),
                hits: hits.iter().map(|hits| hits.all).sum(),
                articles_with_hits: with_hits,
                share: figure(share.map(|share| share.share)),
                low: figure(interval.map(|interval| interval.low)),
                high: figure(interval.map(|interval| interval.high)),
                tier: assess_rate(&Totals::of(&all), thresholds).tier,
            });
        }
    }
    rows
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
            let totals = Totals::of(&documents);
            let (with, articles) = (totals.articles_with_hits, totals.articles);
            let interval = wilson_interval(with, articles, thresholds.alpha)
                .filter(|_| articles >= thresholds.least_articles);
            rows.push(ArticleShareRow {
                outlet: (*outlet).to_owned(),
                lexicon: cells.lexicon_id(category).to_owned(),
                category: cells.model(category).id.clone(),
                distinct,
                articles_with: with,
                articles,
                share: figure((articles > 0).then(|| with as f64 / articles as f64)),
                low: figure(interval.map(|interval| interval.low)),
                high: figure(interval.map(|interval| interval.high)),
                tier: assess_rate(&totals, thresholds).tier,
            });
        }
    }
    rows
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
            if totals.iter().all(|totals| totals.hits == 0) {
                continue;
            }
            let Some(result) = heterogeneity(&totals, &pooled) else { continue };
            rows.push(HeterogeneityRow {
                lexicon: cells.lexicon_id(category).to_owned(),
                category: cells.model(category).id.clone(),
                voice,
                outlets: totals.iter().filter(|totals| totals.words > 0).count() as u64,
                g2: figure(result.g2).unwrap_or(0.0),
                df: result.df,
                phi: figure(pooled.phi()),
                f: figure(result.f.map(|test| test.f)),
                p: figure(result.f.map(|test| test.p)),
            });
        }
    }
    rows
}
