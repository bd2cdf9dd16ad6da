//! Where each form of each term could stand: every candidate, none dropped.
//!
//! Every form hangs on one of its words, the rarest by guess. Each word of the text is looked up in
//! the table of whole words and in the tables of prefixes; bitmaps reject most words before that.

use rustc_hash::FxHashMap;

use super::filter::{Filter, cut, head};
use crate::lexicon::{EntryId, PhrasePattern, Shape, WordPattern};
use crate::text::{Folded, Span};

/// One form of a term.
#[derive(Debug, Clone)]
pub(super) struct Form {
    pub(super) entry: EntryId,
    pub(super) phrase: PhrasePattern,
}

/// A place where an entry matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) entry: EntryId,
    pub(super) span: Span,
    /// Index of its first word.
    pub(super) first: usize,
    /// Index of its last word.
    pub(super) last: usize,
    pub(super) wildcards: u8,
}

/// A form, and which of its words it hangs on.
#[derive(Debug, Clone, Copy)]
struct Posting {
    form: u32,
    anchor: u32,
}

/// What hangs on each key.
#[derive(Debug, Clone, Default)]
struct Table(FxHashMap<Box<str>, Vec<Posting>>);

impl Table {
    fn add(&mut self, key: &str, posting: Posting) {
        self.0.entry(key.into()).or_default().push(posting);
    }

    fn get(&self, key: &str) -> &[Posting] {
        self.0.get(key).map_or(&[], Vec::as_slice)
    }

    fn keys(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.keys().map(AsRef::as_ref)
    }
}

/// The prefixes of one length.
#[derive(Debug, Clone)]
struct Prefixes {
    length: usize,
    filter: Filter,
    table: Table,
}

/// The forms of all entries, ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    forms: Vec<Form>,
    word_filter: Filter,
    words: Table,
    /// By length.
    prefixes: Vec<Prefixes>,
    /// Globs that begin with a wildcard, by their last byte; those that end with one under 0.
    suffixes: Vec<Vec<Posting>>,
}

impl Engine {
    pub(super) fn new(forms: Vec<Form>) -> Self {
        let mut words = Table::default();
        let mut by_length: Vec<(usize, Table)> = Vec::new();
        let mut suffixes: Vec<Vec<Posting>> = Vec::new();
        for (index, form) in forms.iter().enumerate() {
            let anchor = rarest(&form.phrase.words);
            let posting = Posting { form: index as u32, anchor: anchor as u32 };
            let Some(word) = form.phrase.words.get(anchor) else { continue };
            match (&word.shape, word.shape.prefix()) {
                (Shape::Literal(literal), _) => words.add(literal, posting),
                (Shape::Any, _) | (_, "") => {
                    suffixes.resize(256, Vec::new());
                    suffixes[last_byte(&word.shape) as usize].push(posting);
                }
                (_, prefix) => {
                    let at = by_length.partition_point(|(length, _)| *length < prefix.len());
                    if by_length.get(at).is_none_or(|(length, _)| *length != prefix.len()) {
                        by_length.insert(at, (prefix.len(), Table::default()));
                    }
                    by_length[at].1.add(prefix, posting);
                }
            }
        }
        let keys: Vec<u64> =
            words.keys().map(|word| word_key(head(word.as_bytes()), word.len())).collect();
        let prefixes = by_length.into_iter().map(|(length, table)| {
            let keys: Vec<u64> = table.keys().map(|key| head(key.as_bytes())).collect();
            Prefixes { length, filter: Filter::new(keys.into_iter()), table }
        });
        Self {
            word_filter: Filter::new(keys.into_iter()),
            prefixes: prefixes.collect(),
            forms,
            words,
            suffixes,
        }
    }

