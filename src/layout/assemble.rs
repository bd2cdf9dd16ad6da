//! Puts zones, quotations and claims together into segments.

use super::marks::Quotation;
use super::model::{Cue, Flags, Segment};
use super::scare::Verdict;
use super::speech::{Claim, Effect};
use super::zones::Paragraph;
use crate::text::{Span, Voice, Zone};

/// A quotation with what was decided of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decided {
    pub quotation: Quotation,
    pub verdict: Verdict,
    pub cue: Option<u32>,
}

/// The segments of a text of `length` bytes. Quotations are in order and disjoint; claims are in
/// any order.
pub(super) fn segments(
    length: usize,
    paragraphs: &[Paragraph],
    decided: &[Decided],
    claims: Vec<Claim>,
    cues: &[Cue],
) -> Vec<Segment> {
    let mut layers = Layers::new(claims);
    let mut borders: Vec<u32> = vec![0, length as u32];
    borders.extend(paragraphs.iter().map(|paragraph| paragraph.span.start));
    borders.extend(decided.iter().flat_map(|d| [d.quotation.outer.start, d.quotation.outer.end]));
    for layer in [&layers.attributed, &layers.flagged, &layers.scare, &layers.points_back] {
        borders.extend(layer.iter().flat_map(|claim| [claim.span.start, claim.span.end]));
    }
    borders.sort_unstable();
    borders.dedup();
    let mut segments: Vec<Segment> = Vec::with_capacity(borders.len());
    let (mut paragraph, mut quotation) = (0, 0);
    for pair in borders.windows(2) {
        let span = Span { start: pair[0], end: pair[1] };
        while paragraphs.get(paragraph + 1).is_some_and(|next| next.span.start <= span.start) {
            paragraph += 1;
        }
        while decided.get(quotation).is_some_and(|d| d.quotation.outer.end <= span.start) {
            quotation += 1;
        }
        let zone = paragraphs.get(paragraph).map_or(Zone::Body, |paragraph| paragraph.zone);
        let quoted = decided.get(quotation).filter(|d| d.quotation.outer.start <= span.start);
        let segment = layers.segment(span, zone, quoted, cues);
        match segments.last_mut() {
            Some(last) if same(last, &segment) => last.span.end = span.end,
            _ => segments.push(segment),
        }
    }
    segments
}

fn same(a: &Segment, b: &Segment) -> bool {
    (a.zone, a.voice, a.cue, a.source, a.flags, a.rule)
        == (b.zone, b.voice, b.cue, b.source, b.flags, b.rule)
}

/// Claims by what they do, each layer in order and disjoint, with a cursor.
struct Layers {
    attributed: Vec<Claim>,
    flagged: Vec<Claim>,
    scare: Vec<Claim>,
    points_back: Vec<Claim>,
    at: [usize; 4],
}

impl Layers {
    fn new(mut claims: Vec<Claim>) -> Self {
        claims.sort_by_key(|claim| (claim.span.start, claim.span.end));
        let pick = |wanted: fn(&Effect) -> bool| {
            let mut layer: Vec<Claim> = Vec::new();
            for claim in claims.iter().filter(|claim| wanted(&claim.effect)) {
                let mut claim = *claim;
                if let Some(last) = layer.last_mut()
                    && last.span.end > claim.span.start
                {
                    if matches!(claim.effect, Effect::Attributed) {
                        claim.span.start = last.span.end;
                    } else {
                        last.span.end = claim.span.start;
                    }
                }
                if claim.span.start < claim.span.end {
                    layer.push(claim);
                }
            }
            layer.retain(|claim| !claim.span.is_empty());
            layer
        };
        Self {
            attributed: pick(|effect| matches!(effect, Effect::Attributed)),
            flagged: pick(|effect| matches!(effect, Effect::Flagged(_))),
            scare: pick(|effect| matches!(effect, Effect::Scare)),
            points_back: pick(|effect| matches!(effect, Effect::PointsBack)),
            at: [0; 4],
        }
    }

    fn segment(
        &mut self,
        span: Span,
        zone: Zone,
        quoted: Option<&Decided>,
        cues: &[Cue],
    ) -> Segment {
        fn covering<'c>(layer: &'c [Claim], at: &mut usize, span: Span) -> Option<&'c Claim> {
            while layer.get(*at).is_some_and(|claim| claim.span.end <= span.start) {
                *at += 1;
            }
            layer.get(*at).filter(|claim| claim.span.start <= span.start)
        }
        let [a, f, s, p] = &mut self.at;
        let attributed = covering(&self.attributed, a, span);
        let flagged = covering(&self.flagged, f, span);
        let scare = covering(&self.scare, s, span);
        let points_back = covering(&self.points_back, p, span);
        let mut segment = Segment {
            span,
            zone,
            voice: Voice::Own,
            cue: None,
            source: None,
            flags: Flags::default(),
            rule: "narration",
        };
        if let Some(claim) = points_back {
            segment.rule = claim.rule;
        } else if let Some(claim) = attributed {
            segment.voice = Voice::Attributed;
            segment.cue = claim.cue;
            segment.rule = claim.rule;
        } else if let Some(claim) = flagged {
            if let Effect::Flagged(flags) = claim.effect {
                segment.flags = flags;
            }
            segment.cue = claim.cue;
            segment.rule = claim.rule;
        }
        match quoted.map(|d| (d.verdict, d.cue)) {
            Some((Verdict::Quoted(rule), cue)) => {
                segment.voice = Voice::Quoted;
                segment.flags = Flags::default();
                segment.cue = cue;
                segment.rule = rule;
            }
            Some((Verdict::Scare(rule), _)) => {
                segment.voice = Voice::Scare;
                segment.flags = Flags::default();
                segment.cue = None;
                segment.rule = rule;
            }
            Some((Verdict::Mention, _)) => {
                // A name in marks is nobody's speech, whatever reports the words around it.
                segment.voice = Voice::Own;
                segment.flags = Flags { mention: true, ..Flags::default() };
                segment.cue = None;
                segment.rule = "mention";
            }
            None => {
                if let Some(claim) = scare {
                    segment.voice = Voice::Scare;
                    segment.flags = Flags::default();
                    segment.cue = None;
                    segment.rule = claim.rule;
                }
            }
        }
        segment.source =
            segment.cue.and_then(|cue| cues.get(cue as usize)).and_then(|cue| cue.source);
        segment
    }
}
