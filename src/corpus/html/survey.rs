//! What a page holds besides what was taken from it: text of the article that stands elsewhere is
//! taken too where the page says that it is the article's, and else said.

use dom_query::{Document, NodeRef};
use rustc_hash::FxHashSet;

use super::blocks::{self, Block, bare};
use super::clutter::{self, Lengths};

/// Words of names of elements that hold what others wrote, or what leads to other articles.
const APART: [&str; 29] = [
    "comentarios",
    "comment",
    "commentaires",
    "comments",
    "conversation",
    "kommentar",
    "kommentare",
    "reacties",
    "respond",
    "replies",
    "reply",
    "discussion",
    "responses",
    "forum",
    "sidebar",
    "rail",
    "teaser",
    "teasers",
    "card",
    "cards",
    "widget",
    "trending",
    "popular",
    "latest",
    "sponsor",
    "sponsored",
    "footer",
    "masthead",
    "copyright",
];
/// Roles that say the same.
const ROLES: [&str; 5] = ["complementary", "navigation", "contentinfo", "dialog", "search"];
/// Elements that say the same.
const ELEMENTS: [&str; 3] = ["aside", "footer", "nav"];
/// The attribute of elements that hold a heading that leads to another article, and its summary.
const TEASER: &str = "data-parallax-teaser";
/// Paragraphs that may be missing and are a part of what was taken, if it is looked for as a whole.
const LOOKED_FOR: usize = 200;
/// Paragraphs that are a good part of an article, and the share of its words: one of so many.
const GOOD_PART: (usize, usize) = (2, 5);

/// Running text that was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Remainder {
    pub(super) paragraphs: usize,
    pub(super) words: usize,
}

/// The text of a page, before its article is looked for.
pub(super) struct Survey {
    /// What the element holds that the page calls its article.
    article: Vec<Block>,
    /// Whether the page says so, or it is only the element of all that is no furniture.
    is_named: bool,
    /// The running text of the page.
    running: Vec<Block>,
}

/// Looks over a page.
pub(super) fn of(document: &Document) -> Survey {
    let main = one(outermost(document, "main, [role=main]"));
    let bodies = outermost(document, "[itemprop=articleBody]");
    // A notice of a line is one where nothing else may be the article.
    let article = one(articles(document, blocks::RUNNING))
        .or_else(|| one(articles(document, blocks::WORDS_OF_A_NOTICE)));
    let named: Vec<NodeRef<'_>> = match (bodies.is_empty(), article) {
        (false, _) => bodies,
        (true, article) => article.into_iter().collect(),
    };
    let is_named = !named.is_empty();
    let held = if is_named { named } else { main.into_iter().collect() };
    let whole = main.unwrap_or_else(|| document.root());
    let mut running = text_of(&whole);
    running.retain(Block::is_running);
    Survey { article: held.iter().flat_map(text_of).collect(), is_named, running }
}

/// The outermost elements called `article` that stand in no furniture and hold a paragraph with so
/// many words at least.
pub(super) fn articles(document: &Document, least: usize) -> Vec<NodeRef<'_>> {
    let mut found = Vec::new();
    collect_articles(&document.root(), &mut found);
    found.retain(|article| text_of(article).iter().any(|block| block.runs(least)));
    found
}

fn collect_articles<'a>(node: &NodeRef<'a>, found: &mut Vec<NodeRef<'a>>) {
    for child in node.children_it(false).filter(NodeRef::is_element) {
        let name = child.node_name().unwrap_or_default().to_lowercase();
        if leaves_out(&child, &name) {
            continue;
        }
        if name == "article" {
            found.push(child);
        } else {
            collect_articles(&child, found);
        }
    }
}

/// The elements of a selector that stand in no other one of it.
fn outermost<'a>(document: &'a Document, selector: &str) -> Vec<NodeRef<'a>> {
    let mut found: Vec<NodeRef<'a>> = Vec::new();
    let mut known = FxHashSet::default();
    for node in document.select(selector).nodes() {
        if !node.ancestors_it(None).any(|above| known.contains(&above.id)) {
            known.insert(node.id);
            found.push(*node);
        }
    }
    found
}

fn one<'a>(nodes: Vec<NodeRef<'a>>) -> Option<NodeRef<'a>> {
    if nodes.len() == 1 { nodes.first().copied() } else { None }
}

/// Headings that are links as a whole lead to what the paragraph below them sums up.
pub(super) fn mark_teasers(document: &Document, lengths: &Lengths) {
    for heading in outermost(document, "h2, h3, h4") {
        let leads_away = blocks::within(&heading, |_, _| false).iter().all(Block::is_link);
        let elsewhere = |link: &NodeRef<'_>| {
            link.has_name("a") && link.attr("href").is_some_and(|href| !href.starts_with('#'))
        };
        let is_link = leads_away
            && (heading.descendants_it().any(|it| elsewhere(&it))
                || heading.parent().is_some_and(|it| elsewhere(&it)));
        let around = if is_link { heading.ancestors(Some(3)) } else { Vec::new() };
        for above in around.iter().filter(|above| !is_whole(above) && lengths.is_short(above)) {
            above.set_attr(TEASER, "");
        }
    }
}

