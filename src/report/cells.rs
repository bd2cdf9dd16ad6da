//! The counts of a corpus, arranged so that any outlet, category and voice can be read off.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::lexicon::{EntryId, Group, GroupKind, Inventory};
use crate::statistics::Document;
use crate::tally::{Articles, Count, VoiceGroup, WordCounts};
use crate::text::ZoneSet;

/// Counts by category and article, words by zones and article.
pub(super) struct Cells<'a> {
    pub(super) articles: &'a Articles,
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
    /// Articles with hits, in order.
    hits: Vec<InArticle>,
    /// The hits of those that have many, with the article, in order.
    many: Vec<(u32, Hits)>,
}

/// An article with hits of a category: there are some ten an article, so it is small.
#[derive(Clone, Copy)]
struct InArticle {
    article: u32,
    /// Six bits a voice and eight for the terms; where these are [`MANY`], the hits stand in `many`.
    packed: u32,
}

/// The hits of a category in an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Hits {
    by_voice: [u32; 4],
    /// How many different terms they are of.
    terms: u32,
}

const MANY: u32 = 0xff;
const MOST_IN_A_VOICE: u32 = 0x3f;

impl<'a> Cells<'a> {
    /// Arranges articles that are sorted by outlet.
    pub(super) fn new(articles: &'a Articles, inventory: &'a Inventory) -> Self {
        let mut cells = Self {
            articles,
            inventory,
            outlets: outlets(articles),
            categories: Vec::new(),
            choices: vec![Vec::new(); inventory.groups().len()],
            words: BTreeMap::new(),
            entries: Vec::new(),
            all_entries: EntryHits::new(),
        };
        let mut place_of_group = vec![None; inventory.groups().len()];
        for (index, group) in inventory.groups().iter().enumerate() {
            if let GroupKind::Category(category) = group.kind {
                place_of_group[index] = Some(cells.categories.len());
                let (lexicon, zones) = (group.lexicon, group.zones);
                let (hits, many) = (Vec::new(), Vec::new());
                cells.categories.push(CategoryCells {
                    lexicon,
                    category,
                    zones,
                    group: index,
                    hits,
                    many,
                });
                let words = cells.words.entry(key(zones));
                words.or_insert_with(|| Vec::with_capacity(articles.len()));
            }
        }
        let mut all = BTreeMap::new();
        for place in 0..cells.outlets.len() {
            let mut entries = BTreeMap::new();
            for index in cells.outlets[place].1.clone() {
                let row = articles.row(index);
                cells.add_words(&row.words);
                for counts in
                    row.counts.chunk_by(|x, y| group_of(inventory, x) == group_of(inventory, y))
                {
                    let group = group_of(inventory, &counts[0]);
                    match place_of_group[group] {
                        Some(category) => cells.categories[category].add(index, counts),
                        None => cells.add_uses(index, group, counts),
                    }
                }
                add_entries(&mut entries, &row.counts);
            }
            for (entry, hits) in &entries {
                let sums: &mut [u64; 4] = all.entry(*entry).or_default();
                sums.iter_mut().zip(hits).for_each(|(sum, hits)| *sum += hits);
            }
            cells.entries.push(entries.into_iter().collect());
        }
        cells.all_entries = all.into_iter().collect();
        cells
    }

    fn add_words(&mut self, words: &WordCounts) {
        for (zones, rows) in &mut self.words {
            let mut sum = [0; 4];
            for (_, row) in zones.iter().zip(words.0).filter(|(counts, _)| **counts) {
                sum.iter_mut().zip(row).for_each(|(sum, words)| *sum += words);
            }
            rows.push(sum);
        }
    }

