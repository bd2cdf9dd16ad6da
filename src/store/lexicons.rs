//! Finding lexicons: built-in ones by id, files, folders of files.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::lexicon::{BUILTIN, Lexicon, Parsed, extend, parse};
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

/// A lexicon file as it is read from disk, or one that is built in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconFile {
    /// The path, or `built-in:ID`.
    pub origin: String,
    /// What it holds.
    pub source: Cow<'static, str>,
    /// Where it can be written; `None` for a built-in one.
    pub path: Option<PathBuf>,
}

/// The files that `names` name, in that order, each once; without names, the built-in ones that are
/// used by default.
///
/// # Errors
/// [`LexiconError::Unknown`], [`LexiconError::Read`], [`LexiconError::EmptyFolder`].
pub fn read_lexicons(names: &[LexiconName]) -> Result<Vec<LexiconFile>, LexiconError> {
    let default = [LexiconName::here(ALL_BUILTIN)];
    let names = if names.is_empty() { &default[..] } else { names };
    let mut files: Vec<LexiconFile> = Vec::new();
    for name in names {
        for file in sources(&name.name, &name.folder)? {
            // The same file named twice is one lexicon.
            if files.iter().all(|other| other.origin != file.origin) {
                files.push(file);
            }
        }
    }
    Ok(files)
}

/// Reads a lexicon, laid over the one that it extends if it does: a file of `others` by its id, a
/// built-in one by its id, or a path beside the file. What is wrong with the other one is a fault at
/// `extends`.
pub fn parse_layered(file: &LexiconFile, others: &[LexiconFile]) -> Parsed {
    layered(file, others, &mut vec![file.origin.clone()])
}

fn layered(file: &LexiconFile, others: &[LexiconFile], below: &mut Vec<String>) -> Parsed {
    let mut parsed = parse(&file.source, &file.origin);
    let Some((name, place)) = parsed.layer.as_ref().map(|layer| layer.base.clone()) else {
        return parsed;
    };
    let base = match base_of(&name, file, others) {
        Ok(base) => base,
        Err(fault) => {
            let fault = Diagnostic::error("unknown-base", place, fault.to_string());
            parsed.diagnostics.push(fault.with_help("extends takes an id or the path of a file"));
            return parsed;
        }
    };
    if let Some(first) = below.iter().position(|origin| *origin == base.origin) {
        let mut circle: Vec<&str> = below[first..].iter().map(String::as_str).collect();
        circle.push(&base.origin);
        let message = format!("lexicons extend one another in a circle: {}", circle.join(" → "));
        parsed.diagnostics.push(Diagnostic::error("circle", place, message));
        return parsed;
    }
    below.push(base.origin.clone());
    let base_parsed = built_in(&base).unwrap_or_else(|| layered(&base, others, below));
    let circle = base_parsed.diagnostics.iter().find(|fault| fault.code == "circle");
    if let Some(circle) = circle {
        // It is a fault of every lexicon in it, and told once.
        parsed.diagnostics.push(Diagnostic::error("circle", place, circle.message.clone()));
        return parsed;
    }
    if !base_parsed.is_sound() {
        let message = format!("the lexicon that it extends, {}, has faults", base.origin);
        let help = format!("see them with: parallax lexicon check {name}");
        parsed.diagnostics.push(Diagnostic::error("faulty-base", place, message).with_help(help));
        return parsed;
    }
    extend(parsed, &base_parsed.lexicon)
}

fn base_of(
    name: &str,
    file: &LexiconFile,
    others: &[LexiconFile],
) -> Result<LexiconFile, LexiconError> {
    let named = |other: &&LexiconFile| {
        other.origin != file.origin && parse(&other.source, &other.origin).lexicon.id == name
    };
    if let Some(other) = others.iter().find(named) {
        return Ok(other.clone());
    }
    let folder = file.path.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
    let nowhere = LexiconError::Unknown { name: name.to_owned(), nearest: nearest(name) };
    if name == ALL_BUILTIN || folder.join(name).is_dir() {
        return Err(nowhere);
    }
    sources(name, folder)?.into_iter().next().ok_or(nowhere)
}

/// The lexicons that `names` name, in that order; without names, the built-in ones that are used by
/// default.
///
/// # Errors
/// See [`LexiconError`]; every faulty file is read before that is said.
pub fn load_lexicons(names: &[LexiconName]) -> Result<Vec<Lexicon>, LexiconError> {
    let files = read_lexicons(names)?;
    let mut lexicons: Vec<Lexicon> = Vec::new();
    let mut faulty = Vec::new();
    let read = |file| built_in(file).unwrap_or_else(|| parse_layered(file, &files));
    let read: Vec<Parsed> = files.par_iter().map(read).collect();
    for (file, parsed) in files.iter().zip(read) {
        if parsed.is_sound() {
            lexicons.push(parsed.lexicon);
        } else {
            let LexiconFile { origin, source, .. } = file.clone();
            let source = source.into_owned();
            faulty.push(LexiconFault { origin, source, diagnostics: parsed.diagnostics });
        }
    }
    if !faulty.is_empty() {
        return Err(LexiconError::Faulty { files: faulty });
    }
    refuse_same_ids(&lexicons)?;
    Ok(lexicons)
}

/// A lexicon that comes with the program: it was read and found sound when that was built.
fn built_in(file: &LexiconFile) -> Option<Parsed> {
    let builtin = BUILTIN.iter().find(|builtin| {
        file.path.is_none() && file.origin.strip_prefix("built-in:") == Some(builtin.id)
    })?;
    Some(Parsed { lexicon: builtin.lexicon(), diagnostics: Vec::new(), layer: None })
}

fn refuse_same_ids(lexicons: &[Lexicon]) -> Result<(), LexiconError> {
    for (index, lexicon) in lexicons.iter().enumerate() {
        if let Some(other) = lexicons[..index].iter().find(|other| other.id == lexicon.id) {
            return Err(LexiconError::SameId {
                id: lexicon.id.clone(),
                first: other.origin.clone(),
                second: lexicon.origin.clone(),
            });
        }
    }
    Ok(())
}

fn sources(name: &str, base: &Path) -> Result<Vec<LexiconFile>, LexiconError> {
    let builtin = |lexicon: &crate::lexicon::Builtin| LexiconFile {
        origin: lexicon.origin(),
        source: lexicon.source.into(),
        path: None,
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
    Err(LexiconError::Unknown { name: name.to_owned(), nearest: nearest(name) })
}

/// The built-in id that is most like `name`.
fn nearest(name: &str) -> Option<String> {
    let distance = |id: &str| strsim::damerau_levenshtein(id, name);
    let nearest = BUILTIN.iter().map(|lexicon| lexicon.id).min_by_key(|id| distance(id));
    nearest.filter(|id| distance(id) <= 1 + id.len() / 4).map(str::to_owned)
}

/// Whether a built-in file says `default = false` before its first table.
fn is_off_by_default(source: &str) -> bool {
    let head = source.lines().take_while(|line| !line.starts_with("[["));
    head.map(|line| line.split('#').next().unwrap_or_default().replace(' ', ""))
        .any(|line| line == "default=false")
}

fn folder(path: &Path) -> Result<Vec<LexiconFile>, LexiconError> {
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

fn file(path: &Path) -> Result<LexiconFile, LexiconError> {
    let bytes = super::read_file(path)
        .map_err(|error| LexiconError::Read { path: path.to_owned(), error })?;
    // What is not UTF-8 becomes a replacement character, which the reader reports with its place.
    let source = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned();
    let source = source.into();
    Ok(LexiconFile { origin: path.display().to_string(), source, path: Some(path.to_owned()) })
}
