//! "The regime" for a name before it in the sentence, where only one can be meant.

use crate::lexicon::TargetKind;
use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_fronted};
use crate::linking::scene::{Candidate, Marks, Name, Scene, Stretch};
use crate::linking::sense::{Sense, is_adjective};

/// How many words before the label are searched for names.
const REACH: usize = 60;

/// First words of "deep state" and the like: ways of ruling, of which no name stands in the sentence.
const APPARATUS: [&str; 5] = ["deep", "nanny", "police", "surveillance", "ruling"];

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    let definite = phrase.determiner.is_some_and(|at| {
        // "said that the regime"
        let clause = scene.form(at) == "that" && scene.form(at + 1) == "the";
        is_definite(scene, at + usize::from(clause), label)
    });
    // "the deep state" is no state.
    let apparatus = label.words.len() > 1 && APPARATUS.contains(&scene.form(label.words.start));
    let other = apparatus || phrase.alleged || is_relation(scene, stretch, phrase.start);
    if !definite || other || !stands_alone(scene, stretch, label) {
        return Vec::new();
    }
    let lowest = stretch.words.start.max(phrase.start.saturating_sub(REACH));
    let mut antecedent: Option<usize> = None;
    let mut at = phrase.start;
    while at > lowest {
        at -= 1;
        let Some(name) = scene.name_from(at) else {
            if is_other_possibility(scene, stretch, at) {
                return Vec::new();
            }
            continue;
        };
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

/// "the" or "that" at `at` right before the label or before an adjective: not the "that" of a clause
/// ("laws that shield criminals", "that our conservatives"), not "this", which may point anywhere, and
/// no adjective of a state ("the Iranian regime" is Iran's).
fn is_definite(scene: &Scene<'_>, at: usize, label: &Candidate) -> bool {
    let points = match scene.form(at) {
        "the" | "those" => true,
        "that" => !label.reading.plural,
        _ => false,
    };
    let between = |word: usize| {
        let form = scene.form(word);
        scene.word(word).labelled
            || !scene.word(word).demonym
                && (is_adjective(form) || scene.is(word, Classes::STANDING) || form == "same")
    };
    points && label.words.start - at <= 2 && (at + 1..label.words.start).all(between)
}

/// "an ally of the regime": of one that the name is not.
fn is_relation(scene: &Scene<'_>, stretch: &Stretch, start: usize) -> bool {
    const RELATIONS: [&str; 16] = [
        "ally",
        "allies",
        "friend",
        "friends",
        "partner",
        "partners",
        "enemy",
        "enemies",
        "critic",
        "critics",
        "opponent",
        "opponents",
        "supporter",
        "supporters",
        "foe",
        "rival",
    ];
    start >= stretch.words.start + 2
        && scene.goes_on(start)
        && scene.is(start - 1, Classes::PREPOSITION)
        && RELATIONS.contains(&scene.form(start - 2))
}

/// Whether the word lets another be meant than the names before it: the adjective of a state ("the
/// Burmese people … the junta"), or a relative clause that tells of something else ("the revolution
/// that led to the regime").
fn is_other_possibility(scene: &Scene<'_>, stretch: &Stretch, at: usize) -> bool {
    let relative = matches!(scene.form(at), "that" | "which" | "who")
        && at > stretch.words.start
        && scene.goes_on(at)
        && scene.is_content(at - 1)
        && !scene.is(at - 1, Classes::REPORT.with(Classes::ADVERB));
    let opens_clause = !scene.is(at + 1, Classes::DETERMINER.with(Classes::PRONOUN))
        && scene.word(at + 1).name.is_none();
    scene.word(at).demonym && scene.word(at).name.is_none() || relative && opens_clause
}

/// Whether the label is the whole phrase: no complement, no name, no noun behind it.
fn stands_alone(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> bool {
    let next = label.words.end;
    if next >= stretch.words.end || !scene.goes_on(next) {
        return true;
    }
    let word = scene.word(next);
    if word.name.is_some()
        || matches!(scene.form(next), "of" | "there" | "from" | "who" | "that" | "in" | "whose")
    {
        return false;
    }
    let noun = scene.is_content(next) && scene.is(next, Classes::FOLLOWER.with(Classes::ROLE));
    // "the leftist students": an adjective, unless a verb is near.
    let adjective = label.reading.sense == Sense::Partisan
        && !label.reading.plural
        && scene.is_content(next)
        && (!scene.is(next, Classes::ADVERB)
            || scene.goes_on(next + 1) && scene.is_content(next + 1))
        && !scene.form(next).ends_with("ed");
    !noun && !adjective
}

enum Possibility {
    None,
    Fits,
    Blocks,
}

fn possibility(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    name: usize,
) -> Possibility {
    use TargetKind::{Group, Organisation, Party, Person, Policy, State};
    let entry = &scene.names[name];
    let speaks = is_source(scene, stretch, entry);
    let plural = label.reading.plural;
    let person = label.reading.is_person();
    match (label.reading.sense, entry.kind) {
        (Sense::Quality | Sense::Conduct, _) => Possibility::Blocks,
        (_, Some(Policy)) => Possibility::None,
        // "U.S. forces": it modifies another noun, and nothing points back at it.
        (_, Some(State)) if scene.is(entry.words.end, Classes::FOLLOWER) => Possibility::None,
        (_, None) if speaks => Possibility::None,
        (_, None) => Possibility::Blocks,
        (Sense::Regime | Sense::Polity, Some(State)) if !plural && !speaks => Possibility::Fits,
        (Sense::Regime, Some(Person)) if !speaks => Possibility::Blocks,
        (Sense::Ruler | Sense::Partisan, Some(Person)) if !plural && !speaks => {
            if scene.is_possessor(name) || entry.affixed {
                Possibility::Blocks
            } else {
                Possibility::Fits
            }
        }
        (Sense::Ruler | Sense::Partisan, Some(Group)) if plural && person && !speaks => {
            Possibility::Fits
        }
        // A party is not what it fights: only as the subject of its clause.
        (Sense::Ruler | Sense::Partisan, Some(Party))
            if plural && person && !speaks && opens_clause(scene, label) =>
        {
            Possibility::Fits
        }
        (_, Some(Group | Party | Organisation | Person | State)) => Possibility::None,
    }
}

/// "though the extremists won"
fn opens_clause(scene: &Scene<'_>, label: &Candidate) -> bool {
    let Some(article) = label.words.start.checked_sub(1) else { return false };
    let behind = article.checked_sub(1).is_some_and(|at| scene.is(at, Classes::SUBORDINATOR));
    scene.before(article).meets(Marks::SETTING_OFF) || behind
}

/// Whether a verb of speech follows the name, or "according to" stands before it.
fn is_source(scene: &Scene<'_>, stretch: &Stretch, entry: &Name) -> bool {
    let end = entry.words.end;
    let helped = scene.is(end, Classes::ADVERB.with(Classes::AUXILIARY));
    let behind = (end..=end + usize::from(helped)).any(|at| {
        let silent = matches!(scene.form(at + 1), "nothing" | "little");
        at < stretch.words.end && scene.is(at, Classes::REPORT) && !silent
    });
    let start = entry.words.start;
    let before = start > stretch.words.start
        && (scene.is(start - 1, Classes::REPORT)
            && scene.before(start - 1).meets(Marks::COMMA.with(Marks::QUOTE))
            || scene.form(start - 1) == "to" && start >= 2 && scene.form(start - 2) == "according");
    behind || before
}

/// "After meeting Voss, the dictator left": who left is who met.
fn is_understood_subject(scene: &Scene<'_>, stretch: &Stretch, label: usize) -> bool {
    let first = stretch.words.start;
    let participle = scene.form(first).ends_with("ing") || scene.form(first + 1).ends_with("ing");
    participle && scene.before(label).meets(Marks::COMMA) && is_fronted(scene, stretch, label)
}

/// Whether the name stands in another clause than the label, or under a preposition: subject and
/// object of one verb are two.
fn is_apart(scene: &Scene<'_>, stretch: &Stretch, name: usize, label: usize) -> bool {
    let entry = &scene.names[name];
    let start = entry.words.start;
    let article = start > stretch.words.start && scene.is(start - 1, Classes::DEFINITE);
    let first = start - usize::from(article);
    // "as Voss embraced the fanatic": a clause, no preposition.
    let governed = first > stretch.words.start
        && scene.is(first - 1, Classes::PREPOSITION)
        && !scene.is(first - 1, Classes::SUBORDINATOR);
    let border = (entry.words.end..label).any(|at| {
        scene.is(at, Classes::SUBORDINATOR)
            || scene.before(at).meets(Marks::SETTING_OFF)
            || scene.is(at, Classes::COORDINATOR) && !scene.word(at + 1).labelled
    });
    if is_understood_subject(scene, stretch, label) {
        return false;
    }
    governed || border || scene.before(label).meets(Marks::SETTING_OFF)
}
