//! Compressed files: gzip and Zstandard, told by how they begin, expanded while they are read.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes that come out before the ratio is looked at.
const ALWAYS_ALLOWED: u64 = 64 << 20;
/// Text shrinks to a fourth or a tenth, tables of repeated rows to a fiftieth.
const HIGHEST_RATIO: u64 = 250;
/// The longest stretch that a Zstandard file may refer back to, in bytes: what `zstd --ultra -22`
/// writes.
const ZSTD_WINDOW: u64 = 128 << 20;

const GZIP: &[u8] = b"\x1F\x8B\x08";
const ZSTD: &[u8] = b"\x28\xB5\x2F\xFD";

/// A reader of bytes that may be handed to another thread.
pub(super) type Bytes = Box<dyn BufRead + Send>;

/// The bytes as they are, or expanded where they begin as a compressed file does.
pub(super) fn unpacked(mut reader: Bytes) -> io::Result<Bytes> {
    let head = reader.fill_buf()?;
    if head.starts_with(GZIP) {
        let (counted, taken) = Counted::new(reader);
        let decoder = flate2::bufread::MultiGzDecoder::new(BufReader::new(counted));
        return Ok(guarded(decoder, taken));
    }
    if head.starts_with(ZSTD) {
        let (counted, taken) = Counted::new(reader);
        return Ok(guarded(Zstandard { source: BufReader::new(counted), frame: None }, taken));
    }
    Ok(reader)
}

/// A reader that refuses to give much more than it took.
pub(super) fn guarded(decoder: impl Read + Send + 'static, taken: Arc<AtomicU64>) -> Bytes {
    Box::new(BufReader::with_capacity(
        64 << 10,
        Guarded { decoder, taken, given: 0, free: ALWAYS_ALLOWED },
    ))
}

/// A reader that counts the bytes that it gives.
pub(super) struct Counted<R> {
    reader: R,
    taken: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// The reader and its count.
    pub(super) fn new(reader: R) -> (Self, Arc<AtomicU64>) {
        let taken = Arc::new(AtomicU64::new(0));
        (Self { reader, taken: Arc::clone(&taken) }, taken)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.taken.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

struct Guarded<D> {
    decoder: D,
    taken: Arc<AtomicU64>,
    given: u64,
    /// Bytes that come out before the ratio is looked at.
    free: u64,
}

impl<D: Read> Read for Guarded<D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::UnexpectedEof => io::Error::new(
                io::ErrorKind::UnexpectedEof,
                "the compressed data end too early; fetch or copy the file again",
            ),
            io::ErrorKind::Interrupted => error,
            kind => io::Error::new(kind, format!("the compressed data are damaged: {error}")),
        })?;
        self.given += read as u64;
        let allowed = self.taken.load(Ordering::Relaxed).saturating_mul(HIGHEST_RATIO);
        if self.given > self.free && self.given > allowed {
            return Err(io::Error::other(format!(
                "it expands to more than {HIGHEST_RATIO} times its size, as no text does; if it is \
                 meant, unpack it yourself"
            )));
        }
        Ok(read)
    }
}

/// A Zstandard file: one frame behind the other.
struct Zstandard<R: BufRead> {
    source: R,
    frame: Option<FrameDecoder>,
}

impl<R: BufRead> Zstandard<R> {
    /// Begins the next frame; none at the end.
    fn begin(&mut self) -> io::Result<Option<FrameDecoder>> {
        while !self.source.fill_buf()?.is_empty() {
            let mut frame = FrameDecoder::new();
            frame.set_max_window_size(ZSTD_WINDOW);
            match frame.init(&mut self.source) {
                Ok(()) => return Ok(Some(frame)),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    io::copy(&mut (&mut self.source).take(u64::from(length)), &mut io::sink())?;
                }
                Err(error) => return Err(fault(&mut self.source, &error)),
            }
        }
        Ok(None)
    }
}

/// What a fault is: a file that ends where more should come is cut off.
fn fault(source: &mut impl BufRead, error: &impl std::fmt::Display) -> io::Error {
    match source.fill_buf() {
        Ok([]) => io::ErrorKind::UnexpectedEof.into(),
        _ => io::Error::other(error.to_string()),
    }
}

impl<R: BufRead> Read for Zstandard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let mut frame = match self.frame.take() {
                Some(frame) => frame,
                None => match self.begin()? {
                    Some(frame) => frame,
                    None => return Ok(0),
                },
            };
            while frame.can_collect() == 0 && !frame.is_finished() {
                frame
                    .decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(|error| fault(&mut self.source, &error))?;
            }
            let read = frame.read(buffer)?;
            let ended = frame.is_finished() && frame.can_collect() == 0;
            self.frame = (!ended).then_some(frame);
            if read > 0 {
                return Ok(read);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(text).expect("written");
        encoder.finish().expect("finished")
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        use ruzstd::encoding::{CompressionLevel, compress_to_vec};
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    fn read(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        unpacked(Box::new(Cursor::new(bytes)))?.read_to_end(&mut text)?;
        Ok(text)
    }

    #[test]
    fn members_and_frames_follow_one_another() {
        assert_eq!(read([gzip(b"one "), gzip(b"two")].concat()).expect("read"), b"one two");
        let skippable = b"\x50\x2A\x4D\x18\x03\0\0\0xyz";
        let frames = [zstd(b"one "), skippable.to_vec(), zstd(b""), zstd(b"two")].concat();
        assert_eq!(read(frames).expect("read"), b"one two");
        assert_eq!(read(b"plain".to_vec()).expect("read"), b"plain");
        assert_eq!(read(Vec::new()).expect("read"), b"");
    }

    #[test]
    fn what_is_cut_off_is_said() {
        for packed in [gzip(&b"some text ".repeat(100)), zstd(&b"some text ".repeat(100))] {
            let error = read(packed[..packed.len() - 6].to_vec()).expect_err("refused");
            assert!(error.to_string().contains("compressed data"), "{error}");
        }
    }

    #[test]
    fn what_grows_without_end_is_refused() {
        // A frame of blocks that each say "128 KiB of this byte" in four bytes.
        let mut frame = b"\x28\xB5\x2F\xFD\0\x38".to_vec();
        for last in (0..800).map(|block| u32::from(block == 799)) {
            frame.extend_from_slice(&((128 << 10) << 3 | 1 << 1 | last).to_le_bytes()[..3]);
            frame.push(b'x');
        }
        let error = read(frame).expect_err("refused");
        assert!(error.to_string().contains("250 times"), "{error}");
        let packed = gzip(&vec![0; 1 << 20]);
        let (counted, taken) = Counted::new(Cursor::new(packed));
        let decoder = flate2::bufread::MultiGzDecoder::new(BufReader::new(counted));
        let mut guarded = Guarded { decoder, taken, given: 0, free: 1 << 10 };
        let error = guarded.read_to_end(&mut Vec::new()).expect_err("refused");
        assert!(error.to_string().contains("250 times"), "{error}");
    }
}
