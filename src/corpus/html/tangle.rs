//! Pages that would take a parser of HTML without end. It is slower than linear in how deep elements
//! stand inside one another and in how many attributes one has, and copies formatting that is never
//! closed into every paragraph; what finds the article is slower still.
//!
//! A page is looked at twice: its tags before it is parsed, as near to the rules of HTML as that
//! needs; then the tree itself.

use dom_query::{Document, NodeRef};

/// Elements that may stand open inside one another.
const DEEPEST: usize = 400;
/// Formatting elements that may stand open at once.
const MOST_FORMATTING: usize = 40;
/// Tags that a page may have.
const MOST_TAGS: usize = 60_000;
/// Elements and texts that a page may have; unclosed formatting is counted wherever it is copied.
const MOST_NODES: usize = 200_000;
/// Attributes that a tag may have.
const MOST_ATTRIBUTES: usize = 200;
/// The parser keeps no more copies of the same unclosed formatting.
const MOST_ALIKE: usize = 3;

/// Signs that begin a tag, in comments and scripts too: the parser keeps a complaint of each that begins none.
const MOST_BEGINNINGS: usize = 300_000;

const TOO_DEEP: &str = "more than 400 elements stand open inside one another";
const TOO_FORMATTED: &str = "more than 40 formatting elements are never closed";
const TOO_MANY_TAGS: &str = "it has more than 60,000 tags";
const TOO_MANY_BEGINNINGS: &str = "it has more than 300,000 signs `<`";
const TOO_MANY_NODES: &str = "it has more than 200,000 elements and pieces of text";
const TOO_MANY_ATTRIBUTES: &str = "a tag has more than 200 attributes";

/// Elements without an end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param",
];
/// Elements whose end may be left out.
const ENDLESS: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "tbody", "thead", "tfoot",
    "html", "body",
];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements whose content is no HTML.
const RAW: [&str; 5] = ["script", "style", "textarea", "title", "noscript"];
/// Pictures and formulas, whose elements end as those of XML do.
const FOREIGN: [&str; 2] = ["svg", "math"];
/// An end tag does not reach out of these.
const BARRIERS: [&str; 6] = ["table", "template", "object", "marquee", "applet", "select"];

/// What is wrong with a page that can't be taken apart in reasonable time, if it is one.
pub(super) fn tangled(html: &str) -> Option<&'static str> {
    if memchr::memchr_iter(b'<', html.as_bytes()).nth(MOST_BEGINNINGS).is_some() {
        return Some(TOO_MANY_BEGINNINGS);
    }
    let mut scan = Scan::default();
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'<', &html.as_bytes()[at..]) {
        at += step + 1;
        match Tag::at(html, at) {
            Some(tag) => {
                at = tag.end;
                if let Some(what) = scan.tag(&tag) {
                    return Some(what);
                }
                if !tag.closes && is_one_of(tag.name, &RAW) {
                    at += raw_text(&html.as_bytes()[at..], tag.name);
                }
            }
            None => at += comment(&html.as_bytes()[at..]),
        }
    }
    None
}

/// The bytes of a comment; 0 where none begins.
fn comment(bytes: &[u8]) -> usize {
    if !bytes.starts_with(b"!--") {
        return 0;
    }
    memchr::memmem::find(bytes, b"-->").unwrap_or(bytes.len())
}

/// The bytes up to the end tag of an element whose content is no HTML.
fn raw_text(bytes: &[u8], name: &str) -> usize {
    let ends = |&at: &usize| {
        let rest = bytes[at + 1..].strip_prefix(b"/").unwrap_or_default();
        rest.get(..name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()))
    };
    memchr::memchr_iter(b'<', bytes).find(ends).unwrap_or(bytes.len())
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// `<x/>`.
    closes_itself: bool,
    /// Name and attributes as they are written.
    written: &'a str,
    attributes: usize,
    /// The byte behind it.
    end: usize,
}

