//! An article in one run of bytes: id, hash, features, words, hits, names.

use rustc_hash::FxHashMap;

use super::names::Names;
use super::row::{Head, Row};
use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::tally::article::{
    ArticleTally, Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount, WordCounts,
};
use crate::tally::bytes::{Numbers, put};
use crate::tally::features::Features;
use crate::text::{Voice, Zone};

/// What the numbers in records stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct Dictionary {
    pub(super) names: Names,
    rules: Vec<&'static str>,
    /// Names that are written as another one.
    pub(super) common: FxHashMap<u32, u32>,
}

/// Appends an article without outlet, event and date; `features` as far as they are kept.
pub(super) fn put_article(
    dictionary: &mut Dictionary,
    bytes: &mut Vec<u8>,
    article: &ArticleTally,
    features: Option<(&[u32], &Features)>,
) {
    put(bytes, article.id.len() as u32);
    bytes.extend(article.id.as_bytes());
    bytes.extend(article.hash.as_bytes());
    let length = features.map_or(0, |(words, features)| features_length(words, features));
    put(bytes, length);
    if let Some((words, features)) = features {
        put_features(bytes, words, features);
    }
    put_words(bytes, &article.words);
    put_counts(bytes, &article.counts);
    put_clusters(bytes, &article.clusters);
    dictionary.put_names(bytes, article);
}

/// A record, read up to its words.
pub(super) struct Opened<'b> {
    pub(super) id: &'b str,
    pub(super) hash: [u8; 32],
    features: &'b [u8],
    rest: Numbers<'b>,
}

impl<'b> Opened<'b> {
    pub(super) fn new(record: &'b [u8]) -> Self {
        let mut bytes = Numbers(record);
        let id = bytes.text();
        let mut hash = [0; 32];
        hash.iter_mut().zip(bytes.take(32)).for_each(|(to, byte)| *to = *byte);
        let length = bytes.number() as usize;
        Self { id, hash, features: bytes.take(length), rest: bytes }
    }

    pub(super) fn features(&self) -> Features {
        let mut bytes = Numbers(self.features);
        let words = bytes.list(whole);
        let counts = words.iter().map(|_| bytes.number()).collect();
        Features { words, counts, sketch: bytes.list(whole) }
    }

    pub(super) fn words(mut self) -> WordCounts {
        words(&mut self.rest)
    }

    /// Words and hits, by which copies of one id are told apart.
    pub(super) fn counted(mut self) -> ([[u32; 4]; 6], Vec<Count>) {
        (words(&mut self.rest).0, counts(&mut self.rest))
    }

    /// Every mention: the number of the name and how often it is mentioned.
    pub(super) fn mentions(mut self, mut each: impl FnMut(u32, u32)) {
        let bytes = &mut self.rest;
        words(bytes);
        counts(bytes);
        bytes.list(|bytes| {
            bytes.number();
            bytes.list(candidate)
        });
        bytes.list(|bytes| {
            let target = bytes.number();
            each(target, mention_of((), bytes).mentions);
        });
    }

    pub(super) fn row<'a>(self, head: Head<'a>, dictionary: &'a Dictionary) -> Row<'a> {
        let mut bytes = self.rest;
        let (words, counts) = (words(&mut bytes), counts(&mut bytes));
        let clusters = bytes.list(|bytes| {
            let times = bytes.number();
            (Cluster(bytes.list(candidate)), times)
        });
        let mut respelled = false;
        let said = &mut respelled;
        let mut mentions = bytes.list(|bytes| dictionary.mention(bytes, said));
        let mut labels = bytes.list(|bytes| dictionary.label(bytes, said));
        let mut reports = bytes.list(|bytes| dictionary.report(bytes, said));
        // They were put in order as they were spelled.
        if respelled {
            mentions.sort_unstable();
            labels.sort_unstable();
            reports.sort_unstable();
        }
        Row { head, words, counts, clusters, mentions, labels, reports }
    }
}

