//! Who is mentioned, who is labelled, and who speaks.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::figure::figure;
use super::model::{LabelRow, SourceRow, TargetRow};
use crate::lexicon::{EntryId, Inventory, Target};
use crate::statistics::evidence::{Thresholds, assess_rate};
use crate::statistics::rate::rate_interval_of;
use crate::statistics::{PER_WORDS, Totals};
use crate::tally::{ArticleTally, Moments, VoiceGroup};

/// Labels are given per this many mentions.
const PER_MENTIONS: f64 = 100.0;

/// Names that were found and not declared: how many of the most mentioned ones are listed, beside
/// every labelled one.
const FOUND_NAMES: usize = 100;

/// Every declared target that is mentioned, every labelled one, and the most mentioned found names.
pub(super) fn targets(cells: &Cells<'_>, thresholds: &Thresholds) -> Vec<TargetRow> {
    let shown = shown_targets(cells);
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        let articles = &cells.articles[range.clone()];
        let mut present: BTreeSet<&str> = BTreeSet::new();
        for article in articles {
            present.extend(article.mentions.iter().map(|mention| mention.target.as_str()));
        }
        for target in present.intersection(&shown) {
            rows.push(target_row(cells.inventory, outlet, target, articles, thresholds));
        }
    }
    rows
}

fn shown_targets<'a>(cells: &Cells<'a>) -> BTreeSet<&'a str> {
    let mut mentions: BTreeMap<&str, u64> = BTreeMap::new();
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for article in cells.articles {
        for mention in &article.mentions {
            *mentions.entry(&mention.target).or_insert(0) += u64::from(mention.mentions);
        }
        shown.extend(article.labels.iter().map(|label| label.target.as_str()));
    }
    choose(cells.inventory, mentions, shown)
}

/// The declared ones among those mentioned, the most mentioned others, and those `shown` anyway.
pub(super) fn choose<'a>(
    inventory: &Inventory,
    mentions: BTreeMap<&'a str, u64>,
    mut shown: BTreeSet<&'a str>,
) -> BTreeSet<&'a str> {
    let mut found = Vec::new();
    for (target, mentions) in mentions {
        if declared(inventory, target).is_some() {
            shown.insert(target);
        } else {
            found.push((std::cmp::Reverse(mentions), target));
        }
    }
    found.sort_unstable();
    shown.extend(found.into_iter().take(FOUND_NAMES).map(|(_, target)| target));
    shown
}

fn declared<'a>(inventory: &'a Inventory, id: &str) -> Option<&'a Target> {
    inventory.lexicons().iter().flat_map(|lexicon| &lexicon.targets).find(|target| target.id == id)
}

fn target_row(
    inventory: &Inventory,
    outlet: &str,
    id: &str,
    articles: &[ArticleTally],
    thresholds: &Thresholds,
) -> TargetRow {
    let mut mentions = 0;
    let mut in_articles = 0;
    let mut moments = Moments::default();
    let mut by_term = LabelSums::new();
    for article in articles {
        let here = || article.mentions.iter().filter(|mention| mention.target == id);
        let all: u64 = here().map(|mention| u64::from(mention.mentions)).sum();
        let worded = here().filter(|mention| VoiceGroup::Worded.counts(mention.voice));
        let worded: u64 = worded.map(|mention| u64::from(mention.mentions)).sum();
        let mut labels = 0;
        for label in article.labels.iter().filter(|label| label.target == id) {
            let key = (label.entry, label.voice.name(), label.rule);
            *by_term.entry(key).or_insert(0) += u64::from(label.labels);
            if VoiceGroup::Worded.counts(label.voice) {
                labels += u64::from(label.labels);
            }
        }
        mentions += all;
        in_articles += u64::from(all > 0);
        moments.add(labels, worded);
    }
    row_of_sums(inventory, (outlet, id), [mentions, in_articles], &moments, by_term, thresholds)
}

/// Labels on a target by term, voice and rule.
pub(super) type LabelSums = BTreeMap<(EntryId, &'static str, &'static str), u64>;

/// The row of a target: its mentions in every voice and the articles that have one, and the labels by
/// mention in the outlet's wording.
pub(super) fn row_of_sums(
    inventory: &Inventory,
    (outlet, id): (&str, &str),
    [mentions, in_articles]: [u64; 2],
    moments: &Moments,
    by_term: LabelSums,
    thresholds: &Thresholds,
) -> TargetRow {
    let totals = Totals::from(moments);
    let scale = PER_MENTIONS / PER_WORDS;
    let interval = rate_interval_of(moments, thresholds.alpha)
        .filter(|_| totals.articles >= thresholds.least_articles)
        .map(|limits| limits.interval);
    let target = declared(inventory, id);
    TargetRow {
        outlet: outlet.to_owned(),
        target: id.to_owned(),
        title: target.map_or(id, |target| &target.title).to_owned(),
        kind: target.map(|target| target.kind.name().to_owned()),
        mentions,
        worded_mentions: totals.words,
        articles: in_articles,
        labels: totals.hits,
        per_100_mentions: figure(totals.rate().map(|rate| rate * scale)),
        low: figure(interval.map(|interval| interval.low * scale)),
        high: figure(interval.map(|interval| interval.high * scale)),
        tier: assess_rate(&totals, thresholds).tier,
        by_term: by_term
            .into_iter()
            .map(|((entry, voice, rule), labels)| LabelRow {
                lexicon: inventory.lexicon_of(entry).id.clone(),
                category: inventory.category(entry).map(|c| c.id.clone()).unwrap_or_default(),
                term: inventory.term(entry).text.clone(),
                voice: voice.to_owned(),
                rule: rule.to_owned(),
                labels,
            })
            .collect(),
    }
}

/// Reported speech by outlet and source. Sources that differ only by case are one, written as most
/// often.
pub(super) fn sources(cells: &Cells<'_>) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        let mut sources: BTreeMap<String, (BTreeMap<&str, u64>, SourceRow)> = BTreeMap::new();
        for article in &cells.articles[range.clone()] {
            let mut seen = BTreeSet::new();
            for report in &article.reports {
                let key = report.source.to_lowercase();
                let (spellings, row) = sources
                    .entry(key.clone())
                    .or_insert_with(|| (BTreeMap::new(), empty_source(outlet)));
                *spellings.entry(&report.source).or_insert(0) += u64::from(report.reports);
                let reports = u64::from(report.reports);
                row.reports += reports;
                row.articles += u64::from(seen.insert(key));
                *row.by_kind.entry(report.kind.name().to_owned()).or_insert(0) += reports;
                *row.by_verb.entry(report.verb.clone()).or_insert(0) += reports;
                row.quoted_words += u64::from(report.quoted_words);
                row.attributed_words += u64::from(report.attributed_words);
            }
        }
        let mut named: Vec<SourceRow> = sources
            .into_values()
            .map(|(spellings, row)| {
                let often =
                    spellings.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
                let source = often.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
                SourceRow { source, ..row }
            })
            .collect();
        named.sort_by(|x, y| y.reports.cmp(&x.reports).then_with(|| x.source.cmp(&y.source)));
        rows.extend(named);
    }
    rows
}

fn empty_source(outlet: &str) -> SourceRow {
    SourceRow {
        outlet: outlet.to_owned(),
        source: String::new(),
        reports: 0,
        articles: 0,
        by_kind: BTreeMap::new(),
        by_verb: BTreeMap::new(),
        quoted_words: 0,
        attributed_words: 0,
    }
}
