//! What must hold of the layout of any text.

use proptest::prelude::*;

use super::super::{Segment, word_counts};
use super::{article, lay_out, layouter};
use crate::text::{Voice, Zone, words};

fn check(text: &str) {
    let layout = lay_out(text);
    let mut end = 0;
    for segment in &layout.segments {
        assert_eq!(segment.span.start, end, "{text:?}");
        assert!(!segment.span.is_empty(), "{text:?}");
        assert!(text.is_char_boundary(segment.span.end as usize), "{text:?}");
        assert!(segment.cue.is_none_or(|cue| (cue as usize) < layout.cues.len()));
        end = segment.span.end;
    }
    assert_eq!(end as usize, text.len());
    let content = |a: &Segment| (a.zone, a.voice, a.cue, a.source, a.flags, a.rule);
    for pair in layout.segments.windows(2) {
        assert_ne!(content(&pair[0]), content(&pair[1]), "{text:?}");
    }
    let mut end = 0;
    for sentence in &layout.sentences {
        assert!(sentence.start >= end && !sentence.is_empty(), "{text:?}");
        end = sentence.end;
        assert_eq!(sentence.of(text).trim(), sentence.of(text));
        let zone = layout.segment_at(sentence.start).unwrap().zone;
        let mut inside = layout.segments.iter().filter(|s| s.span.overlaps(*sentence));
        assert!(inside.all(|segment| segment.zone == zone), "{text:?}");
    }
    for pair in layout.quotations.windows(2) {
        assert!(pair[0].end <= pair[1].start, "{text:?}");
    }
    for pair in layout.cues.windows(2) {
        assert!(pair[0].span.start <= pair[1].span.start, "{text:?}");
    }
    let counted: u32 = word_counts(text, &layout).iter().flatten().sum();
    assert_eq!(counted as usize, words::count(text));
    assert_eq!(layout, lay_out(text));
}

const PIECES: &[&str] = &[
    "The minister",
    " said ",
    "that ",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    ", ",
    ". ",
    "? ",
    "! ",
    "\n",
    "\n\n",
    "talks failed",
    "according to ",
    "Reuters",
    " — ",
    "(",
    ")",
    ": ",
    "; ",
    "so-called ",
    "reports that ",
    "he ",
    "was told ",
    "but ",
    "and ",
    "which ",
    "Mr. ",
    "U.S. ",
    "«",
    "»",
    "By Anna Berg",
    "Skip to main content",
    "é",
    "\u{0}",
    "…",
    "''",
    "``",
    "7'2\"",
    "is believed to ",
    "claimed to have ",
    "asked whether ",
    "in the words of ",
    "as ",
    "put it",
    "saying ",
    "the word ",
    "A",
    "x",
];

proptest! {
    #[test]
    fn any_text_has_a_layout(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_news_has_a_layout(
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..60)
    ) {
        check(&pieces.concat());
    }

    #[test]
    fn an_unclosed_mark_stays_in_its_paragraph(
        before in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..30),
        mark in prop::sample::select(vec!["“", "\"", "«", "„", "‘"]),
    ) {
        let head = format!("{}\n\nShe saw {mark}a house on the hill", before.concat());
        let text = format!("{head}\n\nThe road goes on to the coast and ends there at a wall of stone.");
        let layout = lay_out(&text);
        let last = layout.segments.last().unwrap();
        prop_assert_eq!(last.voice, Voice::Own);
        prop_assert!(layout.quotations.iter().all(|quotation| quotation.end as usize <= head.len()));
    }
}

#[test]
fn noise_has_a_layout() {
    let units = [
        "\"",
        "“",
        "‘a ",
        "'",
        "said ",
        "(",
        "\"a ",
        ". ",
        "a.",
        "he said, ",
        "\u{0}",
        "«",
        "A. ",
        "as ",
        "—",
        "reports that ",
        "so-called ",
        "and said ",
        ", ",
        "‘",
        "“a ‘",
        "the ",
        "to say ",
        "saying ",
        "told the ",
    ];
    for unit in units {
        let text = unit.repeat(100_000 / unit.len());
        let layout = lay_out(&text);
        assert_eq!(layout.segments.last().map_or(0, |last| last.span.end as usize), text.len());
    }
}

#[test]
fn a_headline_is_guessed_only_where_it_may_be() {
    let text = "Ferry service ends after a century\n\nThe last boat left the pier at noon on Sunday, and nobody waved.\n";
    let zone = |guess| layouter().lay_out(&article(text, guess), &[]).segments[0].zone;
    assert_eq!(zone(true), Zone::Headline);
    assert_eq!(zone(false), Zone::Body);
}
