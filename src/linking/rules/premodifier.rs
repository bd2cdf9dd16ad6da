//! Before the name, in one noun phrase: "Leftist Canadian Prime Minister Justin Trudeau".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::Phrase;
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::Sense;

/// How many words may stand between the label and the name.
const REACH: usize = 10;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let last = label.words.end - 1;
    let governs = matches!(label.reading.sense, Sense::Regime | Sense::Conduct);
    if governs || scene.word(last).possessive || Phrase::of(scene, stretch, label).alleged {
        return Vec::new();
    }
    let Some(name) = name_behind(scene, stretch, label) else { return Vec::new() };
    if !takes_label(scene, stretch, name) || !label.reading.fits(scene.names[name].kind) {
        return Vec::new();
    }
    if !label.reading.plural {
        return vec![name];
    }
    let names = scene.with_conjuncts(name, stretch.words.end);
    // "the terrorists Voss funded": a clause follows, and several can't be one.
    let one = names.len() == 1 && scene.names[name].kind == Some(TargetKind::Person);
    if one { Vec::new() } else { names }
}

fn name_behind(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<usize> {
    let mut at = label.words.end;
    let limit = stretch.words.end.min(at + REACH);
    let mut titled = false;
    while at < limit {
        let listed = scene.before(at).meets(Marks::COMMA) && scene.word(at).labelled;
        if !scene.goes_on(at) && !listed {
            return None;
        }
        if let Some(name) = scene.name_from(at) {
            let end = scene.names[name].words.end;
            let inside = scene.names[name].adjectival
                && scene.is(end, Classes::TITLE.with(Classes::ROLE).with(Classes::BODY))
                && !scene.is(end, Classes::RULE);
            if !inside {
                return Some(name);
            }
            at = end;
            continue;
        }
        let step = passes(scene, label, at, titled)?;
        titled = scene.is(at, Classes::TITLE);
        at += step;
    }
    None
}

/// How many words to go on where the word may stand between a label and its name.
fn passes(scene: &Scene<'_>, label: &Candidate, at: usize, titled: bool) -> Option<usize> {
    let word = scene.word(at);
    let mut over = Classes::TITLE.with(Classes::STANDING);
    if !label.reading.is_noun() {
        over = over.with(Classes::ROLE).with(Classes::BODY);
    }
    let office = word.capital
        && !word.possessive
        && (scene.is(at + 1, Classes::TITLE) || scene.is(at + 2, Classes::TITLE) && scene.word(at + 1).capital)
        && scene.word(at + 1).name.is_none();
    if word.possessive {
        return None;
    }
    if word.classes.meets(over) || word.demonym || word.labelled || office {
        return Some(1);
    }
    if scene.form(at) == "and" && scene.word(at + 1).labelled {
        return Some(2);
    }
    // "Secretary of State", "President-for-life"
    let of = titled && scene.form(at) == "of";
    if of && scene.word(at + 1).capital && scene.word(at + 1).name.is_none() {
        return Some(2);
    }
    scene.hyphenated(at).then_some(1)
}

/// Whether the name is the head of its phrase, or what follows is its government: "the leftist
/// Maduro supporters" are the supporters.
fn takes_label(scene: &Scene<'_>, stretch: &Stretch, name: usize) -> bool {
    let entry = &scene.names[name];
    let next = entry.words.end;
    if entry.affixed {
        return false;
    }
    let heads = next < stretch.words.end && scene.goes_on(next) && !scene.is_possessor(name);
    let governs = heads && scene.is(next, Classes::RULE);
    if entry.adjectival {
        return governs;
    }
    governs || !(heads && scene.is(next, Classes::FOLLOWER) && !scene.word(next).capital)
}
