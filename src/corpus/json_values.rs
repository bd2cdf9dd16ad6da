//! JSON that is not in lines: an array of articles, alone or inside the answer of a service, or one
//! article behind the other.

use std::io::{self, BufRead};

use super::decode::open_lines;
use super::fields::{Role, is_candidate};
use super::format::{NumberedRow, Rows};
use super::json_lines::{self, Line};
use super::problem::SkipReason;
use super::source::{Source, unreadable};
use super::unpack::Bytes;

/// Names under which services and exports keep their articles.
const ARRAYS: [&str; 14] = [
    "articles",
    "items",
    "data",
    "docs",
    "documents",
    "results",
    "hits",
    "entries",
    "posts",
    "stories",
    "records",
    "rows",
    "news",
    "value",
];
/// Names of objects that such an array stands in.
const WRAPPERS: [&str; 5] = ["response", "result", "hits", "data", "feed"];

/// Opens a file of JSON: an array, an object with an array of articles in it, objects one behind the
/// other, or JSON Lines under another name. It is read one article at a time.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    let mut reader = open_lines(source)?;
    let head = reader.fill_buf().map_err(unreadable)?;
    let start = head.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(head.len());
    let (skip, in_array) = match head.get(start) {
        Some(b'[') => (start + 1, true),
        Some(b'{') if is_line(&head[start..]) => {
            return Ok(json_lines::rows(reader, source.limit));
        }
        Some(b'{') => match (Wrapper { json: head, at: start }).array() {
            Some(array) => (array, true),
            None => (start, false),
        },
        _ => (start, false),
    };
    reader.consume(skip);
    let values = Values { reader: Some(reader), in_array, number: 0, limit: source.limit };
    Ok(Rows { header: Vec::new(), is_named: false, rows: Box::new(values) })
}

/// Whether the first line is a whole object and something follows it.
fn is_line(head: &[u8]) -> bool {
    memchr::memchr(b'\n', head).is_some_and(|end| {
        let follows = head[end..].iter().any(|byte| !byte.is_ascii_whitespace());
        follows && serde_json::from_slice::<serde::de::IgnoredAny>(&head[..end]).is_ok()
    })
}

/// The values of an array, or of a file, one at a time.
struct Values {
    /// `None` at the end.
    reader: Option<Bytes>,
    in_array: bool,
    number: u64,
    limit: usize,
}

impl Iterator for Values {
    type Item = NumberedRow;

    fn next(&mut self) -> Option<NumberedRow> {
        let mut value = Vec::new();
        self.number += 1;
        let read =
            next_value(self.reader.as_mut()?.as_mut(), self.in_array, self.limit, &mut value);
        match read {
            Ok(None) => {
                self.reader = None;
                None
            }
            Ok(Some(length)) if length > self.limit as u64 => {
                Some((self.number, Err(SkipReason::TooLong { limit: self.limit })))
            }
            Ok(Some(_)) => Some((self.number, Ok(Box::new(Line(value))))),
            Err(error) => {
                self.reader = None;
                Some((self.number, Err(unreadable(error))))
            }
        }
    }
}

/// Where the reading of a value stands.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
    begun: bool,
}

impl Scan {
    /// Takes a byte of a value; whether the value ends with it, or before it.
    fn step(&mut self, byte: u8) -> Step {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => {
                    self.in_string = false;
                    return if self.depth == 0 { Step::Last } else { Step::Inside };
                }
                _ => {}
            }
            return Step::Inside;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' if self.depth > 0 => {
                self.depth -= 1;
                if self.depth == 0 {
                    return Step::Last;
                }
            }
            b'}' | b']' | b',' if self.depth == 0 => return Step::Behind,
            byte if self.depth == 0 && byte.is_ascii_whitespace() => return Step::Behind,
            _ => {}
        }
        Step::Inside
    }
}

enum Step {
    Inside,
    /// The value ends with this byte.
    Last,
    /// The value ended before this byte.
    Behind,
}

/// Reads the next value into `value`, at most `limit` bytes of it, and gives its length. `None` at
/// the end of the array or of the file.
fn next_value(
    reader: &mut dyn BufRead,
    in_array: bool,
    limit: usize,
    value: &mut Vec<u8>,
) -> io::Result<Option<u64>> {
    let mut scan = Scan::default();
    let mut length = 0_u64;
    loop {
        let ready = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ready => ready?,
        };
        if ready.is_empty() {
            return Ok(scan.begun.then_some(length));
        }
        let mut from = 0;
        let mut end = None;
        for (at, &byte) in ready.iter().enumerate() {
            if !scan.begun {
                match byte {
                    b']' if in_array => return Ok(None),
                    b',' | 0x1E => from = at + 1,
                    _ if byte.is_ascii_whitespace() => from = at + 1,
                    // A stray bracket would never end.
                    b'}' | b']' => {
                        reader.consume(at + 1);
                        value.push(byte);
                        return Ok(Some(1));
                    }
                    _ => scan.begun = true,
                }
                if !scan.begun {
                    continue;
                }
            }
            match scan.step(byte) {
                Step::Inside => {}
                Step::Last => end = Some(at + 1),
                Step::Behind => end = Some(at),
            }
            if end.is_some() {
                break;
            }
        }
        let to = end.unwrap_or(ready.len());
        let room = limit.saturating_sub(value.len()).min(to - from);
        value.extend_from_slice(&ready[from..from + room]);
        length += (to - from) as u64;
        reader.consume(to);
        if end.is_some() {
            return Ok(Some(length));
        }
    }
}

