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

/// Where an article was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Origin {
    /// Path as the user would write it.
    pub path: String,
    /// Line (JSON Lines) or row (CSV, where the header is row 1), counted from 1.
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