    /// Every match of every form, in no particular order; two forms of an entry may give the same
    /// span.
    pub(super) fn candidates(&self, text: &Folded, found: &mut Vec<Candidate>) {
        for (index, token) in text.tokens().iter().enumerate() {
            let form = text.form(token);
            let mut look_up = |postings: &[Posting]| {
                for posting in postings {
                    found.extend(self.check(text, index, *posting));
                }
            };
            let start = head(form.as_bytes());
            if self.word_filter.may_hold(word_key(start, form.len())) {
                look_up(self.words.get(form));
            }
            if token.is_possessive() {
                look_up(self.words.get(text.bare(token)));
            }
            for prefixes in &self.prefixes {
                if prefixes.length > form.len() {
                    break;
                }
                if prefixes.filter.may_hold(cut(start, prefixes.length))
                    && let Some(prefix) = form.get(..prefixes.length)
                {
                    look_up(prefixes.table.get(prefix));
                }
            }
            if !self.suffixes.is_empty() {
                let (full, bare) = (last(form), last(text.bare(token)));
                look_up(&self.suffixes[0]);
                look_up(&self.suffixes[full as usize]);
                if full != bare {
                    look_up(&self.suffixes[bare as usize]);
                }
            }
        }
    }

    /// Whether the form stands where its anchor is the word at `index`.
    fn check(&self, text: &Folded, index: usize, posting: Posting) -> Option<Candidate> {
        let form = self.forms.get(posting.form as usize)?;
        let words = &form.phrase.words;
        let first = index.checked_sub(posting.anchor as usize)?;
        let tokens = text.tokens().get(first..first + words.len())?;
        let mut end = 0;
        for (word, token) in words.iter().zip(tokens) {
            end = word.match_end(text, token)?;
        }
        if !form.phrase.gaps_agree(text, first) {
            return None;
        }
        Some(Candidate {
            entry: form.entry,
            span: Span { start: tokens[0].span.start, end },
            first,
            last: first + words.len() - 1,
            wildcards: form.phrase.wildcards(),
        })
    }
}

fn word_key(head: u64, length: usize) -> u64 {
    head ^ (length as u64) << 56
}

fn last(word: &str) -> u8 {
    word.bytes().next_back().unwrap_or_default()
}

/// The byte that every match of a glob ends with, 0 where it ends with a wildcard.
fn last_byte(shape: &Shape) -> u8 {
    match shape {
        Shape::Any => 0,
        Shape::Literal(word) | Shape::Glob(word) => match last(word) {
            b'*' | b'?' => 0,
            byte => byte,
        },
    }
}

/// The word that a phrase hangs on: whole words before prefixes before other wildcards, words of
/// content before the commonest words of English, then the longest, then the first.
fn rarest(words: &[WordPattern]) -> usize {
    let rank = |word: &WordPattern| {
        let length = word.shape.prefix().len();
        match &word.shape {
            Shape::Any => (0, 0),
            Shape::Glob(_) if length == 0 => (1, 0),
            Shape::Glob(_) if length < 3 => (2, length),
            Shape::Literal(literal) if COMMON.contains(&literal.as_ref()) => (3, length),
            Shape::Glob(_) => (4, length),
            Shape::Literal(_) => (5, length),
        }
    };
    let ranked = words.iter().enumerate().rev();
    ranked.max_by_key(|(_, word)| rank(word)).map_or(0, |(index, _)| index)
}

/// Words so common in news that a phrase should hang on another; the choice changes no result.
const COMMON: [&str; 64] = [
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but",
    "by", "can", "could", "first", "for", "from", "had", "has", "have", "he", "her", "his", "if",
    "in", "into", "is", "it", "its", "last", "more", "new", "no", "not", "of", "on", "one", "or",
    "other", "out", "over", "people", "said", "she", "so", "than", "that", "the", "their", "there",
    "they", "this", "to", "up", "was", "we", "were", "which", "who", "will", "with", "would",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::text::Exactness;

    fn anchor(notation: &str) -> usize {
        rarest(&PhrasePattern::parse(notation, Exactness::default()).unwrap().words)
    }

    #[test]
    fn phrases_hang_on_their_rarest_word() {
        assert_eq!(anchor("so called"), 1);
        assert_eq!(anchor("rogue states"), 1);
        assert_eq!(anchor("of the people"), 2);
        assert_eq!(anchor("radical* * left"), 2);
        assert_eq!(anchor("the radical* * of"), 1);
        assert_eq!(anchor("*ism of"), 1);
        assert_eq!(anchor("left left"), 0);
    }
}
