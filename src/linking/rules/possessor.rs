//! The name as possessor: "North Korea's threat", "the regime of Teodor Lisk".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_bare};
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
    if phrase.alleged {
        return Vec::new();
    }
    let before = genitive(scene, label, &phrase).map(|name| vec![name]);
    before.or_else(|| of_phrase(scene, stretch, label)).unwrap_or_default()
}

/// "NAME's brutal dictatorship".
fn genitive(scene: &Scene<'_>, label: &Candidate, phrase: &Phrase) -> Option<usize> {
    let at = phrase.determiner.filter(|&at| scene.word(at).possessive)?;
    let name = scene.name_until(at + 1)?;
    let entry = &scene.names[name];
    let next = label.words.end;
    let follows = scene.goes_on(next)
        && scene.is(next, Classes::FOLLOWER)
        && label.reading.sense != Sense::Regime;
    let between = at + 1..label.words.start;
    // A word that can be a verb or a noun of its own ends the possessor's phrase.
    let nouns = between.clone().any(|w| scene.form(w).ends_with('s') && !scene.word(w).labelled);
    let whole = !entry.affixed && !follows && !nouns && between.len() <= BETWEEN;
    whole.then_some(name)
}

/// "the regime of NAME", "the threat posed by NAME".
fn of_phrase(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<Vec<usize>> {
    let at = label.words.end;
    let from = match (scene.form(at), scene.form(at + 1)) {
        ("of" | "from", _) => at + 1,
        ("posed" | "presented" | "led" | "headed", "by") => at + 2,
        _ => return None,
    };
    if (at..=from).any(|word| !scene.goes_on(word)) {
        return None;
    }
    let suffered = is_suffered(scene.form(at - 1));
    let origin = scene.form(at) == "from" && !matches!(scene.form(at - 1), "threat" | "threats" | "menace" | "danger");
    if suffered || origin {
        return None;
    }
    let name = scene.name_over_titles(from, stretch.words.end)?;
    let policy = scene.names[name].kind == Some(TargetKind::Policy);
    if policy || !is_bare(scene, name) {
        return None;
    }
    let mut names = scene.with_conjuncts(name, stretch.words.end);
    names.retain(|&name| is_bare(scene, name));
    Some(names)
}
