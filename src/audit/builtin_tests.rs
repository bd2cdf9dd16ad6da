//! What every lexicon that comes with the program must hold.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;

use super::run_tests;
use crate::layout::{CueKind, Cues, Layout};
use crate::lexicon::{BUILTIN, Inventory, Lexicon, Pattern, Term, check, parse};
use crate::matching::Matcher;
use crate::text::Folded;

fn all() -> Vec<(Lexicon, &'static str)> {
    let read = |builtin: &crate::lexicon::Builtin| {
        let parsed = parse(builtin.source, builtin.id);
        assert_eq!(parsed.diagnostics, [], "{}", builtin.id);
        (parsed.lexicon, builtin.source)
    };
    BUILTIN.iter().map(read).collect()
}

fn terms(lexicon: &Lexicon) -> impl Iterator<Item = &Term> {
    lexicon.categories.iter().flat_map(|category| &category.terms)
}

/// Everything that is wrong, as a reader would see it.
fn described(findings: &[crate::toml_reader::Diagnostic], source: &str, id: &str) -> String {
    findings.iter().map(|f| f.describe(source, id) + "\n").collect()
}

#[test]
fn every_file_is_listed() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/lexicons");
    let files: BTreeSet<String> = std::fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let listed: BTreeSet<String> = BUILTIN.iter().map(|b| format!("{}.toml", b.id)).collect();
    assert_eq!(files, listed);
    for (lexicon, builtin) in all().iter().zip(BUILTIN) {
        assert_eq!(lexicon.0.id, builtin.id);
    }
}

