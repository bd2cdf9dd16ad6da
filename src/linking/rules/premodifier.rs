//! Before the name, in one noun phrase: "Leftist Canadian Prime Minister Justin Trudeau".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_modifier, is_noun_behind, is_proper};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::{Reading, Sense, is_adjective};

/// How many words may stand between the label and the name.
const REACH: usize = 10;

/// What makes an adjective of "left" and "right"; with other words before them they are nouns.
const DEGREES: [&str; 8] =
    ["far", "hard", "ultra", "alt", "center", "centre", "extreme", "radical"];

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let last = label.words.end - 1;
    let governs = matches!(label.reading.sense, Sense::Regime | Sense::Conduct);
    // "the state of emergency President Olin declared"
    let governs = governs || label.reading.sense == Sense::Quality && scene.is(last, Classes::RULE);
    // "the American left", but "far-left"
    let wing = matches!(scene.form(last), "left" | "right") && label.words.len() > 1;
    let governs = governs || wing && !DEGREES.contains(&scene.form(label.words.start));
    // "Emergencies Minister", "Vermin Supreme"
    let office = is_proper(scene, stretch, label)
        && !label.reading.is_person()
        && scene.word(label.words.end).capital
        && scene.word(label.words.end).name.is_none();
    if governs || office || scene.word(last).possessive || Phrase::of(scene, stretch, label).alleged
    {
        return Vec::new();
    }
    let Some(name) = name_behind(scene, stretch, label) else { return Vec::new() };
    // "Journal of Threatened Taxa", "Libertarian National Convention"
    let kind = scene.names[name].kind;
    let person = matches!(kind, Some(TargetKind::Person)) || scene.names[name].words.len() > 1;
    let titular = is_proper(scene, stretch, label)
        && !scene.names[name].declared
        && !(person && kind != Some(TargetKind::Organisation));
    if titular
        || is_object(scene, stretch, label, name)
        || !takes_label(scene, stretch, name)
        || !label.reading.fits(scene.names[name].kind)
    {
        return Vec::new();
    }
    if !label.reading.plural {
        return vec![name];
    }
    // "the terrorists Voss funded": a clause follows, and one name can't be several.
    let names = scene.with_conjuncts(name, stretch.words.end);
    if names.len() > 1 { names } else { Vec::new() }
}

/// Whether the word may be a verb whose object is the name ("decimate Medicaid"), or the name a
/// common noun ("a progressive Democrat").
fn is_object(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate, name: usize) -> bool {
    let phrase = Phrase::of(scene, stretch, label);
    let entry = &scene.names[name];
    let single = entry.words.len() == 1 && !entry.declared && entry.words.start == label.words.end;
    if single
        && phrase
            .determiner
            .is_some_and(|at| matches!(scene.form(at), "a" | "an" | "every" | "any"))
    {
        return true;
    }
    let start = label.words.start;
    let opens = start == stretch.words.start
        || scene.before(start).meets(Marks::BREAK)
        || scene.is(start - 1, Classes::PREPOSITION) && scene.form(start - 1) != "to";
    let adjective = label.words.len() > 1
        || phrase.determiner.is_some()
        || is_adjective(scene.form(label.words.end - 1))
        || entry.words.start > label.words.end;
    // "Their plan decimates NAME", "from threatening NAME": verbs, whatever stands before them.
    let form = scene.form(label.words.end - 1);
    let alone = label.words.len() == 1 && entry.words.start == label.words.end;
    let present = form.ends_with('s') && !is_adjective(form) && !form.ends_with("ss");
    let participle = form.ends_with("ing") && phrase.determiner != start.checked_sub(1);
    let verb = alone && (present || participle && start > stretch.words.start);
    label.reading.sense == Sense::Quality && (verb || !opens && !adjective)
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
        && (scene.is(at + 1, Classes::TITLE)
            || scene.is(at + 2, Classes::TITLE) && scene.word(at + 1).capital)
        && scene.word(at + 1).name.is_none();
    // "the unprecedented corruption NAME unleashed": the phrase ends with its noun.
    let noun = word.labelled && {
        let sense = Reading::of(scene.form(at)).sense;
        matches!(sense, Sense::Conduct | Sense::Regime)
    };
    if word.possessive || noun {
        return None;
    }
    if scene.is(at, over) || word.demonym || word.labelled || office {
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
    let governs = heads
        && scene.is(next, Classes::RULE)
        && !scene.is(next, Classes::FOLLOWER)
        && !is_noun_behind(scene, stretch, next + 1);
    if entry.adjectival {
        return governs;
    }
    let noun = heads && scene.is(next, Classes::FOLLOWER) && !scene.word(next).capital;
    // "illegal Vessia government contracts"
    let contracts = heads && scene.is(next, Classes::RULE);
    governs || !(noun || contracts || is_modifier(scene, stretch, name))
}
