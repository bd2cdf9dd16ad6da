//! Pages that would take a parser of HTML without end: it is slower than linear in how deep elements
//! stand inside one another, and copies formatting that is never closed into every paragraph.

/// Elements that may stand open inside one another.
const DEEPEST: i64 = 400;
/// Formatting elements that may stand open at once.
const MOST_FORMATTING: i64 = 40;
/// Tags that a page may have.
const MOST_TAGS: usize = 60_000;

/// Elements without an end.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param", "path",
];
/// Elements whose end may be left out.
const ENDLESS: [&str; 14] = [
    "p", "li", "dt", "dd", "tr", "td", "th", "option", "optgroup", "tbody", "thead", "tfoot",
    "html", "body",
];
const FORMATTING: [&str; 14] = [
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];

/// What is wrong with a page that can't be taken apart in reasonable time, if it is one.
pub(super) fn tangled(html: &str) -> Option<&'static str> {
    let bytes = html.as_bytes();
    let (mut open, mut formatting, mut tags) = (0_i64, 0_i64, 0_usize);
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'<', &bytes[at..]) {
        at += step + 1;
        let closes = bytes.get(at) == Some(&b'/');
        let from = at + usize::from(closes);
        let length = bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length == 0 {
            if bytes[at..].starts_with(b"!--") {
                at += memchr::memmem::find(&bytes[at..], b"-->").unwrap_or(bytes.len() - at);
            }
            continue;
        }
        let name = html[from..from + length].to_ascii_lowercase();
        at = from + length;
        tags += 1;
        if !closes && matches!(name.as_str(), "script" | "style" | "textarea" | "title") {
            let end = format!("</{name}");
            at += find_ignoring_case(&bytes[at..], end.as_bytes()).unwrap_or(bytes.len() - at);
            continue;
        }
        let name = name.as_str();
        if VOID.contains(&name) || ENDLESS.contains(&name) {
            continue;
        }
        let step = if closes { -1 } else { 1 };
        open = (open + step).max(0);
        if FORMATTING.contains(&name) {
            formatting = (formatting + step).max(0);
        }
        if open > DEEPEST {
            return Some("more than 400 elements stand open inside one another");
        }
        if formatting > MOST_FORMATTING {
            return Some("more than 40 formatting elements are never closed");
        }
        if tags > MOST_TAGS {
            return Some("it has more than 60,000 tags");
        }
    }
    (tags > MOST_TAGS).then_some("it has more than 60,000 tags")
}

fn find_ignoring_case(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'<', bytes).find(|&at| {
        bytes.get(at..at + wanted.len()).is_some_and(|found| found.eq_ignore_ascii_case(wanted))
    })
}
