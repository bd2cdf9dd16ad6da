//! The sections of a report's page, in the order in which they can be said.

use maud::{Markup, html};

use super::super::document::Block;
use super::super::lookup::Lookup;
use super::super::tables::{self, Kept, PairTable, TableName};
use super::super::{opening, outline, wording};
use super::anchors::Anchors;
use super::blocks::{self, Setting};
use super::frame::{self, Head, Section};
use super::outside::outside;
use super::{
    articles, choices, evidence, forest, heat, masthead, method, rates, shifts, stories, voices,
};

/// Rows of one table on the page; the record and the other formats have all.
const ROWS: usize = 400;

/// A report with what its sections link to.
struct Page<'p, 'a> {
    lookup: &'p Lookup<'a>,
    anchors: &'p Anchors<'a>,
    setting: &'p Setting<'p>,
    sections: Vec<Section>,
}

/// The whole page.
pub(super) fn page<'a>(lookup: &Lookup<'a>, anchors: &Anchors<'a>) -> String {
    let setting = Setting { anchors, rows: ROWS };
    let mut page = Page { lookup, anchors, setting: &setting, sections: Vec::new() };
    let reportable = outline::is_reportable(lookup.report);
    if reportable {
        page.push_reportable();
    } else {
        page.push_descriptive();
    }
    page.push("evidence", "The sentences", evidence::section(lookup, anchors));
    page.push("method", "How it was made, and how to cite it", method::section(lookup, &setting));
    let title = lookup.report.settings.title.as_deref().unwrap_or("Framing report");
    let body = masthead::body(lookup, anchors, reportable);
    let head = Head { title: title.to_owned(), kind: "framing report", body };
    let tool = &lookup.report.tool;
    let footer = html! {
        p { "Made by " (outside(&tool.name)) " " (tool.version) ". This page fetches nothing and sends nothing." }
    };
    frame::page(&head, &page.sections, &footer)
}

impl Page<'_, '_> {
    fn push(&mut self, id: &str, title: &str, body: Markup) {
        self.sections.push(Section { id: id.to_owned(), title: title.to_owned(), body });
    }

    fn blocks(&self, blocks: &[Block]) -> Markup {
        blocks::blocks(self.setting, blocks)
    }

