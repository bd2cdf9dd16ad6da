//! An article as the rules see it: words with classes, what stands between them, names and clauses.

use std::cell::Cell;
use std::ops::Range;

use super::classes::Classes;
use super::words;
use crate::lexicon::TargetKind;
use crate::text::{Folded, Span};

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks(u8);

impl Marks {
    pub(super) const COMMA: Self = Self(1);
    pub(super) const SEMICOLON: Self = Self(1 << 1);
    pub(super) const COLON: Self = Self(1 << 2);
    pub(super) const DASH: Self = Self(1 << 3);
    pub(super) const BRACKET: Self = Self(1 << 4);
    pub(super) const QUOTE: Self = Self(1 << 5);
    pub(super) const HYPHEN: Self = Self(1 << 6);
    /// Full stops, question marks, blank lines and everything else.
    pub(super) const OTHER: Self = Self(1 << 7);
    /// Marks that end a noun phrase.
    pub(super) const BREAK: Self = Self(!(Self::QUOTE.0 | Self::HYPHEN.0));
    /// Marks that set off an apposition.
    pub(super) const SETTING_OFF: Self = Self(Self::COMMA.0 | Self::DASH.0 | Self::BRACKET.0);

    /// What stands before the word at `index`.
    pub(super) fn before(folded: &Folded, index: usize) -> Self {
        match folded.gap_text(index) {
            " " | "  " | "\n" => Self::default(),
            ", " => Self::COMMA,
            ". " => Self::OTHER,
            gap => Self::of(gap),
        }
    }

    pub(super) fn of(gap: &str) -> Self {
        let mut marks = 0;
        let mut lines = 0;
        for c in gap.chars() {
            marks |= match c {
                '\n' => {
                    lines += 1;
                    0
                }
                ',' => Self::COMMA.0,
                ';' => Self::SEMICOLON.0,
                ':' => Self::COLON.0,
                '–' | '—' | '―' => Self::DASH.0,
                '(' | ')' | '[' | ']' => Self::BRACKET.0,
                '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›'
                | '`' => Self::QUOTE.0,
                '-' | '\u{2010}' | '\u{2011}' => Self::HYPHEN.0,
                _ if c.is_whitespace() || c.is_control() => 0,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => 0,
                _ => Self::OTHER.0,
            };
        }
        let spaced =
            gap.contains("--") || gap.trim() == "-" && gap.starts_with(' ') && gap.ends_with(' ');
        if spaced && marks & Self::HYPHEN.0 != 0 {
            marks = marks & !Self::HYPHEN.0 | Self::DASH.0;
        }
        // Columns of a list.
        let column = lines == 0 && gap.bytes().filter(|b| matches!(b, b' ' | b'\t')).count() > 3;
        if lines > 1 || column {
            marks |= Self::OTHER.0;
        }
        Self(marks)
    }

    /// Both sets together.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether nothing but blanks stands there.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing but blanks or a hyphen stands there.
    pub(super) fn is_joined(self) -> bool {
        self.0 & !Self::HYPHEN.0 == 0
    }

    /// Whether the two sets share a mark.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// One word.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    /// Its classes, once they were asked for: those of most words never are.
    pub(super) classes: Cell<Option<Classes>>,
    /// What stands before it.
    pub(super) before: Marks,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it is all in capitals, two letters or more.
    pub(super) shouted: bool,
    /// Whether it has a possessive ending.
    pub(super) possessive: bool,
    /// Whether it looks like the adjective of a state.
    pub(super) demonym: bool,
    /// The name that it belongs to.
    pub(super) name: Option<u32>,
    /// Whether a label covers it.
    pub(super) labelled: bool,
}

/// A mention of a target, by words.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Index of its target.
    pub(super) target: usize,
    /// Whether a lexicon declares the target.
    pub(super) declared: bool,
    /// The kind of the target, where known.
    pub(super) kind: Option<TargetKind>,
    /// An adjective of a state ("Cuban") that names the state.
    pub(super) adjectival: bool,
    /// Joined by a hyphen to something that turns the sense ("anti-Castro", "Iran-backed").
    pub(super) affixed: bool,
    /// A nickname or short form that shares no word with the target's main name.
    pub(super) alias: bool,
}

/// A stretch of a sentence that no link leaves: up to a semicolon or the sentence's end.
#[derive(Debug, Clone)]
pub(super) struct Stretch {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Whether the sentence begins with it.
    pub(super) opens: bool,
    /// Whether the sentence ends in a question mark.
    pub(super) asked: bool,
    /// Whether every word of the sentence is in capitals.
    pub(super) shouted: bool,
    /// Whether most of its longer words are capitalised, as in headlines of some papers.
    pub(super) title_case: bool,
}

/// A label whose target is sought.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Its words.
    pub(super) words: Range<usize>,
    /// What it names.
    pub(super) reading: super::sense::Reading,
}

/// An article as the rules see it.
pub(super) struct Scene<'a> {
    pub(super) folded: &'a Folded,
    pub(super) words: Vec<Word>,
    /// What stands where there is no word.
    none: Word,
    pub(super) names: Vec<Name>,
    /// Long quotations, in order, as spans of the text.
    pub(super) quotations: Vec<Span>,
}

impl<'a> Scene<'a> {
    /// The words of `folded`, with no name and no label yet.
    pub(super) fn new(folded: &'a Folded) -> Self {
        let words = words::of(folded);
        let none = Word { before: Marks::OTHER, ..Word::default() };
        Self { folded, words, none, names: Vec::new(), quotations: Vec::new() }
    }

    /// The long quotation that holds the byte, by its number.
    pub(super) fn quotation_at(&self, offset: u32) -> Option<usize> {
        let after = self.quotations.partition_point(|span| span.start <= offset);
        after.checked_sub(1).filter(|&index| self.quotations[index].holds(offset))
    }

