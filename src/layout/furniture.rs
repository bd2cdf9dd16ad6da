//! The data file of page furniture: lines that are navigation, credits, bylines.

use serde::Deserialize;

use super::agencies::Agencies;
use super::furniture_packed::{Unpacked, unpack};
use super::hints::Hints;
use super::pattern_edges::LISTS;
use super::patterns::Patterns;

/// Patterns for the lines of a page that are not running text.
#[derive(Debug, Clone)]
pub struct Furniture {
    furniture: Patterns,
    section_end: Patterns,
    credit_line: Patterns,
    byline: Patterns,
    byline_name: Patterns,
    credit_glued: Patterns,
    dateline: Patterns,
    agencies: Agencies,
    caption_hints: Hints,
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
        let sources = [
            &file.furniture,
            &file.section_end,
            &file.credit_line,
            &file.byline,
            &file.byline_name,
            &file.credit_glued,
            &file.dateline,
        ];
        let mut lists = Vec::with_capacity(LISTS.len());
        for (sources, (_, place)) in sources.into_iter().zip(LISTS) {
            lists.push(Patterns::new(sources, place).map_err(broken)?);
        }
        let agencies = Agencies::new(file.agencies).map_err(broken)?;
        let hints = file.caption_hints;
        let made = lists.try_into().ok().map(|lists| Unpacked { lists, agencies, hints });
        made.map_or(Err(FurnitureError::Schema(file.schema)), |made| Ok(Self::made(made, text)))
    }

    /// The furniture that is built in. It was read when the program was built; a test holds that this
    /// is what [`parse`](Self::parse) makes of the file.
    ///
    /// # Errors
    /// Never for the file that this crate ships; a test holds that.
    pub fn builtin() -> Result<Self, FurnitureError> {
        let source = include_str!("data/furniture.toml");
        let packed = include_bytes!(concat!(env!("OUT_DIR"), "/furniture.packed"));
        unpack(packed).map_or_else(|| Self::parse(source), |made| Ok(Self::made(made, source)))
    }

    fn made(made: Unpacked, source: &str) -> Self {
        let [furniture, section_end, credit_line, byline, byline_name, credit_glued, dateline] =
            made.lists;
        Self {
            furniture,
            section_end,
            credit_line,
            byline,
            byline_name,
            credit_glued,
            dateline,
            agencies: made.agencies,
            caption_hints: Hints::new(made.hints),
            fingerprint: blake3::hash(source.as_bytes()),
        }
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
        line.len() <= 160 && (self.credit_line.is_match(line) || self.agencies.credit(line))
    }

    /// Whether a photo credit is stuck to the end of the line.
    pub(super) fn has_glued_credit(&self, line: &str) -> bool {
        if line.len() > 1200 || line.ends_with(['.', '!', '?', '"', '”', '’', ',', ';', ':', '…'])
        {
            return false;
        }
        let floor = line.len().saturating_sub(CREDIT_TAIL);
        let tail = (floor..=line.len()).find_map(|at| line.get(at..)).unwrap_or(line);
        self.credit_glued.is_match(tail)
    }

    /// How many hints of a caption the line holds; 3 stands for more.
    pub(super) fn caption_hints(&self, line: &str) -> usize {
        if line.len() > 800 {
            return 0;
        }
        self.caption_hints.count(line, 3)
    }

    /// Where the dateline at the start of the paragraph ends, if it has one.
    pub(super) fn dateline_len(&self, paragraph: &str) -> Option<usize> {
        let head_end =
            (0..=paragraph.len().min(160)).rev().find(|&at| paragraph.is_char_boundary(at))?;
        let head = &paragraph[..head_end];
        self.dateline.longest_prefix(head)
    }
}

fn broken(error: Box<regex_syntax::Error>) -> regex::Error {
    regex::Error::Syntax(error.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::{Furniture, unpack};

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
    #[test]
    fn what_was_packed_is_what_the_file_says() {
        let source = include_str!("data/furniture.toml");
        let (read, packed) = (Furniture::parse(source).unwrap(), Furniture::builtin().unwrap());
        assert!(unpack(include_bytes!(concat!(env!("OUT_DIR"), "/furniture.packed"))).is_some());
        assert!(packed.furniture.known().0.iter().all(|(hir, _)| hir.is_some()));
        let lists = |furniture: &Furniture| {
            [
                furniture.furniture.known(),
                furniture.section_end.known(),
                furniture.credit_line.known(),
                furniture.byline.known(),
                furniture.byline_name.known(),
                furniture.credit_glued.known(),
                furniture.dateline.known(),
            ]
        };
        assert!(lists(&read) == lists(&packed));
        assert!(read.agencies == packed.agencies && read.caption_hints == packed.caption_hints);
    }
}
