//! Terms that are regular expressions: matched without case on the text as it is, in the paragraphs
//! that hold one of the literals without which they can't match.

use aho_corasick::{AhoCorasick, Input, MatchKind};
use memchr::memmem::Finder;
use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use thiserror::Error;

use super::engine::Candidate;
use crate::lexicon::{EntryId, gap_marks, required_literals};
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
    /// Between the borders of words of ASCII: fast, and the same as the other where a text has no
    /// letter beyond ASCII; elsewhere it finds more.
    ascii: Regex,
    /// Between the borders of words.
    unicode: Regex,
    /// In small letters: every match holds one of them. `None` where nothing is known to be in all.
    literals: Option<Vec<Finder<'static>>>,
}

impl RegexTerm {
    pub(super) fn new(entry: EntryId, expression: &str) -> Result<Self, RegexFault> {
        // Read as written first, so that what is wrong is said of that.
        let parsed = ParserBuilder::new().case_insensitive(true).build().parse(expression);
        parsed.map_err(|error| RegexFault::Syntax(error.to_string()))?;
        let ascii =
            compile(&format!(r"(?-u:\b{{start-half}})(?:{expression})(?-u:\b{{end-half}})"))?;
        if ascii.is_match("") {
            return Err(RegexFault::Empty);
        }
        let unicode = compile(&format!(r"\b{{start-half}}(?:{expression})\b{{end-half}}"))?;
        let owned = |literal: &Vec<u8>| Finder::new(literal).into_owned();
        let literals = required_literals(expression)
            .map(|literals| literals.iter().map(owned).collect::<Vec<_>>());
        Ok(Self { entry, ascii, unicode, literals })
    }

    /// Whether it could match in a text, given in small letters.
    fn may_match(&self, lower: &str) -> bool {
        self.literals.as_ref().is_none_or(|literals| {
            literals.iter().any(|literal| literal.find(lower.as_bytes()).is_some())
        })
    }

    /// Every match in a piece, leftmost first, none across the border of a word; the span runs from
    /// the first letter to the last.
    fn candidates(&self, text: &Folded, piece: Span, found: &mut Vec<Candidate>) {
        let within = piece.of(text.text());
        if !self.may_match(piece.of(text.lower())) || !self.ascii.is_match(within) {
            return;
        }
        let regex = if has_letters_beyond_ascii(within) { &self.unicode } else { &self.ascii };
        let mut at = 0;
        while let Some(matched) = regex.find_at(within, at) {
            let start = piece.start as usize + matched.start();
            let span = Span::new(start, start + matched.len());
            match self.fit(text, span) {
                Some(candidate) => {
                    found.push(candidate);
                    at = matched.end();
                }
                None if matched.len() >= LONG_MATCH => at = matched.end(),
                None => {
                    let skip = within[matched.start()..].chars().next().map_or(1, char::len_utf8);
                    at = matched.start() + skip;
                }
            }
            if at > within.len() {
                break;
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
            first: first as u32,
            last: last as u32,
            wildcards: 0,
        })
    }
}

/// Whether a text may hold a letter, a digit or a mark that is not ASCII: anything but quotation
/// marks, dashes, an ellipsis, a no-break blank.
fn has_letters_beyond_ascii(text: &str) -> bool {
    let common =
        |c| matches!(c, '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201d}' | '\u{2026}' | '\u{a0}');
    !text.is_ascii() && text.chars().any(|c| !c.is_ascii() && !common(c))
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

/// All regular expressions of an inventory.
#[derive(Debug, Clone)]
pub(super) struct Regexes {
    terms: Vec<RegexTerm>,
    /// Whether some term has no literal, so that every paragraph must be looked at.
    everywhere: bool,
    /// Finds the literals of all terms.
    literals: Option<AhoCorasick>,
}

impl Regexes {
    pub(super) fn new(terms: Vec<RegexTerm>) -> Self {
        let known = terms.iter().filter_map(|term| term.literals.as_ref());
        let mut all: Vec<&[u8]> = known.flatten().map(Finder::needle).collect();
        all.sort_unstable();
        all.dedup();
        // The fastest kind: where any literal stands is enough.
        let literals = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(all).ok();
        let everywhere = literals.is_none() || terms.iter().any(|term| term.literals.is_none());
        Self { terms, everywhere, literals }
    }

    /// Every match of every term.
    pub(super) fn candidates(
        &self,
        text: &Folded,
        quotations: &[Span],
        found: &mut Vec<Candidate>,
    ) {
        if self.terms.is_empty() {
            return;
        }
        let mut at = 0;
        let end = text.text().len();
        while at < end {
            if let (false, Some(literals)) = (self.everywhere, &self.literals) {
                let Some(literal) = literals.find(Input::new(text.lower()).range(at..)) else {
                    break;
                };
                at = literal.start();
            }
            let piece = piece_at(text, quotations, at as u32);
            for term in &self.terms {
                term.candidates(text, piece, found);
            }
            at = (at + 1).max(piece.end as usize);
        }
    }
}

/// The run of text around a byte that no match may leave: cut at blank lines and at the borders of
/// quotations.
fn piece_at(text: &Folded, quotations: &[Span], at: u32) -> Span {
    let mut piece = Span { start: 0, end: text.text().len() as u32 };
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
    // The gap before the next word holds the byte, or stands behind it.
    let next = text.tokens().partition_point(|token| token.span.start <= at);
    let blank_line = |index: &usize| is_blank_line(text.gap_text(*index));
    let before =
        (0..=next).rev().find(|index| blank_line(index) && text.gap_span(*index).start <= at);
    let behind = (next..=text.tokens().len())
        .find(|index| blank_line(index) && text.gap_span(*index).end > at);
    for gap in before.into_iter().chain(behind).map(|index| text.gap_span(index)) {
        cut(gap.start);
        cut(gap.end);
    }
    piece
}

/// Whether a gap between two words holds a blank line.
fn is_blank_line(gap: &str) -> bool {
    gap.len() > 1
        && gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
        && gap_marks(gap).contains(&'¶')
}
