//! Furniture that stands inside an article: readability keeps it where it looks like a paragraph.

use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};

use super::blocks::{self, Block};

/// Words of class names and ids that only furniture bears, as they stand between hyphens.
const WORDS: [&str; 34] = [
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertorial",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "donate",
    "gdpr",
    "mailing",
    "newsletter",
    "newsletters",
    "outbrain",
    "overlay",
    "paywall",
    "popup",
    "promo",
    "promoted",
    "recirc",
    "recirculation",
    "recommended",
    "related",
    "share",
    "sharing",
    "signup",
    "subscribe",
    "taboola",
];
/// Two words that only furniture bears beside one another.
const PAIRS: [(&str, &str); 9] = [
    ("most", "read"),
    ("most", "popular"),
    ("read", "more"),
    ("read", "next"),
    ("more", "stories"),
    ("about", "author"),
    ("author", "info"),
    ("sign", "up"),
    ("social", "links"),
];
/// Two words that stand beside one another in names of other things.
const INNOCENT: [(&str, &str); 5] = [
    ("share", "price"),
    ("share", "prices"),
    ("share", "capital"),
    ("market", "share"),
    ("related", "to"),
];
/// Words of that list that what an outlet did not write bears: advertisements, notes on cookies.
const FOREIGN: [&str; 16] = [
    "ad",
    "ads",
    "adslot",
    "advert",
    "advertisement",
    "advertorial",
    "banner",
    "consent",
    "cookie",
    "cookies",
    "disqus",
    "gdpr",
    "outbrain",
    "promo",
    "promoted",
    "taboola",
];
/// Words of names of those who wrote the article: notes on them run in sentences too.
const WRITERS: [&str; 2] = ["author", "bio"];
/// What holds more words is the article, whatever it is called: some pages wrap the whole text into
/// an element called `paywall`.
const MOST_WORDS: usize = 120;
/// Words that elements of one name hold beside one another if they are the article.
const LEAST_WORDS: usize = 40;
/// The attribute of what is called like furniture and is kept.
const KEPT: &str = "data-parallax-kept";
/// How often what was kept is looked into.
const ROUNDS: usize = 4;
/// Beginnings of words and phrases that ask the reader for something.
const PLEAS: [&str; 32] = [
    "subscri",
    "abonn",
    "abbon",
    "suscri",
    "newsletter",
    "sign up",
    "sign in",
    "log in",
    "signup",
    "your inbox",
    "an account",
    "free trial",
    "unlimited access",
    "unlimited digital",
    "keep reading",
    "continue reading",
    "read on",
    "read more",
    "read the full",
    "rest of this article",
    "rest of the article",
    "support us",
    "support our",
    "our journalism",
    "our reporting",
    "our readers",
    "readers like you",
    "become a member",
    "donat",
    "cookies",
    "privacy policy",
    "follow us",
];

/// Takes furniture out of a page. What is called like furniture is kept where it is running text of
/// the article: elements of one name under one parent are judged together. `paid` are the classes
/// whose elements hold text that is not free to read, as the page itself says.
pub(super) fn remove(document: &Document, lengths: &Lengths, paid: &[String]) {
    // What stands in something that was kept is judged by itself.
    for _ in 0..ROUNDS {
        let mut has_kept = false;
        for group in outermost(document, lengths, paid) {
            let is_article = group.is_article();
            has_kept |= is_article;
            for element in group.elements {
                if is_article {
                    element.set_attr(KEPT, "");
                } else {
                    element.remove_from_parent();
                }
            }
        }
        if !has_kept {
            return;
        }
    }
}

/// The short elements that are called like furniture and stand in no other one.
fn outermost<'a>(document: &'a Document, lengths: &Lengths, paid: &[String]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut by_name: FxHashMap<(NodeId, String), usize> = FxHashMap::default();
    let mut known: FxHashSet<NodeId> = FxHashSet::default();
    for node in document.select("[class], [id], [role=dialog]").iter() {
        let Some(node) = node.nodes().first().copied() else { continue };
        let name = node.node_name().unwrap_or_default().to_lowercase();
        if matches!(name.as_str(), "html" | "body" | "main" | "article") || node.has_attr(KEPT) {
            continue;
        }
        let class = node.class().unwrap_or_default().to_string();
        let Some(kind) = kind_of(&node, &name, &class) else { continue };
        let Some(parent) = node.parent() else { continue };
        if !lengths.is_short(&node) {
            continue;
        }
        let is_inside = node.ancestors_it(None).any(|above| known.contains(&above.id));
        known.insert(node.id);
        if is_inside {
            continue;
        }
        let at = *by_name.entry((parent.id, format!("{name} {class}"))).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.elements.push(node),
            None => {
                let is_paid = class.split_whitespace().any(|it| paid.iter().any(|paid| paid == it));
                groups.push(Group { elements: vec![node], kind, is_paid });
            }
        }
    }
    groups
}

