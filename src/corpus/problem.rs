//! What can be wrong with a corpus: what ends the run, what is skipped, what is only said.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
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
    /// A page without an article.
    #[error(
        "no article was found on this page, only its furniture; is it a front page, a picture \
         gallery, or a page that is filled in by a script?"
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
    /// A line that isn't JSON.
    #[error("not valid JSON: {message} (column {column}); each line must hold one whole object")]
    BrokenJson {
        /// What the reader says.
        message: String,
        /// Byte of the line, counted from 1.
        column: usize,
    },
    /// A line of JSON that is no object.
    #[error(
        "{found} where an object was expected; each line must hold one object (an array is turned \
         into lines by: jq -c '.[]')"
    )]
    NotAnObject {
        /// What stands there instead.
        found: &'static str,
    },
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
        fields.join(", "))]
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
        if known.is_empty() { "the article has no other fields".to_owned() } else { format!("the article has: {}", known.join(", ")) }
    )]
    NoGroup {
        /// The field to group by.
        field: String,
        /// The fields that the article has.
        known: Vec<String>,
    },
}

/// A number of bytes for reading.
fn size(bytes: usize) -> String {
    match bytes {
        bytes if bytes >= 1 << 20 => format!("{} MiB", bytes >> 20),
        bytes if bytes >= 1 << 10 => format!("{} KiB", bytes >> 10),
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
            Self::TooLong { .. } => "too-long",
            Self::RowTooLong { .. } => "row-too-long",
            Self::TangledPage { .. } => "tangled-page",
            Self::NoArticleOnPage => "no-article-on-page",
            Self::BrokenXml { .. } => "broken-xml",
            Self::NotAFeed { .. } => "not-a-feed",
            Self::NotBuilt { .. } => "not-built",
            Self::ArchiveInArchive => "archive-in-archive",
            Self::EmptyText => "empty-text",
            Self::NoRows => "no-rows",
            Self::BrokenJson { .. } => "broken-json",
            Self::NotAnObject { .. } => "not-an-object",
            Self::RaggedRow { .. } => "ragged-row",
            Self::NoTextField { .. } => "no-text-field",
            Self::NoText { .. } => "no-text",
            Self::NoOutlet { .. } => "no-outlet",
            Self::OtherLanguage { .. } => "other-language",
            Self::NoGroup { .. } => "no-group",
        }
    }
}

/// Something about a corpus that its user should know, though nothing is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum CorpusWarning {
    /// The text is neither UTF-8 nor marked UTF-16.
    EncodingGuessed {
        /// Where.
        origin: Origin,
        /// Name of the encoding, as the WHATWG writes it.
        encoding: &'static str,
    },
    /// Some bytes are not of the encoding.
    CharactersReplaced {
        /// Where.
        origin: Origin,
        /// Name of the encoding.
        encoding: &'static str,
    },
    /// UTF-8 that somebody read as Windows-1252 before the text was stored.
    Garbled {
        /// Where.
        origin: Origin,
        /// How many characters.
        characters: usize,
        /// Whether that was undone.
        repaired: bool,
    },
    /// Characters that were lost before the text was stored: it holds U+FFFD.
    LostCharacters {
        /// Where.
        origin: Origin,
        /// How many.
        characters: usize,
    },
    /// A date that two conventions read differently.
    AmbiguousDate {
        /// Where.
        origin: Origin,
        /// What stands there.
        written: String,
    },
    /// A date that can't be read.
    UnknownDate {
        /// Where.
        origin: Origin,
        /// What stands there.
        written: String,
    },
    /// A line of front matter that is no simple `key: value`.
    FrontMatterIgnored {
        /// Where.
        origin: Origin,
        /// The line.
        line: String,
    },
    /// `corpus.toml` names a file that isn't there.
    ListedArticleMissing {
        /// Path of the `corpus.toml`.
        config: String,
        /// The path that it names.
        path: String,
    },
    /// A field was named that the first rows of a table don't have.
    NamedFieldMissing {
        /// The table.
        path: String,
        /// What the field should hold.
        role: Role,
        /// The field that was named.
        field: String,
        /// The fields that there are.
        fields: Vec<String>,
    },
    /// An outlet is declared or asked for, and no article is its.
    OutletWithoutArticles {
        /// Id of the outlet, or the name that was asked for.
        outlet: String,
    },
}

