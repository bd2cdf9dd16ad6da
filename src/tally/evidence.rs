//! The sentences behind the numbers, sampled by a rule that any split of the corpus obeys.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::count::{Reading, target_key};
use super::excerpt::{excerpt_into, joined_into};
use super::quotation::{Packed, Quotation, Quoted};
use super::sentences::SentenceLog;
use super::spill::SpillError;
use crate::lexicon::GroupKind;
use crate::linking::{Label, Mention};
use crate::matching::Hit;
use crate::text::{Span, Voice, Zone};

/// Which sentences are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SampleRule {
    /// The seed of the run.
    pub seed: u64,
    /// How many sentences a cell keeps.
    pub per_cell: usize,
}

impl Default for SampleRule {
    /// Seed 1, ten sentences.
    fn default() -> Self {
        Self { seed: 1, per_cell: 10 }
    }
}

/// What a sentence is evidence of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// Hits of a category: index of the lexicon, of the category.
    Category(usize, usize),
    /// Uses of a variant: index of the lexicon, of the choice, of the variant.
    Variant(usize, usize, usize),
    /// Labels on a target.
    Label(String),
    /// Mentions of a target, labelled or not.
    Mention(String),
}

impl Cell {
    /// The same with a name in its common spelling.
    pub(super) fn spelled(&self, spellings: &BTreeMap<String, String>) -> Self {
        let common = |name: &String| spellings.get(name).unwrap_or(name).clone();
        match self {
            Self::Label(name) => Self::Label(common(name)),
            Self::Mention(name) => Self::Mention(common(name)),
            other => other.clone(),
        }
    }

    /// The target that it is of.
    fn name(&self) -> Option<&String> {
        match self {
            Self::Label(name) | Self::Mention(name) => Some(name),
            Self::Category(..) | Self::Variant(..) => None,
        }
    }
}

/// Sentences by outlet and cell, each with the hash that decides whether it is kept.
///
/// The hash is of the text and not of the article's id, so that the copies of an article rank as one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceSample {
    outlets: BTreeMap<String, Cells>,
    /// Of cells whose sentences were put elsewhere and were as many as are kept: the last rank. What comes
    /// behind it is not kept.
    bounds: BTreeMap<String, FxHashMap<Cell, Rank>>,
}

/// What is kept of an outlet; put in order where it is read.
type Cells = FxHashMap<Cell, Kept>;

/// The sentences of a cell in the order of their ranks, each once. Most cells hold one, a name that
/// was met once: a list has no room to spare.
type Kept = Vec<(Rank, Packed)>;

/// What is known of the cells of an outlet.
#[derive(Clone, Copy)]
struct OfOutlet<'a> {
    cells: Option<&'a Cells>,
    bounds: Option<&'a FxHashMap<Cell, Rank>>,
}

impl OfOutlet<'_> {
    /// The last rank of a cell that has as many sentences as are kept: what comes behind it is not.
    fn last(self, cell: &Cell, most: usize) -> Option<Rank> {
        let full = self.cells.and_then(|cells| cells.get(cell)).filter(|kept| kept.len() >= most);
        let last = full.and_then(|kept| kept.last()).map(|(last, _)| *last);
        let bound = self.bounds.and_then(|bounds| bounds.get(cell)).copied();
        last.into_iter().chain(bound).min()
    }
}

/// Bytes of a sentence beside its text, and of a cell beside its name and sentences, about.
const SENTENCE: usize = 48;
const CELL: usize = 96;

/// The hash of a sentence's place that decides whether it is kept.
pub type Rank = [u8; 16];

impl EvidenceSample {
    /// Takes in the sentences of another part of the corpus: associative and commutative.
    #[must_use]
    pub fn merged(mut self, mut other: Self, rule: SampleRule) -> Self {
        if self.has_fewer_cells_than(&other) {
            std::mem::swap(&mut self, &mut other);
        }
        for (outlet, cells) in other.outlets {
            let all = self.outlets.entry(outlet).or_default();
            for (cell, sentences) in cells {
                match all.entry(cell) {
                    Entry::Vacant(place) => {
                        let mut sentences = sentences;
                        sentences.truncate(rule.per_cell);
                        place.insert(sentences);
                    }
                    Entry::Occupied(mut place) => {
                        for (rank, sentence) in sentences {
                            insert(place.get_mut(), rule, rank, sentence);
                        }
                    }
                }
            }
        }
        self
    }

