//! What changed in the lexicons.

use std::collections::{BTreeMap, BTreeSet};

use super::model::{LexiconChange, TermChange};
use super::terms::{Terms, entries};
use crate::report::{LexiconRecord, Report};

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
