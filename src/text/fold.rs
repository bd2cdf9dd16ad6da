//! Text as it is matched: words without case, accents and typography, each with its place in the
//! text that it came from and what stands before it.
//!
//! Nearly every word of a news text is ASCII, and its folded form is its own bytes in small letters.
//! So the text is copied in small letters, and the words are found in masks of sixty-four bytes
//! (`fold_masks`). Only the others, with a curly apostrophe, an accent, the full stops of an
//! initialism, are read a character at a time (`fold_words`) and have their form written elsewhere.
//! All offsets are those of the unfolded text; the list of the other words is the way back.

use std::ops::Range;

use super::fold_masks::Scan;
use super::fold_words::fold_source;
use super::letters::{Exactness, Kind, kind};
use super::simd::Level;
use super::span::Span;

/// What stands between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gap {
    /// Blanks with at most one line break, or one hyphen (at the end of a line, too): a phrase may
    /// go on.
    Joined,
    /// Anything else (punctuation, a blank line, the start of the text): a phrase ends.
    Break,
}

/// One word of a [`Folded`] text.
///
/// A word is a run of letters and decimal digits with the apostrophes inside it; an initialism
/// ("U.S.", "e.g.") is one word, its inner full stops are kept and the last one is dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the unfolded text, from the first letter to the last, a possessive ending included.
    pub span: Span,
    /// Where the span ends without the possessive ending (`'s`, or the apostrophe after an s).
    pub bare_end: u32,
    /// For a word whose form is not its own bytes in small letters its number in
    /// [`Folded::others`], from 1; else 0.
    pub(super) other: u32,
}

impl Token {
    /// The span without the possessive ending.
    pub fn bare_span(&self) -> Span {
        Span { start: self.span.start, end: self.bare_end }
    }

    /// Whether the word has a possessive ending.
    pub fn is_possessive(&self) -> bool {
        self.bare_end != self.span.end
    }

    /// Whether its form is its own bytes in small letters, with no possessive ending to take off.
    pub(crate) fn is_plain(&self) -> bool {
        (self.bare_end ^ self.span.end) | self.other == 0
    }
}

/// A word whose folded form is not its own bytes in small letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Other {
    /// Bytes of the folded form, in [`Folded::forms`].
    pub(super) form: Span,
    /// Where the folded form ends without the possessive ending.
    pub(super) form_bare_end: u32,
    /// Where what follows begins: behind the last full stop of an initialism, else the span's end.
    pub(super) rest: u32,
}

/// A text with its words folded. The buffers can be used again for the next text.
///
/// ```
/// use parallax::text::Folded;
///
/// let folded = Folded::new("The Régime’s leftist.The");
/// let forms: Vec<&str> = folded.tokens().iter().map(|token| folded.form(token)).collect();
/// assert_eq!(forms, ["the", "regime's", "leftist", "the"]);
/// assert_eq!(folded.bare(&folded.tokens()[1]), "regime");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Folded {
    level: Level,
    text: String,
    /// The text with ASCII letters in small, then the forms of the other words, then [`PADDING`].
    forms: String,
    tokens: Vec<Token>,
    others: Vec<Other>,
}

/// What stands behind the forms, so that eight bytes can be read wherever a form begins.
const PADDING: &str = "\0\0\0\0\0\0\0\0";

