//! Finding the files of a corpus.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempPath;
use walkdir::WalkDir;

use super::archive::{Member, is_archive, members};
use super::config::{self, Config};
use super::format::{self, Format, Kind};
use super::notice::Notice;
use super::problem::{CorpusError, SkipReason};
use super::source::without_packing;

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
    /// Where it stands in the archive that is at the beginning of its path.
    pub(super) member: Option<Arc<Member>>,
    pub(super) format: &'static Format,
    pub(super) problem: Option<SkipReason>,
}

/// What stands at a path that the user named.
pub(super) struct Place {
    pub(super) root: Root,
    pub(super) files: Vec<Found>,
    /// Whether a file was named, not a folder.
    pub(super) is_file: bool,
    /// Whether these are all files of the root.
    pub(super) is_whole: bool,
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
    if is_device(&metadata) {
        let reason = "a device has no end; name a file, a folder or a pipe".to_owned();
        return Err(CorpusError::Unreadable { path: path.to_owned(), reason });
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

/// Whether it is a device: what shells hand over is a pipe.
#[cfg(unix)]
pub(crate) fn is_device(metadata: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    let kind = metadata.file_type();
    kind.is_block_device() || kind.is_char_device()
}

#[cfg(not(unix))]
pub(crate) fn is_device(_: &std::fs::Metadata) -> bool {
    false
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
    let found = Found::file(copy.to_path_buf(), format::STANDARD_INPUT);
    let root = Root {
        folder: PathBuf::new(),
        name: "standard input".to_owned(),
        config: None,
        config_path: PathBuf::new(),
    };
    Ok(Place {
        root,
        files: vec![found],
        is_file: true,
        is_whole: true,
        notices: Vec::new(),
        copy: Some(copy),
    })
}

impl Found {
    fn file(path: PathBuf, format: &'static Format) -> Self {
        Self { path, member: None, format, problem: None }
    }

    fn problem(path: PathBuf, problem: SkipReason) -> Self {
        Self { path, member: None, format: format::STANDARD_INPUT, problem: Some(problem) }
    }
}

fn look_up_file(path: &Path) -> Result<Place, CorpusError> {
    if is_archive(path) {
        return look_up_archive(path);
    }
    let format = format::of_path(path).ok_or_else(|| CorpusError::UnknownFormat {
        path: path.to_owned(),
        formats: format::extensions(),
    })?;
    let (root, notices) = find_root(parent(path), false)?;
    let files = vec![Found::file(path.to_owned(), format)];
    Ok(Place { root, files, is_file: true, is_whole: false, notices, copy: None })
}

/// An archive that was named is a corpus of its own.
fn look_up_archive(path: &Path) -> Result<Place, CorpusError> {
    let mut listing = Listing::default();
    listing.archive(path);
    if let [Found { member: None, problem: Some(reason), .. }] = &listing.files[..] {
        let reason = match reason {
            SkipReason::Unreadable(reason) => reason.clone(),
            other => other.to_string(),
        };
        return Err(CorpusError::Unreadable { path: path.to_owned(), reason });
    }
    let root = root_of_archive(path, std::mem::take(&mut listing.settings))?;
    let (files, notices) = listing.end(path)?;
    Ok(Place { root, files, is_file: false, is_whole: true, notices, copy: None })
}

/// An archive as a root: where its `corpus.toml` stands, at its top or in the one folder there.
fn root_of_archive(
    path: &Path,
    settings: Vec<(PathBuf, Arc<Member>)>,
) -> Result<Root, CorpusError> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let Some((config_path, member)) = settings.into_iter().next() else {
        let (config, config_path) = (None, PathBuf::new());
        return Ok(Root { folder: path.to_owned(), name, config, config_path });
    };
    let mut bytes = Vec::new();
    let read = member.open().and_then(|reader| reader.take(LONGEST_CONFIG).read_to_end(&mut bytes));
    read.map_err(|error| CorpusError::Unreadable {
        path: config_path.clone(),
        reason: error.to_string(),
    })?;
    let config = Some(parse_config(&bytes, &config_path)?);
    Ok(Root { folder: parent(&config_path).to_owned(), name, config, config_path })
}

/// Bytes of a `corpus.toml` in an archive that are read.
const LONGEST_CONFIG: u64 = 64 << 20;

/// The files of a folder or an archive.
#[derive(Default)]
struct Listing {
    files: Vec<Found>,
    /// Pipes, sockets and devices.
    special: Vec<PathBuf>,
    /// Each `corpus.toml` at the top of an archive, or in the one folder there.
    settings: Vec<(PathBuf, Arc<Member>)>,
    ignored: u64,
    first_ignored: Option<String>,
    reports: u64,
    first_report: Option<String>,
}

impl Listing {
    fn ignore(&mut self, path: &Path) {
        self.ignored += 1;
        self.first_ignored.get_or_insert_with(|| path.display().to_string());
    }

