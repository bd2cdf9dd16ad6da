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
mod naming;
mod phrase;
mod rules;
mod scene;
mod sense;
mod speaker;
mod stretches;
mod targets;
#[cfg(test)]
mod tests;
mod words;

pub use model::{Label, Links, Mention, TargetRef};
pub use naming::Naming;
pub use speaker::{Speaker, speaker};

use crate::layout::Layout;
use crate::lexicon::Inventory;
use crate::matching::Hit;
use crate::text::{Folded, Span, Voice, Zone};
use classes::Classes;
use names::Evidence;
use rules::{ALIAS, APPOSITION, COPULA, PREDICATION, RULES, Rule};
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
    let evidence = Evidence::of(&scene, &stretches);
    let declared = mentions::declared(&scene, &stretches, &evidence, hits, inventory);
    mentions::mark(&mut scene, &declared, inventory);
    let found = names::found(&scene, &stretches, &evidence);
    let targets = targets::register(&mut scene, text, &declared, &found, inventory);
    scene.quotations = long_quotations(folded, layout);
    mark_cues(&mut scene, layout);
    let article = Article { scene: &scene, stretches: &stretches, layout, hits, inventory };
    let mut labels: Vec<Label> = (0..hits.len()).flat_map(|hit| article.labels_of(hit)).collect();
    labels.sort_by_key(|label| (hits[label.hit].span.start, label.hit, label.mention));
    Links { targets, mentions: mentions_of(&scene, layout), labels }
}

/// The name of a rule as a label carries it, for a name that was read from a file.
pub fn rule_named(name: &str) -> Option<&'static str> {
    RULES.iter().map(|rule| rule.name).chain([ALIAS]).find(|known| *known == name)
}

/// Verbs that the layout takes for cues are verbs of speech, whatever the list of them says.
fn mark_cues(scene: &mut Scene<'_>, layout: &Layout) {
    for cue in &layout.cues {
        for word in mentions::words_of(scene.folded, cue.span) {
            scene.add_class(word, Classes::REPORT);
        }
    }
}

/// Whether a folded word can carry content: not short, of no closed class, no verb of speech.
pub fn is_content_form(form: &str) -> bool {
    let empty = Classes::FUNCTION.with(Classes::ADVERB).with(Classes::REPORT);
    form.len() > 3 && form.starts_with(char::is_alphabetic) && !Classes::of(form).meets(empty)
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

/// An article whose names are known.
struct Article<'a> {
    scene: &'a Scene<'a>,
    stretches: &'a [Stretch],
    layout: &'a Layout,
    hits: &'a [Hit],
    inventory: &'a Inventory,
}

impl Article<'_> {
    /// The labels that one hit makes.
    fn labels_of(&self, index: usize) -> Vec<Label> {
        let hit = &self.hits[index];
        let Some((candidate, stretch)) = self.candidate(hit) else { return Vec::new() };
        let put = |rule: &Rule| {
            let mut names = (rule.find)(self.scene, stretch, &candidate);
            names.retain(|&name| self.may_link(hit, name, rule.name));
            (!names.is_empty()).then_some((rule.name, names))
        };
        let Some((rule, names)) = RULES.iter().find_map(put) else { return Vec::new() };
        let mut labels: Vec<Label> = Vec::with_capacity(names.len());
        for name in names {
            let entry = &self.scene.names[name];
            let rule = if entry.alias { ALIAS } else { rule };
            if labels.iter().all(|label| label.target != entry.target) {
                labels.push(Label { hit: index, target: entry.target, mention: name, rule });
            }
        }
        labels
    }

    /// The hit as a label whose target is to be found, with the stretch that it stands in.
    fn candidate(&self, hit: &Hit) -> Option<(Candidate, &Stretch)> {
        if hit.negated || !is_label(hit, self.inventory) {
            return None;
        }
        let words = mentions::words_of(self.scene.folded, hit.span);
        let stretch = mentions::stretch_of(self.stretches, words.start)?;
        if words.is_empty() || words.end > stretch.words.end {
            return None;
        }
        let reading = Reading::of(self.scene.form(words.end - 1));
        let candidate = Candidate { words, reading };
        rules::is_open(self.scene, &candidate).then_some((candidate, stretch))
    }

    /// Whether the quotation that either stands in, and what was not said, leave the link standing.
    fn may_link(&self, hit: &Hit, name: usize, rule: &str) -> bool {
        let start = self.scene.folded.tokens()[self.scene.names[name].words.start].span.start;
        let names = rule == PREDICATION;
        let asserts = names || rule == COPULA;
        let not_said =
            self.layout.segment_at(hit.span.start).is_some_and(|segment| segment.flags.not_said);
        let quotation = |offset| self.scene.quotation_at(offset);
        let same = names || quotation(hit.span.start) == quotation(start);
        // "It is, said X, a communist takeover": what X says is no apposition to X.
        let speaks = rule == APPOSITION
            && self.layout.segment_at(hit.span.start).is_some_and(|segment| {
                segment.voice == Voice::Attributed
                    && segment.source.is_some_and(|source| source.holds(start))
            });
        same && !speaks && !(asserts && not_said)
    }
}
