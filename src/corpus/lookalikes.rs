//! Letters of other alphabets that pass for Latin ones: `rеgime` with a Cyrillic `е`, as text recognition
//! and those who hide from filters write it. A term is not found there, so it is said.

use memchr::{memchr_iter, memchr3_iter};

/// Greek and Cyrillic letters that look like a Latin one, in their order.
const LOOKALIKES: [char; 46] = [
    'Α', 'Β', 'Ε', 'Ζ', 'Η', 'Ι', 'Κ', 'Μ', 'Ν', 'Ο', 'Ρ', 'Τ', 'Υ', 'Χ', 'ν', 'ο', 'Ѕ', 'І', 'Ј',
    'А', 'В', 'Е', 'К', 'М', 'Н', 'О', 'Р', 'С', 'Т', 'Х', 'а', 'е', 'к', 'м', 'о', 'р', 'с', 'т',
    'у', 'х', 'ѕ', 'і', 'ј', 'ԁ', 'ԛ', 'ԝ',
];

/// How many words of the text hold Latin letters and such as look like them.
pub(super) fn count(text: &str) -> usize {
    // The first byte of each of them.
    let bytes = text.as_bytes();
    let places = memchr3_iter(0xCE, 0xD0, 0xD1, bytes).chain(memchr_iter(0xD4, bytes));
    let mut places: Vec<usize> = places.collect();
    places.sort_unstable();
    let (mut words, mut counted) = (0, 0);
    for place in places {
        if place >= counted && text[place..].starts_with(LOOKALIKES) {
            let word = word_at(text, place);
            counted = word.end;
            words += usize::from(text[word].bytes().any(|byte| byte.is_ascii_alphabetic()));
        }
    }
    words
}

/// The letters around a place.
fn word_at(text: &str, place: usize) -> std::ops::Range<usize> {
    let (before, behind) = text.split_at(place);
    let start = before.trim_end_matches(char::is_alphabetic).len();
    let length = behind.find(|c: char| !c.is_alphabetic()).unwrap_or(behind.len());
    start..place + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lookalike_is_looked_for() {
        assert!(LOOKALIKES.is_sorted());
        for letter in LOOKALIKES {
            assert_eq!(count(&format!("the {letter}egime and r{letter}gime")), 2, "{letter}");
        }
    }

    #[test]
    fn words_of_one_alphabet_are_let_be() {
        for text in [
            "",
            "the regime, naïve and façade",
            "Москва и Киев",
            "Αθήνα",
            "a rate of 5 kΩ, 3 μm and β-carotene",
            "the word режим (rezhim)",
        ] {
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn a_word_counts_once() {
        assert_eq!(count("tеrrоrіst tеrrorist terrorist"), 2);
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_much(text in "[a-zа-яΑ-ω ԁé.]{0,30}") {
            let words = text.split(|c: char| !c.is_alphabetic());
            let mixed = words.filter(|word| {
                word.bytes().any(|b| b.is_ascii_alphabetic()) && word.contains(LOOKALIKES)
            });
            proptest::prop_assert_eq!(count(&text), mixed.count());
        }
    }
}
