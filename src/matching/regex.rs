//! Terms that are regular expressions: matched without case on the text as it is, around the literals
//! without which they can't match.
//!
//! The literals of all terms are found together (`literals`). A term whose matches begin with their literals is looked
//! for where these stand; one with literals elsewhere, in the paragraphs that hold one; a term without
//! literals, in all paragraphs.

use std::ops::Range;

use regex_syntax::is_word_character;
use thiserror::Error;

use super::engine::Candidate;
use super::literals::{Literals, Piece, Spot};
use super::pieces::{Paragraphs, piece_at};
use super::twins::Twins;
use crate::lexicon::{EntryId, Required};
use crate::text::{Folded, Span};

/// From this length on, a match that does not fit is given up as a whole, else a single endless line
/// would cost the square of its length.
const LONG_MATCH: usize = 1_000;

/// In a paragraph with a term's literals at more places the term is looked for in one go: matches that
/// begin at every place and go on for long would cost the square of its length.
const MANY_PLACES: usize = 64;

/// In a paragraph of more than two blocks of so many bytes a match sees the rest of the block in which it
/// begins and the block behind that: what looks for a distant end again from every word would cost the
/// square of the paragraph's length.
const BLOCK: usize = 2 << 10;

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
    twins: Twins,
    /// What every match holds; nothing where nothing is known to be in all.
    required: Option<Required>,
}

impl RegexTerm {
    pub(super) fn new(entry: EntryId, expression: &str) -> Result<Self, RegexFault> {
        let twins = Twins::new(expression)?;
        let facts = twins.facts();
        let required = facts.required.clone().map(|required| Required {
            // What looks around itself can't be tried by itself.
            at_start: required.at_start && facts.is_free,
            ..required
        });
        Ok(Self { entry, twins, required })
    }

    /// Every match in a piece, leftmost first, none across the border of a word; the span runs from
    /// the first letter to the last.
    fn in_piece(&self, text: &Folded, piece: Piece, found: &mut Vec<Candidate>) {
        let within = piece.span.of(text.text());
        let mut at = 0;
        while at <= within.len() {
            let sight = Sight::from(text, piece.span, at);
            let found_at = self.twins.find_at(piece.is_easy, &within[..sight.end], at);
            at = match found_at.filter(|matched| matched.start < sight.next) {
                Some(matched) if sight.holds(&matched, &self.twins) => {
                    self.take(text, piece.span, matched, found)
                }
                Some(matched) => next_character(within, matched.start),
                None if sight.next > within.len() => break,
                None => next_character(within, sight.next - 1),
            };
        }
    }

    /// The same where every match begins with a literal and these are all in the piece.
    fn at_literals(&self, text: &Folded, literals: &mut [Spot], found: &mut Vec<Candidate>) {
        literals.sort_unstable_by_key(|spot| spot.literal.start);
        let mut at = 0;
        for &Spot { literal, piece, .. } in &*literals {
            let start = (literal.start - piece.span.start) as usize;
            let (before, rest) =
                piece.span.of(text.text()).split_at_checked(start).unwrap_or_default();
            let inside = before.chars().next_back().is_some_and(is_word_character);
            let sight = Sight::from(text, piece.span, start);
            let rest = &rest[..sight.end - start];
            let length = || self.twins.length_at_start(piece.is_easy, rest);
            if start >= at
                && !inside
                && let Some(length) = length()
            {
                at = self.take(text, piece.span, start..start + length, found);
            }
        }
    }

