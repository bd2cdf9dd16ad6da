//! Whether a hit stands behind a negation in the same clause.

use super::engine::Candidate;
use crate::lexicon::holds_quotes_alone;
use crate::text::{Folded, Gap};

/// How many words back a negation reaches.
const REACH: usize = 3;

/// Whether a negator stands at most three words before the candidate with no end of a clause
/// between: no punctuation save quotation marks, no blank line, no "but". A negator with a hyphen
/// behind it is part of another word ("never-ending").
pub(super) fn is_negated(text: &Folded, candidate: &Candidate) -> bool {
    let first = candidate.first as usize;
    for next in (1..=first).rev().take(REACH) {
        let word = text.tokens().get(next - 1).map_or("", |token| text.form(token));
        // "not that radical": a degree.
        let turns = is_turn(word) && !(word == "that" && next == first);
        if ends_clause(text, next) || turns {
            return false;
        }
        if is_negator(word) {
            return !text.gap_text(next).starts_with(['-', '\u{2010}', '\u{2011}'])
                && !affirms(word, text.tokens().get(next).map_or("", |token| text.form(token)));
        }
    }
    false
}

/// Whether a clause ends in the gap before the word at `index`.
fn ends_clause(text: &Folded, index: usize) -> bool {
    text.gap(index) == Gap::Break && !holds_quotes_alone(text.gap_text(index))
}

/// Whether a word denies what follows. Quantifiers that only weaken ("few", "rarely") are not among
/// them, since they leave the label standing.
fn is_negator(word: &str) -> bool {
    word.ends_with("n't")
        || matches!(
            word,
            "not" | "never" | "no" | "neither" | "nor" | "without" | "hardly" | "scarcely"
        )
        || matches!(word, "barely" | "cannot" | "none" | "nobody" | "nothing")
}

/// Whether a negator and the word behind it together affirm ("not only a dictator", "no doubt").
fn affirms(negator: &str, next: &str) -> bool {
    let kind = if negator.ends_with("n't") || negator == "cannot" { "not" } else { negator };
    matches!(
        (kind, next),
        ("not", "only" | "just" | "merely" | "simply" | "solely")
            | ("no", "doubt" | "less" | "wonder")
            | ("without", "doubt")
            | ("nothing", "less" | "but")
            | ("none", "other")
    )
}

/// Words that begin a clause of the opposite sense ("but"), or one that a negation of the main clause
/// leaves standing ("did not say whether the radical …").
fn is_turn(word: &str) -> bool {
    matches!(
        word,
        "but" | "though" | "although" | "that" | "whether" | "because" | "who" | "whom" | "which"
    ) || matches!(word, "while" | "when" | "if" | "unless" | "since" | "until" | "where" | "why")
}
