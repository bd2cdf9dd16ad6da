//! Where the literals of regular expressions stand in a text.
//!
//! A match covers whole words, so one that begins with a literal that begins with a letter begins
//! where a word does: there the first bytes are looked up, the same way as words are. So is a literal
//! that begins with a blank and goes on with a letter, by what stands behind the blank. The literals
//! that may stand anywhere are found by one automaton.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use rustc_hash::FxHashMap;

use super::filter::{Filter, cut, head};
use super::pieces::{Paragraphs, piece_at};
use crate::lexicon::Required;
use crate::text::{Block, Folded, Kernel, Span, is_easy};

/// Literals of more bytes in all are looked for with an automaton that is smaller and slower.
const MANY_BYTES: usize = 1 << 15;

/// A literal of a term, and the piece of the text that holds it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    pub(super) term: u32,
    pub(super) literal: Span,
    pub(super) piece: Piece,
}

/// A run of text that no match may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Piece {
    pub(super) span: Span,
    pub(super) is_easy: bool,
}

impl Piece {
    pub(super) fn new(text: &Folded, span: Span) -> Self {
        Self { span, is_easy: is_easy(span.of(text.text())) }
    }
}

/// Literals of one or of several terms.
#[derive(Debug, Clone)]
pub(super) struct Literals {
    at_words: AtWords,
    /// Finds the others, overlapping ones, too.
    anywhere: Option<AhoCorasick>,
    /// The term of each of them.
    terms: Vec<u32>,
}

impl Literals {
    /// Those of the terms, in their order.
    pub(super) fn new<'a>(required: impl Iterator<Item = Option<&'a Required>>) -> Self {
        let (mut at_words, mut literals, mut terms) = (AtWords::default(), Vec::new(), Vec::new());
        for (term, required) in required.enumerate() {
            let Some(required) = required else { continue };
            for literal in &required.literals {
                if let Some(before) = before_word(literal, required.at_start) {
                    at_words.add(term as u32, literal, before);
                } else {
                    literals.push(literal);
                    terms.push(term as u32);
                }
            }
        }
        at_words.make_ready();
        let few = literals.iter().map(|literal| literal.len()).sum::<usize>() <= MANY_BYTES;
        let kind = few.then_some(AhoCorasickKind::DFA);
        let anywhere = AhoCorasick::builder().kind(kind).build(literals).ok();
        Self { at_words, anywhere, terms }
    }

    /// Whether they can be looked for.
    pub(super) fn are_known(&self) -> bool {
        self.anywhere.is_some()
    }

    /// Where they stand, each within one piece, by term and piece.
    pub(super) fn spots(&self, text: &Folded, quotations: &[Span]) -> Vec<Spot> {
        let mut spots = Vec::new();
        let mut pieces = Pieces::new(text, quotations);
        self.at_words.find(text, |term, literal, word| {
            spots.extend(pieces.spot(term, literal, word));
        });
        if let Some(anywhere) = self.anywhere.as_ref().filter(|_| !self.terms.is_empty()) {
            let mut pieces = Pieces::new(text, quotations);
            for found in anywhere.find_overlapping_iter(text.lower()) {
                let literal = Span::new(found.start(), found.end());
                let term = self.terms.get(found.pattern().as_usize());
                let last = literal.end.saturating_sub(1);
                spots.extend(term.and_then(|&term| pieces.spot(term, literal, last)));
            }
        }
        spots.sort_by_key(|spot| (spot.term, spot.literal.end));
        spots
    }
}

/// How many bytes of a literal stand before the word that it certainly begins, or whose beginning it
/// holds behind a blank; `None` where it may stand anywhere.
fn before_word(literal: &[u8], at_start: bool) -> Option<usize> {
    match literal {
        [first, ..] if at_start && first.is_ascii_alphanumeric() => Some(0),
        [b' ', first, rest @ ..] if first.is_ascii_alphanumeric() => {
            (rest.len() + 1 >= SHORTEST).then_some(1)
        }
        _ => None,
    }
}

/// Bytes of a literal from the beginning of a word on: fewer would stand at most words.
const SHORTEST: usize = 3;

/// The pieces of a text, asked for in the order of the text.
struct Pieces<'t> {
    text: &'t Folded,
    quotations: &'t [Span],
    paragraphs: Paragraphs<'t>,
    piece: Piece,
}

impl<'t> Pieces<'t> {
    fn new(text: &'t Folded, quotations: &'t [Span]) -> Self {
        Self { text, quotations, paragraphs: Paragraphs::new(text), piece: Piece::default() }
    }

    /// The literal with its piece, if that holds all of it; `byte` is one of its own, none before that
    /// of the call before.
    fn spot(&mut self, term: u32, literal: Span, byte: u32) -> Option<Spot> {
        if !self.piece.span.holds(byte) {
            let paragraph = self.paragraphs.at(byte);
            self.piece = Piece::new(self.text, piece_at(paragraph, self.quotations, byte));
        }
        let piece = self.piece;
        piece.span.contains(literal).then_some(Spot { term, literal, piece })
    }
}