impl<'a> Tag<'a> {
    /// The tag whose `<` stands before a byte.
    fn at(html: &'a str, at: usize) -> Option<Self> {
        let bytes = html.as_bytes();
        let closes = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(closes);
        if !bytes.get(from)?.is_ascii_alphabetic() {
            return None;
        }
        let in_name = |byte: &&u8| !byte.is_ascii_whitespace() && !b"/>".contains(byte);
        let mut end = from + bytes[from..].iter().take_while(in_name).count();
        let name = html.get(from..end)?;
        let (mut attributes, mut apart, mut closes_itself) = (0, false, false);
        while let Some(&byte) = bytes.get(end) {
            match byte {
                b'>' => {
                    closes_itself = bytes[end - 1] == b'/';
                    break;
                }
                b'=' => {
                    let blanks =
                        bytes[end + 1..].iter().take_while(|byte| byte.is_ascii_whitespace());
                    end += blanks.count();
                    if let Some(&mark @ (b'"' | b'\'')) = bytes.get(end + 1) {
                        let rest = &bytes[end + 2..];
                        end += 2 + memchr::memchr(mark, rest).unwrap_or(rest.len());
                        apart = true;
                    }
                }
                b'/' => apart = true,
                byte if byte.is_ascii_whitespace() => apart = true,
                _ if apart => {
                    attributes += 1;
                    apart = false;
                }
                _ => {}
            }
            end += 1;
        }
        let end = end.min(bytes.len());
        let written = html.get(from..end).unwrap_or(name);
        Some(Self { name, closes, closes_itself, written, attributes, end })
    }
}

/// What stands open while the tags of a page go by.
#[derive(Default)]
struct Scan<'a> {
    open: Vec<&'a str>,
    /// How many of them are pictures or formulas.
    foreign: usize,
    /// Name, and the tag as written.
    formatting: Vec<(&'a str, &'a str)>,
    tags: usize,
    nodes: usize,
}

impl<'a> Scan<'a> {
    fn tag(&mut self, tag: &Tag<'a>) -> Option<&'static str> {
        self.tags += 1;
        if tag.closes {
            self.close(tag.name);
        } else {
            self.nodes += 1 + self.formatting.len();
            self.begin(tag);
        }
        [
            (self.open.len() > DEEPEST, TOO_DEEP),
            (self.formatting.len() > MOST_FORMATTING, TOO_FORMATTED),
            (self.tags > MOST_TAGS, TOO_MANY_TAGS),
            (self.nodes > MOST_NODES, TOO_MANY_NODES),
            (tag.attributes > MOST_ATTRIBUTES, TOO_MANY_ATTRIBUTES),
        ]
        .into_iter()
        .find_map(|(is_so, what)| is_so.then_some(what))
    }

    fn begin(&mut self, tag: &Tag<'a>) {
        if self.foreign > 0 {
            if tag.closes_itself {
                return;
            }
        } else if is_one_of(tag.name, &VOID) || is_one_of(tag.name, &ENDLESS) {
            return;
        } else if is_one_of(tag.name, &FORMATTING) {
            self.format(tag);
            return;
        }
        if is_one_of(tag.name, &FOREIGN) {
            if tag.closes_itself {
                return;
            }
            self.foreign += 1;
        }
        self.open.push(tag.name);
    }

    fn format(&mut self, tag: &Tag<'a>) {
        if is_one_of(tag.name, &["a", "nobr"]) {
            // One ends the one before it.
            self.formatting.retain(|(name, _)| !name.eq_ignore_ascii_case(tag.name));
        }
        if self.formatting.iter().filter(|(_, written)| *written == tag.written).count()
            < MOST_ALIKE
        {
            self.formatting.push((tag.name, tag.written));
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(at) =
            self.formatting.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name))
        {
            self.formatting.remove(at);
            return;
        }
        let reached = self
            .open
            .iter()
            .enumerate()
            .rev()
            .find(|(_, open)| open.eq_ignore_ascii_case(name) || is_one_of(open, &BARRIERS));
        if let Some((at, open)) = reached
            && open.eq_ignore_ascii_case(name)
        {
            let ended = self.open.drain(at..);
            let pictures = ended.filter(|open| is_one_of(open, &FOREIGN)).count();
            self.foreign = self.foreign.saturating_sub(pictures);
        }
    }
}

/// What is wrong with the tree of a page.
pub(super) fn tangled_tree(document: &Document) -> Option<&'static str> {
    let (mut nodes, mut depth) = (0_usize, 0_usize);
    let mut at: NodeRef<'_> = document.root();
    loop {
        nodes += 1;
        if nodes > MOST_NODES {
            return Some(TOO_MANY_NODES);
        }
        if let Some(child) = at.first_child() {
            depth += 1;
            if depth > 2 * DEEPEST {
                return Some(TOO_DEEP);
            }
            at = child;
            continue;
        }
        // The next one that is not below this one.
        loop {
            if depth == 0 {
                return None;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            at = at.parent()?;
            depth -= 1;
        }
    }
}

/// Texts longer than this are cut.
const LONG_TEXT: usize = 16 << 10;
/// The bytes of a piece of one.
const PIECE: usize = 4 << 10;

