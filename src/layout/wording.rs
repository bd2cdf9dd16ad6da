//! The words of an article with what is known of each, looked up once.
//!
//! Sixty-four words are looked at together, without a branch: nearly all are short, of ASCII, and have
//! no possessive ending. The others are looked at closely.

use std::borrow::Cow;

use super::grammar::Classes;
use super::tokens::{Sort, Token, classify};
use super::vocabulary::{UNKNOWN, Vocabulary};
use crate::text::words::{WordStarts, words};
use crate::text::{Key, Span};

/// Words that are looked at together.
const CHUNK: usize = 64;

/// A text and its words.
pub(super) struct Wording<'a> {
    pub text: &'a str,
    vocabulary: &'a Vocabulary,
    words: Vec<Token>,
}

impl<'a> Wording<'a> {
    /// The words of `text`, of which `starts` are the beginnings.
    pub fn new(text: &'a str, starts: &WordStarts, vocabulary: &'a Vocabulary) -> Self {
        let mut found = vec![unknown(Span::default()); starts.count()];
        found.iter_mut().zip(starts.words()).for_each(|(word, span)| word.span = span);
        let mut folded = String::new();
        for words in found.chunks_mut(CHUNK) {
            look_up(text, words, vocabulary, &mut folded);
        }
        Self { text, vocabulary, words: found }
    }

    /// The words of a part of the text, as they are where there is nothing else.
    pub fn words_in(&self, part: Span) -> Cow<'_, [Token]> {
        if WordStarts::fit(self.text, part) {
            let first = self.words.partition_point(|word| word.span.start < part.start);
            let rest = self.words.get(first..).unwrap_or_default();
            let number = rest.partition_point(|word| word.span.end <= part.end);
            return Cow::Borrowed(rest.get(..number).unwrap_or_default());
        }
        let place =
            |word: Span| Span { start: part.start + word.start, end: part.start + word.end };
        let mut folded = String::new();
        let classified = words(part.of(self.text)).map(|word| {
            let mut word = unknown(place(word));
            closely(self.text, &mut word, self.vocabulary, &mut folded);
            word
        });
        Cow::Owned(classified.collect())
    }
}

fn unknown(span: Span) -> Token {
    Token { span, sort: Sort::Word, id: UNKNOWN, classes: Classes::default() }
}

/// Words of a chunk, a bit each.
#[derive(Default)]
struct Different {
    /// Long, not of ASCII, or with a possessive ending.
    closely: u64,
    capital: u64,
    /// The vocabulary may hold it.
    listed: u64,
}

fn look_up(text: &str, words: &mut [Token], vocabulary: &Vocabulary, folded: &mut String) {
    let mut keys = [Key::default(); CHUNK];
    let mut different = Different::default();
    let short = vocabulary.short();
    for (index, (word, key)) in words.iter_mut().zip(&mut keys).enumerate() {
        let (start, end) = (word.span.start as usize, word.span.end as usize);
        *key = Key::or_none(text.as_bytes(), start, end);
        let first = text.as_bytes().get(start).copied().unwrap_or_default();
        let (shape, possessive) = shape(*key, end - start, first);
        word.classes = shape;
        let closely = key.is_none() || !key.is_ascii() || possessive;
        different.closely |= u64::from(closely) << index;
        different.capital |= u64::from(first.is_ascii_uppercase()) << index;
        different.listed |= short.may_hold(*key) << index;
    }
    for index in bits(different.listed & !different.closely) {
        let known = short.find(keys[index]).unwrap_or_default();
        let word = &mut words[index];
        (word.id, word.classes) = (known.id, word.classes.or(known.classes));
    }
    for index in bits(different.capital & !different.closely) {
        with_capital(text, &mut words[index]);
    }
    for index in bits(different.closely) {
        closely(text, &mut words[index], vocabulary, folded);
    }
}

/// What a capital tells of a word that is known already.
fn with_capital(text: &str, word: &mut Token) {
    let content = word.span.of(text);
    if content.len() > 1 && !content.bytes().any(|byte| byte.is_ascii_lowercase()) {
        word.classes = word.classes.or(Classes::UPPER);
    }
    // The month.
    if word.is(Classes::MODAL) && content.eq_ignore_ascii_case("may") {
        word.classes = word.classes.without(Classes::MODAL);
    }
}

