//! Finding lexicons: built-in ones by id, files, folders of files.

use std::io;
use std::path::{Path, PathBuf};

use crate::lexicon::{BUILTIN, Lexicon, parse};
use crate::toml_reader::Diagnostic;

/// The word that names all lexicons that come with the program.
const ALL_BUILTIN: &str = "builtin";

/// A lexicon file with what is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct LexiconFault {
    /// The file, or `built-in:ID`.
    pub origin: String,
    /// What it holds.
    pub source: String,
    /// What is wrong, warnings included.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why lexicons can't be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// Neither an id nor a path.
    #[error("no lexicon `{name}`: it is neither a file nor a folder nor built in{}", did_you_mean(nearest.as_deref()))]
    Unknown {
        /// What was asked for.
        name: String,
        /// The built-in id that is most like it.
        nearest: Option<String>,
    },
    /// The file system's own error.
    #[error("can't read {}: {error}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the file system says.
        error: io::Error,
    },
    /// A folder without lexicon files.
    #[error("{} holds no lexicon: no file in it ends in .toml", path.display())]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// Two lexicons with one id.
    #[error("two lexicons have the id `{id}`: {first} and {second}; give one of them another id")]
    SameId {
        /// The id.
        id: String,
        /// Where the first comes from.
        first: String,
        /// Where the second comes from.
        second: String,
    },
    /// Files with faults, each with all of them.
    #[error("{} can't be used", faulty(files))]
    Faulty {
        /// The files.
        files: Vec<LexiconFault>,
    },
}

fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|id| format!("; did you mean `{id}`?")).unwrap_or_default()
}

fn faulty(files: &[LexiconFault]) -> String {
    let names: Vec<&str> = files.iter().map(|file| file.origin.as_str()).collect();
    names.join(", ")
}

/// A lexicon as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconName {
    /// Id of a built-in lexicon, `builtin` for all of them that are used by default, or a path of a
    /// file or folder (its `.toml` files by name).
    pub name: String,
    /// What a relative path is relative to.
    pub folder: PathBuf,
}

impl LexiconName {
    /// A name whose path is relative to the working directory.
    pub fn here(name: impl Into<String>) -> Self {
        Self { name: name.into(), folder: PathBuf::new() }
    }
}

/// The lexicons that `names` name, in that order; without names, the built-in ones that are used by
/// default.
///
/// # Errors
/// See [`LexiconError`]; every faulty file is read before that is said.
pub fn load_lexicons(names: &[LexiconName]) -> Result<Vec<Lexicon>, LexiconError> {
    let default = [LexiconName::here(ALL_BUILTIN)];
    let names = if names.is_empty() { &default[..] } else { names };
    let mut files: Vec<(String, String)> = Vec::new();
    for name in names {
        files.extend(sources(&name.name, &name.folder)?);
    }
    let mut lexicons: Vec<Lexicon> = Vec::new();
    let mut faulty = Vec::new();
    for (origin, source) in files {
        let parsed = parse(&source, &origin);
        if !parsed.is_sound() {
            faulty.push(LexiconFault { origin, source, diagnostics: parsed.diagnostics });
            continue;
        }
        let lexicon = parsed.lexicon;
        match lexicons.iter().find(|other| other.id == lexicon.id) {
            // The same file named twice is one lexicon.
            Some(other) if other.origin == lexicon.origin => {}
            Some(other) => {
                return Err(LexiconError::SameId {
                    id: lexicon.id,
                    first: other.origin.clone(),
                    second: lexicon.origin,
                });
            }
            None => lexicons.push(lexicon),
        }
    }
    if faulty.is_empty() { Ok(lexicons) } else { Err(LexiconError::Faulty { files: faulty }) }
}

/// Pairs of origin and text.
fn sources(name: &str, base: &Path) -> Result<Vec<(String, String)>, LexiconError> {
    let builtin = |lexicon: &crate::lexicon::Builtin| {
        (format!("built-in:{}", lexicon.id), lexicon.source.to_owned())
    };
    if name == ALL_BUILTIN {
        let used = BUILTIN.iter().filter(|lexicon| !is_off_by_default(lexicon.source));
        return Ok(used.map(builtin).collect());
    }
    if let Some(lexicon) = BUILTIN.iter().find(|lexicon| lexicon.id == name) {
        return Ok(vec![builtin(lexicon)]);
    }
    let path = base.join(name);
    if path.is_dir() {
        return folder(&path);
    }
    if path.is_file() {
        return Ok(vec![file(&path)?]);
    }
    let distance = |id: &str| strsim::damerau_levenshtein(id, name);
    let nearest = BUILTIN.iter().map(|lexicon| lexicon.id).min_by_key(|id| distance(id));
    let nearest = nearest.filter(|id| distance(id) <= 1 + id.len() / 4).map(str::to_owned);
    Err(LexiconError::Unknown { name: name.to_owned(), nearest })
}

/// Whether a built-in file says `default = false` before its first table.
fn is_off_by_default(source: &str) -> bool {
    let head = source.lines().take_while(|line| !line.starts_with("[["));
    head.map(|line| line.split('#').next().unwrap_or_default().replace(' ', ""))
        .any(|line| line == "default=false")
}

fn folder(path: &Path) -> Result<Vec<(String, String)>, LexiconError> {
    let read = |error| LexiconError::Read { path: path.to_owned(), error };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(read)? {
        let file = entry.map_err(read)?.path();
        let is_corpus = file.file_name().is_some_and(|name| name == "corpus.toml");
        if file.extension().is_some_and(|extension| extension == "toml") && !is_corpus {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() {
        return Err(LexiconError::EmptyFolder { path: path.to_owned() });
    }
    files.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<(String, String), LexiconError> {
    let bytes =
        std::fs::read(path).map_err(|error| LexiconError::Read { path: path.to_owned(), error })?;
    // What is not UTF-8 becomes a replacement character, which the reader reports with its place.
    let source = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned();
    Ok((path.display().to_string(), source))
}
