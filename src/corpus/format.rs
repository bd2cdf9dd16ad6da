//! The formats that articles are read from. A new one is a file and a line in [`FORMATS`].

use std::collections::BTreeMap;
use std::path::Path;

use super::article::Marked;
use super::decode::EncodingNote;
use super::fields::{FieldNames, Role};
use super::problem::SkipReason;
use super::source::{Source, without_packing};
use super::{columnar, csv_table, feed, html, json_lines, json_values, markdown, text_file, warc};

/// A way in which articles are stored.
pub(super) struct Format {
    /// File name extensions, in small letters.
    pub(super) extensions: &'static [&'static str],
    pub(super) kind: Kind,
}

/// How many articles a file holds, and how they are read.
pub(super) enum Kind {
    /// One article a file.
    Page(fn(Vec<u8>) -> Result<Draft, SkipReason>),
    /// One article a row, with named fields.
    Table(fn(&Source) -> Result<Rows, SkipReason>),
}

/// Every format.
pub(super) static FORMATS: &[Format] = &[
    Format { extensions: &["txt", "text"], kind: Kind::Page(text_file::read) },
    Format { extensions: &["md", "markdown"], kind: Kind::Page(markdown::read) },
    Format { extensions: &["html", "htm", "xhtml"], kind: Kind::Page(html::read) },
    JSON_LINES,
    Format { extensions: &["json"], kind: Kind::Table(json_values::open) },
    Format { extensions: &["csv", "tsv"], kind: Kind::Table(csv_table::open) },
    Format { extensions: &["warc", "wet"], kind: Kind::Table(warc::open) },
    Format { extensions: &["parquet", "arrow", "feather"], kind: Kind::Table(columnar::open) },
    Format { extensions: &["rss", "atom", "rdf", "xml"], kind: Kind::Table(feed::open) },
];

const JSON_LINES: Format =
    Format { extensions: &["jsonl", "ndjson"], kind: Kind::Table(json_lines::open) };

/// The format of standard input.
pub(super) static STANDARD_INPUT: &Format = &JSON_LINES;

/// The format that a file's name tells; how it is compressed stands behind that.
pub(super) fn of_path(path: &Path) -> Option<&'static Format> {
    let path = without_packing(path);
    let extension = path.extension()?.to_str()?.to_lowercase();
    FORMATS.iter().find(|format| format.extensions.contains(&extension.as_str()))
}

/// Every file name extension that is read.
pub(super) fn extensions() -> Vec<&'static str> {
    FORMATS.iter().flat_map(|format| format.extensions).copied().chain(["zip"]).collect()
}

/// An article as its format gives it, before the corpus has its say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Draft {
    /// What is known of it; no value is blank.
    pub(super) roles: BTreeMap<Role, String>,
    /// Every other field.
    pub(super) metadata: BTreeMap<String, String>,
    pub(super) guess_headline: bool,
    pub(super) note: EncodingNote,
    /// What is to be said of the page that it is.
    pub(super) page: PageNote,
    /// What its markup says of stretches of the text.
    pub(super) markup: Vec<Marked>,
    /// Whether its title or its text was HTML in a field of a table.
    pub(super) was_html: bool,
    /// Lines of front matter that were not understood, counted from 1.
    pub(super) ignored: Vec<(u64, String)>,
}

/// What is to be said of a saved page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct PageNote {
    /// Paragraphs of running text that were left out, and their words.
    pub(super) left: Option<(usize, usize)>,
    /// The words that the page says its article has, and those that were found: clearly fewer.
    pub(super) announced: Option<(usize, usize)>,
    pub(super) articles: Option<SeveralArticles>,
    /// Whether JSON-LD about an article stands there that can't be read.
    pub(super) json_ld_unread: bool,
    /// Whether the crawler says that it stopped fetching before the end.
    pub(super) is_cut: bool,
}

/// A page with several elements that it calls articles and that hold running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SeveralArticles {
    pub(super) number: usize,
    /// Whether they have headlines of their own, and one was taken.
    pub(super) one_taken: bool,
}

/// The rows of a table.
pub(super) struct Rows {
    /// The names of its fields, where a header tells them.
    pub(super) header: Vec<String>,
    /// Whether the format itself, not whoever wrote the file, gives the fields their names: they are
    /// those of the roles, and those of the header.
    pub(super) is_named: bool,
    /// Each row with its number; to read it is work that may be done elsewhere.
    pub(super) rows: Box<dyn Iterator<Item = NumberedRow> + Send>,
}

/// Line or row, counted from 1, and what stands there.
pub(super) type NumberedRow = (u64, Result<Box<dyn RawRow>, SkipReason>);

/// A row that has not been read yet.
pub(super) trait RawRow: Send {
    /// About how many bytes it takes up until it is read.
    fn size(&self) -> usize {
        0
    }

    /// The fields of the row.
    fn read(self: Box<Self>) -> Result<Row, SkipReason>;
}

/// The fields of a row, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Row {
    pub(super) values: BTreeMap<String, String>,
    pub(super) note: EncodingNote,
    /// What is to be said of the page that it is.
    pub(super) page: PageNote,
    /// What the markup says of the field that holds the text.
    pub(super) markup: Vec<Marked>,
}

/// What programs write where there is no text.
const NO_TEXTS: [&str; 12] =
    ["NA", "N/A", "n/a", "nan", "NaN", "NULL", "Null", "null", "None", "\\N", "true", "false"];

impl Row {
    /// The row as an article. A row without text, or without the outlet that its table should tell,
    /// is refused.
    pub(super) fn into_draft(mut self, names: &FieldNames) -> Result<Draft, SkipReason> {
        let mut roles = BTreeMap::new();
        for (role, name) in names.iter() {
            let is_there = |value: &String| {
                let value = value.trim();
                !(value.is_empty() || role == Role::Text && NO_TEXTS.contains(&value))
            };
            match self.values.remove(name).filter(is_there) {
                Some(value) => {
                    roles.insert(role, value);
                }
                None if role == Role::Text => {
                    return Err(SkipReason::NoText { field: name.to_owned() });
                }
                None if role == Role::Outlet => {
                    return Err(SkipReason::NoOutlet { field: name.to_owned() });
                }
                None => {}
            }
        }
        if !roles.contains_key(&Role::Text) {
            return Err(SkipReason::NoText { field: Role::Text.name().to_owned() });
        }
        self.values.retain(|_, value| !value.trim().is_empty());
        Ok(Draft {
            roles,
            metadata: self.values,
            guess_headline: false,
            note: self.note,
            page: self.page,
            markup: self.markup,
            was_html: false,
            ignored: Vec::new(),
        })
    }
}
