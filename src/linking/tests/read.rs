//! Reading a text with a lexicon made for a test.

use std::collections::BTreeMap;

use crate::layout::{Flags, Layout, Segment};
use crate::lexicon::{
    Category, Inventory, Lexicon, Measure, Pattern, Target, TargetKind, Term,
};
use crate::linking::{Links, link};
use crate::matching::{Hit, Matcher};
use crate::text::sentences::Splitter;
use crate::text::{Folded, Span, Voice, Zone, ZoneSet};

pub(super) struct Reading {
    pub(super) hits: Vec<Hit>,
    pub(super) links: Links,
}

pub(super) fn term(text: &str) -> Term {
    Term {
        text: text.to_owned(),
        pattern: Pattern::Words {
            forms: vec![text.to_owned()],
            exact_case: false,
            exact_accents: false,
        },
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

fn category(terms: &[&str]) -> Category {
    Category {
        id: "labels".to_owned(),
        title: String::new(),
        description: String::new(),
        sources: Vec::new(),
        zones: ZoneSet::DEFAULT,
        topic_sensitive: false,
        labels: true,
        axis: None,
        measure: Measure::Rate,
        opposes: None,
        terms: terms.iter().map(|text| term(text)).collect(),
        place: 0..0,
    }
}

/// An inventory of one lexicon: targets (id, kind, names) and labels.
pub(super) fn inventory(targets: &[(&str, &str, Vec<&str>)], terms: &[&str]) -> Inventory {
    let targets = targets.iter().map(|(id, kind, names)| Target {
        id: (*id).to_owned(),
        title: (*id).to_owned(),
        kind: TargetKind::from_name(kind).unwrap(),
        names: names.iter().map(|name| term(name)).collect(),
        titles: Vec::new(),
        place: 0..0,
    });
    Inventory::new(vec![Lexicon {
        id: "test".to_owned(),
        title: String::new(),
        version: "1".to_owned(),
        language: "en".to_owned(),
        license: None,
        description: String::new(),
        sources: Vec::new(),
        default: true,
        categories: if terms.is_empty() { Vec::new() } else { vec![category(terms)] },
        choices: Vec::new(),
        targets: targets.collect(),
        origin: String::new(),
    }])
}

/// A layout of one body in the outlet's own voice: paragraphs end at blank lines.
pub(super) fn layout(text: &str) -> Layout {
    let splitter = Splitter::new(&["Mr", "Mrs", "Dr", "U.S", "Gen"], &["U.S"], &[]);
    let mut layout = Layout::default();
    let mut start = 0;
    for paragraph in text.split("\n\n") {
        let span = Span::new(start, start + paragraph.len());
        splitter.split(text, span, &mut |_| false, &mut layout.sentences);
        start += paragraph.len() + 2;
    }
    layout.quotations = quotations(text);
    layout.segments = vec![Segment {
        span: Span::new(0, text.len()),
        zone: Zone::Body,
        voice: Voice::Own,
        cue: None,
        source: None,
        flags: Flags::default(),
        rule: "test",
    }];
    layout
}

/// What stands between curly marks.
fn quotations(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '“' => open = Some(at + c.len_utf8()),
            '”' => spans.extend(open.take().map(|start| Span::new(start, at))),
            _ => {}
        }
    }
    spans
}

pub(super) fn read_with(text: &str, inventory: &Inventory) -> Reading {
    let folded = Folded::new(text);
    let layout = layout(text);
    let hits = Matcher::new(inventory).unwrap().find(&folded, &layout);
    let links = link(text, &folded, &layout, &hits, inventory);
    Reading { hits, links }
}

pub(super) fn read(text: &str, targets: &[(&str, &str, Vec<&str>)], terms: &[&str]) -> Reading {
    read_with(text, &inventory(targets, terms))
}

impl Reading {
    /// How often each target is mentioned, by the name that tables would show.
    pub(super) fn mentions(&self, targets: &[&str]) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for mention in &self.links.mentions {
            let name = self.name(mention.target, targets);
            *counts.entry(name).or_insert(0) += 1;
        }
        counts
    }

    pub(super) fn name(&self, target: usize, targets: &[&str]) -> String {
        match &self.links.targets[target] {
            crate::linking::TargetRef::Declared { target, .. } => targets[*target].to_owned(),
            crate::linking::TargetRef::Found(name) => name.clone(),
        }
    }
}
