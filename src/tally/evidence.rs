//! The sentences behind the numbers, sampled by a rule that any split of the corpus obeys.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::{Deserialize, Serialize};

use super::count::{Reading, target_key};
use super::excerpt::{Excerpt, excerpt, joined};
use crate::lexicon::GroupKind;
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
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
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

/// A sentence with the place that it is evidence of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// Id of the article.
    pub article: String,
    /// BLAKE3 of the article's text.
    pub hash: blake3::Hash,
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The story that the article covers, where declared.
    pub event: Option<String>,
    /// Line of the hit in the article's text, counted from 1.
    pub line: u32,
    /// First byte of the hit in the article's text.
    pub offset: u32,
    /// The sentence, blanks joined.
    pub sentence: String,
    /// Bytes of `sentence` that hold the hit.
    pub hit: Span,
    /// The term as the lexicon has it; a target's name for a mention.
    pub term: String,
    /// Zone of the hit.
    pub zone: Zone,
    /// Voice of the hit.
    pub voice: Voice,
    /// After a negation.
    pub negated: bool,
    /// Who speaks, for words that are not the outlet's own.
    pub source: Option<String>,
    /// The verb or phrase that reports it.
    pub cue: Option<String>,
    /// The target that the term is put on, and the name of the rule.
    pub label: Option<(String, &'static str)>,
}

impl Quotation {
    /// Of two copies of an article the smaller one counts.
    fn order(&self) -> (&str, Option<jiff::civil::Date>, Option<&str>) {
        (&self.article, self.date, self.event.as_deref())
    }
}

/// Sentences by outlet and cell, each with the hash that decides whether it is kept.
///
/// The hash is of the text and not of the article's id, so that the copies of an article rank as one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EvidenceSample {
    cells: BTreeMap<(String, Cell), Kept>,
}

/// The sentences of a cell in the order of their ranks, each once. Most cells hold one, a name that
/// was met once: a list has no room to spare.
type Kept = Vec<(Rank, Quotation)>;

/// The hash of a sentence's place that decides whether it is kept.
pub type Rank = [u8; 16];

impl EvidenceSample {
    /// Adds one sentence; a cell that is full keeps those with the smallest hashes.
    fn add(
        &mut self,
        rule: SampleRule,
        cell: (String, Cell),
        rank: Rank,
        make: impl FnOnce() -> Quotation,
    ) {
        let kept = self.cells.entry(cell).or_default();
        let place = kept.binary_search_by_key(&rank, |(rank, _)| *rank);
        if place.is_err_and(|place| place >= rule.per_cell) {
            return;
        }
        match place {
            Err(place) => put(kept, place, (rank, make())),
            // Two terms at one place: the last has the say, except in the last place of a full cell.
            Ok(place) if kept.len() < rule.per_cell || place + 1 < kept.len() => {
                kept[place].1 = make();
            }
            Ok(_) => {}
        }
        kept.truncate(rule.per_cell);
    }