/// What the first and the last letters of a word of ASCII say, and whether it ends in "'s".
#[inline(always)]
fn shape(key: Key, length: usize, first: u8) -> (Classes, bool) {
    let last = key.last_bytes();
    let ending = &ENDINGS[(last >> 56) as usize];
    let before = (last >> 40) as u16;
    let ends = (before & ending.mask == ending.before) & (length > usize::from(ending.shorter));
    let shape = OPENINGS[usize::from(first)].or(ending.class.times(ends));
    (shape, last >> 48 == u64::from(u16::from_le_bytes(*b"'s")) && length > 2)
}

/// What a last letter may make of a word.
#[derive(Clone, Copy)]
struct Ending {
    class: Classes,
    /// The two letters before it, as far as the mask tells them apart.
    before: u16,
    mask: u16,
    /// A word of so many letters is too short.
    shorter: u8,
}

/// By the last letter.
const ENDINGS: [Ending; 256] = {
    const fn ending(class: Classes, before: [u8; 2], shorter: u8) -> Ending {
        let any = u16::from_le_bytes([if before[0] == 0 { 0 } else { 255 }, 255]);
        let mask = if before[1] == 0 { 0 } else { any };
        Ending { class, before: u16::from_le_bytes(before), mask, shorter }
    }
    let mut table = [ending(Classes::NONE, [0; 2], 0); 256];
    table[b'd' as usize] = ending(Classes::ED, [0, b'e'], 3);
    table[b's' as usize] = ending(Classes::S, [0; 2], 2);
    table[b'g' as usize] = ending(Classes::ING, *b"in", 4);
    table[b'y' as usize] = ending(Classes::LY, [0, b'l'], 3);
    table
};

/// By the first letter.
const OPENINGS: [Classes; 256] = {
    let mut table = [Classes::NONE; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_uppercase() {
            table[byte] = Classes::CAPITAL;
        } else if (byte as u8).is_ascii_digit() {
            table[byte] = Classes::DIGIT;
        }
        byte += 1;
    }
    table
};

/// A word whatever its letters are.
fn closely(text: &str, word: &mut Token, vocabulary: &Vocabulary, folded: &mut String) {
    let known = classify(text, word.span, vocabulary, folded);
    (word.id, word.classes) = (known.id, known.classes);
}

/// The places of bits that are set.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (at < CHUNK).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::{Span, WordStarts, Wording, classify};
    use crate::layout::vocabulary::Vocabulary;

    fn agree(text: &str) {
        let vocabulary = Vocabulary::new(&crate::layout::Cues::builtin().unwrap());
        let starts = WordStarts::of(text);
        let wording = Wording::new(text, &starts, &vocabulary);
        let places: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        let all = [(0, text.len())].into_iter();
        for (start, end) in all.chain(places.windows(9).map(|some| (some[0], some[8]))) {
            let part = Span::new(start, end);
            let spans: Vec<Span> = starts.words_in(text, part).collect();
            let words = wording.words_in(part);
            assert_eq!(words.iter().map(|word| word.span).collect::<Vec<_>>(), spans);
            for word in words.iter() {
                let known = classify(text, word.span, &vocabulary, &mut String::new());
                assert_eq!((word.id, word.classes), (known.id, known.classes), "{text:?} {word:?}");
            }
        }
    }

    #[test]
    fn what_is_hard_is_known_both_ways() {
        agree(
            "May may MAY said SAID Said's critics' minister’s Élan 'tis 3rd ing ling sing ed bed",
        );
        agree("the spokesman-like ly sly S s's us ABC-TV misunderstandings notwithstanding 1990s");
    }

    proptest! {
        #[test]
        fn every_word_is_known_as_by_itself(
            words in prop::collection::vec(
                prop::sample::select(vec![
                    "said ", "Mr. ", "critics’ ", "minister's ", "May", " may ", "not", "-", "warning ", "S",
                    "\u{e9}", "it’s ", "3,200 ", "\n", "according to ", "“", "ly", "counterrevolutionaries ",
                ]),
                0..90,
            )
        ) {
            agree(&words.concat());
        }
    }
}
