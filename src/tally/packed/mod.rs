//! The articles of a corpus, packed: a few hundred bytes each, whatever their length.
//!
//! Every name stands once for all articles. Counts are numbers of one or two bytes in one run of bytes an
//! article, read one article at a time. The hash, and where the rest is, stand apart: they decide the order.

mod names;
mod row;
#[cfg(test)]
mod tests;

use rustc_hash::{FxHashMap, FxHashSet};

use super::article::{
    ArticleTally, Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount, WordCounts,
};

use super::bytes::{Numbers, put};
use super::features::Features;

use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::text::{Voice, Zone};
use names::Names;
pub use row::{Head, Row};

/// Which features are kept: they are half of what is known of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keep {
    /// Content words, for finding events; else the sketch alone, for finding near copies.
    pub words: bool,
    /// Different articles above which none are kept.
    pub up_to: usize,
}

impl Default for Keep {
    /// All of all articles.
    fn default() -> Self {
        Self { words: true, up_to: usize::MAX }
    }
}

/// Counted articles; once sorted, in the order of every sum and shuffle.
#[derive(Debug, Clone, Default)]
pub struct Articles {
    keep: Keep,
    names: Names,
    rules: Vec<&'static str>,
    places: Vec<Place>,
    ids: Vec<u8>,
    counts: Vec<u8>,
    features: Vec<u8>,
    /// Outlets and hashes, until they are more than features are kept of.
    different: FxHashSet<(u32, [u8; 16])>,
    /// Names that are written as another one.
    common: FxHashMap<u32, u32>,
}

/// What decides the order of an article, and where the rest of it begins.
#[derive(Debug, Clone)]
struct Place {
    outlet: u32,
    /// [`NONE`] where no event is declared.
    event: u32,
    date: Option<jiff::civil::Date>,
    hash: [u8; 32],
    id: usize,
    counts: usize,
    features: usize,
}

const NONE: u32 = u32::MAX;

impl Articles {
    /// None as yet.
    pub fn new(keep: Keep) -> Self {
        Self { keep, ..Self::default() }
    }

    /// Adds an article.
    pub fn push(&mut self, article: &ArticleTally) {
        let place = Place {
            outlet: self.names.number(&article.outlet),
            event: article.event.as_ref().map_or(NONE, |event| self.names.number(event)),
            date: article.date,
            hash: *article.hash.as_bytes(),
            id: self.ids.len(),
            counts: self.counts.len(),
            features: self.features.len(),
        };
        put(&mut self.ids, article.id.len() as u32);
        self.ids.extend(article.id.as_bytes());
        self.put_words(&article.words);
        self.put_counts(&article.counts);
        self.put_clusters(&article.clusters);
        self.put_names(article);
        self.put_features(&place, &article.features);
        self.places.push(place);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// Which article stands at a place.
    pub fn head(&self, index: usize) -> Head<'_> {
        let place = &self.places[index];
        Head {
            outlet: self.names.get(place.outlet),
            id: self.id(place),
            hash: &place.hash,
            date: place.date,
            event: (place.event != NONE).then(|| self.names.get(place.event)),
        }
    }

