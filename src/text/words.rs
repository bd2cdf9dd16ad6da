//! Words as Unicode's UAX #29 bounds them: the denominator of every rate.

use std::iter::FusedIterator;

use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

use super::Span;
pub use super::words_by_masks::WordStarts;

/// The words of `text`: UAX #29 word segments that hold a letter or a digit, in order.
///
/// Equal to the segments of `unicode-segmentation` that hold an alphanumeric character. Runs of
/// ASCII are cut by a small table; only stretches around other characters take the full algorithm.
pub fn words(text: &str) -> Words<'_> {
    Words { text, at: 0, unicode: None }
}

/// How many words `text` holds.
pub fn count(text: &str) -> usize {
    WordStarts::of(text).count()
}

/// Iterator over the words of a text; see [`words`].
#[derive(Clone)]
pub struct Words<'t> {
    text: &'t str,
    /// A place where a word border is certain.
    at: usize,
    /// The stretch that takes the full algorithm, and where it starts.
    unicode: Option<(UWordBoundIndices<'t>, usize)>,
}

/// Word_Break classes of ASCII.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Underscore,
    /// `:` joins letters.
    BetweenLetters,
    /// `.` and `'` join letters, and digits.
    BetweenBoth,
    /// `,` and `;` join digits.
    BetweenDigits,
    Blank,
    Other,
    NotAscii,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Underscore,
            b':' => Class::BetweenLetters,
            b'.' | b'\'' => Class::BetweenBoth,
            b',' | b';' => Class::BetweenDigits,
            b' ' | b'\n' | b'\r' | b'\t' => Class::Blank,
            0x80..=0xff => Class::NotAscii,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

fn class_at(bytes: &[u8], at: usize) -> Class {
    bytes.get(at).map_or(Class::Other, |&byte| CLASSES[byte as usize])
}

/// What the ASCII rules make of the segment that starts at a letter, a digit or an underscore.
enum Segment {
    /// It ends here; whether it holds a letter or a digit.
    Ends(usize, bool),
    /// A character that is not ASCII may belong to it.
    Unicode(usize),
}

fn ascii_segment(bytes: &[u8], start: usize) -> Segment {
    let mut at = start;
    let mut alphanumeric = false;
    let mut last = Class::Other;
    loop {
        let class = class_at(bytes, at);
        match class {
            Class::Letter | Class::Digit => {
                alphanumeric = true;
                last = class;
                at += 1;
            }
            Class::Underscore => {
                last = class;
                at += 1;
            }
            Class::NotAscii => return Segment::Unicode(at),
            Class::BetweenLetters | Class::BetweenBoth | Class::BetweenDigits => {
                let next = class_at(bytes, at + 1);
                if next == Class::NotAscii {
                    return Segment::Unicode(at + 1);
                }
                let joins = next == last
                    && match class {
                        Class::BetweenLetters => last == Class::Letter,
                        Class::BetweenDigits => last == Class::Digit,
                        _ => last != Class::Underscore,
                    };
                if !joins {
                    return Segment::Ends(at, alphanumeric);
                }
                at += 1;
            }
            Class::Blank | Class::Other => return Segment::Ends(at, alphanumeric),
        }
    }
}

/// The first place behind `from` where a border is certain whatever stands around it: between an
/// ASCII blank and an ASCII character that is no blank (marks that extend a blank are not ASCII).
pub(super) fn certain_border(bytes: &[u8], from: usize) -> usize {
    (from + 1..bytes.len())
        .find(|&at| {
            class_at(bytes, at - 1) == Class::Blank
                && !matches!(class_at(bytes, at), Class::Blank | Class::NotAscii)
        })
        .unwrap_or(bytes.len())
}

/// The last such place from `from` to `at`, or `from`.
pub(super) fn certain_border_before(bytes: &[u8], at: usize, from: usize) -> usize {
    let is_border = |&at: &usize| {
        class_at(bytes, at - 1) == Class::Blank
            && !matches!(class_at(bytes, at), Class::Blank | Class::NotAscii)
    };
    (from + 1..=at).rev().find(is_border).unwrap_or(from)
}

/// Whether no word crosses `at`, whatever stands farther off: a sign or a blank of ASCII, or a curly
/// quotation mark, stands on one of its sides. (Straight marks join two Hebrew letters.)
pub(super) fn is_border(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let (before, behind) = (bytes.get(at.wrapping_sub(1)), bytes.get(at));
    let (Some(&before), Some(&behind)) = (before, behind) else { return true };
    let parts = |byte: u8| matches!(CLASSES[byte as usize], Class::Blank | Class::Other);
    let quotes = before == b'"' && !behind.is_ascii() || behind == b'"' && !before.is_ascii();
    let curly = |mark: Option<&[u8]>| matches!(mark, Some([0xe2, 0x80, 0x9c | 0x9d]));
    (parts(before) || parts(behind)) && !quotes
        || curly(bytes.get(at..at + 3))
        || curly(at.checked_sub(3).and_then(|start| bytes.get(start..at)))
}