#[test]
fn nothing_is_wrong_with_them() {
    let mut faults = String::new();
    for (lexicon, source) in all() {
        faults += &described(&check(&lexicon, source), source, &lexicon.id);
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_term_holds_its_own_tests() {
    let mut faults = String::new();
    for (lexicon, source) in all() {
        let failures = run_tests(&lexicon).expect("every pattern compiles");
        let failures: Vec<_> = failures.iter().map(|failure| failure.diagnostic(source)).collect();
        faults += &described(&failures, source, &lexicon.id);
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn they_are_as_large_as_is_said_and_documented() {
    let all = all();
    let count: usize = all.iter().map(|(lexicon, _)| terms(lexicon).count()).sum();
    let choices: usize = all.iter().map(|(lexicon, _)| lexicon.choices.len()).sum();
    assert!(count >= 700 && choices >= 60, "{count} terms, {choices} choices");
    for (lexicon, _) in &all {
        assert!(!lexicon.description.is_empty() && lexicon.license.is_some(), "{}", lexicon.id);
        for category in &lexicon.categories {
            let name = format!("{}/{}", lexicon.id, category.id);
            assert!(!category.description.trim().is_empty(), "{name} has no description");
            assert!(!category.sources.is_empty(), "{name} has no sources");
            assert!(category.opposes.is_none(), "{name} declares a side");
        }
        for choice in &lexicon.choices {
            assert!(!choice.description.trim().is_empty(), "choice {} has no description", choice.id);
            assert!(!choice.variants.contains_key("neutral"), "choice {}", choice.id);
        }
    }
}

/// Pairs of terms by axis and poles: (axis, pole, other pole) to the number of terms.
fn paired(lexicon: &Lexicon) -> BTreeMap<(String, String, String), usize> {
    let mut counts = BTreeMap::new();
    for term in terms(lexicon) {
        let Some(pole) = &term.pole else {
            assert!(term.pair.is_none(), "{} is paired without a pole", term.text);
            continue;
        };
        let axis = term.axis.clone().expect("an axis");
        let Some(pair) = &term.pair else {
            assert!(term.unpaired.as_ref().is_some_and(|why| why.len() >= 5), "{}", term.text);
            continue;
        };
        let other = terms(lexicon).find(|other| other.text == *pair && other.pair.as_ref() == Some(&term.text));
        let other = other.unwrap_or_else(|| panic!("{} has no partner {pair}", term.text));
        let other_pole = other.pole.clone().expect("a pole");
        *counts.entry((axis, pole.clone(), other_pole)).or_default() += 1;
    }
    counts
}

#[test]
fn each_axis_is_balanced_by_itself() {
    let mut axes = BTreeSet::new();
    for (lexicon, _) in all() {
        let counts = paired(&lexicon);
        for ((axis, pole, other), count) in &counts {
            let back = counts.get(&(axis.clone(), other.clone(), pole.clone()));
            assert_eq!(back, Some(count), "{}: {axis}: {pole} and {other}", lexicon.id);
            assert_ne!(pole, other);
            axes.insert(axis.clone());
        }
    }
    for axis in ["ideology", "party", "conflict", "religion"] {
        assert!(axes.contains(axis), "no pair on the axis {axis}");
    }
}

#[test]
fn the_reporting_verbs_are_those_of_the_layout() {
    let (lexicon, _) =
        all().into_iter().find(|(lexicon, _)| lexicon.id == "reporting-verbs").expect("it is built in");
    let cues = Cues::builtin().expect("the data file is sound");
    for kind in CueKind::ALL {
        let lemmas: Vec<_> = cues.verbs().iter().filter(|verb| verb.kind == kind).collect();
        let category = lexicon.categories.iter().find(|c| c.id.ends_with(kind.name()));
        let category = category.unwrap_or_else(|| panic!("a category for {}", kind.name()));
        // Forms that are more often another word are left to the layout, which sees the sentence.
        let wanted: BTreeSet<&str> = lemmas
            .iter()
            .flat_map(|verb| verb.forms.iter().filter(|form| !verb.homographs.contains(form)))
            .map(String::as_str)
            .collect();
        let found: BTreeSet<&str> = category
            .terms
            .iter()
            .flat_map(|term| match &term.pattern {
                Pattern::Words { forms, .. } => forms.as_slice(),
                Pattern::Regex(_) => &[],
            })
            .map(String::as_str)
            .collect();
        let lacking: Vec<_> = wanted.difference(&found).collect();
        let foreign: Vec<_> = found.difference(&wanted).collect();
        assert!(lacking.is_empty() && foreign.is_empty(), "{}: {lacking:?} {foreign:?}", kind.name());
    }
}

/// The paired terms of a lexicon that can stand in a text as they are written, with their partners.
fn exchangeable() -> (Inventory, Vec<(String, String)>) {
    let lexicons = all().into_iter().map(|(lexicon, _)| lexicon);
    let lexicons: Vec<Lexicon> = lexicons.filter(|l| terms(l).any(|t| t.pair.is_some())).collect();
    let mut pairs = Vec::new();
    for lexicon in &lexicons {
        for term in terms(lexicon) {
            let plain = |text: &str| !text.contains(['*', '?']);
            if let Some(pair) = term.pair.as_ref().filter(|pair| plain(&term.text) && plain(pair)) {
                pairs.push((term.text.clone(), pair.clone()));
            }
        }
    }
    (Inventory::new(lexicons), pairs)
}

/// A text that a term without wildcards matches.
fn sample(term: &str) -> String {
    term.replace("\\.", ".")
}

/// Hits by term in a text made of `words`, each after the same harmless word.
fn counts(matcher: &Matcher, inventory: &Inventory, words: &[&str]) -> BTreeMap<String, usize> {
    let text: String = words.iter().map(|word| format!("Then, {}, again. ", sample(word))).collect();
    let mut counts = BTreeMap::new();
    for hit in matcher.find(&Folded::new(&text), &Layout::default()) {
        let term = inventory.term(hit.entry);
        if hit.dropped.is_none() && term.pair.is_some() {
            *counts.entry(term.text.clone()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn exchanging_paired_terms_exchanges_their_counts() {
    let (inventory, pairs) = exchangeable();
    let matcher = Matcher::new(&inventory).expect("every pattern compiles");
    let partner: BTreeMap<&str, &str> =
        pairs.iter().map(|(one, two)| (one.as_str(), two.as_str())).collect();
    let words: Vec<&str> = partner.keys().copied().collect();
    assert!(words.len() > 100, "{} words", words.len());
    // One term at a time first: a random text would take long to find a single bad pair.
    for word in &words {
        let here = counts(&matcher, &inventory, &[word]);
        let there = counts(&matcher, &inventory, &[partner[word]]);
        let exchanged: BTreeMap<String, usize> = here
            .iter()
            .map(|(term, count)| (partner.get(term.as_str()).map_or(term.clone(), |p| (*p).to_owned()), *count))
            .collect();
        assert_eq!(there, exchanged, "{word} against {}", partner[word]);
        assert_eq!(here.get(*word), Some(&1), "{word}");
    }
    let several = proptest::collection::vec(any::<Index>(), 0..30);
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let holds = |chosen: Vec<Index>| {
        let chosen: Vec<&str> = chosen.iter().map(|index| *index.get(&words)).collect();
        let other: Vec<&str> = chosen.iter().map(|word| partner[word]).collect();
        let here = counts(&matcher, &inventory, &chosen);
        let there = counts(&matcher, &inventory, &other);
        for (term, count) in &here {
            prop_assert_eq!(there.get(partner[term.as_str()]), Some(count), "{}", term);
        }
        prop_assert_eq!(here.len(), there.len());
        Ok(())
    };
    runner.run(&several, holds).expect("counts are exchanged");
}
