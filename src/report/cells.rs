//! The counts of a corpus, arranged so that any outlet, category and voice can be read off.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lexicon::{GroupKind, Inventory};
use crate::statistics::Document;
use crate::tally::{ArticleTally, VoiceGroup};
use crate::text::ZoneSet;

/// Counts by category and article, words by zones and article.
pub(super) struct Cells<'a> {
    pub(super) articles: &'a [ArticleTally],
    pub(super) inventory: &'a Inventory,
    /// Outlets in the order of their ids, each with its articles.
    pub(super) outlets: Vec<(&'a str, Range<usize>)>,
    /// One a category, in the order of the inventory's groups.
    pub(super) categories: Vec<CategoryCells>,
    words: BTreeMap<[bool; 6], Vec<[u32; 4]>>,
}

/// The hits of one category.
pub(super) struct CategoryCells {
    pub(super) lexicon: usize,
    pub(super) category: usize,
    pub(super) zones: ZoneSet,
    /// Index of its group in the inventory.
    pub(super) group: usize,
    /// Articles with hits, in order, with their hits by voice.
    hits: Vec<(usize, [u32; 4])>,
}

impl<'a> Cells<'a> {
    /// Arranges articles that are sorted by outlet.
    pub(super) fn new(articles: &'a [ArticleTally], inventory: &'a Inventory) -> Self {
        let mut outlets: Vec<(&str, Range<usize>)> = Vec::new();
        for (index, article) in articles.iter().enumerate() {
            match outlets.last_mut() {
                Some((outlet, range)) if *outlet == article.outlet => range.end = index + 1,
                _ => outlets.push((&article.outlet, index..index + 1)),
            }
        }
        let mut categories: Vec<CategoryCells> = Vec::new();
        let mut place_of_group = vec![None; inventory.groups().len()];
        for (index, group) in inventory.groups().iter().enumerate() {
            if let GroupKind::Category(category) = group.kind {
                place_of_group[index] = Some(categories.len());
                let (lexicon, zones) = (group.lexicon, group.zones);
                let hits = Vec::new();
                categories.push(CategoryCells { lexicon, category, zones, group: index, hits });
            }
        }
        for (index, article) in articles.iter().enumerate() {
            for count in article.counts.iter().filter(|count| count.hits > 0) {
                let Some(place) = place_of_group[inventory.entry(count.entry).group] else {
                    continue;
                };
                let hits = &mut categories[place].hits;
                if hits.last().is_none_or(|(last, _)| *last != index) {
                    hits.push((index, [0; 4]));
                }
                if let Some((_, by_voice)) = hits.last_mut() {
                    by_voice[count.voice as usize] += count.hits;
                }
            }
        }
        let mut words = BTreeMap::new();
        for category in &categories {
            words.entry(key(category.zones)).or_insert_with(|| words_in(articles, category.zones));
        }
        Self { articles, inventory, outlets, categories, words }
    }

    /// The articles of a range as pairs of hits and words; those without words of that voice keep
    /// their place, with none.
    pub(super) fn documents(
        &self,
        category: &CategoryCells,
        range: &Range<usize>,
        voice: VoiceGroup,
    ) -> Vec<Document> {
        let words = &self.words[&key(category.zones)];
        let sum = |row: &[u32; 4], voices: &[crate::text::Voice]| -> u64 {
            voices.iter().map(|&voice| u64::from(row[voice as usize])).sum()
        };
        let mut documents: Vec<Document> = words[range.clone()]
            .iter()
            .map(|row| Document::new(0, sum(row, voice.voices())))
            .collect();
        let first = category.hits.partition_point(|(article, _)| *article < range.start);
        for (article, by_voice) in &category.hits[first..] {
            if *article >= range.end {
                break;
            }
            documents[article - range.start].hits = sum(by_voice, voice.hit_voices());
        }
        documents
    }

    /// Words of an article in the zones of a category and a voice.
    pub(super) fn words_of(
        &self,
        category: &CategoryCells,
        article: usize,
        voice: VoiceGroup,
    ) -> u32 {
        let row = &self.words[&key(category.zones)][article];
        voice.voices().iter().map(|&voice| row[voice as usize]).sum()
    }

    /// Articles with hits of a category, in their order, with the hits of a voice, which may be none.
    pub(super) fn hits_of(
        &self,
        category: &CategoryCells,
        voice: VoiceGroup,
    ) -> impl Iterator<Item = (usize, u64)> {
        let sum = move |row: &[u32; 4]| {
            voice.hit_voices().iter().map(|&voice| u64::from(row[voice as usize])).sum()
        };
        category.hits.iter().map(move |(article, row)| (*article, sum(row)))
    }

    /// Hits of each term of a category in a range of articles and a voice, by index of the term.
    pub(super) fn hits_by_term(
        &self,
        category: &CategoryCells,
        range: &Range<usize>,
        voice: VoiceGroup,
    ) -> Vec<u64> {
        let entries = &self.inventory.groups()[category.group].entries;
        let mut hits = vec![0; entries.len()];
        for article in &self.articles[range.clone()] {
            let first = article.counts.partition_point(|count| count.entry.0 < entries.start);
            for count in &article.counts[first..] {
                if count.entry.0 >= entries.end {
                    break;
                }
                if voice.counts(count.voice) {
                    hits[(count.entry.0 - entries.start) as usize] += u64::from(count.hits);
                }
            }
        }
        hits
    }

    /// The category's entry in its lexicon.
    pub(super) fn model(&self, category: &CategoryCells) -> &'a crate::lexicon::Category {
        &self.inventory.lexicons()[category.lexicon].categories[category.category]
    }

    /// The id of the category's lexicon.
    pub(super) fn lexicon_id(&self, category: &CategoryCells) -> &'a str {
        &self.inventory.lexicons()[category.lexicon].id
    }
}

fn key(zones: ZoneSet) -> [bool; 6] {
    crate::text::Zone::ALL.map(|zone| zones.contains(zone))
}

fn words_in(articles: &[ArticleTally], zones: ZoneSet) -> Vec<[u32; 4]> {
    let row = |article: &ArticleTally| {
        let mut sum = [0; 4];
        for zone in zones.iter() {
            for (total, words) in sum.iter_mut().zip(article.words.0[zone as usize]) {
                *total += words;
            }
        }
        sum
    };
    articles.iter().map(row).collect()
}
