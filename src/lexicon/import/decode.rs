//! Bytes of any encoding to text with plain line ends.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text, without a byte order mark and with `\n` alone at line ends, and what had to be assumed.
pub(super) fn decode(bytes: &[u8]) -> (String, Option<String>) {
    let (encoding, length) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let body = bytes.get(length..).unwrap_or_default();
    let (text, note) = match encoding.decode_without_bom_handling_and_without_replacement(body) {
        Some(text) => (text, None),
        None => {
            // Every byte has a meaning in it, so that nothing is lost.
            let (text, _) = WINDOWS_1252.decode_without_bom_handling(body);
            let sound = body.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
            let head = &body[..sound];
            let is_end = |at: usize| match head[at] {
                b'\r' => true,
                b'\n' => at == 0 || head[at - 1] != b'\r',
                _ => false,
            };
            let line = (0..head.len()).filter(|&at| is_end(at)).count() + 1;
            let note = format!(
                "the file is not UTF-8 (line {line} is the first that is not) and was read as \
                 Windows-1252"
            );
            (text, Some(note))
        }
    };
    (text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{85}'], "\n"), note)
}

/// The lines of a decoded text, from 1, without blanks at their end.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split('\n').enumerate().map(|(index, line)| (index + 1, line.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::{decode, lines};

    #[test]
    fn old_encodings_and_line_ends() {
        assert_eq!(decode(b"\xef\xbb\xbfa\r\nb\rc\nd").0, "a\nb\nc\nd");
        assert_eq!(decode(b"caf\xe9 \x93x\x94").0, "café “x”");
        assert!(decode(b"caf\xe9").1.is_some() && decode("café".as_bytes()).1.is_none());
        assert_eq!(decode(b"\xff\xfea\0\n\0b\0").0, "a\nb");
        assert_eq!(lines("a \n\nb").collect::<Vec<_>>(), [(1, "a"), (2, ""), (3, "b")]);
    }
}
