//! Writing a file whole or not at all.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Writes to a temporary file beside `path` and renames it, so that a reader sees the old file or
/// the new one and a failure leaves the old one. Folders that lack are made.
///
/// # Errors
/// Whatever the file system says.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    write_whole_with(path, |file| file.write_all(bytes))
}

/// The same for what is written bit by bit.
///
/// # Errors
/// Whatever the file system or `write` says.
pub fn write_whole_with(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // A link stays a link; a device, a pipe or a terminal can't be replaced, only written to.
    let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let known = std::fs::metadata(&target).ok();
    if known.as_ref().is_some_and(|known| !known.is_file() && !known.is_dir()) {
        let mut file = BufWriter::new(std::fs::OpenOptions::new().write(true).open(path)?);
        write(&mut file)?;
        return file.flush();
    }
    let mut staged = Staged::at(target, known)?;
    let mut file = BufWriter::with_capacity(1 << 16, &mut staged.file);
    write(&mut file)?;
    file.flush()?;
    drop(file);
    staged.commit()
}

/// Writes files that belong together: none takes its place before all are written.
///
/// # Errors
/// The file that can't be written, with what the file system says.
pub fn write_together(files: &[(PathBuf, Contents<'_>)]) -> Result<(), (PathBuf, io::Error)> {
    let mut staged = Vec::new();
    for (path, write) in files {
        let stage = || {
            let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            let mut staged = Staged::at(target.clone(), std::fs::metadata(&target).ok())?;
            let mut file = BufWriter::with_capacity(1 << 16, &mut staged.file);
            write(&mut file)?;
            file.flush()?;
            drop(file);
            staged.file.as_file().sync_all()?;
            Ok(staged)
        };
        staged.push(stage().map_err(|error| (path.clone(), error))?);
    }
    for (staged, (path, _)) in staged.into_iter().zip(files) {
        staged.commit().map_err(|error| (path.clone(), error))?;
    }
    Ok(())
}

/// What writes the contents of a file.
pub type Contents<'a> = Box<dyn Fn(&mut dyn Write) -> io::Result<()> + 'a>;

/// A file that is being written beside the place where it will stand.
pub(super) struct Staged {
    file: tempfile::NamedTempFile,
    path: PathBuf,
    known: Option<std::fs::Metadata>,
}

/// What is written bit by bit.
#[cfg(feature = "parquet")]
impl Staged {
    /// Begins a file that will stand at `path`; folders that lack are made.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = std::fs::metadata(&path).ok();
        if known.as_ref().is_some_and(|known| !known.is_file()) {
            return Err(io::Error::other("this is no file that can be replaced"));
        }
        Self::at(path, known)
    }

    /// A handle to write with.
    pub(super) fn handle(&self) -> io::Result<std::fs::File> {
        self.file.as_file().try_clone()
    }

    /// Where it will stand.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Staged {
    fn at(path: PathBuf, known: Option<std::fs::Metadata>) -> io::Result<Self> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(".parallax-").tempfile_in(folder)?;
        unfinished().insert(file.path().to_owned());
        Ok(Self { file, path, known })
    }

    /// Puts the file in its place.
    pub(super) fn commit(self) -> io::Result<()> {
        self.file.as_file().sync_all()?;
        match self.known {
            Some(known) => self.file.as_file().set_permissions(known.permissions())?,
            None => set_usual_permissions(self.file.as_file())?,
        }
        let temporary = self.file.path().to_owned();
        let persisted = self.file.persist(&self.path).map_err(|error| error.error);
        unfinished().remove(&temporary);
        persisted?;
        Ok(())
    }
}

/// Files that are being written.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn unfinished() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the files that are being written: for a process that is told to end.
pub fn remove_unfinished() {
    for path in unfinished().iter() {
        // It may have taken its place by now.
        let _ = std::fs::remove_file(path);
    }
}

/// Temporary files are made private; a report is an ordinary file.
#[cfg(unix)]
fn set_usual_permissions(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Path, write_whole};

    #[test]
    fn replaces_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("deep").join("report.json");
        write_whole(&path, b"old").expect("written");
        write_whole(&path, b"new").expect("written");
        assert_eq!(std::fs::read(&path).expect("there"), b"new");
        let names = std::fs::read_dir(path.parent().expect("a parent")).expect("listed").count();
        assert_eq!(names, 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_a_device_a_device() {
        let folder = tempfile::tempdir().expect("a folder");
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        std::fs::write(&file, b"old").expect("written");
        std::os::unix::fs::symlink(&file, &link).expect("linked");
        write_whole(&link, b"new").expect("written");
        assert!(link.is_symlink());
        assert_eq!(std::fs::read(&file).expect("there"), b"new");
        write_whole(Path::new("/dev/null"), b"new").expect("written");
        assert!(!Path::new("/dev/null").is_file());
    }

    #[test]
    fn a_folder_in_the_way_is_an_error_and_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("report.json");
        std::fs::create_dir(&path).expect("made");
        assert!(write_whole(&path, b"new").is_err());
        assert!(path.is_dir());
        assert_eq!(std::fs::read_dir(folder.path()).expect("listed").count(), 1);
    }
}
