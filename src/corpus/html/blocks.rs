//! The article of a page as blocks of text, each with what its markup says of it.

use std::hash::{Hash, Hasher};

use dom_query::{Document, NodeRef};

use super::Markup;
use crate::text::words;

/// A paragraph, a heading, a caption.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) text: String,
    pub(super) role: Option<Markup>,
    /// Bytes of the text that stand in links.
    linked: usize,
    /// What the element around it is called.
    pub(super) home: u64,
}

/// Words of a paragraph of running text.
pub(super) const RUNNING: usize = 12;
/// Words of a sentence where the page says that it is its article.
pub(super) const WORDS_OF_A_NOTICE: usize = 4;

impl Block {
    pub(super) fn subhead(text: String) -> Self {
        Self { text, role: Some(Markup::Subhead), linked: 0, home: 0 }
    }

    pub(super) fn words(&self) -> usize {
        words::count(&self.text)
    }

    /// Whether it is a paragraph as articles have them: some words, nearly all outside links, and
    /// the end of a sentence.
    pub(super) fn is_running(&self) -> bool {
        self.runs(RUNNING)
    }

    /// The same with so many words at least.
    pub(super) fn runs(&self, least: usize) -> bool {
        matches!(self.role, None | Some(Markup::Quotation))
            && self.linked * 4 <= self.text.len()
            && words::words(&self.text).nth(least.saturating_sub(1)).is_some()
            && ends_a_sentence(&self.text)
    }

    /// Whether it leads elsewhere and says little else.
    pub(super) fn is_link(&self) -> bool {
        let blanks = self.text.bytes().filter(u8::is_ascii_whitespace).count();
        self.linked * 10 >= (self.text.len() - blanks) * 8
    }
}

/// Whether a sentence ends in a text, at its end or before a blank.
fn ends_a_sentence(text: &str) -> bool {
    let behind = |c: char| "\"”’')]»".contains(c);
    let marks = ['.', '!', '?', '…', '。', '؟', '۔'];
    text.match_indices(marks).any(|(at, mark)| {
        let rest = text[at + mark.len()..].trim_start_matches(behind);
        // The number of a note may stand there.
        rest.starts_with(|c: char| c.is_whitespace() || c == '[') || rest.is_empty()
    })
}

/// Whether one of the blocks holds these words, whatever stands between them.
pub(super) fn say(blocks: &[Block], words: &str) -> bool {
    let words = bare(words);
    blocks.iter().any(|block| bare(&block.text).contains(&words))
}

/// The blocks of a document, in order; none is blank.
pub(super) fn of(document: &Document) -> Vec<Block> {
    within(&document.root(), |_, _| false)
}

/// The blocks in an element without the elements of which `leaves_out` says so, by their name.
pub(super) fn within(
    element: &NodeRef<'_>,
    leaves_out: fn(&NodeRef<'_>, &str) -> bool,
) -> Vec<Block> {
    let mut walk = Walk {
        leaves_out,
        blocks: Vec::new(),
        line: String::new(),
        linked: 0,
        blank: false,
        in_link: false,
        homes: [0; 2],
    };
    walk.children(element, None);
    walk.end(None);
    walk.blocks
}

/// The attribute that tells the role of what an element holds, whatever becomes of those around it.
const ROLE: &str = "data-parallax-role";

/// Writes on the elements inside block quotations and captions what they are part of: what finds
/// the article may take the quotation itself for it, and gives it another name.
pub(super) fn keep_roles(node: &NodeRef<'_>, role: Option<Markup>) {
    for child in node.element_children() {
        let name = child.node_name().unwrap_or_default().to_lowercase();
        let role = role_of(&name).or(role);
        match role {
            Some(Markup::Quotation) => child.set_attr(ROLE, "quotation"),
            Some(Markup::Caption) => child.set_attr(ROLE, "caption"),
            _ => {}
        }
        keep_roles(&child, role);
    }
}

fn kept_role(node: &NodeRef<'_>) -> Option<Markup> {
    match &*node.attr(ROLE)? {
        "quotation" => Some(Markup::Quotation),
        "caption" => Some(Markup::Caption),
        _ => None,
    }
}

/// Elements that hold no text of the article.
const SKIPPED: [&str; 22] = [
    "script", "style", "noscript", "template", "svg", "math", "form", "button", "select", "input",
    "textarea", "nav", "iframe", "object", "embed", "video", "audio", "canvas", "head", "dialog",
    "menu", "map",
];
/// Elements that stand within a line.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "ruby", "s", "samp",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img",
];