    fn file(&mut self, path: PathBuf) {
        if is_archive(&path) {
            return self.archive(&path);
        }
        match format::of_path(&path) {
            Some(_) if is_result(&path) => {
                self.reports += 1;
                self.first_report.get_or_insert_with(|| path.display().to_string());
            }
            Some(format) => self.files.push(Found::file(path, format)),
            None => self.ignore(&path),
        }
    }

    fn archive(&mut self, archive: &Path) {
        let members = match members(archive) {
            Ok(members) => members,
            Err(problem) => return self.files.push(Found::problem(archive.to_owned(), problem)),
        };
        let is_apart = |part: &str| part.starts_with('.') || part == "__MACOSX";
        let members: Vec<_> = members
            .into_iter()
            .map(|(name, member)| (inside(&name), member))
            .filter(|(name, _)| !name.split('/').any(is_apart))
            .collect();
        let top = one_folder(members.iter().map(|(name, _)| name.as_str()));
        for (name, member) in members {
            let below = top.as_ref().and_then(|top| name.strip_prefix(top.as_str()));
            let path = archive.join(&name);
            if is_about_corpus(&name) || below.is_some_and(is_about_corpus) {
                let is_config = name.to_lowercase().ends_with(config::FILE_NAME);
                self.settings.extend(member.ok().filter(|_| is_config).map(|it| (path, it)));
                continue;
            }
            if is_archive(&path) {
                self.files.push(Found::problem(path, SkipReason::ArchiveInArchive));
                continue;
            }
            match (format::of_path(&path), member) {
                (None, _) => self.ignore(&path),
                (_, Err(problem)) => self.files.push(Found::problem(path, problem)),
                (Some(format), Ok(member)) => {
                    self.files.push(Found { member: Some(member), ..Found::file(path, format) });
                }
            }
        }
    }

    /// The files, with what is to be said of the others.
    fn end(self, path: &Path) -> Result<(Vec<Found>, Vec<Notice>), CorpusError> {
        if self.files.is_empty() {
            return Err(CorpusError::NoArticles {
                path: path.to_owned(),
                ignored: self.ignored + self.reports,
                formats: format::extensions(),
            });
        }
        let settings = self
            .settings
            .first()
            .map(|(path, _)| Notice::SettingsIgnored { path: path.display().to_string() });
        let special = self.special.first().map(|first| Notice::SpecialIgnored {
            files: self.special.len() as u64,
            first: first.display().to_string(),
        });
        let ignored =
            self.first_ignored.map(|first| Notice::FilesIgnored { files: self.ignored, first });
        let reports =
            self.first_report.map(|first| Notice::ReportsIgnored { files: self.reports, first });
        Ok((
            self.files,
            ignored.into_iter().chain(special).chain(reports).chain(settings).collect(),
        ))
    }
}

/// The name of a member below its archive: nothing is ever written there, so `../x` is no danger.
fn inside(name: &str) -> String {
    let mut parts = Vec::new();
    for part in name.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The one folder, with its `/`, that all stand in.
fn one_folder<'n>(mut names: impl Iterator<Item = &'n str>) -> Option<String> {
    let (top, _) = names.next()?.split_once('/')?;
    let top = format!("{top}/");
    names.all(|name| name.starts_with(&top)).then_some(top)
}

/// Whether a file of this name below a folder is read as articles.
pub fn is_read(below: &Path) -> bool {
    let hidden = below.iter().any(is_hidden);
    !hidden && (format::of_path(below).is_some() || is_archive(below) || is_config(below))
}

fn is_config(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == config::FILE_NAME)
}

/// Whether a file is a result that this program saved, which is passed over among articles: a report or a
/// diff, as JSON or as a page.
pub fn is_result(path: &Path) -> bool {
    let may_be = path.extension().is_some_and(|ending| ending == "json" || ending == "html");
    let head = || {
        let mut head = Vec::new();
        std::fs::File::open(path).ok()?.take(1024).read_to_end(&mut head).ok()?;
        Some(head)
    };
    let marks: [&[u8]; 2] =
        [b"\"schema\": \"parallax.", b"<meta name=\"generator\" content=\"parallax\">"];
    may_be
        && head().is_some_and(|head| {
            marks.iter().any(|mark| memchr::memmem::find(&head, mark).is_some())
        })
}

/// The root of what stands in a folder. An article must be read alike alone, with its outlet and
/// with its corpus, so the settings may stand a folder higher. `is_named` tells that the user named
/// the folder itself.
fn find_root(folder: &Path, is_named: bool) -> Result<(Root, Vec<Notice>), CorpusError> {
    let own = read_root(folder)?;
    if own.config.is_some() {
        let notice = Notice::ConfigFound { path: own.config_path.display().to_string() };
        return Ok((own, if is_named { Vec::new() } else { vec![notice] }));
    }
    let higher = read_root(&above(folder))?;
    if higher.config.is_some() {
        let notice = Notice::ConfigFound { path: higher.config_path.display().to_string() };
        return Ok((higher, vec![notice]));
    }
    Ok((own, Vec::new()))
}