    /// Whether it has fewer cells. Of the larger sample no more is looked at than there is of the
    /// smaller one: an article is taken in by all that came before it.
    fn has_fewer_cells_than(&self, other: &Self) -> bool {
        are_fewer(self.outlets.values().map(Cells::len), other.outlets.values().map(Cells::len))
    }

    /// Takes in one sentence by its outlet, cell and rank, as [`ranked`](Self::ranked) gives them.
    pub fn insert(
        &mut self,
        rule: SampleRule,
        (outlet, cell): (String, Cell),
        rank: Rank,
        sentence: Quotation,
    ) {
        let cells = self.outlets.entry(outlet).or_default();
        insert(cells.entry(cell).or_default(), rule, rank, Packed::from(&sentence));
    }

    /// The same for a sentence that is packed already.
    pub(super) fn insert_packed(
        &mut self,
        rule: SampleRule,
        (outlet, cell): (&str, Cell),
        rank: Rank,
        sentence: Packed,
    ) {
        if !self.outlets.contains_key(outlet) {
            self.outlets.insert(outlet.to_owned(), Cells::default());
        }
        if let Some(cells) = self.outlets.get_mut(outlet) {
            insert(cells.entry(cell).or_default(), rule, rank, sentence);
        }
    }

    /// Bytes that the sentences take up, roughly.
    pub fn weight(&self) -> usize {
        let of_sentence = |(_, packed): &(Rank, Packed)| packed.bytes().len() + SENTENCE;
        let of_cell = |(cell, kept): (&Cell, &Kept)| {
            CELL + cell.name().map_or(0, String::len) + kept.iter().map(of_sentence).sum::<usize>()
        };
        self.outlets.values().flatten().map(of_cell).sum()
    }

    /// Puts all sentences elsewhere and keeps in mind what need not be sampled any more.
    ///
    /// # Errors
    /// They can't be put there.
    pub fn spill(&mut self, log: &mut SentenceLog, rule: SampleRule) -> Result<(), SpillError> {
        for (outlet, cells) in std::mem::take(&mut self.outlets) {
            let bounds = self.bounds.entry(outlet.clone()).or_default();
            for (cell, kept) in cells {
                for (rank, sentence) in &kept {
                    log.append(&outlet, &cell, rank, sentence)?;
                }
                let last = kept.last().filter(|_| kept.len() >= rule.per_cell);
                if let Some((last, _)) = last {
                    let bound = bounds.entry(cell).or_insert(*last);
                    *bound = *last.min(bound);
                }
            }
        }
        Ok(())
    }