    fn add_uses(&mut self, article: usize, group: usize, counts: &[Count]) {
        let GroupKind::Choice(choice) = self.inventory.groups()[group].kind else { return };
        let lexicon = &self.inventory.lexicons()[self.inventory.groups()[group].lexicon];
        let mut uses = vec![0; lexicon.choices[choice].variants.len()];
        for count in counts.iter().filter(|count| VoiceGroup::Worded.counts(count.voice)) {
            uses[self.inventory.entry(count.entry).owner] += u64::from(count.hits);
        }
        if uses.iter().any(|&uses| uses > 0) {
            self.choices[group].push((article, uses));
        }
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
        for here in category.within(range) {
            documents[here.article as usize - range.start].hits =
                sum(&category.read(here).by_voice, voice.hit_voices());
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
        let hits = category.hits.iter();
        hits.map(move |here| (here.article as usize, sum(&category.read(here).by_voice)))
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
        let here = category.within(&(article..article + 1)).first();
        here.map_or(0, |here| category.read(here).terms as usize)
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

impl CategoryCells {
    /// The articles of a range that have hits.
    fn within(&self, range: &Range<usize>) -> &[InArticle] {
        let first = |end| self.hits.partition_point(|here| (here.article as usize) < end);
        &self.hits[first(range.start)..first(range.end)]
    }

    /// Adds the counts of an article, sorted by term.
    fn add(&mut self, article: usize, counts: &[Count]) {
        let (mut by_voice, mut terms, mut last) = ([0; 4], 0, None);
        for count in counts.iter().filter(|count| count.hits > 0) {
            by_voice[count.voice as usize] += count.hits;
            terms += u32::from(last != Some(count.entry));
            last = Some(count.entry);
        }
        if terms > 0 {
            self.push(article as u32, Hits { by_voice, terms });
        }
    }

    fn push(&mut self, article: u32, hits: Hits) {
        let few = hits.terms < MANY && hits.by_voice.iter().all(|hits| *hits <= MOST_IN_A_VOICE);
        let packed = match few {
            true => hits.by_voice.iter().fold(hits.terms, |packed, hits| packed << 6 | hits),
            false => {
                self.many.push((article, hits));
                MANY << 24
            }
        };
        self.hits.push(InArticle { article, packed });
    }

    fn read(&self, here: &InArticle) -> Hits {
        let packed = here.packed;
        if packed >> 24 == MANY {
            let place = self.many.binary_search_by_key(&here.article, |(article, _)| *article);
            return place.map_or(Hits::default(), |place| self.many[place].1);
        }
        let voice = |place: u32| packed >> (6 * (3 - place)) & MOST_IN_A_VOICE;
        Hits { by_voice: [voice(0), voice(1), voice(2), voice(3)], terms: packed >> 24 }
    }
}

/// The outlets of articles that are sorted by them, each with its range.
fn outlets(articles: &Articles) -> Vec<(&str, Range<usize>)> {
    let mut outlets: Vec<(&str, Range<usize>)> = Vec::new();
    for index in 0..articles.len() {
        let of = articles.outlet(index);
        match outlets.last_mut() {
            Some((outlet, range)) if *outlet == of => range.end = index + 1,
            _ => outlets.push((of, index..index + 1)),
        }
    }
    outlets
}

fn group_of(inventory: &Inventory, count: &Count) -> usize {
    inventory.entry(count.entry).group
}

fn add_entries(entries: &mut BTreeMap<u32, [u64; 4]>, counts: &[Count]) {
    for count in counts.iter().filter(|count| count.hits > 0) {
        entries.entry(count.entry.0).or_default()[count.voice as usize] += u64::from(count.hits);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn packed_hits_come_back(
            hits in proptest::collection::vec(([0..70u32, 0..70, 0..70, 0..70], 1..260u32), 0..8),
        ) {
            let mut category = CategoryCells {
                lexicon: 0,
                category: 0,
                zones: ZoneSet::DEFAULT,
                group: 0,
                hits: Vec::new(),
                many: Vec::new(),
            };
            let all = || hits.iter().map(|&(by_voice, terms)| Hits { by_voice, terms });
            (0..).zip(all()).for_each(|(article, hits)| category.push(article, hits));
            let read: Vec<Hits> = category.hits.iter().map(|here| category.read(here)).collect();
            prop_assert_eq!(read, all().collect::<Vec<_>>());
        }
    }
}
