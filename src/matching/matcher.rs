//! The front of the matching: an inventory made ready, and all hits of one article.

use thiserror::Error;

use super::admit::{Rule, Unless, Walk};
use super::engine::{Candidate, Engine};
use super::forms::Forms;
use super::hit::Hit;
use super::negation::is_negated;
use super::regex::{RegexFault, RegexTerm, Regexes};
use super::resolve::resolve;
use crate::layout::Layout;
use crate::lexicon::{Entry, EntryId, Inventory, NotationError, Pattern, Term};
use crate::text::{Exactness, Folded};

/// A term that can't be matched.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("lexicon `{lexicon}`, term `{term}`: {fault}")]
pub struct MatcherError {
    /// The entry.
    pub entry: EntryId,
    /// Id of its lexicon.
    pub lexicon: String,
    /// The term as written.
    pub term: String,
    /// What is wrong.
    pub fault: MatcherFault,
}

impl MatcherError {
    fn of(inventory: &Inventory, entry: EntryId, fault: MatcherFault) -> Self {
        let lexicon = inventory.lexicon_of(entry).id.clone();
        Self { entry, lexicon, term: inventory.term(entry).text.clone(), fault }
    }
}

/// What is wrong with a term.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum MatcherFault {
    /// One of its forms.
    #[error("`{form}`: {error}")]
    Form {
        /// The form.
        form: String,
        /// What is wrong with it.
        error: NotationError,
    },
    /// One of its `unless`.
    #[error("unless `{pattern}`: {error}")]
    Unless {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        error: NotationError,
    },
    /// Its regular expression.
    #[error(transparent)]
    Regex(#[from] RegexFault),
}

/// An inventory made ready to be matched; cheap to share between threads.
#[derive(Debug, Clone)]
pub struct Matcher {
    engine: Engine,
    regexes: Regexes,
    /// By entry.
    rules: Vec<Rule>,
}

impl Matcher {
    /// Reads the notation of every entry and builds the tables.
    ///
    /// # Errors
    ///
    /// The first entry with a form, an `unless` or a regular expression that can't be used.
    pub fn new(inventory: &Inventory) -> Result<Self, MatcherError> {
        let (patterns, rules) = rayon::join(|| read_patterns(inventory), || read_rules(inventory));
        match (patterns, rules) {
            (Ok((engine, regexes)), Ok(rules)) => Ok(Self { engine, regexes, rules }),
            (Err(pattern), Err(rule)) if rule.entry < pattern.entry => Err(rule),
            (Err(error), _) | (_, Err(error)) => Err(error),
        }
    }

    /// Every match of every entry, those that do not count with the reason, sorted by start, end and
    /// entry. No two have the same entry and span. Within a group those that count are disjoint; what
    /// one group holds changes nothing in another.
    pub fn find(&self, text: &Folded, layout: &Layout) -> Vec<Hit> {
        self.find_with(text, layout, &mut Scratch::default())
    }

    /// The same with space that was used before: nothing but the hits themselves is allocated.
    pub fn find_with(&self, text: &Folded, layout: &Layout, scratch: &mut Scratch) -> Vec<Hit> {
        let Scratch { candidates, order } = scratch;
        candidates.clear();
        self.engine.candidates(text, candidates);
        self.regexes.candidates(text, &layout.quotations, candidates);
        candidates.sort_unstable_by_key(|found| (found.span, found.entry, found.wildcards));
        candidates.dedup_by_key(|found| (found.span, found.entry));
        let mut walk = Walk::new(text, layout);
        let mut hits = Vec::with_capacity(candidates.len());
        hits.extend(candidates.iter().filter_map(|found| self.hit(found, text, &mut walk)));
        resolve(&mut hits, |hit| self.group(hit.entry), order);
        hits
    }

    fn hit(&self, found: &Candidate, text: &Folded, walk: &mut Walk<'_>) -> Option<Hit> {
        let rule = self.rules.get(found.entry.0 as usize)?;
        let (zone, voice, dropped) = walk.admit(rule, found);
        Some(Hit {
            entry: found.entry,
            span: found.span,
            zone,
            voice,
            negated: is_negated(text, found),
            wildcards: found.wildcards,
            dropped,
        })
    }

    fn group(&self, entry: EntryId) -> u32 {
        self.rules.get(entry.0 as usize).map_or(u32::MAX, |rule| rule.group)
    }
}

/// Space for [`Matcher::find_with`], to be used again for the next text.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    candidates: Vec<Candidate>,
    order: Vec<u32>,
}

fn read_patterns(inventory: &Inventory) -> Result<(Engine, Regexes), MatcherError> {
    let written = |(id, _)| match &inventory.term(id).pattern {
        Pattern::Words { forms, .. } => forms.len(),
        Pattern::Regex(_) => 0,
    };
    let mut forms = Forms::with_capacity(inventory.entries().map(written).sum());
    let mut regexes = Vec::new();
    for (id, _) in inventory.entries() {
        let term = inventory.term(id);
        let read = read_pattern(id, term, &mut forms, &mut regexes);
        read.map_err(|fault| MatcherError::of(inventory, id, fault))?;
    }
    Ok(rayon::join(|| Engine::new(forms), || Regexes::new(regexes)))
}

fn read_rules(inventory: &Inventory) -> Result<Vec<Rule>, MatcherError> {
    let rule = |(id, entry): (EntryId, &Entry)| {
        let unless = read_unless(inventory.term(id))
            .map_err(|fault| MatcherError::of(inventory, id, fault))?;
        Ok(Rule::new(entry.group as u32, inventory.group_of(id).zones, unless))
    };
    inventory.entries().map(rule).collect()
}

fn read_pattern(
    entry: EntryId,
    term: &Term,
    forms: &mut Forms,
    regexes: &mut Vec<RegexTerm>,
) -> Result<(), MatcherFault> {
    match &term.pattern {
        Pattern::Words { forms: written, exact_case, exact_accents } => {
            let keep = Exactness { case: *exact_case, accents: *exact_accents };
            for form in written {
                forms
                    .add(entry, form, keep)
                    .map_err(|error| MatcherFault::Form { form: form.clone(), error })?;
            }
        }
        Pattern::Regex(expression) => regexes.push(RegexTerm::new(entry, expression)?),
    }
    Ok(())
}

fn read_unless(term: &Term) -> Result<Vec<Unless>, MatcherFault> {
    let read = |pattern: &String| {
        Unless::new(pattern)
            .map_err(|error| MatcherFault::Unless { pattern: pattern.clone(), error })
    };
    term.unless.iter().map(read).collect()
}
