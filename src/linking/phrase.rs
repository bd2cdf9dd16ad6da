//! Noun phrases, subjects and what governs them: what several rules look for.

use super::classes::Classes;
use super::scene::{Candidate, Marks, Scene, Stretch};
use super::sense::is_adjective;
use crate::lexicon::TargetKind;

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
            let Some(at) = phrase.start.checked_sub(1).filter(|at| stretch.words.contains(at))
            else {
                break;
            };
            if !scene.goes_on(phrase.start) {
                break;
            }
            let determines = scene.is(at, Classes::DETERMINER) || scene.word(at).possessive;
            if determines {
                phrase.start = at;
                phrase.determiner = Some(at);
                // "the most feared", "all the", "the two": the first is what counts.
                let outer = at > stretch.words.start
                    && scene.goes_on(at)
                    && scene.is(at - 1, Classes::DETERMINER)
                    && !scene.word(at).possessive;
                if outer {
                    phrase.start = at - 1;
                    phrase.determiner = Some(at - 1);
                }
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
            scene.is(at, classes) || scene.word(at).possessive && classes.meets(Classes::DEFINITE)
        })
    }
}

/// Where a predicate begins whose first words are "one of", "something of", "a kind of", or another
/// noun and "and".
pub(super) fn predicate_start(scene: &Scene<'_>, stretch: &Stretch, start: usize) -> usize {
    let back = |words: usize| start.checked_sub(words).filter(|at| stretch.words.contains(at));
    if !scene.goes_on(start) {
        return start;
    }
    let Some(before) = back(1) else { return start };
    if scene.form(before) == "and" {
        let other = Phrase::before(scene, stretch, before);
        return other.determiner.map_or(start, |_| other.outer_start(scene, stretch));
    }
    let Some(noun) = back(2).filter(|_| scene.form(before) == "of") else { return start };
    match scene.form(noun) {
        "one" | "something" | "some" => noun,
        "kind" | "sort" => Phrase::before(scene, stretch, noun).start,
        _ => start,
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
    const LONGEST: usize = 40;
    let first = stretch.words.start;
    if at > first + LONGEST {
        return false;
    }
    let opens = scene.is(first, Classes::SUBORDINATOR.with(Classes::PREPOSITION))
        || scene.form(first).ends_with("ing");
    opens && at > first && (first + 1..at).all(|word| !scene.before(word).meets(Marks::COMMA))
}

/// Where the noun phrase of a name begins: its titles, labels and determiner.
pub(super) fn name_phrase_start(scene: &Scene<'_>, stretch: &Stretch, name: usize) -> usize {
    let over = Classes::TITLE.with(Classes::STANDING).with(Classes::BODY).with(Classes::DETERMINER);
    let mut start = scene.names[name].words.start;
    while start > stretch.words.start && scene.goes_on(start) {
        let word = scene.word(start - 1);
        if !(scene.is(start - 1, over) || word.labelled || word.demonym) || word.possessive {
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
        let mut opened =
            (lowest + 1..verb).rev().find(|&at| scene.before(at).meets(Marks::SETTING_OFF))?;
        // "X has, over the years, become"
        while opened > stretch.words.start + 1
            && scene.goes_on(opened - 1)
            && scene.is(opened - 1, Classes::AUXILIARY)
        {
            opened -= 1;
        }
        scene.name_until(opened)?
    } else {
        return None;
    };
    let start = name_phrase_start(scene, stretch, name);
    let governed = start > stretch.words.start
        && scene.goes_on(start)
        && scene.is(start - 1, Classes::PREPOSITION);
    // "The man who photographed NAME is": the object of another verb.
    let object = start >= stretch.words.start + 2
        && scene.goes_on(start)
        && scene.goes_on(start - 1)
        && scene.is_content(start - 1)
        && matches!(scene.form(start - 2), "who" | "which" | "that" | "whom");
    // "those sent to me and NAME were"
    let governed = governed
        || start >= stretch.words.start + 2
            && scene.form(start - 1) == "and"
            && matches!(scene.form(start - 2), "me" | "him" | "us" | "them");
    // "Leaving NAME is", "To arm NAME is": the object of what the sentence is about.
    let act = start > stretch.words.start
        && scene.goes_on(start)
        && scene.is_content(start - 1)
        && !scene.word(start - 1).demonym
        && (scene.form(start - 1).ends_with("ing")
            || start >= stretch.words.start + 2 && scene.form(start - 2) == "to");
    (is_bare(scene, name) && !governed && !object && !act).then_some(name)
}

/// Whether the name stands for its target as a whole: no possessor, no part of a compound, no
/// adjective.
pub(super) fn is_bare(scene: &Scene<'_>, name: usize) -> bool {
    let entry = &scene.names[name];
    !scene.is_possessor(name) && !entry.affixed && !entry.adjectival
}

/// Whether a noun before the crisis says what is in it ("housing crisis", "water emergency"): the
/// label is on that, not on the place.
pub(super) fn is_of_a_sector(scene: &Scene<'_>, label: &Candidate) -> bool {
    let last = label.words.end - 1;
    if !matches!(scene.form(last), "crisis" | "crises" | "emergency" | "emergencies") {
        return false;
    }
    let Some(before) = last.checked_sub(1).filter(|_| scene.goes_on(last)) else { return false };
    let (word, form) = (scene.word(before), scene.form(before));
    let adjective = is_adjective(form)
        || COURSES.contains(&form)
        || form.ends_with("ed")
        || word.demonym
        || scene.is(before, Classes::STANDING.with(Classes::ADVERB))
        || before < label.words.start && word.labelled;
    scene.is_content(before) && !word.possessive && !adjective && !SIZES.contains(&form)
}

/// Participles that say how a crisis goes; "housing" and "living" are nouns.
const COURSES: [&str; 8] = [
    "growing",
    "ongoing",
    "continuing",
    "looming",
    "worsening",
    "deepening",
    "unfolding",
    "existing",
];

/// Adjectives without an adjective's ending.
const SIZES: [&str; 15] = [
    "big", "huge", "grave", "major", "severe", "serious", "worst", "deep", "acute", "vast",
    "great", "whole", "real", "dire", "nuclear",
];

/// Past forms without "-ed" that often stand behind a name.
const PAST: &str = "began came did drew fell fought found gave got grew held kept knew led left lost made meant met \
    paid put ran rose sang sat saw sent set shot shut sold spent spoke stood struck took told thought went won wrote";

/// Whether the name modifies the noun behind it ("V.R. visas", "chaos in Vessia markets"): a word in
/// small letters that is neither a verb, as far as its form tells, nor of a closed class. A state's
/// government ("the Vessia regime") is no such noun.
pub(super) fn is_modifier(scene: &Scene<'_>, stretch: &Stretch, name: usize) -> bool {
    let next = scene.names[name].words.end;
    if next >= stretch.words.end || !scene.goes_on(next) || scene.is_possessor(name) {
        return false;
    }
    let (word, form) = (scene.word(next), scene.form(next));
    // A full name before a noun is rare, and a headline's verb behind a person frequent.
    if scene.names[name].kind == Some(TargetKind::Person) {
        let measure = MEASURES.split_ascii_whitespace().any(|noun| noun == form);
        return !word.capital && (measure || scene.is(next, Classes::FOLLOWER));
    }
    is_noun_behind(scene, stretch, next)
}

/// Nouns that a person's name modifies, beside those for followers.
const MEASURES: &str =
    "decree decrees order orders tax taxes tariff tariffs cut cuts pardon pardons rule rules";

/// Whether the word at `next`, which belongs to the phrase of the one before it, is a noun of that
/// phrase rather than its verb.
pub(super) fn is_noun_behind(scene: &Scene<'_>, stretch: &Stretch, next: usize) -> bool {
    const TIME: [&str; 6] = ["last", "next", "early", "alone", "worse", "amid"];
    const GOING_ON: [&str; 12] = [
        "continues",
        "deepens",
        "worsens",
        "grows",
        "ends",
        "escalates",
        "unfolds",
        "persists",
        "spreads",
        "goes",
        "stands",
        "rages",
    ];
    if next >= stretch.words.end || !scene.goes_on(next) {
        return false;
    }
    let (word, form) = (scene.word(next), scene.form(next));
    let verb = Classes::REPORT.with(Classes::CALL).with(Classes::CALL_AS).with(Classes::WITHHOLD);
    let other = verb.with(Classes::ADVERB).with(Classes::STANDING).with(Classes::RULE);
    if word.capital
        || !scene.is_content(next)
        || scene.is(next, other)
        || TIME.contains(&form)
        || GOING_ON.contains(&form)
        || !form.starts_with(char::is_alphabetic)
    {
        return false;
    }
    // "Vessia steals our jobs", "Vessia facing the", but "Vessia roads claim".
    let object = Classes::DETERMINER.with(Classes::PRONOUN).with(Classes::NEGATOR);
    let object = object.with(Classes::ADVERB);
    let governs = scene.goes_on(next + 1)
        && (scene.is(next + 1, object)
            || scene.word(next + 1).name.is_some()
            || scene.form(next + 1) == "to");
    let past = form.ends_with("ed") || PAST.split_ascii_whitespace().any(|past| past == form);
    let present = (form.ends_with('s') || form.ends_with("ing")) && governs;
    !past && !present
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
pub(super) fn is_withheld(
    scene: &Scene<'_>,
    stretch: &Stretch,
    start: usize,
    reach: usize,
) -> bool {
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

/// Whether the label has a capital that no sentence and no headline gives it: most often it is a
/// word of a proper name ("Iran Hostage Crisis").
pub(super) fn is_proper(scene: &Scene<'_>, stretch: &Stretch, label: &Candidate) -> bool {
    let start = label.words.start;
    let opening = Marks::COLON.with(Marks::OTHER);
    let opens = start == stretch.words.start || scene.before(start).meets(opening);
    scene.word(start).capital && !opens && !stretch.shouted && !stretch.title_case
}

/// Whether a comma, a dash or a bracket stands at `at`, or the stretch ends there.
pub(super) fn is_closed(scene: &Scene<'_>, stretch: &Stretch, at: usize) -> bool {
    at >= stretch.words.end || scene.before(at).meets(Marks::SETTING_OFF)
}
