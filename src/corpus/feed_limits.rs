//! Feeds that would take a parser of XML without end: it compares each attribute of a tag with each,
//! each prefix with every namespace that is in force, and writes out an entity of the document type
//! wherever it is referred to.

use std::collections::BTreeMap;

use memchr::{memchr, memmem};

/// Attributes that a tag may have.
const MOST_ATTRIBUTES: usize = 200;
/// Declarations of namespaces that may be in force at once.
const MOST_NAMESPACES: usize = 500;
/// Entities that a document type may declare: HTML itself has 253. Each reference is looked for among them.
const MOST_ENTITIES: usize = 1000;
/// Bytes that all references to such entities may stand for.
const MOST_EXPANDED: usize = 16 << 20;
/// Entities inside one another that the parser follows.
const DEEPEST_ENTITY: usize = 10;

/// What is wrong with a feed that can't be taken apart in reasonable time, if it is one.
pub(super) fn tangled(xml: &str) -> Option<&'static str> {
    tangled_tags(xml.as_bytes()).or_else(|| Entities::declared_in(xml)?.tangled(xml))
}

fn tangled_tags(bytes: &[u8]) -> Option<&'static str> {
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

/// What the entities of a document type stand for, by name.
#[derive(Default)]
struct Entities<'a>(BTreeMap<&'a str, Vec<&'a str>>);

impl<'a> Entities<'a> {
    /// Everything that looks like a declaration; none where there is no document type. What stands
    /// in a comment is taken too, and of entities with one name all are, so that no way to write
    /// one hides it.
    fn declared_in(xml: &'a str) -> Option<Self> {
        const BEGIN: &str = "<!ENTITY";
        memmem::find(xml.as_bytes(), b"<!DOCTYPE")?;
        let mut entities = Self::default();
        for at in memmem::find_iter(xml.as_bytes(), BEGIN.as_bytes()) {
            let rest = xml[at + BEGIN.len()..].trim_start();
            let rest = rest.strip_prefix('%').map_or(rest, str::trim_start);
            let end =
                rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len());
            let (name, rest) = rest.split_at(end);
            let rest = rest.trim_start();
            let Some(mark @ ('"' | '\'')) = rest.chars().next() else { continue };
            let rest = &rest[1..];
            let value = &rest[..memchr(mark as u8, rest.as_bytes()).unwrap_or(rest.len())];
            entities.0.entry(name).or_default().push(value);
        }
        Some(entities)
    }

    fn tangled(&self, xml: &str) -> Option<&'static str> {
        if self.0.is_empty() {
            return None;
        }
        if self.0.values().map(Vec::len).sum::<usize>() > MOST_ENTITIES {
            return Some("its document type declares more than 1,000 entities");
        }
        let lengths = self.lengths();
        let mut expanded = 0_usize;
        for name in references(xml) {
            let Some(values) = self.0.get(name) else { continue };
            // Elements that come out of an entity are not among those that were counted.
            if values.iter().any(|value| value.contains('<')) {
                return Some("its document type declares elements as an entity");
            }
            expanded = expanded.saturating_add(lengths[name]);
            if expanded > MOST_EXPANDED {
                return Some(
                    "the entities of its document type stand for more than 16 MiB of text",
                );
            }
        }
        None
    }

    /// How many bytes a reference to each entity stands for, those of entities inside it with it.
    fn lengths(&self) -> BTreeMap<&'a str, usize> {
        let mut lengths: BTreeMap<&str, usize> = BTreeMap::new();
        let inner: Vec<(&str, usize, Vec<&str>)> = self
            .0
            .iter()
            .map(|(name, values)| {
                let plain = values.iter().map(|value| value.len()).max().unwrap_or(0);
                let within = values.iter().flat_map(|value| references(value));
                (*name, plain, within.filter(|name| self.0.contains_key(name)).collect())
            })
            .collect();
        // Each round goes one entity deeper; the parser gives up where they go on.
        for _ in 0..=DEEPEST_ENTITY {
            let one_more = inner.iter().map(|(name, plain, within)| {
                let within = within.iter().map(|name| lengths.get(name).copied().unwrap_or(0));
                (*name, within.fold(*plain, usize::saturating_add))
            });
            lengths = one_more.collect();
        }
        lengths
    }
}

/// The names between `&` and `;`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| {
        let rest = &text[at + 1..];
        let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ';' | '&' | '<' | '"' | '\'');
        let end = rest.find(ends)?;
        rest[end..].starts_with(';').then_some(&rest[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A feed with a document type.
    fn typed(declared: &str, text: &str) -> Option<&'static str> {
        tangled(&format!("<!DOCTYPE rss [{declared}]><rss><item>{text}</item></rss>"))
    }

    #[test]
    fn what_entities_stand_for_is_bounded() {
        let long = format!("<!ENTITY a \"{}\">", "word ".repeat(20_000));
        assert_eq!(typed(&long, &"&a;".repeat(160)), None);
        let told = "the entities of its document type stand for more than 16 MiB of text";
        assert_eq!(typed(&long, &"&a;".repeat(200)), Some(told));
        assert_eq!(typed(&long, &"<b c='&a;'/>".repeat(200)), Some(told));
        // Neither an entity inside it nor a comment hides one.
        let hidden = format!("<!-- <!ENTITY a 'x'> -->{long}<!ENTITY b '&a;&a;'>");
        assert_eq!(typed(&hidden, &"&b;".repeat(70)), None);
        assert_eq!(typed(&hidden, &"&b;".repeat(90)), Some(told));
        let tenfold =
            |(of, it): (&str, &str)| format!("<!ENTITY {it} '{}'>", format!("&{of};").repeat(10));
        let steps = [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")].map(tenfold);
        assert_eq!(
            typed(&format!("<!ENTITY a '{}'>{}", "x".repeat(500), steps.concat()), "&f;"),
            Some(told)
        );
        assert_eq!(typed("<!ENTITY a '&b;'><!ENTITY b '&a;'>", "&a;"), None);
    }

    #[test]
    fn what_feeds_declare_is_not() {
        let names: String =
            (0..253).map(|n| format!("<!ENTITY n{n} \"&#{};\">", 160 + n)).collect();
        assert_eq!(typed(&names, &"a&n7;b &amp; &nbsp c".repeat(9000)), None);
        assert_eq!(
            typed(&names.repeat(4), "x"),
            Some("its document type declares more than 1,000 entities")
        );
        let elements = "<!ENTITY a '<b>x</b>'>";
        assert_eq!(typed(elements, "x"), None);
        assert_eq!(
            typed(elements, "&a;"),
            Some("its document type declares elements as an entity")
        );
        assert_eq!(tangled("<rss><![CDATA[<!ENTITY a '<b>'> &a;]]></rss>"), None);
        assert_eq!(typed("<!ENTITY", "&"), None);
        assert_eq!(typed("<!ENTITY é 'ü", "&é"), None);
    }

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
