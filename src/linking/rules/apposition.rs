//! In apposition: "Fidel Castro, the dictator", "the strongman, Adair Voss,".

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{
    Phrase, is_bare, is_closed, is_fronted, modifies_noun, name_phrase_start, predicate_start,
    with_left_conjuncts,
};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::{Reading, Sense};

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    if scene.word(label.words.end - 1).possessive || phrase.alleged || modifies_noun(scene, label) {
        return Vec::new();
    }
    // "a socialist or merely an opportunist"
    if scene.form(label.words.end) == "or" && scene.goes_on(label.words.end) {
        return Vec::new();
    }
    let name = behind_name(scene, stretch, label, &phrase)
        .or_else(|| before_name(scene, stretch, label, &phrase));
    let Some(name) = name.filter(|&name| fits(scene, label, name)) else { return Vec::new() };
    if !label.reading.plural {
        return vec![name];
    }
    if scene.names[name].words.start < label.words.start {
        with_left_conjuncts(scene, stretch, name)
    } else {
        scene.with_conjuncts(name, stretch.words.end)
    }
}

fn fits(scene: &Scene<'_>, label: &Candidate, name: usize) -> bool {
    let kind = scene.names[name].kind;
    // "outside Newport, D.C., an illegal alien, …"
    let letters = scene.names[name].words.len() == 1
        && kind.is_none()
        && scene.word(scene.names[name].words.start).shouted;
    if letters && label.reading.is_person() {
        return false;
    }
    // "The mayor of Drennia, a leftist, …": the label as a noun is a person.
    let noun = label.reading.sense == Sense::Partisan && !heads_noun(scene, label);
    label.reading.fits(kind)
        && !(noun && kind == Some(TargetKind::State))
        && head_fits(scene, label, kind)
}

/// Whether the noun that an adjective stands before can be such a target: "a dangerous neighbour",
/// but not "an illegitimate peace".
fn head_fits(scene: &Scene<'_>, label: &Candidate, kind: Option<TargetKind>) -> bool {
    const STATES: [&str; 8] =
        ["place", "land", "island", "society", "economy", "world", "colony", "member"];
    const PERSONS: [&str; 12] = [
        "man", "woman", "person", "self", "name", "child", "boy", "girl", "guy", "voice", "force",
        "presence",
    ];
    const ENDS: [&str; 9] = ["er", "or", "ist", "ian", "man", "ant", "ee", "crat", "eer"];
    // "Peace in Vessia, a war, and …": conduct, unless it can stand for who conducts it so.
    const ENTITIES: [&str; 9] = [
        "threat",
        "menace",
        "danger",
        "disaster",
        "failure",
        "catastrophe",
        "scandal",
        "nightmare",
        "mess",
    ];
    if label.reading.is_noun() {
        let conduct = label.reading.sense == Sense::Conduct && kind.is_some();
        return !conduct || ENTITIES.contains(&scene.form(label.words.end - 1));
    }
    let mut head = None;
    let mut at = label.words.end;
    while scene.goes_on(at) {
        let joins = scene.form(at) == "and" && scene.word(at + 1).labelled;
        if !scene.is_content(at) && !joins {
            break;
        }
        head = Some(at);
        at += 1;
    }
    let Some(head) = head else { return true };
    let form = scene.form(head);
    if scene.word(head).labelled {
        return Reading::of(form).sense != Sense::Conduct || ENTITIES.contains(&form);
    }
    match kind {
        Some(TargetKind::State) => scene.is(head, Classes::BODY) || STATES.contains(&form),
        Some(TargetKind::Person) => {
            let class = Classes::ROLE.with(Classes::TITLE).with(Classes::BODY);
            scene.is(head, class.with(Classes::FOLLOWER))
                || PERSONS.contains(&form)
                || ENDS.iter().any(|end| form.ends_with(end))
        }
        _ => true,
    }
}

