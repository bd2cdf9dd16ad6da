//! YAML (and JSON, which is YAML) as a tree whose every part knows its line.

use saphyr_parser::{Event, Parser};

use super::ImportError;

/// A part of the file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// Its line, from 1.
    pub(super) line: usize,
    pub(super) kind: Kind,
}

/// What a part of the file is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// As written, and whether it stands in quotation marks.
    Scalar(String, bool),
    List(Vec<Node>),
    /// Keys in the order of the file.
    Map(Vec<(Node, Node)>),
    /// An alias of another part, which is not followed.
    Alias,
}

impl Node {
    /// The text of a scalar.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Scalar(text, _) => Some(text),
            _ => None,
        }
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        let Kind::Map(pairs) = &self.kind else { return None };
        pairs.iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }
}

/// A part that is not closed yet.
enum Open {
    List(usize, Vec<Node>),
    Map(usize, Vec<(Node, Node)>, Option<Node>),
}

/// Parts inside parts; deeper than any dictionary.
const DEPTH: usize = 200;

/// The first document of the file.
pub(super) fn parse(text: &str) -> Result<Node, ImportError> {
    let mut open: Vec<Open> = Vec::new();
    for item in Parser::new_from_str(text) {
        let (event, span) = item.map_err(|error| ImportError::Shape {
            line: error.marker().line(),
            reason: format!("not YAML: {}", error.info()),
        })?;
        let line = span.start.line();
        let done = match event {
            Event::Scalar(value, style, _, _) => {
                let plain = style == saphyr_parser::ScalarStyle::Plain;
                Node { line, kind: Kind::Scalar(value.into_owned(), !plain) }
            }
            Event::Alias(_) => Node { line, kind: Kind::Alias },
            Event::SequenceStart(..) => {
                open.push(Open::List(line, Vec::new()));
                refuse_depth(&open, line)?;
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(line, Vec::new(), None));
                refuse_depth(&open, line)?;
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(line, items)) => Node { line, kind: Kind::List(items) },
                Some(Open::Map(line, pairs, _)) => Node { line, kind: Kind::Map(pairs) },
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            None => return Ok(done),
            Some(Open::List(_, items)) => items.push(done),
            Some(Open::Map(_, pairs, key)) => match key.take() {
                None => *key = Some(done),
                Some(name) => pairs.push((name, done)),
            },
        }
    }
    Err(ImportError::Shape { line: 1, reason: "the file is empty".to_owned() })
}

fn refuse_depth(open: &[Open], line: usize) -> Result<(), ImportError> {
    if open.len() > DEPTH {
        return Err(ImportError::Shape { line, reason: format!("more than {DEPTH} levels") });
    }
    Ok(())
}
