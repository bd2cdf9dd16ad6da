//! Whether a hit stands behind a negation in the same clause.

use super::engine::Candidate;
use crate::lexicon::gap_marks;
use crate::text::{Folded, Gap};

/// How many words back a negation reaches.
const REACH: usize = 3;

/// Words that deny what follows, besides every word in "n't". Quantifiers that only weaken ("few",
/// "rarely") are not among them, since they leave the label standing.
const NEGATORS: [&str; 13] = [
    "not", "never", "no", "neither", "nor", "without", "hardly", "scarcely", "barely", "cannot",
    "none", "nobody", "nothing",
];

/// A negator and the word behind it that together affirm ("not only a dictator", "no doubt").
const AFFIRMING: [(&str, &str); 12] = [
    ("not", "only"),
    ("not", "just"),
    ("not", "merely"),
    ("not", "simply"),
    ("not", "solely"),
    ("no", "doubt"),
    ("without", "doubt"),
    ("no", "less"),
    ("no", "wonder"),
    ("nothing", "less"),
    ("nothing", "but"),
    ("none", "other"),
];

/// Words that begin a clause of its own, of the opposite sense ("but") or one that a negation of the
/// main clause leaves standing ("did not say whether the radical …").
const TURNS: [&str; 17] = [
    "but", "though", "although", "that", "whether", "because", "who", "whom", "which", "while",
    "when", "if", "unless", "since", "until", "where", "why",
];

/// Whether a negator stands at most three words before the candidate with no end of a clause
/// between: no punctuation save quotation marks, no blank line, no "but". A negator with a hyphen
/// behind it is part of another word ("never-ending").
pub(super) fn is_negated(text: &Folded, candidate: &Candidate) -> bool {
    let first = candidate.first;
    for next in (1..=first).rev().take(REACH) {
        let word = text.tokens().get(next - 1).map_or("", |token| text.form(token));
        // "not that radical": a degree.
        let turns = TURNS.contains(&word) && !(word == "that" && next == first);
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
    let broken = text.tokens().get(index).is_some_and(|token| token.gap == Gap::Break);
    broken && !gap_marks(text.gap_text(index)).iter().all(|mark| matches!(mark, '"' | '\''))
}

fn is_negator(word: &str) -> bool {
    word.ends_with("n't") || NEGATORS.contains(&word)
}

/// Whether a negator and the word behind it affirm.
fn affirms(negator: &str, next: &str) -> bool {
    let kind = if negator.ends_with("n't") || negator == "cannot" { "not" } else { negator };
    AFFIRMING.contains(&(kind, next))
}
