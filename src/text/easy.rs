//! Regular expressions for the characters that nearly all news is made of.
//!
//! Most of what a compiled expression takes are Unicode's tables: of letters and digits, of every
//! character but a few. News is ASCII with curly marks nearly everywhere. An expression cut down to
//! these *easy* characters is small, and finds the same in a text that is made of them, since no part
//! that was cut off could match there.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// The easy characters beyond ASCII: a no-break blank, dashes, quotation marks, an ellipsis. None is
/// a letter, a digit or a mark, so the borders of words are those of ASCII.
const EASY: [(char, char); 5] = [
    ('\0', '\x7f'),
    ('\u{a0}', '\u{a0}'),
    ('\u{2013}', '\u{2014}'),
    ('\u{2018}', '\u{201d}'),
    ('\u{2026}', '\u{2026}'),
];

/// Whether a text is made of easy characters.
pub(crate) fn is_easy(text: &str) -> bool {
    let easy = |c: char| EASY.iter().any(|&(low, high)| (low..=high).contains(&c));
    text.is_ascii() || text.chars().all(easy)
}

/// The part of an expression that can match easy characters.
pub(crate) fn eased(hir: &Hir) -> Hir {
    let all = |subs: &[Hir]| subs.iter().map(eased).collect();
    match hir.kind() {
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(literal) => {
            let is_easy = std::str::from_utf8(&literal.0).is_ok_and(is_easy);
            if is_easy { hir.clone() } else { Hir::fail() }
        }
        HirKind::Class(Class::Unicode(class)) => {
            let mut class = class.clone();
            let easy = EASY.iter().map(|&(low, high)| ClassUnicodeRange::new(low, high));
            class.intersect(&ClassUnicode::new(easy));
            Hir::class(Class::Unicode(class))
        }
        HirKind::Class(Class::Bytes(_)) => hir.clone(),
        HirKind::Look(look) => Hir::look(without_unicode(*look)),
        HirKind::Repetition(repetition) => Hir::repetition(repetition.with(eased(&repetition.sub))),
        // What is captured is never asked for.
        HirKind::Capture(capture) => eased(&capture.sub),
        HirKind::Concat(subs) => Hir::concat(all(subs)),
        HirKind::Alternation(subs) => Hir::alternation(all(subs)),
    }
}

/// The border of a word of ASCII for that of any word.
fn without_unicode(look: Look) -> Look {
    match look {
        Look::WordUnicode => Look::WordAscii,
        Look::WordUnicodeNegate => Look::WordAsciiNegate,
        Look::WordStartUnicode => Look::WordStartAscii,
        Look::WordEndUnicode => Look::WordEndAscii,
        Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
        Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
        other => other,
    }
}
