//! Saved reports.

use std::io;
use std::path::{Path, PathBuf};

use crate::report::{Report, SCHEMA};

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
    /// The file system's own error.
    #[error("can't read {}: {error}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the file system says.
        error: io::Error,
    },
    /// Not the JSON of a report.
    #[error("{}:{line}:{column}: not a report: {reason}", path.display())]
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

/// The file of a report: a path, or a name under `reports/`.
///
/// # Errors
/// [`ReportError::Missing`] if there is neither.
pub fn resolve_report(name: &str) -> Result<PathBuf, ReportError> {
    let direct = Path::new(name);
    if direct.is_file() {
        return Ok(direct.to_owned());
    }
    let path = Path::new(FOLDER).join(format!("{name}.json"));
    if path.is_file() {
        Ok(path)
    } else {
        Err(ReportError::Missing { name: name.to_owned(), path })
    }
}

/// Reads a saved report.
///
/// # Errors
/// See [`ReportError`]; the schema is looked at before anything else.
pub fn load_report(path: &Path) -> Result<Report, ReportError> {
    #[derive(serde::Deserialize)]
    struct Head {
        #[serde(default)]
        schema: String,
    }
    let bytes =
        std::fs::read(path).map_err(|error| ReportError::Read { path: path.to_owned(), error })?;
    let malformed = |error: serde_json::Error| ReportError::Malformed {
        path: path.to_owned(),
        line: error.line(),
        column: error.column(),
        reason: error.to_string(),
    };
    let head: Head = serde_json::from_slice(&bytes).map_err(malformed)?;
    if head.schema != SCHEMA {
        return Err(ReportError::Schema { path: path.to_owned(), found: head.schema });
    }
    serde_json::from_slice(&bytes).map_err(malformed)
}
