//! Zones: which lines are headline, byline, caption, furniture, and which are running text.

use regex::Regex;

use super::furniture::Furniture;
use crate::corpus::Article;
use crate::text::words::WordStarts;
use crate::text::{Span, Zone};

/// A paragraph, or a line that stands for itself, without the blanks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub span: Span,
    pub zone: Zone,
}

/// A line that holds something.
struct Line {
    span: Span,
    /// Whether a blank line, or nothing, stands before it.
    opens_block: bool,
    zone: Option<Zone>,
    /// How many words it has.
    words: usize,
}

/// A line of a wrapped paragraph is not longer, in bytes; a longer one is a paragraph of its own.
const WRAPPED: usize = 140;
/// A headline has at most so many words.
const HEADLINE_WORDS: usize = 26;
/// A title between paragraphs has at most so many words.
const SUBHEAD_WORDS: usize = 12;
/// Below a heading such as "Related stories", a paragraph of more words is the article going on.
const ARTICLE_GOES_ON: usize = 40;

/// The paragraphs of an article, in order, disjoint, without the blanks between them.
pub(super) fn paragraphs(
    article: &Article,
    starts: &WordStarts,
    furniture: &Furniture,
    boilerplate: &[Regex],
) -> Vec<Paragraph> {
    let text = article.text.as_str();
    let mut lines = lines(text, starts);
    for line in &mut lines {
        line.zone = super::markup::zone(article, line.span);
    }
    mark_furniture(text, &mut lines, article.title, furniture, boilerplate);
    mark_headline(text, &mut lines, article, furniture);
    mark_head(text, &mut lines, furniture);
    mark_end(text, &mut lines, furniture);
    mark_subheads(text, &mut lines);
    join(text, &lines, furniture)
}

fn lines(text: &str, starts: &WordStarts) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut opens_block = true;
    let mut start = 0;
    while start < text.len() {
        let end =
            memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let raw = &text[start..end];
        let line = raw.trim();
        if line.is_empty() {
            opens_block = true;
        } else {
            let from = start + raw.len() - raw.trim_start().len();
            let span = Span::new(from, from + line.len());
            let words = starts.number_in(text, span);
            lines.push(Line { span, opens_block, zone: None, words });
            opens_block = false;
        }
        start = end + 1;
    }
    lines
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…'])
}

fn mark_furniture(
    text: &str,
    lines: &mut [Line],
    title: Option<Span>,
    furniture: &Furniture,
    boilerplate: &[Regex],
) {
    for line in lines.iter_mut() {
        let content = line.span.of(text);
        if title.is_some_and(|title| title.overlaps(line.span)) {
            line.zone = Some(Zone::Headline);
        } else if boilerplate.iter().any(|pattern| pattern.is_match(content))
            || furniture.is_furniture(content)
        {
            line.zone = Some(Zone::Boilerplate);
        }
    }
}

fn mark_headline(text: &str, lines: &mut [Line], article: &Article, furniture: &Furniture) {
    if article.title.is_some() || !article.guess_headline {
        return;
    }
    let Some(first) = lines.iter().position(|line| line.zone.is_none()) else { return };
    let content = lines[first].span.of(text);
    let alone =
        lines[first].opens_block && lines.get(first + 1).is_some_and(|next| next.opens_block);
    let titled = (2..=HEADLINE_WORDS).contains(&lines[first].words)
        && !content.ends_with(['.', ',', ':', ';', '…'])
        && !ends_with_stop_in_marks(content)
        && !content.starts_with(char::is_lowercase);
    let other = furniture.is_byline(content)
        || furniture.is_credit(content)
        || furniture.has_glued_credit(content)
        || furniture.caption_hints(content) >= 2;
    if alone && titled && !other {
        lines[first].zone = Some(Zone::Headline);
    }
}

fn ends_with_stop_in_marks(content: &str) -> bool {
    content.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with('.')
}

/// Bylines, captions, credits and the line under the headline, before the running text begins;
/// captions with a credit glued to them, and credits, anywhere.
fn mark_head(text: &str, lines: &mut [Line], furniture: &Furniture) {
    let mut paragraphs = 0;
    // Whether the line is a credit, where the one before it has asked.
    let mut is_credit: Option<bool> = None;
    for at in 0..lines.len() {
        let known = is_credit.take();
        let content = lines[at].span.of(text);
        if lines[at].zone.is_some() {
            continue;
        }
        let previous = at.checked_sub(1).map(|before| lines[before].zone);
        let head = paragraphs < 2;
        let under_headline = previous == Some(Some(Zone::Headline));
        let next = lines.get(at + 1).filter(|next| next.zone.is_none());
        is_credit = next.map(|next| furniture.is_credit(next.span.of(text)));
        let credit_next = is_credit == Some(true);
        let name_next = lines.get(at + 1).is_some_and(|next| {
            next.zone.is_none() && !next.opens_block && head && is_bare_name(text, next)
        });
        let credit_next = credit_next || name_next && furniture.caption_hints(content) > 0;
        if name_next && credit_next {
            lines[at + 1].zone = Some(Zone::Caption);
        }
        let same_block_next = lines.get(at + 1).is_some_and(|next| !next.opens_block);
        let short = content.len() < 500;
        let asked = head && (short || credit_next);
        let hints = if asked { furniture.caption_hints(content) } else { 0 };
        let zone = if furniture.has_glued_credit(content) {
            Some(Zone::Caption)
        } else if (head || at + 2 >= lines.len())
            && (furniture.is_byline(content) || head && by_somebody(text, &lines[at]))
            || under_headline && furniture.is_name(content)
        {
            Some(Zone::Byline)
        } else if known.unwrap_or_else(|| furniture.is_credit(content))
            || credit_next && (same_block_next && content.len() < 800 || head && hints > 0)
            || head && (hints >= 2 || hints == 1 && !ends_sentence(content)) && short
        {
            Some(Zone::Caption)
        } else if under_headline && is_subtitle(text, lines, at) {
            Some(Zone::Subhead)
        } else {
            None
        };
        lines[at].zone = zone;
        if head && zone.is_none() && lines[at].words > 8 {
            paragraphs += 1;
        }
    }
}

