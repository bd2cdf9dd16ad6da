//! What can be wrong with a lexicon that can be read: entries that never count, entries that count
//! twice, poles out of balance, missing tests. No text is needed for any of it.

mod poles;
mod shadows;
mod slow;
mod unless;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::model::{Lexicon, Term};
use crate::toml_reader::{Diagnostic, Severity};

/// Terms that compete for the same words, and what they are called together.
struct Rivals<'a> {
    /// For people: "category `x`".
    name: String,
    /// In the order in which they are preferred.
    terms: Vec<&'a Term>,
}

/// Categories that are named where one is not known.
const NAMED_CATEGORIES: usize = 50;
/// Findings of one kind that are named one by one.
const NAMED_OF_A_KIND: usize = 1_000;

/// Looks a lexicon over. `source` is its file, in which the places point. Sorted by place; of each
/// kind of finding the first thousand, and how many more there are.
pub fn check(lexicon: &Lexicon, source: &str) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for rivals in rivals_of(lexicon) {
        shadows::check(&rivals, &mut found);
        for term in &rivals.terms {
            unless::check(term, source, &mut found);
            slow::check(term, &mut found);
            check_tests(term, &mut found);
        }
    }
    shadows::check_between(&lexicon.categories, &mut found);
    poles::check(lexicon, source, &mut found);
    check_opposites(lexicon, source, &mut found);
    found.sort_by_key(|finding| (finding.place.start, finding.place.end, finding.code));
    without_the_rest(found)
}

/// The first findings of each kind, and one that stands for the rest of the kind.
fn without_the_rest(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut number: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut place: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut named: Vec<Diagnostic> = Vec::new();
    for finding in found {
        let kind = (finding.severity, finding.code);
        let count = number.entry(kind).or_default();
        *count += 1;
        if *count == NAMED_OF_A_KIND + 1 {
            place.insert(kind, named.len());
        }
        if *count <= NAMED_OF_A_KIND + 1 {
            named.push(finding);
        }
    }
    for (kind, place) in place {
        let more = number[&kind] - NAMED_OF_A_KIND;
        let last = &mut named[place];
        if more > 1 {
            last.message =
                format!("{} (and {} more findings of this kind)", last.message, more - 1);
        }
    }
    named
}

fn rivals_of(lexicon: &Lexicon) -> Vec<Rivals<'_>> {
    let categories = lexicon.categories.iter().map(|category| Rivals {
        name: format!("category `{}`", category.id),
        terms: category.terms.iter().collect(),
    });
    let choices = lexicon.choices.iter().map(|choice| Rivals {
        name: format!("choice `{}`", choice.id),
        terms: choice.variants.values().flatten().collect(),
    });
    let targets = Rivals {
        name: "the targets".to_owned(),
        terms: lexicon.targets.iter().flat_map(|target| &target.names).collect(),
    };
    categories.chain(choices).chain([targets]).collect()
}

/// An innocent reading that no test keeps out will come back unseen.
fn check_tests(term: &Term, found: &mut Vec<Diagnostic>) {
    let innocent = term.ambiguous || !term.unless.is_empty();
    if innocent && (term.misses.is_empty() || (term.ambiguous && term.hits.is_empty())) {
        let lacking = if term.misses.is_empty() { "misses" } else { "hits" };
        found.push(
            Diagnostic::warning(
                "untested",
                term.place.clone(),
                format!("`{}` has an innocent reading and no `{lacking}` that tests it", term.text),
            )
            .with_help(format!(
                "add a short text of each: hits = [\"counted here\"], misses = [\"not here\"] \
                 (`{lacking}` is missing)"
            )),
        );
    }
}

fn check_opposites(lexicon: &Lexicon, source: &str, found: &mut Vec<Diagnostic>) {
    let ids: BTreeSet<&str> = lexicon.categories.iter().map(|known| known.id.as_str()).collect();
    for category in &lexicon.categories {
        let Some(other) = &category.opposes else { continue };
        if *other == category.id || !ids.contains(other.as_str()) {
            let known: Vec<&str> = lexicon
                .categories
                .iter()
                .map(|known| known.id.as_str())
                .take(NAMED_CATEGORIES)
                .collect();
            let more = lexicon.categories.len() - known.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            found.push(
                Diagnostic::error(
                    "unknown-category",
                    written(source, &category.place, other),
                    format!(
                        "category `{}` opposes `{other}`, which is no other category",
                        category.id
                    ),
                )
                .with_help(format!("the categories are: {}{more}", known.join(", "))),
            );
        }
    }
}

/// Where `text` stands as a string within `place`; all of `place` if it is written otherwise.
fn written(source: &str, place: &Range<usize>, text: &str) -> Range<usize> {
    let whole = source.get(place.clone()).unwrap_or_default();
    let quoted = [format!("\"{text}\""), format!("'{text}'")];
    let found = quoted.iter().find_map(|quoted| whole.find(quoted).map(|at| (at, quoted.len())));
    found.map_or_else(|| place.clone(), |(at, length)| place.start + at..place.start + at + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_kind_the_first_are_named() {
        let finding =
            |code: &'static str, at: usize| Diagnostic::warning(code, at..at, "here".to_owned());
        let found = (0..5000).map(|at| finding("a", at)).chain([finding("b", 5000)]).collect();
        let named = without_the_rest(found);
        assert_eq!(named.len(), NAMED_OF_A_KIND + 2);
        assert_eq!(named[NAMED_OF_A_KIND - 1].message, "here");
        assert_eq!(named[NAMED_OF_A_KIND].message, "here (and 3999 more findings of this kind)");
        assert_eq!(named[NAMED_OF_A_KIND + 1].code, "b");
    }
}
