//! The counts of a corpus, arranged so that any outlet, category and voice can be read off.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lexicon::{EntryId, Group, GroupKind, Inventory};
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
    /// By group of the inventory, the articles that made the choice.
    choices: Vec<Vec<Chosen>>,
    words: BTreeMap<[bool; 6], Vec<[u32; 4]>>,
    /// Hits by entry and voice of every outlet, in the order of the outlets; entries with none left out.
    entries: Vec<EntryHits>,
    /// The same of the whole corpus.
    all_entries: EntryHits,
}

/// An article that made a choice, by its index, with its uses of every variant in the outlet's wording.
pub(super) type Chosen = (usize, Vec<u64>);

/// Hits by entry, in their order, and voice.
type EntryHits = Vec<(u32, [u64; 4])>;

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
        let of_outlet = |(_, range): &(&str, Range<usize>)| entry_hits(&articles[range.clone()]);
        let entries = outlets.iter().map(of_outlet).collect();
        let all_entries = entry_hits(articles);
        let choices = choices(articles, inventory);
        Self { articles, inventory, outlets, categories, choices, words, entries, all_entries }
    }

    /// The articles of a range that made the choice of a group, in order.
    pub(super) fn choices_in(&self, group: usize, range: &Range<usize>) -> &[Chosen] {
        let all = self.choices.get(group).map_or(&[][..], Vec::as_slice);
        let place = |end: usize| all.partition_point(|(article, _)| *article < end);
        &all[place(range.start)..place(range.end)]
    }

    /// The place of an outlet among those with articles.
    pub(super) fn place_of(&self, outlet: &str) -> Option<usize> {
        self.outlets.binary_search_by(|(id, _)| (*id).cmp(outlet)).ok()
    }

    /// The articles of an outlet; none of one without.
    pub(super) fn range_of(&self, outlet: &str) -> Range<usize> {
        self.place_of(outlet).map_or(0..0, |place| self.outlets[place].1.clone())
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

    /// Hits of each term of a category by voice, by index of the term: of an outlet, by its index, or
    /// of the whole corpus.
    pub(super) fn hits_by_term(
        &self,
        category: &CategoryCells,
        outlet: Option<usize>,
        voice: VoiceGroup,
    ) -> Vec<u64> {
        let range = &self.inventory.groups()[category.group].entries;
        let mut hits = vec![0; range.len()];
        let entries = outlet.map_or(&self.all_entries, |outlet| &self.entries[outlet]);
        for (entry, by_voice) in within(entries, range) {
            let voices = voice.hit_voices().iter();
            hits[(entry - range.start) as usize] =
                voices.map(|&voice| by_voice[voice as usize]).sum();
        }
        hits
    }

    /// Hits of the entries of a group in an outlet, over every voice; entries without any left out.
    pub(super) fn hits_in_all_voices(
        &self,
        group: &Group,
        outlet: usize,
    ) -> impl Iterator<Item = (EntryId, u64)> {
        let found = within(&self.entries[outlet], &group.entries).iter();
        found.map(|(entry, by_voice)| (EntryId(*entry), by_voice.iter().sum()))
    }

    /// How many different terms of a category an article holds.
    pub(super) fn distinct_terms(&self, category: &CategoryCells, article: usize) -> usize {
        let range = &self.inventory.groups()[category.group].entries;
        let counts = &self.articles[article].counts;
        let first = counts.partition_point(|count| count.entry.0 < range.start);
        let here = counts[first..].iter().take_while(|count| count.entry.0 < range.end);
        let mut found: Vec<u32> = here.filter(|c| c.hits > 0).map(|c| c.entry.0).collect();
        found.dedup();
        found.len()
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

/// The entries of a group.
fn within<'a>(entries: &'a EntryHits, group: &Range<u32>) -> &'a [(u32, [u64; 4])] {
    let place = |end: u32| entries.partition_point(|(entry, _)| *entry < end);
    &entries[place(group.start)..place(group.end)]
}

fn choices(articles: &[ArticleTally], inventory: &Inventory) -> Vec<Vec<Chosen>> {
    let mut choices: Vec<Vec<Chosen>> = vec![Vec::new(); inventory.groups().len()];
    for (index, article) in articles.iter().enumerate() {
        for count in &article.counts {
            let entry = inventory.entry(count.entry);
            let group = &inventory.groups()[entry.group];
            let GroupKind::Choice(choice) = group.kind else { continue };
            if count.hits == 0 || !VoiceGroup::Worded.counts(count.voice) {
                continue;
            }
            let variants = inventory.lexicons()[group.lexicon].choices[choice].variants.len();
            let chosen = &mut choices[entry.group];
            if chosen.last().is_none_or(|(last, _)| *last != index) {
                chosen.push((index, vec![0; variants]));
            }
            if let Some((_, uses)) = chosen.last_mut() {
                uses[entry.owner] += u64::from(count.hits);
            }
        }
    }
    choices
}

fn entry_hits(articles: &[ArticleTally]) -> EntryHits {
    let mut hits: BTreeMap<u32, [u64; 4]> = BTreeMap::new();
    for count in articles.iter().flat_map(|article| &article.counts).filter(|c| c.hits > 0) {
        hits.entry(count.entry.0).or_default()[count.voice as usize] += u64::from(count.hits);
    }
    hits.into_iter().collect()
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