    /// Every article.
    pub fn heads(&self) -> impl Iterator<Item = Head<'_>> {
        (0..self.len()).map(|index| self.head(index))
    }

    /// What was counted of the article at a place.
    pub fn row(&self, index: usize) -> Row<'_> {
        let mut bytes = self.bytes(&self.places[index]);
        let (words, counts) = (words(&mut bytes), counts(&mut bytes));
        let clusters = bytes.list(|bytes| {
            let times = bytes.number();
            (Cluster(bytes.list(candidate)), times)
        });
        let mut mentions = bytes.list(|bytes| self.mention(bytes));
        let mut labels = bytes.list(|bytes| self.label(bytes));
        let mut reports = bytes.list(|bytes| self.report(bytes));
        if !self.common.is_empty() {
            mentions.sort_unstable();
            labels.sort_unstable();
            reports.sort_unstable();
        }
        Row { head: self.head(index), words, counts, clusters, mentions, labels, reports }
    }

    /// What was counted of the articles in a range of places, or of all.
    pub fn rows(&self, range: std::ops::Range<usize>) -> impl Iterator<Item = Row<'_>> {
        range.map(|index| self.row(index))
    }

    /// Words by zone and voice of the article at a place.
    pub fn words(&self, index: usize) -> WordCounts {
        words(&mut self.bytes(&self.places[index]))
    }

    /// The features of the article at a place, as far as they are kept.
    pub fn features(&self, index: usize) -> Features {
        let mut bytes = Numbers(self.features.get(self.places[index].features..).unwrap_or(&[]));
        let words = bytes.list(whole);
        let counts = words.iter().map(|_| bytes.number()).collect();
        Features { words, counts, sketch: bytes.list(whole) }
    }

    /// Brings them into order: outlet, id, hash; copies with one id by what else is known of them, so
    /// that the order in which they came is forgotten.
    pub(super) fn sort(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        let name = |number: u32| (number != NONE).then(|| self.names.get(number));
        places.sort_unstable_by(|a, b| {
            let key = |place: &Place| (place.hash, place.date);
            (name(a.outlet), self.id(a))
                .cmp(&(name(b.outlet), self.id(b)))
                .then_with(|| key(a).cmp(&key(b)))
                .then_with(|| name(a.event).cmp(&name(b.event)))
                .then_with(|| self.counted(a).cmp(&self.counted(b)))
        });
        self.places = places;
        self.names.close();
        self.different = FxHashSet::default();
    }

    /// Keeps the articles for which `keep` says so, in their order.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(Head<'_>) -> bool) {
        let kept: Vec<bool> = self.heads().map(&mut keep).collect();
        let mut kept = kept.into_iter();
        self.places.retain(|_| kept.next().unwrap_or(true));
    }

    /// Numbers of the names that are mentioned, with how often.
    pub(super) fn mentioned(&self) -> impl Iterator<Item = (u32, &str, u64)> {
        let mut sums = vec![0u64; self.names.len()];
        for index in 0..self.len() {
            let mut bytes = self.bytes(&self.places[index]);
            words(&mut bytes);
            counts(&mut bytes);
            bytes.list(|bytes| {
                bytes.number();
                bytes.list(candidate)
            });
            bytes.list(|bytes| {
                let target = bytes.number();
                sums[target as usize] += u64::from(mention_of((), bytes).mentions);
            });
        }
        let numbered = sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0);
        numbered.map(|(number, sum)| (number as u32, self.name(number as u32), sum))
    }

    /// The name with that number.
    pub(super) fn name(&self, number: u32) -> &str {
        self.names.get(number)
    }

    /// From now on these names are read as others.
    pub(super) fn respell(&mut self, common: FxHashMap<u32, u32>) {
        self.common = common;
    }

    fn bytes(&self, place: &Place) -> Numbers<'_> {
        Numbers(&self.counts[place.counts..])
    }

    fn counted(&self, place: &Place) -> ([[u32; 4]; 6], Vec<Count>) {
        let mut bytes = self.bytes(place);
        (words(&mut bytes).0, counts(&mut bytes))
    }

    fn id(&self, place: &Place) -> &str {
        let mut bytes = Numbers(&self.ids[place.id..]);
        let length = bytes.number() as usize;
        std::str::from_utf8(bytes.take(length)).unwrap_or_default()
    }

    /// Words by zone and voice: which of the 24 there are, and how many of each.
    fn put_words(&mut self, words: &WordCounts) {
        let cells = words.0.as_flattened();
        let there = cells.iter().rev().fold(0, |bits, &n| bits << 1 | u32::from(n > 0));
        put(&mut self.counts, there);
        cells.iter().filter(|&&n| n > 0).for_each(|&n| put(&mut self.counts, n));
    }

    fn put_counts(&mut self, counts: &[Count]) {
        put(&mut self.counts, counts.len() as u32);
        let mut last = 0u32;
        for count in counts {
            put(&mut self.counts, count.entry.0.wrapping_sub(last));
            last = count.entry.0;
            let once = (count.hits, count.found) == (1, 1);
            let place = placed(count.zone, count.voice, count.negated);
            self.counts.push(place | if once { ONCE } else { 0 });
            if !once {
                put(&mut self.counts, count.hits);
                put(&mut self.counts, count.found);
            }
        }
    }

    fn put_clusters(&mut self, clusters: &[(Cluster, u32)]) {
        put(&mut self.counts, clusters.len() as u32);
        for (cluster, times) in clusters {
            put(&mut self.counts, *times);
            put(&mut self.counts, cluster.0.len() as u32);
            for candidate in &cluster.0 {
                put(&mut self.counts, candidate.start);
                put(&mut self.counts, candidate.end);
                put(&mut self.counts, candidate.entry.0);
                let place = placed(candidate.zone, candidate.voice, candidate.negated);
                self.counts.extend([candidate.wildcards, place]);
            }
        }
    }

    fn put_names(&mut self, article: &ArticleTally) {
        put(&mut self.counts, article.mentions.len() as u32);
        for mention in &article.mentions {
            put(&mut self.counts, self.names.number(&mention.target));
            self.counts.push(mention.voice as u8);
            put(&mut self.counts, mention.mentions);
            put(&mut self.counts, mention.labelled);
        }
        put(&mut self.counts, article.labels.len() as u32);
        for label in &article.labels {
            put(&mut self.counts, self.names.number(&label.target));
            put(&mut self.counts, label.entry.0);
            let rule = self.rule(label.rule);
            self.counts.extend([label.voice as u8, rule]);
            put(&mut self.counts, label.labels);
        }
        put(&mut self.counts, article.reports.len() as u32);
        for report in &article.reports {
            put(&mut self.counts, self.names.number(&report.source));
            put(&mut self.counts, self.names.number(&report.verb));
            self.counts.extend([u8::from(report.named), report.kind as u8]);
            put(&mut self.counts, report.reports);
            put(&mut self.counts, report.quoted_words);
            put(&mut self.counts, report.attributed_words);
        }
    }

    /// The number of a rule; there are ten of them.
    fn rule(&mut self, rule: &'static str) -> u8 {
        let place = self.rules.iter().position(|known| *known == rule);
        place.unwrap_or_else(|| {
            self.rules.push(rule);
            self.rules.len() - 1
        }) as u8
    }

    fn put_features(&mut self, place: &Place, features: &Features) {
        if self.keep.up_to == 0 {
            return;
        }
        if self.keep.up_to < usize::MAX {
            let mut start = [0; 16];
            start.copy_from_slice(&place.hash[..16]);
            self.different.insert((place.outlet, start));
            if self.different.len() > self.keep.up_to {
                self.keep.up_to = 0;
                (self.features, self.different) = (Vec::new(), FxHashSet::default());
                return;
            }
        }
        let words = if self.keep.words { &features.words[..] } else { &[] };
        put_whole(&mut self.features, words);
        let counts = features.counts.iter().take(words.len());
        counts.for_each(|&count| put(&mut self.features, count));
        put_whole(&mut self.features, &features.sketch);
    }

    /// A name that may be written otherwise.
    fn target(&self, bytes: &mut Numbers<'_>) -> &str {
        let number = bytes.number();
        self.names.get(self.common.get(&number).copied().unwrap_or(number))
    }

    fn mention(&self, bytes: &mut Numbers<'_>) -> MentionCount<&str> {
        mention_of(self.target(bytes), bytes)
    }

    fn label(&self, bytes: &mut Numbers<'_>) -> LabelCount<&str> {
        LabelCount {
            target: self.target(bytes),
            entry: EntryId(bytes.number()),
            voice: voice(bytes),
            rule: self.rules.get(usize::from(bytes.byte())).copied().unwrap_or_default(),
            labels: bytes.number(),
        }
    }

    fn report(&self, bytes: &mut Numbers<'_>) -> ReportCount<&str> {
        let source = bytes.number();
        let verb = self.name(bytes.number());
        let named = bytes.byte() == 1;
        let common = self.common.get(&source).copied().filter(|_| named);
        ReportCount {
            source: self.names.get(common.unwrap_or(source)),
            named,
            verb,
            kind: CueKind::ALL[usize::from(bytes.byte()) % CueKind::ALL.len()],
            reports: bytes.number(),
            quoted_words: bytes.number(),
            attributed_words: bytes.number(),
        }
    }
}

