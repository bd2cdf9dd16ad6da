//! Saved web pages: the article on the page, and what the page says of it.
//!
//! Which part of a page is the article is found by a port of Mozilla's Readability; headings,
//! captions and block quotations of that part keep what their markup says of them.

mod blocks;
mod clutter;
mod json_ld;
#[cfg(test)]
mod loss_tests;
mod metadata;
mod several;
mod survey;
mod tangle;
#[cfg(test)]
mod tests;

use dom_query::Document;
use dom_smoothie::{Config, Readability};
use encoding_rs::Encoding;

use super::article::{Marked, Markup};
use super::decode::{Decoded, decode_declared};
use super::fields::Role;
use super::format::{Draft, PageNote, Row};
use super::problem::SkipReason;
use crate::text::Span;
use blocks::Block;
use metadata::Metadata;

/// How many bytes of a page may pass before it names its encoding: browsers look at so many.
const CHARSET_WITHIN: usize = 1024;

/// Words of a sentence that tells an article from furniture.
const WORDS_OF_A_SENTENCE: usize = 8;
/// Words that may be missing of those that a page says its article has: pages count in other ways.
const MISSING_WORDS: usize = 100;

/// What was taken from a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Page {
    pub(super) metadata: Metadata,
    /// The article without its title, a blank line between paragraphs.
    pub(super) text: String,
    /// What the markup says of stretches of it.
    pub(super) markup: Vec<Marked>,
    /// What is to be said of it.
    pub(super) note: PageNote,
}

/// Reads a saved page.
pub(super) fn read(bytes: Vec<u8>) -> Result<Draft, SkipReason> {
    let row = read_row(bytes, None)?;
    let mut draft =
        Draft { note: row.note, page: row.page, markup: row.markup, ..Draft::default() };
    for (name, value) in row.values {
        match Role::from_name(&name) {
            Some(role) => draft.roles.insert(role, value),
            None => draft.metadata.insert(name, value),
        };
    }
    Ok(draft)
}

