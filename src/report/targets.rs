//! Who is mentioned, who is labelled, and who speaks.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use super::figure::figure;
use super::label_comparisons::PER_MENTIONS;
use super::model::{LabelRow, SourceRow, TargetRow};
use super::people::{Named, People};
use crate::lexicon::{EntryId, Inventory, Target};
use crate::statistics::evidence::{Thresholds, assess_rate};
use crate::statistics::rate::rate_interval_of;
use crate::statistics::{Document, PER_WORDS, Totals, moments};
use crate::tally::{Moments, ReportCount};

/// Names that were found and not declared: how many of the most mentioned ones are listed, beside
/// every labelled one.
const FOUND_NAMES: usize = 100;

/// Every declared target that is mentioned, every labelled one, and the most mentioned found names.
pub(super) fn targets(
    cells: &Cells<'_>,
    people: &People<'_>,
    thresholds: &Thresholds,
) -> Vec<TargetRow> {
    let mut named: Vec<(usize, &str, &[Named])> = Vec::new();
    for (target, _) in people.iter() {
        let by_outlet = people.by_outlet(cells, target).into_iter();
        let mentioned = by_outlet.filter(|(_, of)| of.iter().any(|named| named.mentions() > 0));
        named.extend(mentioned.map(|(place, of)| (place, target, of)));
    }
    // By outlet, then as the targets come.
    named.sort_by_key(|(place, ..)| *place);
    let row = |(place, target, named): (usize, &str, &[Named])| {
        let (outlet, _) = cells.outlets[place];
        target_row(
            cells.inventory,
            people,
            (outlet, target, people.mentions_in(place)),
            named,
            thresholds,
        )
    };
    named.into_iter().map(row).collect()
}

/// Of targets, each with whether it is shown whatever its mentions, those that are shown.
pub(super) fn choose_targets<'a>(
    targets: impl Iterator<Item = (&'a str, bool, u64)>,
) -> BTreeSet<&'a str> {
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    let mut found = Vec::new();
    for (target, always, mentions) in targets {
        if always {
            shown.insert(target);
        } else {
            found.push((std::cmp::Reverse(mentions), target));
        }
    }
    found.sort_unstable();
    shown.extend(found.into_iter().take(FOUND_NAMES).map(|(_, target)| target));
    shown
}

fn target_row(
    inventory: &Inventory,
    people: &People<'_>,
    (outlet, id, all): (&str, &str, u64),
    named: &[Named],
    thresholds: &Thresholds,
) -> TargetRow {
    let every = |_| true;
    let documents: Vec<Document> = named.iter().map(|named| named.document(&every)).collect();
    let mut by_term = LabelSums::new();
    for label in named.iter().flat_map(Named::all_labels) {
        let key = (label.entry, label.voice.name(), label.rule);
        *by_term.entry(key).or_insert(0) += u64::from(label.labels);
    }
    let sums = TargetSums {
        all,
        mentions: named.iter().map(Named::mentions).sum(),
        articles: named.iter().filter(|named| named.mentions() > 0).count() as u64,
        worded: moments(&documents),
        labelled: named.iter().map(Named::labelled).sum(),
        by_term,
    };
    row_of_sums(inventory, people.declared(id), (outlet, id), sums, thresholds)
}

/// Labels on a target by term, voice and rule.
pub(super) type LabelSums = BTreeMap<(EntryId, &'static str, &'static str), u64>;

/// What is counted of a target in one outlet.
pub(super) struct TargetSums {
    /// Mentions of all targets.
    pub(super) all: u64,
    /// Mentions in every voice.
    pub(super) mentions: u64,
    /// Articles with one.
    pub(super) articles: u64,
    /// Labels by mentions, in the outlet's wording.
    pub(super) worded: Moments,
    /// Mentions that bear a label, in the outlet's wording.
    pub(super) labelled: u64,
    /// Labels in every voice.
    pub(super) by_term: LabelSums,
}

