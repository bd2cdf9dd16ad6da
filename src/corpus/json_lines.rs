//! JSON Lines: an object a line.

use std::collections::BTreeMap;

use serde_json::Value;

use super::decode::{decode, open_lines};
use super::format::{NumberedRow, RawRow, Row, Rows};
use super::problem::SkipReason;
use super::source::{Source, read_line, unreadable};
use super::unpack::Bytes;

/// Opens a file of JSON Lines.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    Ok(rows(open_lines(source)?, source.limit))
}

/// The lines of a reader as rows; longer ones than `limit` bytes are refused.
pub(super) fn rows(reader: Bytes, limit: usize) -> Rows {
    let lines = Lines { reader: Some(reader), number: 0, limit };
    Rows { header: Vec::new(), is_named: false, rows: Box::new(lines) }
}

struct Lines {
    /// `None` once reading has failed.
    reader: Option<Bytes>,
    number: u64,
    limit: usize,
}

impl Iterator for Lines {
    type Item = NumberedRow;

    fn next(&mut self) -> Option<NumberedRow> {
        loop {
            let mut bytes = Vec::new();
            self.number += 1;
            match read_line(self.reader.as_mut()?.as_mut(), self.limit, &mut bytes) {
                Ok(0) => return None,
                Ok(length) if length > self.limit as u64 => {
                    return Some((self.number, Err(SkipReason::TooLong { limit: self.limit })));
                }
                Ok(_) if bytes.trim_ascii().is_empty() => {}
                Ok(_) => return Some((self.number, Ok(Box::new(Line(bytes))))),
                Err(error) => {
                    self.reader = None;
                    return Some((self.number, Err(unreadable(error))));
                }
            }
        }
    }
}

/// One line, or another value that stands alone, not yet read.
pub(super) struct Line(pub(super) Vec<u8>);

impl RawRow for Line {
    fn size(&self) -> usize {
        self.0.len()
    }

    fn read(self: Box<Self>) -> Result<Row, SkipReason> {
        let mut decoded = decode(self.0);
        let value = match serde_json::from_str(&decoded.text) {
            // Half a surrogate pair is what a careless cut leaves behind.
            Err(_) if decoded.text.contains("\\u") => {
                decoded.note.replaced = decoded.note.replaced.or(Some("Unicode"));
                serde_json::from_str(&without_lone_surrogates(&decoded.text))
            }
            read => read,
        };
        let value: Value = value.map_err(|error| {
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default().to_owned();
            SkipReason::BrokenJson { message, column: error.column() }
        })?;
        let mut values = BTreeMap::new();
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    flatten(name, value, NESTING, &mut values);
                }
                Ok(Row { values, note: decoded.note, ..Row::default() })
            }
            other => Err(SkipReason::NotAnObject { found: kind_of(&other) }),
        }
    }
}

/// How many objects inside one another have fields of their own.
const NESTING: usize = 8;

/// Bytes that the path of an object may have whose fields are named by it: paths would else take up
/// many times what the line does.
pub(super) const LONGEST_PATH: usize = 120;

/// Puts a value under its name; the fields of an object inside become `name.field`, also those of
/// the objects of an array, which are joined as paragraphs.
fn flatten(name: String, value: Value, depth: usize, values: &mut BTreeMap<String, String>) {
    let text = match value {
        Value::Null => return,
        Value::String(text) if text.contains('\r') => super::decode::unix_line_ends(&text),
        Value::String(text) => text,
        Value::Object(fields) if depth > 0 && name.len() <= LONGEST_PATH => {
            for (field, value) in fields {
                flatten(format!("{name}.{field}"), value, depth - 1, values);
            }
            return;
        }
        Value::Array(items) if items.iter().all(Value::is_null) => return,
        // Numbers beside one another are no paragraphs.
        Value::Array(items) if depth > 0 && items.iter().any(is_wordy) => {
            let among_texts = items.iter().any(Value::is_string);
            for item in items {
                match paragraph(item, among_texts) {
                    Ok(text) => put(&name, text, values),
                    Err(item) => flatten(name.clone(), item, depth - 1, values),
                }
            }
            return;
        }
        other => other.to_string(),
    };
    put(&name, text, values);
}

/// Puts a text under a name, behind what stands there as a paragraph of its own.
fn put(name: &str, text: String, values: &mut BTreeMap<String, String>) {
    match values.get_mut(name) {
        Some(known) => {
            known.push_str("\n\n");
            known.push_str(&text);
        }
        None => {
            values.insert(name.to_owned(), text);
        }
    }
}

/// Whether it may hold words.
fn is_wordy(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Object(_) | Value::Array(_))
}

/// Names under which an object among the paragraphs of a list keeps its own.
const PARTS: [&str; 8] =
    ["text", "content", "value", "paragraph", "body", "html", "quote", "caption"];

