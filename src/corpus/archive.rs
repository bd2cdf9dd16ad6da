//! Zip archives: a folder in one file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rawzip::{CompressionMethod, ZipArchive};

use super::problem::SkipReason;
use super::source::unreadable;
use super::unpack::{Bytes, Counted, guarded};

/// A file inside an archive.
#[derive(Debug)]
pub(super) struct Member {
    /// The archive.
    archive: Arc<PathBuf>,
    /// Where its bytes stand in the archive.
    from: u64,
    length: u64,
    method: CompressionMethod,
    /// What the archive says of the bytes that come out.
    crc: u32,
    size: u64,
}

/// What a listing of an archive gives: the members that are files, with their names.
pub(super) type Members = Vec<(String, Result<Arc<Member>, SkipReason>)>;

/// Whether a file's name is that of an archive.
pub(super) fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// The files in an archive, in the order of their names.
///
/// # Errors
/// A file that is no archive, or one whose members lie over one another, as in a bomb.
pub(super) fn members(path: &Path) -> Result<Members, SkipReason> {
    let damaged = |error: rawzip::Error| {
        SkipReason::Unreadable(format!("the archive is damaged or no zip file: {error}"))
    };
    let archive = Arc::new(path.to_owned());
    let file = File::open(path).map_err(unreadable)?;
    let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
    let zip = ZipArchive::from_file(file, &mut buffer).map_err(damaged)?;
    let mut found: Members = Vec::new();
    let mut ranges = Vec::new();
    let mut entries = zip.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(damaged)? {
        if entry.is_dir() {
            continue;
        }
        let name = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
        let member = match zip.get_entry(entry.wayfinder()) {
            _ if entry.flags().is_encrypted() => Err(SkipReason::Unreadable(
                "it is encrypted; unpack the archive with its password".to_owned(),
            )),
            Err(error) => Err(damaged(error)),
            Ok(data) => {
                let (from, to) = data.compressed_data_range();
                ranges.push((from, to));
                Ok(Arc::new(Member {
                    archive: Arc::clone(&archive),
                    from,
                    length: to.saturating_sub(from),
                    method: entry.compression_method(),
                    crc: entry.crc32(),
                    size: entry.uncompressed_size_hint(),
                }))
            }
        };
        found.push((name, member));
    }
    ranges.sort_unstable();
    if ranges.windows(2).any(|pair| pair[1].0 < pair[0].1) {
        return Err(SkipReason::Unreadable(
            "members of the archive lie over one another, as in a file that is made to fill the \
             disk of whoever unpacks it"
                .to_owned(),
        ));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

impl Member {
    /// The bytes of the file.
    pub(super) fn open(&self) -> io::Result<Bytes> {
        let mut file = File::open(self.archive.as_path())?;
        file.seek(SeekFrom::Start(self.from))?;
        let (counted, taken) = Counted::new(file.take(self.length));
        let packed = BufReader::with_capacity(32 << 10, counted);
        match self.method {
            CompressionMethod::STORE => Ok(guarded(self.checked(packed), taken)),
            CompressionMethod::DEFLATE => {
                Ok(guarded(self.checked(flate2::bufread::DeflateDecoder::new(packed)), taken))
            }
            other => Err(io::Error::other(format!(
                "it is compressed in a way that is not read here ({other:?}); unpack the archive"
            ))),
        }
    }

    fn checked<R: Read>(&self, reader: R) -> Checked<R> {
        Checked { reader, crc: flate2::Crc::new(), said: self.crc, size: self.size, given: 0 }
    }
}

/// A reader that compares what it gave with what the archive says of it.
struct Checked<R> {
    reader: R,
    crc: flate2::Crc,
    said: u32,
    size: u64,
    given: u64,
}

impl<R: Read> Read for Checked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.crc.update(&buffer[..read]);
        self.given += read as u64;
        let ended = read == 0 && !buffer.is_empty();
        if self.given > self.size || ended && (self.given, self.crc.sum()) != (self.size, self.said)
        {
            return Err(io::Error::other("the bytes are not those that the archive announces"));
        }
        Ok(read)
    }
}