    /// The word at `index`; one of no class behind a full stop where there is none.
    pub(super) fn word(&self, index: usize) -> &Word {
        self.words.get(index).unwrap_or(&self.none)
    }

    /// The classes of the word at `index`; none where there is no word.
    pub(super) fn classes(&self, index: usize) -> Classes {
        let Some(word) = self.words.get(index) else { return Classes::NONE };
        word.classes.get().unwrap_or_else(|| self.listed(index, word))
    }

    #[inline(never)]
    fn listed(&self, index: usize, word: &Word) -> Classes {
        let token = self.folded.tokens().get(index);
        let classes = token.map_or(Classes::NONE, |token| Classes::of_token(self.folded, token));
        word.classes.set(Some(classes));
        classes
    }

    /// Adds to the classes of a word.
    pub(super) fn add_class(&mut self, index: usize, class: Classes) {
        let classes = self.classes(index).with(class);
        if let Some(word) = self.words.get(index) {
            word.classes.set(Some(classes));
        }
    }

    /// The folded form of a word, without its possessive ending.
    pub(super) fn form(&self, index: usize) -> &'a str {
        self.folded.tokens().get(index).map_or("", |token| self.folded.bare(token))
    }

    /// A hash of the beginning of the folded form and of its length.
    pub(super) fn hash(&self, index: usize) -> usize {
        let Some(token) = self.folded.tokens().get(index) else { return 0 };
        let form = self.folded.bare_form(token);
        let head = self.folded.forms().get(form.start as usize..).and_then(|f| f.first_chunk());
        let cut = u32::MAX >> (8 * 4_usize.saturating_sub(form.len()).min(3));
        let head = head.map_or(0, |head| u32::from_le_bytes(*head) & cut);
        // The multiplier of Fibonacci hashing.
        let mixed = (u64::from(head) << 8 ^ form.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (mixed >> 48) as usize
    }

    /// Whether the word has one of the classes.
    pub(super) fn is(&self, index: usize, classes: Classes) -> bool {
        self.classes(index).meets(classes)
    }

    /// What stands before the word.
    pub(super) fn before(&self, index: usize) -> Marks {
        self.word(index).before
    }

    /// Whether the word belongs to the phrase of the one before it: blanks, quotation marks or a
    /// hyphen stand between.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        !self.before(index).meets(Marks::BREAK)
    }

    /// Whether a hyphen joins the word to the one before it.
    pub(super) fn hyphenated(&self, index: usize) -> bool {
        self.before(index).meets(Marks::HYPHEN)
    }

    /// The name that begins at the word.
    pub(super) fn name_from(&self, index: usize) -> Option<usize> {
        let name = self.word(index).name? as usize;
        (self.names[name].words.start == index).then_some(name)
    }

    /// The name that ends before the word.
    pub(super) fn name_until(&self, index: usize) -> Option<usize> {
        let name = self.word(index.checked_sub(1)?).name? as usize;
        (self.names[name].words.end == index).then_some(name)
    }

    /// Whether the name has a possessive ending.
    pub(super) fn is_possessor(&self, name: usize) -> bool {
        self.word(self.names[name].words.end - 1).possessive
    }

    /// Whether the word can be an adjective, an adverb or a noun inside a noun phrase: of no class
    /// that ends one, no name.
    pub(super) fn is_content(&self, index: usize) -> bool {
        let word = self.word(index);
        word.name.is_none() && !self.classes(index).meets(Classes::FUNCTION)
    }

    /// The word from `index` on, over determiners, titles, family words and adjectives of states,
    /// where a name begins.
    pub(super) fn name_over_titles(&self, index: usize, end: usize) -> Option<usize> {
        let over = Classes::TITLE.with(Classes::STANDING).with(Classes::DEFINITE);
        let mut at = index;
        while at < end && at < index + 8 {
            if at > index && !self.goes_on(at) {
                return None;
            }
            if let Some(name) = self.name_from(at) {
                let joins = self.names[name].adjectival
                    && self.is(self.names[name].words.end, Classes::TITLE);
                if !joins {
                    return (!self.names[name].affixed).then_some(name);
                }
            }
            let word = self.word(at);
            let passes = word.demonym || word.labelled || self.is(at, over);
            let office = word.capital && self.is(at + 1, Classes::TITLE);
            if !passes && !office {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The name and those that are joined to it ("X, Y and Z"), the list having one kind.
    pub(super) fn with_conjuncts(&self, first: usize, end: usize) -> Vec<usize> {
        let mut joined = vec![first];
        let mut waiting = Vec::new();
        let mut at = self.names[first].words.end;
        while at < end && joined.len() + waiting.len() < 32 {
            let marks = self.before(at);
            let comma = marks.meets(Marks::COMMA);
            if marks.meets(Marks::BREAK) && !comma || self.is_possessor_at(at) {
                break;
            }
            let coordinated = matches!(self.form(at), "and" | "or");
            let from = at + usize::from(coordinated);
            if !coordinated && !comma {
                break;
            }
            if coordinated && self.before(from).meets(Marks::BREAK) {
                break;
            }
            let Some(name) = self.name_over_titles(from, end) else { break };
            if !same_kind(self.names[first].kind, self.names[name].kind) || self.is_possessor(name)
            {
                break;
            }
            waiting.push(name);
            at = self.names[name].words.end;
            if coordinated {
                joined.append(&mut waiting);
            }
        }
        joined
    }

    fn is_possessor_at(&self, end: usize) -> bool {
        self.word(end.saturating_sub(1)).possessive
    }
}

fn same_kind(one: Option<TargetKind>, other: Option<TargetKind>) -> bool {
    one.is_none() || other.is_none() || one == other
}
