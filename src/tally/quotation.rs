//! A sentence of evidence, and the same in half the room.

use super::bytes::{Numbers, put};
use crate::linking::rule_named;
use crate::text::{Span, Voice, Zone};

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
    pub(super) fn order(&self) -> (&str, Option<jiff::civil::Date>, Option<&str>) {
        (&self.article, self.date, self.event.as_deref())
    }
}

/// A quotation in one run of bytes: there are some twelve an article, nearly all of names of which a report
/// shows few.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed(Box<[u8]>);

/// Bits of what a quotation has.
const EVENT: u8 = 1;
const SOURCE: u8 = 2;
const CUE: u8 = 4;
const LABEL: u8 = 8;
const NEGATED: u8 = 16;

/// A quotation whose words stand elsewhere.
pub(super) struct Quoted<'a> {
    pub(super) article: &'a str,
    pub(super) hash: &'a blake3::Hash,
    pub(super) date: Option<jiff::civil::Date>,
    pub(super) event: Option<&'a str>,
    pub(super) line: u32,
    pub(super) offset: u32,
    pub(super) sentence: &'a str,
    pub(super) hit: Span,
    pub(super) term: &'a str,
    pub(super) zone: Zone,
    pub(super) voice: Voice,
    pub(super) negated: bool,
    pub(super) source: Option<&'a str>,
    pub(super) cue: Option<&'a str>,
    pub(super) label: Option<(&'a str, &'static str)>,
}

impl From<&Quotation> for Packed {
    fn from(quotation: &Quotation) -> Self {
        let quoted = Quoted {
            article: &quotation.article,
            hash: &quotation.hash,
            date: quotation.date,
            event: quotation.event.as_deref(),
            line: quotation.line,
            offset: quotation.offset,
            sentence: &quotation.sentence,
            hit: quotation.hit,
            term: &quotation.term,
            zone: quotation.zone,
            voice: quotation.voice,
            negated: quotation.negated,
            source: quotation.source.as_deref(),
            cue: quotation.cue.as_deref(),
            label: quotation.label.as_ref().map(|(target, rule)| (target.as_str(), *rule)),
        };
        quoted.packed(&mut Vec::new())
    }
}

impl Quoted<'_> {
    /// The same packed, by way of space that was used before.
    pub(super) fn packed(&self, bytes: &mut Vec<u8>) -> Packed {
        let &Self { article, hash, date, event, line, offset, sentence, hit, .. } = self;
        let &Self { term, zone, voice, negated, source, cue, label, .. } = self;
        bytes.clear();
        bytes.extend(hash.as_bytes());
        let bit = |there: bool, bit: u8| if there { bit } else { 0 };
        let has = bit(event.is_some(), EVENT)
            | bit(source.is_some(), SOURCE)
            | bit(cue.is_some(), CUE)
            | bit(label.is_some(), LABEL)
            | bit(negated, NEGATED);
        bytes.extend([has, (zone as u8) << 2 | voice as u8]);
        put(bytes, date.map_or(0, number));
        for number in [line, offset, hit.start, hit.end] {
            put(bytes, number);
        }
        let (target, rule) = label.unzip();
        let there = [Some(article), Some(sentence), Some(term)].into_iter();
        for text in there.chain([event, source, cue, target, rule]).flatten() {
            put(bytes, text.len() as u32);
            bytes.extend(text.as_bytes());
        }
        Packed(bytes.as_slice().into())
    }
}

impl Packed {
    /// As it is kept elsewhere.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// From [`bytes`](Self::bytes).
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        Self(bytes.into())
    }

    /// Whether a label is put on a target.
    pub(super) fn has_label(&self) -> bool {
        self.0.get(32).is_some_and(|has| has & LABEL > 0)
    }

    /// The quotation.
    pub(super) fn unpacked(&self) -> Quotation {
        let mut bytes = Numbers(&self.0);
        let mut hash = [0; 32];
        hash.iter_mut().zip(bytes.take(32)).for_each(|(to, byte)| *to = *byte);
        let (has, place) = (bytes.byte(), bytes.byte());
        let date = date(bytes.number());
        let (line, offset) = (bytes.number(), bytes.number());
        let hit = Span { start: bytes.number(), end: bytes.number() };
        let (article, sentence, term) = (text(&mut bytes), text(&mut bytes), text(&mut bytes));
        let mut optional = |bit: u8| (has & bit > 0).then(|| text(&mut bytes));
        let (event, source, cue) = (optional(EVENT), optional(SOURCE), optional(CUE));
        let target = optional(LABEL);
        let rule = optional(LABEL).and_then(|rule| rule_named(&rule));
        Quotation {
            article,
            hash: blake3::Hash::from_bytes(hash),
            date,
            event,
            line,
            offset,
            sentence,
            hit,
            term,
            zone: Zone::ALL[usize::from(place >> 2) % Zone::ALL.len()],
            voice: Voice::ALL[usize::from(place & 3)],
            negated: has & NEGATED > 0,
            source,
            cue,
            label: target.zip(rule),
        }
    }
}

fn text(bytes: &mut Numbers<'_>) -> String {
    bytes.text().to_owned()
}

/// A day as a number above 0.
fn number(date: jiff::civil::Date) -> u32 {
    u32::from(date.year() as u16) << 9 | (date.month() as u32) << 5 | date.day() as u32
}

fn date(number: u32) -> Option<jiff::civil::Date> {
    let (month, day) = ((number >> 5 & 15) as i8, (number & 31) as i8);
    jiff::civil::Date::new((number >> 9) as u16 as i16, month, day).ok()
}

#[cfg(test)]
mod tests {
    use proptest::option::of;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_comes_back(
            [article, sentence, term] in ["\\PC*", "\\PC*", "\\PC*"],
            [event, source, cue] in [of("\\PC*"), of("\\PC*"), of("\\PC*")],
            label in of("\\PC*"),
            hash: [u8; 32],
            day in of((-9999..=9999i16, 1..=12i8, 1..=28i8)),
            [line, offset, start, end]: [u32; 4],
            (zone, voice, negated) in (0..6usize, 0..4usize, any::<bool>()),
        ) {
            let quotation = Quotation {
                article,
                hash: blake3::Hash::from_bytes(hash),
                date: day.map(|(year, month, day)| jiff::civil::date(year, month, day)),
                event,
                line,
                offset,
                sentence,
                hit: Span { start, end },
                term,
                zone: Zone::ALL[zone],
                voice: Voice::ALL[voice],
                negated,
                source,
                cue,
                label: label.map(|target| (target, rule_named("copula").unwrap())),
            };
            prop_assert_eq!(Packed::from(&quotation).unpacked(), quotation);
        }
    }
}
