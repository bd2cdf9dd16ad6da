//! RSS (0.9 to 2.0) and Atom: an entry is an article.

use std::collections::BTreeMap;
use std::sync::Arc;

use encoding_rs::Encoding;
use roxmltree::{Document, Node, ParsingOptions};

use super::article::Marked;
use super::decode::{EncodingNote, decode_declared};
use super::feed_limits::tangled;
use super::fields::Role;
use super::format::{RawRow, Row, Rows};
use super::html;
use super::problem::SkipReason;
use super::source::Source;

/// Elements and texts that a feed may have.
const MOST_NODES: u32 = 2_000_000;

/// Opens a feed; it is read as a whole.
pub(super) fn open(source: &Source) -> Result<Rows, SkipReason> {
    let bytes = source.read_whole()?;
    let declared = declared_encoding(&bytes[..bytes.len().min(200)]);
    let decoded = decode_declared(bytes, declared)?;
    let entries = entries(&decoded.text)?;
    let note = decoded.note;
    let rows = entries.into_iter().enumerate().map(move |(index, entry)| {
        let row: Box<dyn RawRow> = Box::new(EntryRow { entry: Arc::new(entry), note });
        (index as u64 + 1, Ok(row))
    });
    let header = ["byline", "category", "part"].map(str::to_owned).to_vec();
    Ok(Rows { header, is_named: true, rows: Box::new(rows) })
}

fn declared_encoding(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head);
    let (_, rest) = head.strip_prefix("<?xml")?.split_once("encoding=")?;
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    let label = rest[1..].split(mark).next()?;
    Encoding::for_label(label.as_bytes())
}

/// What a feed says of an article.
#[derive(Debug, Default)]
struct Entry {
    fields: BTreeMap<&'static str, String>,
    /// The longest of what it gives as the text.
    content: String,
    /// Whether that is HTML.
    is_html: bool,
    /// Whether it is called a summary.
    is_summary: bool,
}

fn entries(xml: &str) -> Result<Vec<Entry>, SkipReason> {
    if let Some(what) = tangled(xml) {
        return Err(SkipReason::TangledPage { what });
    }
    let options =
        ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml.trim_start(), options)
        .map_err(|error| SkipReason::BrokenXml { message: error.to_string() })?;
    let root = document.root_element();
    let is_feed = matches!(root.tag_name().name(), "rss" | "RDF" | "feed" | "channel");
    if !is_feed {
        return Err(SkipReason::NotAFeed { root: root.tag_name().name().to_owned() });
    }
    let mut end = 0;
    // An entry inside an entry is part of its content.
    let is_entry = |node: &Node<'_, '_>| {
        let is_one = matches!(node.tag_name().name(), "item" | "entry");
        let is_first = is_one && node.range().start >= end;
        end = if is_first { node.range().end } else { end };
        is_first
    };
    Ok(root.descendants().filter(is_entry).map(|node| read_entry(node, xml.trim_start())).collect())
}

fn read_entry(entry: Node<'_, '_>, xml: &str) -> Entry {
    let mut read = Entry::default();
    for child in entry.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let text = || text_of(child);
        match name {
            "title" => set(&mut read, "title", text()),
            "link" => {
                let is_page = child.attribute("rel").is_none_or(|rel| rel == "alternate");
                let link = child.attribute("href").map(str::to_owned).unwrap_or_else(text);
                if is_page {
                    set(&mut read, "url", link);
                }
            }
            "guid" | "id" => set(&mut read, "id", text()),
            "pubDate" | "published" | "date" | "issued" => set(&mut read, "date", text()),
            "creator" | "author" => {
                let name = child.children().find(|node| node.tag_name().name() == "name");
                set(&mut read, "byline", name.map_or_else(text, text_of));
            }
            "category" => set(
                &mut read,
                "category",
                child.attribute("term").map(str::to_owned).unwrap_or_else(text),
            ),
            "encoded" | "content" | "description" | "summary" | "body" => {
                let is_media = child.tag_name().namespace().is_some_and(|ns| ns.contains("mrss"));
                if !is_media {
                    content(&mut read, child, matches!(name, "description" | "summary"), xml);
                }
            }
            _ => {}
        }
    }
    if let Some(updated) = entry.children().find(|node| node.tag_name().name() == "updated") {
        set(&mut read, "date", text_of(updated));
    }
    read
}

fn set(entry: &mut Entry, name: &'static str, value: String) {
    let value = value.trim();
    if !value.is_empty() {
        entry.fields.entry(name).or_insert_with(|| value.to_owned());
    }
}

