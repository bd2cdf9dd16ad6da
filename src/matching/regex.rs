//! Terms that are regular expressions: matched without case on the text as it is, in the paragraphs
//! that hold one of the literals without which they can't match.

use aho_corasick::{AhoCorasick, Input, MatchKind};
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
    literals: Option<Vec<Vec<u8>>>,
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
        let literals = required_literals(expression);
        Ok(Self { entry, ascii, unicode, literals })
    }

    /// Every match in a piece, leftmost first, none across the border of a word; the span runs from
    /// the first letter to the last.
    fn candidates(&self, text: &Folded, piece: Span, found: &mut Vec<Candidate>) {
        let within = piece.of(text.text());
        if !self.ascii.is_match(within) {
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
    /// The terms that no literal is known of: every paragraph is looked at for them.
    everywhere: Vec<usize>,
    literals: Literals,
}

/// The literals of all terms.
#[derive(Debug, Clone)]
struct Literals {
    /// Finds the next place where any stands: the fastest kind.
    next: Option<AhoCorasick>,
    /// Finds all that stand in a paragraph, overlapping ones, too.
    all: Option<AhoCorasick>,
    /// Literal and term, by literal.
    terms: Vec<(Vec<u8>, usize)>,
}

impl Literals {
    fn new(terms: &[RegexTerm]) -> Self {
        let mut pairs: Vec<(Vec<u8>, usize)> = Vec::new();
        for (index, term) in terms.iter().enumerate() {
            let literals = term.literals.iter().flatten();
            pairs.extend(literals.map(|literal| (literal.clone(), index)));
        }
        let build = |kind| {
            let literals = pairs.iter().map(|(literal, _)| literal);
            AhoCorasick::builder().match_kind(kind).build(literals).ok()
        };
        let (next, all) = (build(MatchKind::LeftmostFirst), build(MatchKind::Standard));
        Self { next, all, terms: pairs }
    }

    /// Where from `at` on the next literal stands.
    fn next(&self, lower: &str, at: usize) -> Option<usize> {
        let next = self.next.as_ref()?.find(Input::new(lower).range(at..))?;
        Some(next.start())
    }

    /// Adds the terms with a literal in a piece.
    fn terms_in(&self, lower: &str, terms: &mut Vec<usize>) {
        let found = self.all.iter().flat_map(|all| all.find_overlapping_iter(lower));
        terms.extend(
            found.filter_map(|found| self.terms.get(found.pattern().as_usize())).map(|t| t.1),
        );
    }
}

impl Regexes {
    pub(super) fn new(terms: Vec<RegexTerm>) -> Self {
        let literals = Literals::new(&terms);
        let built = literals.next.is_some() && literals.all.is_some();
        let slow = |index: &usize| !built || terms[*index].literals.is_none();
        let everywhere = (0..terms.len()).filter(slow).collect();
        Self { everywhere, literals, terms }
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
        let mut here: Vec<usize> = Vec::new();
        let mut paragraphs = Paragraphs::new(text);
        let mut at = 0;
        let end = text.text().len();
        while at < end {
            if self.everywhere.is_empty() {
                let Some(next) = self.literals.next(text.lower(), at) else { break };
                at = next;
            }
            let piece = piece_at(paragraphs.at(at as u32), quotations, at as u32);
            here.clear();
            here.extend(&self.everywhere);
            self.literals.terms_in(piece.of(text.lower()), &mut here);
            here.sort_unstable();
            here.dedup();
            for term in here.iter().filter_map(|&index| self.terms.get(index)) {
                term.candidates(text, piece, found);
            }
            at = (at + 1).max(piece.end as usize);
        }
    }
}

/// The runs of text between blank lines, one after the other: each gap is looked at once, however
/// long the text is.
struct Paragraphs<'t> {
    text: &'t Folded,
    /// The paragraph, or the blank line, that was asked for last.
    run: Span,
    /// The first gap that begins behind it.
    gap: usize,
}

impl<'t> Paragraphs<'t> {
    fn new(text: &'t Folded) -> Self {
        Self { text, run: Span { start: 0, end: 0 }, gap: 0 }
    }

    /// The paragraph, or the blank line, that holds a byte; the bytes are asked for in order.
    fn at(&mut self, byte: u32) -> Span {
        while self.run.end <= byte {
            self.run = self.next();
        }
        self.run
    }

    fn next(&mut self) -> Span {
        let start = self.run.end;
        let gaps = self.text.tokens().len() + 1;
        while self.gap < gaps {
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
fn piece_at(paragraph: Span, quotations: &[Span], at: u32) -> Span {
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
    gap.len() > 1
        && gap.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{b}', '\u{c}'])
        && gap_marks(gap).contains(&'¶')
}
