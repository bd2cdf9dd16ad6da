//! The same words of one source in several outlets.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::model::{EventOutletRow, MarkRow, ReportedRow, UtteranceRow};
use super::people::People;
use super::side_by_side::passage_row;
use crate::events::{Told, Utterance};

/// What two reports must share: content words that are not in many reports, one with a capital
/// counting twice.
const SHARED: usize = 4;

/// The part of the shorter report's content words that they must share.
const PART: f64 = 0.2;

/// A word is in many reports if it is in more than one of so many, and in more than `FEW`.
const MANY: usize = 8;

/// See [`MANY`].
const FEW: usize = 3;

/// Days between the articles up to which they can report one utterance.
const DAYS: u32 = 1;

/// Utterances that are kept of an event.
const UTTERANCES: usize = 10;

/// An utterance with the article that reports it.
type Said<'t> = (&'t Told, &'t Utterance);

/// Utterances of one source and day that at least two outlets report, those with most words in
/// common first. A report stands in one utterance only.
pub(super) fn utterances(
    people: &People<'_>,
    outlets: &[EventOutletRow],
    told: &[&Told],
) -> Vec<UtteranceRow> {
    let all: Vec<Said<'_>> = told
        .iter()
        .flat_map(|told| told.utterances.iter().map(move |said| (*told, said)))
        .collect();
    let mut reports_with: BTreeMap<&str, usize> = BTreeMap::new();
    for stem in all.iter().flat_map(|(_, said)| said.content.keys()) {
        *reports_with.entry(stem).or_insert(0) += 1;
    }
    let rare = |stem: &str| reports_with.get(stem).is_some_and(|n| *n <= FEW.max(all.len() / MANY));
    let mut pairs: Vec<(Reverse<usize>, usize, usize)> = Vec::new();
    for (x, one) in all.iter().enumerate() {
        for (y, other) in all.iter().enumerate().skip(x + 1) {
            let apart = one.0.outlet != other.0.outlet && near(one.0, other.0);
            if apart && same_source(one.1, other.1) {
                pairs.extend(likeness(one.1, other.1, &rare).map(|score| (Reverse(score), x, y)));
            }
        }
    }
    pairs.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    for (_, x, y) in pairs {
        match (taken.get(&x).copied(), taken.get(&y).copied()) {
            (None, None) => {
                taken.extend([(x, groups.len()), (y, groups.len())]);
                groups.push(vec![x, y]);
            }
            (Some(group), None) | (None, Some(group)) => {
                let new = if taken.contains_key(&x) { y } else { x };
                let outlet = |index: usize| &all[index].0.outlet;
                if groups[group].iter().all(|&member| outlet(member) != outlet(new)) {
                    taken.insert(new, group);
                    groups[group].push(new);
                }
            }
            (Some(_), Some(_)) => {}
        }
    }
    let row = |members: Vec<usize>| {
        let said: Vec<Said<'_>> = members.into_iter().map(|index| all[index]).collect();
        row(people, outlets, &said)
    };
    groups.into_iter().take(UTTERANCES).map(row).collect()
}

fn near(x: &Told, y: &Told) -> bool {
    match (x.date, y.date) {
        (Some(x), Some(y)) => y.since(x).is_ok_and(|span| span.get_days().unsigned_abs() <= DAYS),
        _ => true,
    }
}

/// One target, or two descriptions with a noun in common ("the official", "a senior official").
fn same_source(x: &Utterance, y: &Utterance) -> bool {
    if x.named || y.named {
        return x.named == y.named && x.source == y.source;
    }
    let words = |said: &Utterance| -> BTreeSet<String> {
        let long = said.source.split_whitespace().filter(|word| word.len() > 4);
        long.map(str::to_lowercase).collect()
    };
    !words(x).is_disjoint(&words(y))
}

/// How much two reports share, if it is enough.
fn likeness(x: &Utterance, y: &Utterance, rare: &dyn Fn(&str) -> bool) -> Option<usize> {
    let shared = x.content.iter().filter(|(stem, _)| y.content.contains_key(*stem));
    let (mut words, mut score) = (0, 0);
    for (stem, (_, _, capital)) in shared {
        words += 1;
        score += if rare(stem) { 1 + usize::from(*capital) } else { 0 };
    }
    let shorter = x.content.len().min(y.content.len());
    (score >= SHARED && words as f64 >= PART * shorter as f64).then_some(score)
}

/// The description that says most of who speaks.
fn fullest(said: &[Said<'_>]) -> String {
    let sources = said.iter().map(|(_, said)| said.source.as_str());
    sources.max_by_key(|source| (source.len(), Reverse(*source))).unwrap_or_default().to_owned()
}

fn row(people: &People<'_>, outlets: &[EventOutletRow], said: &[Said<'_>]) -> UtteranceRow {
    let first = said[0].1;
    let shared: Vec<&String> = first
        .content
        .keys()
        .filter(|stem| said.iter().all(|(_, said)| said.content.contains_key(*stem)))
        .collect();
    let words = shared.iter().map(|stem| first.content[*stem].0.to_lowercase());
    let words: BTreeSet<String> = words.collect();
    let reported = |(told, said): &Said<'_>| {
        let mut passage = passage_row(told, &said.passage);
        passage.marks = shared
            .iter()
            .map(|stem| {
                let (_, span, _) = &said.content[*stem];
                let (kind, nothing) = ("shared".to_owned(), String::new());
                MarkRow {
                    start: span.start,
                    end: span.end,
                    kind,
                    term: nothing.clone(),
                    rule: nothing,
                }
            })
            .collect();
        passage.marks.sort();
        ReportedRow {
            outlet: told.outlet.clone(),
            verb: said.verb.clone(),
            kind: said.kind.to_owned(),
            quoted_words: said.quoted_words,
            attributed_words: said.attributed_words,
            passage,
        }
    };
    let mut reports: Vec<ReportedRow> = said.iter().map(reported).collect();
    let column = |outlet: &str| outlets.iter().position(|row| row.outlet == outlet);
    reports.sort_by_key(|report| column(&report.outlet));
    UtteranceRow {
        source: if first.named { people.title(&first.source) } else { fullest(said) },
        date: said.iter().filter_map(|(told, _)| told.date).min().map(|day| day.to_string()),
        shared: words.into_iter().collect(),
        reports,
    }
}
