//! Names of press agencies that make a short line a photo credit.

use super::pattern_edges::Edges;

/// The agencies, each looked for only where a line begins or ends like it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Agencies {
    names: Vec<String>,
    /// Lines that begin with a name, then lines that end with one.
    edges: [Edges; 2],
}

impl Agencies {
    /// # Errors
    /// A name of which no expression can be made.
    pub fn new(names: Vec<String>) -> Result<Self, Box<regex_syntax::Error>> {
        Ok(Self { edges: Edges::of_names(&names)?, names })
    }

    /// The agencies with what was found out about them before.
    pub fn unpacked(names: Vec<String>, edges: [Edges; 2]) -> Self {
        Self { names, edges }
    }

    /// Whether the trimmed line is an agency and one to three capitalised words, or the other way
    /// round.
    pub fn credit(&self, line: &str) -> bool {
        let [head, tail] = &self.edges;
        head.allowed(line.as_bytes()).any(|index| {
            let rest = self.names.get(index).and_then(|name| line.strip_prefix(name.as_str()));
            rest.is_some_and(names_somebody)
        }) || tail.allowed(line.as_bytes()).any(|index| {
            let name = self.names.get(index).map_or("", String::as_str);
            !line.starts_with(name) && line.strip_suffix(name).is_some_and(names_somebody)
        })
    }
}

fn names_somebody(rest: &str) -> bool {
    let rest = rest.trim_matches([' ', '/', '|', '-', '–', '—', ',', ':', '(', ')']);
    let words = rest.split([' ', '/']).filter(|word| !word.is_empty());
    let mut number = 0;
    let capital = words.inspect(|_| number += 1).all(|word| word.starts_with(char::is_uppercase));
    capital && number <= 3 && !rest.ends_with(['.', '!', '?'])
}
