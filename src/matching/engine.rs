//! Where each form of each term could stand: every candidate, none dropped.
//!
//! Every form hangs on one of its words (`anchor`). Sixty-four words of the text at a time, bitmaps
//! reject those on which nothing hangs, without a branch (`filter`); the others are looked up in the
//! tables (`table`), and what hangs on them is checked with the words around.

use super::anchor::is_wild;
use super::filter::{Filter, cut, head, tail, word_key};
use super::forms::Forms;
use super::quick::Glance;
use super::table::{Near, Posting, Table};
use crate::lexicon::EntryId;
use crate::text::{Block, Folded, Kernel, Span, Token};

/// A place where an entry matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) entry: EntryId,
    pub(super) span: Span,
    /// Index of its first word.
    pub(super) first: u32,
    /// Index of its last word.
    pub(super) last: u32,
    pub(super) wildcards: u8,
}

/// Beginnings or ends of words that are of one length, or of eight bytes or more.
#[derive(Debug, Clone)]
struct Affixes {
    /// How many bytes the filter is asked for.
    length: usize,
    filter: Filter,
    /// By length.
    tables: Vec<(usize, Table)>,
}

/// The forms of all entries, ready to be looked for.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    forms: Forms,
    word_filter: Filter,
    words: Table,
    /// What stands before the first wildcard, by length.
    prefixes: Vec<Affixes>,
    /// What stands behind the last one where none stands before the first, by length.
    suffixes: Vec<Affixes>,
    /// What has wildcards at both ends: every word is checked.
    anywhere: Vec<Posting>,
}

impl Engine {
    pub(super) fn new(forms: Forms) -> Self {
        let mut words: Vec<(&[u8], Posting)> = Vec::with_capacity(forms.count());
        let (mut prefixes, mut suffixes) = (Vec::new(), Vec::new());
        let mut anywhere = Vec::new();
        for (word, posting) in forms.postings() {
            let first = word.bytes().position(is_wild);
            let behind = word.bytes().rposition(is_wild).map_or(0, |last| last + 1);
            match (first, word.len() - behind) {
                (None, _) => words.push((word.as_bytes(), posting)),
                (Some(0), 0) => anywhere.push(posting),
                (Some(0), _) => suffixes.push((&word.as_bytes()[behind..], posting)),
                (Some(first), _) => prefixes.push((&word.as_bytes()[..first], posting)),
            }
        }
        let key = |(word, _): &(&[u8], Posting)| word_key(head(word), word.len());
        let filters = || {
            let keys: Vec<u64> = words.iter().map(key).collect();
            (Filter::new(keys.into_iter()), affixes(prefixes, head), affixes(suffixes, tail))
        };
        let ((word_filter, prefixes, suffixes), words) =
            rayon::join(filters, || Table::new(&words));
        Self { word_filter, words, prefixes, suffixes, anywhere, forms }
    }

    /// Every match of every form, in no particular order; two forms of an entry may give the same
    /// span.
    pub(super) fn candidates(&self, text: &Folded, found: &mut Vec<Candidate>) {
        text.level().run(Search { engine: self, text, found });
    }

    /// Whether the form stands where its anchor is the word at `index`.
    fn check(&self, text: &Folded, index: usize, posting: Posting) -> Option<Candidate> {
        let form = self.forms.get(posting.form as usize)?;
        let words = &form.phrase().words;
        let first = index.checked_sub(posting.anchor as usize)?;
        let tokens = text.tokens().get(first..first + words.len())?;
        let mut end = tokens.last()?.span.end;
        match form.compare(text.forms(), tokens) {
            Glance::No => return None,
            Glance::Maybe => {
                for (word, token) in words.iter().zip(tokens) {
                    end = word.match_end(text, token)?;
                }
            }
            Glance::Yes => {}
        }
        if !form.phrase().gaps_agree(text, first) {
            return None;
        }
        Some(Candidate {
            entry: posting.entry,
            span: Span { start: tokens[0].span.start, end },
            first: first as u32,
            last: (first + words.len() - 1) as u32,
            wildcards: form.phrase().wildcards(),
        })
    }
}

/// Tables by length. `key` gives of an affix what the filter of its length is asked for.
fn affixes(mut affixes: Vec<(&[u8], Posting)>, key: impl Fn(&[u8]) -> u64) -> Vec<Affixes> {
    affixes.sort_by_key(|(affix, _)| affix.len());
    let tables = |same: &[(&[u8], Posting)]| {
        let lengths = same.chunk_by(|(one, _), (two, _)| one.len() == two.len());
        lengths.map(|same| (same[0].0.len(), Table::new(same))).collect()
    };
    let together = |same: &[(&[u8], Posting)]| Affixes {
        length: same[0].0.len().min(8),
        filter: Filter::new(same.iter().map(|(affix, _)| key(affix))),
        tables: tables(same),
    };
    affixes
        .chunk_by(|(one, _), (two, _)| one.len().min(8) == two.len().min(8))
        .map(together)
        .collect()
}

/// Words that are filtered together: one bit each.
const CHUNK: usize = 64;

/// One text being searched.
struct Search<'a> {
    engine: &'a Engine,
    text: &'a Folded,
    found: &'a mut Vec<Candidate>,
}

