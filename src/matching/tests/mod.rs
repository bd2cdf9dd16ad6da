//! Small lexicons and layouts for the tests of the matching.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod matching;
mod oracle;
mod properties;
mod reference;

use super::{Dropped, Hit, Matcher};
use crate::layout::{Flags, Layout, Segment};
use crate::lexicon::{Category, Inventory, Lexicon, Measure, Pattern, Term};
use crate::text::{Folded, Span, Voice, Zone, ZoneSet};

/// A term with these forms.
fn term(forms: &[&str]) -> Term {
    let forms: Vec<String> = forms.iter().map(|&form| form.to_owned()).collect();
    Term {
        text: forms.first().cloned().unwrap_or_default(),
        pattern: Pattern::Words { forms, exact_case: false, exact_accents: false },
        pole: None,
        pair: None,
        axis: None,
        unpaired: None,
        contested: false,
        weight: None,
        unless: Vec::new(),
        hits: Vec::new(),
        misses: Vec::new(),
        note: None,
        ambiguous: false,
        place: 0..0,
    }
}

fn regex(expression: &str) -> Term {
    Term { pattern: Pattern::Regex(expression.to_owned()), ..term(&[expression]) }
}

fn unless(form: &str, unless: &[&str]) -> Term {
    let unless = unless.iter().map(|&pattern| pattern.to_owned()).collect();
    Term { unless, ..term(&[form]) }
}

fn exact(form: &str, exact_case: bool, exact_accents: bool) -> Term {
    let forms = vec![form.to_owned()];
    Term { pattern: Pattern::Words { forms, exact_case, exact_accents }, ..term(&[form]) }
}

fn category(zones: ZoneSet, terms: Vec<Term>) -> Category {
    Category {
        id: "category".to_owned(),
        title: String::new(),
        description: String::new(),
        sources: Vec::new(),
        zones,
        topic_sensitive: false,
        labels: false,
        axis: None,
        measure: Measure::Rate,
        opposes: None,
        terms,
        place: 0..0,
    }
}

fn lexicon(id: &str, categories: Vec<Category>) -> Lexicon {
    Lexicon {
        id: id.to_owned(),
        title: String::new(),
        version: "1".to_owned(),
        language: "en".to_owned(),
        license: None,
        description: String::new(),
        sources: Vec::new(),
        default: true,
        categories,
        choices: Vec::new(),
        targets: Vec::new(),
        origin: String::new(),
    }
}

/// One lexicon of one category.
fn inventory(terms: Vec<Term>) -> Inventory {
    Inventory::new(vec![lexicon("one", vec![category(ZoneSet::DEFAULT, terms)])])
}

fn segment(start: usize, end: usize, zone: Zone, voice: Voice) -> Segment {
    let span = Span::new(start, end);
    Segment { span, zone, voice, cue: None, source: None, flags: Flags::default(), rule: "test" }
}

/// All in the body, in the outlet's words.
fn body(text: &str) -> Layout {
    Layout { segments: vec![segment(0, text.len(), Zone::Body, Voice::Own)], ..Layout::default() }
}

fn find(terms: Vec<Term>, text: &str) -> Vec<Hit> {
    Matcher::new(&inventory(terms)).unwrap().find(&Folded::new(text), &body(text))
}

/// The texts of the hits that count.
fn kept(terms: Vec<Term>, text: &str) -> Vec<&str> {
    find(terms, text)
        .iter()
        .filter(|hit| hit.dropped.is_none())
        .map(|hit| hit.span.of(text))
        .collect()
}

/// The texts of all matches, with why they do not count.
fn all(terms: Vec<Term>, text: &str) -> Vec<(&str, Option<Dropped>)> {
    find(terms, text).iter().map(|hit| (hit.span.of(text), hit.dropped)).collect()
}
