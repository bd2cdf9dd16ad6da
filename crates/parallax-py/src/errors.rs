//! Errors of the library as exceptions, with the messages that the command prints.

use std::fmt::Display;

use parallax::store;
use parallax::toml_reader::Severity;
use pyo3::PyErr;
use pyo3::exceptions::PyValueError;

pyo3::create_exception!(
    parallax,
    ParallaxError,
    PyValueError,
    "Something that can't be used: a corpus, a lexicon, a setting."
);
pyo3::create_exception!(
    parallax,
    LexiconError,
    ParallaxError,
    "A lexicon that can't be found or used, with every fault and its place."
);

/// Any error of the library with what caused it, as `error: …` of the command.
pub fn fault(error: impl Display) -> PyErr {
    ParallaxError::new_err(error.to_string())
}

/// A lexicon's error; each fault has a line `FILE:LINE:COLUMN: MESSAGE`.
pub fn lexicon_fault(error: &store::LexiconError) -> PyErr {
    let mut message = error.to_string();
    if let store::LexiconError::Faulty { files } = error {
        for file in files {
            for found in file.diagnostics.iter().filter(|one| one.severity == Severity::Error) {
                let (line, column) = found.line_and_column(&file.source);
                let help = found.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
                message += &format!("\n{}:{line}:{column}: {}{help}", file.origin, found.message);
            }
        }
    }
    LexiconError::new_err(message)
}