    /// Notes a match where it covers whole words; the byte of the piece where the next may begin.
    fn take(
        &self,
        text: &Folded,
        piece: Span,
        matched: Range<usize>,
        found: &mut Vec<Candidate>,
    ) -> usize {
        let start = piece.start as usize;
        let span = Span::new(start + matched.start, start + matched.end);
        if let Some(candidate) = self.fit(text, span) {
            found.push(candidate);
            return matched.end;
        }
        if matched.len() >= LONG_MATCH {
            return matched.end;
        }
        next_character(piece.of(text.text()), matched.start)
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

/// The first byte behind `at` where a character begins, or one behind the end.
fn next_character(text: &str, at: usize) -> usize {
    (at + 1..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len().max(at + 1))
}

/// What a match may see of a piece.
struct Sight {
    /// Where that ends, in bytes of the piece: where a word begins, or the piece ends.
    end: usize,
    /// From here on a match sees farther.
    next: usize,
    /// Whether the piece ends there.
    is_whole: bool,
}

impl Sight {
    /// What a match sees that begins at a byte of the piece.
    fn from(text: &Folded, piece: Span, at: usize) -> Self {
        let length = piece.len();
        let end = (at / BLOCK + 2) * BLOCK;
        if end >= length {
            return Self { end: length, next: length + 1, is_whole: true };
        }
        let words = text.tokens();
        let behind =
            words.partition_point(|word| (word.span.start as usize) < piece.start as usize + end);
        let end = words.get(behind).map_or(length, |word| (word.span.start - piece.start) as usize);
        let end = end.min(length);
        Self { end, next: (at / BLOCK + 1) * BLOCK, is_whole: end == length }
    }

    /// Whether a match stands there however the text goes on: one that looks around itself must not
    /// take the end of what it sees for the end of the text.
    fn holds(&self, matched: &Range<usize>, twins: &Twins) -> bool {
        self.is_whole || matched.end < self.end || twins.facts().is_free
    }
}

/// All regular expressions of an inventory.
#[derive(Debug, Clone)]
pub(super) struct Regexes {
    terms: Vec<RegexTerm>,
    /// The terms that no literal is known of: every paragraph is looked at for them.
    everywhere: Vec<usize>,
    literals: Literals,
}

impl Regexes {
    pub(super) fn new(terms: Vec<RegexTerm>) -> Self {
        let literals = Literals::new(terms.iter().map(|term| term.required.as_ref()));
        let is_slow = |index: &usize| {
            !literals.are_known() || terms.get(*index).is_none_or(|term| term.required.is_none())
        };
        let everywhere = (0..terms.len()).filter(is_slow).collect();
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
        if has_other_forms(text.text()) {
            self.in_all_pieces(text, quotations, &self.terms.iter().collect::<Vec<_>>(), found);
            return;
        }
        let mut spots = self.literals.spots(text, quotations);
        for here in spots.chunk_by_mut(|one, two| (one.term, one.piece) == (two.term, two.piece)) {
            let Some(term) = self.terms.get(here[0].term as usize) else { continue };
            let at_start = term.required.as_ref().is_some_and(|required| required.at_start);
            if at_start && here.len() <= MANY_PLACES {
                term.at_literals(text, here, found);
            } else {
                term.in_piece(text, here[0].piece, found);
            }
        }
        let slow = self.everywhere.iter().filter_map(|&index| self.terms.get(index));
        self.in_all_pieces(text, quotations, &slow.collect::<Vec<_>>(), found);
    }

    fn in_all_pieces(
        &self,
        text: &Folded,
        quotations: &[Span],
        terms: &[&RegexTerm],
        found: &mut Vec<Candidate>,
    ) {
        if terms.is_empty() {
            return;
        }
        let mut paragraphs = Paragraphs::new(text);
        let mut at = 0;
        while at < text.text().len() {
            let piece = piece_at(paragraphs.at(at as u32), quotations, at as u32);
            let piece = Piece::new(text, piece);
            terms.iter().for_each(|term| term.in_piece(text, piece, found));
            at = (at + 1).max(piece.span.end as usize);
        }
    }
}

/// Whether a text holds a letter that is another form of an ASCII letter: literals are not to be
/// trusted there.
fn has_other_forms(text: &str) -> bool {
    let holds = |form: &str| memchr::memmem::find(text.as_bytes(), form.as_bytes()).is_some();
    !text.is_ascii() && (holds("\u{17f}") || holds("\u{212a}"))
}
