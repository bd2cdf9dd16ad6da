//! In apposition: "Fidel Castro, the dictator", "the strongman, Adair Voss,".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_bare, is_closed, is_fronted, modifies_noun, name_phrase_start};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::Sense;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    if scene.word(label.words.end - 1).possessive || phrase.alleged || modifies_noun(scene, label) {
        return Vec::new();
    }
    let name = behind_name(scene, stretch, label, &phrase)
        .or_else(|| before_name(scene, stretch, label, &phrase));
    name.filter(|&name| fits(scene, label, name)).into_iter().collect()
}

fn fits(scene: &Scene<'_>, label: &Candidate, name: usize) -> bool {
    let kind = scene.names[name].kind;
    // "The mayor of Drennia, a leftist, …": the label as a noun is a person.
    let noun = label.reading.sense == Sense::Partisan && !heads_noun(scene, label);
    label.reading.fits(kind) && !(noun && kind == Some(TargetKind::State))
}

fn heads_noun(scene: &Scene<'_>, label: &Candidate) -> bool {
    scene.goes_on(label.words.end) && scene.is_content(label.words.end)
}

/// "NAME, a leftist, …".
fn behind_name(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<usize> {
    let bare = phrase.determiner.is_none()
        && label.reading.sense == Sense::Ruler
        && !label.reading.plural
        && matches!(scene.form(label.words.end), "of" | "since" | "from" | "for");
    if phrase.determiner.is_none() && !bare {
        return None;
    }
    let mut start = phrase.outer_start(scene, stretch);
    for _ in 0..2 {
        let adverb = start > stretch.words.start
            && scene.goes_on(start)
            && scene.is(start - 1, Classes::ADVERB.with(Classes::STANDING));
        start -= usize::from(adverb);
    }
    if start <= stretch.words.start || !scene.before(start).meets(Marks::SETTING_OFF) {
        return None;
    }
    let age = scene.form(start - 1);
    let aged = !age.is_empty() && age.bytes().all(|b| b.is_ascii_digit());
    if aged && scene.before(start - 1).meets(Marks::SETTING_OFF) {
        start -= 1;
    }
    let name = scene.name_until(start).filter(|&name| is_bare(scene, name))?;
    let first = name_phrase_start(scene, stretch, name);
    // "After meeting Voss, the dictator left": the subject of the clause, unless it is closed.
    let closed = is_closed(scene, stretch, label.words.end) && label.words.end < stretch.words.end;
    if is_fronted(scene, stretch, first) && !closed && scene.form(label.words.end) != "of" {
        return None;
    }
    Some(name)
}

/// "The strongman, NAME, …", "A lifelong radical, NAME …".
fn before_name(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<usize> {
    phrase.determiner?;
    if label.reading.plural {
        return None;
    }
    let start = phrase.outer_start(scene, stretch);
    let first = start == stretch.words.start;
    if !first && is_fronted(scene, stretch, start) {
        return None;
    }
    let comma = phrase_end(scene, stretch, label)?;
    let name = scene.name_over_titles(comma, stretch.words.end)?;
    let entry = &scene.names[name];
    if entry.adjectival || scene.is_possessor(name) {
        return None;
    }
    let end = entry.words.end;
    let speaks = scene.is(end, Classes::REPORT) && scene.goes_on(end);
    let listed = matches!(scene.form(end), "and" | "or");
    let closed = is_closed(scene, stretch, end);
    let opens = first && phrase.has(scene, Classes::INDEFINITE);
    (!speaks && !listed && (closed || opens)).then_some(name)
}

/// Where the label's phrase ends at a comma: at once, after one or two nouns, after "of" and a
/// short phrase.
fn phrase_end(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<usize> {
    let mut at = label.words.end;
    let limit = stretch.words.end.min(at + 7);
    let mut complement = false;
    while at < limit {
        if scene.before(at).meets(Marks::BREAK) {
            return scene.before(at).meets(Marks::SETTING_OFF).then_some(at);
        }
        let word = scene.word(at);
        let joins = matches!(scene.form(at), "of" | "in" | "at" | "on") || scene.is(at, Classes::DETERMINER);
        complement |= joins;
        if !(scene.is_content(at) || joins || complement && word.name.is_some()) {
            return None;
        }
        at += 1;
    }
    None
}
