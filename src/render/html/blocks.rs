//! The neutral parts of a report as markup: what every format says in words and tables.

use maud::{Markup, html};

use super::super::document::{Block, Quotation, Row, Run, Side, Style, Table, Text};
use super::super::legend::Key;
use super::super::number::count;
use super::anchors::{Anchors, linked};
use super::evidence;
use super::outside::{outside, visible};

/// What the parts need to know of the page around them.
pub(super) struct Setting<'a> {
    /// Where the sentences behind numbers are.
    pub anchors: &'a Anchors<'a>,
    /// Rows of one table at most.
    pub rows: usize,
}

/// The parts one after the other; their headings are those of the record's outline.
pub(super) fn blocks(setting: &Setting<'_>, blocks: &[Block]) -> Markup {
    let mut caption = "";
    html! {
        @for block in blocks {
            @match block {
                Block::Heading(level, text) => {
                    @let () = caption = text;
                    @match level {
                        0..=2 => h2 { (outside(text)) },
                        3 => h3 { (outside(text)) },
                        _ => h4 { (outside(text)) },
                    }
                }
                Block::Table(table) => (self::table(setting, table, caption)),
                other => (plain_block(setting, other)),
            }
        }
    }
}

fn plain_block(setting: &Setting<'_>, block: &Block) -> Markup {
    match block {
        Block::Paragraph(text) => html! { p { (inline(setting, text)) } },
        Block::Note(text) => html! { p.note { (inline(setting, text)) } },
        Block::List(items) => html! {
            ul { @for item in items { li { (inline(setting, item)) } } }
        },
        Block::Definitions(entries) => definitions(setting, entries),
        Block::Quotations(quotations) => html! {
            ul.sentences { @for quotation in quotations { (sentence(setting, quotation)) } }
        },
        Block::SideBySide(sides) => html! {
            div.sides-by-side { @for side in sides { (one_side(setting, side)) } }
        },
        Block::More(rest, _) => html! {
            p.note { "… " (outside(rest)) "; the saved report has all." }
        },
        Block::Heading(..) | Block::Table(..) => html! {},
    }
}

fn definitions(setting: &Setting<'_>, entries: &[(String, Text)]) -> Markup {
    html! {
        dl {
            @for (name, text) in entries {
                div { dt { (outside(name)) } dd { (inline(setting, text)) } }
            }
        }
    }
}

fn one_side(setting: &Setting<'_>, side: &Side) -> Markup {
    html! {
        div.side {
            h4 { (outside(&side.outlet)) }
            p.summary { (inline(setting, &side.summary)) }
            ul.sentences {
                @for quotation in &side.quotations { (sentence(setting, quotation)) }
            }
        }
    }
}

fn sentence(setting: &Setting<'_>, quotation: &Quotation) -> Markup {
    html! {
        li {
            p dir=[evidence::direction(&quotation.text.plain())] { (inline(setting, &quotation.text)) }
            small { @for run in &quotation.details.0 { (outside(&run.text)) } }
        }
    }
}

fn inline(setting: &Setting<'_>, text: &Text) -> Markup {
    html! { @for run in &text.0 { (one_run(setting, run)) } }
}

fn one_run(setting: &Setting<'_>, run: &Run) -> Markup {
    let shown = outside(&run.text);
    // There may be sentences in other voices behind a zero: not what it counts.
    let behind = run.behind.as_deref().filter(|_| run.text != "0");
    let link = behind.and_then(|behind| setting.anchors.behind(behind));
    let styled = match run.style {
        Style::Plain => html! { (shown) },
        Style::Faint => html! { span.faint { (shown) } },
        Style::Strong => html! { strong { (shown) } },
        Style::Hit => html! { mark { (shown) } },
    };
    linked(link.as_ref(), "", &styled)
}

/// A table that scrolls by itself where the page is too narrow for it.
pub(super) fn table(setting: &Setting<'_>, table: &Table, caption: &str) -> Markup {
    let mut leading = [String::new(), String::new()];
    let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    // A table below no heading of its own is named by its columns.
    let caption = if caption.is_empty() { headers.join(", ") } else { caption.to_owned() };
    html! {
        div.scroll tabindex="0" role="region" aria-label=(visible(&caption)) {
            table.data {
                caption { (visible(&caption)) }
                thead {
                    tr {
                        @for column in &table.columns {
                            th.n[column.is_number()] scope="col" { (outside(&column.header)) }
                        }
                    }
                }
                tbody {
                    @for row in table.rows.iter().take(setting.rows) {
                        (table_row(setting, table, row, &mut leading))
                    }
                }
            }
        }
        @if table.rows.len() > setting.rows {
            p.note {
                (count(setting.rows as u64)) " of " (count(table.rows.len() as u64))
                " rows; the saved report and the CSV have all."
            }
        }
    }
}

/// A row. Names that stand for several rows are repeated, so that each row can stand alone when
/// the table is sorted.
fn table_row(setting: &Setting<'_>, table: &Table, row: &Row, leading: &mut [String; 2]) -> Markup {
    html! {
        tr.faint[row.faint] {
            @for (index, (column, cell)) in table.columns.iter().zip(&row.cells).enumerate() {
                @if index == 0 {
                    @let again = cell.is_empty();
                    @if !again { @let () = leading[0] = cell.plain(); }
                    th.again[again] scope="row" { (outside(&leading[0])) }
                } @else if column.is_number() {
                    td { (inline(setting, cell)) }
                } @else {
                    @let again = index == 1 && row.cells[0].is_empty() && cell.is_empty();
                    @if index == 1 && !again { @let () = leading[1] = cell.plain(); }
                    td.t .again[again] .verdict[column.key == Key::Verdict] {
                        @if again { (outside(&leading[1])) } @else { (inline(setting, cell)) }
                    }
                }
            }
        }
    }
}
