//! Whether an article is in the language of the lexicons.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use whatlang::Lang;

use crate::text::Span;
use crate::text::words::WordStarts;

/// Articles of fewer words are kept: too little to tell.
const FEWEST_WORDS: usize = 50;
/// Words that are looked at, from the beginning, the middle and the end.
const STRETCH: usize = 1200;
/// Running English has some 40 of these in a hundred words, raw OCR some 30, lists of names few; other
/// languages that write one or the other of them alike have some 6.
const ENGLISH: [&str; 40] = [
    "the", "of", "and", "to", "that", "is", "was", "for", "it", "with", "as", "his", "be", "on",
    "at", "by", "he", "had", "not", "are", "but", "from", "have", "they", "which", "this", "you",
    "were", "her", "she", "their", "we", "been", "has", "will", "would", "who", "or", "an", "said",
];
/// Bytes of the longest of them.
const LONGEST_ENGLISH: usize = 5;
/// The share of such words from which a text is English, whatever else stands in it.
const ENGLISH_SHARE: f64 = 0.1;
/// How sure the guess of another language must be.
const SURE: f64 = 0.9;

/// The languages that articles are expected in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expected {
    languages: Vec<Lang>,
}

impl Expected {
    /// The languages of these BCP 47 tags; none where one of them can't be told from others.
    pub(super) fn of<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        let mut languages: Vec<Lang> = tags.into_iter().map(language_of).collect::<Option<_>>()?;
        languages.sort_by_key(|language| language.code());
        languages.dedup();
        (!languages.is_empty()).then_some(Self { languages })
    }

    /// The language of a text that is clearly not in one of these, by its English name.
    pub(super) fn foreign(&self, text: &str) -> Option<&'static str> {
        let sample = sample(text);
        let starts = WordStarts::of(&sample);
        let number = starts.count();
        if number < FEWEST_WORDS {
            return None;
        }
        if self.languages.contains(&Lang::Eng) {
            let enough = (ENGLISH_SHARE * number as f64).ceil() as usize;
            let words = starts.words_in(&sample, Span::new(0, sample.len()));
            let english = words.filter(|word| is_english(word.of(&sample).as_bytes()));
            if english.take(enough).count() == enough {
                return None;
            }
        }
        let guess = whatlang::detect(&sample)?;
        let sure = guess.is_reliable() && guess.confidence() >= SURE;
        (sure && !self.languages.contains(&guess.lang())).then(|| guess.lang().eng_name())
    }
}

/// Whether a word is one of [`ENGLISH`], in any case.
fn is_english(word: &[u8]) -> bool {
    static KEYS: LazyLock<FxHashSet<u64>> =
        LazyLock::new(|| ENGLISH.iter().map(|word| key(word.as_bytes())).collect());
    word.len() <= LONGEST_ENGLISH && KEYS.contains(&key(word))
}

/// A word of at most eight bytes as a number, its ASCII letters in small.
fn key(word: &[u8]) -> u64 {
    word.iter().fold(0, |key, byte| key << 8 | u64::from(byte.to_ascii_lowercase()))
}

/// The beginning, the middle and the end of a text.
fn sample(text: &str) -> Cow<'_, str> {
    if text.len() <= 3 * STRETCH {
        return Cow::Borrowed(text);
    }
    let middle = text.len() / 2 - STRETCH / 2;
    let parts = [0, middle, text.len() - STRETCH].map(|from| {
        let from = border(text, from);
        &text[from..border(text, from + STRETCH)]
    });
    Cow::Owned(parts.join("\n"))
}

/// The first border of a character at an offset or behind it.
fn border(text: &str, offset: usize) -> usize {
    (offset..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// The language of a BCP 47 tag.
fn language_of(tag: &str) -> Option<Lang> {
    let first = tag.split(['-', '_']).next()?.to_lowercase();
    let code = TWO_LETTERS.iter().find(|(short, _)| *short == first).map_or(&*first, |pair| pair.1);
    Lang::from_code(code)
}

/// ISO 639-1 and 639-3.
const TWO_LETTERS: [(&str, &str); 67] = [
    ("af", "afr"),
    ("am", "amh"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "pes"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("gu", "guj"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("jv", "jav"),
    ("ka", "kat"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("ml", "mal"),
    ("mr", "mar"),
    ("my", "mya"),
    ("nb", "nob"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("no", "nob"),
    ("or", "ori"),
    ("pa", "pan"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("si", "sin"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sn", "sna"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("ta", "tam"),
    ("te", "tel"),
    ("th", "tha"),
    ("tl", "tgl"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("ur", "urd"),
    ("uz", "uzb"),
    ("vi", "vie"),
    ("zh", "cmn"),
];

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Die Ministerin sagte am Dienstag, der Tunnel werde erst im Frühjahr \
        eröffnet, weil Wasser in den Schacht gelaufen sei. Die Fähren fahren weiter, bis die letzte \
        Pumpe geprüft ist. Der Bauherr widerspricht: Er habe schon vor drei Jahren davor gewarnt, \
        und niemand habe auf ihn gehört. Ein Sprecher wollte das nicht bestätigen.";
    const ENGLISH_TEXT: &str = "The minister said on Tuesday that the tunnel would open in the spring \
        because water had run into the shaft. The ferries will go on running until the last pump has \
        been tested. The contractor disputes this: he had warned of it three years ago, and nobody \
        had listened to him. A spokesman would not confirm that.";

    fn english() -> Expected {
        Expected::of(["en"]).expect("known")
    }

    #[test]
    fn another_language_is_told() {
        assert_eq!(english().foreign(GERMAN), Some("German"));
        assert_eq!(english().foreign(ENGLISH_TEXT), None);
        assert_eq!(Expected::of(["de-AT"]).expect("known").foreign(GERMAN), None);
        assert_eq!(Expected::of(["de"]).expect("known").foreign(ENGLISH_TEXT), Some("English"));
        assert_eq!(Expected::of(["de", "en"]).expect("known").foreign(ENGLISH_TEXT), None);
        assert_eq!(Expected::of(["tlh"]), None);
        assert_eq!(Expected::of([]), None);
    }

    #[test]
    fn what_is_short_mixed_or_shouted_is_kept() {
        let few: String = GERMAN.split_inclusive(' ').take(30).collect();
        assert_eq!(english().foreign(&few), None);
        assert_eq!(
            english().foreign(&format!("{GERMAN}\n\n{ENGLISH_TEXT}\n\n{ENGLISH_TEXT}")),
            None
        );
        assert_eq!(english().foreign(&ENGLISH_TEXT.to_uppercase()), None);
        let noise = ENGLISH_TEXT.replace("th", "tli").replace("in", "iu").replace("er", "cr");
        assert_eq!(english().foreign(&noise), None);
        assert_eq!(english().foreign(&"1 2 3 – % ".repeat(50)), None);
    }

    #[test]
    fn the_longest_english_word_is_known() {
        assert_eq!(ENGLISH.iter().map(|word| word.len()).max(), Some(LONGEST_ENGLISH));
        assert!(is_english(b"Would") && is_english(b"or") && !is_english(b"wouldn"));
    }

    #[test]
    fn every_tag_has_a_language() {
        for (tag, _) in TWO_LETTERS {
            assert!(language_of(tag).is_some(), "{tag}");
        }
    }
}
