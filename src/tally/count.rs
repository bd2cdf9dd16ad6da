//! From the reading of one article to its tally.

use std::collections::BTreeMap;

use super::article::{
    ArticleTally, Candidate, Cluster, Count, LabelCount, MentionCount, ReportCount, VoiceGroup,
    WordCounts,
};
use super::features::{Features, features};
use crate::corpus::Article;
use crate::layout::{Cue, Layout, words_by_place};
use crate::lexicon::{GroupKind, Inventory};
use crate::linking::{Label, Links, Speaker, TargetRef, speaker};
use crate::matching::Hit;
use crate::text::words::WordStarts;
use crate::text::{Folded, Lines, Span, Voice};

/// Everything that was decided about one article.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The article.
    pub article: &'a Article,
    /// Where its lines end.
    pub lines: &'a Lines,
    /// Where its words begin.
    pub starts: &'a WordStarts,
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

/// What a tally is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A row of its own, with the features from which events and near copies are found.
    Row,
    /// Sums alone: no features.
    Sums,
}

/// Counts one article.
pub fn count(reading: &Reading<'_>, purpose: Purpose) -> ArticleTally {
    let article = reading.article;
    ArticleTally {
        outlet: article.outlet.clone(),
        id: article.id.clone(),
        hash: blake3::hash(article.text.as_bytes()),
        date: article.date,
        event: article.event.clone(),
        words: WordCounts(words_by_place(reading.starts, reading.layout)),
        counts: count_hits(reading),
        clusters: clusters(reading),
        mentions: count_mentions(reading),
        labels: count_labels(reading),
        reports: count_reports(reading),
        features: match purpose {
            Purpose::Row => features(reading.folded, reading.layout),
            Purpose::Sums => Features::default(),
        },
    }
}

fn is_target(inventory: &Inventory, hit: &Hit) -> bool {
    inventory.group_of(hit.entry).kind == GroupKind::Targets
}

fn count_hits(reading: &Reading<'_>) -> Vec<Count> {
    let counted = |hit: &&Hit| hit.is_found() && !is_target(reading.inventory, hit);
    let count = |hit: &Hit| Count {
        entry: hit.entry,
        zone: hit.zone,
        voice: hit.voice,
        negated: hit.negated,
        hits: u32::from(hit.dropped.is_none()),
        found: 1,
    };
    let mut counts: Vec<Count> = reading.hits.iter().filter(counted).map(count).collect();
    let cell = |count: &Count| (count.entry, count.zone, count.voice, count.negated);
    counts.sort_unstable_by_key(cell);
    counts.dedup_by(|next, first| {
        let same = cell(next) == cell(first);
        if same {
            first.hits += next.hits;
            first.found += next.found;
        }
        same
    });
    counts
}

fn clusters(reading: &Reading<'_>) -> Vec<(Cluster, u32)> {
    let mut admitted: Vec<&Hit> = reading
        .hits
        .iter()
        .filter(|hit| hit.is_found() && !is_target(reading.inventory, hit))
        .collect();
    let group = |hit: &Hit| reading.inventory.entry(hit.entry).group;
    // Hits come by span and entry; the order within a group stays.
    admitted.sort_by_key(|hit| group(hit));
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
    let Links { targets, mentions, labels } = reading.links;
    let worded = |label: &&Label| VoiceGroup::Worded.counts(reading.hits[label.hit].voice);
    let mut labelled = vec![false; mentions.len()];
    labels.iter().filter(worded).for_each(|label| labelled[label.mention] = true);
    let mut counts = vec![[[0; 2]; Voice::ALL.len()]; targets.len()];
    for (mention, labelled) in mentions.iter().zip(labelled) {
        let count = &mut counts[mention.target][mention.voice as usize];
        count[0] += 1;
        count[1] += u32::from(labelled);
    }
    let mut sums: Vec<MentionCount> = Vec::with_capacity(targets.len());
    for (target, counts) in targets.iter().zip(counts) {
        for (voice, [mentions, labelled]) in Voice::ALL.into_iter().zip(counts) {
            if mentions > 0 {
                let target = target_key(target, reading.inventory);
                sums.push(MentionCount { target, voice, mentions, labelled });
            }
        }
    }
    sums.sort_unstable_by(|a, b| (&a.target, a.voice).cmp(&(&b.target, b.voice)));
    // A name that was found may be written as the id of a target is.
    sums.dedup_by(|next, first| {
        let same = (&next.target, next.voice) == (&first.target, first.voice);
        if same {
            first.mentions += next.mentions;
            first.labelled += next.labelled;
        }
        same
    });
    sums
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
    let (layout, starts) = (reading.layout, reading.starts);
    let report = |cue: &Cue| {
        let speaker = cue.source.and_then(|source| speaker_of(reading, source));
        let (source, named) = speaker.unwrap_or_default();
        let (verb, kind) = (cue.lemma.clone(), cue.kind);
        ReportCount { source, named, verb, kind, reports: 1, quoted_words: 0, attributed_words: 0 }
    };
    let mut reports: Vec<ReportCount> = layout.cues.iter().map(report).collect();
    for segment in &layout.segments {
        let given = segment.cue.and_then(|index| reports.get_mut(index as usize));
        let Some(given) = given else { continue };
        match segment.voice {
            Voice::Quoted => given.quoted_words += starts.within(segment.span),
            Voice::Attributed => given.attributed_words += starts.within(segment.span),
            Voice::Own | Voice::Scare => {}
        }
    }
    let key = |report: &ReportCount| (report.named, report.kind);
    reports.sort_unstable_by(|a, b| {
        (&a.source, a.named, &a.verb, a.kind).cmp(&(&b.source, b.named, &b.verb, b.kind))
    });
    reports.dedup_by(|next, first| {
        let same =
            key(next) == key(first) && next.source == first.source && next.verb == first.verb;
        if same {
            first.reports += next.reports;
            first.quoted_words += next.quoted_words;
            first.attributed_words += next.attributed_words;
        }
        same
    });
    reports
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
