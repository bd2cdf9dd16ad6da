//! Where the bytes of a file come from: a file, compressed or not, or a member of an archive.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::archive::Member;
use super::problem::SkipReason;
use super::unpack::{Bytes, unpacked};

/// Bytes that an article may have, unless the user says otherwise; a page or a row is as long.
pub(super) const USUAL_LIMIT: usize = 16 << 20;

/// A file of the corpus, which can be opened again and again.
#[derive(Debug, Clone)]
pub(super) struct Source {
    /// Its path; for a member of an archive, the path of the archive with the member's behind it.
    pub(super) path: PathBuf,
    pub(super) member: Option<Arc<Member>>,
    /// Whether it is a copy of standard input or a pipe.
    pub(super) is_copy: bool,
    /// Bytes that an article may have.
    pub(super) limit: usize,
}

impl Source {
    /// The path as the user would write it.
    pub(super) fn shown(&self) -> String {
        if self.is_copy { "-".to_owned() } else { self.path.display().to_string() }
    }

    /// How long the file is now; none where that tells nothing.
    pub(super) fn length(&self) -> Option<u64> {
        let about = std::fs::metadata(&self.path).ok();
        about.filter(|about| about.is_file() && !self.is_copy).map(|about| about.len())
    }

    /// The bytes, expanded where they are compressed.
    pub(super) fn open(&self) -> Result<Bytes, SkipReason> {
        let open = || {
            let bytes: Bytes = match &self.member {
                Some(member) => member.open()?,
                None => plain(&self.path)?,
            };
            unpacked(bytes)
        };
        open().map_err(unreadable)
    }

    /// All bytes of a file that is one article.
    pub(super) fn read_whole(&self) -> Result<Vec<u8>, SkipReason> {
        let mut bytes = Vec::new();
        let mut reader = self.open()?.take(self.limit as u64 + 1);
        reader.read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() > self.limit {
            return Err(SkipReason::TooLong { limit: self.limit });
        }
        Ok(bytes)
    }
}

/// A file as long as it is now: what is written behind that while it is read would come out
/// differently at every run, or never end.
fn plain(path: &Path) -> io::Result<Bytes> {
    let file = File::open(path)?;
    let about = file.metadata()?;
    // Files of the system itself have no length and an end.
    let length = if about.is_file() && about.len() > 0 { about.len() } else { u64::MAX };
    Ok(Box::new(BufReader::with_capacity(64 << 10, file.take(length))))
}

/// What the system says, as a reason to leave something out.
pub(super) fn unreadable(error: io::Error) -> SkipReason {
    SkipReason::Unreadable(error.to_string())
}

/// The name of a file without the ending that tells how it is compressed.
pub(super) fn without_packing(path: &Path) -> PathBuf {
    let packed = path.extension().and_then(|extension| extension.to_str()).is_some_and(|ending| {
        ["gz", "gzip", "zst", "zstd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    });
    if packed { path.with_extension("") } else { path.to_owned() }
}

/// Reads up to and with the next `\n`, at most `limit` bytes; of a longer line the rest is passed
/// over. Gives how many bytes the line has in all; 0 at the end.
pub(super) fn read_line(
    reader: &mut dyn BufRead,
    limit: usize,
    line: &mut Vec<u8>,
) -> io::Result<u64> {
    let mut length = 0;
    loop {
        let ready = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ready => ready?,
        };
        let (taken, ends) = match memchr::memchr(b'\n', ready) {
            Some(at) => (at + 1, true),
            None => (ready.len(), ready.is_empty()),
        };
        let room = limit.saturating_sub(line.len()).min(taken);
        line.extend_from_slice(&ready[..room]);
        reader.consume(taken);
        length += taken as u64;
        if ends {
            return Ok(length);
        }
    }
}
