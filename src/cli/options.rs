//! Options that several commands share, as they are written.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use parallax::tally::VoiceGroup;

/// What is read.
#[derive(Debug, Args)]
pub struct CorpusOptions {
    /// Folders of articles, JSON Lines or CSV files, or - for JSON Lines on standard input
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// A lexicon: a built-in id, a file, a folder, or "builtin" for all that are used by default
    /// (repeatable; naming one replaces the default)
    #[arg(long, short = 'l', value_name = "FILE|ID|DIR")]
    pub lexicon: Vec<String>,

    /// The field that groups the articles, instead of the outlet: any metadata field, a group
    /// declared in corpus.toml, or "year" or "month"
    #[arg(long, value_name = "FIELD")]
    pub by: Option<String>,

    /// Only this outlet or group (repeatable)
    #[arg(long, value_name = "NAME")]
    pub outlet: Vec<String>,

    /// Which column holds what, for tables: text=content, outlet=source, date=… (repeatable)
    #[arg(long, value_name = "ROLE=NAME")]
    pub field: Vec<String>,

    /// The longest article, page or row that is read: bytes, or with K, M or G behind the number
    #[arg(long, value_name = "SIZE", value_parser = article_size, default_value = "16M")]
    pub max_article_size: Option<usize>,

    /// Undo UTF-8 that was once read as Windows-1252 (â€™ for ’), and join words that a hyphen breaks at
    /// the end of a line; nothing else is changed
    #[arg(long)]
    pub repair: bool,

    /// Keep articles that are clearly in another language than the lexicons
    #[arg(long)]
    pub any_language: bool,

    /// A file of reporting verbs that replaces the built-in one
    #[arg(long, value_name = "FILE")]
    pub cues: Option<PathBuf>,

    /// End the run at the first file or row that can't be used
    #[arg(long)]
    pub strict: bool,

    /// Threads to use; the result does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,

    /// Name every file and row that a warning is about, not the first of each kind
    #[arg(long)]
    pub all_warnings: bool,

    /// Say nothing but results and errors
    #[arg(long, short = 'q')]
    pub quiet: bool,
}

/// A number of bytes: `500000`, `512K`, `64M`, `1G`.
pub fn size(written: &str) -> Result<usize, String> {
    let wrong = || "write a size such as 500000, 512K, 64M or 1G".to_owned();
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = match written[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "K" | "KB" | "KIB" => 1 << 10,
        "M" | "MB" | "MIB" => 1 << 20,
        "G" | "GB" | "GIB" => 1 << 30,
        _ => return Err(wrong()),
    };
    let number: usize = digits.parse().map_err(|_| wrong())?;
    number.checked_mul(unit).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

/// The size of an article.
fn article_size(written: &str) -> Result<usize, String> {
    match size(written)? {
        bytes if bytes > parallax::text::Span::LIMIT => {
            Err("an article has to be shorter than 2 GiB".to_owned())
        }
        bytes => Ok(bytes),
    }
}

impl CorpusOptions {
    /// These paths with nothing else asked for.
    pub fn of_paths(paths: Vec<PathBuf>, field: Vec<String>) -> Self {
        Self {
            paths,
            field,
            lexicon: Vec::new(),
            by: None,
            outlet: Vec::new(),
            max_article_size: None,
            repair: false,
            any_language: true,
            cues: None,
            strict: false,
            threads: None,
            all_warnings: false,
            quiet: false,
        }
    }
}

/// Where a result goes.
#[derive(Debug, Args)]
pub struct OutputOptions {
    /// Write to this file instead of standard output
    #[arg(long, short = 'o', value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for a terminal
    Terminal,
    /// Tables in Markdown
    Markdown,
    /// Rows for a spreadsheet or a notebook
    Csv,
    /// The whole record
    Json,
    /// A page in one file, with charts and the sentences
    Html,
}

/// A voice or a sum of voices, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum VoiceName {
    /// Every voice
    All,
    /// Own, attributed and scare: the outlet chose the words
    Worded,
    /// The outlet's own words
    Own,
    /// Reported in the outlet's words
    Attributed,
    /// Inside quotation marks
    Quoted,
    /// Inside marks that distance
    Scare,
}

impl From<VoiceName> for VoiceGroup {
    fn from(name: VoiceName) -> Self {
        match name {
            VoiceName::All => Self::All,
            VoiceName::Worded => Self::Worded,
            VoiceName::Own => Self::Own,
            VoiceName::Attributed => Self::Attributed,
            VoiceName::Quoted => Self::Quoted,
            VoiceName::Scare => Self::Scare,
        }
    }
}

impl From<Format> for parallax::render::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Terminal => Self::Terminal,
            Format::Markdown => Self::Markdown,
            Format::Csv => Self::Csv,
            Format::Json => Self::Json,
            Format::Html => Self::Html,
        }
    }
}