/// Literals that begin where a word does.
#[derive(Debug, Clone, Default)]
struct AtWords {
    /// For each number of first bytes that is asked for.
    lengths: Vec<Beginnings>,
    literals: Vec<AtWord>,
}

/// A literal that begins where a word does, or so many bytes before.
#[derive(Debug, Clone)]
struct AtWord {
    literal: Box<[u8]>,
    before: usize,
    term: u32,
}

impl AtWord {
    /// From the beginning of the word on.
    fn word_on(&self) -> &[u8] {
        self.literal.get(self.before..).unwrap_or_default()
    }
}

#[derive(Debug, Clone)]
struct Beginnings {
    length: usize,
    filter: Filter,
    /// By the first bytes, the numbers of the literals.
    literals: FxHashMap<u64, Vec<u32>>,
}

impl AtWords {
    /// Lengths of beginnings that are told apart: few, for each is a look at every word. Literals have
    /// three bytes or more, and a single one would let through most words.
    const LENGTHS: [usize; 4] = [8, 4, 3, 1];

    fn add(&mut self, term: u32, literal: &[u8], before: usize) {
        self.literals.push(AtWord { literal: literal.into(), before, term });
    }

    fn make_ready(&mut self) {
        let of = |literal: &[u8]| Self::LENGTHS.into_iter().find(|&length| literal.len() >= length);
        for length in Self::LENGTHS {
            let mut literals: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
            for (number, literal) in self.literals.iter().enumerate() {
                let literal = literal.word_on();
                if of(literal) == Some(length) {
                    let key = cut(head(literal), length);
                    literals.entry(key).or_default().push(number as u32);
                }
            }
            if !literals.is_empty() {
                let keys: Vec<u64> = literals.keys().copied().collect();
                let filter = Filter::new(keys.into_iter());
                self.lengths.push(Beginnings { length, filter, literals });
            }
        }
    }

    /// Gives each literal that stands where a word begins, in the order of the words, with its term and
    /// the first byte of the word.
    fn find(&self, text: &Folded, take: impl FnMut(u32, Span, u32)) {
        if !self.literals.is_empty() {
            text.level().run(Search { literals: self, text, take });
        }
    }
}

/// One text being searched.
struct Search<'a, T> {
    literals: &'a AtWords,
    text: &'a Folded,
    take: T,
}

/// Words that are filtered together.
const CHUNK: usize = 64;

impl<T: FnMut(u32, Span, u32)> Kernel for Search<'_, T> {
    type Output = ();

    #[inline(always)]
    fn run<B: Block>(mut self) {
        let forms = self.text.forms();
        let mut first = [0; CHUNK];
        for tokens in self.text.tokens().chunks(CHUNK) {
            for (first, token) in first.iter_mut().zip(tokens) {
                *first = first_bytes(forms, token.span.start);
            }
            let first = &first[..tokens.len()];
            let literals = self.literals;
            let mut any = 0;
            for Beginnings { length, filter, .. } in &literals.lengths {
                // No branch: most words begin no literal.
                let may_begin = |&first| filter.may_hold(cut(first, *length));
                let bits = first.iter().enumerate().map(|(at, first)| may_begin(first) << at);
                any |= bits.fold(0, |all, bit| all | bit);
            }
            while any != 0 {
                let index = any.trailing_zeros() as usize;
                self.look_up(tokens[index].span.start, first[index]);
                any &= any - 1;
            }
        }
    }
}

impl<T: FnMut(u32, Span, u32)> Search<'_, T> {
    #[inline(never)]
    fn look_up(&mut self, word: u32, first: u64) {
        let lower = self.text.lower().as_bytes();
        for Beginnings { length, filter, literals } in &self.literals.lengths {
            let key = cut(first, *length);
            if filter.may_hold(key) == 0 {
                continue;
            }
            for &number in literals.get(&key).into_iter().flatten() {
                let Some(literal) = self.literals.literals.get(number as usize) else { continue };
                let start = (word as usize).checked_sub(literal.before);
                let here = start.and_then(|start| lower.get(start..start + literal.literal.len()));
                if let Some(start) = start.filter(|_| here == Some(&*literal.literal)) {
                    let end = start + literal.literal.len();
                    (self.take)(literal.term, Span::new(start, end), word);
                }
            }
        }
    }
}

/// The eight bytes of the text in small letters, or what stands behind it, from `start` on.
#[inline(always)]
fn first_bytes(forms: &[u8], start: u32) -> u64 {
    let first = forms.get(start as usize..).and_then(|rest| rest.first_chunk::<8>());
    first.map_or(0, |first| u64::from_le_bytes(*first))
}
