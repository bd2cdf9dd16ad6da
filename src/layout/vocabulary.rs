//! The cues, made ready for a look-up a word: every known word has a number, patterns hang on
//! their first word.

use rustc_hash::FxHashMap;

use super::cues::{Complement, Cues, SourcePosition};
use super::grammar::{Classes, GLUED, SPELLED, WORDS};
use super::model::CueKind;
use crate::text::{Key, WordTable};

/// The number of a word that no list holds.
pub(super) const UNKNOWN: u32 = 0;

/// What a word is known as.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known {
    /// Its number; 0 for a word that is not known.
    pub id: u32,
    pub classes: Classes,
}

/// A verb as the analysis needs it.
#[derive(Debug, Clone)]
pub(super) struct Verb {
    pub lemma: String,
    pub kind: CueKind,
    pub that: bool,
    pub wh: bool,
    pub infinitive: bool,
    pub quote: bool,
    /// It takes an object, "as" and a phrase.
    pub naming: bool,
    pub object: bool,
    pub speech_act: bool,
    pub asks: bool,
}

/// What a known word may be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub classes: Classes,
    /// Index of the verb that it is a form of, and whether the form is a homograph.
    pub verb: Option<(u16, bool)>,
    /// Index of the reporting noun that it is a form of.
    pub noun: Option<u16>,
}

/// One place of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Word(u32),
    /// `*`: one word.
    Any,
    /// `…`: one to eight words.
    Source,
    /// `…'s`: one to eight words, the last in the possessive.
    Owner,
}

/// What a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    NonReporting,
    Negator,
    SoCalled,
    Verb(u16),
    Phrase(u16),
    Unsourced { after_be: bool },
}

/// What sort of thing a pattern means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    NonReporting,
    Negator,
    SoCalled,
    Verb,
    Phrase,
    Unsourced,
}

impl Meaning {
    fn kind(self) -> Kind {
        match self {
            Self::NonReporting => Kind::NonReporting,
            Self::Negator => Kind::Negator,
            Self::SoCalled => Kind::SoCalled,
            Self::Verb(_) => Kind::Verb,
            Self::Phrase(_) => Kind::Phrase,
            Self::Unsourced { .. } => Kind::Unsourced,
        }
    }
}

/// The patterns that begin with one word: by kind, of each kind the longest first.
#[derive(Debug, Clone, Default)]
struct Opened {
    patterns: Vec<Pattern>,
    /// Where those of each kind end.
    ends: [u16; 6],
}

impl Opened {
    /// Brings them into order. The first pattern of a kind that fits is its longest.
    fn sort(&mut self) {
        let order =
            |pattern: &Pattern| (pattern.meaning.kind(), std::cmp::Reverse(pattern.items.len()));
        self.patterns.sort_by_key(order);
        for kind in 0..self.ends.len() {
            let up_to = |pattern: &Pattern| pattern.meaning.kind() as usize <= kind;
            self.ends[kind] = self.patterns.partition_point(up_to) as u16;
        }
    }

    fn of(&self, kind: Kind) -> &[Pattern] {
        let start = (kind as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = usize::from(start)..usize::from(self.ends[kind as usize]);
        self.patterns.get(range).unwrap_or_default()
    }
}

/// A pattern of several words.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    pub items: Vec<Item>,
    pub meaning: Meaning,
}

/// A phrase as the analysis needs it.
#[derive(Debug, Clone)]
pub(super) struct Phrase {
    pub lemma: String,
    pub kind: CueKind,
    pub position: SourcePosition,
}

/// Everything the cues and the grammar know of words.
#[derive(Debug, Clone, Default)]
pub(super) struct Vocabulary {
    ids: FxHashMap<Box<str>, u32>,
    /// The short ones of them with their classes.
    table: WordTable<Known>,
    entries: Vec<Entry>,
    /// By the number of the first word.
    patterns: Vec<Opened>,
    pub verbs: Vec<Verb>,
    pub nouns: Vec<(String, CueKind)>,
    pub phrases: Vec<Phrase>,
}

