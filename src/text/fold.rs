//! Text as it is matched: words without case, accents and typography, each with its place in the
//! text that it came from and what stands before it.

use std::ops::Range;

use super::letters::{Exactness, Kind, fold_word, kind};
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
    /// What stands before it.
    pub gap: Gap,
    /// Where what follows begins: behind the last full stop of an initialism, else the span's end.
    rest: u32,
    /// Bytes of the folded form, in [`Folded::forms`].
    form: Span,
    /// Where the folded form ends without the possessive ending.
    form_bare_end: u32,
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
    text: String,
    /// The text with ASCII letters in lower case, then the forms of words that need more.
    forms: String,
    tokens: Vec<Token>,
}

impl Folded {
    /// Folds `text`, which must not be longer than [`Span::LIMIT`] bytes (what is beyond is left out).
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.fold_into(text);
        folded
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

    /// The text that was folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its words, in order.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The folded form of a word: without case and accents, with a possessive ending if it has one.
    pub fn form(&self, token: &Token) -> &str {
        token.form.of(&self.forms)
    }

    /// The folded form without the possessive ending.
    pub fn bare(&self, token: &Token) -> &str {
        Span { start: token.form.start, end: token.form_bare_end }.of(&self.forms)
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

    /// The bytes between the word before index `index` and the word there: for 0 what stands before
    /// the first word, for the number of words what stands behind the last.
    pub fn gap_span(&self, index: usize) -> Span {
        let before = index.checked_sub(1).and_then(|before| self.tokens.get(before));
        let start = before.map_or(0, |token| token.rest);
        let end = self.tokens.get(index).map_or(self.text.len() as u32, |token| token.span.start);
        Span { start, end: end.max(start) }
    }

    /// The text of [`Folded::gap_span`].
    pub fn gap_text(&self, index: usize) -> &str {
        self.gap_span(index).of(&self.text)
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
        self.scan(text, wild);
    }

    fn scan(&mut self, text: &str, wild: bool) {
        let bytes = text.as_bytes();
        let (mut at, mut gap) = (0, GapScan::Break);
        while let Some(&byte) = bytes.get(at) {
            let (found, length) = if byte.is_ascii() {
                (if wild { wild_kind(byte) } else { ASCII[byte as usize] }, 1)
            } else {
                char_at(text, at).map_or((Kind::Other, 1), |c| (kind(c), c.len_utf8()))
            };
            if found == Kind::Word {
                let token = word_at(text, at, wild, &mut self.forms);
                at = token.rest as usize;
                self.tokens.push(Token { gap: gap.close(), ..token });
                gap = GapScan::Empty;
            } else {
                let both = byte == b'\r' && bytes.get(at + 1) == Some(&b'\n');
                at += length + usize::from(both);
                gap = gap.then(found);
            }
        }
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

const ASCII: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte as usize] = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Kind::Word,
            b' ' | b'\t' => Kind::Blank,
            b'\n' | b'\r' | 0xb | 0xc => Kind::Line,
            b'-' => Kind::Hyphen,
            b'\'' => Kind::Apostrophe,
            b'.' => Kind::Stop,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

fn wild_kind(byte: u8) -> Kind {
    if matches!(byte, b'*' | b'?') { Kind::Word } else { ASCII[byte as usize] }
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The word that begins at `start`. Only ASCII takes the short way, where the folded form is the
/// lower-case copy of the text.
fn word_at(text: &str, start: usize, wild: bool, forms: &mut String) -> Token {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        bytes.get(at).is_some_and(|&b| {
            ASCII[b as usize] == Kind::Word || (wild && wild_kind(b) == Kind::Word)
        })
    };
    let mut at = start;
    loop {
        while is_word(at) {
            at += 1;
        }
        match bytes.get(at) {
            Some(b'\'') if is_word(at + 1) => at += 1,
            Some(b'\'') if bytes.get(at + 1).is_none_or(u8::is_ascii) => {
                at += usize::from(matches!(bytes[at - 1], b's' | b'S'));
                break;
            }
            Some(b'.') if at - start == 1 && !bytes[start].is_ascii_digit() => {
                return Scan { text, wild }.word(start, forms);
            }
            Some(b'\'') => return Scan { text, wild }.word(start, forms),
            Some(byte) if !byte.is_ascii() && char_at(text, at).is_some_and(goes_on) => {
                return Scan { text, wild }.word(start, forms);
            }
            _ => break,
        }
    }
    let cut = match &bytes[start..at] {
        [.., _, b'\'', b's' | b'S'] => 2,
        [.., b's' | b'S', b'\''] => 1,
        _ => 0,
    };
    let span = Span::new(start, at);
    let bare_end = span.end - cut;
    Token { span, bare_end, gap: Gap::Break, rest: span.end, form: span, form_bare_end: bare_end }
}

/// Whether a word that ends in ASCII may go on with `c`.
fn goes_on(c: char) -> bool {
    matches!(kind(c), Kind::Word | Kind::Mark | Kind::Apostrophe | Kind::SoftHyphen | Kind::Ignored)
}

/// The long way, a character at a time: every rule.
struct Scan<'t> {
    text: &'t str,
    wild: bool,
}

/// How far a word reaches.
struct Reach {
    /// End of its last letter or of its last apostrophe.
    end: usize,
    /// End of the letter before the last apostrophe.
    before_apostrophe: Option<usize>,
    /// Where what follows begins.
    rest: usize,
}

impl Scan<'_> {
    fn kind_at(&self, at: usize) -> Option<(Kind, usize)> {
        let c = char_at(self.text, at)?;
        let kind = if self.wild && matches!(c, '*' | '?') { Kind::Word } else { kind(c) };
        Some((kind, at + c.len_utf8()))
    }