/// The paragraph that an object among texts is, if it is one: `["One.", {"type": "p", "text": "Two."}]`.
fn paragraph(item: Value, among_texts: bool) -> Result<String, Value> {
    match item {
        Value::Object(mut fields) if among_texts => {
            let part = PARTS.iter().find(|part| fields.get(**part).is_some_and(Value::is_string));
            match part.and_then(|part| fields.remove(*part)) {
                Some(Value::String(text)) => Ok(text),
                _ => Err(Value::Object(fields)),
            }
        }
        other => Err(other),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The same JSON with U+FFFD for every `\uD800` … `\uDFFF` that is not half of a pair.
fn without_lone_surrogates(json: &str) -> String {
    let unit_at = |index: usize| {
        let hex = json.get(index..index + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut clean = String::with_capacity(json.len());
    let mut copied = 0;
    let mut index = 0;
    let bytes = json.as_bytes();
    while let Some(step) = memchr::memchr(b'\\', &bytes[index..]) {
        index += step;
        let (length, lone) = match (unit_at(index), unit_at(index + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(0xD800..=0xDFFF), _) => (6, true),
            _ => (2, false),
        };
        if lone {
            clean.push_str(&json[copied..index]);
            clean.push_str("\\ufffd");
            copied = index + length;
        }
        index = (index + length).min(bytes.len());
    }
    clean.push_str(&json[copied..]);
    clean
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn row(json: &str) -> Result<Row, SkipReason> {
        Box::new(Line(json.as_bytes().to_vec())).read()
    }

    #[test]
    fn values_become_text() {
        let row = row(
            r#"{"a":"x\r\ny","n":1,"none":null,"source":{"id":null,"name":"BBC"},"text":["One.","Two."],"z":[1]}"#,
        );
        let values = row.unwrap().values;
        let shown: Vec<_> = values.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(shown, ["a=x\ny", "n=1", "source.name=BBC", "text=One.\n\nTwo.", "z=[1]"]);
    }

    #[test]
    fn nested_fields_have_paths() {
        let row = row(
            r#"{"a":{"b":{"c":"x"}},"parts":[{"t":"One.","by":{"n":"A"}},{"t":"Two."}],"e":[],"m":[1,{"a":2}]}"#,
        );
        let values = row.unwrap().values;
        let shown: Vec<_> = values.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(shown, ["a.b.c=x", "m=1", "m.a=2", "parts.by.n=A", "parts.t=One.\n\nTwo."]);
    }

    #[test]
    fn lists_of_paragraphs_are_read_whole() {
        let row = row(
            r#"{"text":["One.",{"type":"quote","text":"Two."},null,["Three.",["Four."]],{"type":"image"},5],"n":[null,1,2],"l":[["a"],["b"]]}"#,
        );
        let values = row.unwrap().values;
        let shown: Vec<_> = values.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(
            shown,
            [
                "l=a\n\nb",
                "n=[null,1,2]",
                "text=One.\n\nTwo.\n\nThree.\n\nFour.\n\n5",
                "text.type=image"
            ]
        );
    }

    #[test]
    fn a_long_path_is_not_repeated() {
        let name = "n".repeat(500);
        let values = row(&format!(r#"{{"{name}":{{"a":1,"b":2}}}}"#)).unwrap().values;
        assert_eq!(values, BTreeMap::from([(name, r#"{"a":1,"b":2}"#.to_owned())]));
    }

    #[test]
    fn a_line_beyond_the_limit_is_passed_over() {
        let text = format!("{{\"a\":\"{}\"}}\n{{\"a\":\"y\"}}\n", "x".repeat(100));
        let rows = rows(Box::new(std::io::Cursor::new(text)), 50);
        let read: Vec<_> = rows.rows.map(|(number, row)| (number, row.err())).collect();
        assert_eq!(read, [(1, Some(SkipReason::TooLong { limit: 50 })), (2, None)]);
    }

    #[test]
    fn half_a_surrogate_pair_is_replaced() {
        let values = row(r#"{"a":"\ud83d\ude00 \ud83d cut \\ud83d \ude00"}"#).unwrap().values;
        assert_eq!(values["a"], "😀 \u{fffd} cut \\ud83d \u{fffd}");
    }

    #[test]
    fn a_nul_in_a_string_is_text() {
        assert_eq!(row(r#"{"a":"x\u0000y"}"#).unwrap().values["a"], "x\0y");
    }

    #[test]
    fn broken_lines_say_where() {
        assert!(matches!(row("{\"a\": \"x"), Err(SkipReason::BrokenJson { column: 8, .. })));
        assert_eq!(row("[1]"), Err(SkipReason::NotAnObject { found: "an array" }));
        assert!(matches!(row(&"[".repeat(100_000)), Err(SkipReason::BrokenJson { .. })));
    }

    proptest! {
        #[test]
        fn any_line_is_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = Box::new(Line(bytes)).read();
        }
        #[test]
        fn any_escapes_are_survived(line in r#"(\\u[d][89abcdef][0-9]{0,2}|\\|"|é|u)*"#) {
            let _ = row(&format!("{{\"a\":\"{line}\"}}"));
        }
    }
}
