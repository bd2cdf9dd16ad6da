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
    let answer = match head.get(start) {
        Some(b'{') if is_line(&head[start..]) => {
            return Ok(json_lines::rows(reader, source.limit));
        }
        Some(b'{') => (Wrapper { json: head, at: start }).array(),
        _ => None,
    };
    let mut other_lists = Lists::default();
    let place = match answer {
        Some(array) => {
            other_lists.look_at(&head[..array - 1]);
            reader.consume(array);
            Place::Answer
        }
        None => Place::Top,
    };
    let limit = source.limit;
    let values = Values { reader: Some(reader), place, other_lists, number: 0, limit };
    Ok(Rows { header: Vec::new(), is_named: false, rows: Box::new(values) })
}

/// Whether the first line is a whole object and something follows it.
fn is_line(head: &[u8]) -> bool {
    memchr::memchr(b'\n', head).is_some_and(|end| {
        let follows = head[end..].iter().any(|byte| !byte.is_ascii_whitespace());
        follows && serde_json::from_slice::<serde::de::IgnoredAny>(&head[..end]).is_ok()
    })
}

/// Where the values stand that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// One behind the other.
    Top,
    /// In an array, behind which others may stand.
    Array,
    /// In the array of an object that is the answer of a service.
    Answer,
}

/// The values of arrays, or of a file, one at a time.
struct Values {
    /// `None` at the end.
    reader: Option<Bytes>,
    place: Place,
    /// Lists in an answer beside the one that is read.
    other_lists: Lists,
    number: u64,
    limit: usize,
}

impl Values {
    /// Reads the next value and gives its length; `None` at the end.
    fn value(&mut self, value: &mut Vec<u8>) -> Result<Option<u64>, SkipReason> {
        let Some(reader) = self.reader.as_mut() else { return Ok(None) };
        loop {
            if self.place == Place::Top && peek(reader.as_mut()).map_err(unreadable)? == Some(b'[')
            {
                reader.consume(1);
                self.place = Place::Array;
            }
            let in_array = self.place != Place::Top;
            let length = next_value(reader.as_mut(), in_array, self.limit, value);
            match (length.map_err(unreadable)?, self.place) {
                (None, Place::Top) => return Ok(None),
                (None, place) => {
                    if peek(reader.as_mut()).map_err(unreadable)?.is_none() {
                        return Err(SkipReason::CutOff);
                    }
                    reader.consume(1);
                    if place == Place::Answer {
                        self.other_lists.look_at_rest(reader.as_mut()).map_err(unreadable)?;
                        let found = self.other_lists.found;
                        return if found { Err(SkipReason::OtherLists) } else { Ok(None) };
                    }
                    self.place = Place::Top;
                }
                (length, _) => return Ok(length),
            }
        }
    }
}

impl Iterator for Values {
    type Item = NumberedRow;

    fn next(&mut self) -> Option<NumberedRow> {
        self.reader.as_ref()?;
        let mut value = Vec::new();
        self.number += 1;
        match self.value(&mut value) {
            Ok(None) => {
                self.reader = None;
                None
            }
            Ok(Some(length)) if length > self.limit as u64 => {
                Some((self.number, Err(SkipReason::TooLong { limit: self.limit })))
            }
            Ok(Some(_)) => Some((self.number, Ok(Box::new(Line(value))))),
            Err(reason) => {
                self.reader = None;
                Some((self.number, Err(reason)))
            }
        }
    }
}

/// The next byte behind blanks and commas, without taking it.
fn peek(reader: &mut dyn BufRead) -> io::Result<Option<u8>> {
    loop {
        let ready = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            ready => ready?,
        };
        if ready.is_empty() {
            return Ok(None);
        }
        let passed = ready.iter().position(|byte| !is_between(*byte)).unwrap_or(ready.len());
        let next = ready.get(passed).copied();
        reader.consume(passed);
        if next.is_some() {
            return Ok(next);
        }
    }
}

/// What stands between values: blanks, commas, the separator of JSON text sequences.
fn is_between(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b',' | 0x1E)
}

/// Looks for lists of objects in a piece of JSON.
#[derive(Default)]
struct Lists {
    found: bool,
    in_string: bool,
    escaped: bool,
    opened: bool,
}

impl Lists {
    fn look_at(&mut self, json: &[u8]) {
        for &byte in json {
            if self.in_string {
                self.in_string = self.escaped || byte != b'"';
                self.escaped = !self.escaped && byte == b'\\';
                continue;
            }
            self.found |= self.opened && byte == b'{';
            self.in_string = byte == b'"';
            self.opened = byte == b'[' || self.opened && byte.is_ascii_whitespace();
        }
    }

    fn look_at_rest(&mut self, reader: &mut dyn BufRead) -> io::Result<()> {
        loop {
            let ready = match reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                ready => ready?,
            };
            if ready.is_empty() {
                return Ok(());
            }
            self.look_at(ready);
            let length = ready.len();
            reader.consume(length);
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
                    byte if is_between(byte) => from = at + 1,
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
        // Arrays one behind the other, and among objects.
        assert_eq!(texts(r#"[{"t":"a"}][{"t":"b"}] [] {"t":"c"}"#), ["a", "b", "c"]);
        // An article with lists of its own.
        assert_eq!(texts("{\n\"text\":\"x\",\"t\":\"a\",\"items\":[{\"t\":\"no\"}]}"), ["a"]);
        assert_eq!(texts("{\"t\":\"a\"}\n{\"t\":\"b\"}\n"), ["a", "b"]);
        assert_eq!(texts("{\n\"t\":\"a\"}\n{\n\"t\":\"b\"\n}"), ["a", "b"]);
    }

    #[test]
    fn what_is_not_read_of_an_answer_is_said() {
        for json in [
            r#"{"articles":[{"t":"a"}],"n":[1],"related":[ {"t":"[{"}]}"#,
            r#"{"related":[{"t":"no"}],"articles":[{"t":"a"}]}"#,
        ] {
            let read = read(json);
            assert_eq!(read, [Ok("a".to_owned()), Err(SkipReason::OtherLists)], "{json}");
        }
        for json in [r#"[{"t":"a"}"#, r#"{"articles":[{"t":"a"},"#] {
            assert_eq!(read(json), [Ok("a".to_owned()), Err(SkipReason::CutOff)], "{json}");
        }
        assert_eq!(texts(r#"{"articles":[{"t":"a"}],"x":"[{\"","y":[[],{}]}"#), ["a"]);
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
