//! The sections of a report's page, in the order in which they can be said.

use maud::{Markup, html};

use super::super::document::{Block, Document};
use super::super::lookup::Lookup;
use super::super::number::{self, count, counted};
use super::super::tables::{self, TableName, in_order};
use super::super::{opening, outline, wording};
use super::anchors::Anchors;
use super::blocks::{self, Setting};
use super::frame::{self, Head, Section};
use super::outside::outside;
use super::{articles, choices, evidence, forest, heat, rates, shifts};
use crate::report::ComparisonRow;
use crate::statistics::evidence::Verdict;

/// Rows of one table on the page; the record and the other formats have all.
const ROWS: usize = 400;

/// Findings that stand at the top of the page.
const FINDINGS: usize = 6;

/// A report with what its sections link to.
struct Page<'p, 'a> {
    lookup: &'p Lookup<'a>,
    anchors: &'p Anchors<'a>,
    setting: Setting<'p>,
    sections: Vec<Section>,
}

/// The whole page.
pub(super) fn page<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> String {
    let setting = Setting { anchors, rows: ROWS };
    let mut page = Page { lookup, anchors, setting, sections: Vec::new() };
    let reportable = outline::is_reportable(lookup.report);
    if reportable {
        page.push_reportable();
    } else {
        page.push_descriptive();
    }
    page.push("evidence", "The sentences", evidence::section(lookup));
    page.push_warnings();
    page.push_method();
    let title = lookup.report.settings.title.as_deref().unwrap_or("Framing report");
    let body = page.head(reportable);
    let head = Head { title: title.to_owned(), kind: "framing report", body };
    let tool = &lookup.report.tool;
    let footer = html! {
        p { "Made by " (outside(&tool.name)) " " (tool.version) ". This page fetches nothing and sends nothing." }
    };
    frame::page(&head, &page.sections, &footer)
}