/// In a count's place: one hit, one match.
const ONCE: u8 = 0x80;

/// Zone, voice and negation in six bits.
fn placed(zone: Zone, voice: Voice, negated: bool) -> u8 {
    (zone as u8) << 3 | (voice as u8) << 1 | u8::from(negated)
}

fn place_of(byte: u8) -> (Zone, Voice, bool) {
    let zone = Zone::ALL[usize::from(byte >> 3 & 7) % Zone::ALL.len()];
    (zone, Voice::ALL[usize::from(byte >> 1 & 3)], byte & 1 == 1)
}

fn voice(bytes: &mut Numbers<'_>) -> Voice {
    Voice::ALL[usize::from(bytes.byte() & 3)]
}

fn words(bytes: &mut Numbers<'_>) -> WordCounts {
    let mut words = WordCounts::default();
    let there = bytes.number();
    for (place, cell) in words.0.as_flattened_mut().iter_mut().enumerate() {
        if there >> place & 1 == 1 {
            *cell = bytes.number();
        }
    }
    words
}

fn counts(bytes: &mut Numbers<'_>) -> Vec<Count> {
    let mut entry = 0u32;
    bytes.list(|bytes| {
        entry = entry.wrapping_add(bytes.number());
        count(bytes, entry)
    })
}

fn count(bytes: &mut Numbers<'_>, entry: u32) -> Count {
    let byte = bytes.byte();
    let (zone, voice, negated) = place_of(byte);
    let (hits, found) = if byte & ONCE == 0 { (bytes.number(), bytes.number()) } else { (1, 1) };
    Count { entry: EntryId(entry), zone, voice, negated, hits, found }
}

fn candidate(bytes: &mut Numbers<'_>) -> Candidate {
    let (start, end, entry) = (bytes.number(), bytes.number(), EntryId(bytes.number()));
    let wildcards = bytes.byte();
    let (zone, voice, negated) = place_of(bytes.byte());
    Candidate { start, end, entry, wildcards, zone, voice, negated }
}

fn mention_of<S>(target: S, bytes: &mut Numbers<'_>) -> MentionCount<S> {
    let voice = voice(bytes);
    MentionCount { target, voice, mentions: bytes.number(), labelled: bytes.number() }
}

/// Numbers that use all of their four bytes.
fn put_whole(bytes: &mut Vec<u8>, numbers: &[u32]) {
    put(bytes, numbers.len() as u32);
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
}

fn whole(bytes: &mut Numbers<'_>) -> u32 {
    bytes.take(4).iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}
