//! Saved reports.

use std::io;
use std::path::{Path, PathBuf};

use crate::report::{Disagreement, Report, SCHEMA, SUMS_ONLY, check};

/// The folder in which reports are saved by name.
const FOLDER: &str = "reports";

/// Why a report can't be read.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// Neither a file nor a name under `reports/`.
    #[error("no report `{name}`: there is neither a file of that name nor {}", path.display())]
    Missing {
        /// What was asked for.
        name: String,
        /// Where a saved report would be.
        path: PathBuf,
    },
    /// A path that leads to a folder or to nothing.
    #[error("no report at {}: {}", path.display(), if *is_folder { "it is a folder" } else { "there is no such file" })]
    NoFile {
        /// The path.
        path: PathBuf,
        /// Whether there is a folder.
        is_folder: bool,
    },
    /// A report that was made from sums and holds no article.
    #[error("{}: made from sums, so it holds no article to compare; make it from the corpus or from its tallies", path.display())]
    SumsOnly {
        /// The file.
        path: PathBuf,
    },
    /// A report that does not agree with itself.
    #[error("{}: {fault}", path.display())]
    Disagrees {
        /// The file.
        path: PathBuf,
        /// The first row that does not follow from its articles.
        fault: Box<Disagreement>,
    },
    /// A level of significance that there can't be.
    #[error(
        "{}: `alpha` is {alpha}, and a level lies between 0 and 1. It was changed after it was made; make \
         it again", path.display()
    )]
    Level {
        /// The file.
        path: PathBuf,
        /// What it says.
        alpha: f64,
    },
    /// The file system's own error.
    #[error("can't read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the file system says.
        error: io::Error,
    },
    /// Not the JSON of a report.
    #[error("{}:{line}:{column}: not a whole report: {reason}; copy the file once more, or make it again: parallax report PATH --format json", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// Column, counted from 1.
        column: usize,
        /// What the reader says.
        reason: String,
    },
    /// A report of another form.
    #[error("{}: its schema is `{found}`, this version reads `{SCHEMA}`; make the report again with this version", path.display())]
    Schema {
        /// The file.
        path: PathBuf,
        /// The schema that it names.
        found: String,
    },
}

/// The file of a report: a path, or a name under `reports/`, with or without its ending.
///
/// # Errors
/// [`ReportError::Missing`] if there is neither, [`ReportError::NoFile`] for what can only be a path.
pub fn resolve_report(name: &str) -> Result<PathBuf, ReportError> {
    let direct = Path::new(name);
    if direct.is_file() {
        return Ok(direct.to_owned());
    }
    let no_file = || ReportError::NoFile { path: direct.to_owned(), is_folder: direct.is_dir() };
    if direct.components().count() > 1 {
        return Err(no_file());
    }
    let bare = name.strip_suffix(".json").unwrap_or(name);
    let path = Path::new(FOLDER).join(format!("{bare}.json"));
    match path.is_file() {
        true => Ok(path),
        // A folder may have the name of a report; without the report it is the folder that was meant.
        false if direct.is_dir() => Err(no_file()),
        false => Err(ReportError::Missing { name: name.to_owned(), path }),
    }
}

/// Reads a saved report and checks that it agrees with itself ([`check`]): what was edited by hand is
/// no record of a run.
///
/// # Errors
/// See [`ReportError`]; the schema is looked at before anything else.
pub fn load_report(path: &Path) -> Result<Report, ReportError> {
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(default)]
        schema: String,
    }
    let bytes = super::read_file(path)
        .map_err(|error| ReportError::Read { path: path.to_owned(), error })?;
    let malformed = |error: serde_json::Error| ReportError::Malformed {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    };
    let of_schema = |found: &str| {
        (found == SCHEMA)
            .then_some(())
            .ok_or_else(|| ReportError::Schema { path: path.to_owned(), found: found.to_owned() })
    };
    let report: Report = match serde_json::from_slice(&bytes) {
        Ok(report) => report,
        // A report of another form fails somewhere; that it is one is the better message.
        Err(error) => {
            let head: Head = serde_json::from_slice(&bytes).map_err(malformed)?;
            of_schema(&head.schema)?;
            return Err(malformed(error));
        }
    };
    of_schema(&report.schema)?;
    if report.warnings.iter().any(|warning| warning.code == SUMS_ONLY) {
        return Err(ReportError::SumsOnly { path: path.to_owned() });
    }
    let disagrees =
        |fault| ReportError::Disagrees { path: path.to_owned(), fault: Box::new(fault) };
    check(&report).map_err(disagrees)?;
    let alpha = report.settings.alpha;
    if !(alpha > 0.0 && alpha < 1.0) {
        return Err(ReportError::Level { path: path.to_owned(), alpha });
    }
    Ok(report)
}
