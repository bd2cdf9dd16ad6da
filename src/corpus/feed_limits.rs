//! Feeds that would take a parser of XML without end: it compares each attribute of a tag with each,
//! and each prefix with every namespace that is in force.

use memchr::{memchr, memmem};

/// Attributes that a tag may have.
const MOST_ATTRIBUTES: usize = 200;
/// Declarations of namespaces that may be in force at once.
const MOST_NAMESPACES: usize = 500;

/// What is wrong with a feed that can't be taken apart in reasonable time, if it is one.
pub(super) fn tangled(xml: &str) -> Option<&'static str> {
    let bytes = xml.as_bytes();
    // Of each element that stands open.
    let mut open: Vec<usize> = Vec::new();
    let (mut in_force, mut at) = (0, 0);
    while let Some(step) = memchr(b'<', &bytes[at..]) {
        at += step + 1;
        if let Some(skipped) = passed_over(&bytes[at..]) {
            at += skipped;
        } else if bytes.get(at) == Some(&b'/') {
            in_force -= open.pop().unwrap_or(0);
        } else if bytes.get(at).is_some_and(|byte| !byte.is_ascii_whitespace() && *byte != b'!') {
            let tag = Tag::read(&bytes[at..]);
            at += tag.length;
            if tag.attributes > MOST_ATTRIBUTES {
                return Some("a tag has more than 200 attributes");
            }
            if in_force + tag.namespaces > MOST_NAMESPACES {
                return Some("more than 500 namespaces are declared inside one another");
            }
            if !tag.closes_itself {
                open.push(tag.namespaces);
                in_force += tag.namespaces;
            }
        }
    }
    None
}

/// The bytes of a comment, or of what is no markup.
fn passed_over(bytes: &[u8]) -> Option<usize> {
    let (_, end) = [("!--", "-->"), ("![CDATA[", "]]>"), ("?", "?>")]
        .into_iter()
        .find(|(begin, _)| bytes.starts_with(begin.as_bytes()))?;
    Some(memmem::find(bytes, end.as_bytes()).unwrap_or(bytes.len()))
}

struct Tag {
    attributes: usize,
    namespaces: usize,
    closes_itself: bool,
    /// Up to its end.
    length: usize,
}

impl Tag {
    /// The tag whose `<` stands before the bytes.
    fn read(bytes: &[u8]) -> Self {
        let (mut attributes, mut namespaces, mut at) = (0, 0, 0);
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'>' => break,
                b'=' => attributes += 1,
                b'"' | b'\'' => {
                    at += 1 + memchr(byte, &bytes[at + 1..]).unwrap_or(bytes.len() - at - 1);
                }
                b'x' if bytes[at..].starts_with(b"xmlns") => namespaces += 1,
                _ => {}
            }
            at += 1;
        }
        let length = at.min(bytes.len());
        let closes_itself = bytes[..length].ends_with(b"/");
        Self { attributes, namespaces, closes_itself, length }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_and_namespaces_are_counted() {
        let many = |number: usize, name: &str| -> String {
            (0..number).map(|n| format!(" {name}{n}=\"<>\"")).collect()
        };
        let feed = |inner: &str| tangled(&format!("<?xml version='1.0'?><rss>{inner}</rss>"));
        assert_eq!(feed(&format!("<item{}/>", many(200, "a"))), None);
        assert!(feed(&format!("<item{}/>", many(201, "a"))).is_some());
        assert!(feed(&format!("<!DOCTYPE r [<!ENTITY e '<a{}/>'>]>", many(201, "a"))).is_some());
        assert_eq!(feed(&format!("<![CDATA[<a{}>]]><!--<a{0}>-->", many(201, "a"))), None);
        let declared = many(99, "xmlns:a");
        assert_eq!(feed(&format!("<a{declared}></a>").repeat(50)), None);
        assert_eq!(feed(&format!("<a{declared}/>").repeat(50)), None);
        assert!(feed(&format!("<a{declared}>").repeat(6)).is_some());
        assert_eq!(feed("<a b='"), None);
    }
}
