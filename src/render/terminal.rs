//! A report on a terminal of a known width. Control characters of any text are made visible; colour
//! is sent only where the view allows it.

use std::io::{self, Write};

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Width, presets};
use unicode_width::UnicodeWidthStr;

use super::View;
use super::document::{Block, Column, Document, Quotation, Row, Run, Side, Style, Table, Text};
use super::visible::push_visible;
use super::wording;

/// Below this a terminal is treated as this wide.
const NARROWEST: usize = 40;

/// What a layout gives its columns.
#[derive(Debug, Clone, Copy)]
struct Room {
    /// Lines that a head may take.
    head_lines: usize,
    /// Width that a column of text has before its lines are broken.
    text: usize,
    /// Width up to which a word is not broken.
    word: usize,
}

/// From roomy to tight.
const ROOMS: [Room; 5] = [
    Room { head_lines: 1, text: 48, word: 48 },
    Room { head_lines: 2, text: 32, word: 32 },
    Room { head_lines: 3, text: 18, word: 24 },
    Room { head_lines: 4, text: 12, word: 20 },
    Room { head_lines: 4, text: 12, word: 12 },
];

/// What an outlet needs to stand beside another.
const SIDE_COLUMN: usize = 34;

/// Marks around every word of an emphasis while a page is laid out: characters of no width, which
/// [`push_visible`] lets through from no text. They become colours at the end, or nothing.
const MARKS: [(Style, char, &str); 3] = [
    (Style::Faint, '\u{2061}', "\u{1b}[2m"),
    (Style::Strong, '\u{2062}', "\u{1b}[1m"),
    (Style::Hit, '\u{2063}', "\u{1b}[1;4m"),
];

/// Ends an emphasis.
const END: char = '\u{2064}';

/// Writes a document for a terminal.
pub(super) fn write(document: &Document, view: &View, output: &mut dyn Write) -> io::Result<()> {
    let page = Page { width: view.width.max(NARROWEST), color: view.color };
    for (index, block) in document.blocks.iter().enumerate() {
        let gap = if index == 0 { "" } else { "\n" };
        let laid_out = page.block(block);
        output.write_all(gap.as_bytes())?;
        output.write_all(page.paint(&laid_out).as_bytes())?;
    }
    Ok(())
}

/// The terminal.
struct Page {
    width: usize,
    color: bool,
}