impl Dictionary {
    fn put_names(&mut self, bytes: &mut Vec<u8>, article: &ArticleTally) {
        put(bytes, article.mentions.len() as u32);
        for mention in &article.mentions {
            put(bytes, self.names.number(&mention.target));
            bytes.push(mention.voice as u8);
            put(bytes, mention.mentions);
            put(bytes, mention.labelled);
        }
        put(bytes, article.labels.len() as u32);
        for label in &article.labels {
            put(bytes, self.names.number(&label.target));
            put(bytes, label.entry.0);
            let rule = self.rule(label.rule);
            bytes.extend([label.voice as u8, rule]);
            put(bytes, label.labels);
        }
        put(bytes, article.reports.len() as u32);
        for report in &article.reports {
            put(bytes, self.names.number(&report.source));
            put(bytes, self.names.number(&report.verb));
            bytes.extend([u8::from(report.named), report.kind as u8]);
            put(bytes, report.reports);
            put(bytes, report.quoted_words);
            put(bytes, report.attributed_words);
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

    /// A name as it is written in the corpus, and whether that is another way than here.
    fn spelled(&self, number: u32, respelled: &mut bool) -> &str {
        let common = self.common.get(&number);
        *respelled |= common.is_some();
        self.names.get(common.copied().unwrap_or(number))
    }

    fn mention(&self, bytes: &mut Numbers<'_>, respelled: &mut bool) -> MentionCount<&str> {
        mention_of(self.spelled(bytes.number(), respelled), bytes)
    }

    fn label(&self, bytes: &mut Numbers<'_>, respelled: &mut bool) -> LabelCount<&str> {
        LabelCount {
            target: self.spelled(bytes.number(), respelled),
            entry: EntryId(bytes.number()),
            voice: voice(bytes),
            rule: self.rules.get(usize::from(bytes.byte())).copied().unwrap_or_default(),
            labels: bytes.number(),
        }
    }

    fn report(&self, bytes: &mut Numbers<'_>, respelled: &mut bool) -> ReportCount<&str> {
        let source = bytes.number();
        let verb = self.names.get(bytes.number());
        let named = bytes.byte() == 1;
        ReportCount {
            source: if named { self.spelled(source, respelled) } else { self.names.get(source) },
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

/// Words by zone and voice: which of the 24 there are, and how many of each.
fn put_words(bytes: &mut Vec<u8>, words: &WordCounts) {
    let cells = words.0.as_flattened();
    let there = cells.iter().rev().fold(0, |bits, &n| bits << 1 | u32::from(n > 0));
    put(bytes, there);
    cells.iter().filter(|&&n| n > 0).for_each(|&n| put(bytes, n));
}

fn put_counts(bytes: &mut Vec<u8>, counts: &[Count]) {
    put(bytes, counts.len() as u32);
    let mut last = 0u32;
    for count in counts {
        put(bytes, count.entry.0.wrapping_sub(last));
        last = count.entry.0;
        let once = (count.hits, count.found) == (1, 1);
        let place = placed(count.zone, count.voice, count.negated);
        bytes.push(place | if once { ONCE } else { 0 });
        if !once {
            put(bytes, count.hits);
            put(bytes, count.found);
        }
    }
}

fn put_clusters(bytes: &mut Vec<u8>, clusters: &[(Cluster, u32)]) {
    put(bytes, clusters.len() as u32);
    for (cluster, times) in clusters {
        put(bytes, *times);
        put(bytes, cluster.0.len() as u32);
        for candidate in &cluster.0 {
            put(bytes, candidate.start);
            put(bytes, candidate.end);
            put(bytes, candidate.entry.0);
            let place = placed(candidate.zone, candidate.voice, candidate.negated);
            bytes.extend([candidate.wildcards, place]);
        }
    }
}

/// Bytes of what [`put_features`] appends.
fn features_length(words: &[u32], features: &Features) -> u32 {
    let mut bytes = Vec::with_capacity(1024);
    put_features(&mut bytes, words, features);
    bytes.len() as u32
}

fn put_features(bytes: &mut Vec<u8>, words: &[u32], features: &Features) {
    put_whole(bytes, words);
    features.counts.iter().take(words.len()).for_each(|&count| put(bytes, count));
    put_whole(bytes, &features.sketch);
}

/// Numbers that use all of their four bytes.
fn put_whole(bytes: &mut Vec<u8>, numbers: &[u32]) {
    put(bytes, numbers.len() as u32);
    numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
}

fn whole(bytes: &mut Numbers<'_>) -> u32 {
    bytes.take(4).iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte))
}