/// Block quotations that are looked for in the running text.
const MOST_QUOTATIONS: usize = 100;

struct Walk {
    leaves_out: fn(&NodeRef<'_>, &str) -> bool,
    blocks: Vec<Block>,
    line: String,
    linked: usize,
    /// A blank stood at the end of the last piece.
    blank: bool,
    in_link: bool,
    /// What the innermost two elements that break lines are called.
    homes: [u64; 2],
}

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>, role: Option<Markup>) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text());
            } else if let Some(name) = child.node_name() {
                self.element(&child, &name.to_lowercase(), role);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str, role: Option<Markup>) {
        if SKIPPED.contains(&name) || node.attr("hidden").is_some() || (self.leaves_out)(node, name)
        {
            return;
        }
        match name {
            "br" => {
                // One break is a line of verse or an address, two are a paragraph.
                if self.line.ends_with('\n') {
                    self.end(role)
                } else {
                    self.line.push('\n')
                }
                self.blank = false;
            }
            "a" => {
                let outer = std::mem::replace(&mut self.in_link, true);
                self.children(node, role);
                self.in_link = outer;
            }
            "q" => {
                self.text("“");
                self.children(node, role);
                self.text_behind("”");
            }
            // The cells of a row stand on one line.
            "td" | "th" => {
                self.blank = true;
                self.children(node, role);
                self.blank = true;
            }
            _ if INLINE.contains(&name) => self.children(node, role),
            _ => {
                self.end(role);
                let inner = role_of(name).or_else(|| kept_role(node)).or(role);
                let homes = self.homes;
                self.homes = [homes[1], called(node, name)];
                self.children(node, inner);
                // What stands in a cell without a paragraph of its own is no running text.
                self.end(if name == "tr" { Some(Markup::Caption) } else { inner });
                self.homes = homes;
            }
        }
    }

    fn text(&mut self, text: &str) {
        let opens = text.starts_with(is_blank);
        let mut first = true;
        for word in text.split(is_blank).filter(|word| !word.is_empty()) {
            let apart = if first { opens || self.blank } else { true };
            if apart && !self.line.is_empty() && !self.line.ends_with('\n') {
                self.line.push(' ');
            }
            self.line.push_str(word);
            self.linked += if self.in_link { word.len() } else { 0 };
            first = false;
        }
        self.blank = if first { self.blank || opens } else { text.ends_with(is_blank) };
    }

    /// Text that stands at what is before it without a blank.
    fn text_behind(&mut self, text: &str) {
        self.line.push_str(text);
        self.blank = false;
    }

    fn end(&mut self, role: Option<Markup>) {
        let text = std::mem::take(&mut self.line);
        let linked = std::mem::take(&mut self.linked);
        self.blank = false;
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.blocks.push(Block { text: text.to_owned(), role, linked, home: self.homes[0] });
    }
}

/// A number for the name and the classes of an element.
fn called(node: &NodeRef<'_>, name: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    (name, &*node.class().unwrap_or_default()).hash(&mut hasher);
    hasher.finish()
}

/// The blanks that HTML makes one of; a no-break space is none.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

fn role_of(name: &str) -> Option<Markup> {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(Markup::Subhead),
        "figcaption" | "figure" | "caption" => Some(Markup::Caption),
        "blockquote" => Some(Markup::Quotation),
        _ => None,
    }
}

