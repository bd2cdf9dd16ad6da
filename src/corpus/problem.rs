//! What can be wrong with a corpus: what ends the run, what is skipped.

use std::path::PathBuf;

use thiserror::Error;

use super::article::Origin;
use super::fields::Role;
use crate::toml_reader::Diagnostic;

/// Why a corpus can't be opened at all.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum CorpusError {
    /// Nothing stands at the path.
    #[error("{}: no such file or folder", path.display())]
    NoSuchPath {
        /// The path as it was given.
        path: PathBuf,
    },
    /// The file system refused.
    #[error("{}: can't be read: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// A folder holds no file of a known format.
    #[error(
        "{}: no articles in this folder ({ignored} files of other kinds); a corpus holds files that \
         end in {}", path.display(), formats.join(", ")
    )]
    NoArticles {
        /// The folder.
        path: PathBuf,
        /// How many files it holds that are not read.
        ignored: u64,
        /// The file name extensions that are read.
        formats: Vec<&'static str>,
    },
    /// A file was named whose format isn't known.
    #[error(
        "{}: can't tell the format of this file; files that are read end in {}",
        path.display(), formats.join(", ")
    )]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// The file name extensions that are read.
        formats: Vec<&'static str>,
    },
    /// `corpus.toml` has faults.
    #[error("{}", describe_faults(path, source_text, faults))]
    Config {
        /// Path of the `corpus.toml`.
        path: PathBuf,
        /// What it holds, for excerpts.
        source_text: String,
        /// Every error in it.
        faults: Vec<Diagnostic>,
    },
    /// More than one field may hold the text, or the outlet.
    #[error(
        "{path}: several fields may hold the {role}: {}; say which: --field {role}={first}, or in \
         corpus.toml:\n[fields]\n{role} = \"{first}\"",
        candidates.join(", "), role = role.name(), first = candidates.first().map_or("…", String::as_str)
    )]
    AmbiguousField {
        /// The file.
        path: String,
        /// What is looked for.
        role: Role,
        /// The fields that may be meant, as the file names them.
        candidates: Vec<String>,
    },
    /// No field of a named file holds a text.
    #[error("{path}: {}", SkipReason::NoTextField { wanted: wanted.clone(), fields: fields.clone() })]
    NoTextField {
        /// The file.
        path: String,
        /// The field that was asked for.
        wanted: Option<String>,
        /// The fields that there are.
        fields: Vec<String>,
    },
}

fn describe_faults(path: &std::path::Path, source: &str, faults: &[Diagnostic]) -> String {
    let origin = path.display().to_string();
    faults.iter().map(|fault| fault.describe(source, &origin)).collect::<Vec<_>>().join("\n\n")
}

/// A file or a row that is left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{origin}: skipped: {reason}")]
pub struct Skipped {
    /// Where it stands.
    pub origin: Origin,
    /// Why, and what to do.
    pub reason: SkipReason,
}

