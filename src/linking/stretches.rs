//! The sentences of an article, cut at semicolons, with what their capitals are worth.

use super::classes::Classes;
use super::scene::{Marks, Scene, Stretch};
use crate::layout::Layout;
use crate::text::{Span, Zone};

/// The stretches of the zones in which names are read, in order.
pub(super) fn of(scene: &Scene<'_>, text: &str, layout: &Layout) -> Vec<Stretch> {
    let tokens = scene.folded.tokens();
    let mut stretches = Vec::new();
    let mut from = 0;
    for &sentence in &layout.sentences {
        while tokens.get(from).is_some_and(|token| token.span.start < sentence.start) {
            from += 1;
        }
        let start = from;
        while tokens.get(from).is_some_and(|token| token.span.end <= sentence.end) {
            from += 1;
        }
        let zone = layout.segment_at(sentence.start).map_or(Zone::Body, |segment| segment.zone);
        if start < from && !matches!(zone, Zone::Byline | Zone::Boilerplate) {
            cut(scene, text, Whole { sentence, words: start..from, zone }, &mut stretches);
        }
    }
    stretches
}

struct Whole {
    sentence: Span,
    words: std::ops::Range<usize>,
    zone: Zone,
}

fn cut(scene: &Scene<'_>, text: &str, whole: Whole, stretches: &mut Vec<Stretch>) {
    let asked = is_asked(whole.sentence.of(text));
    let shouted = is_shouted(scene, &whole);
    let title_case = matches!(whole.zone, Zone::Headline | Zone::Subhead) && is_title_case(scene, &whole);
    let mut start = whole.words.start;
    for at in whole.words.start + 1..=whole.words.end {
        let end = at == whole.words.end;
        if end || scene.before(at).meets(Marks::SEMICOLON) {
            let opens = start == whole.words.start;
            stretches.push(Stretch { words: start..at, opens, asked, shouted, title_case });
            start = at;
        }
    }
}

fn is_asked(sentence: &str) -> bool {
    sentence.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?')
}

/// Whether all words of two letters or more are in capitals, and there are several.
fn is_shouted(scene: &Scene<'_>, whole: &Whole) -> bool {
    let long = |at: &usize| scene.form(*at).len() > 1;
    whole.words.clone().filter(long).all(|at| {
        let digits = scene.form(at).bytes().all(|b| b.is_ascii_digit());
        scene.word(at).shouted || digits
    }) && whole.words.clone().filter(|&at| scene.word(at).shouted).count() > 2
}

/// Whether most words that are long enough to be capitalised in a headline are.
fn is_title_case(scene: &Scene<'_>, whole: &Whole) -> bool {
    let (mut capital, mut all) = (0, 0);
    for at in whole.words.clone().skip(1) {
        let counts = scene.form(at).len() > 3 && !scene.is(at, Classes::FUNCTION);
        all += usize::from(counts);
        capital += usize::from(counts && scene.word(at).capital);
    }
    all > 1 && capital * 10 >= all * 7
}
