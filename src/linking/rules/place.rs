//! How a place is governed or fares: "the socialist crisis in Venezuela".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_bare, is_modifier, is_of_a_sector};
use crate::linking::scene::{Candidate, Scene, Stretch};
use crate::linking::sense::Sense;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let Some(end) = head_end(scene, label) else { return Vec::new() };
    let preposition =
        matches!(scene.form(end), "in" | "inside" | "across" | "throughout" | "within");
    let joined = scene.goes_on(end) && scene.goes_on(end + 1);
    // "Is there a dictatorship in Vessia?"
    let indefinite = Phrase::of(scene, stretch, label).has(scene, Classes::INDEFINITE);
    let unknown = stretch.asked && indefinite || is_of_a_sector(scene, label);
    if unknown || !preposition || !joined || is_topic(scene, stretch, label) {
        return Vec::new();
    }
    let Some(name) = scene.name_over_titles(end + 1, stretch.words.end) else { return Vec::new() };
    let place = matches!(scene.names[name].kind, Some(TargetKind::State) | None);
    if !place || !is_bare(scene, name) || is_modifier(scene, stretch, name) {
        return Vec::new();
    }
    let mut names = scene.with_conjuncts(name, stretch.words.end);
    names.retain(|&name| is_bare(scene, name));
    names
}

/// Where the phrase ends whose noun is about government or condition: the label itself, or one of
/// the two words behind it.
fn head_end(scene: &Scene<'_>, label: &Candidate) -> Option<usize> {
    let end = label.words.end;
    if scene.word(end - 1).possessive {
        return None;
    }
    let own = scene.is(end - 1, Classes::RULE) || label.reading.sense == Sense::Regime;
    // "a red state in the Union" is a state in it, and no way in which it is governed.
    let part = matches!(scene.form(label.words.start), "red" | "blue" | "purple" | "swing");
    if own && !label.reading.is_person() && !part {
        return Some(end);
    }
    let behind = (end..end + 3).take_while(|&at| scene.goes_on(at) && scene.is_content(at));
    let mut head = None;
    for at in behind {
        if scene.word(at).possessive {
            return None;
        }
        head = Some(at);
    }
    // "the proudest state in the Union" is a part of it.
    let rules = |at: &usize| {
        let part = matches!(scene.form(*at), "state" | "states");
        scene.is(*at, Classes::RULE) && !part && !label.reading.is_noun()
    };
    head.filter(rules).map(|at| at + 1)
}

/// "A conference on tyranny in Vantoria", "fears of a crisis in Morvania": the phrase is what
/// another noun is about, and the place may be that one's.
fn is_topic(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> bool {
    let phrase = Phrase::of(scene, stretch, label);
    let Some(before) = phrase.start.checked_sub(1).filter(|at| stretch.words.contains(at)) else {
        return phrase.alleged;
    };
    let about = matches!(scene.form(before), "on" | "about" | "against" | "over" | "regarding");
    let noun = before.checked_sub(1).map_or("", |at| scene.form(at));
    const FEARS: [&str; 14] = [
        "fear",
        "fears",
        "risk",
        "risks",
        "danger",
        "prospect",
        "possibility",
        "rumour",
        "rumours",
        "rumors",
        "threat",
        "talk",
        "chance",
        "hopes",
    ];
    let feared = scene.form(before) == "of" && FEARS.contains(&noun);
    let definite = phrase.has(scene, Classes::DEFINITE);
    phrase.alleged || about && !definite || feared && !definite
}
