//! Outlets against each other within the events that both cover: the topic taken out.

use std::collections::BTreeMap;

use super::cells::{CategoryCells, Cells};
use super::comparisons::{Pair, correction, pairs, seed};
use super::figure::figure;
use super::model::{MatchedRow, Settings};
use crate::events::Events;
use crate::lexicon::Measure;
use crate::statistics::Document;
use crate::statistics::evidence::{Support, Thresholds, Tier, Verdict, verdict};
use crate::statistics::matched::{MatchedEvent, label_swap_test, matched_ratio};
use crate::statistics::multiplicity::adjust;
use crate::tally::VoiceGroup;

/// Every matched comparison of pairs that share an event, corrected within lexicon and voice.
pub(super) fn matched(
    cells: &Cells<'_>,
    events: &Events,
    settings: &Settings,
    thresholds: &Thresholds,
) -> Vec<MatchedRow> {
    let mut rows = Vec::new();
    let mut families: BTreeMap<(usize, VoiceGroup), Vec<usize>> = BTreeMap::new();
    for category in &cells.categories {
        if !matches!(cells.model(category).measure, Measure::Rate) {
            continue;
        }
        for voice in VoiceGroup::ALL {
            for pair in pairs(cells, settings) {
                let Some(row) = row(cells, events, settings, thresholds, category, voice, pair)
                else {
                    continue;
                };
                if row.p.is_some() {
                    families.entry((category.lexicon, voice)).or_default().push(rows.len());
                }
                rows.push(row);
            }
        }
    }
    for members in families.values() {
        let p: Vec<f64> = members.iter().filter_map(|&index| rows[index].p).collect();
        for (&index, q) in members.iter().zip(adjust(&p, correction(settings))) {
            rows[index].q = figure(q);
            rows[index].k = members.len() as u64;
        }
    }
    for row in &mut rows {
        row.verdict = judge(row, thresholds);
    }
    rows
}

/// A verdict on as many events as the swap test needs to be able to reach alpha.
fn judge(row: &MatchedRow, thresholds: &Thresholds) -> Verdict {
    // Without a hit on one side there is no ratio, and so no interval that could carry a verdict.
    let enough = row.smallest_p <= thresholds.alpha
        && row.hits_a + row.hits_b >= thresholds.enough_hits
        && row.ratio.is_some();
    let interval = row.low.zip(row.high);
    let interval = interval.map(|(low, high)| crate::statistics::Interval { low, high });
    let tier = if enough { Tier::Reportable } else { Tier::Tentative };
    verdict(tier, &Support { interval, q: row.q, leave_one_out: interval }, thresholds)
}

/// What the pair wrote on each event, in the order of the events.
fn events_of(
    cells: &Cells<'_>,
    events: &Events,
    category: &CategoryCells,
    voice: VoiceGroup,
    (a, b): (&str, &str),
) -> Vec<MatchedEvent> {
    let sums = |outlet: &str| {
        let mut sums: BTreeMap<usize, Document> = BTreeMap::new();
        for (_, range) in cells.outlets.iter().filter(|(id, _)| *id == outlet) {
            let documents = cells.documents(category, range, voice);
            for (article, document) in range.clone().zip(documents) {
                let counts = !events.repeats.contains(&article);
                if let Some(event) = events.of_article[article].filter(|_| counts) {
                    let sum = sums.entry(event).or_default();
                    sum.hits += document.hits;
                    sum.words += document.words;
                }
            }
        }
        sums
    };
    let (in_a, in_b) = (sums(a), sums(b));
    let both = in_a.into_iter().filter_map(|(event, a)| {
        let b = *in_b.get(&event)?;
        (a.words > 0 && b.words > 0).then_some(MatchedEvent { a, b })
    });
    both.collect()
}

fn row(
    cells: &Cells<'_>,
    events: &Events,
    settings: &Settings,
    thresholds: &Thresholds,
    category: &CategoryCells,
    voice: VoiceGroup,
    pair: Pair<'_>,
) -> Option<MatchedRow> {
    let b = pair.b?;
    let events = events_of(cells, events, category, voice, (pair.a, b));
    let hits = |side: fn(&MatchedEvent) -> u64| events.iter().map(side).sum::<u64>();
    let (hits_a, hits_b) = (hits(|event| event.a.hits), hits(|event| event.b.hits));
    let ratio = matched_ratio(&events, thresholds.alpha)?;
    let (lexicon, id) = (cells.lexicon_id(category), &cells.model(category).id);
    let names = [lexicon, id, voice.name(), pair.a, b, "\u{0}matched"];
    let swapped = label_swap_test(&events, seed(settings.seed, &names))?;
    Some(MatchedRow {
        lexicon: lexicon.to_owned(),
        category: id.clone(),
        voice,
        a: pair.a.to_owned(),
        b: b.to_owned(),
        events: ratio.events,
        hits_a,
        hits_b,
        words_a: hits(|event| event.a.words),
        words_b: hits(|event| event.b.words),
        ratio: figure(ratio.ratio),
        log2_ratio: figure(ratio.log2.map(|(log2, _)| log2)),
        low: figure(ratio.log2.map(|(_, interval)| interval.low)),
        high: figure(ratio.log2.map(|(_, interval)| interval.high)),
        p: figure(swapped.p).filter(|_| swapped.smallest_p <= thresholds.alpha),
        q: None,
        k: 0,
        smallest_p: figure(swapped.smallest_p).unwrap_or(0.0),
        verdict: Verdict::NotEnoughEvidence,
    })
}