/// Why a file or a row is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[non_exhaustive]
pub enum SkipReason {
    /// The file system refused.
    #[error("can't be read: {0}")]
    Unreadable(String),
    /// Folders that contain one another by symbolic links.
    #[error("a symbolic link that leads back to a folder above it; remove the link")]
    LinkLoop,
    /// Not a text.
    #[error("not a text but a binary file; save it as plain text in UTF-8")]
    Binary,
    /// A table that is longer or shorter than when its reading began.
    #[error(
        "it was changed while it was read: what was added is left out, what was removed may be missing; \
         run this again when it is whole"
    )]
    Changed,
    /// Longer than offsets reach.
    #[error(
        "longer than the {} that an article may have here; raise it with --max-article-size, or \
         split the article", size(*limit)
    )]
    TooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A row of a table that does not end within the length of an article.
    #[error(
        "a row that begins here is longer than the {} that an article may have, so it and what \
         follows can't be read; is a quotation mark not closed?", size(*limit)
    )]
    RowTooLong {
        /// The limit, in bytes.
        limit: usize,
    },
    /// A page that no parser of HTML reads in reasonable time.
    #[error("a page that can't be taken apart in reasonable time: {what}")]
    TangledPage {
        /// What makes it so.
        what: &'static str,
    },
    /// What reads such files stopped at this one: a fault of the program, not of its user.
    #[error(
        "the program failed at reading this file or row ({message}); please report it with the file"
    )]
    ReaderFailed {
        /// What was said.
        message: String,
    },
    /// A page without an article.
    #[error(
        "no article was found on this page: what text it has is short, hidden, leads elsewhere or is \
         furniture; is it a front page, a picture gallery, or a page that is filled in by a script?"
    )]
    NoArticleOnPage,
    /// XML that is broken.
    #[error("not valid XML: {message}")]
    BrokenXml {
        /// What the reader says.
        message: String,
    },
    /// XML that is no feed.
    #[error("not a feed: its outermost element is `{root}`, not `rss`, `RDF` or `feed`")]
    NotAFeed {
        /// Name of the outermost element.
        root: String,
    },
    /// The program was built without what reads such a file.
    #[error(
        "this build of the program does not read {what}; build it with them: cargo install \
         parallax --features {feature}"
    )]
    NotBuilt {
        /// What it does not read.
        what: &'static str,
        /// The feature that is missing.
        feature: &'static str,
    },
    /// An archive inside an archive.
    #[error("an archive inside an archive is not opened; unpack it first")]
    ArchiveInArchive,
    /// Nothing in it.
    #[error("there is no text in it")]
    EmptyText,
    /// A table without a row.
    #[error("there is no row in it")]
    NoRows,
    /// A WARC file without a record that may hold an article.
    #[error(
        "no record of it is a page that was answered with status 200, or plain text; is it whole, and \
         does it hold what was fetched?"
    )]
    NothingFetched,
    /// A line that isn't JSON.
    #[error(
        "not valid JSON: {message} (column {column}); each line, or item of an array, must be one whole object"
    )]
    BrokenJson {
        /// What the reader says.
        message: String,
        /// Byte of the line, counted from 1.
        column: usize,
    },
    /// An array that is not closed.
    #[error("the list of articles does not end; the file may be cut off")]
    CutOff,
    /// Lists in the answer of a service beside the one that holds the articles.
    #[error(
        "the file has other lists of objects beside the articles, which are not read; where they hold \
         articles, put them into a file of their own"
    )]
    OtherLists,
    /// A line of JSON that is no object.
    #[error(
        "{found} where an object was expected: each line of JSON Lines, and each item of an array, is one \
         (a file that holds one array is read where its name ends in .json)"
    )]
    NotAnObject {
        /// What stands there instead.
        found: &'static str,
    },
    /// A quotation mark that opens a cell and does not close it where a cell ends.
    #[error(
        "the quotation mark of a cell that begins here is not closed where a cell ends, so rows from here \
         on may be run together or torn apart; mend it and run this again"
    )]
    LooseQuotation,
    /// A row with more or fewer cells than the header.
    #[error(
        "the row has {found} cells where the header has {expected}; is a quotation mark not closed?"
    )]
    RaggedRow {
        /// Cells in the header.
        expected: usize,
        /// Cells in the row.
        found: usize,
    },
    /// No field that may hold the text.
    #[error("{}; the fields are: {}; write --field text=NAME, or in corpus.toml under [fields]: text = \"NAME\"",
        match wanted { Some(name) => format!("there is no field `{name}` for the text"), None => "no field is known to hold the text".to_owned() },
        first(fields))]
    NoTextField {
        /// The field that was asked for.
        wanted: Option<String>,
        /// The fields that there are.
        fields: Vec<String>,
    },
    /// The row lacks the text.
    #[error("the row has no text in `{field}`")]
    NoText {
        /// Name of the field.
        field: String,
    },
    /// The row lacks the outlet.
    #[error("the row has no outlet in `{field}`")]
    NoOutlet {
        /// Name of the field.
        field: String,
    },
    /// The article is in another language than the lexicons.
    #[error(
        "it is in {language}, which none of the lexicons is in, so it has no hits to find; \
         --any-language keeps it"
    )]
    OtherLanguage {
        /// English name of the language.
        language: &'static str,
    },
    /// The article lacks what articles are grouped by.
    #[error(
        "no value for --by {field}; {}",
        if known.is_empty() { "the article has no other fields".to_owned() } else { format!("the article has: {}", first(known)) }
    )]
    NoGroup {
        /// The field to group by.
        field: String,
        /// The fields that the article has.
        known: Vec<String>,
    },
}

