//! Words of patterns as plain words of a text are compared with them first: a few instructions tell nearly
//! all places apart, and where a word has no wildcard and at most sixteen letters they decide.

use super::engine::head_at;
use super::filter::{cut, head, tail, word_key};
use super::table::EXACT;
use crate::lexicon::{Shape, WordPattern};
use crate::text::Token;

/// What is known at a glance of a word of a pattern and a word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Glance {
    /// They do not match.
    No,
    /// They may.
    Maybe,
    /// They match, the word as a whole.
    Yes,
}

/// The beginning, the end and the length of a word of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quick {
    head: u64,
    mask: u64,
    tail: u64,
    /// Nothing where a word has wildcards.
    length: Option<u32>,
    /// Whether the above is all there is to compare.
    is_whole: bool,
}

impl Quick {
    pub(super) fn of(word: &WordPattern) -> Self {
        let (Shape::Literal(known) | Shape::Glob(known)) = &word.shape else {
            return Self { head: 0, mask: 0, tail: 0, length: None, is_whole: false };
        };
        let is_literal = matches!(word.shape, Shape::Literal(_));
        let known = if is_literal { known.as_bytes() } else { word.shape.prefix().as_bytes() };
        Self {
            head: head(known),
            mask: if known.is_empty() { 0 } else { cut(u64::MAX, known.len()) },
            tail: tail(known),
            length: is_literal.then_some(known.len() as u32),
            is_whole: is_literal && word.exact.is_none() && (1..=EXACT).contains(&known.len()),
        }
    }

    /// The key of the plain words that may match; nothing where they are of different lengths.
    pub(super) fn key(self) -> Option<u64> {
        self.length.map(|length| word_key(self.head, length as usize))
    }

    #[inline(always)]
    fn compare(self, forms: &[u8], token: &Token) -> Glance {
        if !token.is_plain() {
            return Glance::Maybe;
        }
        let length = token.span.end - token.span.start;
        if self.length.is_some_and(|wanted| wanted != length)
            || head_at(forms, token.span.start) & self.mask != self.head
        {
            return Glance::No;
        }
        if !self.is_whole {
            return Glance::Maybe;
        }
        let same = length <= 8 || head_at(forms, token.span.end - 8) == self.tail;
        if same { Glance::Yes } else { Glance::No }
    }
}

/// Of as many words of a text, of which these are the folded forms: no where one does not match, yes
/// where all do.
#[inline(always)]
pub(super) fn compare(words: &[Quick], forms: &[u8], tokens: &[Token]) -> Glance {
    let mut all = Glance::Yes;
    for (word, token) in words.iter().zip(tokens) {
        all = all.min(word.compare(forms, token));
        if all == Glance::No {
            break;
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::{Glance, Quick, compare};
    use crate::lexicon::UnlessPattern;
    use crate::text::Folded;

    proptest! {
        #[test]
        fn a_glance_never_errs(
            pattern in "(a|b|ab|abcdefg[hi]|abcdefgh[ij]|abcdefghijklmnop|abcdefghijklmnopq|a\\*|ab\\*b|\\*b|a\\?){1}",
            word in "(a|b|ab|a's|abcdefg[hi]|abcdefgh[ij]|abcdefghijklmnop|abcdefghijklmnopq|Ab|é|aé|abb|s'){1}",
        ) {
            let pattern = UnlessPattern::parse(&pattern).unwrap();
            let words: Vec<Quick> = pattern.words.iter().map(Quick::of).collect();
            let text = Folded::new(&word);
            let end = pattern.words[0].match_end(&text, &text.tokens()[0]);
            match compare(&words, text.forms(), text.tokens()) {
                Glance::No => prop_assert_eq!(end, None),
                Glance::Maybe => {}
                Glance::Yes => prop_assert_eq!(end, Some(text.tokens()[0].span.end)),
            }
        }
    }
}
