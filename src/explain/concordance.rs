//! Keyword in context: every hit of a term or a category with the words around it.

use serde::Serialize;

use crate::lexicon::Inventory;
use crate::tally::Reading;
use crate::text::{Span, Voice};

/// What a concordance is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Only this term, as the lexicon has it, case ignored.
    pub term: Option<String>,
    /// Only this category; `lexicon/category` where the name alone is ambiguous.
    pub category: Option<String>,
    /// Only this voice.
    pub voice: Option<Voice>,
    /// Characters on each side.
    pub width: usize,
}

/// A name that no lexicon has: a mistake, not a term without hits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownName {
    /// Of a term.
    #[error("no lexicon of this run has the term `{0}`; see: parallax lexicon show ID")]
    Term(String),
    /// Of a category or a choice.
    #[error("no lexicon of this run has the category `{0}`; see: parallax lexicon list")]
    Category(String),
}

impl Query {
    /// Whether the lexicons have what is asked for.
    ///
    /// # Errors
    /// The name that none of them has.
    pub fn check(&self, inventory: &Inventory) -> Result<(), UnknownName> {
        if let Some(term) = &self.term {
            let asked = term.to_lowercase();
            let mut terms = inventory.entries().map(|(id, _)| inventory.term(id));
            if !terms.any(|known| known.text.to_lowercase() == asked) {
                return Err(UnknownName::Term(term.clone()));
            }
        }
        if let Some(category) = &self.category {
            let known = inventory.lexicons().iter().any(|lexicon| {
                let categories = lexicon.categories.iter().map(|category| category.id.clone());
                let variants = lexicon.choices.iter().flat_map(|choice| {
                    choice.variants.keys().map(move |variant| format!("{}={variant}", choice.id))
                });
                let mut names = categories.chain(variants);
                names.any(|name| name == *category || format!("{}/{name}", lexicon.id) == *category)
            });
            if !known {
                return Err(UnknownName::Category(category.clone()));
            }
        }
        Ok(())
    }
}

/// One hit in its context.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The group that the article belongs to.
    pub outlet: String,
    /// Id of the article.
    pub article: String,
    /// Line of its text, counted from 1.
    pub line: u32,
    /// First byte of the hit.
    pub start: u32,
    /// Id of the lexicon.
    pub lexicon: String,
    /// Id of the category, or of the choice and the variant.
    pub category: String,
    /// The term as the lexicon has it.
    pub term: String,
    /// Where.
    pub zone: &'static str,
    /// In whose voice.
    pub voice: &'static str,
    /// Who speaks.
    pub source: Option<String>,
    /// After a negation.
    pub negated: bool,
    /// The words before.
    pub left: String,
    /// The words that were matched.
    pub hit: String,
    /// The words after.
    pub right: String,
}

/// The lines of one article, in the order of the text.
pub fn concordance(reading: &Reading<'_>, query: &Query) -> Vec<Line> {
    let inventory = reading.inventory;
    let text = &reading.article.text;
    let mut lines = Vec::new();
    for hit in reading.hits.iter().filter(|hit| hit.dropped.is_none()) {
        let lexicon = &inventory.lexicon_of(hit.entry).id;
        let category = match (inventory.category(hit.entry), inventory.choice(hit.entry)) {
            (Some(category), _) => category.id.clone(),
            (None, Some((choice, variant))) => format!("{}={variant}", choice.id),
            (None, None) => continue,
        };
        let term = &inventory.term(hit.entry).text;
        let wanted =
            query.term.as_ref().is_none_or(|wanted| wanted.to_lowercase() == term.to_lowercase())
                && query.category.as_ref().is_none_or(|wanted| {
                    *wanted == category || *wanted == format!("{lexicon}/{category}")
                })
                && query.voice.is_none_or(|voice| voice == hit.voice);
        if !wanted {
            continue;
        }
        let source = reading.layout.segment_at(hit.span.start).and_then(|segment| segment.source);
        let (left, right) = context(text, hit.span, query.width);
        lines.push(Line {
            outlet: reading.article.outlet.clone(),
            article: reading.article.id.clone(),
            line: reading.lines.number(hit.span.start),
            start: hit.span.start,
            lexicon: lexicon.clone(),
            category,
            term: term.clone(),
            zone: hit.zone.name(),
            voice: hit.voice.name(),
            source: source.map(|source| joined(source.of(text))),
            negated: hit.negated,
            left,
            hit: joined(hit.span.of(text)),
            right,
        });
    }
    lines.sort_by(|x, y| {
        (x.start, &x.lexicon, &x.category).cmp(&(y.start, &y.lexicon, &y.category))
    });
    lines
}

/// At most `width` characters on each side, blanks joined, a cut marked.
fn context(text: &str, hit: Span, width: usize) -> (String, String) {
    // Blanks that are joined may take more bytes than they give characters.
    let room = width * 8 + 64;
    let mut start = (hit.start as usize).saturating_sub(room);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (hit.end as usize + room).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before: Vec<char> = squeezed(&text[start..hit.start as usize]).chars().collect();
    let after: Vec<char> = squeezed(&text[hit.end as usize..end]).chars().collect();
    let left = if before.len() > width {
        let kept: String = before[before.len() - width.saturating_sub(1)..].iter().collect();
        format!("…{kept}")
    } else {
        before.into_iter().collect()
    };
    let right = if after.len() > width {
        let kept: String = after[..width.saturating_sub(1)].iter().collect();
        format!("{kept}…")
    } else {
        after.into_iter().collect()
    };
    (left, right)
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every run of blanks as one, those at the ends kept.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for character in text.chars() {
        let blank = character.is_whitespace();
        if !blank {
            squeezed.push(character);
        } else if !squeezed.ends_with(' ') {
            squeezed.push(' ');
        }
    }
    squeezed
}
