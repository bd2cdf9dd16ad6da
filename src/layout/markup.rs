//! What the markup of an article decides: the zone of a line, and that a block is quoted.

use super::marks::Quotation;
use super::zones::Paragraph;
use crate::corpus::{Article, Marked, Markup};
use crate::text::{Span, Zone};

/// The stretch of `markup` that holds a span.
fn around(markup: &[Marked], span: Span) -> Option<&Marked> {
    let after = markup.partition_point(|marked| marked.span.start <= span.start);
    let marked = after.checked_sub(1).map(|index| &markup[index])?;
    (span.end <= marked.span.end).then_some(marked)
}

/// The zone that markup gives a line, if it says one.
pub(super) fn zone(article: &Article, line: Span) -> Option<Zone> {
    match around(&article.markup, line)?.role {
        Markup::Subhead => Some(Zone::Subhead),
        Markup::Byline => Some(Zone::Byline),
        Markup::Caption => Some(Zone::Caption),
        Markup::Boilerplate => Some(Zone::Boilerplate),
        // Its voice is another matter than its place.
        Markup::Quotation => Some(Zone::Body),
    }
}

/// The quotations of an article with its block quotations among them. A paragraph of a block
/// quotation is quoted whole, and is its own outer and inner span, since it needs no marks.
pub(super) fn with_blocks(
    article: &Article,
    paragraphs: &[Paragraph],
    quotations: Vec<Quotation>,
) -> Vec<Quotation> {
    let is_block = |paragraph: &Paragraph| {
        around(&article.markup, paragraph.span)
            .is_some_and(|marked| marked.role == Markup::Quotation)
    };
    if !article.markup.iter().any(|marked| marked.role == Markup::Quotation) {
        return quotations;
    }
    let mut all: Vec<Quotation> = quotations
        .into_iter()
        .filter(|quotation| !paragraphs.get(quotation.paragraph).is_some_and(is_block))
        .collect();
    let blocks = paragraphs.iter().enumerate().filter(|(_, paragraph)| is_block(paragraph));
    all.extend(blocks.map(|(index, paragraph)| Quotation {
        outer: paragraph.span,
        inner: paragraph.span,
        paragraph: index,
        reopened: false,
        unclosed: false,
    }));
    all.sort_by_key(|quotation| quotation.outer.start);
    all
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Article, Marked, Markup};
    use crate::layout::tests::{article, layouter};
    use crate::text::{Span, Voice, Zone};

    fn marked(text: &str, marks: &[(&str, Markup)]) -> Article {
        let mut article = article(text, false);
        for &(part, role) in marks {
            let start = text.find(part).expect("there");
            article.markup.push(Marked { span: Span::new(start, start + part.len()), role });
        }
        article
    }

    #[test]
    fn markup_decides_zones_and_quotes_blocks() {
        let text = "The board met on Monday to talk about the bridge, and it rose late.\n\n\
            A picture of the hall\n\n\
            We will not close the “old” bridge.\nIt stays.\n\n\
            What comes next\n\n\
            The clerk wrote it down in the book that lies open in the hall of the town.";
        let article = marked(
            text,
            &[
                ("A picture of the hall", Markup::Caption),
                ("We will not close the “old” bridge.\nIt stays.", Markup::Quotation),
                ("What comes next", Markup::Subhead),
            ],
        );
        let layout = layouter().lay_out(&article, &[]);
        let at = |part: &str| {
            let offset = u32::try_from(text.find(part).expect("there")).expect("short");
            let segment = layout.segment_at(offset).expect("covered");
            (segment.zone, segment.voice, segment.rule)
        };
        assert_eq!(at("picture").0, Zone::Caption);
        assert_eq!(at("comes next").0, Zone::Subhead);
        assert_eq!(at("We will"), (Zone::Body, Voice::Quoted, "block-quotation"));
        assert_eq!(at("old"), (Zone::Body, Voice::Quoted, "block-quotation"));
        assert_eq!(at("It stays"), (Zone::Body, Voice::Quoted, "block-quotation"));
        assert_eq!(at("The clerk").1, Voice::Own);
    }
}
