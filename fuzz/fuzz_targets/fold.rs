//! Every set of instructions folds a text alike, and what it gives lies in the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use parallax::text::{Folded, Level};

fuzz_target!(|text: &str| {
    let mut wanted = Folded::with_level(Level::PORTABLE);
    wanted.fold_into(text);
    let mut end = 0;
    for (index, token) in wanted.tokens().iter().enumerate() {
        assert!(token.span.start >= end && token.bare_end > token.span.start);
        assert!(token.bare_end <= token.span.end && text.get(token.span.range()).is_some());
        assert!(
            !wanted.bare(token).is_empty() && wanted.form(token).starts_with(wanted.bare(token))
        );
        assert!(wanted.gap_span(index).end == token.span.start);
        end = token.span.end;
    }
    for level in Level::all() {
        let mut folded = Folded::with_level(level);
        folded.fold_into("something else’s");
        folded.fold_into(text);
        assert_eq!(folded.tokens(), wanted.tokens(), "{}", level.name());
        for (one, two) in folded.tokens().iter().zip(wanted.tokens()) {
            assert_eq!((folded.form(one), folded.bare(one)), (wanted.form(two), wanted.bare(two)));
        }
    }
});
