//! Bytes to text: UTF-8 with or without byte order mark, UTF-16 with one, else a guess.

use std::io::{self, BufRead, BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::problem::SkipReason;
use super::source::{Source, unreadable};
use super::unpack::Bytes;

/// How much of a file is looked at before it is called binary, in bytes.
const LOOKED_AT: usize = 8 << 10;

/// Text with what had to be assumed to read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) note: EncodingNote,
}

/// What had to be assumed to read a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct EncodingNote {
    /// The encoding that was guessed.
    pub(super) guessed: Option<&'static str>,
    /// The encoding some of whose bytes had to be replaced by U+FFFD.
    pub(super) replaced: Option<&'static str>,
}

/// Decodes a whole file, or says that it is no text.
pub(super) fn decode_file(bytes: Vec<u8>) -> Result<Decoded, SkipReason> {
    if is_binary(&bytes) {
        return Err(SkipReason::Binary);
    }
    let mut decoded = match Encoding::for_bom(&bytes) {
        Some((encoding, length)) if encoding != UTF_8 => {
            decode_as(encoding, &bytes[length..], false)
        }
        Some((_, length)) => decode(bytes[length..].to_vec()),
        None => match utf16_without_mark(&bytes) {
            Some(encoding) => decode_as(encoding, &bytes, true),
            None => decode(bytes),
        },
    };
    if decoded.text.contains('\r') {
        decoded.text = unix_line_ends(&decoded.text);
    }
    Ok(decoded)
}

/// Decodes a whole file that says in which encoding it is written. UTF-8 is believed where it is
/// sound, whatever is said: pages are often saved in it without correcting what they say.
pub(super) fn decode_declared(
    bytes: Vec<u8>,
    declared: Option<&'static Encoding>,
) -> Result<Decoded, SkipReason> {
    let is_sound = || std::str::from_utf8(&bytes).is_ok() || Encoding::for_bom(&bytes).is_some();
    match declared.filter(|encoding| *encoding != UTF_8) {
        Some(encoding) if !is_sound() => {
            if is_binary(&bytes) {
                return Err(SkipReason::Binary);
            }
            let mut decoded = decode_as(encoding, &bytes, false);
            decoded.text = unix_line_ends(&decoded.text);
            Ok(decoded)
        }
        _ => decode_file(bytes),
    }
}

/// Decodes bytes that have no byte order mark. Never fails: bytes that can't be read are replaced.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Decoded { text, note: EncodingNote::default() },
        Err(error) => error.into_bytes(),
    };
    Reading::of(&bytes).decode(&bytes)
}

/// How bytes without a mark are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Reading {
    /// As UTF-8, some of which may be damaged.
    Utf8,
    /// As UTF-8 into which pieces in Windows-1252 were pasted.
    Mixed,
    /// In an encoding that was guessed.
    Guessed(&'static Encoding),
}

impl Reading {
    /// How to read these bytes.
    pub(super) fn of(bytes: &[u8]) -> Self {
        if std::str::from_utf8(bytes).is_ok() {
            return Self::Utf8;
        }
        // UTF-8 with a few broken places is not another encoding, and one in which half of what is not
        // ASCII is UTF-8 is none alone: a guess would garble the rest.
        match utf8_chunks(bytes) {
            (sound, broken) if sound > 4 * broken => return Self::Utf8,
            (sound, broken) if 2 * sound >= broken => return Self::Mixed,
            _ => (),
        }
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        Self::Guessed(detector.guess(None, Utf8Detection::Deny))
    }

    /// Decodes bytes so, or a part of them.
    pub(super) fn decode(self, bytes: &[u8]) -> Decoded {
        match self {
            Self::Utf8 => decode_as(UTF_8, bytes, false),
            Self::Guessed(encoding) => decode_as(encoding, bytes, true),
            Self::Mixed => {
                let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
                for chunk in bytes.utf8_chunks() {
                    text.push_str(chunk.valid());
                    text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
                }
                let guessed = Some("UTF-8 mixed with windows-1252");
                Decoded { text, note: EncodingNote { guessed, replaced: None } }
            }
        }
    }
}

/// Decodes bytes in a known encoding.
fn decode_as(encoding: &'static Encoding, bytes: &[u8], guessed: bool) -> Decoded {
    let (text, replaced) = encoding.decode_without_bom_handling(bytes);
    Decoded {
        text: text.into_owned(),
        note: EncodingNote {
            guessed: guessed.then(|| encoding.name()),
            replaced: replaced.then(|| encoding.name()),
        },
    }
}

/// Windows and old Macintosh line ends as `\n`, so that a blank line is a blank line to all that
/// read the text.
pub(super) fn unix_line_ends(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// How many characters beyond ASCII are sound UTF-8, and how many places are broken.
fn utf8_chunks(bytes: &[u8]) -> (usize, usize) {
    let (mut sound, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (sound, broken)
}

/// The byte order of UTF-16 that forgot its mark: Western text has a NUL in every other place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    if head.len() < 8 {
        return None;
    }
    let pairs = head.len() / 2;
    let nul_at = |place: usize| head.chunks_exact(2).filter(|pair| pair[place] == 0).count();
    match (nul_at(0), nul_at(1)) {
        (first, second) if second * 10 >= pairs * 8 && first * 20 < pairs => Some(UTF_16LE),
        (first, second) if first * 10 >= pairs * 8 && second * 20 < pairs => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a file is no text, from how it begins. A NUL in a text is text; a file that announces
/// another format, or that is full of control characters, is not.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 18] = [
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"GIF8",
        b"\xFF\xD8\xFF",
        b"\x7FELF",
        b"\x1F\x8B",
        b"\x28\xB5\x2F\xFD",
        b"BZh",
        b"\xFD7zXZ",
        b"7z\xBC\xAF",
        b"\xD0\xCF\x11\xE0",
        b"PAR1",
        b"SQLite format 3\0",
        b"OggS",
        b"{\\rtf",
        // UTF-32; its first half is the mark of UTF-16.
        b"\xFF\xFE\0\0",
        b"\0\0\xFE\xFF",
    ];
    if SIGNATURES.iter().any(|signature| bytes.starts_with(signature)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(LOOKED_AT)];
    if Encoding::for_bom(head).is_some() || utf16_without_mark(head).is_some() {
        return false;
    }
    let controls = head
        .iter()
        .filter(|&&byte| byte < 0x20 && !matches!(byte, b'\t'..=b'\r' | 0x1B) || byte == 0x7F)
        .count();
    let is_utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The head may end in the middle of a character.
        Err(error) => error.error_len().is_none(),
    };
    controls > if is_utf8 { head.len() * 3 / 10 } else { head.len() / 50 }
}