impl<'a> Page<'_, 'a> {
    fn push(&mut self, id: &str, title: &str, body: Markup) {
        self.sections.push(Section { id: id.to_owned(), title: title.to_owned(), body });
    }

    fn blocks(&self, blocks: &[Block]) -> Markup {
        blocks::blocks(&self.setting, blocks)
    }

    fn table(&self, table: TableName) -> Markup {
        let shown = table.show(self.lookup);
        match shown.as_slice() {
            // A table that stands alone takes its caption from the section's heading.
            [Block::Table(only)] => blocks::table(&self.setting, only, table.title()),
            several => self.blocks(several),
        }
    }

    /// A section that is a table, unless there is nothing in it.
    fn push_table(&mut self, id: &str, table: TableName) {
        if !table.show(self.lookup).is_empty() {
            let body = self.table(table);
            self.push(id, table.title(), body);
        }
    }

    fn push_reportable(&mut self) {
        self.push_table("coverage", TableName::Outlets);
        self.push_matched();
        self.push_comparisons();
        self.push_rates();
        self.push("terms", TableName::Drivers.title(), shifts::panels(self.lookup));
        self.push_choices();
        self.push_targets();
        self.push_rest();
    }

    fn push_descriptive(&mut self) {
        let mut sides = Vec::new();
        opening::push_targets(self.lookup, &mut sides);
        if let [Block::Heading(_, title), rest @ ..] = sides.as_slice() {
            let body = self.blocks(rest);
            self.push("targets", title, body);
        }
        self.push_choices();
        self.push_table("sources", TableName::Sources);
        self.push_table("terms", TableName::Terms);
        self.push_rates();
        self.push_table("coverage", TableName::Outlets);
        self.push_rest_of_descriptive();
    }

    fn push_rest(&mut self) {
        self.push_table("sources", TableName::Sources);
        self.push_table("article-shares", TableName::ArticleShares);
        self.push("articles", "Articles that carry most hits", articles::table(self.lookup));
    }

    fn push_rest_of_descriptive(&mut self) {
        self.push_table("article-shares", TableName::ArticleShares);
        self.push("articles", "Articles that carry most hits", articles::table(self.lookup));
    }

    fn push_matched(&mut self) {
        let voice = self.lookup.view.leading_voice();
        let shown = tables::matched_pair_tables(self.lookup, voice, usize::MAX);
        if !shown.is_empty() {
            let body = html! { p.note { (wording::MATCHED) } (self.blocks(&shown)) };
            self.push("matched", TableName::Matched.title(), body);
        }
    }

    fn push_comparisons(&mut self) {
        let voice = self.lookup.view.leading_voice();
        let shown = tables::pair_tables(self.lookup, voice, usize::MAX);
        if shown.is_empty() {
            return;
        }
        let body = html! {
            p { (outline::verdicts_in_all(self.lookup)) }
            p.note { (wording::POOLED) " " (wording::CLEARS_NOBODY) }
            (forest::panels(self.lookup))
            (self.blocks(&shown))
            (folded("Do the outlets differ at all?", &self.table(TableName::Heterogeneity)))
        };
        self.push("comparisons", TableName::Comparisons.title(), body);
    }

    fn push_rates(&mut self) {
        let lookup = self.lookup;
        let outlets = lookup.present().len();
        let follows_topic = lookup.report.categories.iter().any(|row| row.topic_sensitive);
        let voices = tables::voices_table(lookup);
        let numbers = tables::lexicon_tables(lookup, lookup.view.leading_voice());
        let body = html! {
            p.note { (wording::HIGHER_IS_NOT_WORSE) @if follows_topic { " " (wording::TOPIC) } }
            (rates::key())
            (rates::panels(lookup, self.anchors))
            @if outlets > rates::OUTLETS { (only(rates::OUTLETS, outlets, &lookup.report.settings.by)) }
            h3 { "All categories at a glance" }
            (heat::table(lookup, self.anchors))
            @if outlets > heat::OUTLETS { (only(heat::OUTLETS, outlets, &lookup.report.settings.by)) }
            (folded("The numbers", &self.blocks(&numbers)))
            @if lookup.view.voice.is_none() && !voices.is_empty() {
                (folded("By voice", &html! { p.note { (wording::QUOTED) } (self.blocks(&voices)) }))
            }
        };
        self.push("rates", TableName::Rates.title(), body);
    }

    fn push_choices(&mut self) {
        if TableName::Choices.show(self.lookup).is_empty() {
            return;
        }
        let body = html! {
            (choices::panels(self.lookup, self.anchors))
            (folded("The numbers", &self.table(TableName::Choices)))
        };
        self.push("choices", TableName::Choices.title(), body);
    }

    fn push_targets(&mut self) {
        let mut sides = Vec::new();
        opening::push_targets(self.lookup, &mut sides);
        if TableName::Targets.show(self.lookup).is_empty() {
            return;
        }
        let body = html! {
            p.note { (wording::LABELS) }
            (self.table(TableName::Targets))
            (folded("Side by side", &self.blocks(&sides)))
        };
        self.push("targets", TableName::Targets.title(), body);
    }

    fn push_warnings(&mut self) {
        if !self.lookup.report.warnings.is_empty() {
            self.push_table("warnings", TableName::Warnings);
        }
    }

    fn push_method(&mut self) {
        let mut everything = Document::default();
        for table in TableName::ALL {
            everything.blocks.extend(table.show(self.lookup));
        }
        let shown = everything.blocks.len();
        outline::push_legend(&mut everything.blocks);
        let header: Vec<Block> = vec![Block::Definitions(outline::header(self.lookup))];
        let legend: Vec<Block> = everything.blocks.split_off(shown);
        let body = html! {
            (self.blocks(&header))
            (cite(self.lookup))
            (self.table(TableName::Lexicons))
            h3 { "How to read the columns" }
            (self.blocks(legend.get(1..).unwrap_or_default()))
        };
        self.push("method", "How it was made, and how to cite it", body);
    }

    fn head(&self, reportable: bool) -> Markup {
        let lookup = self.lookup;
        html! {
            div.opening {
                div {
                    p.standfirst {
                        @if reportable { (outside(&coverage(lookup))) } @else { (outside(&opening::first_line(lookup))) }
                    }
                    @if reportable { (self.findings()) }
                }
                div.banner role="note" {
                    p { strong { "Read this first" } }
                    p { (wording::NOT_VALIDATED) }
                    p { (wording::HIGHER_IS_NOT_WORSE) }
                    p { (wording::CLEARS_NOBODY) }
                }
            }
        }
    }

    /// The comparisons that carry a verdict, the firmest first.
    fn findings(&self) -> Markup {
        let lookup = self.lookup;
        let pairs = in_order(lookup, lookup.view.leading_voice());
        let mut told: Vec<&'a ComparisonRow> =
            pairs.into_iter().flat_map(|(_, rows)| rows).collect();
        told.retain(|row| matches!(row.verdict, Verdict::Higher | Verdict::Lower));
        let size = |row: &ComparisonRow| row.lrc.map_or(0.0, f64::abs);
        told.sort_by(|x, y| size(y).total_cmp(&size(x)));
        html! {
            @if !told.is_empty() {
                h2.findings-title { "What carries a verdict" }
                ol.findings {
                    @for row in told.iter().take(FINDINGS) { li { (finding(lookup, self.anchors, row)) } }
                }
                p.more {
                    a href="#comparisons" {
                        "All " (counted(lookup.report.comparisons.iter().filter(|row| row.voice == lookup.view.leading_voice()).count() as u64, "comparison"))
                    }
                    ", with what could not be said."
                }
            }
        }
    }
}