impl Folded {
    /// Folds `text`, which must not be longer than [`Span::LIMIT`] bytes (what is beyond is left out).
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.fold_into(text);
        folded
    }

    /// Empty, to be folded into with these instructions of the processor, which change no result:
    /// for tests and measurements.
    pub fn with_level(level: Level) -> Self {
        Self { level, ..Self::default() }
    }

    /// Folds another text into the same buffers.
    pub fn fold_into(&mut self, text: &str) {
        self.fill(text, false);
    }

    /// Folds the notation of a pattern, in which `*` and `?` are letters.
    pub(crate) fn of_pattern(pattern: &str) -> Self {
        let mut folded = Self::default();
        folded.fill(pattern, true);
        folded
    }

    fn fill(&mut self, text: &str, wild: bool) {
        let mut end = text.len().min(Span::LIMIT);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let text = &text[..end];
        self.text.clear();
        self.text.push_str(text);
        self.forms.clear();
        self.forms.push_str(text);
        self.forms.make_ascii_lowercase();
        self.tokens.clear();
        self.others.clear();
        let Self { level, forms, tokens, others, .. } = self;
        level.run(Scan { text, wild, forms, tokens, others });
        self.forms.push_str(PADDING);
    }

    /// The text that was folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text with ASCII letters in small, byte for byte where the text has them.
    pub(crate) fn lower(&self) -> &str {
        self.forms.get(..self.text.len()).unwrap_or_default()
    }

    /// All folded forms, that of a [plain](Token::is_plain) word at its own offsets; at least eight
    /// bytes follow the beginning of each.
    pub(crate) fn forms(&self) -> &[u8] {
        self.forms.as_bytes()
    }

    /// With which instructions of the processor it was folded.
    pub(crate) fn level(&self) -> Level {
        self.level
    }

    /// Its words, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    fn other(&self, token: &Token) -> Option<&Other> {
        self.others.get((token.other as usize).wrapping_sub(1))
    }

    /// The folded form of a word: without case and accents, with a possessive ending if it has one.
    pub fn form(&self, token: &Token) -> &str {
        self.other(token).map_or(token.span, |other| other.form).of(&self.forms)
    }

    /// The folded form without the possessive ending.
    pub fn bare(&self, token: &Token) -> &str {
        self.bare_form(token).of(&self.forms)
    }

    /// The bytes of [`Folded::forms`] that hold the same.
    #[inline]
    pub(crate) fn bare_form(&self, token: &Token) -> Span {
        let bare = |other: &Other| Span { start: other.form.start, end: other.form_bare_end };
        self.other(token).map_or(token.bare_span(), bare)
    }

    /// Appends to `out` the form of a word with its case, its accents or both, with the possessive
    /// ending if `possessive`.
    pub fn exact_form(&self, token: &Token, keep: Exactness, possessive: bool, out: &mut String) {
        let span = if possessive { token.span } else { token.bare_span() };
        let form = if possessive { self.form(token) } else { self.bare(token) };
        let source = span.of(&self.text);
        if !keep.case && source.is_ascii() {
            out.push_str(form);
        } else {
            fold_source(source, keep, out);
        }
    }

    /// Indices of the words that share a byte with `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let first = self.tokens.partition_point(|token| token.span.end <= span.start);
        let after = self.tokens.partition_point(|token| token.span.start < span.end);
        first..after.max(first)
    }

    /// What stands between the word before index `index` and the word there.
    pub fn gap(&self, index: usize) -> Gap {
        if index == 0 || index >= self.tokens.len() {
            return Gap::Break;
        }
        match self.gap_text(index) {
            " " | "  " | "\n" => Gap::Joined,
            gap => GapScan::over(gap).close(),
        }
    }

    /// The bytes between the word before index `index` and the word there: for 0 what stands before
    /// the first word, for the number of words what stands behind the last.
    pub fn gap_span(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        let rest = |token: &Token| self.other(token).map_or(token.span.end, |other| other.rest);
        let start = before.map_or(0, rest);
        let end = self.tokens.get(index).map_or(self.text.len() as u32, |token| token.span.start);
        Span { start, end: end.max(start) }
    }

    /// The text of [`Folded::gap_span`].
    pub fn gap_text(&self, index: usize) -> &str {
        self.gap_span(index).of(&self.text)
    }
}

/// What has been seen of the gap between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GapScan {
    Empty,
    Blank,
    Line,
    Hyphen,
    HyphenBlank,
    HyphenLine,
    Break,
}

impl GapScan {
    /// The state behind a gap; a carriage return and a line feed are one line break.
    fn over(gap: &str) -> Self {
        let mut state = Self::Empty;
        let mut before = ' ';
        for c in gap.chars() {
            if (before, c) != ('\r', '\n') {
                state = state.then(kind(c));
            }
            if state == Self::Break {
                break;
            }
            before = c;
        }
        state
    }

    fn then(self, kind: Kind) -> Self {
        match (self, kind) {
            (_, Kind::Ignored | Kind::SoftHyphen) => self,
            (Self::Empty | Self::Blank, Kind::Blank) => Self::Blank,
            (Self::Empty | Self::Blank, Kind::Line) | (Self::Line, Kind::Blank) => Self::Line,
            (Self::Empty, Kind::Hyphen) => Self::Hyphen,
            (Self::Hyphen | Self::HyphenBlank, Kind::Blank) => Self::HyphenBlank,
            (Self::Hyphen | Self::HyphenBlank, Kind::Line) => Self::HyphenLine,
            (Self::HyphenLine, Kind::Blank) => Self::HyphenLine,
            _ => Self::Break,
        }
    }

    fn close(self) -> Gap {
        match self {
            Self::Blank | Self::Line | Self::Hyphen | Self::HyphenLine => Gap::Joined,
            Self::Empty | Self::HyphenBlank | Self::Break => Gap::Break,
        }
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
