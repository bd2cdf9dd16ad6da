//! What each character is to the folding of text, and the folding of one word.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What a character is to the search for words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letter or decimal digit.
    Word,
    /// Combining mark: goes with the letter before it.
    Mark,
    /// Any apostrophe; joins where letters stand on both sides.
    Apostrophe,
    /// Full stop; joins initialisms.
    Stop,
    /// Blank, no-break ones included.
    Blank,
    /// Line break.
    Line,
    /// Any hyphen, the no-break one included; no dash.
    Hyphen,
    /// Soft hyphen: dropped, and joins a word over a line break.
    SoftHyphen,
    /// Zero width: dropped.
    Ignored,
    /// Everything else ends a word and a phrase.
    Other,
}

/// What `c` is.
pub(super) fn kind(c: char) -> Kind {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Kind::Word,
        ' ' | '\t' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' => Kind::Blank,
        '\u{202f}' | '\u{205f}' | '\u{3000}' => Kind::Blank,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => Kind::Line,
        '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => Kind::Hyphen,
        // The acute accent and the letter-like apostrophes are what people type for one.
        '\'' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{ff07}' | '\u{b4}' => Kind::Apostrophe,
        '\u{2bb}' | '\u{2bc}' => Kind::Apostrophe,
        '.' => Kind::Stop,
        '\u{ad}' => Kind::SoftHyphen,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
            Kind::Ignored
        }
        '\u{feff}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}' | '\u{34f}' => Kind::Ignored,
        _ if c.is_ascii() => Kind::Other,
        _ if is_combining_mark(c) => Kind::Mark,
        _ if c.is_alphabetic() => Kind::Word,
        _ if c.is_numeric() && is_decimal(c) => Kind::Word,
        _ => Kind::Other,
    }
}

/// Tells decimal digits from superscripts, fractions and numbers in circles, which end a word: a
/// footnote mark must not hide the word before it.
fn is_decimal(c: char) -> bool {
    matches!(c, '\u{ff10}'..='\u{ff19}' | '\u{1d7ce}'..='\u{1d7ff}')
        || std::iter::once(c).nfkd().eq(std::iter::once(c))
}

/// What is kept of a word beyond its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Exactness {
    /// Upper and lower case stay apart.
    pub case: bool,
    /// Accents stay apart.
    pub accents: bool,
}

/// Appends the folded form of one word to `out`. Soft hyphens, zero-width characters and the blanks
/// of a word broken over two lines are dropped, apostrophes become straight, ligatures and full-width
/// letters plain (NFKD); case and accents go unless `keep` says otherwise; the result is NFC.
pub(super) fn fold_word(word: &str, keep: Exactness, out: &mut String) {
    let before = out.len();
    for c in word.chars() {
        match kind(c) {
            _ if c.is_ascii_alphanumeric() => {
                out.push(if keep.case { c } else { c.to_ascii_lowercase() });
            }
            Kind::Apostrophe => out.push('\''),
            Kind::Ignored | Kind::SoftHyphen | Kind::Blank | Kind::Line => {}
            _ if c.is_ascii() => out.push(c),
            _ => {
                out.truncate(before);
                fold_letters(word, keep, out);
                return;
            }
        }
    }
}

/// The general case of [`fold_word`].
fn fold_letters(word: &str, keep: Exactness, out: &mut String) {
    let before = out.len();
    let letters = word.chars().filter_map(plain).nfkd().filter_map(plain);
    let letters = letters.filter(|&c| keep.accents || !is_accent(c));
    let letters = letters.flat_map(|c| Cased::new(c, keep.case));
    let letters = letters.filter(|&c| keep.accents || !is_accent(c));
    let letters = letters.flat_map(|c| {
        let (first, second) = if keep.accents { (c, None) } else { without_stroke(c) };
        std::iter::once(first).chain(second)
    });
    out.extend(letters.nfc());
    if out.len() == before {
        // "ͺ" is a blank and an accent: a word of which nothing would be left stays as it is.
        out.extend(word.chars().filter_map(plain));
    }
}

/// The character that stands for `c` in a word, if any does.
fn plain(c: char) -> Option<char> {
    match kind(c) {
        Kind::Apostrophe => Some('\''),
        Kind::Ignored | Kind::SoftHyphen | Kind::Blank | Kind::Line => None,
        _ => Some(c),
    }
}

/// Combining marks of the Latin, Greek and Cyrillic scripts. Those of other scripts are letters to
/// their readers (vowel signs) and stay.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters with a stroke and joined letters, which Unicode does not decompose.
fn without_stroke(c: char) -> (char, Option<char>) {
    match c {
        'ø' => ('o', None),
        'Ø' => ('O', None),
        'ł' => ('l', None),
        'Ł' => ('L', None),
        'đ' => ('d', None),
        'Đ' => ('D', None),
        'ħ' => ('h', None),
        'Ħ' => ('H', None),
        'ŧ' => ('t', None),
        'Ŧ' => ('T', None),
        'ı' => ('i', None),
        'æ' => ('a', Some('e')),
        'Æ' => ('A', Some('E')),
        'œ' => ('o', Some('e')),
        'Œ' => ('O', Some('E')),
        _ => (c, None),
    }
}

/// The case folding of one letter: upper and then lower case, which also makes ß "ss" and ς σ.
struct Cased {
    letters: [char; 9],
    next: usize,
    end: usize,
}

impl Cased {
    fn new(c: char, keep: bool) -> Self {
        let mut cased = Self { letters: [c; 9], next: 0, end: 0 };
        let exact = keep.then_some(c);
        let folded = (!keep).then(|| c.to_uppercase().flat_map(char::to_lowercase));
        for letter in exact.into_iter().chain(folded.into_iter().flatten()).take(9) {
            cased.letters[cased.end] = letter;
            cased.end += 1;
        }
        cased
    }
}

impl Iterator for Cased {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        let letter = self.letters[..self.end].get(self.next).copied();
        self.next += 1;
        letter
    }
}
