//! Whether a hit stands behind a negation in the same clause.

use super::engine::Candidate;
use crate::lexicon::gap_marks;
use crate::text::Folded;

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

/// Words that begin a clause of the opposite sense.
const TURNS: [&str; 3] = ["but", "though", "although"];

/// Whether a negator stands at most three words before the candidate with no end of a clause
/// between: no punctuation save quotation marks, no blank line, no "but".
pub(super) fn is_negated(text: &Folded, candidate: &Candidate) -> bool {
    let tokens = text.tokens();
    for back in 1..=REACH {
        let Some(index) = candidate.first.checked_sub(back) else { return false };
        if !gap_marks(text.gap_text(index + 1)).iter().all(|mark| matches!(mark, '"' | '\'' | '-'))
        {
            return false;
        }
        let word = text.form(&tokens[index]);
        if TURNS.contains(&word) {
            return false;
        }
        if NEGATORS.contains(&word) || word.ends_with("n't") {
            let next = tokens.get(index + 1).map_or("", |token| text.form(token));
            let kind = if word.ends_with("n't") || word == "cannot" { "not" } else { word };
            return !AFFIRMING.contains(&(kind, next));
        }
    }
    false
}