    /// Takes in the sentences of another part of the corpus: associative and commutative.
    #[must_use]
    pub fn merged(mut self, mut other: Self, rule: SampleRule) -> Self {
        if self.cells.len() < other.cells.len() {
            std::mem::swap(&mut self, &mut other);
        }
        for (cell, sentences) in other.cells {
            match self.cells.entry(cell) {
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
        self
    }

    /// Takes in one sentence by its outlet, cell and rank, as [`ranked`](Self::ranked) gives them.
    pub fn insert(
        &mut self,
        rule: SampleRule,
        cell: (String, Cell),
        rank: Rank,
        sentence: Quotation,
    ) {
        insert(self.cells.entry(cell).or_default(), rule, rank, sentence);
    }

    /// Every sentence with its outlet, cell and rank.
    pub fn ranked(&self) -> impl Iterator<Item = (&str, &Cell, &Rank, &Quotation)> {
        self.cells.iter().flat_map(|((outlet, cell), kept)| {
            kept.iter().map(move |(rank, sentence)| (outlet.as_str(), cell, rank, sentence))
        })
    }

    /// Keeps no more sentences a cell than the rule says.
    pub fn limit(&mut self, rule: SampleRule) {
        for kept in self.cells.values_mut() {
            kept.truncate(rule.per_cell);
        }
        self.cells.retain(|_, kept| !kept.is_empty());
    }

    /// Writes found names in their common spelling; cells of two spellings become one, which may
    /// hold more sentences than a rule allows until it is limited.
    pub(super) fn respell(&mut self, spellings: &BTreeMap<String, String>) {
        let common = |name: String| spellings.get(&name).cloned().unwrap_or(name);
        for ((outlet, cell), mut kept) in std::mem::take(&mut self.cells) {
            for (_, quotation) in &mut kept {
                let label = quotation.label.take();
                quotation.label = label.map(|(target, rule)| (common(target), rule));
            }
            let cell = match cell {
                Cell::Label(name) => Cell::Label(common(name)),
                Cell::Mention(name) => Cell::Mention(common(name)),
                other => other,
            };
            let all = self.cells.entry((outlet, cell)).or_default();
            for (rank, quotation) in kept {
                // As cells come in order, the last spelling has the say where two hold one place.
                match all.binary_search_by_key(&rank, |(rank, _)| *rank) {
                    Ok(place) => all[place].1 = quotation,
                    Err(place) => put(all, place, (rank, quotation)),
                }
            }
        }
    }

    /// Every cell: outlet, what it is evidence of, the sentences kept in the order of their hashes.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &Cell, impl Iterator<Item = &Quotation>)> {
        self.cells.iter().map(|((outlet, cell), kept)| {
            (outlet.as_str(), cell, kept.iter().map(|(_, quotation)| quotation))
        })
    }
}

/// Puts a sentence where it belongs; a list that was full grows by one place alone.
fn put(kept: &mut Kept, place: usize, sentence: (Rank, Quotation)) {
    kept.reserve_exact(1);
    kept.insert(place, sentence);
}

fn insert(kept: &mut Kept, rule: SampleRule, rank: Rank, sentence: Quotation) {
    match kept.binary_search_by_key(&rank, |(rank, _)| *rank) {
        // Two copies of one article: the one that the tallies keep.
        Ok(place) if sentence.order() < kept[place].1.order() => kept[place].1 = sentence,
        Ok(_) => {}
        Err(place) if place < rule.per_cell => put(kept, place, (rank, sentence)),
        Err(_) => {}
    }
    kept.truncate(rule.per_cell);
}

/// The sentences of one article, sampled by `rule`; `text_hash` is the one of its tally.
pub fn sentences_of(
    reading: &Reading<'_>,
    text_hash: &blake3::Hash,
    rule: SampleRule,
) -> EvidenceSample {
    let mut sample = EvidenceSample::default();
    if rule.per_cell == 0 {
        return sample;
    }
    let article = reading.article;
    let rank = |cell: &Cell, span: Span| rank(rule.seed, text_hash, cell, span);
    for (index, hit) in reading.hits.iter().enumerate() {
        if hit.dropped.is_some() {
            continue;
        }
        let group = reading.inventory.group_of(hit.entry);
        let owner = reading.inventory.entry(hit.entry).owner;
        let cell = match group.kind {
            GroupKind::Category(category) => Cell::Category(group.lexicon, category),
            GroupKind::Choice(choice) => Cell::Variant(group.lexicon, choice, owner),
            GroupKind::Targets => continue,
        };
        let labels = reading.links.labels.iter().filter(|label| label.hit == index);
        let labels: Vec<(String, &'static str)> = labels
            .map(|label| {
                let target = &reading.links.targets[label.target];
                (target_key(target, reading.inventory), label.rule)
            })
            .collect();
        let term = &reading.inventory.term(hit.entry).text;
        let make = |label: Option<&(String, &'static str)>| Quotation {
            negated: hit.negated,
            label: label.cloned(),
            ..quote(reading, text_hash, hit.span, term.clone(), (hit.zone, hit.voice))
        };
        for label in &labels {
            let cell = Cell::Label(label.0.clone());
            let rank = rank(&cell, hit.span);
            sample.add(rule, (article.outlet.clone(), cell), rank, || make(Some(label)));
        }
        let rank = rank(&cell, hit.span);
        sample.add(rule, (article.outlet.clone(), cell), rank, || make(labels.first()));
    }
    for mention in &reading.links.mentions {
        let target = target_key(&reading.links.targets[mention.target], reading.inventory);
        let cell = Cell::Mention(target);
        let rank = rank(&cell, mention.span);
        let term = mention.span.of(&article.text).to_owned();
        sample.add(rule, (article.outlet.clone(), cell), rank, || {
            quote(reading, text_hash, mention.span, term, (mention.zone, mention.voice))
        });
    }
    sample
}

fn rank(seed: u64, text_hash: &blake3::Hash, cell: &Cell, span: Span) -> Rank {
    let kind = match cell {
        Cell::Category(..) => 0,
        Cell::Variant(..) => 1,
        Cell::Label(_) => 2,
        Cell::Mention(_) => 3,
    };
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes()).update(text_hash.as_bytes()).update(&[kind]);
    hasher.update(&span.start.to_le_bytes()).update(&span.end.to_le_bytes());
    let mut rank = Rank::default();
    rank.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    rank
}

fn quote(
    reading: &Reading<'_>,
    text_hash: &blake3::Hash,
    span: Span,
    term: String,
    (zone, voice): (Zone, Voice),
) -> Quotation {
    let text = &reading.article.text;
    let around = reading.layout.sentence_at(span.start).unwrap_or(span);
    let Excerpt { text: sentence, marks } = excerpt(text, around, &[span]);
    let hit = marks.first().copied().unwrap_or_default();
    let segment = reading.layout.segment_at(span.start);
    let cue = segment.and_then(|s| s.cue).map(|index| &reading.layout.cues[index as usize]);
    let source = segment.and_then(|s| s.source).map(|source| joined(source.of(text)));
    Quotation {
        article: reading.article.id.clone(),
        hash: *text_hash,
        date: reading.article.date,
        event: reading.article.event.clone(),
        line: reading.lines.number(span.start),
        offset: span.start,
        sentence,
        hit,
        term,
        zone,
        voice,
        negated: false,
        source,
        cue: cue.map(|cue| joined(cue.span.of(text))),
        label: None,
    }
}
