//! Letters of other alphabets among Latin ones: `rеgime` with a Cyrillic `е`, as text recognition and those who
//! hide from filters write it. A term is not found there, so it is said.

use std::ops::{Range, RangeInclusive};

/// The blocks of Unicode whose alphabets have letters that look like Latin ones, in their order.
const BLOCKS: [RangeInclusive<char>; 13] = [
    '\u{370}'..='\u{3FF}',     // Greek and Coptic
    '\u{400}'..='\u{52F}',     // Cyrillic
    '\u{530}'..='\u{58F}',     // Armenian
    '\u{13A0}'..='\u{13FF}',   // Cherokee
    '\u{1C80}'..='\u{1C8F}',   // Cyrillic, extended
    '\u{1D00}'..='\u{1D2B}',   // small capitals
    '\u{1F00}'..='\u{1FFF}',   // Greek, extended
    '\u{2C80}'..='\u{2CFF}',   // Coptic
    '\u{2DE0}'..='\u{2DFF}',   // Cyrillic, extended
    '\u{A4D0}'..='\u{A4FF}',   // Lisu
    '\u{A640}'..='\u{A69F}',   // Cyrillic, extended
    '\u{AB70}'..='\u{ABBF}',   // Cherokee, small
    '\u{10400}'..='\u{1044F}', // Deseret
];

/// The least first byte of a letter of the blocks.
const FIRST: u8 = 0xCD;

/// Bytes that are looked at for anything but ASCII in one go.
const STRETCH: usize = 64;

/// How many words of the text hold letters of Latin and of another alphabet, or small capitals.
pub(super) fn count(text: &str) -> usize {
    let (mut words, mut counted) = (0, 0);
    for (index, stretch) in text.as_bytes().chunks(STRETCH).enumerate() {
        if stretch.is_ascii() {
            continue;
        }
        let starts = stretch.iter().enumerate().filter(|(_, byte)| **byte >= FIRST);
        for place in starts.map(|(offset, _)| index * STRETCH + offset) {
            if place >= counted && text[place..].starts_with(is_foreign) {
                let word = word_at(text, place);
                counted = word.end;
                words += usize::from(is_mixed(&text[word]));
            }
        }
    }
    words
}

fn is_foreign(letter: char) -> bool {
    BLOCKS.iter().any(|block| block.contains(&letter)) && letter.is_alphabetic()
}

fn is_small_capital(letter: char) -> bool {
    BLOCKS[5].contains(&letter)
}

/// Whether a word with a foreign letter has others that are Latin, and is no name of science such as `μm`,
/// `kΩ` or `TNFα`: one Greek letter at the edge of some that are few or not all small.
fn is_mixed(word: &str) -> bool {
    if word.contains(is_small_capital) {
        return true;
    }
    let latin = |letter: &char| letter.is_ascii_alphabetic();
    let of_science = || {
        let rest = word.trim_matches(|letter| BLOCKS[0].contains(&letter));
        let greek = word.chars().count() - rest.chars().count();
        let small = rest.chars().all(|letter| letter.is_ascii_lowercase());
        greek == 1 && !rest.contains(is_foreign) && (rest.len() < 4 || !small)
    };
    word.chars().any(|letter| latin(&letter)) && !of_science()
}

/// The letters around a place.
fn word_at(text: &str, place: usize) -> Range<usize> {
    let (before, behind) = text.split_at(place);
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let length = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    start..place + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_alphabet_is_looked_at() {
        let mut bytes = [0; 4];
        for block in BLOCKS {
            assert!(block.start().encode_utf8(&mut bytes).as_bytes()[0] >= FIRST);
            for letter in block.filter(|letter| letter.is_alphabetic()) {
                let text = format!("the {letter}egime and r{letter}gime and regim{letter}");
                assert_eq!(count(&text), 3, "{letter}");
            }
        }
        assert!(BLOCKS.windows(2).all(|pair| pair[0].end() < pair[1].start()));
        assert_eq!(count("tһe rԍginϵ reɡime"), 2, "a Latin letter of phonetics is none of them");
    }

    #[test]
    fn words_of_one_alphabet_are_let_be() {
        for text in [
            "",
            "the regime, naïve and façade",
            "Москва и Киев",
            "Αθήνα",
            "a rate of 5 kΩ, 3 μm, TNFα, Δt, αSyn and β-carotene",
            "the word режим (rezhim)",
            "AIが and the 中国Times",
            "“regime” — “regime”",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn a_word_counts_once() {
        assert_eq!(count("tеrrоrіst tеrrorist terrorist ʀᴇɢɪᴍᴇ"), 3);
    }

    proptest::proptest! {
        #[test]
        fn a_text_is_the_sum_of_its_words(text in "[a-zа-яΑ-ω ԁéᴀ.]{0,90}") {
            let words = text.split(|c: char| !c.is_alphabetic());
            proptest::prop_assert_eq!(count(&text), words.map(count).sum::<usize>());
        }
    }
}
