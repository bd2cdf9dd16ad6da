//! The data file of page furniture: lines that are navigation, credits, bylines.

use regex::{Regex, RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// Patterns for the lines of a page that are not running text.
#[derive(Debug, Clone)]
pub struct Furniture {
    furniture: RegexSet,
    section_end: RegexSet,
    credit_line: RegexSet,
    byline: RegexSet,
    byline_name: RegexSet,
    credit_glued: Vec<Regex>,
    dateline: Vec<Regex>,
    agencies: Vec<String>,
    caption_hints: Vec<String>,
    /// BLAKE3 of the file.
    pub(super) fingerprint: blake3::Hash,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    furniture: Vec<String>,
    section_end: Vec<String>,
    credit_line: Vec<String>,
    credit_glued: Vec<String>,
    agencies: Vec<String>,
    caption_hints: Vec<String>,
    byline: Vec<String>,
    byline_name: Vec<String>,
    dateline: Vec<String>,
}

/// Why a file of furniture can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FurnitureError {
    /// Not TOML, or not of this shape.
    #[error("{0}")]
    Shape(#[from] toml::de::Error),
    /// A pattern that is no regular expression.
    #[error("{0}")]
    Pattern(#[from] regex::Error),
    /// A version that this program does not know.
    #[error("schema {0} is unknown; this version reads schema 1")]
    Schema(u32),
}

/// Longer lines are running text whatever they say: no pattern is tried on them.
const LONGEST_LINE: usize = 240;
/// A credit stuck to a caption is looked for in so many bytes at the end of a line.
const CREDIT_TAIL: usize = 160;

fn whole_lines(patterns: &[String], fold_case: bool) -> Result<RegexSet, regex::Error> {
    RegexSetBuilder::new(patterns.iter().map(|pattern| format!("^(?:{pattern})$")))
        .case_insensitive(fold_case)
        .size_limit(1 << 26)
        .build()
}

impl Furniture {
    /// Reads a file of furniture.
    ///
    /// # Errors
    /// Where it is not TOML of the right shape, has another schema, or a pattern is broken.
    pub fn parse(text: &str) -> Result<Self, FurnitureError> {
        let file: File = toml::from_str(text)?;
        if file.schema != 1 {
            return Err(FurnitureError::Schema(file.schema));
        }
        let compile = |patterns: &[String]| -> Result<Vec<Regex>, regex::Error> {
            patterns.iter().map(|pattern| Regex::new(pattern)).collect()
        };
        Ok(Self {
            fingerprint: blake3::hash(text.as_bytes()),
            furniture: whole_lines(&file.furniture, true)?,
            section_end: whole_lines(&file.section_end, true)?,
            credit_line: whole_lines(&file.credit_line, true)?,
            byline: whole_lines(&file.byline, true)?,
            byline_name: whole_lines(&file.byline_name, false)?,
            credit_glued: compile(&file.credit_glued)?,
            dateline: compile(&file.dateline)?,
            agencies: file.agencies,
            caption_hints: file.caption_hints.iter().map(|hint| hint.to_lowercase()).collect(),
        })
    }

    /// The furniture that is built in.
    ///
    /// # Errors
    /// Never for the file that this crate ships; a test holds that.
    pub fn builtin() -> Result<Self, FurnitureError> {
        Self::parse(include_str!("data/furniture.toml"))
    }

    /// Whether the trimmed line is page furniture.
    pub(super) fn is_furniture(&self, line: &str) -> bool {
        line.len() <= LONGEST_LINE && self.furniture.is_match(line)
    }

    /// Whether the trimmed line heads what follows the article.
    pub(super) fn ends_article(&self, line: &str) -> bool {
        line.len() <= LONGEST_LINE && self.section_end.is_match(line)
    }

    /// Whether the trimmed line says who wrote the article.
    pub(super) fn is_byline(&self, line: &str) -> bool {
        line.len() <= LONGEST_LINE && self.byline.is_match(line)
    }

    /// Whether the trimmed line is nothing but a person's name.
    pub(super) fn is_name(&self, line: &str) -> bool {
        line.len() <= 60 && self.byline_name.is_match(line)
    }

    /// Whether the trimmed line is a photo credit.
    pub(super) fn is_credit(&self, line: &str) -> bool {
        line.len() <= 160 && (self.credit_line.is_match(line) || self.agency_credit(line))
    }

    /// An agency and one to three capitalised words, or the other way round.
    fn agency_credit(&self, line: &str) -> bool {
        self.agencies.iter().any(|agency| {
            let rest = line
                .strip_prefix(agency.as_str())
                .or_else(|| line.strip_suffix(agency.as_str()))
                .map(|rest| rest.trim_matches([' ', '/', '|', '-', '–', '—', ',', ':', '(', ')']));
            rest.is_some_and(|rest| {
                let words = rest.split([' ', '/']).filter(|word| !word.is_empty());
                let mut number = 0;
                let capital =
                    words.inspect(|_| number += 1).all(|w| w.starts_with(char::is_uppercase));
                capital && number <= 3 && !rest.ends_with(['.', '!', '?'])
            })
        })
    }

    /// Whether a photo credit is stuck to the end of the line.
    pub(super) fn has_glued_credit(&self, line: &str) -> bool {
        if line.len() > 1200 || line.ends_with(['.', '!', '?', '"', '”', '’', ',', ';', ':', '…'])
        {
            return false;
        }
        let floor = line.len().saturating_sub(CREDIT_TAIL);
        let tail = (floor..=line.len()).find_map(|at| line.get(at..)).unwrap_or(line);
        self.credit_glued.iter().any(|pattern| pattern.is_match(tail))
    }

    /// How many hints of a caption the line holds; 3 stands for more.
    pub(super) fn caption_hints(&self, line: &str) -> usize {
        if line.len() > 800 {
            return 0;
        }
        let lower = line.to_lowercase();
        self.caption_hints.iter().filter(|hint| holds_words(&lower, hint)).take(3).count()
    }

    /// Where the dateline at the start of the paragraph ends, if it has one.
    pub(super) fn dateline_len(&self, paragraph: &str) -> Option<usize> {
        let head_end =
            (0..=paragraph.len().min(160)).rev().find(|&at| paragraph.is_char_boundary(at))?;
        let head = &paragraph[..head_end];
        self.dateline
            .iter()
            .filter_map(|pattern| pattern.find(head))
            .filter(|found| found.start() == 0)
            .map(|found| found.end())
            .max()
    }
}

/// Whether `needle` stands in `text` at word borders.
fn holds_words(text: &str, needle: &str) -> bool {
    text.match_indices(needle).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + needle.len()..].chars().next();
        let inner = |edge: Option<char>, own: Option<char>| {
            edge.is_some_and(char::is_alphanumeric) && own.is_some_and(char::is_alphanumeric)
        };
        !inner(before, needle.chars().next()) && !inner(after, needle.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::Furniture;

    #[test]
    fn the_built_in_file_knows_what_a_page_holds() {
        let furniture = Furniture::builtin().unwrap();
        assert!(furniture.is_furniture("Skip to main content"));
        assert!(furniture.is_credit("AFP Lars Hagberg"));
        assert!(!furniture.is_credit("AFP said nothing"));
        assert!(
            furniture.has_glued_credit("They met in Oslo on Oct. 11.ANNA BERG/The Daily Ledger")
        );
        assert!(furniture.is_byline("By Anna Berg"));
        assert!(!furniture.is_furniture("The minister resigned on Monday."));
        assert_eq!(furniture.dateline_len("OTTAWA (Reuters) - The minister"), Some(19));
    }
}
