//! Mentions of targets, and the labels that are put on them.
//!
//! Declared targets are mentioned by the names that lexicons give them; names that no lexicon
//! declares are runs of capitalised words. A label, a kept hit of a category with `labels = true`,
//! is put on a target by the first of a few rules that applies, each with a name; where none does,
//! it stays unlinked. No rule looks beyond a sentence or a semicolon.

mod classes;
mod mentions;
mod model;
mod names;
mod phrase;
mod rules;
mod scene;
mod sense;
mod stretches;
mod targets;
#[cfg(test)]
mod tests;

pub use model::{Label, Links, Mention, TargetRef};

use crate::layout::Layout;
use crate::lexicon::Inventory;
use crate::matching::Hit;
use crate::text::{Folded, Span, Voice, Zone};
use names::Evidence;
use rules::{ALIAS, RULES};
use scene::{Candidate, Scene, Stretch};
use sense::Reading;

/// A quotation of at most so many words may stand inside a phrase that a rule reads; a longer one
/// is read by itself.
const SHORT_QUOTATION: usize = 5;

/// The mentions and labels of one article.
///
/// `folded`, `layout` and `hits` are those of `text`; `hits` are all hits of `inventory`, dropped
/// ones included. [`Label::hit`] is an index into them. No text can make it fail, and its time is
/// linear in the text.
pub fn link(
    text: &str,
    folded: &Folded,
    layout: &Layout,
    hits: &[Hit],
    inventory: &Inventory,
) -> Links {
    let mut scene = Scene::new(folded);
    let stretches = stretches::of(&scene, text, layout);
    mark_labels(&mut scene, hits, inventory);
    let (declared, found) = {
        let evidence = Evidence::of(&scene, &stretches);
        let declared = mentions::declared(&scene, &stretches, &evidence, hits, inventory);
        let mut named = scene.clone();
        for mention in &declared {
            for word in &mut named.words[mention.words.clone()] {
                word.name = Some(0);
            }
        }
        let found = names::found(&named, &stretches, &evidence);
        (declared, found)
    };
    let targets = targets::register(&mut scene, text, &declared, &found, inventory);
    scene.quotations = long_quotations(folded, layout);
    let labels = put_labels(&scene, &stretches, hits, inventory);
    Links { targets, mentions: mentions_of(&scene, layout), labels }
}

/// Whether a hit can be a label.
fn is_label(hit: &Hit, inventory: &Inventory) -> bool {
    hit.dropped.is_none() && inventory.category(hit.entry).is_some_and(|category| category.labels)
}

fn mark_labels(scene: &mut Scene<'_>, hits: &[Hit], inventory: &Inventory) {
    for hit in hits.iter().filter(|hit| is_label(hit, inventory)) {
        let words = mentions::words_of(scene.folded, hit.span);
        for word in &mut scene.words[words] {
            word.labelled = true;
        }
    }
}

fn long_quotations(folded: &Folded, layout: &Layout) -> Vec<Span> {
    let long = |span: &&Span| mentions::words_of(folded, **span).len() > SHORT_QUOTATION;
    layout.quotations.iter().filter(long).copied().collect()
}

fn mentions_of(scene: &Scene<'_>, layout: &Layout) -> Vec<Mention> {
    let tokens = scene.folded.tokens();
    let of = |name: &scene::Name| {
        let start = tokens[name.words.start].span.start;
        let span = Span { start, end: tokens[name.words.end - 1].bare_end };
        let segment = layout.segment_at(start);
        let (zone, voice) = segment.map_or((Zone::Body, Voice::Own), |s| (s.zone, s.voice));
        Mention { target: name.target, span, zone, voice }
    };
    scene.names.iter().map(of).collect()
}

fn put_labels(
    scene: &Scene<'_>,
    stretches: &[Stretch],
    hits: &[Hit],
    inventory: &Inventory,
) -> Vec<Label> {
    let mut labels = Vec::new();
    for (index, hit) in hits.iter().enumerate() {
        if hit.negated || !is_label(hit, inventory) {
            continue;
        }
        let words = mentions::words_of(scene.folded, hit.span);
        let stretch = mentions::stretch_of(stretches, words.start);
        let Some(stretch) = stretch.filter(|s| !words.is_empty() && words.end <= s.words.end) else {
            continue;
        };
        let reading = Reading::of(scene.form(words.end - 1));
        let candidate = Candidate { words, reading };
        if !rules::is_open(scene, &candidate) {
            continue;
        }
        let put = |rule: &rules::Rule| {
            let mut names = (rule.find)(scene, stretch, &candidate);
            names.retain(|&name| same_quotation(scene, &candidate, name));
            (!names.is_empty()).then_some((rule.name, names))
        };
        let Some((rule, names)) = RULES.iter().find_map(put) else { continue };
        let mut seen = Vec::new();
        for name in names {
            let entry = &scene.names[name];
            if seen.contains(&entry.target) {
                continue;
            }
            seen.push(entry.target);
            let rule = if entry.alias { ALIAS } else { rule };
            labels.push(Label { hit: index, target: entry.target, mention: name, rule });
        }
    }
    labels.sort_by_key(|label| (hits[label.hit].span.start, label.hit, label.mention));
    labels
}

/// Whether both stand in one long quotation, or both in none.
fn same_quotation(scene: &Scene<'_>, label: &Candidate, name: usize) -> bool {
    let quotation = |word: usize| {
        let offset = scene.folded.tokens().get(word)?.span.start;
        let after = scene.quotations.partition_point(|span| span.start <= offset);
        after.checked_sub(1).filter(|&index| scene.quotations[index].holds(offset))
    };
    quotation(label.words.start) == quotation(scene.names[name].words.start)
}
