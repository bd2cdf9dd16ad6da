//! What may be said of the part of a change that other articles explain.

use super::causes::WEIGHTS;
use super::cells::Cell;
use super::model::{Basis, Causes, Finding, Tested};
use super::world::{Unit, World};
use crate::report::{ReasonRow, figure};
use crate::statistics::evidence::{Reason, Thresholds, Tier, assess_comparison};
use crate::statistics::log_ratio::Table;
use crate::statistics::multiplicity::{Correction, adjust};
use crate::statistics::overlap::{CorpusEffect, SharedDocument, corpus_effect};
use crate::statistics::permutation::smallest_p;
use crate::statistics::proportion::{fisher_p, share_difference};
use crate::statistics::{Document, Interval, Totals};

/// The articles that changed, those of either side that take part in a measure.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Changed {
    /// How many there are; an edited one counts once.
    pub(super) articles: u64,
    /// What stands for evidence in them; of an edited one what the richer text holds.
    hits: u64,
    /// How many of each side hold any.
    with_hits: [u64; 2],
    /// Whether any article is in both corpora.
    overlaps: bool,
}

impl Changed {
    /// `own` holds each article as either report read it by its own terms.
    pub(super) fn of(
        units: &[Unit<'_>],
        cell: &Cell,
        own: impl Iterator<Item = [Option<Document>; 2]>,
    ) -> Self {
        let mut changed = Self::default();
        for (unit, sides) in units.iter().zip(own) {
            let sides = sides.map(|side| side.filter(|document| document.words > 0));
            if sides == [None, None] {
                continue;
            }
            changed.overlaps |= unit.member == [true; 2];
            if !unit.changed() {
                continue;
            }
            let hits = sides.map(|side| side.map_or(0, |document| cell.evidence(document)));
            changed.articles += 1;
            changed.hits += hits[0].max(hits[1]);
            for (sum, hits) in changed.with_hits.iter_mut().zip(hits) {
                *sum += u64::from(hits > 0);
            }
        }
        changed
    }
}

/// What may be said before anything is corrected.
pub(super) fn tested(
    world: &World<'_>,
    cell: &Cell,
    causes: &Causes,
    sides: [Totals; 2],
    changed: &Changed,
    ways: Vec<Vec<SharedDocument>>,
) -> Tested {
    let exact = matches!(causes.basis, Basis::Exact | Basis::WithCorpus);
    let finding = match (causes.basis, changed.articles) {
        (Basis::None | Basis::NotDecomposable, 1..) => Finding::Unknown,
        (_, 0) => Finding::Census,
        _ => Finding::NotEnoughEvidence,
    };
    let (tier, mut reasons) = assess(sides, changed, &world.thresholds);
    let effect = (exact && changed.articles > 0 && tier != Tier::Descriptive)
        .then(|| effect(changed, cell, sides, ways, world.thresholds.alpha))
        .flatten();
    if finding != Finding::NotEnoughEvidence {
        reasons.clear();
    } else if tier == Tier::Reportable && effect.is_none_or(|effect| effect.p.is_none()) {
        reasons.push(ReasonRow { code: "no-variation".to_owned(), found: None, needed: None });
    }
    Tested {
        se: effect.and_then(|effect| effect.se),
        low: effect.and_then(|effect| effect.interval).map(|interval| interval.low),
        high: effect.and_then(|effect| effect.interval).map(|interval| interval.high),
        p: effect.and_then(|effect| effect.p),
        q: None,
        k: 0,
        shrunken: None,
        leave_one_out_low: effect.and_then(|effect| effect.leave_one_out).map(|range| range.low),
        leave_one_out_high: effect.and_then(|effect| effect.leave_one_out).map(|range| range.high),
        tier,
        reasons,
        finding,
    }
}

/// What the articles' part can carry, and why not more: each side needs articles, and of those that
/// changed there must be enough, with enough hits in them, each article counted once.
fn assess(
    sides: [Totals; 2],
    changed: &Changed,
    thresholds: &Thresholds,
) -> (Tier, Vec<ReasonRow>) {
    let [old, new] = sides;
    let smallest = if changed.overlaps { 0.0 } else { smallest_p(old.articles, new.articles) };
    let a = Totals { hits: changed.hits, articles_with_hits: changed.with_hits[0], ..old };
    let b = Totals { hits: 0, articles_with_hits: changed.with_hits[1], ..new };
    let found = assess_comparison(&a, &b, smallest, thresholds);
    let mut reasons: Vec<ReasonRow> = found.reasons.iter().map(reason).collect();
    let (few, enough) = (thresholds.least_articles, thresholds.enough_articles);
    let most = match changed.articles {
        n if n < few => Tier::Descriptive,
        n if n < enough => Tier::Tentative,
        _ => Tier::Reportable,
    };
    if most != Tier::Reportable {
        let needed = if most == Tier::Descriptive { few } else { enough };
        reasons.insert(0, counted("few-changed-articles", changed.articles, needed));
    }
    (found.tier.min(most), reasons)
}

fn counted(code: &str, found: u64, needed: u64) -> ReasonRow {
    ReasonRow { code: code.to_owned(), found: Some(found as f64), needed: Some(needed as f64) }
}

fn reason(reason: &Reason) -> ReasonRow {
    match *reason {
        Reason::TooFewArticles { articles, needed } => {
            counted("too-few-articles", articles, needed)
        }
        Reason::FewArticles { articles, needed } => counted("few-articles", articles, needed),
        Reason::FewHits { hits, needed } => counted("few-hits", hits, needed),
        Reason::FewArticlesWithHits { articles, needed } => {
            counted("few-articles-with-hits", articles, needed)
        }
        Reason::SmallestPAboveAlpha { smallest_p, alpha } => ReasonRow {
            code: "smallest-p".to_owned(),
            found: figure(smallest_p),
            needed: figure(alpha),
        },
    }
}

/// The articles' part in the unit of the cell. Where its error is 0, every article is alike and there
/// is nothing to estimate an error from: no interval, no p. Between corpora without a common article
/// the interval of a share is the wider of this and Newcombe's, and its p the larger of this and
/// Fisher's, as the influence of an article is 0 where a share is 0 or 1.
fn effect(
    changed: &Changed,
    cell: &Cell,
    [old, new]: [Totals; 2],
    mut ways: Vec<Vec<SharedDocument>>,
    alpha: f64,
) -> Option<CorpusEffect> {
    let one_way = ways.len() == 1;
    let weighted: Vec<(f64, Vec<SharedDocument>)> = if one_way {
        vec![(1.0, ways.swap_remove(0))]
    } else {
        WEIGHTS.into_iter().zip(ways).collect()
    };
    let effect = corpus_effect(&weighted, alpha)?;
    let scale = cell.per / crate::statistics::PER_WORDS;
    let scaled =
        |interval: Interval| Interval { low: scale * interval.low, high: scale * interval.high };
    let mut p = effect.p;
    let se = effect.se.filter(|se| *se > 0.0).map(|se| scale * se);
    let mut interval = effect.interval.filter(|_| se.is_some()).map(scaled);
    if cell.per == 1.0 && one_way && !changed.overlaps {
        let table = Table::new(new.hits, new.words, old.hits, old.words);
        let newcombe = share_difference(&table, alpha).map(|share| share.interval);
        interval = interval.zip(newcombe).map(|(a, b)| Interval {
            low: a.low.min(b.low).max(-1.0),
            high: a.high.max(b.high).min(1.0),
        });
        p = p.zip(fisher_p(&table)).map(|(a, b)| a.max(b));
    }
    Some(CorpusEffect {
        difference: scale * effect.difference,
        se,
        interval,
        p: p.filter(|_| se.is_some()),
        leave_one_out: effect.leave_one_out.map(scaled),
        articles: effect.articles,
    })
}

/// Corrects for everything in a table that was tested, then says what it amounts to.
pub(super) fn correct(mut rows: Vec<&mut Tested>, alpha: f64) {
    rows.retain(|row| row.p.is_some());
    let p: Vec<f64> = rows.iter().filter_map(|row| row.p).collect();
    for (row, q) in rows.iter_mut().zip(adjust(&p, Correction::BenjaminiHochberg)) {
        row.q = Some(q);
        row.k = p.len() as u64;
        if row.tier == Tier::Reportable && row.finding == Finding::NotEnoughEvidence {
            let all = |sign: f64| {
                [row.low, row.high, row.leave_one_out_low, row.leave_one_out_high]
                    .iter()
                    .all(|value| value.is_some_and(|value| sign * value > 0.0))
            };
            row.finding = match q <= alpha {
                true if all(1.0) => Finding::Rose,
                true if all(-1.0) => Finding::Fell,
                _ => Finding::Inconclusive,
            };
        }
    }
}

/// Rounds every float as those of a report are.
pub(super) fn round(causes: &mut Causes, tested: &mut Tested) {
    for share in [&mut causes.corpus, &mut causes.lexicon, &mut causes.reading] {
        for value in [
            &mut share.value,
            &mut share.low,
            &mut share.high,
            &mut share.estimate,
            &mut share.likely_low,
            &mut share.likely_high,
        ] {
            *value = figure(*value);
        }
    }
    for value in [
        &mut causes.interaction,
        &mut causes.within_voices,
        &mut causes.mix_of_voices,
        &mut tested.se,
        &mut tested.low,
        &mut tested.high,
        &mut tested.p,
        &mut tested.q,
        &mut tested.shrunken,
        &mut tested.leave_one_out_low,
        &mut tested.leave_one_out_high,
    ] {
        *value = figure(*value);
    }
}
