//! Which term of one report is which of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{LexiconChange, TermChange};
use crate::report::{EntryRecord, LexiconRecord, Report};
use crate::text::{Zone, ZoneSet};

/// The entries of both reports side by side, and the categories that either has.
#[derive(Debug)]
pub(super) struct Terms {
    /// Categories of both reports, by lexicon and id.
    pub(super) categories: Vec<CategoryPair>,
    /// Entries of the old and of the new report, in the order of its lexicons.
    pub(super) sides: [Vec<TermPlace>; 2],
}

/// A category as each report has it.
#[derive(Debug)]
pub(super) struct CategoryPair {
    pub(super) lexicon: String,
    pub(super) category: String,
    /// Zones that each report searches for it; `None` where it has no such category.
    pub(super) zones: [Option<ZoneSet>; 2],
    /// Terms that only this report has.
    pub(super) only: [usize; 2],
    /// Whether each of those is a single word, which can take no other term's words.
    pub(super) only_single_words: [bool; 2],
}

impl CategoryPair {
    /// Whether both reports measure it.
    pub(super) fn is_in_both(&self) -> bool {
        self.zones.iter().all(Option::is_some)
    }

    /// Whether the two reports' lexicons count it by different terms or zones.
    pub(super) fn differs(&self) -> bool {
        self.only != [0, 0] || self.zones[0] != self.zones[1]
    }
}

/// An entry of one report.
#[derive(Debug, Clone, Copy)]
pub(super) struct TermPlace {
    /// Index of its category; `None` for choices and targets.
    pub(super) category: Option<usize>,
    /// Index of the same entry in the other report.
    pub(super) partner: Option<u32>,
}

type Named<'a> = (&'a str, &'a EntryRecord);

fn entries(report: &Report) -> Vec<Named<'_>> {
    let of = |lexicon| {
        let lexicon: &LexiconRecord = lexicon;
        lexicon.entries.iter().map(|entry| (lexicon.id.as_str(), entry))
    };
    report.provenance.lexicons.iter().flat_map(of).collect()
}

impl Terms {
    /// Pairs the entries of two reports: the same lexicon, kind, group, variant and fingerprint.
    pub(super) fn new(old: &Report, new: &Report) -> Self {
        let named = [entries(old), entries(new)];
        let partners = pair_entries(&named);
        let mut categories = categories(old, new);
        let place_of: BTreeMap<(String, String), usize> = categories
            .iter()
            .enumerate()
            .map(|(index, pair)| ((pair.lexicon.clone(), pair.category.clone()), index))
            .collect();
        let mut sides = [Vec::new(), Vec::new()];
        for side in 0..2 {
            for (&(lexicon, entry), &partner) in named[side].iter().zip(&partners[side]) {
                let key = (lexicon.to_owned(), entry.group.clone());
                let is_term = entry.kind == "category";
                let category = place_of.get(&key).copied().filter(|_| is_term);
                if let (Some(category), None) = (category, partner) {
                    let pair = &mut categories[category];
                    pair.only[side] += 1;
                    pair.only_single_words[side] &= is_single_word(&entry.term);
                }
                sides[side].push(TermPlace { category, partner });
            }
        }
        Self { categories, sides }
    }

    /// Entries that both reports have.
    pub(super) fn shared(&self) -> u64 {
        self.sides[0].iter().filter(|place| place.partner.is_some()).count() as u64
    }
}

/// Whether a term as written can match one word only.
fn is_single_word(term: &str) -> bool {
    term.chars().all(|c| c.is_alphanumeric() || matches!(c, '*' | '?' | '\'' | '’'))
}

fn categories(old: &Report, new: &Report) -> Vec<CategoryPair> {
    let mut all: BTreeMap<(&str, &str), [Option<ZoneSet>; 2]> = BTreeMap::new();
    for (side, report) in [old, new].into_iter().enumerate() {
        for row in &report.categories {
            let zones = Zone::ALL
                .into_iter()
                .filter(|zone| row.zones.iter().any(|name| name == zone.name()))
                .fold(ZoneSet::EMPTY, ZoneSet::with);
            all.entry((&row.lexicon, &row.category)).or_default()[side] = Some(zones);
        }
    }
    all.into_iter()
        .map(|((lexicon, category), zones)| CategoryPair {
            lexicon: lexicon.to_owned(),
            category: category.to_owned(),
            zones,
            only: [0; 2],
            only_single_words: [true; 2],
        })
        .collect()
}

type EntryKey<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, &'a str, &'a str);