/// Whether an element may be a whole page or a whole article.
fn is_whole(node: &NodeRef<'_>) -> bool {
    ["html", "body", "main"].iter().any(|name| node.has_name(name))
}

fn text_of(node: &NodeRef<'_>) -> Vec<Block> {
    blocks::within(node, leaves_out)
}

/// Whether an element is furniture, hidden, what others wrote, or leads to another article.
fn leaves_out(node: &NodeRef<'_>, name: &str) -> bool {
    if matches!(name, "html" | "body" | "main") {
        return false;
    }
    if ELEMENTS.contains(&name) || node.has_attr(TEASER) {
        return true;
    }
    let is = |attribute: &str, test: &dyn Fn(&str) -> bool| {
        node.attr(attribute).is_some_and(|value| test(&value.to_lowercase()))
    };
    let hides = |style: &str| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
        style.contains("display:none") || style.contains("visibility:hidden")
    };
    is("style", &hides)
        || is("role", &|role| ROLES.contains(&role))
        || clutter::is_called(node, &APART)
        || clutter::is_apart(node, name)
}

impl Survey {
    /// Whether the page names the element of its article.
    pub(super) fn is_named(&self) -> bool {
        self.is_named
    }

    /// What was taken, and what belongs to it and was left: what else of running text there is.
    /// Without anything taken, all that the page calls its article.
    pub(super) fn complete(self, taken: Vec<Block>) -> (Vec<Block>, Option<Remainder>) {
        let lost = missing(&self.article, &taken);
        let homes: FxHashSet<u64> = if taken.is_empty() || self.is_named {
            self.article.iter().map(|block| block.home).collect()
        } else {
            let is_taken = |(block, lost): (&Block, &bool)| {
                (block.is_running() && !lost).then_some(block.home)
            };
            self.article.iter().zip(&lost).filter_map(is_taken).collect()
        };
        let wanted = |(block, lost): (&Block, &bool)| {
            *lost && block.is_running() && homes.contains(&block.home)
        };
        let wanted: Vec<bool> = self.article.iter().zip(&lost).map(wanted).collect();
        let back = self.article.iter().zip(&wanted).filter_map(|(it, back)| back.then_some(it));
        let whole = if taken.is_empty() || is_good_part(measured(back), &taken) {
            united(taken, &self.article, &lost, &wanted)
        } else {
            taken
        };
        let lost = missing(&self.running, &whole);
        let left = self.running.iter().zip(lost).filter_map(|(it, lost)| lost.then_some(it));
        let left = measured(left);
        let is_left = !whole.is_empty() && is_good_part(left, &whole);
        (whole, is_left.then_some(left))
    }
}

fn measured<'a>(blocks: impl Iterator<Item = &'a Block>) -> Remainder {
    blocks.fold(Remainder { paragraphs: 0, words: 0 }, |sum, block| Remainder {
        paragraphs: sum.paragraphs + 1,
        words: sum.words + block.words(),
    })
}

fn is_good_part(part: Remainder, of: &[Block]) -> bool {
    let all: usize = of.iter().map(Block::words).sum();
    part.paragraphs >= GOOD_PART.0 && part.words * GOOD_PART.1 >= all
}

/// Which blocks say what nothing says that was taken.
fn missing(blocks: &[Block], taken: &[Block]) -> Vec<bool> {
    let said: Vec<String> = taken.iter().map(|block| bare(&block.text)).collect();
    let all = said.concat();
    let said: FxHashSet<String> = said.into_iter().collect();
    let mut looked = 0;
    let mut is_missing = |block: &Block| {
        let text = bare(&block.text);
        if said.contains(&text) {
            return false;
        }
        looked += 1;
        looked > LOOKED_FOR || memchr::memmem::find(all.as_bytes(), text.as_bytes()).is_none()
    };
    blocks.iter().map(&mut is_missing).collect()
}

/// What was taken with what is wanted back, in the order of the page; of what else was left what
/// stands between it: headings, short lines.
fn united(taken: Vec<Block>, article: &[Block], lost: &[bool], wanted: &[bool]) -> Vec<Block> {
    let here: FxHashSet<String> = article.iter().map(|block| bare(&block.text)).collect();
    let is_above = |block: &Block| !here.contains(&bare(&block.text));
    let mut whole: Vec<Block> = if taken.iter().all(is_above) {
        // Something else was taken for the article.
        Vec::new()
    } else {
        taken.into_iter().take_while(is_above).collect()
    };
    // A notice may have no running text at all.
    let first = wanted.iter().position(|wanted| *wanted).unwrap_or(0);
    let last = wanted.iter().rposition(|wanted| *wanted).unwrap_or(wanted.len());
    let parts = article.iter().zip(lost).zip(wanted).enumerate();
    whole.extend(parts.filter_map(|(at, ((block, lost), wanted))| {
        let between = (first..=last).contains(&at) && !block.is_link() && !block.is_running();
        (*wanted || !lost || between).then(|| block.clone())
    }));
    whole
}
