//! The words of an article as the rules see them, before names and labels are known.
//!
//! Nearly every word is in small letters and behind one blank. So sixty-four words at a time are looked at
//! without a branch, a bit each for what is different of a word, and only the words with a bit are looked
//! at closely.

use super::classes::{Classes, is_demonym};
use super::scene::{Marks, Word};
use crate::text::{Folded, Token};

/// Words that are looked at together.
const CHUNK: usize = 64;

/// The words of a text.
pub(super) fn of(folded: &Folded) -> Vec<Word> {
    let mut words = vec![Word::default(); folded.tokens().len()];
    let mut first = 0;
    for (tokens, words) in folded.tokens().chunks(CHUNK).zip(words.chunks_mut(CHUNK)) {
        fill(folded, first, tokens, words);
        first += tokens.len();
    }
    words
}

/// Of a chunk of words, a bit each.
#[derive(Default)]
struct Different {
    /// Something else than one blank stands before it.
    gap: u64,
    /// It begins with something else than a small letter of ASCII.
    capital: u64,
    possessive: u64,
}

impl Different {
    #[inline(always)]
    fn of(text: &[u8], before: Option<&Token>, tokens: &[Token]) -> Self {
        let byte = |at: usize| text.get(at).copied().unwrap_or_default();
        let mut different = Self::default();
        // Of the word before: where it ends, if it is plain.
        let mut end = before.filter(|token| token.is_plain()).map_or(usize::MAX, ended);
        for (index, token) in tokens.iter().enumerate() {
            let start = token.span.start as usize;
            let blank = end.wrapping_add(1) == start && byte(end) == b' ';
            different.gap |= u64::from(!blank) << index;
            different.capital |= u64::from(!byte(start).is_ascii_lowercase()) << index;
            different.possessive |= u64::from(token.is_possessive()) << index;
            end = if token.is_plain() { ended(token) } else { usize::MAX };
        }
        different
    }
}

fn ended(token: &Token) -> usize {
    token.span.end as usize
}

fn fill(folded: &Folded, first: usize, tokens: &[Token], words: &mut [Word]) {
    let before = first.checked_sub(1).and_then(|before| folded.tokens().get(before));
    let different = Different::of(folded.text().as_bytes(), before, tokens);
    for index in bits(different.possessive) {
        words[index].possessive = true;
    }
    for index in bits(different.gap) {
        words[index].before = Marks::before(folded, first + index);
    }
    for index in bits(different.capital) {
        let (word, token) = (&mut words[index], &tokens[index]);
        let classes = Classes::of_token(folded, token);
        word.classes.set(Some(classes));
        (word.capital, word.shouted) = capitals(token.bare_span().of(folded.text()));
        word.demonym = word.capital && is_demonym(folded.bare(token), classes);
    }
}

/// The places of bits that are set.
fn bits(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let at = bits.trailing_zeros() as usize;
        bits &= bits.wrapping_sub(1);
        (at < CHUNK).then_some(at)
    })
}

/// Whether a word begins with a capital, and whether it is all in capitals, two letters or more.
fn capitals(word: &str) -> (bool, bool) {
    if word.is_ascii() {
        let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
        // Most have a small letter behind the capital.
        let small = word.bytes().any(|byte| byte.is_ascii_lowercase());
        let letters = || word.bytes().filter(u8::is_ascii_alphabetic).count();
        return (capital, !small && letters() > 1);
    }
    let capital = word.starts_with(char::is_uppercase);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (capital, letters > 1 && !word.chars().any(char::is_lowercase))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Classes, Folded, Marks, capitals, is_demonym, of};

    proptest! {
        #[test]
        fn every_word_is_as_it_is_by_itself(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "the", "Vessian", "NATO", "A", "o", "U.S.", "’s", "'s", "s'", "é", "Élan", "ß", "3rd",
                    "don’t", " ", " ", " ", "  ", "\n", "\n\n", "-", ", ", ". ", " – ", "“", "\u{a0}", "\u{ad}",
                ]),
                0..200,
            )
        ) {
            let folded = Folded::new(&pieces.concat());
            let words = of(&folded);
            prop_assert_eq!(words.len(), folded.tokens().len());
            for (index, (word, token)) in words.iter().zip(folded.tokens()).enumerate() {
                let classes = Classes::of_token(&folded, token);
                prop_assert!(word.classes.get().is_none_or(|known| known == classes));
                prop_assert_eq!(word.before, Marks::before(&folded, index));
                let (capital, shouted) = capitals(token.bare_span().of(folded.text()));
                let small = token.span.of(folded.text()).starts_with(|c: char| c.is_ascii_lowercase());
                prop_assert_eq!((word.capital, word.shouted), (capital, shouted && !small));
                prop_assert_eq!(word.possessive, token.is_possessive());
                let demonym = capital && is_demonym(folded.bare(token), classes);
                prop_assert_eq!(word.demonym, demonym);
            }
        }
    }
}
