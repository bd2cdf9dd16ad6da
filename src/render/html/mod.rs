//! A page in one file: what every format says, with charts around it and the sentences below it.
//! It asks for nothing from anywhere, and says the same without its script.

mod anchors;
mod articles;
mod bars;
mod blocks;
mod choices;
mod evidence;
mod forest;
mod frame;
mod heat;
mod masthead;
mod method;
mod outside;
mod palette;
mod rates;
mod sample;
mod scale;
mod sections;
mod shifts;
mod stories;
mod terms;
#[cfg(test)]
mod tests;
mod voices;

use maud::html as markup;

use super::document::{Block, Document};
use super::outline::outline;
use super::{View, lookup::Lookup};
use crate::report::Report;
use anchors::Anchors;
use blocks::Setting;
use frame::{Head, Section};

/// A report as a page; the view's table alone if it names one. The same report and view give the
/// same bytes.
pub fn html(report: &Report, view: &View) -> String {
    match view.table {
        Some(_) => html_document(&outline(report, view), "table"),
        None => sections::page(&Lookup::new(report, view), &Anchors::new(report)),
    }
}

/// Any document as a page: a section a heading of the second level. `kind` says above the title what
/// it is.
pub fn html_document(document: &Document, kind: &'static str) -> String {
    let setting = Setting { anchors: &Anchors::default(), rows: usize::MAX };
    let is_section = |block: &Block| matches!(block, Block::Heading(0..=2, _));
    let mut blocks = document.blocks.as_slice();
    let mut title = "Parallax".to_owned();
    if let [Block::Heading(1, first), rest @ ..] = blocks {
        title.clone_from(first);
        blocks = rest;
    }
    let first = blocks.iter().position(is_section).unwrap_or(blocks.len());
    let (above, mut rest) = blocks.split_at(first);
    let mut sections = Vec::new();
    while let [Block::Heading(_, heading), body @ ..] = rest {
        let end = body.iter().position(is_section).unwrap_or(body.len());
        let id = format!("part-{}", sections.len() + 1);
        let body_markup = blocks::blocks(&setting, &body[..end]);
        sections.push(Section { id, title: heading.clone(), body: body_markup });
        rest = &body[end..];
    }
    let head = Head { title, kind, body: blocks::blocks(&setting, above) };
    frame::page(&head, &sections, &markup! {})
}