fn are(characters: usize, one: &str, more: &str) -> String {
    match characters {
        1 => format!("1 character {one}"),
        number => format!("{number} characters {more}"),
    }
}

impl CorpusWarning {
    /// What it is about, without the place: the same on every machine.
    pub fn what(&self) -> String {
        match self {
            Self::EncodingGuessed { encoding, .. } => {
                format!("the encoding was guessed to be {encoding}; save as UTF-8 to be sure")
            }
            Self::CharactersReplaced { encoding, .. } => {
                format!("some bytes are not {encoding} and were replaced by U+FFFD")
            }
            Self::Garbled { characters, repaired: true, .. } => format!(
                "{} repaired that had been garbled (`â€™` for `’`)",
                are(*characters, "was", "were")
            ),
            Self::Garbled { characters, repaired: false, .. } => format!(
                "{} garbled (`â€™` for `’`): UTF-8 that was once read as Windows-1252; --repair \
                 undoes it",
                are(*characters, "is", "are")
            ),
            Self::LostCharacters { characters, .. } => format!(
                "{} lost before the text came here (U+FFFD); words with one are not found",
                are(*characters, "was", "were")
            ),
            Self::AmbiguousDate { written, .. } => format!(
                "`{written}` is ambiguous, so the article has no date; write dates as 2017-12-31"
            ),
            Self::UnknownDate { written, .. } => {
                format!("`{written}` can't be read as a date; write dates as 2017-12-31")
            }
            Self::FrontMatterIgnored { line, .. } => {
                format!("front matter was not understood and is ignored: {line}")
            }
            Self::ListedArticleMissing { path, .. } => {
                format!("lists `{path}`, which is not among the files of the corpus")
            }
            Self::NamedFieldMissing { role, field, fields, .. } => format!(
                "no field `{field}` for the {role} in the first rows; they have: {}",
                fields.join(", ")
            ),
            Self::OutletWithoutArticles { outlet } => format!("outlet `{outlet}` has no article"),
        }
    }

    /// The file, and the line or row, that it is about.
    pub fn place(&self) -> Option<Origin> {
        match self {
            Self::EncodingGuessed { origin, .. }
            | Self::CharactersReplaced { origin, .. }
            | Self::Garbled { origin, .. }
            | Self::LostCharacters { origin, .. }
            | Self::AmbiguousDate { origin, .. }
            | Self::UnknownDate { origin, .. }
            | Self::FrontMatterIgnored { origin, .. } => Some(origin.clone()),
            Self::ListedArticleMissing { config: path, .. }
            | Self::NamedFieldMissing { path, .. } => {
                Some(Origin { path: path.clone(), line: None })
            }
            Self::OutletWithoutArticles { .. } => None,
        }
    }

    /// Stable kebab-case name of the kind of warning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::EncodingGuessed { .. } => "encoding-guessed",
            Self::CharactersReplaced { .. } => "characters-replaced",
            Self::Garbled { repaired: true, .. } => "mojibake-repaired",
            Self::Garbled { .. } => "mojibake",
            Self::LostCharacters { .. } => "lost-characters",
            Self::AmbiguousDate { .. } => "ambiguous-date",
            Self::UnknownDate { .. } => "unknown-date",
            Self::FrontMatterIgnored { .. } => "front-matter-ignored",
            Self::ListedArticleMissing { .. } => "listed-article-missing",
            Self::NamedFieldMissing { .. } => "named-field-missing",
            Self::OutletWithoutArticles { .. } => "outlet-without-articles",
        }
    }
}

impl fmt::Display for CorpusWarning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place() {
            Some(place) => write!(formatter, "{place}: {}", self.what()),
            None => formatter.write_str(&self.what()),
        }
    }
}

