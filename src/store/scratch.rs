//! A temporary file that has no name: nothing is left of it, however a run ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::tally::{Overflow, Scratch, SpillError};

/// A file in the folder for temporary files.
#[derive(Debug)]
struct Temporary {
    folder: PathBuf,
    file: Mutex<File>,
}

/// Makes a file in the folder for temporary files (`TMPDIR`), which only this run can read.
///
/// # Errors
/// The folder is not there or nothing can be written to it.
fn scratch() -> Result<Box<dyn Scratch>, SpillError> {
    let folder = std::env::temp_dir();
    let file = tempfile::tempfile_in(&folder).map_err(|error| fault(&folder, &error))?;
    Ok(Box::new(Temporary { folder, file: Mutex::new(file) }))
}

fn fault(folder: &std::path::Path, error: &io::Error) -> SpillError {
    SpillError { place: folder.display().to_string(), reason: error.to_string() }
}

/// Bytes of memory that a run may take for what is counted, unless another number is asked for.
pub const USUAL_MEMORY: usize = 1 << 30;

/// Counts beyond a budget of so many bytes go to a file in the folder for temporary files. The threads
/// must have been started.
pub fn overflow(budget: usize) -> Overflow {
    Overflow::within(budget, rayon::current_num_threads(), scratch)
}

impl Temporary {
    fn with<T>(&self, act: impl FnOnce(&mut File) -> io::Result<T>) -> Result<T, SpillError> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        act(&mut file).map_err(|error| fault(&self.folder, &error))
    }
}

impl Scratch for Temporary {
    fn append(&self, bytes: &[u8]) -> Result<(), SpillError> {
        self.with(|file| {
            file.seek(SeekFrom::End(0))?;
            file.write_all(bytes)
        })
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize, SpillError> {
        self.with(|file| {
            file.seek(SeekFrom::Start(at))?;
            let mut read = 0;
            while read < into.len() {
                match file.read(&mut into[read..]) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            Ok(read)
        })
    }
}