/// Cuts long texts of a tree into pieces that stand side by side, and takes long attributes away.
/// The tree is written as HTML once more, and for each character that has to be written by name the
/// writer looks through the rest of the text.
pub(super) fn cut_long_texts(document: &Document) {
    for node in document.root().descendants() {
        if node.is_element() {
            let long = |value: &str| value.len() > LONG_TEXT && value.contains(['&', '\u{a0}']);
            for attribute in node.attrs().iter().filter(|attribute| long(&attribute.value)) {
                node.remove_attr(&attribute.name.local);
            }
        } else if node.is_text() {
            let text = node.text();
            if text.len() <= LONG_TEXT {
                continue;
            }
            for piece in pieces(&text) {
                node.insert_before(&document.tree.new_text(piece));
            }
            node.remove_from_parent();
        }
    }
}

/// A text in pieces of at most [`PIECE`] bytes.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let fits = (0..=PIECE.min(rest.len())).rev().find(|&end| rest.is_char_boundary(end))?;
        let (piece, behind) = rest.split_at(fits);
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_stand_in_pieces() {
        let text = "é &amp; <b>".repeat(9000);
        let html = format!(
            "<p title=\"{}\" class=c>{text}</p><p title='&amp;'>x</p>",
            "&amp;".repeat(20_000)
        );
        let document = Document::from(html.as_str());
        let whole = document.select("p").text();
        cut_long_texts(&document);
        assert_eq!(document.select("p").text(), whole);
        let texts = document.root().descendants().into_iter().filter(|node| node.is_text());
        assert!(texts.map(|node| node.text().len()).all(|length| length <= LONG_TEXT));
        assert_eq!(document.select("p[class]").length(), 1);
        assert_eq!(document.select("p[title]").length(), 1);
        let one = format!("<p>{}", "é &amp; ".repeat(9000));
        let document = Document::from(one.as_str());
        let whole = document.select("p").text();
        cut_long_texts(&document);
        assert_eq!(document.select("p").text(), whole);
        assert!(document.select("p").nodes()[0].children().len() > 10);
    }

    fn both(html: &str) -> Option<&'static str> {
        tangled(html).or_else(|| tangled_tree(&Document::from(html)))
    }

    #[test]
    fn what_takes_too_long_is_told() {
        let n = |part: &str, count: usize| part.repeat(count);
        for (html, what) in [
            (n("<div>", 500), TOO_DEEP),
            (n("<div></span>", 2000), TOO_DEEP),
            (n("<div><table></div>", 2000), TOO_DEEP),
            (format!("<svg>{}", n("<g>", 500)), TOO_DEEP),
            (format!("<svg>{}", n("<td>", 2000)), TOO_DEEP),
            ((0..50).map(|n| format!("<font size={n}>")).collect(), TOO_FORMATTED),
            (n("<p>x</p>", 40_000), TOO_MANY_TAGS),
            (n("<!--", 300_001), TOO_MANY_BEGINNINGS),
            (n("< ", 300_001), TOO_MANY_BEGINNINGS),
            (
                (0..39).map(|n| format!("<font size={n}>")).collect::<String>() + &n("<p>x", 6000),
                TOO_MANY_NODES,
            ),
            (format!("<p {}>", n("a=1 ", 300)), TOO_MANY_ATTRIBUTES),
            (format!("<p {}>", n("a=\"\"", 300)), TOO_MANY_ATTRIBUTES),
        ] {
            assert_eq!(both(&html), Some(what), "{:.60}", html);
        }
    }

    #[test]
    fn what_pages_have_is_not() {
        let n = |part: &str, count: usize| part.repeat(count);
        for html in [
            n("<div><p>x<p>y</div>", 9000),
            n("<a name=x>y", 900),
            n("<p><b>x", 900),
            format!("<svg>{}</svg>", n("<rect x=\"1\"/>", 900)),
            format!("<svg>{}</svg>", n("<path d=\">\"></path>", 900)),
            n("<svg/><math/>", 500),
            format!("<script>{}</script>", n("<div>", 900)),
            format!("<!-- {} -->", n("<div>", 900)),
            n("<table><tr><td>x<tr><td>y</table>", 3000),
            n("<p title='a > b' class=\"x\">y", 900),
            n("a < b ", 900),
            format!("{}-->", n("<!--", 300_000)),
            n("<ul><li>x</ul>", 900),
            n("<select><option>x</select>", 900),
            "<p".to_owned(),
            "<p a=".to_owned(),
            "<p a='".to_owned(),
        ] {
            assert_eq!(both(&html), None, "{:.60}", html);
        }
    }
}
