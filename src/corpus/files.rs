//! Finding the files of a corpus.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::TempPath;
use walkdir::WalkDir;

use super::config::{self, Config};
use super::format::{self, Format, Kind};
use super::notice::Notice;
use super::problem::{CorpusError, SkipReason};

/// A place that files are read from: a folder, with what its `corpus.toml` says.
#[derive(Debug)]
pub(super) struct Root {
    /// The folder that paths of articles are below.
    pub(super) folder: PathBuf,
    /// Its own name, for files that stand directly in it.
    pub(super) name: String,
    pub(super) config: Option<Config>,
    /// Path of that `corpus.toml`.
    pub(super) config_path: PathBuf,
}

/// A file of a known format, or a place that can't be read.
pub(super) struct Found {
    pub(super) path: PathBuf,
    pub(super) format: &'static Format,
    pub(super) problem: Option<SkipReason>,
}

/// What stands at a path that the user named.
pub(super) struct Place {
    pub(super) root: Root,
    pub(super) files: Vec<Found>,
    /// Whether a file was named, not a folder.
    pub(super) is_file: bool,
    pub(super) notices: Vec<Notice>,
    /// Standard input, kept while it is read.
    pub(super) copy: Option<TempPath>,
}

/// Looks up a path that the user named; `-` is standard input.
pub(super) fn look_up(path: &Path, input: &mut dyn Read) -> Result<Place, CorpusError> {
    if path.as_os_str() == "-" {
        return keep(input, path);
    }
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => CorpusError::NoSuchPath { path: path.to_owned() },
        _ => CorpusError::Unreadable { path: path.to_owned(), reason: error.to_string() },
    };
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return look_up_folder(path);
    }
    if !metadata.is_file() {
        // A pipe can be read only once.
        let mut pipe = std::fs::File::open(path).map_err(unreadable)?;
        return keep(&mut pipe, path);
    }
    if path.file_name().is_some_and(|name| name == config::FILE_NAME) {
        return look_up_folder(parent(path));
    }
    look_up_file(path)
}

/// Copies a stream to a temporary file, so that its fields can be guessed before it is read.
fn keep(input: &mut dyn Read, path: &Path) -> Result<Place, CorpusError> {
    let copied = (|| {
        let mut file = tempfile::NamedTempFile::new()?;
        io::copy(input, &mut file)?;
        file.flush()?;
        Ok(file.into_temp_path())
    })();
    let copy = copied.map_err(|error: io::Error| CorpusError::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
    })?;
    let found = Found { path: copy.to_path_buf(), format: format::STANDARD_INPUT, problem: None };
    let root = Root {
        folder: PathBuf::new(),
        name: "standard input".to_owned(),
        config: None,
        config_path: PathBuf::new(),
    };
    Ok(Place { root, files: vec![found], is_file: true, notices: Vec::new(), copy: Some(copy) })
}

fn look_up_file(path: &Path) -> Result<Place, CorpusError> {
    let format = format::of_path(path).ok_or_else(|| CorpusError::UnknownFormat {
        path: path.to_owned(),
        formats: format::extensions(),
    })?;
    // An article must be read alike alone and in its corpus: the settings may stand beside it or
    // above its outlet's folder.
    let mut notices = Vec::new();
    let mut root = None;
    for folder in [Some(parent(path)), parent(path).parent()].into_iter().flatten() {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let candidate = read_root(folder)?;
        if candidate.config.is_some() {
            notices.push(Notice::ConfigFound { path: candidate.config_path.display().to_string() });
            root = Some(candidate);
            break;
        }
    }
    let root = match root {
        Some(root) => root,
        None => read_root(parent(path))?,
    };
    let files = vec![Found { path: path.to_owned(), format, problem: None }];
    Ok(Place { root, files, is_file: true, notices, copy: None })
}

fn look_up_folder(folder: &Path) -> Result<Place, CorpusError> {
    let root = read_root(folder)?;
    let mut files = Vec::new();
    let (mut ignored, mut first) = (0, None);
    let walk = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || is_about(&entry) => {}
            Ok(entry) => match format::of_path(entry.path()) {
                Some(format) if entry.file_type().is_file() => {
                    files.push(Found { path: entry.into_path(), format, problem: None });
                }
                _ => {
                    ignored += 1;
                    first.get_or_insert_with(|| entry.path().display().to_string());
                }
            },
            Err(error) => {
                let problem = match (error.loop_ancestor(), error.io_error()) {
                    (Some(_), _) => SkipReason::LinkLoop,
                    (_, Some(reason)) => SkipReason::Unreadable(reason.to_string()),
                    (None, None) => SkipReason::Unreadable(error.to_string()),
                };
                let path = error.path().unwrap_or(folder).to_owned();
                files.push(Found { path, format: format::STANDARD_INPUT, problem: Some(problem) });
            }
        }
    }
    if files.is_empty() {
        return Err(CorpusError::NoArticles {
            path: folder.to_owned(),
            ignored,
            formats: format::extensions(),
        });
    }
    let notices =
        first.into_iter().map(|first| Notice::FilesIgnored { files: ignored, first }).collect();
    Ok(Place { root, files, is_file: false, notices, copy: None })
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Files that are about the corpus, not of it.
fn is_about(entry: &walkdir::DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy().to_lowercase();
    entry.depth() == 1 && matches!(name.as_str(), config::FILE_NAME | "readme.md" | "readme.txt")
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// A folder as a root, with its `corpus.toml` if it has one.
fn read_root(folder: &Path) -> Result<Root, CorpusError> {
    let config_path = folder.join(config::FILE_NAME);
    let config = match std::fs::read(&config_path) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
            Some(config::parse(text).map_err(|faults| CorpusError::Config {
                path: config_path.clone(),
                source_text: text.to_owned(),
                faults,
            })?)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(CorpusError::Unreadable { path: config_path, reason: error.to_string() });
        }
    };
    Ok(Root { name: name_of(folder), folder: folder.to_owned(), config, config_path })
}

/// The name of a folder, also where it is called `.` or `..`.
fn name_of(folder: &Path) -> String {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let real = || {
        let real = std::fs::canonicalize(folder).ok()?;
        Some(real.file_name()?.to_string_lossy().into_owned())
    };
    name.or_else(real).unwrap_or_else(|| "corpus".to_owned())
}

impl Root {
    /// The path of a file below the root, with `/`.
    pub(super) fn below(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.folder).unwrap_or(path);
        let parts: Vec<_> = below
            .components()
            .filter(|part| !matches!(part, std::path::Component::CurDir))
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }

    /// The outlet of a file that doesn't name one: the first folder below the root, else for a page
    /// the root itself, for a table its own name.
    pub(super) fn outlet_of(&self, path: &Path, kind: &Kind) -> String {
        let below = self.below(path);
        if self.folder.as_os_str().is_empty() {
            return self.name.clone();
        }
        match (below.split_once('/'), kind) {
            (Some((folder, _)), _) => folder.to_owned(),
            (None, Kind::Page(_)) => self.name.clone(),
            (None, Kind::Table(_)) => path
                .file_stem()
                .map_or_else(|| self.name.clone(), |stem| stem.to_string_lossy().into_owned()),
        }
    }
}
