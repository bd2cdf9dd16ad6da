//! Markdown (the GitHub flavour). Nothing in a text acts as markup: every character that could is
//! escaped, and control characters are made visible.

use std::io::{self, Write};

use super::document::{Block, Document, Quotation, Run, Style, Table, Text};
use super::visible::push_visible;
use super::wording;

/// Writes a document as Markdown.
pub(super) fn write(document: &Document, output: &mut dyn Write) -> io::Result<()> {
    for (index, block) in document.blocks.iter().enumerate() {
        if index > 0 {
            writeln!(output)?;
        }
        write_block(block, output)?;
    }
    Ok(())
}

fn write_block(block: &Block, output: &mut dyn Write) -> io::Result<()> {
    match block {
        Block::Heading(level, text) => {
            writeln!(output, "{} {}", "#".repeat(usize::from(*level).clamp(1, 6)), escape(text))
        }
        Block::Paragraph(text) => writeln!(output, "{}", inline(text)),
        Block::Note(text) => writeln!(output, "> **Note:** {}", inline(text)),
        Block::List(items) => {
            items.iter().try_for_each(|item| writeln!(output, "- {}", inline(item)))
        }
        Block::Definitions(entries) => entries.iter().try_for_each(|(name, text)| {
            writeln!(output, "- **{}**: {}", escape(name), inline(text))
        }),
        Block::Table(table) => write_table(table, output),
        Block::Quotations(quotations) => quotations
            .iter()
            .try_for_each(|quotation| writeln!(output, "- {}", sentence(quotation))),
        Block::SideBySide(sides) => sides.iter().try_for_each(|side| {
            writeln!(output, "- **{}**: {}", escape(&side.outlet), inline(&side.summary))?;
            side.quotations
                .iter()
                .try_for_each(|quotation| writeln!(output, "  - {}", sentence(quotation)))
        }),
        Block::More(rest, table) => writeln!(output, "{}", escape(&wording::more(rest, *table))),
    }
}

fn sentence(quotation: &Quotation) -> String {
    format!("{} ({})", inline(&quotation.text), inline(&quotation.details))
}

fn write_table(table: &Table, output: &mut dyn Write) -> io::Result<()> {
    let heads: Vec<String> = table.columns.iter().map(|column| escape(&column.header)).collect();
    writeln!(output, "| {} |", heads.join(" | "))?;
    let rules: Vec<&str> = table
        .columns
        .iter()
        .map(|column| if column.is_number() { "---:" } else { "---" })
        .collect();
    writeln!(output, "| {} |", rules.join(" | "))?;
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().map(inline).collect();
        writeln!(output, "| {} |", cells.join(" | "))?;
    }
    Ok(())
}

fn inline(text: &Text) -> String {
    let run = |run: &Run| {
        let escaped = escape(&run.text);
        match run.style {
            Style::Strong | Style::Hit if !run.text.trim().is_empty() => {
                // Emphasis opens and closes at a character that is no blank.
                let inner = escaped.trim();
                escaped.replacen(inner, &format!("**{inner}**"), 1)
            }
            _ => escaped,
        }
    };
    text.0.iter().map(run).collect()
}

/// The text as Markdown shows it unchanged. Line breaks become blanks.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut rest = text;
    escape_start(&mut rest, &mut escaped);
    while let Some(character) = rest.chars().next() {
        // A bare address would become a link by itself in some readers.
        let is_link = rest.starts_with("://")
            || (character == '.' && escaped.to_ascii_lowercase().ends_with("www"));
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '@' => escaped.push_str("&#64;"),
            ':' if is_link => escaped.push_str("&#58;"),
            '.' if is_link => escaped.push_str("&#46;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '#' | '~' | '!' | '$' | '^' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ => push_visible(character, &mut escaped),
        }
        rest = &rest[character.len_utf8()..];
    }
    escaped
}

/// What would begin a list or underline a heading at the start of a line.
fn escape_start(rest: &mut &str, escaped: &mut String) {
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, after) = rest.split_at(digits);
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '+', '='] };
    let mut following = after.chars();
    let mark = following.next().filter(|mark| marks.contains(mark));
    // "3.26" is no list, "3. May" would be one.
    let is_list = digits == 0 || following.next().is_none_or(char::is_whitespace);
    if let Some(mark) = mark.filter(|_| is_list) {
        escaped.push_str(number);
        escaped.push('\\');
        escaped.push(mark);
        *rest = &after[1..];
    }
}