    /// What is kept of an outlet.
    fn of_outlet(&self, outlet: &str) -> OfOutlet<'_> {
        OfOutlet { cells: self.outlets.get(outlet), bounds: self.bounds.get(outlet) }
    }

    /// Every sentence with its outlet, cell and rank.
    pub fn ranked(&self) -> impl Iterator<Item = (&str, &Cell, &Rank, Quotation)> {
        self.in_order(|_, _| true).flat_map(|(outlet, cell, kept)| {
            kept.iter().map(move |(rank, sentence)| (outlet, cell, rank, sentence.unpacked()))
        })
    }

    /// The wanted cells of every outlet, in order.
    fn in_order(
        &self,
        wanted: impl Fn(&str, &Cell) -> bool,
    ) -> impl Iterator<Item = (&str, &Cell, &Kept)> {
        self.outlets.iter().flat_map(move |(outlet, cells)| {
            let wanted = |(cell, _): &(&Cell, &Kept)| wanted(outlet, cell);
            let mut cells: Vec<(&Cell, &Kept)> = cells.iter().filter(wanted).collect();
            cells.sort_unstable_by_key(|(cell, _)| *cell);
            cells.into_iter().map(move |(cell, kept)| (outlet.as_str(), cell, kept))
        })
    }

    /// Keeps no more sentences a cell than the rule says.
    pub fn limit(&mut self, rule: SampleRule) {
        for cells in self.outlets.values_mut() {
            cells.retain(|_, kept| {
                kept.truncate(rule.per_cell);
                !kept.is_empty()
            });
        }
        self.outlets.retain(|_, cells| !cells.is_empty());
    }

    /// Writes found names in their common spelling; cells of two spellings become one, which may
    /// hold more sentences than a rule allows until it is limited.
    pub(super) fn respell(&mut self, spellings: &BTreeMap<String, String>) {
        let common = |name: &str| spellings.get(name).map_or(name, String::as_str).to_owned();
        let several: FxHashSet<&String> =
            spellings.iter().flat_map(|(one, other)| [one, other]).collect();
        for cells in self.outlets.values_mut() {
            for (_, packed) in cells.values_mut().flatten() {
                if packed.has_label() {
                    let mut quotation = packed.unpacked();
                    let label = quotation.label.take();
                    quotation.label = label.map(|(target, rule)| (common(&target), rule));
                    *packed = Packed::from(&quotation);
                }
            }
            let spelled =
                |cell: &Cell, _: &mut Kept| cell.name().is_some_and(|n| several.contains(n));
            let mut sorted: Vec<(Cell, Kept)> = cells.extract_if(spelled).collect();
            sorted.sort_unstable_by(|(one, _), (two, _)| one.cmp(two));
            for (cell, kept) in sorted {
                let all = cells.entry(cell.spelled(spellings)).or_default();
                for (rank, quotation) in kept {
                    // As cells come in order, the last spelling has the say where two hold one place.
                    match all.binary_search_by_key(&rank, |(rank, _)| *rank) {
                        Ok(place) => all[place].1 = quotation,
                        Err(place) => put(all, place, (rank, quotation)),
                    }
                }
            }
        }
    }

    /// The wanted cells: outlet, what it is evidence of, the sentences kept in the order of their hashes.
    pub fn cells(
        &self,
        wanted: impl Fn(&str, &Cell) -> bool,
    ) -> impl Iterator<Item = (&str, &Cell, impl Iterator<Item = Quotation>)> {
        self.in_order(wanted).map(|(outlet, cell, kept)| {
            (outlet, cell, kept.iter().map(|(_, packed)| packed.unpacked()))
        })
    }
}

/// Puts a sentence where it belongs; a list that was full grows by one place alone.
fn put(kept: &mut Kept, place: usize, sentence: (Rank, Packed)) {
    kept.reserve_exact(1);
    kept.insert(place, sentence);
}

fn insert(kept: &mut Kept, rule: SampleRule, rank: Rank, sentence: Packed) {
    match kept.binary_search_by_key(&rank, |(rank, _)| *rank) {
        // Two copies of one article: the one that the tallies keep.
        Ok(place) if sentence.unpacked().order() < kept[place].1.unpacked().order() => {
            kept[place].1 = sentence;
        }
        Ok(_) => {}
        Err(place) if place < rule.per_cell => put(kept, place, (rank, sentence)),
        Err(_) => {}
    }
    kept.truncate(rule.per_cell);
}

/// The sentences of one article, sampled by `rule`, that would be kept beside those of other articles:
/// merged with these they give the same as all would. `text_hash` is the one of its tally.
pub fn sentences_beyond(
    reading: &Reading<'_>,
    text_hash: &blake3::Hash,
    rule: SampleRule,
    others: &EvidenceSample,
) -> EvidenceSample {
    let mut sample = EvidenceSample::default();
    if rule.per_cell == 0 {
        return sample;
    }
    let outlet = &reading.article.outlet;
    let others = others.of_outlet(outlet);
    let (cells, room) = (Cells::default(), Room::default());
    let mut sampler = Sampler { reading, text_hash, rule, others, cells, room };
    sampler.hits();
    sampler.mentions();
    if !sampler.cells.is_empty() {
        sample.outlets.insert(outlet.clone(), sampler.cells);
    }
    sample
}

