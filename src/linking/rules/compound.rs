//! Behind the name, in one compound: "the Maduro regime".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::scene::{Candidate, Scene, Stretch};
use crate::linking::sense::Sense;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let start = label.words.start;
    let Some(name) = scene.name_until(start).filter(|_| scene.goes_on(start)) else {
        return Vec::new();
    };
    let entry = &scene.names[name];
    if scene.is_possessor(name) || entry.affixed || !can_head(scene, label, entry.kind) {
        return Vec::new();
    }
    let first = entry.words.start;
    let before = first.checked_sub(1).filter(|at| stretch.words.contains(at));
    let indefinite = before.is_some_and(|at| scene.is(at, Classes::INDEFINITE));
    if stretch.asked && indefinite || opens_with_preposition(scene, stretch, label, before) {
        return Vec::new();
    }
    let joined = before
        .filter(|&at| label.reading.plural && scene.form(at) == "and" && scene.goes_on(first))
        .and_then(|at| scene.name_until(at))
        .filter(|&other| scene.names[other].kind == entry.kind);
    joined.into_iter().chain([name]).collect()
}

fn can_head(scene: &Scene<'_>, label: &Candidate, kind: Option<TargetKind>) -> bool {
    let next = label.words.end;
    let goes_on = scene.goes_on(next);
    let follows = goes_on && scene.is(next, Classes::FOLLOWER) && !scene.word(next).capital;
    let last = scene.form(label.words.end - 1);
    match label.reading.sense {
        Sense::Regime => true,
        Sense::Conduct => !follows,
        // The Caldria dictator is not Caldria; the Brigade's terrorists are the Brigade.
        Sense::Ruler | Sense::Partisan => {
            label.reading.plural
                && matches!(kind, Some(TargetKind::Group | TargetKind::Party | TargetKind::Organisation))
        }
        Sense::Polity => false,
        Sense::Quality => !follows && !is_adjective(last),
    }
}

fn is_adjective(word: &str) -> bool {
    const ENDS: [&str; 16] = [
        "al", "ic", "ive", "ous", "ed", "ing", "ish", "left", "right", "wing", "line", "able", "ary", "ful",
        "less", "ian",
    ];
    ENDS.iter().any(|end| word.ends_with(end))
}

/// "For Quill hardliners are a nuisance": the phrase ends with the name.
fn opens_with_preposition(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    before: Option<usize>,
) -> bool {
    label.reading.is_person()
        && before.is_some_and(|at| at == stretch.words.start && scene.is(at, Classes::PREPOSITION))
}