/// Looks into the beginning of an object for the array that holds the articles.
struct Wrapper<'a> {
    json: &'a [u8],
    at: usize,
}

impl Wrapper<'_> {
    /// The byte behind the `[` of the array; none where the object is an article itself.
    fn array(mut self) -> Option<usize> {
        self.at += 1;
        let mut depth = 1;
        loop {
            self.blanks(true);
            match self.json.get(self.at)? {
                b'}' if depth > 1 => {
                    depth -= 1;
                    self.at += 1;
                    continue;
                }
                b'"' => {}
                _ => return None,
            }
            let key = self.value()?;
            let key: String = serde_json::from_slice(key).ok()?;
            self.blanks(false);
            if *self.json.get(self.at)? != b':' {
                return None;
            }
            self.at += 1;
            self.blanks(false);
            let lower = key.to_lowercase();
            match self.json.get(self.at)? {
                b'[' if ARRAYS.contains(&lower.as_str()) && self.holds_objects() => {
                    return Some(self.at + 1);
                }
                b'{' if depth < 3 && WRAPPERS.contains(&lower.as_str()) => {
                    depth += 1;
                    self.at += 1;
                }
                b'"' if depth == 1 && is_candidate(Role::Text, &key) => return None,
                _ => {
                    self.value()?;
                }
            }
        }
    }

    fn blanks(&mut self, commas: bool) {
        while self
            .json
            .get(self.at)
            .is_some_and(|byte| byte.is_ascii_whitespace() || commas && *byte == b',')
        {
            self.at += 1;
        }
    }

    fn holds_objects(&self) -> bool {
        let rest = self.json.get(self.at + 1..).unwrap_or_default();
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{')
    }

    /// Passes over a value and gives it.
    fn value(&mut self) -> Option<&[u8]> {
        let mut scan = Scan::default();
        let from = self.at;
        for (offset, &byte) in self.json.get(from..)?.iter().enumerate() {
            let end = match scan.step(byte) {
                Step::Inside => continue,
                Step::Last => from + offset + 1,
                Step::Behind => from + offset,
            };
            self.at = end;
            return (end > from).then(|| &self.json[from..end]);
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The texts of a file, or what is wrong with a value.
    fn read(json: &str) -> Vec<Result<String, SkipReason>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.json");
        std::fs::write(&path, json).unwrap();
        let source = Source { path, member: None, is_copy: false, limit: 1000 };
        let rows = open(&source).unwrap().rows;
        let text =
            |row: super::super::format::Row| row.values.get("t").cloned().unwrap_or_default();
        rows.map(|(_, row)| row.and_then(|row| row.read()).map(text)).collect()
    }

    fn texts(json: &str) -> Vec<String> {
        read(json).into_iter().map(Result::unwrap).collect()
    }

    #[test]
    fn arrays_answers_and_objects_are_read() {
        assert_eq!(texts(r#" [ {"t":"a]\""} , {"t":"b"}]"#), ["a]\"", "b"]);
        assert_eq!(texts("[]"), [""; 0]);
        assert_eq!(
            texts(r#"{"status":"ok","n":2,"x":[1],"articles":[{"t":"a"},{"t":"b"}],"end":1}"#),
            ["a", "b"]
        );
        assert_eq!(
            texts(r#"{"response":{"meta":{"hits":2},"docs":[{"t":"a"},{"t":"b"}]}}"#),
            ["a", "b"]
        );
        // An article with lists of its own.
        assert_eq!(texts("{\n\"text\":\"x\",\"t\":\"a\",\"items\":[{\"t\":\"no\"}]}"), ["a"]);
        assert_eq!(texts("{\"t\":\"a\"}\n{\"t\":\"b\"}\n"), ["a", "b"]);
        assert_eq!(texts("{\n\"t\":\"a\"}\n{\n\"t\":\"b\"\n}"), ["a", "b"]);
    }

    #[test]
    fn what_is_no_article_is_refused_and_the_rest_is_read() {
        let long = "x".repeat(1000);
        let read = read(&format!(r#"[{{"t":"{long}"}},7,{{"t":}},{{"t":"b"}}]"#));
        assert_eq!(read[0], Err(SkipReason::TooLong { limit: 1000 }));
        assert!(matches!(read[1], Err(SkipReason::NotAnObject { .. })));
        assert!(matches!(read[2], Err(SkipReason::BrokenJson { .. })));
        assert_eq!((read[3].as_deref(), read.len()), (Ok("b"), 4));
    }

    proptest! {
        #[test]
        fn any_json_like_text_ends(json in r#"[\[\]{}",: a\\\n1]{0,60}"#) {
            read(&json);
        }
    }
}
