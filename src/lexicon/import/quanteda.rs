//! quanteda YAML: maps that nest, with words in their leaves. JSON lists are read the same way.

use super::collect::Collector;
use super::written::Wildcards;
use super::yaml::{Kind, Node, parse};
use super::{Format, ImportError};

/// Reads the file. In YAML `*` and `?` stand for letters wherever they are, in JSON a `*` at the end
/// of a term does; a number behind a word in JSON is its weight.
pub(super) fn read(text: &str, format: Format, into: &mut Collector) -> Result<(), ImportError> {
    let root = parse(text)?;
    let wildcards =
        if format == Format::Json { Wildcards::Trailing } else { Wildcards::Everywhere };
    let reader = Reader { json: format == Format::Json, wildcards };
    reader.node(&root, &mut Vec::new(), into);
    Ok(())
}

struct Reader {
    json: bool,
    wildcards: Wildcards,
}

impl Reader {
    fn node(&self, node: &Node, path: &mut Vec<String>, into: &mut Collector) {
        match &node.kind {
            Kind::Scalar(text, quoted) => {
                // `key:` with nothing behind it.
                if *quoted || !matches!(text.as_str(), "" | "~") {
                    let category = category(path, into);
                    into.add(category, node.line, text, self.wildcards, None);
                }
            }
            Kind::List(items) => items.iter().for_each(|item| self.node(item, path, into)),
            Kind::Map(pairs) => {
                for (key, value) in pairs {
                    self.pair(key, value, path, into);
                }
            }
            Kind::Alias => into.skip(node.line, "*", "are YAML aliases"),
        }
    }

    fn pair(&self, key: &Node, value: &Node, path: &mut Vec<String>, into: &mut Collector) {
        let Some(name) = key.text() else {
            into.skip(key.line, "?", "are keys that are no words");
            return;
        };
        if let (true, Some(weight)) = (self.json, number(value)) {
            let category = category(path, into);
            into.add(category, key.line, name, self.wildcards, Some(weight));
            return;
        }
        // A node's own words beside its children stand under `__`.
        let inner = name != "__";
        if inner {
            path.push(name.to_owned());
        }
        self.node(value, path, into);
        if inner {
            path.pop();
        }
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.kind {
        Kind::Scalar(text, false) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

fn category(path: &[String], into: &mut Collector) -> usize {
    if path.is_empty() { into.list() } else { into.category(&path.join(" > ")) }
}