/// For each entry of each side its partner. Those written alike first, then those that differ only
/// in how they are written.
fn pair_entries(named: &[Vec<Named<'_>>; 2]) -> [Vec<Option<u32>>; 2] {
    let mut partners = [vec![None; named[0].len()], vec![None; named[1].len()]];
    for written_alike in [true, false] {
        let mut waiting: BTreeMap<EntryKey<'_>, [Vec<usize>; 2]> = BTreeMap::new();
        for side in 0..2 {
            for (index, (lexicon, entry)) in named[side].iter().enumerate() {
                if partners[side][index].is_none() {
                    let term = if written_alike { entry.term.as_str() } else { "" };
                    let variant = entry.variant.as_deref();
                    let key = (*lexicon, entry.kind.as_str(), entry.group.as_str(), variant);
                    let key = (key.0, key.1, key.2, key.3, entry.hash.as_str(), term);
                    waiting.entry(key).or_default()[side].push(index);
                }
            }
        }
        for [olds, news] in waiting.into_values() {
            for (&old, &new) in olds.iter().zip(&news) {
                partners[0][old] = Some(new as u32);
                partners[1][new] = Some(old as u32);
            }
        }
    }
    partners
}

/// What changed in the lexicons. A term with the same text and place but another fingerprint is
/// `changed`; everything else without a partner was added or removed.
pub(super) fn lexicon_changes(old: &Report, new: &Report, terms: &Terms) -> Vec<LexiconChange> {
    let lexicon_of = |report: &'_ Report, id: &str| -> Option<LexiconRecord> {
        report.provenance.lexicons.iter().find(|lexicon| lexicon.id == id).cloned()
    };
    let ids: BTreeSet<&str> = [old, new]
        .iter()
        .flat_map(|report| report.provenance.lexicons.iter().map(|lexicon| lexicon.id.as_str()))
        .collect();
    let mut changed = term_changes([old, new], terms);
    let mut changes = Vec::new();
    for id in ids {
        let (before, after) = (lexicon_of(old, id), lexicon_of(new, id));
        let change = match (&before, &after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        let terms = match change {
            "changed" => changed.remove(id).unwrap_or_default(),
            _ => Vec::new(),
        };
        let versions = [&before, &after].map(|l| l.as_ref().map(|l| l.version.clone()));
        let hashes = [&before, &after].map(|l| l.as_ref().map(|l| l.hash.as_str()));
        if !terms.is_empty() || versions[0] != versions[1] || hashes[0] != hashes[1] {
            let [version_old, version_new] = versions;
            changes.push(LexiconChange {
                lexicon: id.to_owned(),
                change: change.to_owned(),
                version_old,
                version_new,
                terms,
            });
        }
    }
    changes
}

fn term_changes(reports: [&Report; 2], terms: &Terms) -> BTreeMap<String, Vec<TermChange>> {
    let hits = reports.map(hits_by_entry);
    type Place<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, &'a str);
    let mut places: BTreeMap<Place<'_>, [Vec<usize>; 2]> = BTreeMap::new();
    let named = [entries(reports[0]), entries(reports[1])];
    for (side, named) in named.iter().enumerate() {
        for (index, (lexicon, entry)) in named.iter().enumerate() {
            if terms.sides[side][index].partner.is_none() {
                let variant = entry.variant.as_deref();
                let place =
                    (*lexicon, entry.kind.as_str(), entry.group.as_str(), variant, &*entry.term);
                places.entry(place).or_default()[side].push(index);
            }
        }
    }
    let mut changes: BTreeMap<String, Vec<TermChange>> = BTreeMap::new();
    for ((lexicon, kind, group, variant, term), [olds, news]) in places {
        for index in 0..olds.len().max(news.len()) {
            let (before, after) = (olds.get(index), news.get(index));
            let change = match (before, after) {
                (Some(_), Some(_)) => "changed",
                (Some(_), None) => "removed",
                _ => "added",
            };
            changes.entry(lexicon.to_owned()).or_default().push(TermChange {
                kind: kind.to_owned(),
                group: group.to_owned(),
                variant: variant.map(str::to_owned),
                term: term.to_owned(),
                change: change.to_owned(),
                hits_old: before.map(|&index| hits[0][index]),
                hits_new: after.map(|&index| hits[1][index]),
            });
        }
    }
    changes
}

/// Hits of every entry over all articles.
pub(super) fn hits_by_entry(report: &Report) -> Vec<u64> {
    let mut hits = vec![0; report.provenance.lexicons.iter().map(|l| l.entries.len()).sum()];
    for [entry, _, _, _, count, _] in report.articles.iter().flat_map(|article| &article.hits) {
        if let Some(sum) = hits.get_mut(*entry as usize) {
            *sum += u64::from(*count);
        }
    }
    hits
}