/// Skipped files and rows of one kind that are named; the rest are counted.
const SKIPPED_NAMED: usize = 20;

/// Warnings of one kind that are named; the rest are counted.
const WARNINGS_NAMED: usize = 3;

/// How often each kind of warning and of skipping came up, with the first cases of each: the
/// smallest by place, so that the order of reading does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProblemSummary {
    /// By kind of warning.
    pub warnings: BTreeMap<&'static str, Cases<CorpusWarning>>,
    /// By kind of skipping.
    pub skipped: BTreeMap<&'static str, Cases<Skipped>>,
}

/// Cases of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cases<T> {
    /// How many there are.
    pub number: u64,
    /// The first of them.
    pub first: BTreeSet<T>,
    /// What is the matter, without the place: of all of them the text that sorts first, so that it
    /// is the same however the files of a corpus are cut.
    pub what: String,
}

/// How often one kind of problem came up, without the places.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProblemCount {
    /// Whether something was left out for it.
    pub skipped: bool,
    /// Stable kebab-case name of the kind.
    pub code: String,
    /// How often.
    pub number: u64,
    /// What is the matter, in the case whose text sorts first.
    pub what: String,
}

impl<T: Ord + fmt::Display> Cases<T> {
    fn merge(
        cases: &mut BTreeMap<&'static str, Self>,
        code: &'static str,
        more: Self,
        most: usize,
    ) {
        let what = more.what.clone();
        let known = cases.entry(code).or_insert(Self { number: 0, first: BTreeSet::new(), what });
        known.number += more.number;
        known.first.extend(more.first);
        known.what = more.what.min(std::mem::take(&mut known.what));
        while known.first.len() > most {
            known.first.pop_last();
        }
    }

    fn one(case: T, what: String) -> Self {
        Self { number: 1, first: BTreeSet::from([case]), what }
    }

    fn lines(&self) -> impl Iterator<Item = String> {
        let named = self.first.iter().map(T::to_string);
        let rest = self.number - self.first.len() as u64;
        named.chain((rest > 0).then(|| format!("… and {rest} more of this kind")))
    }
}

impl ProblemSummary {
    /// Counts a warning.
    pub fn warn(&mut self, warning: CorpusWarning) {
        let (code, what) = (warning.code(), warning.what());
        Cases::merge(&mut self.warnings, code, Cases::one(warning, what), WARNINGS_NAMED);
    }

    /// Counts a file or row that was left out.
    pub fn skip(&mut self, skipped: Skipped) {
        let (code, what) = (skipped.reason.code(), skipped.reason.to_string());
        Cases::merge(&mut self.skipped, code, Cases::one(skipped, what), SKIPPED_NAMED);
    }

    /// Adds another summary; order makes no difference.
    pub fn merge(&mut self, other: Self) {
        for (code, cases) in other.warnings {
            Cases::merge(&mut self.warnings, code, cases, WARNINGS_NAMED);
        }
        for (code, cases) in other.skipped {
            Cases::merge(&mut self.skipped, code, cases, SKIPPED_NAMED);
        }
    }

    /// How often each kind came up, without the places.
    pub fn counts(&self) -> Vec<ProblemCount> {
        let count = |skipped, code: &str, number, what: &str| ProblemCount {
            skipped,
            code: code.to_owned(),
            number,
            what: what.to_owned(),
        };
        let skipped = self.skipped.iter();
        let skipped = skipped.map(|(code, cases)| count(true, code, cases.number, &cases.what));
        let warned = self.warnings.iter();
        let warned = warned.map(|(code, cases)| count(false, code, cases.number, &cases.what));
        skipped.chain(warned).collect()
    }

    /// The first cases of each kind by their places, and how many more there are.
    pub fn lines(&self) -> Vec<String> {
        let skipped = self.skipped.values().flat_map(Cases::lines);
        skipped.chain(self.warnings.values().flat_map(Cases::lines)).collect()
    }
}