impl Kernel for Search<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: Block>(mut self) {
        let (text, forms) = (self.text, self.text.forms());
        let mut heads = [0; CHUNK];
        let mut keys = [0; CHUNK];
        for (number, tokens) in text.tokens().chunks(CHUNK).enumerate() {
            let base = number * CHUNK;
            let mut plain = 0;
            for (index, token) in tokens.iter().enumerate() {
                let length = (token.span.end - token.span.start) as usize;
                heads[index] = cut(head_at(forms, token.span.start), length);
                keys[index] = word_key(heads[index], length);
                plain |= u64::from(token.is_plain()) << index;
            }
            let mut maybe = passing(&self.engine.word_filter, &keys, |key| key) & plain;
            while let Some(index) = next_bit(&mut maybe) {
                let postings = self.engine.words.get(form_of(forms, &tokens[index]));
                self.look_up_plain(base + index, &tokens[index], postings);
            }
            for prefixes in &self.engine.prefixes {
                let length = prefixes.length;
                let mut maybe = passing(&prefixes.filter, &heads, |head| cut(head, length)) & plain;
                while let Some(index) = next_bit(&mut maybe) {
                    self.look_up_prefix(base + index, form_of(forms, &tokens[index]), prefixes);
                }
            }
            let all = u64::MAX >> (CHUNK - tokens.len());
            let mut others = all & !plain;
            while let Some(index) = next_bit(&mut others) {
                self.look_up_other(base + index, &tokens[index]);
            }
            if !self.engine.suffixes.is_empty() || !self.engine.anywhere.is_empty() {
                self.look_up_ends(base, tokens);
            }
        }
    }
}

/// The eight bytes from `start` on.
#[inline(always)]
pub(super) fn head_at(forms: &[u8], start: u32) -> u64 {
    let bytes = forms.get(start as usize..).and_then(|rest| rest.first_chunk::<8>());
    bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// The form of a plain word.
#[inline(always)]
fn form_of<'t>(forms: &'t [u8], token: &Token) -> &'t [u8] {
    forms.get(token.span.range()).unwrap_or_default()
}

/// Which of the words pass a filter, one bit each.
#[inline(always)]
fn passing(filter: &Filter, words: &[u64; CHUNK], key: impl Fn(u64) -> u64) -> u64 {
    let bits = words.iter().enumerate().map(|(index, &word)| filter.may_hold(key(word)) << index);
    bits.fold(0, |all, bit| all | bit)
}

/// Takes the lowest bit.
#[inline(always)]
fn next_bit(bits: &mut u64) -> Option<usize> {
    let index = bits.trailing_zeros();
    *bits &= bits.wrapping_sub(1);
    (index < 64).then_some(index as usize)
}

impl Search<'_> {
    fn look_up(&mut self, index: usize, postings: &[Posting]) {
        for &posting in postings {
            self.found.extend(self.engine.check(self.text, index, posting));
        }
    }

    /// What hangs on a plain word as a whole.
    fn look_up_plain(&mut self, index: usize, token: &Token, postings: &[Posting]) {
        for posting in postings {
            if posting.is_certain {
                let at = index as u32;
                let (entry, span) = (posting.entry, token.span);
                self.found.push(Candidate { entry, span, first: at, last: at, wildcards: 0 });
            } else if self.may_stand(index, posting.near) {
                self.found.extend(self.engine.check(self.text, index, *posting));
            }
        }
    }

    /// Whether the word beside the one at `index` may be the one that is wanted there.
    #[inline]
    fn may_stand(&self, index: usize, near: Near) -> bool {
        let (at, wanted) = match near {
            Near::Any => return true,
            Near::Before(key) => (index.wrapping_sub(1), key),
            Near::Behind(key) => (index + 1, key),
        };
        let Some(token) = self.text.tokens().get(at) else { return false };
        let length = (token.span.end - token.span.start) as usize;
        let head = cut(head_at(self.text.forms(), token.span.start), length);
        word_key(head, length) == wanted || !token.is_plain()
    }

    fn look_up_prefix(&mut self, index: usize, form: &[u8], prefixes: &Affixes) {
        for (length, table) in &prefixes.tables {
            if let Some(prefix) = form.get(..*length) {
                self.look_up(index, table.get(prefix));
            }
        }
    }

    /// A word whose form stands elsewhere, or with a possessive ending: with that and without.
    #[inline(never)]
    fn look_up_other(&mut self, index: usize, token: &Token) {
        let engine = self.engine;
        let form = self.text.form(token).as_bytes();
        let bare = self.text.bare(token).as_bytes();
        self.look_up(index, engine.words.get(form));
        if form.len() != bare.len() {
            self.look_up(index, engine.words.get(bare));
        }
        for prefixes in &engine.prefixes {
            self.look_up_prefix(index, form, prefixes);
        }
    }

    /// Forms that begin with a wildcard.
    #[inline(never)]
    fn look_up_ends(&mut self, base: usize, tokens: &[Token]) {
        let engine = self.engine;
        for (index, token) in (base..).zip(tokens) {
            let form = self.text.form(token).as_bytes();
            let bare = self.text.bare(token).as_bytes();
            let endings = [form, bare];
            let different = 1 + usize::from(form.len() != bare.len());
            for suffixes in &engine.suffixes {
                for word in &endings[..different] {
                    let Some(from) = word.len().checked_sub(suffixes.length) else { continue };
                    if suffixes.filter.may_hold(tail(&word[from..])) == 1 {
                        for (length, table) in &suffixes.tables {
                            let from = word.len().saturating_sub(*length);
                            self.look_up(index, table.get(&word[from..]));
                        }
                    }
                }
            }
            self.look_up(index, &engine.anywhere);
        }
    }
}
