//! The runs of text that no match of a regular expression may leave.

use crate::lexicon::holds_blank_line;
use crate::text::{Folded, Span};

/// The runs of text between blank lines, one after the other: each gap is looked at once, however
/// long the text is.
pub(super) struct Paragraphs<'t> {
    text: &'t Folded,
    /// The paragraph, or the blank line, that was asked for last.
    run: Span,
    /// The first gap that begins behind it.
    gap: usize,
}

impl<'t> Paragraphs<'t> {
    pub(super) fn new(text: &'t Folded) -> Self {
        Self { text, run: Span { start: 0, end: 0 }, gap: 0 }
    }

    /// The paragraph, or the blank line, that holds a byte; the bytes are asked for in order.
    pub(super) fn at(&mut self, byte: u32) -> Span {
        while self.run.end <= byte {
            self.run = self.next();
        }
        self.run
    }

    fn next(&mut self) -> Span {
        let start = self.run.end;
        let tokens = self.text.tokens();
        while self.gap <= tokens.len() {
            // Nearly every gap: a blank line is longer.
            if let Some([before, behind]) =
                self.gap.checked_sub(1).and_then(|at| tokens.get(at..at + 2))
                && behind.span.start <= before.span.end + 1
            {
                self.gap += 1;
                continue;
            }
            let gap = self.text.gap_span(self.gap);
            if gap.end > start && is_blank_line(self.text.gap_text(self.gap)) {
                let in_gap = gap.start <= start;
                self.gap += usize::from(in_gap);
                return Span { start, end: if in_gap { gap.end } else { gap.start } };
            }
            self.gap += 1;
        }
        Span { start, end: self.text.text().len() as u32 }
    }
}

/// The part of a paragraph around a byte that no match may leave: cut at the borders of quotations.
pub(super) fn piece_at(paragraph: Span, quotations: &[Span], at: u32) -> Span {
    let mut piece = paragraph;
    let mut cut = |cut: u32| {
        if cut <= at {
            piece.start = piece.start.max(cut);
        } else {
            piece.end = piece.end.min(cut);
        }
    };
    let after = quotations.partition_point(|quotation| quotation.start <= at);
    for quotation in quotations.iter().skip(after.saturating_sub(1)).take(2) {
        cut(quotation.start);
        cut(quotation.end);
    }
    piece
}

/// Whether a gap between two words holds a blank line.
fn is_blank_line(gap: &str) -> bool {
    gap == "\n\n"
        || gap.len() > 1
            && gap != "  "
            && gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
            && holds_blank_line(gap)
}