impl Vocabulary {
    pub fn new(cues: &Cues) -> Self {
        let mut vocabulary = Self {
            entries: vec![Entry::default()],
            patterns: vec![Opened::default()],
            ..Self::default()
        };
        for word in SPELLED.split(' ') {
            vocabulary.intern(word);
        }
        vocabulary.add_grammar(cues);
        vocabulary.add_verbs(cues);
        vocabulary.add_nouns_and_phrases(cues);
        for pattern in &cues.nonreporting {
            vocabulary.add_pattern(pattern, Meaning::NonReporting);
        }
        for pattern in &cues.so_called {
            vocabulary.add_pattern(pattern, Meaning::SoCalled);
        }
        for negator in &cues.negators {
            if negator.contains(' ') {
                vocabulary.add_pattern(negator, Meaning::Negator);
            } else {
                vocabulary.class(negator, Classes::NEGATION);
            }
        }
        vocabulary.patterns.iter_mut().for_each(Opened::sort);
        vocabulary.mark_cues();
        let short = vocabulary.short_words();
        vocabulary.table = WordTable::new(&short);
        vocabulary
    }

    /// The number of a lower-case word with straight apostrophes.
    pub fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// What is known of a word of ASCII, in any case, at `start..end` of `text`.
    pub fn known(&self, text: &str, start: usize, end: usize) -> Known {
        match Key::of(text.as_bytes(), start, end) {
            Some(key) => self.table.get(key).unwrap_or_default(),
            None => self.known_long(text.get(start..end).unwrap_or_default()),
        }
    }

    fn known_long(&self, word: &str) -> Known {
        let id = self.id(&word.to_ascii_lowercase());
        Known { id, classes: self.entry(id).classes }
    }

    /// The words of ASCII that are not long.
    pub fn short(&self) -> &WordTable<Known> {
        &self.table
    }

    fn short_words(&self) -> Vec<(Key, Known)> {
        let short = |word: &str, id: u32| {
            let key = Key::of(word.as_bytes(), 0, word.len()).filter(|_| word.is_ascii())?;
            Some((key, Known { id, classes: self.entry(id).classes }))
        };
        let mut words: Vec<(Key, Known)> =
            self.ids.iter().filter_map(|(word, &id)| short(word, id)).collect();
        words.sort_by_key(|(_, known)| known.id);
        words
    }

    /// Notes with each word what it may be the cue of.
    fn mark_cues(&mut self) {
        let mut anchors = Vec::new();
        for pattern in self.patterns.iter().flat_map(|opened| &opened.patterns) {
            let silent = matches!(pattern.meaning, Meaning::NonReporting | Meaning::Negator);
            anchors.push((anchor(&pattern.items, &self.entries), !silent));
        }
        for (entry, opened) in self.entries.iter_mut().zip(&self.patterns) {
            let marks = [
                (entry.verb.is_some(), Classes::VERB.or(Classes::CUE)),
                (entry.noun.is_some(), Classes::NOUN),
                (!opened.patterns.is_empty(), Classes::OPENS_PATTERN),
            ];
            for (_, class) in marks.into_iter().filter(|(holds, _)| *holds) {
                entry.classes = entry.classes.or(class);
            }
        }
        for (id, reports) in anchors {
            let cue = if reports { Classes::CUE } else { Classes::default() };
            let entry = &mut self.entries[id as usize];
            entry.classes = entry.classes.or(Classes::ANCHOR).or(cue);
        }
    }

    pub fn entry(&self, id: u32) -> Entry {
        self.entries.get(id as usize).copied().unwrap_or_default()
    }

    /// The patterns of a kind whose first word is `id`, longest first.
    pub fn patterns(&self, id: u32, kind: Kind) -> &[Pattern] {
        self.patterns.get(id as usize).map_or(&[], |opened| opened.of(kind))
    }

    fn intern(&mut self, word: &str) -> u32 {
        let next = self.entries.len() as u32;
        let id = *self.ids.entry(word.into()).or_insert(next);
        if id == next {
            self.entries.push(Entry::default());
            self.patterns.push(Opened::default());
        }
        id
    }

    fn class(&mut self, word: &str, class: Classes) {
        let id = self.intern(&word.to_lowercase());
        let entry = &mut self.entries[id as usize];
        entry.classes = entry.classes.or(class);
    }