/// One comparison in a line, the outlet with the higher rate first: who, how much, and how sure.
fn finding(lookup: &Lookup<'_>, anchors: &Anchors<'_>, row: &ComparisonRow) -> Markup {
    let id = (row.lexicon.as_str(), row.category.as_str());
    let side = |outlet: Option<&str>, hits, words| {
        let rate = number::rate(lookup.hits_in_unit(hits, words));
        match outlet.and_then(|outlet| anchors.category(outlet, id)) {
            Some(link) => html! { a href=(link) { (rate) } },
            None => html! { (rate) },
        }
    };
    let a = (lookup.outlet(&row.a), side(Some(&row.a), row.hits_a, row.words_a));
    let b = row.b.as_deref();
    let b = (lookup.side_b(b), side(b, row.hits_b, row.words_b));
    let is_lower = row.verdict == Verdict::Lower;
    let (more, less) = if is_lower { (b, a) } else { (a, b) };
    html! {
        strong { (outside(lookup.category(id))) }
        ": more often in " (outside(more.0)) " than in " (outside(less.0)) ", "
        (more.1) " against " (less.1) " " (wording::unit_in_words(lookup.view.per)) "; "
        span.faint { (forest::how_much(row, is_lower)) }
    }
}

fn coverage(lookup: &Lookup<'_>) -> String {
    let outlets = lookup.present();
    let sum = |of: fn(&crate::report::OutletRow) -> u64| outlets.iter().map(|row| of(row)).sum();
    let first = outlets.iter().filter_map(|row| row.first.as_deref()).min();
    let last = outlets.iter().filter_map(|row| row.last.as_deref()).max();
    let days = first.zip(last).map(|(first, last)| format!(", {first} to {last}"));
    format!(
        "{}, {}, {}{}. {}",
        counted(outlets.len() as u64, &lookup.report.settings.by),
        counted(sum(|row| row.articles), "article"),
        counted(sum(|row| row.words), "word"),
        days.unwrap_or_default(),
        outline::verdicts_in_all(lookup)
    )
}

/// The line to quote, with all that is needed to make the same report again.
fn cite(lookup: &Lookup<'_>) -> Markup {
    let report = lookup.report;
    let title = report.settings.title.as_deref().unwrap_or("Framing report");
    html! {
        h3 { "To cite it" }
        p {
            (outside(title)) ". Framing report made with " (report.tool.name) " " (report.tool.version)
            ", seed " (report.settings.seed) ". Corpus (BLAKE3): "
            code { (report.provenance.corpus) } "."
        }
        p.note {
            "The same articles, lexicons and seed give the same report to the byte. Quote a number \
             with its interval, and say how the articles were collected: the page can't know."
        }
    }
}

/// What is secondary: there, but not open.
fn folded(title: &str, body: &Markup) -> Markup {
    html! { details.folded { summary { (title) } (body) } }
}

fn only(shown: usize, of: usize, by: &str) -> Markup {
    html! {
        p.note {
            "The first " (count(shown as u64)) " of " (outside(&counted(of as u64, by)))
            " are drawn; the tables and the saved report have all."
        }
    }
}