fn content(entry: &mut Entry, node: Node<'_, '_>, is_summary: bool, xml: &str) {
    let kind = node.attribute("type").unwrap_or("html");
    let (content, is_html) = match kind {
        "xhtml" | "application/xhtml+xml" => {
            (xml.get(node.range()).unwrap_or_default().to_owned(), true)
        }
        "text" | "text/plain" => (text_of(node), false),
        _ if node.children().any(|child| child.is_element()) => {
            (xml.get(node.range()).unwrap_or_default().to_owned(), true)
        }
        _ => (text_of(node), true),
    };
    if content.len() > entry.content.len() || entry.is_summary && !is_summary {
        (entry.content, entry.is_html, entry.is_summary) = (content, is_html, is_summary);
    }
}

fn text_of(node: Node<'_, '_>) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

/// An entry, not yet read.
struct EntryRow {
    entry: Arc<Entry>,
    note: EncodingNote,
}

impl RawRow for EntryRow {
    fn read(self: Box<Self>) -> Result<Row, SkipReason> {
        let entry = &self.entry;
        let (text, markup): (String, Vec<Marked>) = match entry.is_html {
            true => html::text_of_fragment(&entry.content)?,
            false => (entry.content.clone(), Vec::new()),
        };
        let mut row = Row { note: self.note, markup, ..Row::default() };
        for (name, value) in &entry.fields {
            let value = match *name {
                "title" => html::text_of_fragment(value)?.0,
                _ => value.clone(),
            };
            row.values.insert((*name).to_owned(), value);
        }
        if entry.is_summary {
            row.values.insert("part".to_owned(), "summary".to_owned());
        }
        row.values.insert(Role::Text.name().to_owned(), text);
        Ok(row)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(xml: &str) -> Vec<Row> {
        let row =
            |entry| Box::new(EntryRow { entry: Arc::new(entry), note: EncodingNote::default() });
        entries(xml).unwrap().into_iter().map(|entry| row(entry).read().unwrap()).collect()
    }

    #[test]
    fn rss_gives_its_longest_text() {
        let rows = rows(
            r#"<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Feed</title>
            <item><title>Mayor &amp;amp; council</title><link>https://x.org/1</link><guid>g1</guid><pubDate>Tue, 19 Dec 2017 10:00:00 GMT</pubDate><dc:creator>A. Writer</dc:creator>
            <description>Short.</description><content:encoded><![CDATA[<p>One <b>two</b>.</p><h2>Part</h2><blockquote><p>Said.</p></blockquote>]]></content:encoded></item>
            <item><title>Brief</title><description>Only a summary &lt;br/&gt; here.</description></item></channel></rss>"#,
        );
        assert_eq!(rows[0].values["title"], "Mayor & council");
        assert_eq!(rows[0].values["text"], "One two.\n\nPart\n\nSaid.");
        assert_eq!(rows[0].markup.len(), 2);
        assert_eq!(rows[0].values["byline"], "A. Writer");
        assert_eq!(rows[0].values["date"], "Tue, 19 Dec 2017 10:00:00 GMT");
        assert_eq!(rows[1].values["text"], "Only a summary\nhere.");
        assert_eq!(rows[1].values["part"], "summary");
    }

    #[test]
    fn atom_may_hold_markup_itself() {
        let rows = rows(
            r#"<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="text">T</title><id>u:1</id><link rel="self" href="https://x.org/no"/><link href="https://x.org/1"/>
            <updated>2020-02-03T00:00:00Z</updated><author><name>B. Writer</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two &lt; three.</p></div></content></entry></feed>"#,
        );
        assert_eq!(rows[0].values["text"], "One.\n\nTwo < three.");
        assert_eq!(rows[0].values["url"], "https://x.org/1");
        assert_eq!(rows[0].values["byline"], "B. Writer");
        assert_eq!(rows[0].values["date"], "2020-02-03T00:00:00Z");
    }

    #[test]
    fn what_is_no_feed_is_refused() {
        assert!(matches!(entries("<urlset/>"), Err(SkipReason::NotAFeed { .. })));
        assert!(matches!(entries("<rss><item>"), Err(SkipReason::BrokenXml { .. })));
        let laughs = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\"><!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;&e;&e;\"><!ENTITY g \"&f;&f;&f;&f;&f;&f;&f;&f;\"><!ENTITY h \"&g;&g;&g;&g;&g;&g;&g;&g;\"><!ENTITY i \"&h;&h;&h;&h;&h;&h;&h;&h;\">]><rss><item><title>&i;</title></item></rss>";
        assert!(matches!(entries(laughs), Err(SkipReason::TangledPage { .. })));
        let ring = "<!DOCTYPE r [<!ENTITY a '&b;'><!ENTITY b '&a;'>]><rss><item><title>&a;</title></item></rss>";
        assert!(matches!(entries(ring), Err(SkipReason::BrokenXml { .. })));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(xml in "<(rss|feed)>(<item>|</item>|<title>|&[a-z];|<!\\[CDATA\\[|\\]\\]>|[a-z ]){0,12}(</rss>|</feed>)?") {
            let _ = entries(&xml);
        }
    }
}
