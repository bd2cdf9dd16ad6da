//! Yoshikoder `.ykd`: categories (`cnode`) that nest, with patterns (`pnode`) in them.

use roxmltree::{Document, Node, ParsingOptions};

use super::ImportError;
use super::collect::Collector;
use super::written::Wildcards;

/// Reads the file. `*` stands for any letters.
pub(super) fn read(text: &str, into: &mut Collector) -> Result<(), ImportError> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| {
        ImportError::Shape { line: error.pos().row as usize, reason: format!("not XML: {error}") }
    })?;
    let mut top = document.root_element();
    // A single node around everything is the name of the dictionary.
    let only_child = |node: Node<'_, '_>| node.children().filter(Node::is_element).count() == 1;
    if only_child(top)
        && let Some(child) = top.first_element_child()
        && child.has_tag_name("cnode")
        && child.children().any(|inner| inner.has_tag_name("cnode"))
        && !child.children().any(|inner| inner.has_tag_name("pnode"))
    {
        top = child;
    }
    descend(top, &mut Lines { text, at: 0, line: 1 }, &mut Vec::new(), into);
    Ok(())
}

/// Lines of places that only move on.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, place: usize) -> usize {
        if let Some(between) = self.text.as_bytes().get(self.at..place) {
            self.line += memchr::memchr_iter(b'\n', between).count();
            self.at = place;
        }
        self.line
    }
}

fn descend(
    node: Node<'_, '_>,
    lines: &mut Lines<'_>,
    path: &mut Vec<String>,
    into: &mut Collector,
) {
    for child in node.children().filter(Node::is_element) {
        let line = lines.of(child.range().start);
        let name = child.attribute("name").unwrap_or_default().trim();
        if child.has_tag_name("cnode") {
            path.push(name.to_owned());
            if let Some(description) =
                child.attribute("desc").filter(|text| !text.trim().is_empty())
            {
                let category = into.category(&path.join(" > "));
                into.describe(category, description);
            }
            descend(child, lines, path, into);
            path.pop();
        } else if child.has_tag_name("pnode") {
            let category =
                if path.is_empty() { into.list() } else { into.category(&path.join(" > ")) };
            let wildcards =
                if name.contains('?') { Wildcards::Trailing } else { Wildcards::Everywhere };
            into.add(category, line, name, wildcards, None);
        } else {
            into.skip(line, child.tag_name().name(), "are elements other than cnode and pnode");
        }
    }
}
