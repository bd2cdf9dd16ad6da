//! A sentence as the search for reported clauses sees it: words with their classes, the signs
//! between them, and each quotation as one token.

use super::grammar::Classes;
use super::marks::Quotation;
use super::vocabulary::{UNKNOWN, Vocabulary};
use crate::text::{Span, words};

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

/// Fills `tokens` with the sentence; `quotations` are those that may reach into it, `first` the
/// index of the first of them. What stands in brackets is left out.
pub(super) fn read(
    text: &str,
    sentence: Span,
    quotations: &[Quotation],
    first: usize,
    vocabulary: &Vocabulary,
    tokens: &mut Vec<Token>,
) {
    tokens.clear();
    let mut at = sentence.start;
    let mut brackets = Brackets::default();
    let mut folded = String::new();
    for (offset, quotation) in quotations.iter().enumerate() {
        let (from, to) = (quotation.outer.start.max(at), quotation.outer.end.min(sentence.end));
        if from >= sentence.end {
            break;
        }
        if to <= at {
            continue;
        }
        let lead = Span { start: at, end: from };
        read_plain(text, lead, vocabulary, &mut brackets, &mut folded, tokens);
        tokens.push(Token {
            span: Span { start: from, end: to },
            sort: Sort::Quote((first + offset) as u32),
            id: UNKNOWN,
            classes: if to == quotation.outer.end && stopped(text, quotation) {
                Classes::STOPPED
            } else {
                Classes::default()
            },
        });
        at = to;
    }
    let rest = Span { start: at.min(sentence.end), end: sentence.end };
    read_plain(text, rest, vocabulary, &mut brackets, &mut folded, tokens);
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

fn read_plain(
    text: &str,
    span: Span,
    vocabulary: &Vocabulary,
    brackets: &mut Brackets,
    folded: &mut String,
    tokens: &mut Vec<Token>,
) {
    let piece = span.of(text);
    let base = span.start as usize;
    let mut last = 0;
    for word in words::words(piece) {
        let hyphen = signs(piece, base, last, word.start as usize, brackets, tokens);
        last = word.end as usize;
        let content = word.of(piece);
        let (id, mut classes) = classify(content, vocabulary, folded);
        if hyphen {
            classes = classes.or(Classes::HYPHEN);
        }
        let span = Span::new(base + word.start as usize, base + last);
        tokens.push(Token { span, sort: Sort::Word, id, classes });
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
    if gap == " " {
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

fn classify(word: &str, vocabulary: &Vocabulary, folded: &mut String) -> (u32, Classes) {
    let mut shape = Classes::default();
    let first = word.chars().next();
    if first.is_some_and(char::is_uppercase) {
        shape = shape.or(Classes::CAPITAL);
        if word.len() > 1 && !word.chars().any(char::is_lowercase) {
            shape = shape.or(Classes::UPPER);
        }
    }
    if first.is_some_and(|c| c.is_ascii_digit()) {
        shape = shape.or(Classes::DIGIT);
    }
    if word.len() > 40 {
        return (UNKNOWN, shape);
    }
    folded.clear();
    if word.is_ascii() {
        folded.push_str(word);
        folded.make_ascii_lowercase();
    } else {
        folded.extend(
            word.chars().flat_map(char::to_lowercase).map(|c| if c == '’' { '\'' } else { c }),
        );
    }
    let mut id = vocabulary.id(folded);
    if id == UNKNOWN
        && let Some(owner) = folded.strip_suffix("'s")
    {
        shape = shape.or(Classes::POSSESSIVE);
        id = vocabulary.id(owner);
        // A possessive noun is never the verb or the function word that it looks like.
        return (id, shape);
    }
    for (ending, class) in
        [("ed", Classes::ED), ("s", Classes::S), ("ing", Classes::ING), ("ly", Classes::LY)]
    {
        if folded.len() > ending.len() + 1 && folded.ends_with(ending) {
            shape = shape.or(class);
        }
    }
    let known = vocabulary.entry(id).classes;
    // The month.
    let known = if folded == "may" && shape.any(Classes::CAPITAL) {
        known.without(Classes::MODAL)
    } else {
        known
    };
    (id, shape.or(known))
}
