//! Behind the name, in one compound: "the Maduro regime".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::is_proper;
use crate::linking::scene::{Candidate, Name, Scene, Stretch};
use crate::linking::sense::{Sense, is_adjective, is_suffered};

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let start = label.words.start;
    let Some(name) = scene.name_until(start).filter(|_| scene.goes_on(start)) else {
        return Vec::new();
    };
    let entry = &scene.names[name];
    let titular = is_proper(scene, stretch, label) || is_suffered(scene.form(label.words.end - 1));
    if titular || scene.is_possessor(name) || entry.affixed || !can_head(scene, label, entry) {
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

fn can_head(scene: &Scene<'_>, label: &Candidate, name: &Name) -> bool {
    let kind = name.kind;
    let next = label.words.end;
    let goes_on = scene.goes_on(next);
    let follows = goes_on && scene.is(next, Classes::FOLLOWER) && !scene.word(next).capital;
    let last = scene.form(label.words.end - 1);
    match label.reading.sense {
        Sense::Regime => true,
        // "If NAME collapses": a verb, unless an article makes a phrase of it.
        Sense::Conduct => {
            let article = name.words.start > 0
                && scene.is(name.words.start - 1, Classes::DETERMINER)
                && scene.goes_on(name.words.start);
            !follows && (article || !label.reading.plural)
        }
        // The Caldria dictator is not Caldria; the Brigade's terrorists are the Brigade.
        Sense::Ruler | Sense::Partisan => {
            label.reading.plural
                && matches!(
                    kind,
                    Some(TargetKind::Group | TargetKind::Party | TargetKind::Organisation)
                )
        }
        Sense::Polity => false,
        // Of a word that nothing is known of, an article tells that it is a noun.
        Sense::Quality => {
            const OTHER: [&str; 5] = ["ed", "ing", "er", "or", "ly"];
            let article = name.words.start > 0
                && scene.is(name.words.start - 1, Classes::DEFINITE)
                && scene.goes_on(name.words.start);
            let other = is_adjective(last) || OTHER.iter().any(|end| last.ends_with(end));
            // "the Vessia threatens us", "the Vessia emergency room".
            let object = Classes::DETERMINER.with(Classes::PRONOUN);
            let verb = last.ends_with('s')
                || goes_on && (scene.is(next, object) || scene.form(next) == "to");
            let modifies = goes_on && scene.is_content(next) && !scene.form(next).ends_with("ed");
            let modifies = modifies && !scene.is(next, Classes::ADVERB.with(Classes::REPORT));
            article && !other && !verb && !modifies
        }
    }
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
