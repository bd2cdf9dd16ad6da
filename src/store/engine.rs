//! What a run is read with: lexicons by name, cues from a file, an engine for a corpus.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::LexiconName;
use crate::corpus::Corpus;
use crate::layout::{Cues, CuesError, Furniture, FurnitureError, Layouter};
use crate::lexicon::{Inventory, Lexicon};
use crate::matching::MatcherError;
use crate::pipeline::Engine;

/// Why there is no engine.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The file of cues can't be read.
    #[error("can't read {}: {error}", path.display())]
    ReadCues {
        /// The file.
        path: PathBuf,
        /// What the file system says.
        error: io::Error,
    },
    /// The cues are faulty.
    #[error("{origin}: {error}")]
    Cues {
        /// The file.
        origin: String,
        /// What is wrong.
        error: CuesError,
    },
    /// The built-in data are faulty; a test holds that they are not.
    #[error(transparent)]
    Furniture(#[from] FurnitureError),
    /// A pattern can't be compiled.
    #[error(transparent)]
    Pattern(#[from] MatcherError),
}

/// The lexicons that a run uses: those that are named, else those of the corpus; none stands for the
/// built-in ones.
pub fn lexicon_names(corpus: &Corpus, named: &[String]) -> Vec<LexiconName> {
    if named.is_empty() {
        let in_config = corpus.lexicons().into_iter();
        in_config.map(|named| LexiconName { name: named.name, folder: named.folder }).collect()
    } else {
        named.iter().map(LexiconName::here).collect()
    }
}

/// The text of a file of cues.
///
/// # Errors
/// [`EngineError::ReadCues`].
pub fn read_cues(path: &Path) -> Result<String, EngineError> {
    let text = |bytes| {
        String::from_utf8(bytes)
            .map_err(|_| io::Error::other("it is not in UTF-8; save it as UTF-8"))
    };
    super::read_file(path)
        .and_then(text)
        .map_err(|error| EngineError::ReadCues { path: path.to_owned(), error })
}

/// The layout engine, with the built-in cues or those of a file: its name and what it holds.
///
/// # Errors
/// Faulty cues.
pub fn layouter(cues: Option<(&str, &str)>) -> Result<Layouter, EngineError> {
    let (origin, parsed) = match cues {
        None => ("built-in cues", Cues::builtin()),
        Some((origin, source)) => (origin, Cues::parse(source)),
    };
    let cues = parsed.map_err(|error| EngineError::Cues { origin: origin.to_owned(), error })?;
    Ok(Layouter::new(&cues, Furniture::builtin()?))
}

/// An engine for these lexicons, with what the corpus declares as page furniture.
///
/// # Errors
/// A pattern that can't be compiled.
pub fn engine_for(
    corpus: &Corpus,
    lexicons: Vec<Lexicon>,
    layouter: Layouter,
) -> Result<Engine, EngineError> {
    let boilerplate: BTreeMap<_, _> = corpus
        .outlets()
        .iter()
        .map(|outlet| (outlet.id.clone(), outlet.boilerplate.clone()))
        .collect();
    Ok(Engine::new(layouter, Inventory::new(lexicons), boilerplate)?)
}
