//! The forms of all terms. A form is read in full where a text first asks for it: of nearly all of them
//! no text ever does, and to know which of its words a form hangs on, a glance is enough.

use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::anchor::{is_wild, rarest};
use super::filter::{head, word_key};
use super::quick::{Glance, Quick, compare};
use super::table::{EXACT, Near, Posting};
use crate::lexicon::{EntryId, PhrasePattern, is_plain, plain_words};
use crate::text::{Exactness, Token};

/// The forms of all terms, in the order in which they were added.
#[derive(Debug, Clone, Default)]
pub(super) struct Forms {
    forms: Vec<Form>,
    /// The folded notations of those that are plain, one behind the other.
    notations: String,
}

#[derive(Debug, Clone)]
struct Form {
    entry: EntryId,
    /// Where its notation stands; nowhere if it is not plain.
    notation: Range<u32>,
    read: OnceLock<Box<Read>>,
}

/// A form as texts are compared with it.
#[derive(Debug, Clone)]
pub(super) struct Read {
    phrase: PhrasePattern,
    /// Of each word, what a plain word of the text is compared with first.
    words: Box<[Quick]>,
}

impl Read {
    fn new(phrase: PhrasePattern) -> Box<Self> {
        let words = phrase.words.iter().map(Quick::of).collect();
        Box::new(Self { phrase, words })
    }

    pub(super) fn phrase(&self) -> &PhrasePattern {
        &self.phrase
    }

    /// What can be told at a glance of the words of a text, of which these are the folded forms.
    #[inline(always)]
    pub(super) fn compare(&self, forms: &[u8], tokens: &[Token]) -> Glance {
        compare(&self.words, forms, tokens)
    }
}

impl Forms {
    /// No forms, with room for so many.
    pub(super) fn with_capacity(number: usize) -> Self {
        Self { forms: Vec::with_capacity(number), notations: String::with_capacity(20 * number) }
    }

    /// Adds a form.
    ///
    /// # Errors
    /// Those of [`PhrasePattern::parse`].
    pub(super) fn add(
        &mut self,
        entry: EntryId,
        notation: &str,
        keep: Exactness,
    ) -> Result<(), crate::lexicon::NotationError> {
        let start = self.notations.len() as u32;
        let read = OnceLock::new();
        if keep == Exactness::default() && is_plain(notation) {
            self.notations.push_str(notation);
            self.notations[start as usize..].make_ascii_lowercase();
        } else {
            let _ = read.set(Read::new(PhrasePattern::parse(notation, keep)?));
        }
        let notation = start..self.notations.len() as u32;
        self.forms.push(Form { entry, notation, read });
        Ok(())
    }

    pub(super) fn count(&self) -> usize {
        self.forms.len()
    }

    /// The form of this number.
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<&Read> {
        let form = self.forms.get(number)?;
        form.read.get().map(|read| &**read).or_else(|| self.read(form))
    }

    #[cold]
    fn read<'f>(&self, form: &'f Form) -> Option<&'f Read> {
        let phrase = PhrasePattern::parse(self.notation(form)?, Exactness::default()).ok()?;
        Some(form.read.get_or_init(|| Read::new(phrase)))
    }

    fn notation(&self, form: &Form) -> Option<&str> {
        self.notations.get(form.notation.start as usize..form.notation.end as usize)
    }

    /// Every form with the word that it hangs on, in their order.
    pub(super) fn postings(&self) -> impl Iterator<Item = (&str, Posting)> {
        let chunks = self.forms.par_chunks(CHUNK).enumerate();
        let each = |(chunk, forms)| self.postings_of(chunk * CHUNK, forms);
        chunks.map(each).collect::<Vec<_>>().into_iter().flatten()
    }

    /// The same of forms that stand one behind the other.
    fn postings_of<'f>(&'f self, first: usize, forms: &'f [Form]) -> Vec<(&'f str, Posting)> {
        let mut words = Vec::new();
        let posting = |(number, form)| {
            words.clear();
            self.posting(number, form, &mut words)
        };
        (first..).zip(forms).filter_map(posting).collect()
    }

    fn posting<'f>(
        &'f self,
        number: usize,
        form: &'f Form,
        words: &mut Vec<&'f str>,
    ) -> Option<(&'f str, Posting)> {
        let plain = match form.read.get() {
            Some(read) => {
                words.extend(read.phrase.words.iter().map(|word| word.shape.written()));
                read.phrase.is_plain_word()
            }
            None => {
                words.extend(plain_words(self.notation(form)?));
                words.len() == 1
            }
        };
        let anchor = rarest(words);
        let word = *words.get(anchor)?;
        let is_certain = plain && word.len() <= EXACT && !word.bytes().any(is_wild);
        let near = near(words, anchor);
        let (form, anchor, entry) = (number as u32, anchor as u32, form.entry);
        Some((word, Posting { form, anchor, entry, is_certain, near }))
    }
}

/// Forms that a thread takes at a time.
const CHUNK: usize = 2048;

/// What is known of a word beside the one at `anchor`.
fn near(words: &[&str], anchor: usize) -> Near {
    let key = |at: Option<usize>| {
        let word = words.get(at?)?;
        (!word.bytes().any(is_wild)).then(|| word_key(head(word.as_bytes()), word.len()))
    };
    let behind = key(anchor.checked_add(1)).map(Near::Behind);
    behind.or_else(|| key(anchor.checked_sub(1)).map(Near::Before)).unwrap_or(Near::Any)
}
