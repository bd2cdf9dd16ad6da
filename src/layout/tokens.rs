//! A sentence as the search for reported clauses sees it: words with their classes, the signs
//! between them, and each quotation as one token.

use super::grammar::Classes;
use super::marks::Quotation;
use super::vocabulary::{Known, UNKNOWN, Vocabulary};
use super::wording::Wording;
use crate::text::Span;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Word,
    /// A quotation, by its index.
    Quote(u32),
    Comma,
    Semicolon,
    Colon,
    Dash,
}

/// A word, a sign or a quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub span: Span,
    pub sort: Sort,
    /// Number in the vocabulary; 0 for unknown words and for signs.
    pub id: u32,
    pub classes: Classes,
}

impl Token {
    pub fn is(&self, class: Classes) -> bool {
        self.classes.any(class)
    }
    pub fn word(&self) -> bool {
        self.sort == Sort::Word
    }
}

/// A longer word, in bytes, is noise.
const LONGEST_WORD: usize = 40;

/// Fills `tokens` with the sentence and tells whether it may report anything; `quotations` are those
/// that may reach into it, `first` the index of the first of them. What stands in brackets is left
/// out.
pub(super) fn read(
    wording: &Wording<'_>,
    sentence: Span,
    quotations: &[Quotation],
    first: usize,
    tokens: &mut Vec<Token>,
) -> bool {
    tokens.clear();
    let mut at = sentence.start;
    let mut brackets = Brackets::default();
    for (offset, quotation) in quotations.iter().enumerate() {
        let (from, to) = (quotation.outer.start.max(at), quotation.outer.end.min(sentence.end));
        if from >= sentence.end {
            break;
        }
        if to <= at {
            continue;
        }
        let lead = Span { start: at, end: from };
        read_plain(wording, lead, &mut brackets, tokens);
        tokens.push(Token {
            span: Span { start: from, end: to },
            sort: Sort::Quote((first + offset) as u32),
            id: UNKNOWN,
            classes: if to == quotation.outer.end && stopped(wording.text, quotation) {
                Classes::STOPPED
            } else {
                Classes::default()
            },
        });
        at = to;
    }
    let rest = Span { start: at.min(sentence.end), end: sentence.end };
    read_plain(wording, rest, &mut brackets, tokens);
    reports(tokens)
}

/// Whether words with these may report anything.
pub(super) fn reports(tokens: &[Token]) -> bool {
    let all = tokens.iter().fold(Classes::default(), |all, token| all.or(token.classes));
    all.any(Classes::CUE) || all.any(Classes::NOUN) && all.any(Classes::THAT)
}

fn stopped(text: &str, quotation: &Quotation) -> bool {
    quotation
        .inner
        .of(text)
        .trim_end_matches(['’', '\'', '”', '"'])
        .ends_with([',', '.', '?', '!', '…', '—', '–', '-'])
}

/// The open bracket: how many tokens stood before it.
#[derive(Default)]
struct Brackets(Option<usize>);

fn read_plain(wording: &Wording<'_>, span: Span, brackets: &mut Brackets, tokens: &mut Vec<Token>) {
    let piece = span.of(wording.text);
    let base = span.start as usize;
    let mut last = 0;
    for mut word in wording.words_in(span).iter().copied() {
        if signs(piece, base, last, word.span.start as usize - base, brackets, tokens) {
            word.classes = word.classes.or(Classes::HYPHEN);
        }
        last = word.span.end as usize - base;
        tokens.push(word);
    }
    signs(piece, base, last, piece.len(), brackets, tokens);
}

/// Reads the signs between two words; whether nothing but a hyphen joins them.
fn signs(
    piece: &str,
    base: usize,
    from: usize,
    to: usize,
    brackets: &mut Brackets,
    tokens: &mut Vec<Token>,
) -> bool {
    let gap = &piece[from..to];
    if matches!(gap, " " | "  ") {
        return false;
    }
    for (offset, sign) in gap.char_indices() {
        let at = from + offset;
        let sort = match sign {
            ',' => Sort::Comma,
            ';' => Sort::Semicolon,
            ':' => Sort::Colon,
            '—' | '―' => Sort::Dash,
            // A hyphen at a line's end is none.
            '–' | '-'
                if gap[..offset].ends_with([' ', '\u{a0}', '-'])
                    || gap[offset..].starts_with("--") =>
            {
                Sort::Dash
            }
            '(' | '[' => {
                brackets.0 = Some(tokens.len());
                continue;
            }
            ')' | ']' => {
                if let Some(before) = brackets.0.take() {
                    tokens.truncate(before);
                }
                continue;
            }
            _ => continue,
        };
        let start = base + at;
        if sort == Sort::Dash && tokens.last().is_some_and(|last| last.sort == Sort::Dash) {
            continue;
        }
        let span = Span::new(start, start + sign.len_utf8());
        tokens.push(Token { span, sort, id: UNKNOWN, classes: Classes::default() });
    }
    matches!(gap, "-" | "‑" | "‐")
}