/// Reads a page as a row whose fields bear the names of roles; `charset` is what a server said.
pub(super) fn read_row(bytes: Vec<u8>, charset: Option<&str>) -> Result<Row, SkipReason> {
    let Decoded { text, note } = decode_page(bytes, charset)?;
    let page = extract(&text)?;
    let mut row = Row { note, page: page.note, markup: page.markup, ..Row::default() };
    let known = page.metadata;
    let fields = [
        ("title", known.title),
        ("date", known.date),
        ("url", known.url),
        ("byline", known.byline),
        ("site", known.site),
        ("page language", known.language),
    ];
    row.values
        .extend(fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    row.values.insert(Role::Text.name().to_owned(), page.text);
    Ok(row)
}

/// Decodes a page as its server, or else it itself, says.
fn decode_page(bytes: Vec<u8>, charset: Option<&str>) -> Result<Decoded, SkipReason> {
    let head = &bytes[..bytes.len().min(CHARSET_WITHIN)];
    let label = charset.map(str::to_owned).or_else(|| charset_in(head));
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    decode_declared(bytes, declared)
}

/// The encoding that `<meta charset=…>` or `<meta http-equiv=… content="…; charset=…">` names.
fn charset_in(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let (_, rest) = head.match_indices("charset").find_map(|(at, word)| {
        let rest = head[at + word.len()..].trim_start().strip_prefix('=')?;
        let opened = head[..at].rfind('<')?;
        head[opened..].starts_with("<meta").then_some((at, rest))
    })?;
    let rest = rest.trim_start_matches([' ', '"', '\'']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}

/// Takes the article out of a page.
fn extract(html: &str) -> Result<Page, SkipReason> {
    if let Some(what) = tangle::tangled(html) {
        return Err(SkipReason::TangledPage { what });
    }
    let document = parsed(Document::from(html))?;
    let said = json_ld::of(&document);
    let mut known = metadata::of(&document, said.metadata);
    let dek = metadata::dek(&document);
    clutter::remove_unseen(&document);
    let lengths = clutter::Lengths::of(&document);
    clutter::remove(&document, &lengths, &said.paid);
    survey::mark_teasers(&document, &lengths);
    let articles = several::keep_one(&document, known.title.as_deref(), said.is_live);
    let survey = survey::of(&document);
    let least = if survey.is_named() { blocks::WORDS_OF_A_NOTICE } else { WORDS_OF_A_SENTENCE };
    tangle::cut_long_texts(&document);
    let taken = readable(document, &mut known);
    let is_article = blocks::hold_an_article(&taken, WORDS_OF_A_SENTENCE);
    let (mut blocks, left) = survey.complete(if is_article { taken } else { Vec::new() });
    blocks::drop_title(&mut blocks, known.title.as_deref());
    if !blocks::hold_an_article(&blocks, least) {
        return Err(SkipReason::NoArticleOnPage);
    }
    blocks::mark_head(&mut blocks, dek.as_deref(), known.byline.as_deref());
    if let Some(dek) = dek.filter(|dek| !blocks::say(&blocks, dek)) {
        blocks.insert(0, Block::subhead(dek));
    }
    blocks::mark_furniture(&mut blocks);
    let note = PageNote {
        left: left.map(|left| (left.paragraphs, left.words)),
        announced: said.words.and_then(|words| short_of(words, &blocks)),
        articles,
        json_ld_unread: said.is_unread,
        ..PageNote::default()
    };
    let (text, markup) = join(&blocks);
    Ok(Page { metadata: known, text, markup, note })
}

/// What Readability takes for the article, and what it finds out about it.
fn readable(document: Document, known: &mut Metadata) -> Vec<Block> {
    if let Some(body) = document.body() {
        blocks::keep_roles(&body, None);
    }
    // JSON-LD is read with the rest of what the page says of itself.
    let settings = Config { disable_json_ld: true, ..Config::default() };
    let found = Readability::with_document(document, None, Some(settings))
        .and_then(|mut readability| readability.parse());
    let Ok(article) = found else { return Vec::new() };
    known.title = known.title.take().or_else(|| filled(&article.title));
    known.byline = known.byline.take().or_else(|| article.byline.as_deref().and_then(filled));
    blocks::of(&Document::fragment(article.content))
}

/// How many words the page says that its article has, and how many were found, where that is
/// clearly fewer.
fn short_of(announced: usize, blocks: &[Block]) -> Option<(usize, usize)> {
    let counted = blocks.iter().filter(|block| block.role != Some(Markup::Boilerplate));
    let found: usize = counted.map(Block::words).sum();
    (announced >= found + MISSING_WORDS && announced * 2 >= found * 3).then_some((announced, found))
}

/// The text of a piece of HTML that is all article, as feeds and databases have them.
pub(super) fn text_of_fragment(html: &str) -> Result<(String, Vec<Marked>), SkipReason> {
    if let Some(what) = tangle::tangled(html) {
        return Err(SkipReason::TangledPage { what });
    }
    let document = parsed(Document::fragment(html))?;
    clutter::remove_unseen(&document);
    let mut blocks = blocks::of(&document);
    blocks::mark_furniture(&mut blocks);
    Ok(join(&blocks))
}

/// A page whose tree can be walked in reasonable time.
fn parsed(document: Document) -> Result<Document, SkipReason> {
    match tangle::tangled_tree(&document) {
        Some(what) => Err(SkipReason::TangledPage { what }),
        None => Ok(document),
    }
}

/// The blocks as a text, a blank line between them.
fn join(blocks: &[Block]) -> (String, Vec<Marked>) {
    let mut text = String::new();
    let mut markup: Vec<Marked> = Vec::new();
    for block in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        if let Some(role) = block.role
            && text.len() <= Span::LIMIT
        {
            markup.push(Marked { span: Span::new(start, text.len()), role });
        }
    }
    (text, markup)
}

fn filled(value: &str) -> Option<String> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then_some(value)
}