/// Takes out what no reader sees on the page, and what was struck from it.
pub(super) fn remove_unseen(document: &Document) {
    document.select("del, amp-ad, amp-embed, amp-sticky-ad, amp-consent").remove();
    document.select("[subscriptions-section=content-not-granted]").remove();
    for node in document.select("[class]").iter() {
        let class = node.attr("class").unwrap_or_default().to_lowercase();
        if class.split_whitespace().any(|name| SPOKEN.contains(&name)) {
            node.remove();
        }
    }
}

/// Classes of text that is only read aloud.
const SPOKEN: [&str; 12] = [
    "sr-only",
    "sr-only-focusable",
    "visually-hidden",
    "visuallyhidden",
    "visually-hidden-focusable",
    "u-visually-hidden",
    "is-visually-hidden",
    "screen-reader-text",
    "screen-reader-only",
    "screenreader-only",
    "show-for-sr",
    "a11y-hidden",
];

/// Whether an element is called like furniture and was not found to be the article; a wall that is
/// paid at stands around articles.
pub(super) fn is_apart(node: &NodeRef<'_>, name: &str) -> bool {
    let class = node.class().unwrap_or_default();
    let is_wall = class.to_lowercase().contains("paywall");
    !node.has_attr(KEPT) && !is_wall && kind_of(node, name, &class).is_some()
}

/// Whether class or id of an element hold one of these words.
pub(super) fn is_called(node: &NodeRef<'_>, among: &[&str]) -> bool {
    let called =
        format!("{} {}", node.class().unwrap_or_default(), node.id_attr().unwrap_or_default());
    called.split_whitespace().flat_map(words_of).any(|word| among.contains(&word.as_str()))
}

/// How much it takes to hold an element for the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Usual,
    /// Notes on writers.
    Writer,
    /// Advertisements.
    Foreign,
    /// Never the article.
    Dialog,
}

/// What kind of furniture an element is called, if any. The id of a paragraph is a place to link to.
fn kind_of(node: &NodeRef<'_>, name: &str, class: &str) -> Option<Kind> {
    if node.attr("role").is_some_and(|role| &*role == "dialog") {
        return Some(Kind::Dialog);
    }
    let id = node.id_attr().filter(|_| name != "p").unwrap_or_default();
    let called = format!("{class} {id}");
    is_furniture(&called).then(|| {
        let holds = |among: &[&str]| {
            let any = |name: &str| words_of(name).iter().any(|word| among.contains(&word.as_str()));
            called.split_whitespace().any(any)
        };
        match () {
            () if holds(&FOREIGN) => Kind::Foreign,
            () if holds(&WRITERS) => Kind::Writer,
            () => Kind::Usual,
        }
    })
}

/// Elements of one name under one parent.
struct Group<'a> {
    elements: Vec<NodeRef<'a>>,
    kind: Kind,
    /// Whether the page says that it holds text that is not free to read.
    is_paid: bool,
}