/// What a word is and what its shape says.
pub(super) fn classify(
    text: &str,
    word: Span,
    vocabulary: &Vocabulary,
    folded: &mut String,
) -> Known {
    let content = word.of(text);
    if !content.is_ascii() {
        return classify_folded(content, vocabulary, folded);
    }
    let bytes = content.as_bytes();
    let mut shape = Classes::default();
    let first = bytes.first().copied().unwrap_or_default();
    if first.is_ascii_uppercase() {
        shape = Classes::CAPITAL;
        if bytes.len() > 1 && !bytes.iter().any(u8::is_ascii_lowercase) {
            shape = shape.or(Classes::UPPER);
        }
    } else if first.is_ascii_digit() {
        shape = Classes::DIGIT;
    }
    if bytes.len() > LONGEST_WORD {
        return Known { id: UNKNOWN, classes: shape };
    }
    let (start, end) = (word.start as usize, word.end as usize);
    let known = vocabulary.known(text, start, end);
    if known.id == UNKNOWN && bytes.len() > 2 && matches!(bytes, [.., b'\'', b's' | b'S']) {
        return owner(vocabulary.known(text, start, end - 2), shape);
    }
    let ending = match bytes {
        [_, _, .., b'e' | b'E', b'd' | b'D'] => Classes::ED,
        [_, _, .., b's' | b'S'] => Classes::S,
        [_, _, .., b'i' | b'I', b'n' | b'N', b'g' | b'G'] => Classes::ING,
        [_, _, .., b'l' | b'L', b'y' | b'Y'] => Classes::LY,
        _ => Classes::default(),
    };
    with_shape(known, shape.or(ending), content)
}

/// The same for a word with other letters, or with a curly apostrophe.
fn classify_folded(word: &str, vocabulary: &Vocabulary, folded: &mut String) -> Known {
    let mut shape = Classes::default();
    if word.starts_with(char::is_uppercase) {
        shape = Classes::CAPITAL;
        if word.len() > 1 && !word.chars().any(char::is_lowercase) {
            shape = shape.or(Classes::UPPER);
        }
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        shape = shape.or(Classes::DIGIT);
    }
    if word.len() > LONGEST_WORD {
        return Known { id: UNKNOWN, classes: shape };
    }
    folded.clear();
    let straight = |c| if c == '’' { '\'' } else { c };
    folded.extend(word.chars().flat_map(char::to_lowercase).map(straight));
    let known = |word: &str| {
        let id = vocabulary.id(word);
        Known { id, classes: vocabulary.entry(id).classes }
    };
    let found = known(folded);
    if found.id == UNKNOWN
        && let Some(word) = folded.strip_suffix("'s")
    {
        return owner(known(word), shape);
    }
    for (ending, class) in
        [("ed", Classes::ED), ("s", Classes::S), ("ing", Classes::ING), ("ly", Classes::LY)]
    {
        if folded.len() > ending.len() + 1 && folded.ends_with(ending) {
            shape = shape.or(class);
        }
    }
    with_shape(found, shape, folded)
}

/// A possessive noun is never the verb or the function word that it looks like.
fn owner(known: Known, shape: Classes) -> Known {
    let noun = known.classes.and(Classes::NOUN);
    Known { id: known.id, classes: shape.or(Classes::POSSESSIVE).or(noun) }
}

fn with_shape(known: Known, shape: Classes, word: &str) -> Known {
    let month = shape.any(Classes::CAPITAL)
        && known.classes.any(Classes::MODAL)
        && word.eq_ignore_ascii_case("may");
    let classes = if month { known.classes.without(Classes::MODAL) } else { known.classes };
    Known { id: known.id, classes: shape.or(classes) }
}
