//! "The regime" for a name before it in the sentence, where only one can be meant.

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::Phrase;
use crate::linking::scene::{Candidate, Marks, Name, Scene, Stretch};
use crate::linking::sense::Sense;

/// How many words before the label are searched for names.
const REACH: usize = 60;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    let definite = phrase.determiner.is_some_and(|at| {
        scene.is(at, Classes::DEFINITE) && label.words.start - at <= 2
    });
    if !definite || phrase.alleged || !stands_alone(scene, stretch, label) {
        return Vec::new();
    }
    let lowest = stretch.words.start.max(phrase.start.saturating_sub(REACH));
    let mut antecedent: Option<usize> = None;
    let mut at = phrase.start;
    while at > lowest {
        at -= 1;
        let Some(name) = scene.name_from(at) else { continue };
        match possibility(scene, stretch, label, name) {
            Possibility::None => {}
            Possibility::Blocks => return Vec::new(),
            Possibility::Fits => {
                let target = scene.names[name].target;
                if antecedent.is_some_and(|other| scene.names[other].target != target) {
                    return Vec::new();
                }
                antecedent = antecedent.or(Some(name));
            }
        }
    }
    let chosen = antecedent.filter(|&name| is_apart(scene, stretch, name, phrase.start));
    chosen.into_iter().collect()
}

/// Whether the label is the whole phrase: no complement, no name, no noun behind it.
fn stands_alone(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> bool {
    let next = label.words.end;
    if next >= stretch.words.end || !scene.goes_on(next) {
        return true;
    }
    let word = scene.word(next);
    if word.name.is_some() || matches!(scene.form(next), "of" | "there" | "from" | "who" | "that" | "in" | "whose") {
        return false;
    }
    let noun = scene.is_content(next) && word.classes.meets(Classes::FOLLOWER.with(Classes::ROLE));
    // "the leftist students": an adjective, unless a verb is near.
    let adjective = label.reading.sense == Sense::Partisan
        && !label.reading.plural
        && scene.is_content(next)
        && !scene.is(next, Classes::ADVERB)
        && !scene.form(next).ends_with("ed");
    !noun && !adjective
}

enum Possibility {
    None,
    Fits,
    Blocks,
}

fn possibility(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate, name: usize) -> Possibility {
    use TargetKind::{Group, Organisation, Party, Person, Policy, State};
    let entry = &scene.names[name];
    let speaks = is_source(scene, stretch, entry);
    let plural = label.reading.plural;
    let person = label.reading.is_person();
    match (label.reading.sense, entry.kind) {
        (Sense::Quality | Sense::Conduct, _) => Possibility::Blocks,
        (_, Some(Policy)) => Possibility::None,
        (_, None) if speaks => Possibility::None,
        (_, None) => Possibility::Blocks,
        (Sense::Regime | Sense::Polity, Some(State)) if !plural && !speaks => Possibility::Fits,
        (Sense::Regime, Some(Person)) if !speaks => Possibility::Blocks,
        (Sense::Ruler | Sense::Partisan, Some(Person)) if !plural && !speaks => {
            if scene.is_possessor(name) || entry.affixed { Possibility::Blocks } else { Possibility::Fits }
        }
        (Sense::Ruler | Sense::Partisan, Some(Group | Party)) if plural && person && !speaks => {
            Possibility::Fits
        }
        (_, Some(Group | Party | Organisation | Person | State)) => Possibility::None,
    }
}

/// Whether a verb of speech follows the name, or "according to" stands before it.
fn is_source(scene: &Scene<'_>, stretch: &Stretch, entry: &Name) -> bool {
    let end = entry.words.end;
    let behind = (end..end + 2).any(|at| {
        at < stretch.words.end && scene.is(at, Classes::REPORT) && (at == end || scene.is(end, Classes::ADVERB.with(Classes::AUXILIARY)))
    });
    let start = entry.words.start;
    let before = start > stretch.words.start
        && (scene.is(start - 1, Classes::REPORT) && scene.before(start - 1).meets(Marks::COMMA.with(Marks::QUOTE))
            || scene.form(start - 1) == "to" && start >= 2 && scene.form(start - 2) == "according");
    behind || before
}

/// Whether the name stands in another clause than the label, or under a preposition: subject and
/// object of one verb are two.
fn is_apart(scene: &Scene<'_>, stretch: &Stretch, name: usize, label: usize) -> bool {
    let entry = &scene.names[name];
    let start = entry.words.start;
    let governed = start > stretch.words.start
        && (scene.is(start - 1, Classes::PREPOSITION)
            || scene.is(start - 1, Classes::DEFINITE) && start >= 2 && scene.is(start - 2, Classes::PREPOSITION));
    let border = (entry.words.end..label).any(|at| {
        scene.is(at, Classes::SUBORDINATOR)
            || scene.before(at).meets(Marks::SETTING_OFF)
            || scene.is(at, Classes::COORDINATOR) && !scene.word(at + 1).labelled
    });
    governed || border || scene.before(label).meets(Marks::SETTING_OFF)
}
