//! HTML in the text of a table: exports of databases and services often keep it.

use super::fields::Role;
use super::format::Draft;
use super::html;
use super::problem::SkipReason;

/// Elements that begin a line of their own.
const BLOCKS: [&str; 24] = [
    "p",
    "div",
    "br",
    "hr",
    "li",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "table",
    "tr",
    "td",
    "figure",
    "figcaption",
    "section",
    "article",
    "main",
];
/// Elements within a line, and those that hold no text.
const OTHERS: [&str; 24] = [
    "a", "b", "i", "em", "strong", "span", "u", "s", "small", "sup", "sub", "font", "cite", "q",
    "time", "abbr", "img", "picture", "iframe", "script", "style", "html", "body", "center",
];
/// Elements without an end tag.
const VOID: [&str; 3] = ["br", "hr", "img"];
/// Characters that are written by name in running text.
const ENTITIES: [&str; 14] = [
    "amp", "lt", "gt", "quot", "apos", "nbsp", "lsquo", "rsquo", "ldquo", "rdquo", "ndash",
    "mdash", "hellip", "shy",
];
/// The longest tag that is looked at, in bytes.
const LONGEST_TAG: usize = 4096;

/// What a text holds of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    Nothing,
    /// Tags within lines, or characters by name; line breaks are those of a plain text.
    Inline,
    /// Tags that break lines.
    Blocks,
}

/// Reads title and text of a row as HTML where they are.
pub(super) fn read(mut draft: Draft) -> Result<Draft, SkipReason> {
    if let Some(title) = draft.roles.get_mut(&Role::Title)
        && holds(title) != Holds::Nothing
    {
        *title = html::text_of_fragment(title)?.0;
        draft.was_html = true;
    }
    let Some(text) = draft.roles.get_mut(&Role::Text) else { return Ok(draft) };
    let (plain, markup) = match holds(text) {
        Holds::Nothing => return Ok(draft),
        Holds::Blocks => html::text_of_fragment(text)?,
        Holds::Inline => html::text_of_fragment(&with_line_breaks(text))?,
    };
    if plain.trim().is_empty() {
        return Err(SkipReason::EmptyText);
    }
    (*text, draft.markup, draft.was_html) = (plain, markup, true);
    Ok(draft)
}

/// The lines and paragraphs of a plain text as HTML has them.
fn with_line_breaks(text: &str) -> String {
    let paragraphs = text.split("\n\n").map(|paragraph| paragraph.trim_matches('\n'));
    let paragraphs = paragraphs.filter(|paragraph| !paragraph.trim().is_empty());
    paragraphs.map(|paragraph| format!("<p>{}</p>", paragraph.replace('\n', "<br>"))).collect()
}

/// A pair of tags that HTML knows, a line break or several paragraphs make a text HTML, or a character
/// by name. An end tag alone does not: text recognition takes ornaments for `</p>`.
fn holds(text: &str) -> Holds {
    let (mut begun, mut paragraphs, mut blocks) = (Vec::new(), 0_usize, false);
    let mut found = Holds::Nothing;
    for at in memchr::memchr2_iter(b'<', b'&', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        if text.as_bytes()[at] == b'&' {
            if is_entity(rest) {
                found = Holds::Inline;
            }
            continue;
        }
        let (closes, rest) = match rest.strip_prefix(b"/") {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        let Some(name) = tag_name(rest).and_then(known) else { continue };
        let is_html = if closes { begun.contains(&name) } else { VOID.contains(&name) };
        paragraphs += usize::from(name == "p" && !closes);
        blocks |= BLOCKS.contains(&name);
        if is_html || paragraphs > 1 {
            found = Holds::Inline;
            if blocks {
                return Holds::Blocks;
            }
        }
        if !closes && !begun.contains(&name) {
            begun.push(name);
        }
    }
    found
}

/// The element of that name, if it is one that is looked for.
fn known(name: &[u8]) -> Option<&'static str> {
    let is = |known: &&&str| name.eq_ignore_ascii_case(known.as_bytes());
    BLOCKS.iter().chain(&OTHERS).find(is).copied()
}

