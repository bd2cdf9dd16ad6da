//! Words counted by masks, with every set of instructions, are those of `unicode-segmentation`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax::text::words::{WordStarts, words};
use parallax::text::{Level, Span};
use unicode_segmentation::UnicodeSegmentation;

fuzz_target!(|text: &str| {
    let wanted: Vec<Span> = text
        .split_word_bound_indices()
        .filter(|(_, segment)| segment.chars().any(char::is_alphanumeric))
        .map(|(at, segment)| Span::new(at, at + segment.len()))
        .collect();
    assert_eq!(words(text).collect::<Vec<_>>(), wanted);
    for level in Level::all() {
        let starts = WordStarts::with_level(text, level);
        assert_eq!(starts.count(), wanted.len(), "{}", level.name());
        for word in &wanted {
            assert_eq!(starts.within(*word), 1, "{} {word:?}", level.name());
        }
    }
});
