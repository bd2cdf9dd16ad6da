//! What the layout of an article says.

use crate::text::{Span, Voice, Zone};

/// The layout of one article: every byte in one segment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// In order, disjoint, covering the text; on character borders. Neighbours differ in something.
    pub segments: Vec<Segment>,
    /// Sentences, in order, disjoint, without the blanks around them; never across a zone border.
    pub sentences: Vec<Span>,
    /// Reporting cues, in order.
    pub cues: Vec<Cue>,
    /// What stands inside quotation marks (marks excluded), in order, outer marks only: a phrase or
    /// a regex term never matches across one of these borders.
    pub quotations: Vec<Span>,
    /// Whether more quotation marks stand without a partner than a slip explains: voices are
    /// uncertain, and only quotations whose marks are beyond doubt are taken for such.
    pub unbalanced: bool,
}

/// A run of text in one zone and one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The bytes.
    pub span: Span,
    /// Part of the article.
    pub zone: Zone,
    /// Whose words.
    pub voice: Voice,
    /// Index into [`Layout::cues`] of the cue that attributes it.
    pub cue: Option<u32>,
    /// Who speaks, where found.
    pub source: Option<Span>,
    /// What else is known of it.
    pub flags: Flags,
    /// The name of the rule that decided the voice.
    pub rule: &'static str,
}

/// What else is known of a segment in the outlet's own voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags {
    /// What a report verb takes as a noun, a gerund or an infinitive ("called for inviting").
    pub speech_act: bool,
    /// Attributed to nobody ("is believed to be").
    pub unsourced: bool,
    /// Title, name or word-as-word in marks.
    pub mention: bool,
    /// "so-called" with a proper name.
    pub naming: bool,
    /// Negated or asked content of a report ("did not say if").
    pub not_said: bool,
}

impl Flags {
    /// The names of the flags that are set, in a fixed order.
    pub fn names(self) -> Vec<&'static str> {
        [
            (self.speech_act, "speech-act"),
            (self.unsourced, "unsourced"),
            (self.mention, "mention"),
            (self.naming, "naming"),
            (self.not_said, "not-said"),
        ]
        .into_iter()
        .filter_map(|(set, name)| set.then_some(name))
        .collect()
    }
}

/// Words that report speech.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// The words.
    pub span: Span,
    /// Lemma of the data file.
    pub lemma: String,
    /// How it presents the report.
    pub kind: CueKind,
    /// Who speaks, where found.
    pub source: Option<Span>,
}

/// How a cue presents what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CueKind {
    /// said, told
    Plain,
    /// claimed, alleged
    Distancing,
    /// noted, revealed
    Endorsing,
}

impl CueKind {
    /// Every kind, in the order of every table.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Distancing, Self::Endorsing];

    /// The name used in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Distancing => "distancing",
            Self::Endorsing => "endorsing",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Bytes of a sentence from which on it is said to be long: some 250 words of English.
const LONG_SENTENCE: usize = 1500;

impl Layout {
    /// The segment that holds the byte at `offset`.
    pub fn segment_at(&self, offset: u32) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.span.start <= offset);
        after.checked_sub(1).map(|index| &self.segments[index]).filter(|s| s.span.holds(offset))
    }

    /// Sentences so long that full stops may be missing.
    pub fn long_sentences(&self) -> impl Iterator<Item = Span> {
        self.sentences.iter().copied().filter(|sentence| sentence.len() > LONG_SENTENCE)
    }

    /// The sentence that holds the byte at `offset`.
    pub fn sentence_at(&self, offset: u32) -> Option<Span> {
        let after = self.sentences.partition_point(|sentence| sentence.start <= offset);
        after.checked_sub(1).map(|index| self.sentences[index]).filter(|s| s.holds(offset))
    }
}
