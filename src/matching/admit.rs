//! Which candidates may count: zones, borders of quotations, `unless`.

use super::engine::Candidate;
use super::hit::Dropped;
use crate::layout::{Layout, Segment};
use crate::lexicon::UnlessPattern;
use crate::text::{Folded, Span, Voice, Zone, ZoneSet};

/// What decides on the candidates of one entry.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) group: u32,
    pub(super) zones: ZoneSet,
    pub(super) unless: Vec<UnlessPattern>,
}

/// Zone and voice at a byte; a layout that does not reach there makes it own words of the body.
pub(super) fn place(layout: &Layout, at: u32) -> (Zone, Voice) {
    layout.segment_at(at).map_or((Zone::Body, Voice::Own), |segment| (segment.zone, segment.voice))
}

/// Why a candidate does not count, if it does not: its zone, else a quotation's border, else the
/// first `unless` that covers it.
pub(super) fn refusal(
    rule: &Rule,
    candidate: &Candidate,
    text: &Folded,
    layout: &Layout,
) -> Option<Dropped> {
    let (zone, _) = place(layout, candidate.span.start);
    if !rule.zones.contains(zone) || !in_one_zone(layout, candidate.span, zone) {
        Some(Dropped::Zone)
    } else if crosses_quotation(&layout.quotations, candidate.span) {
        Some(Dropped::Quotation)
    } else {
        let covering = rule.unless.iter().position(|unless| covers(unless, candidate, text));
        covering.map(|index| Dropped::Unless(index.min(usize::from(u16::MAX)) as u16))
    }
}

/// Whether no segment of another zone begins inside the span.
fn in_one_zone(layout: &Layout, span: Span, zone: Zone) -> bool {
    let from = layout.segments.partition_point(|segment| segment.span.end <= span.start);
    let within = |segment: &&Segment| segment.span.start < span.end;
    layout.segments[from..].iter().take_while(within).all(|segment| segment.zone == zone)
}

/// Whether the span lies neither inside nor outside of some quotation.
fn crosses_quotation(quotations: &[Span], span: Span) -> bool {
    let from = quotations.partition_point(|quotation| quotation.end <= span.start);
    let mut near = quotations[from..].iter().take_while(|quotation| quotation.start < span.end);
    near.any(|quotation| !quotation.is_empty() && !quotation.contains(span))
}

/// Whether some match of the pattern takes in every word of the candidate.
fn covers(unless: &UnlessPattern, candidate: &Candidate, text: &Folded) -> bool {
    let earliest = (candidate.last + 1).saturating_sub(unless.words.len());
    (earliest..=candidate.first).any(|first| unless.matches_at(text, first))
}