    /// The first position from `at` on that holds no zero-width character.
    fn skip_ignored(&self, mut at: usize) -> usize {
        while let Some((Kind::Ignored | Kind::SoftHyphen, next)) = self.kind_at(at) {
            at = next;
        }
        at
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.kind_at(at), Some((Kind::Word, _)))
    }

    /// Behind a soft hyphen: where the word goes on in the next line.
    fn over_line(&self, at: usize) -> Option<usize> {
        let (mut at, mut lines) = (at, 0);
        while let Some((kind, next)) = self.kind_at(at) {
            match kind {
                Kind::Word => return (lines == 1).then_some(at),
                Kind::Blank | Kind::Ignored => {}
                Kind::Line => {
                    lines += 1;
                    if self.text[at..].starts_with("\r\n") {
                        at += 1;
                    }
                }
                _ => return None,
            }
            at = next.max(at + 1);
        }
        None
    }

    fn reach(&self, start: usize) -> Reach {
        let mut reach = Reach { end: start, before_apostrophe: None, rest: start };
        // Letters since the last full stop, and whether all before it stood alone.
        let (mut run, mut initials, mut stops) = (0, true, 0);
        let mut last = ' ';
        let mut at = start;
        while let Some((kind, next)) = self.kind_at(at) {
            match kind {
                Kind::Word => {
                    last = char_at(self.text, at).unwrap_or(' ');
                    initials &= !last.is_numeric();
                    run += 1;
                    reach.end = next;
                }
                Kind::Mark => reach.end = next,
                Kind::SoftHyphen => {
                    at = self.over_line(next).unwrap_or(next);
                    continue;
                }
                Kind::Ignored => {}
                Kind::Apostrophe if self.is_word(self.skip_ignored(next)) => {
                    reach.before_apostrophe = Some(reach.end);
                    initials = false;
                }
                Kind::Apostrophe if matches!(last, 's' | 'S') => {
                    reach.before_apostrophe = Some(reach.end);
                    reach.end = next;
                    break;
                }
                Kind::Stop if initials && run == 1 && self.is_initial(next) => {
                    run = 0;
                    stops += 1;
                }
                _ => break,
            }
            at = next;
        }
        reach.rest = reach.end;
        if initials && run == 1 && (stops > 0 || last.is_uppercase()) {
            self.last_stop(&mut reach, stops > 0);
        }
        reach
    }

    /// Whether one letter stands alone at `at`.
    fn is_initial(&self, at: usize) -> bool {
        let Some((Kind::Word, mut next)) = self.kind_at(at) else { return false };
        while let Some((Kind::Mark | Kind::Ignored, after)) = self.kind_at(next) {
            next = after;
        }
        !char_at(self.text, at).is_some_and(char::is_numeric) && !self.is_word(next)
    }

    /// Takes in the full stop behind an initialism or an initial ("John F. Kennedy"), and a
    /// possessive ending behind that ("the U.S.'s").
    fn last_stop(&self, reach: &mut Reach, initialism: bool) {
        let Some((Kind::Stop, next)) = self.kind_at(reach.end) else { return };
        if initialism
            && let Some((Kind::Apostrophe, letter)) = self.kind_at(next)
            && self.text[letter..].starts_with(['s', 'S'])
            && !self.is_word(letter + 1)
        {
            reach.before_apostrophe = Some(reach.end);
            reach.end = letter + 1;
            reach.rest = reach.end;
        } else if initialism
            || matches!(self.kind_at(next), None | Some((Kind::Blank | Kind::Line, _)))
        {
            reach.rest = next;
        }
    }

    fn word(&self, start: usize, forms: &mut String) -> Token {
        let reach = self.reach(start);
        let form_start = forms.len();
        fold_source(&self.text[start..reach.end], Exactness::default(), forms);
        let form = &forms[form_start..];
        let cut = match form.as_bytes() {
            [.., _, b'\'', b's'] => 2,
            [.., b's', b'\''] => 1,
            _ => 0,
        };
        let bare_end = match reach.before_apostrophe {
            Some(end) if cut > 0 => end,
            _ => reach.end,
        };
        Token {
            span: Span::new(start, reach.end),
            bare_end: bare_end as u32,
            gap: Gap::Break,
            rest: reach.rest as u32,
            form: Span::new(form_start, forms.len()),
            form_bare_end: (forms.len() - if bare_end < reach.end { cut } else { 0 }) as u32,
        }
    }
}

/// Folds the source of a word; the last full stop of an initialism may stand before its possessive.
fn fold_source(source: &str, keep: Exactness, out: &mut String) {
    let dotted = source.char_indices().rev().nth(2).filter(|&(_, c)| c == '.');
    match dotted {
        Some((stop, _)) if char_at(source, stop + 1).map(kind) == Some(Kind::Apostrophe) => {
            fold_word(&source[..stop], keep, out);
            fold_word(&source[stop + 1..], keep, out);
        }
        _ => fold_word(source, keep, out),
    }
}

#[cfg(test)]
#[path = "fold_tests.rs"]
mod tests;
