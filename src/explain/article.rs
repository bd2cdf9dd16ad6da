//! Every decision about one article.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::lexicon::GroupKind;
use crate::linking::{Label, TargetRef};
use crate::matching::{Dropped, Hit};
use crate::tally::{Purpose, Reading, target_key};
use crate::text::{Span, Zone};

/// Every decision about one article. Offsets are UTF-8 bytes of `text`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The group that it belongs to.
    pub outlet: String,
    /// Its id.
    pub id: String,
    /// Words outside page furniture.
    pub words: u64,
    /// The decoded text that the offsets refer to.
    pub text: String,
    /// Whether quotation marks stand without partners, so that voices are uncertain.
    pub unbalanced_marks: bool,
    /// How many sentences are so long that full stops may be missing and voices are uncertain.
    pub long_sentences: usize,
    /// In order, disjoint, covering the text.
    pub segments: Vec<SegmentRecord>,
    /// Sentences as pairs of offsets.
    pub sentences: Vec<Span>,
    /// Every match, those that do not count included.
    pub hits: Vec<HitRecord>,
    /// Every mention of a target.
    pub mentions: Vec<MentionRecord>,
}

/// A run of text in one zone and one voice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentRecord {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Part of the article.
    pub zone: &'static str,
    /// Whose words.
    pub voice: &'static str,
    /// The words that attribute it.
    pub cue: Option<String>,
    /// Who speaks.
    pub source: Option<String>,
    /// What else is known of it.
    pub flags: Vec<&'static str>,
    /// The rule that decided its voice.
    pub rule: &'static str,
}

/// A match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HitRecord {
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category; `null` for a choice or a target's name.
    pub category: Option<String>,
    /// Id of the choice and name of the variant.
    pub choice: Option<[String; 2]>,
    /// The term as the lexicon has it.
    pub term: String,
    /// The words that it matched.
    pub text: String,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Line of the text, counted from 1.
    pub line: u32,
    /// Where.
    pub zone: &'static str,
    /// In whose voice.
    pub voice: &'static str,
    /// After a negation.
    pub negated: bool,
    /// Key of the target that it is put on.
    pub target: Option<String>,
    /// The rule that put it there.
    pub rule: Option<&'static str>,
    /// Whether it counts.
    pub kept: bool,
    /// Why not.
    pub reason: Option<String>,
}

/// A mention of a target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MentionRecord {
    /// Key of the target.
    pub target: String,
    /// Whether a lexicon declares it.
    pub declared: bool,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// In whose voice.
    pub voice: &'static str,
}

/// Writes down what was decided.
pub fn explain(reading: &Reading<'_>) -> Explanation {
    let text = &reading.article.text;
    let words = crate::tally::count(reading, Purpose::Sums).words.total();
    let segments = reading.layout.segments.iter().map(|segment| SegmentRecord {
        start: segment.span.start,
        end: segment.span.end,
        zone: segment.zone.name(),
        voice: segment.voice.name(),
        cue: segment.cue.map(|index| reading.layout.cues[index as usize].span.of(text).to_owned()),
        source: segment.source.map(|source| source.of(text).to_owned()),
        flags: segment.flags.names(),
        rule: segment.rule,
    });
    let mentions = reading.links.mentions.iter().map(|mention| {
        let target = &reading.links.targets[mention.target];
        MentionRecord {
            target: target_key(target, reading.inventory),
            declared: matches!(target, TargetRef::Declared { .. }),
            start: mention.span.start,
            end: mention.span.end,
            voice: mention.voice.name(),
        }
    });
    Explanation {
        outlet: reading.article.outlet.clone(),
        id: reading.article.id.clone(),
        words,
        unbalanced_marks: reading.layout.unbalanced,
        long_sentences: reading.layout.long_sentences().count(),
        segments: segments.collect(),
        sentences: reading.layout.sentences.clone(),
        hits: hits(reading),
        mentions: mentions.collect(),
        text: text.clone(),
    }
}

fn hits(reading: &Reading<'_>) -> Vec<HitRecord> {
    let mut order: Vec<(usize, &Hit)> = reading.hits.iter().enumerate().collect();
    order.sort_by_key(|(_, hit)| (hit.span.start, hit.span.end, hit.entry));
    let targets = |hit: &Hit| reading.inventory.group_of(hit.entry).kind == GroupKind::Targets;
    let mut labels: BTreeMap<usize, &Label> = BTreeMap::new();
    for label in &reading.links.labels {
        labels.entry(label.hit).or_insert(label);
    }
    let shown = order.into_iter().filter(|(_, hit)| !targets(hit));
    shown.map(|(index, hit)| hit_record(reading, hit, labels.get(&index).copied())).collect()
}

fn hit_record(reading: &Reading<'_>, hit: &Hit, label: Option<&Label>) -> HitRecord {
    let inventory = reading.inventory;
    HitRecord {
        lexicon: inventory.lexicon_of(hit.entry).id.clone(),
        category: inventory.category(hit.entry).map(|category| category.id.clone()),
        choice: inventory
            .choice(hit.entry)
            .map(|(choice, variant)| [choice.id.clone(), variant.to_owned()]),
        term: inventory.term(hit.entry).text.clone(),
        text: hit.span.of(&reading.article.text).to_owned(),
        start: hit.span.start,
        end: hit.span.end,
        line: reading.lines.number(hit.span.start),
        zone: hit.zone.name(),
        voice: hit.voice.name(),
        negated: hit.negated,
        target: label.map(|label| target_key(&reading.links.targets[label.target], inventory)),
        rule: label.map(|label| label.rule),
        kept: hit.dropped.is_none(),
        reason: hit.dropped.map(|dropped| reason(reading, hit, dropped)),
    }
}

/// Why a match does not count, in words.
fn reason(reading: &Reading<'_>, hit: &Hit, dropped: Dropped) -> String {
    let inventory = reading.inventory;
    match dropped {
        Dropped::Zone => {
            let zones: Vec<&str> =
                inventory.group_of(hit.entry).zones.iter().map(Zone::name).collect();
            format!("stands in {}, searched are: {}", hit.zone.name(), zones.join(", "))
        }
        Dropped::Unless(index) => {
            let unless = inventory.term(hit.entry).unless.get(usize::from(index));
            format!("unless \"{}\"", unless.map(String::as_str).unwrap_or_default())
        }
        Dropped::Quotation => "crosses the border of a quotation".to_owned(),
        Dropped::Overlapped(entry, span) => format!(
            "\"{}\" takes the words as \"{}\"",
            inventory.term(entry).text,
            span.of(&reading.article.text)
        ),
    }
}