/// The row of a target.
pub(super) fn row_of_sums(
    inventory: &Inventory,
    declared: Option<&Target>,
    (outlet, id): (&str, &str),
    sums: TargetSums,
    thresholds: &Thresholds,
) -> TargetRow {
    let totals = Totals::from(&sums.worded);
    let scale = PER_MENTIONS / PER_WORDS;
    let interval = rate_interval_of(&sums.worded, thresholds.alpha)
        .filter(|_| totals.articles >= thresholds.least_articles)
        .map(|limits| limits.interval);
    let label = |((entry, voice, rule), labels): ((EntryId, &str, &str), u64)| LabelRow {
        lexicon: inventory.lexicon_of(entry).id.clone(),
        category: inventory.category(entry).map(|c| c.id.clone()).unwrap_or_default(),
        term: inventory.term(entry).text.clone(),
        voice: voice.to_owned(),
        rule: rule.to_owned(),
        labels,
    };
    TargetRow {
        outlet: outlet.to_owned(),
        target: id.to_owned(),
        title: declared.map_or(id, |declared| &declared.title).to_owned(),
        kind: declared.map(|target| target.kind.name().to_owned()),
        mentions: sums.mentions,
        attention: figure(sums.mentions as f64 / sums.all as f64),
        worded_mentions: totals.words,
        articles: sums.articles,
        labels: totals.hits,
        labelled_mentions: sums.labelled,
        per_100_mentions: figure(totals.rate().map(|rate| rate * scale)),
        low: figure(interval.map(|interval| interval.low * scale)),
        high: figure(interval.map(|interval| interval.high * scale)),
        tier: assess_rate(&totals, thresholds).tier,
        by_term: sums.by_term.into_iter().map(label).collect(),
    }
}

/// A source's key and whether that is a target's.
type SourceKey = (String, bool);

/// Reported speech by outlet and source. Descriptions that differ only by case or by their article
/// are one, written as most often.
pub(super) fn sources(cells: &Cells<'_>, people: &People<'_>) -> Vec<SourceRow> {
    let mut rows = Vec::new();
    for (outlet, range) in &cells.outlets {
        let mut sources: BTreeMap<SourceKey, (BTreeMap<&str, u64>, SourceRow)> = BTreeMap::new();
        for article in cells.articles.rows(range.clone()) {
            let mut seen = BTreeSet::new();
            for report in &article.reports {
                let key = source_key(report);
                let (spellings, row) = sources
                    .entry(key.clone())
                    .or_insert_with(|| (BTreeMap::new(), empty_source(outlet)));
                *spellings.entry(report.source).or_insert(0) += u64::from(report.reports);
                let reports = u64::from(report.reports);
                row.reports += reports;
                row.articles += u64::from(seen.insert(key));
                *row.by_kind.entry(report.kind.name().to_owned()).or_insert(0) += reports;
                *row.by_verb.entry(report.verb.to_owned()).or_insert(0) += reports;
                row.quoted_words += u64::from(report.quoted_words);
                row.attributed_words += u64::from(report.attributed_words);
            }
        }
        let mut named: Vec<SourceRow> = sources
            .into_iter()
            .map(|(key, (spellings, row))| named_row(people, key, &spellings, row))
            .collect();
        named.sort_by(|x, y| {
            (y.reports.cmp(&x.reports))
                .then_with(|| (&x.source, &x.target).cmp(&(&y.source, &y.target)))
        });
        rows.extend(named);
    }
    rows
}

fn source_key(report: &ReportCount<&str>) -> SourceKey {
    if report.named {
        return (report.source.to_owned(), true);
    }
    let lower = report.source.to_lowercase();
    let article = ["a ", "an ", "the "].iter().find_map(|article| lower.strip_prefix(article));
    (article.unwrap_or(&lower).to_owned(), false)
}

fn named_row(
    people: &People<'_>,
    (key, named): SourceKey,
    spellings: &BTreeMap<&str, u64>,
    row: SourceRow,
) -> SourceRow {
    let often = spellings.iter().max_by_key(|(name, n)| (**n, std::cmp::Reverse(**name)));
    let written = often.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    let kind = match (named, people.declared(&key)) {
        (true, Some(_)) => "target",
        (true, None) => "name",
        (false, _) if written.is_empty() => "unnamed",
        (false, _) => "description",
    };
    let source = if named { people.title(&key) } else { written };
    SourceRow { source, kind: kind.to_owned(), target: named.then_some(key), ..row }
}

fn empty_source(outlet: &str) -> SourceRow {
    SourceRow {
        outlet: outlet.to_owned(),
        source: String::new(),
        kind: "unnamed".to_owned(),
        target: None,
        reports: 0,
        articles: 0,
        by_kind: BTreeMap::new(),
        by_verb: BTreeMap::new(),
        quoted_words: 0,
        attributed_words: 0,
    }
}
