//! The tally of one article.

use serde::{Deserialize, Serialize};

use super::features::Features;
use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::text::{Voice, Zone, ZoneSet};

/// The counts of one article: everything that statistics and diffs are computed from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleTally {
    /// The group that the article belongs to.
    pub outlet: String,
    /// The article's id.
    pub id: String,
    /// BLAKE3 of the decoded text.
    pub hash: blake3::Hash,
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The story that it covers, where declared.
    pub event: Option<String>,
    /// Words by zone and voice.
    pub words: WordCounts,
    /// Hits of terms and of the patterns of choices, sorted.
    pub counts: Vec<Count>,
    /// Overlapping candidates of a group, sorted, with how often each constellation stands there.
    pub clusters: Vec<(Cluster, u32)>,
    /// Mentions by target, sorted.
    pub mentions: Vec<MentionCount>,
    /// Labels by target, sorted.
    pub labels: Vec<LabelCount>,
    /// Reported speech by source and verb, sorted.
    pub reports: Vec<ReportCount>,
    /// What it is about: for finding events and copies when tallies are merged.
    pub features: Features,
}

/// Words by zone and voice; an article's words all stand in exactly one of the 24 cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WordCounts(pub [[u32; 4]; 6]);

impl WordCounts {
    /// Words in the zones and voices that are asked for.
    pub fn of(&self, zones: ZoneSet, voices: VoiceGroup) -> u64 {
        zones.iter().map(|zone| self.in_zone(zone, voices)).sum()
    }

    /// Words of a zone in the voices that are asked for.
    pub fn in_zone(&self, zone: Zone, voices: VoiceGroup) -> u64 {
        let row = self.0[zone as usize];
        voices.voices().iter().map(|&voice| u64::from(row[voice as usize])).sum()
    }

    /// All words but page furniture.
    pub fn total(&self) -> u64 {
        Zone::ALL
            .into_iter()
            .filter(|&zone| zone != Zone::Boilerplate)
            .map(|zone| self.in_zone(zone, VoiceGroup::All))
            .sum()
    }
}

/// A voice or a sum of voices, the rows of every table of rates.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum VoiceGroup {
    /// Every voice.
    All,
    /// Own, attributed and scare: the outlet chose the words.
    #[default]
    Worded,
    /// The outlet's own voice.
    Own,
    /// Reported in the outlet's words.
    Attributed,
    /// Inside quotation marks.
    Quoted,
    /// Inside marks that distance.
    Scare,
}

impl VoiceGroup {
    /// Every group, in the order of every table.
    pub const ALL: [Self; 6] =
        [Self::All, Self::Worded, Self::Own, Self::Attributed, Self::Quoted, Self::Scare];

    /// The name used in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Worded => "worded",
            Self::Own => "own",
            Self::Attributed => "attributed",
            Self::Quoted => "quoted",
            Self::Scare => "scare",
        }
    }

    /// The group of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The voices whose hits it sums.
    pub fn hit_voices(self) -> &'static [Voice] {
        match self {
            Self::All => &Voice::ALL,
            Self::Worded => &[Voice::Own, Voice::Attributed, Voice::Scare],
            Self::Own => &[Voice::Own],
            Self::Attributed => &[Voice::Attributed],
            Self::Quoted => &[Voice::Quoted],
            Self::Scare => &[Voice::Scare],
        }
    }

    /// The voices whose words are its denominator. Scare quotes are measured against all words
    /// that the outlet could have put in marks: its own and those in marks.
    pub fn voices(self) -> &'static [Voice] {
        match self {
            Self::Scare => &[Voice::Own, Voice::Scare],
            other => other.hit_voices(),
        }
    }

    /// Whether hits of that voice belong to it.
    pub fn counts(self, voice: Voice) -> bool {
        self.hit_voices().contains(&voice)
    }
}

/// How often an entry stands in one zone and voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count {
    /// A term of a category or a pattern of a choice.
    pub entry: EntryId,
    /// Where.
    pub zone: Zone,
    /// In whose voice.
    pub voice: Voice,
    /// After a negation.
    pub negated: bool,
    /// Resolved hits: no other match of the group took the words.
    pub hits: u32,
    /// Matches found independently of other terms, hits included.
    pub found: u32,
}

/// Overlapping candidates of one group, at least two: from these a diff can resolve again what
/// counts when one of the terms goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cluster(pub Vec<Candidate>);

/// A candidate of a cluster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Candidate {
    /// First byte, counted from the first byte of the cluster.
    pub start: u32,
    /// One past its last byte, counted likewise.
    pub end: u32,
    /// Which entry.
    pub entry: EntryId,
    /// How many of its words a wildcard matched.
    pub wildcards: u8,
    /// Where it begins.
    pub zone: Zone,
    /// In whose voice.
    pub voice: Voice,
    /// After a negation.
    pub negated: bool,
}

/// How often a target is mentioned in one voice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MentionCount<S = String> {
    /// Key of the target.
    pub target: S,
    /// In whose voice.
    pub voice: Voice,
    /// Mentions.
    pub mentions: u32,
    /// Those of them that bear a label in the outlet's wording, one or more.
    pub labelled: u32,
}

/// How often a term is put on a target.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LabelCount<S = String> {
    /// Key of the target.
    pub target: S,
    /// The term.
    pub entry: EntryId,
    /// In whose voice.
    pub voice: Voice,
    /// Name of the rule that put it there.
    pub rule: &'static str,
    /// Labels.
    pub labels: u32,
}

/// How often a source is reported with a verb.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReportCount<S = String> {
    /// Who speaks: the key of a target, or a description; empty where it can't be told.
    pub source: S,
    /// Whether `source` is the key of a target.
    pub named: bool,
    /// Lemma of the cue.
    pub verb: S,
    /// How it presents the report.
    pub kind: CueKind,
    /// Reports.
    pub reports: u32,
    /// Words that the source is given, quoted.
    pub quoted_words: u32,
    /// Words that the source is given, attributed.
    pub attributed_words: u32,
}
