//! Terms that are regular expressions: matched without case on the text as it is.

use regex::{Regex, RegexBuilder};
use thiserror::Error;

use super::engine::Candidate;
use crate::lexicon::EntryId;
use crate::text::{Folded, Span};

/// Bytes that a compiled expression may take.
pub const SIZE_LIMIT: usize = 2 << 20;

/// From this length on, a match that does not fit is given up as a whole, else a single endless line
/// would cost the square of its length.
const LONG_MATCH: usize = 1_000;

/// Why an expression can't be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RegexFault {
    /// It is not a regular expression; what is wrong with it.
    #[error("{0}")]
    Syntax(String),
    /// It is too large.
    #[error("the expression takes more than {limit} bytes when compiled")]
    TooLarge {
        /// What it may take.
        limit: usize,
    },
    /// It matches where there is no text.
    #[error("the expression matches the empty text")]
    Empty,
}

/// One regular expression.
#[derive(Debug, Clone)]
pub(super) struct RegexTerm {
    entry: EntryId,
    /// As written: fast, and says of most paragraphs that there is nothing in them.
    plain: Regex,
    /// Between the borders of words.
    bordered: Regex,
}

impl RegexTerm {
    pub(super) fn new(entry: EntryId, expression: &str) -> Result<Self, RegexFault> {
        let plain = compile(expression)?;
        if plain.is_match("") {
            return Err(RegexFault::Empty);
        }
        let bordered = compile(&format!(r"\b{{start-half}}(?:{expression})\b{{end-half}}"))?;
        Ok(Self { entry, plain, bordered })
    }

    /// Every match in `pieces`, leftmost first, none across the border of a word; the span runs from
    /// the first letter to the last.
    pub(super) fn candidates(&self, text: &Folded, pieces: &[Span], found: &mut Vec<Candidate>) {
        for piece in pieces {
            let within = piece.of(text.text());
            if !self.plain.is_match(within) {
                continue;
            }
            let mut at = 0;
            while let Some(matched) = self.bordered.find_at(within, at) {
                let start = piece.start as usize + matched.start();
                let span = Span::new(start, start + matched.len());
                match self.fit(text, span) {
                    Some(candidate) => {
                        found.push(candidate);
                        at = matched.end();
                    }
                    None if matched.len() >= LONG_MATCH => at = matched.end(),
                    None => {
                        let skip =
                            within[matched.start()..].chars().next().map_or(1, char::len_utf8);
                        at = matched.start() + skip;
                    }
                }
                if at > within.len() {
                    break;
                }
            }
        }
    }

    /// The words that a match covers, if it covers whole words.
    fn fit(&self, text: &Folded, matched: Span) -> Option<Candidate> {
        let tokens = text.tokens();
        let covered = text.tokens_in(matched);
        let first = covered.start;
        let last = covered.last()?;
        let end = tokens[last].span.end.min(matched.end);
        let whole = tokens[first].span.start >= matched.start
            && (end == tokens[last].span.end || end == tokens[last].bare_end);
        whole.then(|| Candidate {
            entry: self.entry,
            span: Span { start: tokens[first].span.start, end },
            first,
            last,
            wildcards: 0,
        })
    }
}

fn compile(expression: &str) -> Result<Regex, RegexFault> {
    let built = RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => RegexFault::TooLarge { limit },
        other => RegexFault::Syntax(other.to_string()),
    })
}

/// The runs of text that no match may leave: cut at blank lines and at the borders of quotations.
pub(super) fn pieces(text: &Folded, quotations: &[Span]) -> Vec<Span> {
    let end = text.text().len() as u32;
    let mut cuts: Vec<u32> = quotations.iter().flat_map(|q| [q.start, q.end]).collect();
    for index in 0..=text.tokens().len() {
        let gap = text.gap_span(index);
        let marks = gap.of(text.text());
        if marks.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
            && crate::lexicon::gap_marks(marks).contains(&'¶')
        {
            cuts.extend([gap.start, gap.end]);
        }
    }
    cuts.retain(|&cut| cut < end && text.text().is_char_boundary(cut as usize));
    cuts.push(end);
    cuts.sort_unstable();
    let mut start = 0;
    let mut pieces = Vec::with_capacity(cuts.len());
    for cut in cuts {
        if cut > start {
            pieces.push(Span { start, end: cut });
        }
        start = cut;
    }
    pieces
}