/// The name of a tag that begins here and ends.
fn tag_name(rest: &[u8]) -> Option<&[u8]> {
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let behind = rest.get(length)?;
    let is_tag = b" \t\n/>".contains(behind) && (1..=10).contains(&length);
    let window = &rest[..rest.len().min(LONGEST_TAG)];
    (is_tag && memchr::memchr(b'>', window).is_some()).then(|| &rest[..length])
}

/// Whether `amp;` or `#8217;` stands here.
fn is_entity(rest: &[u8]) -> bool {
    let window = &rest[..rest.len().min(10)];
    let Some(end) = memchr::memchr(b';', window) else { return false };
    let name = &window[..end];
    match name.strip_prefix(b"#") {
        Some(number) => match number.strip_prefix(b"x").or_else(|| number.strip_prefix(b"X")) {
            Some(number) => number.len() > 1 && number.iter().all(u8::is_ascii_hexdigit),
            None => number.len() > 1 && number.iter().all(u8::is_ascii_digit),
        },
        None => ENTITIES.iter().any(|known| known.as_bytes() == name),
    }
}

#[cfg(all(test, feature = "pages"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::super::article::Markup;
    use super::*;

    fn draft(title: &str, text: &str) -> Draft {
        let roles =
            BTreeMap::from([(Role::Title, title.to_owned()), (Role::Text, text.to_owned())]);
        Draft { roles, ..Draft::default() }
    }

    fn text(html: &str) -> String {
        read(draft("", html)).unwrap().roles[&Role::Text].clone()
    }

    #[test]
    fn blocks_have_their_roles() {
        let html = "<p>The <b>leftist</b> regime fell.</p><h2>What now</h2><blockquote><p>Nobody wept in the town.</p></blockquote><script>x</script>";
        let read = read(draft("A &amp; B", html)).unwrap();
        assert_eq!(
            read.roles[&Role::Text],
            "The leftist regime fell.\n\nWhat now\n\nNobody wept in the town."
        );
        assert_eq!(read.roles[&Role::Title], "A & B");
        let roles: Vec<Markup> = read.markup.iter().map(|marked| marked.role).collect();
        assert_eq!(roles, [Markup::Subhead, Markup::Quotation]);
        assert!(read.was_html);
    }

    #[test]
    fn line_breaks_of_plain_text_stay() {
        assert_eq!(
            text("The regime&#8217;s end\nhas come &mdash; <em>at last</em>.\n\n\nA second one."),
            "The regime’s end\nhas come — at last.\n\nA second one."
        );
        assert_eq!(text("One<br/>two<br><br>three"), "One\ntwo\n\nthree");
        assert_eq!(text("<p>One\n<P class=x>two"), "One\n\ntwo");
        assert_eq!(text("A <b>bold</b> line\nand<br>breaks"), "A bold line and\nbreaks");
    }

    #[test]
    fn plain_text_is_left_alone() {
        for plain in [
            "a < b, b > a; AT&T; R&D; &c.; Q&A;",
            "I <3 you, <b>, <unknown></unknown>, <The regime>",
            "www.x.org/?a=1&amp=2 &#; &#x; &nosuch;",
            "</p",
            "noise </p> of a page </b> and more\nof it <p>",
        ] {
            let draft = draft("x < y", plain);
            assert_eq!(read(draft.clone()), Ok(draft));
        }
    }

    #[test]
    fn tags_without_text_are_no_article() {
        assert_eq!(read(draft("x", "<p> </p><img src=x>")), Err(SkipReason::EmptyText));
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(</?(p|b|i|br|div|li|svg|table|td)/?>|&(amp|#8217|lt);|[a-z<>&; \n]){0,40}") {
            if let Ok(read) = read(draft(&html, &html)) {
                let text = &read.roles[&Role::Text];
                for marked in &read.markup {
                    prop_assert!(text.get(marked.span.range()).is_some());
                }
            }
        }
    }
}
