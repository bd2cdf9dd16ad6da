//! Articles and what is known about them.
//!
//! [`open`] looks over the paths that a user names (folders, files, standard input), reads their
//! `corpus.toml`, and finds out which field of each table holds what. The articles are then read one
//! at a time; the corpus is never in memory as a whole, and no article's text or metadata depends on
//! another article.

mod archive;
#[cfg(feature = "parquet")]
mod arrow_lengths;
mod article;
mod assemble;
mod broken_words;
#[cfg(feature = "parquet")]
mod column_files;
#[cfg_attr(not(feature = "parquet"), path = "columnar_absent.rs")]
mod columnar;
mod config;
mod csv_marks;
mod csv_table;
mod dates;
mod decode;
mod feed;
mod feed_limits;
mod fields;
mod files;
mod format;
mod guard;
mod host;
#[cfg_attr(not(feature = "pages"), path = "html_absent.rs")]
mod html;
mod html_text;
mod json_lines;
mod json_values;
mod language;
mod lookalikes;
mod markdown;
mod mojibake;
mod notice;
mod open;
mod outlets;
#[cfg(feature = "parquet")]
mod parquet_zstd;
mod problem;
mod problem_summary;
mod read;
#[cfg(test)]
mod reading_tests;
mod source;
mod survey;
mod survey_toml;
mod text_file;
mod unpack;
mod warc;
mod warning;

pub use article::{Article, Marked, Markup, Origin};
#[cfg(feature = "parquet")]
pub(crate) use column_files::{ColumnFile, damaged, open as open_columns};
pub use fields::{FieldNames, FieldSyntax, Role};
pub(crate) use files::is_device;
pub use files::{is_read, is_result};
#[cfg(feature = "parquet")]
pub(crate) use guard::guarded;
pub use guard::is_guarded;
pub use notice::Notice;
pub use open::{Corpus, LexiconName, OpenOptions, open, open_with};
pub use outlets::Outlet;
pub use problem::{CorpusError, SkipReason, Skipped};
pub use problem_summary::{Cases, ProblemCount, ProblemSummary};
pub use read::{Item, Record};
pub use survey::{OutletSurvey, Page, RepeatedLine, Survey, TableFields, survey};
pub use warning::CorpusWarning;
