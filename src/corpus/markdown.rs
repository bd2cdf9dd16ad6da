//! Markdown: front matter and the first heading tell about the article, the rest is its text as it
//! stands. Marks of emphasis are punctuation to the count of words, so they may stay.

use super::decode::decode_file;
use super::fields::Role;
use super::format::Draft;
use super::outlets::folded;
use super::problem::SkipReason;

/// Reads a file of Markdown.
pub(super) fn read(bytes: Vec<u8>) -> Result<Draft, SkipReason> {
    let decoded = decode_file(bytes)?;
    let mut draft = Draft { note: decoded.note, ..Draft::default() };
    let body = read_front_matter(&decoded.text, &mut draft);
    let body = read_heading(body, &mut draft);
    if body.trim().is_empty() {
        return Err(SkipReason::EmptyText);
    }
    draft.roles.insert(Role::Text, body.to_owned());
    draft.guess_headline = !draft.roles.contains_key(&Role::Title);
    Ok(draft)
}

/// Takes the simple `key: value` lines between two lines of `---`, and gives what follows.
fn read_front_matter<'a>(text: &'a str, draft: &mut Draft) -> &'a str {
    let Some(inside) = text.strip_prefix("---\n") else { return text };
    let mut length = 0;
    let mut lines = Vec::new();
    for line in inside.split_inclusive('\n') {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            for (index, line) in lines.into_iter().enumerate() {
                read_pair(line, index as u64 + 2, draft);
            }
            return &inside[length..];
        }
        lines.push(line);
    }
    // A thematic break, not front matter: nothing closes it.
    text
}

fn read_pair(line: &str, number: u64, draft: &mut Draft) {
    let line = line.trim_end();
    if line.trim().is_empty() || line.starts_with('#') {
        return;
    }
    let pair = line.split_once(':').filter(|(key, value)| {
        let simple = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
        let value = value.trim();
        !key.starts_with([' ', '-'])
            && key.chars().all(simple)
            && !value.is_empty()
            && !value.starts_with(['[', '{', '|', '>', '&', '*', '!'])
    });
    let Some((key, value)) = pair else {
        draft.ignored.push((number, line.to_owned()));
        return;
    };
    let key = key.trim();
    let value = unquoted(value.trim());
    if value.trim().is_empty() {
        return;
    }
    match Role::from_name(&key.to_lowercase()).filter(|role| *role != Role::Text) {
        Some(role) => draft.roles.insert(role, value),
        None => draft.metadata.insert(key.to_owned(), value),
    };
}

/// A scalar without its quotation marks, or without the comment behind it.
fn unquoted(value: &str) -> String {
    for mark in ['"', '\''] {
        let inner = value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
        if let Some(inner) = inner {
            return match mark {
                '"' => inner.replace("\\\"", "\""),
                _ => inner.replace("''", "'"),
            };
        }
    }
    value.split(" #").next().unwrap_or_default().trim_end().to_owned()
}

/// Takes a first line that is a heading of the first level, and gives what follows. Where the front
/// matter has another title, the heading stays in the text.
fn read_heading<'a>(body: &'a str, draft: &mut Draft) -> &'a str {
    let (line, rest) = body.trim_start().split_once('\n').unwrap_or((body.trim_start(), ""));
    let Some(heading) = line.strip_prefix("# ") else { return body };
    let heading = heading.trim().trim_end_matches('#').trim();
    match draft.roles.get(&Role::Title) {
        Some(title) if folded(title) != folded(heading) => body,
        Some(_) => rest,
        None if heading.is_empty() => rest,
        None => {
            draft.roles.insert(Role::Title, heading.to_owned());
            rest
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn draft(text: &str) -> Draft {
        read(text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn front_matter_tells_about_the_article() {
        let draft = draft(
            "---\r\ntitle: \"A: b\"\r\ndate: 2017-12-19 # Tuesday\r\noutlet: The Globe\r\nsection: World\r\n\
             tags:\r\n  - one\r\n---\r\n\r\nText *here*.\r\n",
        );
        assert_eq!(draft.roles[&Role::Title], "A: b");
        assert_eq!(draft.roles[&Role::Date], "2017-12-19");
        assert_eq!(draft.roles[&Role::Outlet], "The Globe");
        assert_eq!(draft.metadata["section"], "World");
        assert_eq!(draft.roles[&Role::Text], "\nText *here*.\n");
        assert!(!draft.guess_headline);
        assert_eq!(draft.ignored, [(6, "tags:".to_owned()), (7, "  - one".to_owned())]);
    }

    #[test]
    fn the_first_heading_is_the_title() {
        let plain = draft("\n# The title #\n\nText.");
        assert_eq!(plain.roles[&Role::Title], "The title");
        assert_eq!(plain.roles[&Role::Text], "\nText.");
        assert!(draft("Text.\n\n# Later").guess_headline);
        let both = draft("---\ntitle: One\n---\n# Two\n\nText.");
        assert_eq!(both.roles[&Role::Title], "One");
        assert!(both.roles[&Role::Text].contains("# Two"));
    }

    #[test]
    fn an_unclosed_rule_is_text() {
        assert_eq!(draft("---\nText.").roles[&Role::Text], "---\nText.");
        assert_eq!(read(b"---\na: b\n---\n".to_vec()), Err(SkipReason::EmptyText));
    }
}
