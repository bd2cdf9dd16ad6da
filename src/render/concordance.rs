//! Concordance lines: keyword in context, the keyword in one column.

use std::fmt::Write as _;
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::document::{Block, Document, Quotation, Style, Text};
use super::tables::{Field, Tidy};
use super::visible::push_visible;
use super::{Format, View, csv, html_document, json, markdown};
use crate::explain::Line;

/// Columns that a line number and its blanks take.
const NUMBER: usize = 8;

/// Characters of context that fit on each side of the hit.
pub fn context_width(format: Format, view: &View) -> usize {
    match format {
        Format::Terminal => view.width.saturating_sub(NUMBER + 14) / 2,
        Format::Markdown | Format::Html | Format::Csv | Format::Json => 80,
    }
}

/// Writes concordance lines in a format. CSV and JSON have every field.
///
/// # Errors
/// Those of the output, nothing else.
pub fn render_concordance(
    lines: &[Line],
    view: &View,
    format: Format,
    output: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Terminal => output.write_all(terminal(lines, view).as_bytes()),
        Format::Markdown => markdown::write(&outline(lines), output),
        Format::Html => output.write_all(html_document(&outline(lines), "concordance").as_bytes()),
        Format::Csv => csv::write_tidy(&tidy(lines), output),
        Format::Json => output.write_all(json::lines(&lines, 1)?.as_bytes()),
    }
}

/// The lines with their outlet and article as headings.
fn outline(lines: &[Line]) -> Document {
    let mut blocks = vec![Block::Heading(1, format!("Concordance: {} hits", lines.len()))];
    for article in lines.chunk_by(|x, y| (&x.outlet, &x.article) == (&y.outlet, &y.article)) {
        let Some(first) = article.first() else { continue };
        blocks.push(Block::Heading(2, format!("{}: {}", first.outlet, first.article)));
        let quotation = |line: &Line| Quotation {
            text: Text::of(&line.left, Style::Plain)
                .then(&line.hit, Style::Hit)
                .then(&line.right, Style::Plain),
            details: details(line).into(),
        };
        blocks.push(Block::Quotations(article.iter().map(quotation).collect()));
    }
    Document { blocks }
}

fn details(line: &Line) -> String {
    let mut details = format!("{}, {}, \"{}\"", line.voice, line.category, line.term);
    if let Some(source) = &line.source {
        details.push_str(&format!(", source: {source}"));
    }
    if line.negated {
        details.push_str(", negated");
    }
    format!("{details}, line {}", line.line)
}

fn shown(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    text.chars().for_each(|character| push_visible(character, &mut visible));
    visible
}

fn terminal(lines: &[Line], view: &View) -> String {
    let side = context_width(Format::Terminal, view);
    let mut page = String::new();
    let mut place = None;
    let strong = if view.color { ["\u{1b}[1m", "\u{1b}[0m"] } else { ["[[", "]]"] };
    for line in lines {
        let here = (&line.outlet, &line.article);
        if place != Some(here) {
            // Writing to a string can't fail.
            let _ = writeln!(page, "{}: {}", shown(&line.outlet), shown(&line.article));
            place = Some(here);
        }
        let left = shown(&line.left);
        let blanks = " ".repeat(side.saturating_sub(left.width()));
        let _ = writeln!(
            page,
            "{:>6}  {blanks}{left}{}{}{}{}",
            line.line,
            strong[0],
            shown(&line.hit),
            strong[1],
            shown(&line.right)
        );
        let _ = writeln!(page, "        {}", shown(&details(line)));
    }
    page
}

fn tidy(lines: &[Line]) -> Tidy {
    let row = |line: &Line| {
        vec![
            Field::from(&line.outlet),
            Field::from(&line.article),
            Field::Count(line.line as u64),
            Field::Count(u64::from(line.start)),
            Field::from(&line.lexicon),
            Field::from(&line.category),
            Field::from(&line.term),
            Field::from(line.zone),
            Field::from(line.voice),
            Field::from(line.source.as_ref()),
            Field::from(if line.negated { "true" } else { "false" }),
            Field::from(&line.left),
            Field::from(&line.hit),
            Field::from(&line.right),
        ]
    };
    Tidy {
        header: vec![
            "outlet", "article", "line", "start", "lexicon", "category", "term", "zone", "voice",
            "source", "negated", "left", "hit", "right",
        ],
        rows: lines.iter().map(row).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line() -> Line {
        Line {
            outlet: "a\u{1b}[31m".to_owned(),
            article: "1".to_owned(),
            line: 3,
            start: 20,
            lexicon: "l".to_owned(),
            category: "c".to_owned(),
            term: "regime".to_owned(),
            zone: "body",
            voice: "own",
            source: None,
            negated: true,
            left: "=the ".to_owned(),
            hit: "regime".to_owned(),
            right: " fell | *down*".to_owned(),
        }
    }

    fn render(format: Format) -> String {
        let mut output = Vec::new();
        render_concordance(&[line()], &View::default(), format, &mut output).expect("written");
        String::from_utf8(output).expect("text")
    }

    #[test]
    fn nothing_of_a_text_acts() {
        assert!(!render(Format::Terminal).contains('\u{1b}'));
        assert!(render(Format::Csv).contains("'=the"));
        assert!(render(Format::Markdown).contains("\\*down\\*"));
    }

    #[test]
    fn the_hits_stand_in_one_column() {
        let mut other = line();
        other.left = "a longer way to the ".to_owned();
        let page = terminal(&[line(), other], &View::default());
        let columns: Vec<_> = page.lines().filter_map(|line| line.find("[[")).collect();
        assert_eq!(columns.len(), 2);
        assert_eq!(columns[0], columns[1]);
    }
}
