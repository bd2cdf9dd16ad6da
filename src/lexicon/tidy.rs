//! Putting a lexicon file in order: terms sorted, exact duplicates removed, comments kept.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, DocumentMut, Item, Value};

/// A file put in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The new text.
    pub text: String,
    /// How many duplicates were removed.
    pub removed: usize,
    /// Nothing was changed, because with these comments in their places a term would be lost.
    pub refused: bool,
}

/// Sorts the terms of each category (without regard to case) and removes entries that say exactly
/// what an earlier one of the category says. A comment on a line of its own opens a section, which
/// keeps its place and is sorted by itself; a comment behind an entry goes with the entry.
///
/// # Errors
/// Where `source` is not TOML.
pub fn tidy(source: &str) -> Result<Tidied, toml_edit::TomlError> {
    let mut document: DocumentMut = source.parse()?;
    let mut removed = 0;
    let categories = document.get_mut("category").and_then(Item::as_array_of_tables_mut);
    for category in categories.into_iter().flat_map(|tables| tables.iter_mut()) {
        if let Some(terms) = category.get_mut("terms").and_then(Item::as_array_mut) {
            removed += tidy_terms(terms);
        }
    }
    let text = document.to_string();
    if terms_of(&text) != terms_of(source) {
        return Ok(Tidied { text: source.to_owned(), removed: 0, refused: true });
    }
    Ok(Tidied { text, removed, refused: false })
}

/// The terms of each category without their places and order; `None` for what is not TOML.
fn terms_of(source: &str) -> Option<Vec<(String, BTreeSet<String>)>> {
    source.parse::<DocumentMut>().ok()?;
    let lexicon = super::parse(source, "").lexicon;
    let terms = |category: super::Category| {
        let term = |term: super::Term| format!("{:?}", super::Term { place: 0..0, ..term });
        (category.id, category.terms.into_iter().map(term).collect())
    };
    Some(lexicon.categories.into_iter().map(terms).collect())
}

/// An entry with what is written around it.
struct Entry {
    value: Value,
    /// Comment lines and blank lines before it, the line break before it included; empty if the
    /// entry goes on in the line of the one before.
    before: String,
    /// Blanks and a comment behind it, in its line.
    behind: String,
    opens_section: bool,
}

fn tidy_terms(terms: &mut Array) -> usize {
    let mut entries = entries(terms);
    let (behind_last, mut trailing) = split_line(terms.trailing().as_str().unwrap_or_default());
    // In a list on one line, the blank before the bracket.
    let mut closing = String::new();
    if let Some(last) = entries.last_mut() {
        last.behind.push_str(&behind_last);
        if last.behind.trim().is_empty() {
            closing = std::mem::take(&mut last.behind);
        }
    }
    let before = entries.len();
    let (entries, left_over) = without_duplicates(entries);
    let removed = before - entries.len();
    trailing.insert_str(0, left_over.trim_end());
    let mut sections: Vec<Vec<Entry>> = Vec::new();
    for entry in entries {
        match sections.last_mut() {
            Some(section) if !entry.opens_section => section.push(entry),
            _ => sections.push(vec![entry]),
        }
    }
    for section in &mut sections {
        let places: Vec<String> = section.iter().map(|entry| entry.before.clone()).collect();
        section.sort_by_cached_key(|entry| {
            let key = sort_key(&entry.value);
            (key.to_lowercase(), key)
        });
        for (entry, place) in section.iter_mut().zip(places) {
            entry.before = place;
        }
    }
    write(terms, sections.into_iter().flatten().collect(), &closing, &trailing);
    removed
}

/// The entries without those that say what an earlier one says. A comment behind one that goes moves
/// to the one that stays; what opened a section stays there, and is given back if nothing follows.
fn without_duplicates(entries: Vec<Entry>) -> (Vec<Entry>, String) {
    let mut kept: Vec<Entry> = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut opening: Option<String> = None;
    for mut entry in entries {
        let said = entry.value.to_string().trim().to_owned();
        if let Some(earlier) = seen.get(&said).and_then(|&at| kept.get_mut(at)) {
            let comment = entry.behind.trim();
            if comment.contains('#') {
                let space = if earlier.behind.contains('#') { " " } else { "  " };
                earlier.behind = format!("{}{space}{comment}", earlier.behind.trim_end());
            }
            if entry.opens_section {
                opening = Some(opening.unwrap_or_default().trim_end().to_owned() + &entry.before);
            }
            continue;
        }
        if let Some(opening) = opening.take() {
            let own = if entry.opens_section { entry.before.as_str() } else { "" };
            entry.before =
                if own.is_empty() { opening } else { opening.trim_end().to_owned() + own };
            entry.opens_section = true;
        }
        seen.insert(said, kept.len());
        kept.push(entry);
    }
    (kept, opening.unwrap_or_default())
}

