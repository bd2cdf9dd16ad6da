//! Articles whose text changed, and what that did to their hits.

use std::collections::BTreeMap;

use super::articles::Pair;
use super::model::{EditedArticle, EditedHits, EditedSentence, ReadingChanges};
use super::recount::Recount;
use super::terms::{Named, Terms, entries};
use crate::report::{ArticleRow, Report};
use crate::text::{Voice, Zone};

/// Every edited article, moved ones included, with its changed hits.
pub(super) fn edited(
    reports: [&Report; 2],
    terms: &Terms,
    pairs: &[Pair],
    recount: Option<&Recount>,
) -> Vec<EditedArticle> {
    let names = reports.map(entries);
    let mut all = Vec::new();
    for pair in pairs.iter().filter(|pair| !pair.same_text) {
        let (Some(old), Some(new)) = (pair.old, pair.new) else { continue };
        let rows = [&reports[0].articles[old], &reports[1].articles[new]];
        let hits = changed_hits(rows, terms, &names);
        let read = recount.map_or([None; 2], |recount| {
            [0, 1].map(|side: usize| recount.sentences(side, rows[side]))
        });
        let texts_read = [("old", read[0]), ("new", read[1])];
        let texts_read = texts_read.into_iter().filter(|(_, read)| read.is_some());
        all.push(EditedArticle {
            outlet: rows[1].outlet.clone(),
            id: rows[1].id.clone(),
            words_old: words(rows[0]),
            words_new: words(rows[1]),
            texts_read: texts_read.map(|(name, _)| name.to_owned()).collect(),
            sentences: sentences(read, &hits),
            hits,
        });
    }
    all.sort();
    all
}

fn words(row: &ArticleRow) -> u64 {
    let zones = Zone::ALL.into_iter().filter(|zone| *zone != Zone::Boilerplate);
    zones.flat_map(|zone| row.words[zone as usize]).map(u64::from).sum()
}

fn changed_hits(
    rows: [&ArticleRow; 2],
    terms: &Terms,
    names: &[Vec<Named<'_>>; 2],
) -> Vec<EditedHits> {
    // By the side and number of the entry; a shared entry stands under its old number.
    let mut counts: BTreeMap<(usize, u32, u32), [u64; 2]> = BTreeMap::new();
    for (side, row) in rows.iter().enumerate() {
        for &[entry, _, voice, _, hits, _] in &row.hits {
            let Some(place) = terms.sides[side].get(entry as usize) else { continue };
            let key = match (side, place.partner) {
                (1, Some(partner)) => (0, partner),
                _ => (side, entry),
            };
            counts.entry((key.0, key.1, voice)).or_default()[side] += u64::from(hits);
        }
    }
    let changed = counts.into_iter().filter(|(_, [old, new])| old != new);
    let row = |((side, entry, voice), [old, new]): ((usize, u32, u32), [u64; 2])| {
        let (lexicon, record) = names[side].get(entry as usize)?;
        let voice = Voice::ALL.get(voice as usize)?;
        (record.kind != "target").then(|| EditedHits {
            lexicon: (*lexicon).to_owned(),
            category: record.group.clone(),
            term: record.term.clone(),
            voice: voice.name().to_owned(),
            old,
            new,
            term_changed: terms.sides[side][entry as usize].partner.is_none(),
        })
    };
    let mut rows: Vec<EditedHits> = changed.filter_map(row).collect();
    rows.sort();
    rows
}

/// Sentences with a hit that only one of the two texts has; where one text was read, its sentences
/// with a hit of a term whose hits changed.
fn sentences(read: [Option<&[EditedSentence]>; 2], hits: &[EditedHits]) -> Vec<EditedSentence> {
    let [Some(old), Some(new)] = read else {
        let changed = |sentence: &&EditedSentence| {
            hits.iter().any(|row| {
                (&row.lexicon, &row.category, &row.term, &row.voice)
                    == (&sentence.lexicon, &sentence.category, &sentence.term, &sentence.voice)
            })
        };
        let one = read.into_iter().flatten().flatten();
        let mut found: Vec<EditedSentence> = one.filter(changed).cloned().collect();
        found.sort();
        return found;
    };
    let mut left: BTreeMap<[&str; 4], [Vec<&EditedSentence>; 2]> = BTreeMap::new();
    for (side, sentences) in [old, new].into_iter().enumerate() {
        for sentence in sentences {
            let key = [&sentence.lexicon, &sentence.category, &sentence.term, &sentence.sentence];
            left.entry(key.map(String::as_str)).or_default()[side].push(sentence);
        }
    }
    let mut only = Vec::new();
    for [olds, news] in left.into_values() {
        let both = olds.len().min(news.len());
        only.extend(olds[both..].iter().chain(&news[both..]).map(|sentence| (*sentence).clone()));
    }
    only.sort();
    only
}

/// The census of equal articles and equal terms.
pub(super) fn reading(reports: [&Report; 2], terms: &Terms, pairs: &[Pair]) -> ReadingChanges {
    let mut census = ReadingChanges::default();
    for pair in pairs.iter().filter(|pair| pair.same_text) {
        let (Some(old), Some(new)) = (pair.old, pair.new) else { continue };
        let rows = [&reports[0].articles[old], &reports[1].articles[new]];
        let found = [0, 1].map(|side: usize| shared_finds(rows[side], side, terms));
        let hits =
            found.each_ref().map(|found| found.values().map(|f| u64::from(f[0])).sum::<u64>());
        census.articles += 1;
        // Hits may differ because a term that only one report has took the words; what was found of a
        // term does not depend on other terms.
        let finds =
            found.map(|found| found.into_iter().map(|(k, f)| (k, f[1])).collect::<Vec<_>>());
        if finds[0] != finds[1] || rows[0].words != rows[1].words {
            census.articles_counted_otherwise += 1;
        }
        census.hits_old += hits[0];
        census.hits_new += hits[1];
        census.words_old += words(rows[0]);
        census.words_new += words(rows[1]);
    }
    census
}

/// Hits and finds of shared terms by entry (numbered as in the old report), zone, voice, negation.
fn shared_finds(row: &ArticleRow, side: usize, terms: &Terms) -> BTreeMap<[u32; 4], [u32; 2]> {
    let number = |entry: u32| {
        let partner = terms.sides[side].get(entry as usize)?.partner?;
        Some(if side == 0 { entry } else { partner })
    };
    let cell = |&[entry, zone, voice, negated, hits, found]: &[u32; 6]| {
        Some(([number(entry)?, zone, voice, negated], [hits, found]))
    };
    row.hits.iter().filter_map(cell).collect()
}