impl Page {
    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading(level, text) => self.heading(*level, text),
            Block::Paragraph(text) => self.filled(&self.set(text), "", ""),
            Block::Note(text) => self.filled(&self.set(text), "Note: ", "      "),
            Block::List(items) => {
                items.iter().map(|item| self.filled(&self.set(item), "• ", "  ")).collect()
            }
            Block::Definitions(entries) => self.definitions(entries),
            Block::Table(table) => self.table(table),
            Block::Quotations(quotations) => {
                quotations.iter().map(|quotation| self.quotation(quotation)).collect()
            }
            Block::SideBySide(sides) => self.side_by_side(sides),
            Block::More(rest, table) => self.filled(
                &self.set(&Text::of(wording::more(rest, *table), Style::Faint)),
                "",
                "  ",
            ),
        }
    }

    fn heading(&self, level: u8, text: &str) -> String {
        let styled = self.set(&Text::of(text, Style::Strong));
        let lines = self.filled(&styled, "", "");
        let length = lines.lines().map(UnicodeWidthStr::width).max().unwrap_or(0);
        match level {
            1 => format!("{lines}{}\n", "═".repeat(length)),
            2 => format!("{lines}{}\n", "─".repeat(length)),
            _ => lines,
        }
    }

    fn definitions(&self, entries: &[(String, Text)]) -> String {
        let line = |(name, text): &(String, Text)| {
            let name = self.set(&Text::of(name.as_str(), Style::Strong));
            self.filled(&format!("{name}: {}", self.set(text)), "", "    ")
        };
        entries.iter().map(line).collect()
    }

    fn quotation(&self, quotation: &Quotation) -> String {
        let mut text = self.filled(&self.set(&quotation.text), "  • ", "    ");
        text.push_str(&self.filled(&self.set(&quotation.details), "      ", "      "));
        text
    }

    /// Outlets in columns where each has room, else below each other.
    fn side_by_side(&self, sides: &[Side]) -> String {
        let columns = sides.len();
        if columns < 2 || self.width < columns * (SIDE_COLUMN + 3) {
            let one = |side: &Side| {
                let mut head =
                    Text::of(side.outlet.as_str(), Style::Strong).then(": ", Style::Plain);
                head.0.extend(side.summary.0.iter().cloned());
                let quotations = side.quotations.iter().map(|quotation| self.quotation(quotation));
                format!(
                    "{}{}",
                    self.filled(&self.set(&head), "", "  "),
                    quotations.collect::<String>()
                )
            };
            return sides.iter().map(one).collect();
        }
        let body = |side: &Side| {
            let mut parts = vec![self.set(&side.summary)];
            for quotation in &side.quotations {
                parts.push(format!("\n• {}", self.set(&quotation.text)));
                parts.push(format!("— {}", self.set(&quotation.details)));
            }
            parts.join("\n")
        };
        let width =
            Width::Fixed(((self.width + 1) / columns - 1).min(usize::from(u16::MAX)) as u16);
        let mut grid = grid(self.width);
        grid.set_header(
            sides.iter().map(|side| self.set(&Text::of(side.outlet.as_str(), Style::Strong))),
        );
        grid.add_row(sides.iter().map(body));
        grid.set_constraints(vec![ColumnConstraint::Absolute(width); columns]);
        lines(&grid, |_| false)
    }

    /// The roomiest layout that fits: a line a row; columns joined with their left neighbours; a line
    /// a cell.
    fn table(&self, table: &Table) -> String {
        let single: Vec<Vec<usize>> = (0..table.columns.len()).map(|index| vec![index]).collect();
        let mut joined: Vec<Vec<usize>> = Vec::new();
        for (index, column) in table.columns.iter().enumerate() {
            match joined.last_mut() {
                Some(group) if column.joins_left => group.push(index),
                _ => joined.push(vec![index]),
            }
        }
        for (groups, joins) in [(&single, false), (&joined, true)] {
            for room in ROOMS {
                let widths: Vec<usize> =
                    groups.iter().map(|group| self.group_width(table, group, room)).collect();
                let needed = widths.iter().map(|width| width + 3).sum::<usize>();
                if needed <= self.width + 1 {
                    let ruled = joins && joined.len() < single.len();
                    return self.grid_of(table, groups, &widths, ruled);
                }
            }
        }
        self.cards(table)
    }

    /// The width that a group of columns needs: numbers and words whole.
    fn group_width(&self, table: &Table, group: &[usize], room: Room) -> usize {
        let of = |&index: &usize| {
            let column = &table.columns[index];
            let cells = table.rows.iter().map(|row| self.set(&row.cells[index]));
            let head = width_in_lines(&column.header, room.head_lines);
            let widest = if column.is_number() {
                cells.map(|cell| cell.width()).max()
            } else {
                cells
                    .map(|cell| cell.width().min(room.text.max(longest_word(&cell).min(room.word))))
                    .max()
            };
            widest.unwrap_or(0).max(head)
        };
        group.iter().map(of).max().unwrap_or(0)
    }

    /// A grid with a rule between all rows, or, where some leave their first cell to the row above,
    /// between groups of rows.
    fn grid_of(
        &self,
        table: &Table,
        groups: &[Vec<usize>],
        widths: &[usize],
        ruled: bool,
    ) -> String {
        let mut grid = grid(self.width);
        let head = |group: &Vec<usize>| {
            let heads = group.iter().map(|&index| {
                self.set(&Text::of(table.columns[index].header.as_str(), Style::Strong))
            });
            heads.collect::<Vec<_>>().join("\n")
        };
        grid.set_header(groups.iter().map(head));
        for row in &table.rows {
            grid.add_row(groups.iter().map(|group| self.cell(table, row, group)));
        }
        for (index, (group, width)) in groups.iter().zip(widths).enumerate() {
            let Some(column) = grid.column_mut(index) else { continue };
            let width = Width::Fixed((width + 2).min(usize::from(u16::MAX)) as u16);
            if group.iter().all(|&member| table.columns[member].is_number()) {
                column.set_cell_alignment(CellAlignment::Right);
                column.set_constraint(ColumnConstraint::Absolute(width));
            } else {
                column.set_constraint(ColumnConstraint::LowerBoundary(width));
            }
        }
        let continues = |row: &Row| row.cells.first().is_none_or(Text::is_empty);
        let grouped = table.rows.iter().any(continues);
        lines(&grid, |above| {
            ruled || (grouped && table.rows.get(above + 1).is_some_and(|row| !continues(row)))
        })
    }

    /// The cells of a group below each other; text that is not there leaves no line behind it.
    fn cell(&self, table: &Table, row: &Row, group: &[usize]) -> String {
        let is_number = |index: usize| table.columns[index].is_number();
        let keeps = |&&index: &&usize| is_number(index) || !row.cells[index].is_empty();
        let one = |&index: &usize| {
            let cell = &row.cells[index];
            if row.faint { self.set(&faint(cell)) } else { self.set(cell) }
        };
        group.iter().filter(keeps).map(one).collect::<Vec<_>>().join("\n")
    }

    /// For very narrow terminals: a line a cell.
    fn cards(&self, table: &Table) -> String {
        let mut text = String::new();
        let mut above: Vec<Text> = vec![Text::default(); table.columns.len()];
        for (index, row) in table.rows.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            for ((column, cell), above) in table.columns.iter().zip(&row.cells).zip(&mut above) {
                if !cell.is_empty() {
                    *above = cell.clone();
                }
                // A name is given once for the rows below it; here every row needs it.
                let cell = if column.is_number() { cell } else { &*above };
                text.push_str(&self.field(column, cell));
            }
        }
        text
    }

    fn field(&self, column: &Column, cell: &Text) -> String {
        let name = self.set(&Text::from(column.header.as_str()));
        self.filled(&format!("{name}: {}", self.set(cell)), "", "  ")
    }

    /// Text with its marks; without colour a hit stands in double brackets.
    fn set(&self, text: &Text) -> String {
        let mut set = String::new();
        for Run { text, style, .. } in &text.0 {
            let mut shown = String::with_capacity(text.len());
            text.chars().for_each(|character| push_visible(character, &mut shown));
            if *style == Style::Hit && !self.color {
                shown = format!("[[{shown}]]");
            }
            mark(&shown, *style, &mut set);
        }
        set
    }

    /// Breaks text into lines of the page, with what stands before the first and the others.
    fn filled(&self, text: &str, first: &str, others: &str) -> String {
        let mut lines = String::new();
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if !is_empty && line.width() + 1 + word.width() > self.width {
                lines.push_str(&line);
                lines.push('\n');
                line = others.to_owned();
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            is_empty = false;
            for character in word.chars() {
                let mut bytes = [0; 4];
                if line.width() + (*character.encode_utf8(&mut bytes)).width() > self.width {
                    lines.push_str(&line);
                    lines.push('\n');
                    line = others.to_owned();
                }
                line.push(character);
            }
        }
        lines.push_str(&line);
        lines.push('\n');
        lines
    }

    /// Marks become colours, or go.
    fn paint(&self, page: &str) -> String {
        let mut painted = String::with_capacity(page.len());
        let mut is_open = false;
        for character in page.chars() {
            let code = MARKS.iter().find(|(_, mark, _)| *mark == character);
            match (code, character) {
                (Some((_, _, code)), _) if self.color => {
                    painted.push_str(code);
                    is_open = true;
                }
                (Some(_), _) => {}
                (None, END) | (None, '\n') => {
                    if is_open {
                        painted.push_str("\u{1b}[0m");
                        is_open = false;
                    }
                    if character == '\n' {
                        painted.push('\n');
                    }
                }
                (None, _) => painted.push(character),
            }
        }
        painted
    }
}

