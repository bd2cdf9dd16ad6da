//! Rows that are read straight off the tallies: outlets, categories, terms, articles.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::cells::Cells;
use super::model::{ArticleRow, CategoryRow, CountedTerms, OutletRow, TermHits, TermRows};
use super::{Inputs, OutletInfo};
use crate::lexicon::{Category, EntryId, Measure};
use crate::tally::{Candidate, Row, VoiceGroup};
use crate::text::{Voice, Zone};

/// The groups of articles; one that is declared and has no article stands there with none.
pub(super) fn outlets(cells: &Cells<'_>, inputs: &Inputs<'_>) -> Vec<OutletRow> {
    let declared = inputs.outlets.iter().map(|outlet| (outlet.id.as_str(), Some(outlet)));
    let present = cells.outlets.iter().map(|(outlet, _)| (*outlet, None));
    let mut all: BTreeMap<&str, Option<&OutletInfo>> = present.collect();
    all.extend(declared);
    all.into_iter()
        .map(|(id, info)| outlet_row(cells, inputs, id, info, cells.range_of(id)))
        .collect()
}

fn outlet_row(
    cells: &Cells<'_>,
    inputs: &Inputs<'_>,
    id: &str,
    info: Option<&OutletInfo>,
    range: Range<usize>,
) -> OutletRow {
    let articles = cells.articles;
    let dates = || range.clone().filter_map(|index| articles.date(index));
    let events: BTreeSet<&str> = range.clone().filter_map(|index| articles.event(index)).collect();
    let (mut words, mut empty_articles) = ([[0u64; 4]; 6], 0);
    for index in range.clone() {
        let counted = articles.words(index);
        empty_articles += u64::from(counted.total() == 0);
        let cells = words.as_flattened_mut().iter_mut().zip(counted.0.as_flattened());
        cells.for_each(|(sum, words)| *sum += u64::from(*words));
    }
    let text_zones = || Zone::ALL.into_iter().filter(|&zone| zone != Zone::Boilerplate);
    let in_voice =
        |voice: Voice| text_zones().map(|zone| words[zone as usize][voice as usize]).sum();
    OutletRow {
        outlet: id.to_owned(),
        name: info.map_or(id, |info| &info.name).to_owned(),
        groups: info.map(|info| info.groups.clone()).unwrap_or_default(),
        articles: range.len() as u64,
        empty_articles,
        duplicates: inputs.duplicates.get(id).copied().unwrap_or(0),
        events: events.len() as u64,
        first: dates().min().map(|date| date.to_string()),
        last: dates().max().map(|date| date.to_string()),
        words: text_zones().flat_map(|zone| words[zone as usize]).sum(),
        words_by_voice: Voice::ALL
            .into_iter()
            .map(|voice| (voice.name().to_owned(), in_voice(voice)))
            .collect(),
        words_by_zone: Zone::ALL
            .into_iter()
            .map(|zone| (zone.name().to_owned(), words[zone as usize].iter().sum()))
            .collect(),
    }
}

/// The categories, in the order of the lexicons.
pub(super) fn categories(cells: &Cells<'_>) -> Vec<CategoryRow> {
    let row = |category| {
        let model = cells.model(category);
        let hits = cells.hits_by_term(category, None, VoiceGroup::All);
        let with_hits = hits.iter().filter(|hits| **hits > 0).count() as u64;
        category_row(cells.lexicon_id(category), model, with_hits)
    };
    cells.categories.iter().map(row).collect()
}

/// A category, with how many of its terms have a hit.
pub(super) fn category_row(lexicon: &str, model: &Category, terms_with_hits: u64) -> CategoryRow {
    CategoryRow {
        lexicon: lexicon.to_owned(),
        category: model.id.clone(),
        title: model.title.clone(),
        description: model.description.clone(),
        sources: model.sources.clone(),
        zones: model.zones.iter().map(|zone| zone.name().to_owned()).collect(),
        topic_sensitive: model.topic_sensitive,
        measure: match model.measure {
            Measure::Rate => "rate".to_owned(),
            Measure::Articles { .. } => "articles".to_owned(),
        },
        distinct: match model.measure {
            Measure::Rate => None,
            Measure::Articles { distinct } => Some(distinct),
        },
        terms: model.terms.len() as u64,
        terms_with_hits,
    }
}

/// Hits by outlet, term and voice; only rows with something found.
pub(super) fn terms(cells: &Cells<'_>) -> TermRows {
    let mut terms = CountedTerms::default();
    for (outlet, range) in &cells.outlets {
        let mut counts: BTreeMap<(u32, usize), [u64; 3]> = BTreeMap::new();
        for article in cells.articles.rows(range.clone()) {
            let mut in_article: BTreeMap<(u32, usize), [u64; 2]> = BTreeMap::new();
            for count in &article.counts {
                for (index, voice) in VoiceGroup::ALL.into_iter().enumerate() {
                    if voice.counts(count.voice) {
                        let sum = in_article.entry((count.entry.0, index)).or_default();
                        sum[0] += u64::from(count.hits);
                        sum[1] += u64::from(count.found);
                    }
                }
            }
            for (cell, [hits, found]) in in_article {
                let sum = counts.entry(cell).or_default();
                sum[0] += hits;
                sum[1] += found;
                sum[2] += u64::from(hits > 0);
            }
        }
        let hits = |((entry, voice), [hits, found, articles_with_hits]): (_, [u64; 3])| TermHits {
            entry: EntryId(entry),
            voice: VoiceGroup::ALL[voice],
            hits,
            found,
            articles_with_hits,
        };
        terms.add(outlet, cells.inventory, counts.into_iter().map(hits));
    }
    terms.into()
}

/// The tally of an article as it is saved.
pub fn article_row(article: &Row<'_>) -> ArticleRow {
    let head = &article.head;
    let hit = |count: &crate::tally::Count| {
        [
            count.entry.0,
            count.zone as u32,
            count.voice as u32,
            u32::from(count.negated),
            count.hits,
            count.found,
        ]
    };
    ArticleRow {
        outlet: head.outlet.to_owned(),
        id: head.id.clone(),
        hash: blake3::Hash::from_bytes(head.hash).to_hex().to_string(),
        date: head.date.map(|date| date.to_string()),
        event: head.event.map(str::to_owned),
        words: article.words.0,
        hits: article.counts.iter().map(hit).collect(),
        clusters: article
            .clusters
            .iter()
            .map(|(cluster, times)| (cluster.0.iter().map(candidate_row).collect(), *times))
            .collect(),
        mentions: article
            .mentions
            .iter()
            .map(|count| (count.target.to_owned(), count.voice as u32, count.mentions))
            .collect(),
        labelled: article
            .mentions
            .iter()
            .filter(|count| count.labelled > 0)
            .map(|count| (count.target.to_owned(), count.voice as u32, count.labelled))
            .collect(),
        labels: article
            .labels
            .iter()
            .map(|count| {
                let (entry, voice) = (count.entry.0, count.voice as u32);
                (count.target.to_owned(), entry, voice, count.rule.to_owned(), count.labels)
            })
            .collect(),
    }
}

fn candidate_row(candidate: &Candidate) -> [u32; 7] {
    [
        candidate.start,
        candidate.end,
        candidate.entry.0,
        u32::from(candidate.wildcards),
        candidate.zone as u32,
        candidate.voice as u32,
        u32::from(candidate.negated),
    ]
}