/// "By Ruth Amadi in Sarn"
fn by_somebody(text: &str, line: &Line) -> bool {
    let content = line.span.of(text);
    content.len() <= 80
        && content.strip_prefix("By ").is_some_and(|rest| rest.starts_with(char::is_uppercase))
        && !content.ends_with(['.', ',', ':', ';', '?', '!'])
        && line.words <= 9
}

/// Two to four capitalised words, as under a picture.
fn is_bare_name(text: &str, line: &Line) -> bool {
    let content = line.span.of(text);
    content.len() <= 50
        && (2..=4).contains(&line.words)
        && content.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        && !content.ends_with(['.', ':', '?', '!'])
}

/// The line under the headline: no sentence, and a paragraph below it.
fn is_subtitle(text: &str, lines: &[Line], at: usize) -> bool {
    let content = lines[at].span.of(text);
    lines.get(at + 1).is_some_and(|next| next.opens_block)
        && lines[at].opens_block
        && !ends_sentence(content)
        && !content.ends_with([':', ',', ';'])
        && lines[at].words <= 30
}

/// Everything below a heading such as "Related stories", unless a real paragraph follows.
fn mark_end(text: &str, lines: &mut [Line], furniture: &Furniture) {
    let mut cut = None;
    for at in (0..lines.len()).rev() {
        let content = lines[at].span.of(text);
        if lines[at].words > ARTICLE_GOES_ON {
            break;
        }
        if lines[at].zone != Some(Zone::Headline) && furniture.ends_article(content) {
            cut = Some(at);
        }
    }
    if let Some(cut) = cut.filter(|&cut| lines[..cut].iter().any(|line| line.zone.is_none())) {
        for line in &mut lines[cut..] {
            line.zone = Some(Zone::Boilerplate);
        }
    }
}

fn mark_subheads(text: &str, lines: &mut [Line]) {
    let long = |line: &Line| line.zone.is_none() && line.words > 14;
    for at in 1..lines.len().saturating_sub(1) {
        let line = &lines[at];
        let content = line.span.of(text);
        let alone = line.opens_block && lines[at + 1].opens_block;
        if line.zone.is_none()
            && alone
            && content.len() <= 100
            && content.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !content.ends_with(['.', ',', ':', ';', '!', '"', '”', '’', '…', ')'])
            && (1..=SUBHEAD_WORDS).contains(&line.words)
            && long(&lines[at + 1])
            && lines[..at].iter().rev().take(2).any(long)
        {
            lines[at].zone = Some(Zone::Subhead);
        }
    }
}

/// Joins the lines of a wrapped paragraph, and cuts off a dateline.
fn join(text: &str, lines: &[Line], furniture: &Furniture) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut longest = 0;
    let mut first_body = true;
    for (at, line) in lines.iter().enumerate() {
        let zone = line.zone.unwrap_or(Zone::Body);
        let length = line.span.len();
        if line.opens_block {
            longest = lines[at + 1..]
                .iter()
                .take_while(|next| !next.opens_block)
                .map(|next| next.span.len())
                .fold(length, usize::max);
        }
        let goes_on = !line.opens_block
            && longest <= WRAPPED
            && at.checked_sub(1).is_some_and(|before| {
                let before = &lines[before];
                let full = before.span.len() * 10 >= longest * 7;
                before.zone == line.zone && (full || !ends_sentence(before.span.of(text)))
            });
        if goes_on && let Some(last) = paragraphs.last_mut() {
            last.span.end = line.span.end;
            continue;
        }
        let mut span = line.span;
        if zone == Zone::Body && first_body {
            first_body = length < 40;
            if let Some(len) = furniture.dateline_len(span.of(text)).filter(|&len| len < span.len())
            {
                let cut = Span::new(span.start as usize, span.start as usize + len);
                let trimmed = cut.of(text).trim_end().len();
                paragraphs.push(Paragraph {
                    span: Span::new(span.start as usize, span.start as usize + trimmed),
                    zone,
                });
                span.start = cut.end;
            }
        }
        paragraphs.push(Paragraph { span, zone });
    }
    paragraphs
}
