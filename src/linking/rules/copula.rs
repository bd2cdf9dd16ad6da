//! After a form of "be": "Cuba is a rogue state", "the real tyrant is Voss".

use crate::linking::classes::Classes;
use crate::linking::phrase::{
    Phrase, is_bare, is_closed, is_withheld, modifies_noun, name_phrase_start, predicate_start,
    subject_before, with_left_conjuncts,
};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};

/// How far back a word that denies or supposes is looked for.
const WITHHELD_REACH: usize = 5;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    let barred = stretch.asked
        || phrase.alleged
        || scene.word(label.words.end - 1).possessive
        || modifies_noun(scene, label);
    if barred {
        return Vec::new();
    }
    let subject = predicated(scene, stretch, label, &phrase)
        .or_else(|| reversed(scene, stretch, label, &phrase).map(|name| vec![name]));
    let mut names = subject.unwrap_or_default();
    names.retain(|&name| label.reading.fits(scene.names[name].kind));
    names
}

fn predicated(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<Vec<usize>> {
    let be = copula_before(scene, stretch, label, phrase)?;
    let verb = verb_group(scene, stretch, be)?;
    let name = subject_before(scene, stretch, verb)?;
    let start = name_phrase_start(scene, stretch, name);
    if is_withheld(scene, stretch, start, WITHHELD_REACH) {
        return None;
    }
    let several = matches!(scene.form(verb), "are" | "were" | "have" | "remain" | "become");
    Some(if several { with_left_conjuncts(scene, stretch, name) } else { vec![name] })
}

/// The form of "be" that the label's phrase follows.
fn copula_before(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<usize> {
    let start = predicate_start(scene, stretch, phrase.outer_start(scene, stretch));
    let start = first_predicate(scene, stretch, start);
    let mut at = start.checked_sub(1).filter(|at| stretch.words.contains(at))?;
    let first = phrase.determiner.map_or(start, |_| label.words.start);
    let verbal = |at: usize| {
        let form = scene.form(at);
        phrase.determiner.is_none() && (form.ends_with("ed") || form.ends_with("ing"))
    };
    if (first..label.words.end).any(verbal) {
        return None;
    }
    // "is, for better or worse, a socialist"
    if scene.before(start).meets(Marks::COMMA) && !scene.is(at, Classes::BE) {
        let lowest = stretch.words.start.max(start.saturating_sub(8));
        let opened = (lowest + 1..start).rev().find(|&w| scene.before(w).meets(Marks::COMMA))?;
        at = opened - 1;
        return scene.is(at, Classes::BE).then_some(at);
    }
    let passes = |at: usize| {
        let own = matches!(scene.form(at), "itself" | "himself" | "herself" | "themselves");
        own || scene.is(at, Classes::ADVERB) && !scene.is(at, Classes::BE)
    };
    while at > stretch.words.start && passes(at) {
        at -= 1;
    }
    // "has turned into a dictatorship"
    let changes =
        ["turned", "turns", "grew", "evolved", "developed", "degenerated", "descended", "slid"];
    if scene.form(at) == "into" && at > stretch.words.start && changes.contains(&scene.form(at - 1))
    {
        return Some(at - 1);
    }
    scene.is(at, Classes::BE).then_some(at)
}

/// "radical, reckless and dangerous": the first of adjectives in a row, each of them a label.
fn first_predicate(scene: &Scene<'_>, stretch: &Stretch, start: usize) -> usize {
    let mut first = start;
    loop {
        let and = first > stretch.words.start && scene.form(first - 1) == "and";
        let joint = first - usize::from(and && scene.goes_on(first));
        let listed = joint < first || scene.before(first).meets(Marks::COMMA);
        let labelled = joint > stretch.words.start && scene.word(joint - 1).labelled;
        if !listed || !labelled {
            return first;
        }
        first = joint - 1;
    }
}

/// Where the verb group begins that holds the form of "be", unless it is no plain statement.
fn verb_group(scene: &Scene<'_>, stretch: &Stretch, be: usize) -> Option<usize> {
    let mut at = be;
    if scene.form(be) == "be" {
        return None;
    }
    while at > stretch.words.start {
        let before = at - 1;
        let form = scene.form(before);
        let inserted = scene.before(at).meets(Marks::BREAK);
        // "was, and remains, a …"
        if form == "and" && before > stretch.words.start && scene.is(before - 1, Classes::BE) {
            at = before - 1;
            continue;
        }
        if inserted {
            break;
        }
        let doubts = Classes::MODAL.with(Classes::NEGATOR).with(Classes::ALLEGE);
        if scene.is(before, doubts) || matches!(form, "to" | "will" | "shall" | "if" | "being") {
            return None;
        }
        let verbal = scene.is(before, Classes::AUXILIARY.with(Classes::BE).with(Classes::ADVERB));
        if !verbal || scene.word(before).name.is_some() {
            break;
        }
        at = before;
    }
    let alone = matches!(scene.form(be), "been" | "become") && at == be && scene.form(be) == "been";
    (!alone).then_some(at)
}

/// "The real dictator is NAME."
fn reversed(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<usize> {
    let start = phrase.outer_start(scene, stretch);
    let opens = start == stretch.words.start || scene.before(start).meets(Marks::BREAK);
    if !opens || !phrase.has(scene, Classes::DEFINITE) {
        return None;
    }
    let verb = label.words.end;
    if !scene.goes_on(verb) || !matches!(scene.form(verb), "is" | "was" | "remains") {
        return None;
    }
    let name = scene.name_over_titles(verb + 1, stretch.words.end)?;
    let end = scene.names[name].words.end;
    (scene.goes_on(verb + 1) && is_bare(scene, name) && is_closed(scene, stretch, end))
        .then_some(name)
}