/// Opens a table for reading by lines: its mark is dropped, UTF-16 comes out as UTF-8, and all
/// other bytes as they are.
pub(super) fn open_lines(source: &Source) -> Result<Bytes, SkipReason> {
    let mut reader = source.open()?;
    let head = reader.fill_buf().map_err(unreadable)?;
    if is_binary(head) {
        return Err(SkipReason::Binary);
    }
    let (encoding, mark) = match Encoding::for_bom(head) {
        Some((encoding, length)) => (encoding, length),
        None => (utf16_without_mark(head).unwrap_or(UTF_8), 0),
    };
    reader.consume(mark);
    Ok(if encoding == UTF_8 {
        reader
    } else {
        Box::new(BufReader::new(Transcoder {
            reader,
            decoder: encoding.new_decoder_without_bom_handling(),
            ready: Vec::new(),
            given: 0,
            ended: false,
        }))
    })
}

/// A reader of UTF-8 over a reader of another encoding.
struct Transcoder {
    reader: Bytes,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl Transcoder {
    fn refill(&mut self) -> io::Result<()> {
        // A compressed file gives what it has; the output grows with the input.
        let input = self.reader.fill_buf()?;
        self.ended = input.is_empty();
        let room = self.decoder.max_utf8_buffer_length(input.len()).unwrap_or(16 << 10);
        self.ready.resize(room, 0);
        let (_, read, written, _) = self.decoder.decode_to_utf8(input, &mut self.ready, self.ended);
        self.reader.consume(read);
        self.ready.truncate(written);
        self.given = 0;
        Ok(())
    }
}

impl Read for Transcoder {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let left = &self.ready[self.given..];
        let count = left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: &[u8], little: bool) -> Vec<u8> {
        let mut bytes = mark.to_vec();
        for unit in text.encode_utf16() {
            bytes.extend(if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        }
        bytes
    }

    #[test]
    fn marks_decide() {
        let text = "Raúl said “no”";
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            utf16(text, b"\xFF\xFE", true),
            utf16(text, b"\xFE\xFF", false),
        ] {
            let decoded = decode_file(bytes).unwrap();
            assert_eq!(decoded.text, text);
            assert_eq!(decoded.note, EncodingNote::default());
        }
    }

    #[test]
    fn utf16_without_a_mark_is_a_guess() {
        let text = "The minister spoke in Ottawa.";
        let decoded = decode_file(utf16(text, b"", true)).unwrap();
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.note, EncodingNote { guessed: Some("UTF-16LE"), replaced: None });
    }

    #[test]
    fn windows_1252_is_guessed_and_said() {
        let bytes = b"Le r\xE9gime a annonc\xE9 que les n\xE9gociations \xE9taient termin\xE9es.";
        let decoded = decode_file(bytes.to_vec()).unwrap();
        assert!(decoded.text.starts_with("Le régime a annoncé"));
        assert_eq!(decoded.note.guessed, Some("windows-1252"));
    }

    #[test]
    fn pieces_of_another_encoding_are_read_as_such() {
        let mut bytes = "Raúl said: “No,” and “No.” ".as_bytes().to_vec();
        bytes.extend(b"The r\xE9gime\x92s \x93caf\xE9\x94.");
        let decoded = decode_file(bytes).unwrap();
        assert_eq!(decoded.text, "Raúl said: “No,” and “No.” The régime’s “café”.");
        assert_eq!(decoded.note.guessed, Some("UTF-8 mixed with windows-1252"));
    }

    #[test]
    fn one_broken_byte_does_not_garble_the_rest() {
        let mut bytes = "“One” – “two” – “three” é".as_bytes().to_vec();
        bytes.push(0xFF);
        let decoded = decode_file(bytes).unwrap();
        assert!(decoded.text.starts_with("“One” – “two”"));
        assert_eq!(decoded.note, EncodingNote { guessed: None, replaced: Some("UTF-8") });
    }

    #[test]
    fn a_nul_is_text_and_a_picture_is_not() {
        assert_eq!(decode_file(b"one\0two three".to_vec()).unwrap().text, "one\0two three");
        assert_eq!(decode_file(b"\x89PNG\r\n\x1a\n".to_vec()), Err(SkipReason::Binary));
        let noise: Vec<u8> =
            (0..4096_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode_file(noise), Err(SkipReason::Binary));
        assert_eq!(decode_file(vec![0; 4096]), Err(SkipReason::Binary));
    }

    #[test]
    fn line_ends_are_made_equal() {
        assert_eq!(decode_file(b"a\r\n\r\nb\rc".to_vec()).unwrap().text, "a\n\nb\nc");
    }
}
