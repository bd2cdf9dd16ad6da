//! An example of the class: "rogue states like Cuba", "Cuba and other rogue states".

use crate::linking::classes::Classes;
use crate::linking::phrase::{Phrase, is_bare};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::Sense;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    if scene.word(label.words.end - 1).possessive {
        return Vec::new();
    }
    let names = forward(scene, stretch, label).or_else(|| backward(scene, stretch, label));
    names.unwrap_or_default()
}

/// "rogue states like X", "… , such as X", "such … as X".
fn forward(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<Vec<usize>> {
    let (head_end, plural) = head(scene, label)?;
    let phrase = Phrase::of(scene, stretch, label);
    let comma = scene.before(head_end).meets(Marks::COMMA);
    let dash = scene.before(head_end).meets(Marks::DASH.with(Marks::BRACKET));
    if scene.before(head_end).meets(Marks::BREAK) && !comma && !dash {
        return None;
    }
    let such = phrase.start > stretch.words.start && scene.form(phrase.start - 1) == "such"
        || scene.form(phrase.start) == "such";
    let (from, tight) = connector(scene, head_end, such)?;
    if !plural {
        let example = scene.form(head_end) == "like" && phrase.has(scene, Classes::INDEFINITE);
        if comma || dash || !example || head_end != label.words.end {
            return None;
        }
    }
    if comma && tight && is_complement(scene, stretch, phrase.start) {
        return None;
    }
    let name = scene.name_over_titles(from, stretch.words.end)?;
    // "criminals like Brask officials"; a verb of several behind it has no ending to be known by.
    let next = scene.names[name].words.end;
    let follows = scene.goes_on(next) && scene.is(next, Classes::FOLLOWER);
    let bare = is_bare(scene, name) && (!follows || scene.word(next).capital);
    if !bare || !label.reading.fits(scene.names[name].kind) {
        return None;
    }
    Some(scene.with_conjuncts(name, stretch.words.end))
}

/// Where the plural noun of the phrase ends, and whether it is one.
fn head(scene: &Scene<'_>, label: &Candidate) -> Option<(usize, bool)> {
    let end = label.words.end;
    if label.reading.plural {
        return Some((end, true));
    }
    for at in end..end + 2 {
        let plain = scene.goes_on(at) && scene.is_content(at) && !scene.word(at).possessive;
        if !plain || scene.is(at, Classes::ADVERB) {
            break;
        }
        let form = scene.form(at);
        let many = form.ends_with('s') && !form.ends_with("ss") || matches!(form, "people" | "men");
        if many {
            // Regime critics are no regime.
            let other = matches!(
                label.reading.sense,
                Sense::Regime | Sense::Ruler | Sense::Polity | Sense::Conduct
            );
            return (!other || scene.is(at, Classes::BODY)).then_some((at + 1, true));
        }
    }
    Some((end, false))
}

/// The first word behind what introduces examples at `at`, and whether it goes with the nearest
/// noun only where no comma stands before it.
fn connector(scene: &Scene<'_>, at: usize, such: bool) -> Option<(usize, bool)> {
    let next = scene.form(at + 1);
    let (words, tight) = match scene.form(at) {
        "like" => (1, true),
        "such" if next == "as" => (2, true),
        "as" if such => (1, true),
        "including" => (1, true),
        "among" if matches!(next, "them" | "these") => (2, false),
        "especially" | "notably" | "particularly" | "namely" | "e.g" | "chiefly" | "above" => {
            (1, false)
        }
        "for" if matches!(next, "example" | "instance") => (2, false),
        "say" => (1, false),
        _ => return None,
    };
    let words = if next == "all" && scene.form(at) == "above" { 2 } else { words };
    let mut from = at + words;
    // "such as, for example, X" is not read; one comma behind the words is.
    while matches!(scene.form(from), "of" | "course") && from < at + words + 2 {
        from += 1;
    }
    Some((from, tight))
}

/// Whether the phrase completes another noun ("Critics of dictators, such as X"), so that examples
/// behind a comma may be of that one.
fn is_complement(scene: &Scene<'_>, stretch: &Stretch, start: usize) -> bool {
    let Some(before) = start.checked_sub(1).filter(|at| *at > stretch.words.start) else {
        return false;
    };
    let noun = scene.form(before - 1);
    let governed = scene.is(before, Classes::PREPOSITION) && scene.goes_on(start);
    let plural = noun.ends_with('s') && scene.is_content(before - 1);
    let lowest = stretch.words.start.max(before.saturating_sub(4));
    let relative = (lowest..before).any(|at| matches!(scene.form(at), "that" | "who" | "which"));
    governed && (plural || relative)
}

/// "X, Y and other rogue states".
fn backward(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<Vec<usize>> {
    let (_, plural) = head(scene, label)?;
    let phrase = Phrase::of(scene, stretch, label);
    let other = (phrase.start..label.words.start).find(|&at| scene.form(at) == "other")?;
    let and = other.checked_sub(1).filter(|&at| matches!(scene.form(at), "and" | "or"))?;
    let last = scene.name_until(and).filter(|&name| is_bare(scene, name))?;
    if !plural
        || !label.reading.fits(scene.names[last].kind)
        || scene.before(other).meets(Marks::BREAK)
    {
        return None;
    }
    let mut names = vec![last];
    while names.len() < 32 {
        let start = scene.names[names[names.len() - 1]].words.start;
        if start <= stretch.words.start || !scene.before(start).meets(Marks::COMMA) {
            break;
        }
        match scene.name_until(start).filter(|&name| is_bare(scene, name)) {
            Some(name) => names.push(name),
            None => break,
        }
    }
    names.reverse();
    Some(names)
}