fn heads_noun(scene: &Scene<'_>, label: &Candidate) -> bool {
    let next = label.words.end;
    let listed = scene.form(next) == "and" && scene.word(next + 1).labelled;
    scene.goes_on(next) && (scene.is_content(next) || listed)
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
    // "The Brigade, terrorists in the eyes of the court, …"
    let bare = bare
        || phrase.determiner.is_none()
            && phrase.start == label.words.start
            && label.reading.plural
            && label.reading.is_person()
            && scene.name_until(label.words.start).is_some_and(|name| {
                matches!(scene.names[name].kind, Some(TargetKind::Group | TargetKind::Party))
            })
            && scene.is(label.words.end, Classes::PREPOSITION);
    let demonstrative =
        |at: usize| matches!(scene.form(at), "this" | "that" | "these" | "those" | "whose");
    // "the Caribbean, his threats to …": another item of a list.
    let own = |at: usize| {
        let conduct = matches!(label.reading.sense, Sense::Conduct | Sense::Regime);
        scene.is(at, Classes::POSSESSIVE) && conduct
    };
    if phrase.determiner.map_or(!bare, |at| demonstrative(at) || own(at)) {
        return None;
    }
    let mut start = predicate_start(scene, stretch, phrase.outer_start(scene, stretch));
    for _ in 0..2 {
        let adverb = start > stretch.words.start
            && scene.goes_on(start)
            && (scene.is(start - 1, Classes::ADVERB.with(Classes::STANDING))
                && !scene.is(start - 1, Classes::SUBORDINATOR)
                || matches!(scene.form(start - 1), "once" | "himself" | "herself" | "itself"));
        start -= usize::from(adverb);
    }
    let marks = scene.before(start);
    let off = marks.meets(Marks::SETTING_OFF) && !marks.meets(Marks::COLON.with(Marks::OTHER));
    if start <= stretch.words.start || !off {
        return None;
    }
    let age = scene.form(start - 1);
    let aged = age.len() > 1 && age.bytes().all(|b| b.is_ascii_digit());
    if aged && scene.before(start - 1).meets(Marks::SETTING_OFF) {
        start -= 1;
    }
    let name = scene.name_until(start).filter(|&name| is_bare(scene, name))?;
    let first = name_phrase_start(scene, stretch, name);
    let article = phrase.determiner.is_some_and(|at| scene.form(at) == "the");
    // "at the ministry, the threat of a strike …", "in Vessia, a terrorist threw …"
    let placed =
        first > stretch.words.start && matches!(scene.form(first - 1), "in" | "at" | "near");
    let new_subject = label.reading.sense == Sense::Conduct && article
        || placed
            && label.reading.is_person()
            && scene.names[name].kind != Some(TargetKind::Person);
    if new_subject && !is_closed(scene, stretch, label.words.end) {
        return None;
    }
    // "It would be, for NAME, a socialist nightmare": the name stands in an insertion of its own.
    let inserted = first > stretch.words.start + 1
        && scene.is(first - 1, Classes::PREPOSITION)
        && scene.before(first - 1).meets(Marks::COMMA);
    if inserted {
        return None;
    }
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
    if phrase.determiner.is_none() && !label.reading.plural {
        return None;
    }
    let start = phrase.outer_start(scene, stretch);
    let first = start == stretch.words.start;
    if !first && is_fronted(scene, stretch, start) {
        return None;
    }
    if !first && label.reading.sense == Sense::Conduct {
        return None;
    }
    // "The man is a fanatic," NAME said: a predicate, or the end of what was said.
    let predicate = !first && scene.goes_on(start) && scene.is(start - 1, Classes::BE);
    let comma = phrase_end(scene, stretch, label)?;
    if predicate || scene.before(comma).meets(Marks::QUOTE) {
        return None;
    }
    let name = scene.name_over_titles(comma, stretch.words.end)?;
    let entry = &scene.names[name];
    if entry.adjectival || scene.is_possessor(name) {
        return None;
    }
    let end = entry.words.end;
    let speaks = scene.is(end, Classes::REPORT) && scene.goes_on(end);
    let listed = matches!(scene.form(end), "and" | "or");
    let closed = is_closed(scene, stretch, end);
    // "a rebel-held quarter of Aleppo, Syria"
    let place = scene.name_until(comma).is_some_and(|other| !scene.is_possessor(other));
    if place && entry.kind != Some(TargetKind::Person) {
        return None;
    }
    let opens = first && phrase.has(scene, Classes::INDEFINITE);
    // "two rogue states, X and Y, …"
    if label.reading.plural {
        let all = scene.with_conjuncts(name, stretch.words.end);
        let closed =
            all.last().is_some_and(|&last| is_closed(scene, stretch, scene.names[last].words.end));
        return (all.len() > 1 && closed && phrase.determiner.is_some()).then_some(name);
    }
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
        let joins = matches!(scene.form(at), "of" | "in" | "at" | "on" | "himself" | "herself")
            || scene.is(at, Classes::DETERMINER);
        complement |= joins;
        if !(scene.is_content(at) || joins || complement && word.name.is_some()) {
            return None;
        }
        at += 1;
    }
    None
}
