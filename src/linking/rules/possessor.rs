//! The name as possessor: "North Korea's threat", "the regime of Teodor Lisk".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_bare, is_modifier, is_noun_behind, is_of_a_sector};
use crate::linking::scene::{Candidate, Scene, Stretch};
use crate::linking::sense::{Sense, is_suffered};

/// How many words may stand between the possessor and the label.
const BETWEEN: usize = 3;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let governs = matches!(label.reading.sense, Sense::Regime | Sense::Conduct);
    if !governs || scene.word(label.words.end - 1).possessive {
        return Vec::new();
    }
    let phrase = Phrase::of(scene, stretch, label);
    if phrase.alleged || is_of_a_sector(scene, label) {
        return Vec::new();
    }
    let before = genitive(scene, stretch, label, &phrase).map(|name| {
        let first = joint_possessor(scene, stretch, name).filter(|_| label.reading.plural);
        first.into_iter().chain([name]).collect()
    });
    before.or_else(|| of_phrase(scene, stretch, label)).unwrap_or_default()
}

/// "NAME's and NAME's regimes", "NAME and NAME's regimes": the first of the two.
fn joint_possessor(scene: &Scene<'_>, stretch: &Stretch, last: usize) -> Option<usize> {
    let start = scene.names[last].words.start;
    let and = start.checked_sub(1).filter(|at| stretch.words.contains(at))?;
    let joined = scene.form(and) == "and" && scene.goes_on(start) && scene.goes_on(and);
    scene.name_until(and).filter(|_| joined)
}

/// "NAME's brutal dictatorship".
fn genitive(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    phrase: &Phrase,
) -> Option<usize> {
    let at = phrase.determiner.filter(|&at| scene.word(at).possessive)?;
    // "the Maduro government's extremism"
    let governs = scene.is(at, Classes::RULE) && scene.goes_on(at);
    let name = scene.name_until(at + 1).or_else(|| scene.name_until(at).filter(|_| governs))?;
    let entry = &scene.names[name];
    let next = label.words.end;
    let conduct = label.reading.sense != Sense::Regime && scene.goes_on(next);
    // "the tariff chaos announcement"
    let noun = is_noun_behind(scene, stretch, next) && !scene.form(next).ends_with('s');
    let follows = conduct && (scene.is(next, Classes::FOLLOWER) || noun);
    let between = at + 1..label.words.start;
    // A word that can be a verb or a noun of its own ends the possessor's phrase.
    let nouns = between.clone().any(|w| scene.form(w).ends_with('s') && !scene.word(w).labelled);
    let whole = !entry.affixed && !follows && !nouns && between.len() <= BETWEEN;
    whole.then_some(name)
}

/// "the threat that NAME poses".
fn poser(scene: &Scene<'_>, stretch: &Stretch, from: usize) -> Option<Vec<usize>> {
    let name =
        scene.name_over_titles(from, stretch.words.end).filter(|&name| is_bare(scene, name))?;
    let end = scene.names[name].words.end;
    let poses =
        matches!(scene.form(end), "poses" | "posed" | "presents" | "presented" | "represents");
    (poses && scene.goes_on(from) && scene.goes_on(end)).then(|| vec![name])
}

/// "the regime of NAME", "the threat posed by NAME".
fn of_phrase(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<Vec<usize>> {
    let at = label.words.end;
    let from = match (scene.form(at), scene.form(at + 1)) {
        ("of" | "from", _) => at + 1,
        ("under", _) if label.reading.sense == Sense::Regime => at + 1,
        ("that" | "which", _) => return poser(scene, stretch, at + 1),
        ("posed" | "presented" | "led" | "headed", "by") => at + 2,
        _ => return None,
    };
    if (at..=from).any(|word| !scene.goes_on(word)) {
        return None;
    }
    let suffered = is_suffered(scene.form(at - 1));
    let origin = scene.form(at) == "from"
        && !matches!(scene.form(at - 1), "threat" | "threats" | "menace" | "danger");
    if suffered || origin {
        return None;
    }
    let name = scene.name_over_titles(from, stretch.words.end)?;
    let policy = scene.names[name].kind == Some(TargetKind::Policy);
    if policy || !is_bare(scene, name) || is_modifier(scene, stretch, name) {
        return None;
    }
    let mut names = scene.with_conjuncts(name, stretch.words.end);
    names.retain(|&name| is_bare(scene, name));
    Some(names)
}