/// Leaves out the blocks at the top that say the title again.
pub(super) fn drop_title(blocks: &mut Vec<Block>, title: Option<&str>) {
    let Some(title) = title.map(bare).filter(|title| !title.is_empty()) else { return };
    if let Some(at) = blocks.iter().take(3).position(|block| bare(&block.text) == title) {
        blocks.remove(at);
    }
}

/// Whether the blocks are an article and not the furniture of a page: one of them is a paragraph
/// that ends as a sentence does and has so many words at least, and most of the text does not lead
/// elsewhere.
pub(super) fn hold_an_article(blocks: &[Block], least: usize) -> bool {
    // A number behind the full stop is that of a note.
    let behind = |c: char| "\"”’')]»[".contains(c) || c.is_ascii_digit() || c.is_whitespace();
    let sentence = |block: &Block| {
        block.is_running()
            || matches!(block.role, None | Some(Markup::Quotation))
                && block.linked * 2 <= block.text.len()
                && words::words(&block.text).nth(least.saturating_sub(1)).is_some()
                && block
                    .text
                    .trim_end_matches(behind)
                    .ends_with(['.', '!', '?', '…', '。', '؟', '۔'])
    };
    let linked: usize = blocks.iter().map(|block| block.linked).sum();
    let all: usize = blocks.iter().map(|block| block.text.len()).sum();
    linked * 2 <= all && (blocks.iter().any(sentence) || unmarked(blocks))
}

/// An article without full stops: many words that lead nowhere.
fn unmarked(blocks: &[Block]) -> bool {
    let long = |block: &&Block| {
        block.role.is_none() && block.linked == 0 && words::words(&block.text).nth(39).is_some()
    };
    blocks.iter().any(|block| long(&block))
}

/// Gives the blocks above the text their roles: the summary under the headline, and lines about the
/// writer and the day.
pub(super) fn mark_head(blocks: &mut [Block], dek: Option<&str>, byline: Option<&str>) {
    let dek = dek.map(bare);
    for block in blocks.iter_mut().take(4).filter(|block| block.role.is_none()) {
        if dek.as_ref().is_some_and(|dek| *dek == bare(&block.text)) {
            block.role = Some(Markup::Subhead);
        } else if is_about(&block.text, byline) {
            block.role = Some(Markup::Byline);
        }
    }
}

/// Whether a line tells who wrote the article, or when: "By A. Writer · Feb 20, 2024 · 3 min read".
fn is_about(line: &str, byline: Option<&str>) -> bool {
    let short = words::words(line).nth(14).is_none();
    let sentence = line.ends_with(['.', '!', '?', '”', '"']);
    let lower = line.to_lowercase();
    let names = byline.is_some_and(|byline| lower.contains(&byline.to_lowercase()));
    let is_year =
        |word: &str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    let mut parts = lower.split(|c: char| !c.is_ascii_digit());
    short && !sentence && (names || lower.contains("min read") || parts.any(is_year))
}

/// A block quotation that says what a paragraph says too is a pull quote, a line of links leads
/// away: both are page furniture. Of very many block quotations the first are looked at.
pub(super) fn mark_furniture(blocks: &mut [Block]) {
    let mut quotations = 0;
    let running: String =
        blocks.iter().filter(|block| block.role.is_none()).map(|block| bare(&block.text)).collect();
    for block in blocks.iter_mut() {
        let is_quotation = block.role == Some(Markup::Quotation);
        quotations += usize::from(is_quotation);
        let repeated = is_quotation && quotations <= MOST_QUOTATIONS && {
            let words = bare(&block.text);
            !words.is_empty() && running.contains(&words)
        };
        let leads_away = block.role.is_none()
            && block.linked * 10 >= block.text.len() * 8
            && !block.text.ends_with(['.', '!', '?', '”', '"'])
            && words::words(&block.text).nth(15).is_none();
        if repeated || leads_away {
            block.role = Some(Markup::Boilerplate);
        }
    }
}

/// Letters and digits alone.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
