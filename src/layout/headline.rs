//! Headline forms: "Name: clause" and "clause: Name".

use rustc_hash::FxHashSet;

use super::grammar::Classes;
use super::model::{Cue, CueKind};
use super::speech::{Claim, Effect, Speech};
use super::tokens::{Sort, Token};
use crate::text::{Span, words};

/// Who speaks in headlines without a name.
const SPEAKERS: &[&str] = &[
    "police", "officials", "official", "minister", "pm", "president", "report", "reports", "study", "poll", "survey", "sources",
    "source", "expert", "experts", "scientists", "researchers", "court", "judge", "lawyer", "lawyers", "prosecutor", "prosecutors",
    "spokesman", "spokeswoman", "spokesperson", "senator", "governor", "mayor", "ministry", "government", "army", "military", "un",
    "eu", "pentagon", "kremlin", "watchdog", "analyst", "analysts", "critics", "ceo", "chief", "union", "witnesses", "witness",
];

/// The words of every source that the body names, lower-case.
pub(super) fn source_words(text: &str, cues: &[Cue]) -> FxHashSet<String> {
    let mut found = FxHashSet::default();
    for source in cues.iter().filter_map(|cue| cue.source) {
        let content = source.of(text);
        for word in words::words(content).take(12) {
            let word = word.of(content);
            if word.starts_with(char::is_uppercase) {
                found.insert(fold(word));
            }
        }
    }
    found
}

fn fold(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    lower.strip_suffix("'s").unwrap_or(&lower).to_owned()
}

/// Claims the clause of a headline whose speaker stands before or behind a colon.
pub(super) fn colon(text: &str, tokens: &[Token], sources: &FxHashSet<String>, out: &mut Speech) {
    let Some(at) = tokens.iter().position(|token| token.sort == Sort::Colon) else { return };
    let (left, right) = (&tokens[..at], &tokens[at + 1..]);
    let speaks = |side: &[Token]| {
        (1..=4).contains(&side.len())
            && side.iter().all(|token| {
                token.sort == Sort::Word && !token.is(Classes::AUXILIARY.or(Classes::PREPOSITION).or(Classes::WH))
            })
            && side.last().is_some_and(|last| {
                let word = fold(last.span.of(text));
                sources.contains(&word) || SPEAKERS.contains(&word.as_str())
            })
    };
    let (source, content) = if speaks(left) && right.len() > 2 {
        (left, right)
    } else if speaks(right) && left.len() > 2 {
        (right, left)
    } else if speaks(left) && right.iter().any(|token| matches!(token.sort, Sort::Quote(_))) {
        (left, right)
    } else {
        return;
    };
    let cover = |side: &[Token]| {
        let (first, last) = (side.first()?, side.last()?);
        Some(Span { start: first.span.start, end: last.span.end })
    };
    let cue = out.cues.len() as u32;
    out.cues.push(Cue {
        span: tokens[at].span,
        lemma: ":".to_owned(),
        kind: CueKind::Plain,
        source: cover(source),
    });
    if let Some(span) = cover(content) {
        out.claims.push(Claim { span, effect: Effect::Attributed, cue: Some(cue), rule: "headline-colon" });
    }
    for token in tokens {
        if let Sort::Quote(quote) = token.sort {
            out.governed.push((quote, cue));
        }
    }
}
