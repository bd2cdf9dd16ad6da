//! By a verb of naming: "calls X a dictator", "X was described as a tyrant".

use crate::linking::classes::Classes;
use crate::linking::phrase::{
    Phrase, is_bare, is_closed, is_withheld, modifies_noun, name_phrase_start, subject_before,
    with_left_conjuncts,
};
use crate::linking::scene::{Candidate, Marks, Scene, Stretch};
use crate::linking::sense::{Sense, is_adjective};

/// How far back a word that denies or supposes is looked for.
const WITHHELD_REACH: usize = 7;

pub(super) fn find(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Vec<usize> {
    let phrase = Phrase::of(scene, stretch, label);
    let barred = stretch.asked
        || phrase.alleged
        || scene.word(label.words.end - 1).possessive
        || modifies_noun(scene, label);
    if barred {
        return Vec::new();
    }
    // "declared the Vessia tariffs illegal": the noun before the label is what is called so.
    let adjective = |at: usize| {
        scene.is(at, Classes::ADVERB.with(Classes::STANDING))
            || scene.word(at).labelled
            || is_adjective(scene.form(at))
            || scene.word(at).demonym
    };
    let noun = phrase.determiner.is_none()
        && label.reading.sense == Sense::Quality
        && !(phrase.start..label.words.start).all(adjective);
    if noun {
        return Vec::new();
    }
    let frame = Frame::before(scene, stretch, phrase.outer_start(scene, stretch));
    let named = frame.and_then(|frame| {
        frame
            .object(scene, stretch)
            .or_else(|| frame.reflexive(scene, stretch))
            .or_else(|| frame.subject(scene, stretch, label))
    });
    let fits = |name: &usize| label.reading.fits(scene.names[*name].kind);
    let Some(name) = named.filter(fits) else { return Vec::new() };
    if label.reading.plural { with_left_conjuncts(scene, stretch, name) } else { vec![name] }
}

/// What stands before the label's phrase.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// One behind the last word before the phrase, an "as" left out.
    end: usize,
    /// Whether "as" stands before the phrase.
    has_as: bool,
}

impl Frame {
    fn before(scene: &Scene<'_>, stretch: &Stretch, start: usize) -> Option<Self> {
        let mut end = start;
        let inside = |end: usize| end > stretch.words.start && scene.goes_on(end);
        if inside(end) && scene.is(end - 1, Classes::ADVERB) && !scene.is(end - 1, Classes::CALL) {
            end -= 1;
        }
        let has_as = inside(end) && scene.form(end - 1) == "as";
        end -= usize::from(has_as);
        let joined = !scene.before(end).meets(Marks::BREAK);
        (end > stretch.words.start && joined).then_some(Self { end, has_as })
    }

    /// Whether the word is a verb that this frame completes.
    fn is_verb(self, scene: &Scene<'_>, at: usize) -> bool {
        let verb = scene.is(at, Classes::CALL) || self.has_as && scene.is(at, Classes::CALL_AS);
        // "so-called"
        verb && !scene.hyphenated(at)
    }

    /// "called NAME a dictator".
    fn object(self, scene: &Scene<'_>, stretch: &Stretch) -> Option<usize> {
        let name = scene.name_until(self.end).filter(|&name| is_bare(scene, name))?;
        let first = with_left_conjuncts(scene, stretch, name)[0];
        let start = name_phrase_start(scene, stretch, first);
        let mut verb = start.checked_sub(1).filter(|at| stretch.words.contains(at))?;
        if !scene.goes_on(start) {
            return None;
        }
        let phrasal = self.has_as
            && verb > stretch.words.start
            && matches!(
                (scene.form(verb - 1), scene.form(verb)),
                ("refer" | "refers" | "referred" | "referring", "to")
                    | (
                        "speak" | "speaks" | "spoke" | "speaking" | "think" | "thinks" | "thought",
                        "of"
                    )
            );
        verb -= usize::from(phrasal);
        let fits = phrasal || self.is_verb(scene, verb);
        (fits && !withheld(scene, stretch, verb)).then_some(name)
    }

    /// "NAME calls himself a socialist".
    fn reflexive(self, scene: &Scene<'_>, stretch: &Stretch) -> Option<usize> {
        let verb = self.end.checked_sub(2).filter(|at| stretch.words.contains(at))?;
        let own =
            matches!(scene.form(self.end - 1), "himself" | "herself" | "itself" | "themselves");
        if !own || !scene.goes_on(self.end - 1) || !self.is_verb(scene, verb) {
            return None;
        }
        let mut at = verb;
        while at > stretch.words.start
            && scene.goes_on(at)
            && scene.is(at - 1, Classes::AUXILIARY.with(Classes::ADVERB))
        {
            at -= 1;
        }
        subject_before(scene, stretch, at).filter(|_| !withheld(scene, stretch, verb))
    }

