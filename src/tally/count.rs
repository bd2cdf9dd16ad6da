//! From the reading of one article to its tally.

use std::collections::{BTreeMap, BTreeSet};

use super::article::{
    ArticleTally, Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount, VoiceGroup,
    WordCounts,
};
use super::features::features;
use crate::corpus::Article;
use crate::layout::{CueKind, Layout, word_counts};
use crate::lexicon::{GroupKind, Inventory};
use crate::linking::{Label, Links, Speaker, TargetRef, speaker};
use crate::matching::Hit;
use crate::text::words::words;
use crate::text::{Folded, Lines, Span, Voice};

/// Everything that was decided about one article.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Where its lines end.
    pub lines: &'a Lines,
    /// Its words as they are matched.
    pub folded: &'a Folded,
    /// Its zones, sentences and voices.
    pub layout: &'a Layout,
    /// Its hits, dropped ones included.
    pub hits: &'a [Hit],
    /// Its mentions and labels.
    pub links: &'a Links,
    /// The entries that the hits refer to.
    pub inventory: &'a Inventory,
}

/// Counts one article.
pub fn count(reading: &Reading<'_>) -> ArticleTally {
    let article = reading.article;
    ArticleTally {
        outlet: article.outlet.clone(),
        id: article.id.clone(),
        hash: blake3::hash(article.text.as_bytes()),
        date: article.date,
        event: article.event.clone(),
        words: WordCounts(word_counts(&article.text, reading.layout)),
        counts: count_hits(reading),
        clusters: clusters(reading),
        mentions: count_mentions(reading),
        labels: count_labels(reading),
        reports: count_reports(reading),
        features: features(reading.folded, reading.layout),
    }
}

fn is_target(inventory: &Inventory, hit: &Hit) -> bool {
    inventory.group_of(hit.entry).kind == GroupKind::Targets
}

fn count_hits(reading: &Reading<'_>) -> Vec<Count> {
    let mut counts = BTreeMap::new();
    for hit in reading.hits {
        if !hit.is_found() || is_target(reading.inventory, hit) {
            continue;
        }
        let cell = (hit.entry, hit.zone, hit.voice, hit.negated);
        let (hits, found) = counts.entry(cell).or_insert((0, 0));
        *hits += u32::from(hit.dropped.is_none());
        *found += 1;
    }
    let count = |((entry, zone, voice, negated), (hits, found))| Count {
        entry,
        zone,
        voice,
        negated,
        hits,
        found,
    };
    counts.into_iter().map(count).collect()
}

fn clusters(reading: &Reading<'_>) -> Vec<(Cluster, u32)> {
    let mut admitted: Vec<&Hit> = reading
        .hits
        .iter()
        .filter(|hit| hit.is_found() && !is_target(reading.inventory, hit))
        .collect();
    let group = |hit: &Hit| reading.inventory.entry(hit.entry).group;
    admitted.sort_by_key(|hit| (group(hit), hit.span, hit.entry));
    let mut clusters = BTreeMap::new();
    let mut rest = &admitted[..];
    while let Some(first) = rest.first() {
        let mut end = first.span.end;
        let joined = rest
            .iter()
            .take_while(|hit| {
                let joins = group(hit) == group(first) && hit.span.start < end;
                end = end.max(if joins { hit.span.end } else { 0 });
                joins
            })
            .count();
        if joined > 1 {
            let origin = first.span.start;
            let cluster = rest[..joined].iter().map(|hit| candidate(hit, origin)).collect();
            *clusters.entry(Cluster(cluster)).or_insert(0) += 1;
        }
        rest = &rest[joined..];
    }
    clusters.into_iter().collect()
}

fn candidate(hit: &Hit, origin: u32) -> Candidate {
    Candidate {
        start: hit.span.start - origin,
        end: hit.span.end - origin,
        entry: hit.entry,
        wildcards: hit.wildcards,
        zone: hit.zone,
        voice: hit.voice,
        negated: hit.negated,
    }
}