/// Names for reading; of very many the first.
fn first(names: &[String]) -> String {
    const SHOWN: usize = 40;
    match names.len() {
        number if number > SHOWN => {
            format!("{} and {} more", names[..SHOWN].join(", "), number - SHOWN)
        }
        _ => names.join(", "),
    }
}

/// A number of bytes for reading.
fn size(bytes: usize) -> String {
    match bytes {
        bytes if bytes >= 1 << 20 => format!("{} MiB", bytes >> 20),
        bytes if bytes >= 1 << 10 => format!("{} KiB", bytes >> 10),
        1 => "1 byte".to_owned(),
        bytes => format!("{bytes} bytes"),
    }
}

impl SkipReason {
    /// Stable kebab-case name of the kind of reason.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::LinkLoop => "link-loop",
            Self::Binary => "binary",
            Self::Changed => "changed",
            Self::TooLong { .. } => "too-long",
            Self::RowTooLong { .. } => "row-too-long",
            Self::TangledPage { .. } => "tangled-page",
            Self::ReaderFailed { .. } => "reader-failed",
            Self::NoArticleOnPage => "no-article-on-page",
            Self::BrokenXml { .. } => "broken-xml",
            Self::NotAFeed { .. } => "not-a-feed",
            Self::NotBuilt { .. } => "not-built",
            Self::ArchiveInArchive => "archive-in-archive",
            Self::EmptyText => "empty-text",
            Self::NoRows => "no-rows",
            Self::NothingFetched => "nothing-fetched",
            Self::BrokenJson { .. } => "broken-json",
            Self::CutOff => "cut-off",
            Self::OtherLists => "other-lists",
            Self::NotAnObject { .. } => "not-an-object",
            Self::LooseQuotation => "loose-quotation",
            Self::RaggedRow { .. } => "ragged-row",
            Self::NoTextField { .. } => "no-text-field",
            Self::NoText { .. } => "no-text",
            Self::NoOutlet { .. } => "no-outlet",
            Self::OtherLanguage { .. } => "other-language",
            Self::NoGroup { .. } => "no-group",
        }
    }

    /// What all that is left out for this kind of reason has in common, for a record that names no
    /// place and adds them up.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "can't be read",
            Self::LinkLoop => "a symbolic link that leads back to a folder above it",
            Self::Binary => "not a text but a binary file",
            Self::Changed => {
                "it was changed while it was read: what was added is left out, what was removed may be \
                 missing"
            }
            Self::TooLong { .. } => {
                "longer than an article may be here; raise it with --max-article-size"
            }
            Self::RowTooLong { .. } => {
                "a row is longer than an article may be, so it and what follows can't be read"
            }
            Self::TangledPage { .. } => "a page that can't be taken apart in reasonable time",
            Self::ReaderFailed { .. } => "the program failed at reading the file or row",
            Self::NoArticleOnPage => {
                "no article was found on the page: what text it has is short, hidden, leads elsewhere \
                 or is furniture"
            }
            Self::BrokenXml { .. } => "not valid XML",
            Self::NotAFeed { .. } => "not a feed",
            Self::NotBuilt { .. } => "this build of the program does not read such files",
            Self::ArchiveInArchive => "an archive inside an archive is not opened",
            Self::EmptyText => "there is no text in it",
            Self::NoRows => "there is no row in it",
            Self::NothingFetched => {
                "no record of it is a page that was answered with status 200, or plain text"
            }
            Self::BrokenJson { .. } => "not valid JSON",
            Self::CutOff => "a list of articles does not end; the file may be cut off",
            Self::OtherLists => "lists of objects beside the articles of a file are not read",
            Self::NotAnObject { .. } => "not an object of JSON",
            Self::LooseQuotation => {
                "a quotation mark is not closed where a cell ends, so rows may be run together"
            }
            Self::RaggedRow { .. } => "a row has more or fewer cells than the header",
            Self::NoTextField { .. } => "no field is known to hold the text",
            Self::NoText { .. } => "a row has no text",
            Self::NoOutlet { .. } => "a row has no outlet",
            Self::OtherLanguage { .. } => {
                "in a language that none of the lexicons is in; --any-language keeps it"
            }
            Self::NoGroup { .. } => "the article lacks the field that articles are grouped by",
        }
    }
}
