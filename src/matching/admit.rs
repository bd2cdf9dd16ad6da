//! Which candidates may count: zones, borders of quotations, `unless`.

use std::sync::OnceLock;

use super::engine::{Candidate, head_at};
use super::filter::{cut, word_key};
use super::hit::Dropped;
use super::quick::{Glance, Quick, compare};
use crate::layout::{Layout, Segment};
use crate::lexicon::{NotationError, UnlessPattern, is_plain};
use crate::text::{Folded, Span, Token, Voice, Zone, ZoneSet};

/// What decides on the candidates of one entry.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) group: u32,
    pub(super) zones: ZoneSet,
    unless: Vec<Unless>,
    /// Known once a candidate asks.
    beside: OnceLock<Beside>,
}

impl Rule {
    pub(super) fn new(group: u32, zones: ZoneSet, unless: Vec<Unless>) -> Self {
        Self { group, zones, unless, beside: OnceLock::new() }
    }

    /// The first `unless` that covers the candidate.
    fn covering(&self, candidate: &Candidate, text: &Folded) -> Option<usize> {
        let beside = || self.beside.get_or_init(|| Beside::of(&self.unless));
        if self.unless.is_empty() || !beside().may_cover(candidate, text) {
            return None;
        }
        let covers =
            |unless: &Unless| unless.read().is_some_and(|unless| covers(unless, candidate, text));
        self.unless.iter().position(covers)
    }
}

/// What a pattern that covers a candidate and is longer has beside it: tells of most candidates that
/// none does.
#[derive(Debug, Clone)]
struct Beside {
    /// Bits of all words of all patterns.
    bits: [u64; 4],
    /// How many words the shortest pattern has.
    shortest: usize,
}

impl Beside {
    fn of(unless: &[Unless]) -> Self {
        let mut beside = Self { bits: [0; 4], shortest: usize::MAX };
        for read in unless.iter().filter_map(Unless::read) {
            beside.shortest = beside.shortest.min(read.words.len());
            for word in &read.words {
                match word.key().map(Self::place) {
                    Some((at, bit)) => beside.bits[at] |= bit,
                    None => beside.bits = [u64::MAX; 4],
                }
            }
        }
        beside
    }

    fn place(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn may_cover(&self, candidate: &Candidate, text: &Folded) -> bool {
        let (first, last) = (candidate.first as usize, candidate.last as usize);
        let may_hold = |token: &Token| {
            let length = (token.span.end - token.span.start) as usize;
            let head = cut(head_at(text.forms(), token.span.start), length);
            let (at, bit) = Self::place(word_key(head, length));
            self.bits[at] & bit != 0 || !token.is_plain()
        };
        let before = || first.checked_sub(1).and_then(|before| text.tokens().get(before));
        last - first + 1 >= self.shortest
            || before().is_some_and(may_hold)
            || text.tokens().get(last + 1).is_some_and(may_hold)
    }
}

/// An `unless`, read where a candidate first meets it if it is known to be sound.
#[derive(Debug, Clone)]
pub(super) struct Unless {
    notation: Box<str>,
    read: OnceLock<Option<Read>>,
}

/// A pattern as texts are compared with it.
#[derive(Debug, Clone)]
struct Read {
    pattern: UnlessPattern,
    words: Box<[Quick]>,
}

impl Read {
    fn new(pattern: UnlessPattern) -> Self {
        Self { words: pattern.words.iter().map(Quick::of).collect(), pattern }
    }
}

impl Unless {
    /// # Errors
    /// Those of [`UnlessPattern::parse`].
    pub(super) fn new(notation: &str) -> Result<Self, NotationError> {
        let read = OnceLock::new();
        if !is_plain(notation) {
            let _ = read.set(Some(Read::new(UnlessPattern::parse(notation)?)));
        }
        Ok(Self { notation: notation.into(), read })
    }

    fn read(&self) -> Option<&Read> {
        let read = || UnlessPattern::parse(&self.notation).ok().map(Read::new);
        self.read.get_or_init(read).as_ref()
    }
}

/// Goes through a layout along with candidates that are sorted by their starts.
pub(super) struct Walk<'a> {
    text: &'a Folded,
    layout: &'a Layout,
    /// The first segment that ends behind the candidate's start.
    segment: usize,
    /// The first quotation that does.
    quotation: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(text: &'a Folded, layout: &'a Layout) -> Self {
        Self { text, layout, segment: 0, quotation: 0 }
    }

    /// Zone and voice of the candidate's first word (a layout that does not reach there makes it own
    /// words of the body), and why it does not count, if it does not: its zone, else a quotation's
    /// border, else the first `unless` that covers it. Candidates must come in order.
    pub(super) fn admit(
        &mut self,
        rule: &Rule,
        candidate: &Candidate,
    ) -> (Zone, Voice, Option<Dropped>) {
        let span = candidate.span;
        let Layout { segments, quotations, .. } = self.layout;
        while segments.get(self.segment).is_some_and(|segment| segment.span.end <= span.start) {
            self.segment += 1;
        }
        while quotations.get(self.quotation).is_some_and(|quotation| quotation.end <= span.start) {
            self.quotation += 1;
        }
        let segments = segments.get(self.segment..).unwrap_or_default();
        let first = segments.first().filter(|segment| segment.span.holds(span.start));
        let (zone, voice) =
            first.map_or((Zone::Body, Voice::Own), |segment| (segment.zone, segment.voice));
        let dropped = if !rule.zones.contains(zone) || !in_one_zone(segments, span, zone) {
            Some(Dropped::Zone)
        } else if self.crosses_quotation(span) {
            Some(Dropped::Quotation)
        } else {
            let covering = rule.covering(candidate, self.text);
            covering.map(|index| Dropped::Unless(index.min(usize::from(u16::MAX)) as u16))
        };
        (zone, voice, dropped)
    }

    /// Whether the span lies neither inside nor outside of some quotation.
    fn crosses_quotation(&self, span: Span) -> bool {
        let quotations = self.layout.quotations.get(self.quotation..).unwrap_or_default();
        let mut near = quotations.iter().take_while(|quotation| quotation.start < span.end);
        near.any(|quotation| !quotation.is_empty() && !quotation.contains(span))
    }
}

/// Whether no segment of another zone begins inside the span.
fn in_one_zone(segments: &[Segment], span: Span, zone: Zone) -> bool {
    let within = |segment: &&Segment| segment.span.start < span.end;
    segments.iter().take_while(within).all(|segment| segment.zone == zone)
}

/// Whether some match of the pattern takes in every word of the candidate.
fn covers(unless: &Read, candidate: &Candidate, text: &Folded) -> bool {
    let (first, last) = (candidate.first as usize, candidate.last as usize);
    let number = unless.words.len();
    let earliest = (last + 1).saturating_sub(number);
    (earliest..=first).any(|first| {
        let tokens = text.tokens().get(first..first + number).unwrap_or_default();
        compare(&unless.words, text.forms(), tokens) != Glance::No
            && unless.pattern.matches_at(text, first)
    })
}