    fn table(&self, table: TableName) -> Markup {
        let shown = table.show(self.lookup);
        match shown.as_slice() {
            // A table that stands alone takes its caption from the section's heading.
            [Block::Table(only)] => blocks::table(self.setting, only, table.title()),
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
        self.push_coverage();
        self.push_matched();
        self.push_comparisons();
        self.push_rates();
        let shifts = shifts::panels(self.lookup, self.anchors);
        self.push("terms", TableName::Drivers.title(), shifts);
        self.push_choices();
        self.push_targets();
        self.push_stories();
        self.push_events();
        self.push_sources();
        self.push_table("article-shares", TableName::ArticleShares);
        self.push_articles();
    }

    fn push_descriptive(&mut self) {
        if !self.push_stories() {
            let sides = self.sides();
            if !sides.is_empty() {
                let body =
                    html! { p.note { (self.grouped(wording::LABELS)) } (self.blocks(&sides)) };
                self.push("targets", "Who is called what", body);
            }
        }
        self.push_choices();
        self.push_sources();
        self.push_table("terms", TableName::Terms);
        self.push_rates();
        self.push_coverage();
        self.push_table("article-shares", TableName::ArticleShares);
        self.push_articles();
    }

    /// The outlets beside one another, event by event; whether there is anything.
    fn push_stories(&mut self) -> bool {
        let body = stories::section(self.lookup);
        let is_there = body.is_some();
        if let Some(body) = body {
            self.push("side-by-side", TableName::SideBySide.title(), body);
        }
        is_there
    }

    /// The events, who covers them, and what was not found.
    fn push_events(&mut self) {
        if self.lookup.report.events.is_empty() {
            return;
        }
        let body = html! {
            (self.captioned(TableName::Events))
            @if !self.lookup.report.coverage.is_empty() {
                h3 { (TableName::Coverage.title()) }
                p.note { (self.grouped(wording::NOT_FOUND)) }
                (self.captioned(TableName::Coverage))
            }
            @if !self.lookup.report.omissions.is_empty() {
                (folded(TableName::Omissions.title(), &self.captioned(TableName::Omissions)))
            }
        };
        self.push("events", TableName::Events.title(), body);
    }

    /// Who speaks, and how much room the named get.
    fn push_sources(&mut self) {
        let attention = TableName::Attention.show(self.lookup);
        let sources = self.table(TableName::Sources);
        if self.lookup.report.sources.is_empty() {
            return;
        }
        let body = html! {
            (sources)
            @if !attention.is_empty() {
                (folded(TableName::Attention.title(), &self.blocks(&attention)))
            }
        };
        self.push("sources", TableName::Sources.title(), body);
    }

    /// What each outlet wrote of each labelled target, without a heading and its note.
    fn sides(&self) -> Vec<Block> {
        let mut sides = Vec::new();
        opening::push_targets(self.lookup, &mut sides);
        sides.into_iter().skip(2).collect()
    }

    /// What was read, in whose voice it stands, and what was left out.
    fn push_coverage(&mut self) {
        let outlets = self.lookup.present().len();
        let warnings = self.lookup.report.warnings.len() as u64;
        let body = html! {
            (self.table(TableName::Outlets))
            (voices::chart(self.lookup))
            (masthead::only(voices::OUTLETS, outlets, &self.lookup.report.settings.by))
            @if warnings > 0 {
                h3 { (TableName::Warnings.title()) }
                (self.captioned(TableName::Warnings))
            }
        };
        self.push("coverage", TableName::Outlets.title(), body);
    }

    /// A table below a heading of its own.
    fn captioned(&self, table: TableName) -> Markup {
        html! {
            @for block in table.show(self.lookup) {
                @if let Block::Table(only) = &block { (blocks::table(self.setting, only, table.title())) }
            }
        }
    }

    fn push_articles(&mut self) {
        let body = articles::table(self.lookup, self.anchors);
        self.push("articles", "Articles that carry most hits", body);
    }

    /// A text of ours that names what the articles are grouped by.
    fn grouped(&self, text: &str) -> Markup {
        outside(&wording::grouped(text, &self.lookup.report.settings.by))
    }

    /// The tables of the pairs; what has too little evidence is named.
    fn pairs(&self, pairs: &[PairTable]) -> Markup {
        html! {
            @for pair in pairs {
                h3 { (outside(&pair.heading)) }
                @if !pair.table.rows.is_empty() {
                    (blocks::table(self.setting, &pair.table, &pair.heading))
                }
                @if let Some(rest) = pair.rest_in_words() {
                    p.note {
                        (rest) ": " (outside(&wording::listed(&pair.rest_names())))
                        ". The saved report has their numbers, and why they are too few."
                    }
                }
            }
        }
    }

    fn push_matched(&mut self) {
        let voice = self.lookup.view.leading_voice();
        let pairs = tables::matched_pair_tables(self.lookup, voice, Kept::Judged);
        if !pairs.is_empty() {
            let body = html! {
                p.note { (self.grouped(wording::MATCHED)) }
                (forest::matched(self.lookup))
                (self.pairs(&pairs))
            };
            self.push("matched", TableName::Matched.title(), body);
        }
    }

    fn push_comparisons(&mut self) {
        let voice = self.lookup.view.leading_voice();
        let pairs = tables::pair_tables(self.lookup, voice, Kept::Judged);
        let body = html! {
            p { (outside(&outline::verdicts_in_all(self.lookup))) }
            p.note { (self.grouped(wording::POOLED)) " " (wording::CLEARS_NOBODY) }
            (forest::pooled(self.lookup))
            (self.pairs(&pairs))
            (folded("Do the outlets differ at all?", &self.table(TableName::Heterogeneity)))
        };
        self.push("comparisons", TableName::Comparisons.title(), body);
    }

    fn push_rates(&mut self) {
        let lookup = self.lookup;
        let outlets = lookup.present().len();
        let by = &lookup.report.settings.by;
        let follows_topic = lookup.report.categories.iter().any(|row| row.topic_sensitive);
        let voices = tables::voices_table(lookup);
        let numbers = tables::lexicon_tables(lookup, lookup.view.leading_voice());
        let body = html! {
            p.note {
                (self.grouped(wording::HIGHER_IS_NOT_WORSE))
                @if follows_topic { " " (self.grouped(wording::TOPIC)) }
            }
            (rates::key())
            (rates::panels(lookup, self.anchors))
            (masthead::only(rates::OUTLETS, outlets, by))
            h3 { "All categories at a glance" }
            (heat::table(lookup, self.anchors))
            (masthead::only(heat::OUTLETS, outlets, by))
            (folded("The numbers", &self.blocks(&numbers)))
            @if lookup.view.voice.is_none() && !voices.is_empty() {
                (folded("By voice", &html! { p.note { (self.grouped(wording::QUOTED)) } (self.blocks(&voices)) }))
            }
        };
        self.push("rates", TableName::Rates.title(), body);
    }

    fn push_choices(&mut self) {
        if TableName::Choices.show(self.lookup).is_empty() {
            return;
        }
        let outlets = self.lookup.present().len();
        let compared = TableName::ChoiceComparisons.show(self.lookup);
        let body = html! {
            (choices::panels(self.lookup, self.anchors))
            (masthead::only(choices::OUTLETS, outlets, &self.lookup.report.settings.by))
            @if !compared.is_empty() {
                h3 { (TableName::ChoiceComparisons.title()) }
                (self.blocks(&compared))
            }
            (folded("The numbers", &self.table(TableName::Choices)))
        };
        self.push("choices", TableName::Choices.title(), body);
    }

    fn push_targets(&mut self) {
        if TableName::Targets.show(self.lookup).is_empty() {
            return;
        }
        let compared = TableName::LabelComparisons.show(self.lookup);
        let matrix = TableName::TargetLabels.show(self.lookup);
        let body = html! {
            p.note { (self.grouped(wording::LABELS)) }
            @if !compared.is_empty() {
                h3 { (TableName::LabelComparisons.title()) }
                (self.blocks(&compared))
            }
            (self.table(TableName::Targets))
            @if !matrix.is_empty() {
                (folded(TableName::TargetLabels.title(), &self.blocks(&matrix)))
            }
            @if self.lookup.report.side_by_side.is_empty() {
                (folded("Side by side", &self.blocks(&self.sides())))
            }
        };
        self.push("targets", TableName::Targets.title(), body);
    }
}

/// What is secondary: there, but not open.
fn folded(title: &str, body: &Markup) -> Markup {
    html! { details.folded { summary { (outside(title)) } (body) } }
}
