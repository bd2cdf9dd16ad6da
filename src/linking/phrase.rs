//! Noun phrases, subjects and what governs them: what several rules look for.

use super::classes::Classes;
use super::scene::{Candidate, Marks, Scene, Stretch};

/// The noun phrase that a label stands in, as far as it can be told to the left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Phrase {
    /// Its first word, the determiner or the possessor included.
    pub(super) start: usize,
    /// The determiner, or the word with a possessive ending.
    pub(super) determiner: Option<usize>,
    /// Whether a word in it makes the label an allegation ("suspected terrorist").
    pub(super) alleged: bool,
}

/// How many words a noun phrase may have before its label.
const REACH: usize = 5;

impl Phrase {
    /// The noun phrase that ends with the word before `from` and whatever comes there.
    pub(super) fn before(scene: &Scene<'_>, stretch: &Stretch, from: usize) -> Self {
        let mut phrase = Self { start: from, determiner: None, alleged: false };
        for _ in 0..REACH {
            let Some(at) = phrase.start.checked_sub(1).filter(|at| stretch.words.contains(at)) else {
                break;
            };
            if !scene.goes_on(phrase.start) {
                break;
            }
            let determines = scene.is(at, Classes::DETERMINER) || scene.word(at).possessive;
            if determines {
                phrase.start = at;
                phrase.determiner = Some(at);
                break;
            }
            if !scene.is_content(at) {
                break;
            }
            phrase.alleged |= scene.is(at, Classes::ALLEGE);
            phrase.start = at;
        }
        phrase
    }

    /// The phrase that a label stands in.
    pub(super) fn of(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> Self {
        Self::before(scene, stretch, label.words.start)
    }

    /// Where the phrase begins, with what its possessor is made of ("the region's last").
    pub(super) fn outer_start(&self, scene: &Scene<'_>, stretch: &Stretch) -> usize {
        match self.determiner {
            Some(at) if scene.word(at).possessive => match scene.name_until(at + 1) {
                Some(name) => scene.names[name].words.start,
                None => Self::before(scene, stretch, at).start,
            },
            _ => self.start,
        }
    }

    /// Whether a determiner of that class opens it; a possessor counts as definite.
    pub(super) fn has(&self, scene: &Scene<'_>, classes: Classes) -> bool {
        self.determiner.is_some_and(|at| {
            scene.is(at, classes)
                || scene.word(at).possessive && classes.meets(Classes::DEFINITE)
        })
    }
}

/// Whether the label stands before another noun of its phrase that it can't be equated with: a
/// word that is only a noun, with a word behind it that belongs to no closed class.
pub(super) fn modifies_noun(scene: &Scene<'_>, label: &Candidate) -> bool {
    let next = label.words.end;
    label.reading.is_noun()
        && scene.goes_on(next)
        && scene.is_content(next)
        && !scene.is(next, Classes::ADVERB.with(Classes::BODY))
}

/// Whether the stretch begins with a subordinate clause or an adjunct that goes on up to `at`.
pub(super) fn is_fronted(scene: &Scene<'_>, stretch: &Stretch, at: usize) -> bool {
    let first = stretch.words.start;
    let opens = scene.is(first, Classes::SUBORDINATOR.with(Classes::PREPOSITION))
        || scene.form(first).ends_with("ing");
    opens && at > first && (first + 1..at).all(|word| !scene.before(word).meets(Marks::COMMA))
}

/// Where the noun phrase of a name begins: its titles, labels and determiner.
pub(super) fn name_phrase_start(scene: &Scene<'_>, stretch: &Stretch, name: usize) -> usize {
    let over = Classes::TITLE.with(Classes::STANDING).with(Classes::BODY).with(Classes::DEFINITE);
    let mut start = scene.names[name].words.start;
    while start > stretch.words.start && scene.goes_on(start) {
        let word = scene.word(start - 1);
        if !(word.classes.meets(over) || word.labelled || word.demonym) || word.possessive {
            break;
        }
        start -= 1;
    }
    start
}

/// The name that is the subject of a verb group which begins at `verb`, over a relative pronoun or
/// what is inserted between commas.
pub(super) fn subject_before(scene: &Scene<'_>, stretch: &Stretch, verb: usize) -> Option<usize> {
    const INSERTED: usize = 14;
    if verb <= stretch.words.start {
        return None;
    }
    let relative = matches!(scene.form(verb - 1), "who" | "which" | "that");
    let name = if relative {
        let name = scene.name_until(verb - 1)?;
        let joins = !scene.before(verb - 1).meets(Marks::OTHER.with(Marks::COLON));
        return (joins && is_bare(scene, name)).then_some(name);
    } else if scene.goes_on(verb) {
        scene.name_until(verb)?
    } else if scene.before(verb).meets(Marks::SETTING_OFF) {
        let lowest = stretch.words.start.max(verb.saturating_sub(INSERTED));
        let opened = (lowest + 1..verb).rev().find(|&at| scene.before(at).meets(Marks::SETTING_OFF))?;
        scene.name_until(opened)?
    } else {
        return None;
    };
    let start = name_phrase_start(scene, stretch, name);
    let governed = start > stretch.words.start
        && scene.goes_on(start)
        && scene.is(start - 1, Classes::PREPOSITION);
    (is_bare(scene, name) && !governed).then_some(name)
}

/// Whether the name stands for its target as a whole: no possessor, no part of a compound, no
/// adjective.
pub(super) fn is_bare(scene: &Scene<'_>, name: usize) -> bool {
    let entry = &scene.names[name];
    !scene.is_possessor(name) && !entry.affixed && !entry.adjectival
}

/// The name with those that are joined to it from the left ("X, Y and Z are").
pub(super) fn with_left_conjuncts(scene: &Scene<'_>, stretch: &Stretch, last: usize) -> Vec<usize> {
    let mut names = vec![last];
    let mut coordinated = false;
    while names.len() < 32 {
        let start = name_phrase_start(scene, stretch, names[names.len() - 1]);
        if start <= stretch.words.start {
            break;
        }
        let and = scene.form(start - 1) == "and" && scene.goes_on(start);
        let until = if and && !coordinated {
            start - 1
        } else if coordinated && scene.before(start).meets(Marks::COMMA) {
            start
        } else {
            break;
        };
        coordinated = true;
        match scene.name_until(until).filter(|&name| is_bare(scene, name)) {
            Some(name) => names.push(name),
            None => break,
        }
    }
    names.reverse();
    names
}

/// Whether what begins at `start` is governed, at most `reach` words back in its clause, by a word
/// that denies, doubts, asks or supposes it.
pub(super) fn is_withheld(scene: &Scene<'_>, stretch: &Stretch, start: usize, reach: usize) -> bool {
    let doubt = Classes::WITHHOLD.with(Classes::ALLEGE).with(Classes::NEGATOR);
    let mut at = start;
    for _ in 0..reach {
        if at <= stretch.words.start || scene.before(at).meets(Marks::BREAK) {
            return false;
        }
        at -= 1;
        if scene.form(at) == "but" {
            return false;
        }
        if scene.is(at, doubt) || matches!(scene.form(at), "if" | "whether" | "unless") {
            return true;
        }
    }
    false
}

/// Whether a comma, a dash or a bracket stands at `at`, or the stretch ends there.
pub(super) fn is_closed(scene: &Scene<'_>, stretch: &Stretch, at: usize) -> bool {
    at >= stretch.words.end || scene.before(at).meets(Marks::SETTING_OFF)
}
