//! The report of a few articles: the sentences first, rates last.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::document::{Block, Side};
use super::lookup::Lookup;
use super::number::{counted, in_words, plural};
use super::tables::{self, TableName};
use super::wording;
use super::{digest, outline};
use crate::report::{EvidenceRow, OutletRow, TargetRow};

/// Outlets that are named one by one in the first line.
const NAMED: usize = 6;

/// Labelled targets whose sentences stand side by side in a text.
const TARGETS: usize = 8;

/// The same on a page.
const PAGE_TARGETS: usize = 24;

/// One line that says what this is, then what the outlets wrote of the same targets.
pub(super) fn few_articles(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    let report = lookup.report;
    let title = report.settings.title.as_deref().unwrap_or("Framing report");
    blocks.push(Block::Heading(1, title.to_owned()));
    blocks.push(Block::Paragraph(first_line(lookup).into()));
    if report.side_by_side.is_empty() {
        push_targets(lookup, blocks);
    } else {
        outline::push_table(lookup, blocks, TableName::SideBySide);
    }
    outline::push_shown(blocks, TableName::Choices.title(), digest::choices(lookup));
    outline::push_table(lookup, blocks, TableName::Sources);
    outline::push_table(lookup, blocks, TableName::Terms);
    outline::push_rates(lookup, blocks);
    outline::push_table(lookup, blocks, TableName::ArticleShares);
    outline::push_table(lookup, blocks, TableName::Warnings);
    let mut header = Vec::new();
    outline::push_title(lookup, &mut header);
    blocks.push(Block::Heading(2, "How it was made".to_owned()));
    blocks.extend(header.into_iter().filter(|block| !matches!(block, Block::Heading(..))));
    outline::push_provenance(lookup, blocks);
}

/// "Breitbart 1 article, Globe 2, one event. These describe three articles, not two outlets."
pub(super) fn first_line(lookup: &Lookup<'_>) -> String {
    let outlets = lookup.present();
    // An article without a word has nothing that could be described.
    let with_words = |row: &OutletRow| row.articles - row.empty_articles.min(row.articles);
    let articles: u64 = outlets.iter().map(|row| with_words(row)).sum();
    if articles == 0 {
        return "No article that could be used.".to_owned();
    }
    let by = &lookup.report.settings.by;
    let mut parts: Vec<String> = if outlets.len() > NAMED {
        vec![format!("{} of {}", counted(articles, "article"), counted(outlets.len() as u64, by))]
    } else {
        let named = outlets.iter().enumerate().map(|(index, row)| match index {
            0 => format!("{} {}", row.name, counted(with_words(row), "article")),
            _ => format!("{} {}", row.name, super::number::count(with_words(row))),
        });
        named.collect()
    };
    let events: BTreeSet<String> =
        lookup.report.articles.each().filter_map(|row| row.event.clone()).collect();
    if !events.is_empty() {
        let events = events.len() as u64;
        parts.push(format!("{} {}", in_words(events), plural(events, "event")));
    }
    let these = if articles == 1 { "This describes" } else { "These describe" };
    let not = match outlets.len() as u64 {
        1 => format!("not the {by}"),
        several => format!("not {} {}", in_words(several), plural(several, by)),
    };
    format!(
        "{}. {these} {} {}, {not}. A contested label can be accurate.",
        parts.join(", "),
        in_words(articles),
        plural(articles, "article")
    )
}

/// A target in the order of the page: how many outlets name it, how often, its key.
type Prominence<'a> = (Reverse<(usize, u64)>, &'a str);

/// For each target that some outlet labels, what every outlet wrote of it.
pub(super) fn push_targets(lookup: &Lookup<'_>, blocks: &mut Vec<Block>) {
    // Those named by most outlets first: they can be compared.
    let mut named: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
    for row in &lookup.report.targets {
        let (outlets, mentions) = named.entry(&row.target).or_default();
        (*outlets, *mentions) = (*outlets + 1, *mentions + row.mentions);
    }
    let labelled = lookup.report.targets.iter().filter(|row| !row.by_term.is_empty());
    let titles: BTreeMap<Prominence<'_>, &str> = labelled
        .rev()
        .map(|row| {
            let named = named.get(row.target.as_str()).copied().unwrap_or_default();
            ((Reverse(named), row.target.as_str()), row.title.as_str())
        })
        .collect();
    let targets: Vec<(&str, &str)> =
        titles.into_iter().map(|((_, target), title)| (target, title)).collect();
    if targets.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "Who is called what".to_owned()));
    let note = wording::grouped(wording::LABELS, &lookup.report.settings.by);
    blocks.push(Block::Note(note.into()));
    let most = lookup.most(PAGE_TARGETS, TARGETS);
    let left = targets.len().saturating_sub(most);
    for (target, title) in targets.into_iter().take(most) {
        blocks.push(Block::Heading(3, title.to_owned()));
        let of_target = OfTarget::new(lookup, target);
        let sides =
            lookup.present().iter().map(|row| of_target.side(lookup, &row.outlet)).collect();
        blocks.push(Block::SideBySide(sides));
    }
    if left > 0 {
        let rest = format!("{} more", counted(left as u64, "labelled target"));
        blocks.push(Block::More(rest, TableName::Targets));
    }
}

/// What the record has of one target: there may be many outlets, and each is asked for.
struct OfTarget<'a> {
    rows: BTreeMap<&'a str, &'a TargetRow>,
    /// By outlet: sentences with a label, or those that name the target where there are none, which
    /// show what the outlet wrote instead.
    evidence: BTreeMap<&'a str, &'a EvidenceRow>,
}

impl<'a> OfTarget<'a> {
    fn new(lookup: &Lookup<'a>, target: &str) -> Self {
        let rows = lookup.report.targets.iter().filter(|row| row.target == target);
        let of = |kind: &'static str| {
            let here = move |row: &&EvidenceRow| row.kind == kind && row.id == target;
            let rows = lookup.report.evidence.iter().filter(here);
            rows.map(|row| (row.outlet.as_str(), row))
        };
        Self {
            rows: rows.map(|row| (row.outlet.as_str(), row)).collect(),
            evidence: of("mention").chain(of("label")).collect(),
        }
    }

    fn side(&self, lookup: &Lookup<'_>, outlet: &str) -> Side {
        let row = self.rows.get(outlet).copied();
        let shown = self.evidence.get(outlet).copied();
        let sentences = shown.map(|row| row.sentences.as_slice()).unwrap_or_default();
        let (marked, quotations) =
            tables::quotations(lookup, sentences.iter(), lookup.view.evidence);
        let name = lookup.report.outlets.iter().find(|row| row.outlet == outlet);
        Side {
            outlet: name.map_or(outlet, |row| &row.name).to_owned(),
            summary: summary(row, shown, marked).into(),
            quotations,
        }
    }
}

fn summary(row: Option<&TargetRow>, shown: Option<&EvidenceRow>, quoted: u64) -> String {
    let Some(row) = row else { return "not named".to_owned() };
    let labels: u64 = row.by_term.iter().map(|label| label.labels).sum();
    let named = format!("named {}", counted(row.mentions, "time"));
    let labelled = match labels {
        0 => "no label".to_owned(),
        _ => counted(labels, "label"),
    };
    let of = shown.filter(|shown| quoted < shown.total && quoted > 0);
    let of = of.map(|shown| format!("; {quoted} of {} shown", shown.total)).unwrap_or_default();
    format!("{named}, {labelled}{of}")
}