fn faint(text: &Text) -> Text {
    let run = |run: &Run| match run.style {
        Style::Plain => Run { style: Style::Faint, ..run.clone() },
        _ => run.clone(),
    };
    Text(text.0.iter().map(run).collect())
}

/// Marks every word by itself, so that a line may be broken between any two.
fn mark(text: &str, style: Style, marked: &mut String) {
    let Some((_, open, _)) = MARKS.iter().find(|(of, ..)| *of == style) else {
        marked.push_str(text);
        return;
    };
    for (index, word) in text.split(' ').enumerate() {
        if index > 0 {
            marked.push(' ');
        }
        if !word.is_empty() {
            marked.push(*open);
            marked.push_str(word);
            marked.push(END);
        }
    }
}

/// The least width at which a text takes at most so many lines, words whole.
fn width_in_lines(text: &str, most: usize) -> usize {
    let words: Vec<usize> = text.split(' ').map(UnicodeWidthStr::width).collect();
    let lines = |width: usize| {
        let (mut lines, mut used) = (1, 0);
        for &word in &words {
            if used > 0 && used + 1 + word > width {
                lines += 1;
                used = 0;
            }
            used += word + usize::from(used > 0);
        }
        lines
    };
    (longest_word(text)..text.width()).find(|&width| lines(width) <= most).unwrap_or(text.width())
}

fn longest_word(text: &str) -> usize {
    text.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0)
}

/// Draws the rules between rows while a page is laid out: [`push_visible`] lets it through from no
/// text.
const RULE: char = '\u{e000}';

fn grid(width: usize) -> comfy_table::Table {
    let mut grid = comfy_table::Table::new();
    let rule = LineStyle::none().fill(RULE).junction(RULE);
    grid.load_style(presets::UTF8_HORIZONTAL_ONLY.row_separator(rule));
    grid.set_content_arrangement(ContentArrangement::Dynamic);
    grid.set_width(width.min(usize::from(u16::MAX)) as u16);
    grid
}

/// The lines of a grid without the blanks at their ends, and with those rules between rows that are
/// wanted below the row of that number.
fn lines(grid: &comfy_table::Table, wanted: impl Fn(usize) -> bool) -> String {
    let mut text = String::new();
    let mut row = 0;
    for line in grid.lines() {
        if line.starts_with(RULE) {
            row += 1;
            if !wanted(row - 1) {
                continue;
            }
        }
        text.push_str(line.replace(RULE, "┄").trim_end());
        text.push('\n');
    }
    text
}