impl Iterator for Words<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let bytes = self.text.as_bytes();
        loop {
            if let Some((segments, base)) = &mut self.unicode {
                for (offset, segment) in segments.by_ref() {
                    if segment.chars().any(char::is_alphanumeric) {
                        return Some(Span::new(*base + offset, *base + offset + segment.len()));
                    }
                }
                self.unicode = None;
            }
            let mut anchor = self.at;
            let hand_over = loop {
                match class_at(bytes, self.at) {
                    _ if self.at >= bytes.len() => return None,
                    Class::Letter | Class::Digit | Class::Underscore => {
                        let start = self.at;
                        match ascii_segment(bytes, start) {
                            Segment::Unicode(at) => {
                                anchor = start;
                                break at;
                            }
                            Segment::Ends(end, alphanumeric) => {
                                self.at = end;
                                if alphanumeric {
                                    return Some(Span::new(start, end));
                                }
                                anchor = end;
                            }
                        }
                    }
                    Class::NotAscii => break self.at,
                    // A mark may extend the blanks or the sign before it: keep where those began.
                    Class::Blank => {
                        if class_at(bytes, self.at.wrapping_sub(1)) != Class::Blank {
                            anchor = self.at;
                        }
                        self.at += 1;
                    }
                    _ => {
                        anchor = self.at;
                        self.at += 1;
                    }
                }
            };
            let end = certain_border(bytes, hand_over);
            self.at = end;
            let stretch = self.text.get(anchor..end).unwrap_or_default();
            self.unicode = Some((stretch.split_word_bound_indices(), anchor));
        }
    }
}

impl FusedIterator for Words<'_> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Span, WordStarts, count, words};
    use crate::text::Level;

    fn reference(text: &str) -> Vec<Span> {
        text.split_word_bound_indices()
            .filter(|(_, segment)| segment.chars().any(char::is_alphanumeric))
            .map(|(at, segment)| Span::new(at, at + segment.len()))
            .collect()
    }

    fn check(text: &str) {
        let wanted = reference(text);
        assert_eq!(words(text).collect::<Vec<_>>(), wanted, "{text:?}");
        for level in Level::all() {
            let starts = WordStarts::with_level(text, level);
            assert_eq!(starts.count(), wanted.len(), "{text:?}, {}", level.name());
            let all = starts.words_in(text, Span::new(0, text.len()));
            assert_eq!(all.collect::<Vec<_>>(), wanted, "{text:?}, {}", level.name());
            for word in wanted.windows(2) {
                let (start, end) = (word[0].start, word[1].start);
                assert_eq!(
                    starts.within(Span { start, end }),
                    1,
                    "{text:?} {start} {}",
                    level.name()
                );
            }
        }
    }

    #[test]
    fn agrees_on_what_is_hard() {
        for text in [
            "",
            "can't stop, won't stop: 3,200.50 and 1;2 and a:b a.b.c. 1.a a.1 _a_ __ a_1 '90s",
            "We’ve “quoted” it",
            "co\u{ad}operate e\u{301}t\u{301} \u{345}x  \u{345}y",
            "👩‍👩‍👧 🇨🇦🇺🇸 🇨🇦🇺 한국어 カタカナ ひらがな ไทย",
            "a.\u{301}b a'\u{200d}b 1,\u{ad}2 a\u{200b}b \r\n\u{301}a",
            "x\u{a0}y\u{202f}z\u{3000}\u{3000}w\u{0}\u{7f}q",
        ] {
            check(text);
        }
    }

    /// The words of every part of a text, however it is cut.
    fn check_parts(text: &str) {
        let starts = WordStarts::of(text);
        let places: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for (index, &start) in places.iter().enumerate() {
            for &end in &places[index..] {
                let part = Span::new(start, end);
                let place = |word: Span| Span {
                    start: part.start + word.start,
                    end: part.start + word.end,
                };
                let wanted: Vec<Span> = words(part.of(text)).map(place).collect();
                assert_eq!(
                    starts.words_in(text, part).collect::<Vec<_>>(),
                    wanted,
                    "{text:?} {part:?}"
                );
                assert_eq!(starts.number_in(text, part), wanted.len(), "{text:?} {part:?}");
            }
        }
    }

    #[test]
    fn counts_letters_and_digits_only() {
        assert_eq!(count("Mr. Tillerson's U.S. trip -- 2,000 miles … !"), 6);
    }

    proptest! {
        #[test]
        fn agrees_on_any_text(text in any::<String>()) {
            check(&text);
        }

        #[test]
        fn agrees_on_dense_mixtures(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "Z", "1", "9", "_", ":", ".", "'", ",", ";", " ", "  ", "\n", "\r", "\t", "-", "\"",
                    "’", "é", "\u{301}", "\u{345}", "\u{ad}", "\u{200d}", "\u{a0}", "\u{3000}", "カ", "한", "ไ",
                    "🇨", "👩", "٣", "\u{5d0}", "״", "·", "‿", "\u{0}", "ª", "²", "½",
                ]),
                0..100,
            ),
            filler in 0..70_usize,
        ) {
            check(&format!("{}{}", "x ".repeat(filler / 2), pieces.concat()));
        }

        #[test]
        fn agrees_on_parts(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "b", "1", "_", ":", ".", "'", ",", " ", "\n", "\r", "-", "\"", "’", "“", "”", "é", "\u{301}",
                    "\u{ad}", "\u{200d}", "カ", "\u{5d0}", "👩", "🇨",
                ]),
                0..24,
            ),
            filler in 0..3_usize,
        ) {
            check_parts(&format!("{}{}", "x ".repeat(filler * 16), pieces.concat()));
        }

        #[test]
        fn agrees_on_news(
            text in "(([a-zA-Z]{1,9}|[0-9]{1,3}|é|naïve|don’t|it's|3,200|p\\.m)[ .,:;’”“–…\u{a0}\n-]{0,2}){0,60}",
        ) {
            check(&text);
        }
    }
}