fn entries(terms: &mut Array) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for value in terms.iter() {
        let decor = value.decor();
        let prefix = decor.prefix().and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
        let suffix = decor.suffix().and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
        let (behind_last, before) = split_line(&prefix);
        if let Some(last) = entries.last_mut() {
            last.behind.push_str(&behind_last);
        }
        let opens_section = before.contains('#');
        let value = value.clone().decorated("", "");
        entries.push(Entry { value, before, behind: suffix, opens_section });
    }
    entries
}

/// What stands before the first line break, if it holds a comment, and the rest.
fn split_line(text: &str) -> (String, String) {
    match text.find('\n') {
        Some(end) if text[..end].contains('#') => {
            (text[..end].trim_end().to_owned(), text[end..].to_owned())
        }
        _ => (String::new(), text.to_owned()),
    }
}

fn sort_key(value: &Value) -> String {
    let table = value.as_inline_table();
    let named = table.and_then(|table| table.get("term").or_else(|| table.get("regex")));
    named.unwrap_or(value).as_str().unwrap_or_default().to_owned()
}

/// Puts the entries back; a comment behind one stands in front of what follows, behind its comma.
fn write(terms: &mut Array, entries: Vec<Entry>, closing: &str, trailing: &str) {
    let comma = terms.trailing_comma();
    let last = entries.len().saturating_sub(1);
    terms.clear();
    let mut pending = String::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let prefix = format!("{pending}{}", entry.before);
        let has_comment = entry.behind.contains('#');
        // Without a comma behind it, the comment of the last entry ends its own line.
        let suffix = match (index == last, has_comment && !comma) {
            (true, true) => entry.behind.clone(),
            (true, false) => closing.to_owned(),
            (false, _) => String::new(),
        };
        pending = if has_comment && !suffix.contains('#') { entry.behind } else { String::new() };
        terms.push_formatted(entry.value.decorated(prefix, suffix));
    }
    terms.set_trailing(format!("{pending}{trailing}"));
    terms.set_trailing_comma(comma);
}

#[cfg(test)]
mod tests {
    use super::{terms_of, tidy};

    #[test]
    fn no_comment_swallows_a_term() {
        for terms in [
            "[ \"b\", \"a\", # note\n \"c\" ]",
            "[\n \"b\", # about b\n \"a\" # about a\n]",
            "[\n \"wall\", \"shutdown\", # sd\n \"border\"\n]",
        ] {
            let source =
                format!("schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = {terms}\n");
            let tidied = tidy(&source).expect("TOML");
            assert_eq!(terms_of(&tidied.text), terms_of(&source), "{}", tidied.text);
        }
    }

    #[test]
    fn sorts_removes_and_keeps_comments() {
        let source = r#"# head
schema = 1
id = "x"  # the id

[[category]]
id = "c"
terms = [
  "b",  # of b
  { term = "C", pole = "left" },
  "a",
  # second section
  "z", # of z
  "y",
  "a",  # again
]
# end
"#;
        let wanted = r#"# head
schema = 1
id = "x"  # the id

[[category]]
id = "c"
terms = [
  "a",  # again
  "b",  # of b
  { term = "C", pole = "left" },
  # second section
  "y",
  "z", # of z
]
# end
"#;
        let tidied = tidy(source).expect("TOML");
        assert_eq!(tidied.text, wanted);
        assert_eq!(tidied.removed, 1);
        assert_eq!(tidy(&tidied.text).expect("TOML").text, tidied.text);
    }

    #[test]
    fn lists_on_one_line_stay_there() {
        let source =
            "[[category]]\nterms = [\"b\", \"a\"]\n[[category]]\nterms = [ \"a\", \"b\", \"a\" ]\n";
        let tidied = tidy(source).expect("TOML");
        assert_eq!(
            tidied.text,
            "[[category]]\nterms = [\"a\", \"b\"]\n[[category]]\nterms = [ \"a\", \"b\" ]\n"
        );
    }

    #[test]
    fn what_is_in_order_is_left_alone() {
        let source = "[[category]]\nterms = [\n  \"a\", # one\n\n  # two\n  \"b\"  # three\n]\n";
        assert_eq!(tidy(source).expect("TOML").text, source);
        assert!(tidy("terms = [").is_err());
    }
}
