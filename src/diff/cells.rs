//! What is measured of the articles of an outlet: parts of wholes.

use std::ops::Range;

use super::counts::{Hits, Version};
use super::terms::{CategoryPair, ChoicePair, Terms};
use crate::statistics::{Document, PER_WORDS};
use crate::tally::VoiceGroup;
use crate::text::Voice;

/// One measure: hits of words, articles with enough terms of articles, uses of choices, labels of
/// mentions.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Number of the part.
    part: usize,
    whole: Whole,
    /// Voices of the part.
    pub(super) voice: VoiceGroup,
    /// The unit: parts are given for so many of the whole.
    pub(super) per: f64,
    /// Terms that only the old or only the new report has and that could count here.
    pub(super) only: [usize; 2],
    /// Whether the reports' lexicons count it differently.
    pub(super) differs: bool,
    /// Whether those terms could take words that others count.
    pub(super) may_take: [bool; 2],
}

#[derive(Debug, Clone)]
enum Whole {
    /// Words, in the set of zones of each report.
    Words([usize; 2]),
    /// Articles with words; the part counts from so many different terms.
    Articles([usize; 2], [u32; 2]),
    /// Uses of all variants, by their numbers.
    Uses(Range<usize>),
    /// Mentions, by their number.
    Mentions(usize),
}

impl Cell {
    /// The rate of a category in a voice; `None` where not both reports measure it.
    pub(super) fn rate(index: usize, pair: &CategoryPair, voice: VoiceGroup) -> Option<Self> {
        let [Some(old), Some(new)] = pair.zones else { return None };
        Some(Self {
            part: index,
            whole: Whole::Words([old, new]),
            voice,
            per: PER_WORDS,
            only: pair.only,
            differs: pair.differs(),
            may_take: pair.may_take,
        })
    }

    /// The share of articles with enough different terms of a category; `None` where not both reports
    /// measure it so.
    pub(super) fn articles(index: usize, pair: &CategoryPair, terms: &Terms) -> Option<Self> {
        let [Some(old), Some(new)] = pair.zones else { return None };
        let [Some(few), Some(many)] = pair.distinct else { return None };
        Some(Self {
            part: terms.distinct_group(index),
            whole: Whole::Articles([old, new], [few, many]),
            voice: VoiceGroup::All,
            per: 1.0,
            only: pair.only,
            differs: pair.differs(),
            // A word that another term takes is one of fewer different terms.
            may_take: [true; 2],
        })
    }

    /// The share of a variant among the choices made, in the outlet's wording; `None` where not both
    /// reports have it.
    pub(super) fn choice(variant: usize, pair: &ChoicePair) -> Option<Self> {
        pair.has[variant].iter().all(|has| *has).then(|| Self {
            part: pair.groups.start + variant,
            whole: Whole::Uses(pair.groups.clone()),
            voice: VoiceGroup::Worded,
            per: 1.0,
            only: pair.only,
            differs: pair.only != [0, 0],
            may_take: [true; 2],
        })
    }

    /// Labels on a target for each 100 mentions, in the outlet's wording.
    pub(super) fn labels(target: usize, terms: &Terms) -> Self {
        let part = terms.label_group(target);
        Self {
            part,
            whole: Whole::Mentions(part + 1),
            voice: VoiceGroup::Worded,
            per: 100.0,
            only: terms.only_labelling,
            differs: terms.only_labelling != [0, 0],
            may_take: [true; 2],
        }
    }

    /// Parts and whole of an article under the terms of a report.
    pub(super) fn document(&self, version: &Version, terms: usize) -> Document {
        self.document_where(version, terms, true)
    }

    /// The same of an article that holds no part unless `holds` says that it may: most articles hold
    /// none of most categories, and need not be searched.
    pub(super) fn document_where(&self, version: &Version, terms: usize, holds: bool) -> Document {
        let hits = &version.under[terms];
        let part = if holds { self.part_in(hits) } else { 0 };
        let part = u64::try_from(part).unwrap_or(0);
        match &self.whole {
            Whole::Words(zones) => Document::new(part, self.words(version, zones[terms])),
            Whole::Articles(zones, enough) => {
                let words = self.words(version, zones[terms]);
                let holds = part >= u64::from(enough[terms]);
                Document::new(u64::from(holds && words > 0), u64::from(words > 0))
            }
            Whole::Uses(groups) => Document::new(part, self.sum(hits, groups)),
            Whole::Mentions(group) => Document::new(part, self.sum(hits, &(*group..group + 1))),
        }
    }

