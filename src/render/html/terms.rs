//! How a term is named where there is little room.

use maud::{Markup, html};

use super::super::lookup::Lookup;
use super::outside::{outside, visible};

/// A term as written; a pattern by words that it matched, if there are sampled ones.
pub(super) fn term(lookup: &Lookup<'_>, (lexicon, category): (&str, &str), term: &str) -> Markup {
    let is_pattern = term.contains(['\\', '(', '[']);
    let example = is_pattern.then(|| example(lookup, lexicon, category, term)).flatten();
    match example {
        Some(example) => html! { "a pattern, such as “" (outside(example)) "”" },
        None => html! { (outside(term)) },
    }
}

/// The same as plain text.
pub(super) fn plain(lookup: &Lookup<'_>, (lexicon, category): (&str, &str), term: &str) -> String {
    let is_pattern = term.contains(['\\', '(', '[']);
    let example = is_pattern.then(|| example(lookup, lexicon, category, term)).flatten();
    visible(example.unwrap_or(term))
}

fn example<'a>(lookup: &Lookup<'a>, lexicon: &str, category: &str, term: &str) -> Option<&'a str> {
    let cells = lookup.report.evidence.iter();
    let of_category = cells.filter(|row| {
        row.kind == "category" && row.lexicon.as_deref() == Some(lexicon) && row.id == category
    });
    let mut sentences = of_category.flat_map(|row| &row.sentences);
    let sentence = sentences.find(|sentence| sentence.term == term)?;
    sentence.text.get(sentence.start as usize..sentence.end as usize)
}