    fn add_grammar(&mut self, cues: &Cues) {
        for (class, words) in WORDS {
            for word in words.split_whitespace() {
                self.class(word, *class);
                if word.ends_with("n't") {
                    self.class(word, Classes::NEGATION);
                }
            }
        }
        for pronoun in GLUED.0 {
            for verb in GLUED.1 {
                self.class(&format!("{pronoun}{verb}"), Classes::PRONOUN_VERB);
            }
        }
        for word in cues.sentence.titles.iter().filter(|title| !title.contains([' ', '-'])) {
            self.intern(&word.to_lowercase());
        }
    }

    fn add_verbs(&mut self, cues: &Cues) {
        for verb in cues.verbs() {
            let index = self.verbs.len() as u16;
            let takes = |complement| verb.takes.contains(&complement);
            self.verbs.push(Verb {
                lemma: verb.lemma.clone(),
                kind: verb.kind,
                that: takes(Complement::That),
                wh: takes(Complement::Wh),
                infinitive: takes(Complement::Infinitive),
                quote: takes(Complement::Quote),
                naming: takes(Complement::As),
                object: verb.object,
                speech_act: verb.speech_act,
                asks: cues.asking.contains(&verb.lemma),
            });
            for form in &verb.forms {
                if form.contains([' ', '-']) {
                    self.add_pattern(form, Meaning::Verb(index));
                } else {
                    let id = self.intern(&form.to_lowercase());
                    let homograph = verb.homographs.contains(form);
                    self.entries[id as usize].verb.get_or_insert((index, homograph));
                }
            }
        }
    }

    fn add_nouns_and_phrases(&mut self, cues: &Cues) {
        for noun in cues.nouns() {
            let index = self.nouns.len() as u16;
            self.nouns.push((noun.lemma.clone(), noun.kind));
            for form in noun.forms.iter().filter_map(|form| form.rsplit(' ').next()) {
                let id = self.intern(&form.to_lowercase());
                self.entries[id as usize].noun.get_or_insert(index);
            }
        }
        for phrase in cues.phrases() {
            let index = self.phrases.len() as u16;
            self.phrases.push(Phrase {
                lemma: phrase.text.clone(),
                kind: phrase.kind,
                position: phrase.position,
            });
            self.add_pattern(&phrase.text, Meaning::Phrase(index));
        }
        for unsourced in cues.unsourced() {
            // "critics say": somebody speaks; the verb makes it a report.
            let last = unsourced.text.rsplit(' ').next().unwrap_or_default();
            let reports = !unsourced.text.starts_with("it ")
                && unsourced.text.contains(' ')
                && self.entry(self.id(last)).verb.is_some();
            if !reports {
                let after_be = unsourced.after_be;
                self.add_pattern(&unsourced.text, Meaning::Unsourced { after_be });
            }
        }
    }

    fn add_pattern(&mut self, text: &str, meaning: Meaning) {
        let items: Vec<Item> = text
            .to_lowercase()
            .replace('’', "'")
            .split([' ', '-'])
            .filter(|word| !word.is_empty())
            .map(|word| match word {
                "*" => Item::Any,
                "…" => Item::Source,
                "…'s" => Item::Owner,
                word => Item::Word(self.intern(word)),
            })
            .collect();
        if let Some(&Item::Word(first)) = items.first() {
            self.patterns[first as usize].patterns.push(Pattern { items, meaning });
        }
    }
}

/// The word of a pattern that a text is least likely to hold: the last that is of no closed class,
/// since phrases end in what they are about.
fn anchor(items: &[Item], entries: &[Entry]) -> u32 {
    let common =
        |id: u32| entries.get(id as usize).is_some_and(|entry| entry.classes.any(Classes::CLOSED));
    let words = || items.iter().rev().filter_map(Item::word);
    words().find(|&id| !common(id)).or_else(|| words().next()).unwrap_or(UNKNOWN)
}

impl Item {
    fn word(&self) -> Option<u32> {
        if let Self::Word(id) = self { Some(*id) } else { None }
    }
}