impl Group<'_> {
    /// Whether it is running text that asks for nothing and leads nowhere.
    fn is_article(&self) -> bool {
        let blocks: Vec<Block> = self.elements.iter().flat_map(within).collect();
        let running: Vec<&Block> = blocks.iter().filter(|block| block.is_running()).collect();
        let all: usize = blocks.iter().map(Block::words).sum();
        let run: usize = running.iter().map(|block| block.words()).sum();
        // No notice is so long; articles speak to their readers too.
        let is_long = run > MOST_WORDS && self.kind == Kind::Usual;
        if self.kind == Kind::Dialog || !is_long && self.elements.iter().any(asks_for_input) {
            return false;
        }
        let asks = |block: &&Block| pleads(&block.text) || !is_long && addresses(&block.text);
        let against = blocks.iter().filter(|block| asks(block) || block.is_link()).count();
        let (least, words) = match self.kind {
            Kind::Writer | Kind::Foreign => (3, 3 * LEAST_WORDS / 2),
            _ if self.is_paid => (1, blocks::RUNNING),
            _ => (2, LEAST_WORDS),
        };
        let is_text = running.len() >= least && run >= words && run * 10 >= all * 7;
        is_text && against * 3 < running.len()
            || against == 0 && self.stands_between_paragraphs(&blocks)
    }

    /// Whether it is one paragraph between paragraphs that are the article.
    fn stands_between_paragraphs(&self, blocks: &[Block]) -> bool {
        let ([element], [block]) = (&self.elements[..], blocks) else { return false };
        let is_paragraph =
            |node: &NodeRef<'_>| node.has_name("p") && within(node).iter().any(Block::is_running);
        self.kind != Kind::Foreign
            && block.runs(5)
            && element.has_name("p")
            && siblings(*element, |it| it.prev_element_sibling()).any(|it| is_paragraph(&it))
            && siblings(*element, |it| it.next_element_sibling()).any(|it| is_paragraph(&it))
    }
}

/// The nearest elements beside one, on one side.
fn siblings<'a>(
    node: NodeRef<'a>,
    next: fn(&NodeRef<'a>) -> Option<NodeRef<'a>>,
) -> impl Iterator<Item = NodeRef<'a>> {
    std::iter::successors(next(&node), next).take(2)
}

fn within(element: &NodeRef<'_>) -> Vec<Block> {
    blocks::within(element, |_, _| false)
}

fn asks_for_input(element: &NodeRef<'_>) -> bool {
    let inputs = ["form", "input", "button", "textarea", "iframe"];
    let is_input = |node: NodeRef<'_>| {
        node.node_name().is_some_and(|name| inputs.contains(&name.to_lowercase().as_str()))
    };
    element.descendants_it().any(is_input)
}

/// Whether a paragraph asks its reader for something.
fn pleads(text: &str) -> bool {
    let text = text.to_lowercase();
    let begins = |at: usize| !text[..at].ends_with(char::is_alphanumeric);
    PLEAS.iter().any(|plea| text.match_indices(plea).any(|(at, _)| begins(at)))
}

/// Whether a paragraph speaks to its reader, and not to somebody whom it quotes.
fn addresses(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    !text.contains(['"', '“', '”', '‘', '«', '„'])
        && words.any(|word| ["you", "your"].iter().any(|it| word.eq_ignore_ascii_case(it)))
}

/// How many words stand in each element of a page, counted once: elements stand inside one another.
pub(super) struct Lengths(FxHashMap<NodeId, usize>);

impl Lengths {
    /// Those of a page.
    pub(super) fn of(document: &Document) -> Self {
        let mut lengths = FxHashMap::default();
        words_within(&document.root(), &mut lengths);
        Self(lengths)
    }

    /// Whether an element holds few words.
    pub(super) fn is_short(&self, node: &NodeRef<'_>) -> bool {
        self.0.get(&node.id).is_none_or(|words| *words <= MOST_WORDS)
    }
}

fn words_within(node: &NodeRef<'_>, lengths: &mut FxHashMap<NodeId, usize>) -> usize {
    let mut words = 0;
    for child in node.children_it(false) {
        words += if child.is_text() {
            child.text().split_whitespace().count()
        } else {
            words_within(&child, lengths)
        };
    }
    lengths.insert(node.id, words);
    words
}

/// Whether class names and an id say that an element is furniture: `related-stories`, `adSlot`.
fn is_furniture(called: &str) -> bool {
    called.split_whitespace().any(|name| {
        let words = words_of(name);
        let pair = |among: &[(&str, &str)]| {
            words.windows(2).any(|pair| among.contains(&(pair[0].as_str(), pair[1].as_str())))
        };
        pair(&PAIRS) || words.iter().any(|word| WORDS.contains(&word.as_str())) && !pair(&INNOCENT)
    })
}

/// The words of a name in kebab-case, snake_case or camelCase.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in name.chars() {
        let splits = !c.is_alphanumeric() || c.is_uppercase() && after_small;
        if splits && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_furniture() {
        for name in ["ad-slot", "x related__list", "newsletterSignup", "most-read", "mostRead-1"] {
            assert!(is_furniture(name), "{name}");
        }
        for name in
            ["article-body", "reader", "shared-layout", "head", "admin", "biography", "read"]
        {
            assert!(!is_furniture(name), "{name}");
        }
    }
}