fn look_up_folder(folder: &Path) -> Result<Place, CorpusError> {
    let (root, mut notices) = find_root(folder, true)?;
    let is_whole = root.folder == folder;
    let mut listing = Listing::default();
    let walk = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry.file_name()));
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || is_about(&entry) => {}
            Ok(entry) if entry.file_type().is_file() => listing.file(entry.into_path()),
            // A pipe or a device has no end that could be waited for.
            Ok(entry) => listing.special.push(entry.into_path()),
            Err(error) => {
                let problem = match (error.loop_ancestor(), error.io_error()) {
                    (Some(_), _) => SkipReason::LinkLoop,
                    (_, Some(reason)) => SkipReason::Unreadable(reason.to_string()),
                    (None, None) => SkipReason::Unreadable(error.to_string()),
                };
                let path = error.path().unwrap_or(folder).to_owned();
                listing.files.push(Found::problem(path, problem));
            }
        }
    }
    let (files, more) = listing.end(folder)?;
    notices.extend(more);
    Ok(Place { root, files, is_file: false, is_whole, notices, copy: None })
}

fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Files that are about the corpus, not of it.
fn is_about(entry: &walkdir::DirEntry) -> bool {
    entry.depth() == 1 && is_about_corpus(&entry.file_name().to_string_lossy())
}

fn is_about_corpus(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), config::FILE_NAME | "readme.md" | "readme.txt")
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The folder above a folder.
fn above(folder: &Path) -> PathBuf {
    match folder.parent() {
        Some(above) if folder.file_name().is_some() => match above.as_os_str().is_empty() {
            true => PathBuf::from("."),
            false => above.to_owned(),
        },
        _ => folder.join(".."),
    }
}

/// A folder as a root, with its `corpus.toml` if it has one.
fn read_root(folder: &Path) -> Result<Root, CorpusError> {
    let config_path = folder.join(config::FILE_NAME);
    // A pipe or a device has no end that could be waited for.
    if std::fs::metadata(&config_path).is_ok_and(|metadata| !metadata.is_file()) {
        let reason = "it is no file".to_owned();
        return Err(CorpusError::Unreadable { path: config_path, reason });
    }
    let config = match std::fs::read(&config_path) {
        Ok(bytes) => Some(parse_config(&bytes, &config_path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            return Err(CorpusError::Unreadable { path: config_path, reason: error.to_string() });
        }
    };
    Ok(Root { name: name_of(folder), folder: folder.to_owned(), config, config_path })
}

fn parse_config(bytes: &[u8], path: &Path) -> Result<Config, CorpusError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    config::parse(text).map_err(|faults| CorpusError::Config {
        path: path.to_owned(),
        source_text: text.to_owned(),
        faults,
    })
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
    /// Whether a file stands in a folder of its own outlet.
    pub(super) fn has_outlet_folder(&self, path: &Path) -> bool {
        self.below(path).contains('/')
    }

    /// The path of a file below the root, with `/`.
    pub(super) fn below(&self, path: &Path) -> String {
        // `../corpus` and `article.txt` have nothing in common but where they really are.
        let real = || {
            let (path, folder) = (path.canonicalize().ok()?, self.folder.canonicalize().ok()?);
            path.strip_prefix(folder).ok().map(Path::to_owned)
        };
        let below = match path.strip_prefix(&self.folder) {
            Ok(below) => below.to_owned(),
            Err(_) => real().unwrap_or_else(|| path.to_owned()),
        };
        let parts: Vec<_> = below
            .components()
            .filter(|part| !matches!(part, std::path::Component::CurDir))
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        parts.join("/")
    }

    /// The outlet of a file that doesn't name one: the first folder below the root, else for a page
    /// the root itself, for a table its own name. An archive is a folder.
    pub(super) fn outlet_of(&self, path: &Path, kind: &Kind) -> String {
        let below = self.below(path);
        if self.folder.as_os_str().is_empty() {
            return self.name.clone();
        }
        match (below.split_once('/'), kind) {
            (Some((folder, _)), _) if is_archive(Path::new(folder)) => {
                folder[..folder.len() - ".zip".len()].to_owned()
            }
            (Some((folder, _)), _) => folder.to_owned(),
            (None, Kind::Page(_)) => self.name.clone(),
            (None, Kind::Table(_)) => without_packing(path)
                .file_stem()
                .map_or_else(|| self.name.clone(), |stem| stem.to_string_lossy().into_owned()),
        }
    }
}
