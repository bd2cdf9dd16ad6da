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

/// Options as messages of the library name them, and as they are written here.
const OPTIONS: [(&str, &str); 11] = [
    (
        "--field text=NAME, or in corpus.toml under [fields]: text",
        "fields={\"text\": \"NAME\"}, or in corpus.toml under [fields]: text",
    ),
    ("--any-language keeps", "any_language=True keeps"),
    ("--repair undoes", "repair=True undoes"),
    ("--max-article-size", "max_article_size"),
    ("--by ", "by="),
    ("--compare:", "compare:"),
    ("--event:", "event:"),
    ("(--cues)", "(cues)"),
    ("; see: parallax lexicon show ID", "; see Lexicon.load(ID).toml for those of a lexicon"),
    ("; see: parallax lexicon list", "; see the categories of a report"),
    ("(--seed, --evidence)", "(seed, evidence)"),
];

/// A message of the library with its options as they are written in Python.
pub fn in_python(message: &str) -> String {
    OPTIONS.iter().fold(message.to_owned(), |said, (flag, argument)| said.replace(flag, argument))
}

/// Any error of the library with what caused it, as `error: …` of the command.
pub fn fault(error: impl Display) -> PyErr {
    ParallaxError::new_err(in_python(&error.to_string()))
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
