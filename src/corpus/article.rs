//! One article, as the rest of the crate sees it.

use std::collections::BTreeMap;
use std::fmt;

use super::fields::Role;
use crate::text::Span;

/// An article: decoded text with what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The id given, else the URL, else the path below the corpus, else the hash of outlet and text.
    pub id: String,
    /// The group that the article belongs to: its outlet, or the value of the `--by` field.
    pub outlet: String,
    /// Title, blank line, text; or the text alone where it has no title or begins with it.
    pub text: String,
    /// Where the title stands in `text`, if the source of the article gave one.
    pub title: Option<Span>,
    /// Whether a first line that looks like a headline may be taken for one (plain files: yes;
    /// rows of a table, which have a field for it: no).
    pub guess_headline: bool,
    /// What the markup of its source says of stretches of `text`: in order, disjoint, whole lines.
    pub markup: Vec<Marked>,
    /// Day of publication.
    pub date: Option<jiff::civil::Date>,
    /// The story that it covers, where declared.
    pub event: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Where it was read: path, and line or row for tables.
    pub origin: Origin,
    /// Every other field, as text. Under `outlet` stands who published it, and only where the
    /// articles are grouped by something else.
    pub metadata: BTreeMap<String, String>,
}

/// A stretch of an article that markup tells apart from running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marked {
    /// The bytes, without the line break behind them.
    pub span: Span,
    /// What it is.
    pub role: Markup,
}

/// What markup says of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Markup {
    /// A heading between paragraphs, or the summary under the headline.
    Subhead,
    /// Who wrote it, where and when.
    Byline,
    /// The text of a picture or a table, credit included.
    Caption,
    /// A block quotation: somebody else's words, with or without marks.
    Quotation,
    /// What repeats the article or leads away from it.
    Boilerplate,
}

/// Where an article was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Path as the user would write it.
    pub path: String,
    /// Line (JSON Lines), row (CSV, where the header is row 1) or place among the articles of the
    /// file (JSON, WARC, feeds, Parquet), counted from 1.
    pub line: Option<u64>,
}

impl Article {
    /// Id of the outlet that published it, whatever the articles are grouped by.
    pub fn publisher(&self) -> &str {
        self.metadata.get(Role::Outlet.name()).unwrap_or(&self.outlet)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}:{line}", self.path),
            None => formatter.write_str(&self.path),
        }
    }
}