/// One article being sampled.
struct Sampler<'a> {
    reading: &'a Reading<'a>,
    text_hash: &'a blake3::Hash,
    rule: SampleRule,
    /// What is kept of other articles of the outlet.
    others: OfOutlet<'a>,
    cells: Cells,
    room: Room,
}

/// Space for sentences, used for one after the other.
#[derive(Default)]
struct Room {
    sentence: String,
    source: String,
    cue: String,
    bytes: Vec<u8>,
}

/// What a sentence is quoted for.
struct Quotable<'a> {
    span: Span,
    term: &'a str,
    zone: Zone,
    voice: Voice,
    negated: bool,
    label: Option<(&'a str, &'static str)>,
}

impl Sampler<'_> {
    fn hits(&mut self) {
        let Reading { hits, links, inventory, .. } = *self.reading;
        for (index, hit) in hits.iter().enumerate().filter(|(_, hit)| hit.dropped.is_none()) {
            let group = inventory.group_of(hit.entry);
            let owner = inventory.entry(hit.entry).owner;
            let cell = match group.kind {
                GroupKind::Category(category) => Cell::Category(group.lexicon, category),
                GroupKind::Choice(choice) => Cell::Variant(group.lexicon, choice, owner),
                GroupKind::Targets => continue,
            };
            // Labels come in the order of the hits.
            let first = links.labels.partition_point(|label| label.hit < index);
            let labels = links.labels[first..].iter().take_while(|label| label.hit == index);
            let named =
                |label: &Label| (target_key(&links.targets[label.target], inventory), label.rule);
            let labels: Vec<(String, &'static str)> = labels.map(named).collect();
            for label in &labels {
                self.add_hit(&Cell::Label(label.0.clone()), hit, Some(label));
            }
            self.add_hit(&cell, hit, labels.first());
        }
    }

    fn add_hit(&mut self, cell: &Cell, hit: &Hit, label: Option<&(String, &'static str)>) {
        let &Hit { span, zone, voice, negated, .. } = hit;
        let term = self.reading.inventory.term(hit.entry).text.as_str();
        let label = label.map(|(target, rule)| (target.as_str(), *rule));
        let last = self.others.last(cell, self.rule.per_cell);
        self.add(cell, last, &Quotable { span, term, zone, voice, negated, label });
    }

    fn mentions(&mut self) {
        let reading = self.reading;
        let cell = |target| {
            let cell = Cell::Mention(target_key(target, reading.inventory));
            (self.others.last(&cell, self.rule.per_cell), cell)
        };
        let cells: Vec<(Option<Rank>, Cell)> = reading.links.targets.iter().map(cell).collect();
        for &Mention { target, span, zone, voice } in &reading.links.mentions {
            let term = span.of(&reading.article.text);
            let place = Quotable { span, term, zone, voice, negated: false, label: None };
            let (last, cell) = &cells[target];
            self.add(cell, *last, &place);
        }
    }

    /// Adds one sentence unless others come before it; a cell that is full keeps those with the
    /// smallest hashes. `last` is what is known of it from other articles.
    fn add(&mut self, cell: &Cell, last: Option<Rank>, place: &Quotable<'_>) {
        let rank = rank(self.rule.seed, self.text_hash, cell, place.span);
        let most = self.rule.per_cell;
        if last.is_some_and(|last| last < rank) {
            return;
        }
        let kept = match self.cells.get_mut(cell) {
            Some(kept) => kept,
            None => self.cells.entry(cell.clone()).or_default(),
        };
        let (reading, text_hash, room) = (self.reading, self.text_hash, &mut self.room);
        match kept.binary_search_by_key(&rank, |(rank, _)| *rank) {
            Err(at) if at >= most => return,
            Err(at) => put(kept, at, (rank, quote(reading, text_hash, place, room))),
            // Two terms at one place: the last has the say, except in the last place of a full cell.
            Ok(at) if kept.len() < most || at + 1 < kept.len() => {
                kept[at].1 = quote(reading, text_hash, place, room);
            }
            Ok(_) => {}
        }
        kept.truncate(most);
    }
}

fn rank(seed: u64, text_hash: &blake3::Hash, cell: &Cell, span: Span) -> Rank {
    let kind = match cell {
        Cell::Category(..) => 0,
        Cell::Variant(..) => 1,
        Cell::Label(_) => 2,
        Cell::Mention(_) => 3,
    };
    let mut place = [0; 49];
    place[..8].copy_from_slice(&seed.to_le_bytes());
    place[8..40].copy_from_slice(text_hash.as_bytes());
    place[40] = kind;
    place[41..45].copy_from_slice(&span.start.to_le_bytes());
    place[45..].copy_from_slice(&span.end.to_le_bytes());
    let mut rank = Rank::default();
    rank.copy_from_slice(&blake3::hash(&place).as_bytes()[..16]);
    rank
}

fn quote(
    reading: &Reading<'_>,
    hash: &blake3::Hash,
    place: &Quotable<'_>,
    room: &mut Room,
) -> Packed {
    let text = &reading.article.text;
    let &Quotable { span, term, zone, voice, negated, label } = place;
    let around = reading.layout.sentence_at(span.start).unwrap_or(span);
    let hit = excerpt_into(&mut room.sentence, text, around, span);
    let segment = reading.layout.segment_at(span.start);
    let cue = segment.and_then(|s| s.cue).map(|index| &reading.layout.cues[index as usize]);
    let source = segment.and_then(|segment| segment.source);
    let quoted = Quoted {
        article: &reading.article.id,
        hash,
        date: reading.article.date,
        event: reading.article.event.as_deref(),
        line: reading.lines.number(span.start),
        offset: span.start,
        sentence: &room.sentence,
        hit,
        term,
        zone,
        voice,
        negated,
        source: source.map(|source| joined_into(&mut room.source, source.of(text))),
        cue: cue.map(|cue| joined_into(&mut room.cue, cue.span.of(text))),
        label,
    };
    quoted.packed(&mut room.bytes)
}

/// Whether the sum of `ours` is the smaller one; each goes on only while it is not ahead.
fn are_fewer(
    mut ours: impl Iterator<Item = usize>,
    mut theirs: impl Iterator<Item = usize>,
) -> bool {
    let (mut here, mut there) = (0, 0);
    loop {
        let is_behind = here < there;
        let (next, sum) =
            if is_behind { (ours.next(), &mut here) } else { (theirs.next(), &mut there) };
        match next {
            Some(number) => *sum += number,
            None => return is_behind,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell as Counter;

    use super::*;

    fn sample(cells: &[usize]) -> EvidenceSample {
        let cells_of = |number| (0..number).map(|n| (Cell::Mention(n.to_string()), Kept::new()));
        let outlet = |(at, &number)| (format!("{at:04}"), cells_of(number).collect::<Cells>());
        EvidenceSample {
            outlets: cells.iter().enumerate().map(outlet).collect(),
            bounds: BTreeMap::new(),
        }
    }

    #[test]
    fn the_smaller_sample_is_told_without_counting_the_larger() {
        for (one, other) in [
            (&[][..], &[][..]),
            (&[], &[1]),
            (&[0, 0], &[0]),
            (&[2, 2], &[4]),
            (&[2, 2], &[3, 2]),
            (&[5], &[1, 1, 1, 1]),
            (&[1, 1, 1], &[4, 9]),
        ] {
            let fewer = one.iter().sum::<usize>() < other.iter().sum::<usize>();
            assert_eq!(
                sample(one).has_fewer_cells_than(&sample(other)),
                fewer,
                "{one:?} {other:?}"
            );
        }
        let asked = Counter::new(0);
        let many = (0..1000).map(|_| {
            asked.set(asked.get() + 1);
            1
        });
        assert!(!are_fewer(many, [2, 1].into_iter()));
        assert!(asked.get() <= 4);
    }
}
