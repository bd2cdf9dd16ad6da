//! Gathering entries into categories, and what could not be gathered.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use super::written::{Wildcards, term};
use super::{Guess, ImportError, Imported};
use crate::lexicon::{Category, Lexicon, Measure, Pattern, PhrasePattern, Term};
use crate::text::{Exactness, ZoneSet};

/// An entry of a file that is not in the lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// Its line, from 1.
    pub line: usize,
    /// The entry as written.
    pub entry: String,
    /// Why, in words that follow a number of entries ("18 …").
    pub reason: String,
}

/// What a reader of a format fills.
pub(super) struct Collector {
    categories: Vec<Category>,
    by_name: HashMap<String, usize>,
    /// By category and words: the line that gave them.
    seen: HashMap<(usize, String), usize>,
    /// Line of the last entry that was counted as read.
    last_read: Option<(usize, String)>,
    list: String,
    category_given: bool,
    read: usize,
    skipped: Vec<Skipped>,
    pub(super) notes: Vec<String>,
}

impl Collector {
    /// `list` names the category of a file that names none.
    pub(super) fn new(list: String, category_given: bool) -> Self {
        Self {
            categories: Vec::new(),
            by_name: HashMap::new(),
            seen: HashMap::new(),
            last_read: None,
            list,
            category_given,
            read: 0,
            skipped: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The category of that name in the file.
    pub(super) fn category(&mut self, name: &str) -> usize {
        if let Some(&known) = self.by_name.get(name) {
            return known;
        }
        let wanted = slug(name);
        let taken = |id: &str| self.categories.iter().any(|category| category.id == id);
        let mut id = wanted.clone();
        let mut number = 2;
        while taken(&id) {
            id = format!("{wanted}-{number}");
            number += 1;
        }
        let title = name.trim();
        self.categories.push(Category {
            title: if title.is_empty() { id.clone() } else { title.to_owned() },
            id,
            description: String::new(),
            sources: Vec::new(),
            zones: ZoneSet::DEFAULT,
            topic_sensitive: false,
            labels: false,
            axis: None,
            measure: Measure::Rate,
            opposes: None,
            terms: Vec::new(),
            place: 0..0,
        });
        self.by_name.insert(name.to_owned(), self.categories.len() - 1);
        self.categories.len() - 1
    }

    /// The category of a list that names none.
    pub(super) fn list(&mut self) -> usize {
        self.category(&self.list.clone())
    }

    /// Says what a category is for.
    pub(super) fn describe(&mut self, category: usize, description: &str) {
        if let Some(category) = self.categories.get_mut(category) {
            description.trim().clone_into(&mut category.description);
        }
    }

    /// Puts an entry into a category, or reports why that can't be.
    pub(super) fn add(
        &mut self,
        category: usize,
        line: usize,
        entry: &str,
        wildcards: Wildcards,
        weight: Option<f64>,
    ) {
        match term(entry, wildcards) {
            Ok(term) => self.add_term(category, line, entry, Term { weight, ..term }),
            Err(reason) => self.skip(line, entry, reason),
        }
    }

    /// Puts a finished term into a category.
    pub(super) fn add_term(&mut self, category: usize, line: usize, entry: &str, term: Term) {
        if term.text.contains(char::is_control) {
            self.skip(line, entry, "hold a control character");
            return;
        }
        let key = key(&term);
        if let Some(first) = self.seen.get(&(category, key.clone())) {
            let reason = if *first == line {
                "repeat another entry of their line"
            } else {
                "repeat another entry of their category (case and accents aside)"
            };
            self.skip(line, entry, reason);
            return;
        }
        self.seen.insert((category, key), line);
        if let Some(category) = self.categories.get_mut(category) {
            category.terms.push(term);
        }
        // An entry of several categories is one entry of the file.
        let here = (line, entry.to_owned());
        if self.last_read.as_ref() != Some(&here) {
            self.read += 1;
            self.last_read = Some(here);
        }
    }

    /// Reports an entry.
    pub(super) fn skip(&mut self, line: usize, entry: &str, reason: impl Into<String>) {
        let skipped = Skipped { line, entry: entry.trim().to_owned(), reason: reason.into() };
        if self.skipped.last() != Some(&skipped) {
            self.skipped.push(skipped);
        }
    }

    /// The lexicon, without categories that stayed empty.
    pub(super) fn finish(
        mut self,
        id: String,
        name: &str,
        guess: Guess,
    ) -> Result<Imported, ImportError> {
        for category in self.categories.iter().filter(|category| category.terms.is_empty()) {
            self.notes
                .push(format!("the category `{}` holds no term and is left out", category.title));
        }
        self.categories.retain(|category| !category.terms.is_empty());
        if self.categories.is_empty() {
            return Err(ImportError::Nothing(guess.format.title()));
        }
        if self.category_given && !self.by_name.contains_key(&self.list) {
            let names: Vec<&str> = self.categories.iter().take(8).map(|c| c.id.as_str()).collect();
            return Err(ImportError::OwnCategories(names.join(", ")));
        }
        let lexicon = Lexicon {
            title: name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned(),
            id,
            version: "0".to_owned(),
            language: "en".to_owned(),
            license: None,
            description: format!("Imported from {name} ({}).", guess.format.title()),
            sources: vec![name.to_owned()],
            default: true,
            categories: self.categories,
            choices: Vec::new(),
            targets: Vec::new(),
            origin: name.to_owned(),
        };
        let (read, skipped, notes) = (self.read, self.skipped, self.notes);
        Ok(Imported { lexicon, guess, read, skipped, notes })
    }
}

/// What makes two terms of a category one: the words that they match.
fn key(term: &Term) -> String {
    match &term.pattern {
        Pattern::Words { forms, exact_case: false, exact_accents: false } => {
            let phrase = forms.first().map(|form| PhrasePattern::parse(form, Exactness::default()));
            match phrase {
                Some(Ok(phrase)) => {
                    phrase.literal_key().unwrap_or_else(|| term.text.to_lowercase())
                }
                _ => term.text.to_lowercase(),
            }
        }
        Pattern::Words { .. } => format!("exact {}", term.text),
        Pattern::Regex(expression) if expression.contains("(?-i") => format!("regex {expression}"),
        Pattern::Regex(expression) => format!("regex {}", expression.to_lowercase()),
    }
}

/// A name as an id: small letters a to z, digits, hyphens.
pub fn slug(name: &str) -> String {
    let mut id = String::new();
    for letter in name.nfkd().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            id.push(letter);
        } else if !unicode_normalization::char::is_combining_mark(letter)
            && !id.ends_with('-')
            && !id.is_empty()
        {
            id.push('-');
        }
    }
    let id = id.trim_end_matches('-');
    if id.is_empty() { "list".to_owned() } else { id.to_owned() }
}