    /// Parts among hits.
    pub(super) fn part_in(&self, hits: &Hits) -> i64 {
        let found = hits.binary_search_by_key(&self.part, |(group, _)| *group);
        found.map_or(0, |place| in_voices(&hits[place].1, self.voice.hit_voices()))
    }

    /// Parts that there could be in an article under the terms of a report.
    pub(super) fn room(&self, version: &Version, terms: usize) -> u64 {
        match &self.whole {
            Whole::Words(zones) => version.words.get(zones[terms]).map_or(0, |words| {
                self.voice.hit_voices().iter().map(|&voice| words[voice as usize]).sum()
            }),
            _ => self.document(version, terms).words,
        }
    }

    /// Whether a term of that report could stand in the article and count here.
    pub(super) fn could_hold(&self, version: &Version, terms: usize) -> bool {
        let zones = match &self.whole {
            Whole::Words(zones) | Whole::Articles(zones, _) => zones[terms],
            // Choices and names are looked for wherever the text is.
            Whole::Uses(_) | Whole::Mentions(_) => return true,
        };
        self.words(version, zones) > 0
    }

    /// Whether the part is one article of the whole, or none.
    pub(super) fn counts_articles(&self) -> bool {
        matches!(self.whole, Whole::Articles(..))
    }

    /// The numbers of parts and whole, where an article without them takes no part; `None` where every
    /// article with words does.
    pub(super) fn numbers(&self) -> Option<Range<usize>> {
        match &self.whole {
            Whole::Words(_) | Whole::Articles(..) => None,
            Whole::Uses(groups) => Some(groups.clone()),
            Whole::Mentions(group) => Some(self.part..*group + 1),
        }
    }

    /// The number of the part.
    pub(super) fn part(&self) -> usize {
        self.part
    }

    /// Whether parts and whole are uses.
    pub(super) fn is_choice(&self) -> bool {
        matches!(self.whole, Whole::Uses(_))
    }

    /// Whether the whole is the words of voices that can be told apart.
    pub(super) fn sums_voices(&self) -> bool {
        matches!(self.whole, Whole::Words(_))
            && matches!(self.voice, VoiceGroup::All | VoiceGroup::Worded)
    }

    /// Parts and words of each single voice; `holds` as for [`Cell::document_where`].
    pub(super) fn in_voices(&self, version: &Version, terms: usize, holds: bool) -> [Document; 4] {
        let hits = &version.under[terms];
        let found = holds.then(|| hits.binary_search_by_key(&self.part, |(group, _)| *group));
        let found = found.and_then(Result::ok).map_or([0; 4], |place| hits[place].1);
        let words = match &self.whole {
            Whole::Words(zones) => version.words[zones[terms]],
            _ => [0; 4],
        };
        [0, 1, 2, 3].map(|voice: usize| {
            Document::new(u64::try_from(found[voice]).unwrap_or(0), words[voice])
        })
    }

    /// What stands for evidence in an article: choices made, else parts.
    pub(super) fn evidence(&self, document: Document) -> u64 {
        if self.is_choice() { document.words } else { document.hits }
    }

    fn words(&self, version: &Version, zones: usize) -> u64 {
        let voices = self.voice.voices().iter();
        version.words.get(zones).map_or(0, |words| voices.map(|&v| words[v as usize]).sum())
    }

    fn sum(&self, hits: &Hits, groups: &Range<usize>) -> u64 {
        let first = hits.partition_point(|(group, _)| *group < groups.start);
        let inside = hits[first..].iter().take_while(|(group, _)| *group < groups.end);
        let sum: i64 = inside.map(|(_, hits)| in_voices(hits, self.voice.hit_voices())).sum();
        u64::try_from(sum).unwrap_or(0)
    }
}

fn in_voices(hits: &[i64; 4], voices: &[Voice]) -> i64 {
    voices.iter().map(|&voice| hits[voice as usize]).sum()
}