/// The name under which a target is counted: its id where declared, else the name as found.
pub fn target_key(target: &TargetRef, inventory: &Inventory) -> String {
    match target {
        TargetRef::Declared { lexicon, target } => {
            inventory.lexicons()[*lexicon].targets[*target].id.clone()
        }
        TargetRef::Found(name) => name.clone(),
    }
}

fn count_mentions(reading: &Reading<'_>) -> Vec<MentionCount> {
    let worded = |label: &&Label| VoiceGroup::Worded.counts(reading.hits[label.hit].voice);
    let labelled: BTreeSet<usize> =
        reading.links.labels.iter().filter(worded).map(|label| label.mention).collect();
    let mut counts: BTreeMap<(String, Voice), [u32; 2]> = BTreeMap::new();
    for (index, mention) in reading.links.mentions.iter().enumerate() {
        let target = target_key(&reading.links.targets[mention.target], reading.inventory);
        let count = counts.entry((target, mention.voice)).or_default();
        count[0] += 1;
        count[1] += u32::from(labelled.contains(&index));
    }
    let count = |((target, voice), [mentions, labelled]): (_, [u32; 2])| MentionCount {
        target,
        voice,
        mentions,
        labelled,
    };
    counts.into_iter().map(count).collect()
}

fn count_labels(reading: &Reading<'_>) -> Vec<LabelCount> {
    let mut counts = BTreeMap::new();
    for label in &reading.links.labels {
        let hit = &reading.hits[label.hit];
        let target = target_key(&reading.links.targets[label.target], reading.inventory);
        *counts.entry((target, hit.entry, hit.voice, label.rule)).or_insert(0) += 1;
    }
    let count =
        |((target, entry, voice, rule), labels)| LabelCount { target, entry, voice, rule, labels };
    counts.into_iter().map(count).collect()
}

fn count_reports(reading: &Reading<'_>) -> Vec<ReportCount> {
    let text = &reading.article.text;
    let layout = reading.layout;
    let mut counts: BTreeMap<(String, bool, &str, CueKind), [u32; 3]> = BTreeMap::new();
    let keys: Vec<(String, bool, &str, CueKind)> = layout
        .cues
        .iter()
        .map(|cue| {
            let speaker = cue.source.and_then(|source| speaker_of(reading, source));
            let (source, named) = speaker.unwrap_or_default();
            (source, named, cue.lemma.as_str(), cue.kind)
        })
        .collect();
    for key in &keys {
        counts.entry(key.clone()).or_default()[0] += 1;
    }
    for segment in &layout.segments {
        let Some(index) = segment.cue else { continue };
        let given = counts.entry(keys[index as usize].clone()).or_default();
        let length = words(segment.span.of(text)).count() as u32;
        match segment.voice {
            Voice::Quoted => given[1] += length,
            Voice::Attributed => given[2] += length,
            Voice::Own | Voice::Scare => {}
        }
    }
    let count = |((source, named, verb, kind), [reports, quoted_words, attributed_words]): (
        _,
        [u32; 3],
    )| {
        let verb = String::from(verb);
        ReportCount { source, named, verb, kind, reports, quoted_words, attributed_words }
    };
    counts.into_iter().map(count).collect()
}

/// Who the source at a span is: the key of a target and true, or a description and false; `None`
/// where it can't be told.
pub fn speaker_of(reading: &Reading<'_>, source: Span) -> Option<(String, bool)> {
    let sentences = &reading.layout.sentences;
    let at = sentences.partition_point(|sentence| sentence.end <= source.start);
    let start = sentences.get(at.saturating_sub(1)).map_or(source.start, |before| before.start);
    let before = Span { start: start.min(source.start), end: source.start };
    let text = &reading.article.text;
    match speaker(text, reading.folded, reading.links, reading.inventory, source, before) {
        Speaker::Target(target) => {
            Some((target_key(&reading.links.targets[target], reading.inventory), true))
        }
        Speaker::Described(text) => Some((text, false)),
        Speaker::Unnamed => None,
    }
}