    /// "NAME was called a dictator", "NAME, long denounced as a dictator", "NAME, whom critics call
    /// a dictator", "Called a dictator by …, NAME".
    fn subject(self, scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<usize> {
        let verb = self.participle(scene, stretch)?;
        if withheld(scene, stretch, verb) {
            return None;
        }
        if verb == stretch.words.start {
            return fronted(scene, stretch, label);
        }
        let mut at = verb;
        let mut passive = false;
        while at > stretch.words.start && scene.goes_on(at) {
            let group = Classes::BE.with(Classes::AUXILIARY).with(Classes::ADVERB);
            let being = scene.form(at - 1) == "being";
            if !scene.is(at - 1, group) || scene.word(at - 1).name.is_some() {
                break;
            }
            at -= 1;
            passive |= scene.is(at, Classes::BE) || being;
        }
        if passive {
            return subject_before(scene, stretch, at);
        }
        if scene.before(at).meets(Marks::SETTING_OFF) {
            return reduced(scene, stretch, label, verb, at);
        }
        relative(scene, stretch, at)
    }

    /// The verb that ends at the frame, or one that a "by" phrase stands behind.
    fn participle(self, scene: &Scene<'_>, stretch: &Stretch) -> Option<usize> {
        const AGENT: usize = 6;
        let last = self.end - 1;
        if self.is_verb(scene, last) {
            return Some(last);
        }
        if !self.has_as {
            return None;
        }
        let lowest = stretch.words.start.max(last.saturating_sub(AGENT));
        let by = (lowest + 1..=last).rev().find(|&at| scene.form(at) == "by")?;
        let joined = (by..=last).all(|at| scene.goes_on(at));
        (joined && self.is_verb(scene, by - 1)).then_some(by - 1)
    }
}

fn withheld(scene: &Scene<'_>, stretch: &Stretch, verb: usize) -> bool {
    let lowest = stretch.words.start.max(verb.saturating_sub(4));
    let supposed = (lowest..verb)
        .any(|at| scene.is(at, Classes::MODAL) && (at + 1..=verb).all(|w| scene.goes_on(w)));
    supposed || is_withheld(scene, stretch, verb, WITHHELD_REACH)
}

/// "NAME, long denounced as a dictatorship, …", unless the verb is the sentence's own ("The mayor,
/// NAME, declared a crisis").
fn reduced(
    scene: &Scene<'_>,
    stretch: &Stretch,
    label: &Candidate,
    verb: usize,
    start: usize,
) -> Option<usize> {
    const EVENTS: [&str; 3] = ["declared", "considered", "proclaimed"];
    let name = scene.name_until(start).filter(|&name| is_bare(scene, name))?;
    let first = name_phrase_start(scene, stretch, name);
    let inserted = first > stretch.words.start && scene.before(first).meets(Marks::SETTING_OFF);
    let past =
        scene.form(verb).ends_with("ed") || matches!(scene.form(verb), "known" | "seen" | "cast");
    let after = label.words.end;
    let closed = is_closed(scene, stretch, after) || scene.is(after, Classes::PREPOSITION);
    (past && closed && !inserted && !EVENTS.contains(&scene.form(verb))).then_some(name)
}

/// "Called a radical by his teachers, NAME …".
fn fronted(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Option<usize> {
    let end = stretch.words.end.min(label.words.end + 10);
    let comma = (label.words.end..end).find(|&at| scene.before(at).meets(Marks::BREAK))?;
    if !scene.before(comma).meets(Marks::COMMA) || scene.form(stretch.words.start).ends_with("ing")
    {
        return None;
    }
    scene.name_over_titles(comma, stretch.words.end).filter(|&name| is_bare(scene, name))
}

/// "NAME, whom the tribunal labelled a fanatic".
fn relative(scene: &Scene<'_>, stretch: &Stretch, verb: usize) -> Option<usize> {
    const CLAUSE: usize = 6;
    let lowest = stretch.words.start.max(verb.saturating_sub(CLAUSE));
    let pronoun = (lowest..verb)
        .rev()
        .find(|&at| matches!(scene.form(at), "whom" | "which" | "who" | "that"))?;
    // "who" with its verb right behind it is the one that calls.
    let object = pronoun + 1 < verb && (pronoun + 1..=verb).all(|at| scene.goes_on(at));
    let name = scene.name_until(pronoun)?;
    (object && is_bare(scene, name)).then_some(name)
}
