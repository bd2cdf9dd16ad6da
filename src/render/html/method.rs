//! How the numbers came about, in plain words, and how to cite them.

use maud::{Markup, html};

use super::super::document::{Block, Document};
use super::super::lookup::Lookup;
use super::super::tables::TableName;
use super::super::{outline, wording};
use super::blocks::{self, Setting};
use super::outside::outside;

/// What was done, step by step.
const STEPS: [(&str, &str); 7] = [
    (
        "What was read",
        "The articles that somebody collected, as they are: nothing is fetched, corrected or left out but copies of the same text in one outlet and lines that are page furniture. How the articles were chosen decides what the numbers can stand for, and the page can't know it.",
    ),
    (
        "What is counted",
        "Words and phrases of published lists, the lexicons below: whole words, with their tests, in headlines, subheads and bodies. A word that belongs to two terms of a category counts once. That a term is on a list says that its use is debated, not that it is wrong.",
    ),
    (
        "In whose voice",
        "Each hit stands in the outlet's own voice, in a paraphrase of what somebody said (attributed), inside a speaker's quotation marks (quoted), or in scare quotes. Rules that can be read decide it, from reporting verbs and quotation marks; they err, which is why the sentences are here. “The outlet's wording” is all but the quoted.",
    ),
    (
        "About whom",
        "A label is counted for a person, a party or a state only where a named rule links the two in the sentence. Most labels that a reader would see are not linked; those that are can be checked below.",
    ),
    (
        "How rates are made",
        "Hits divided by words of the same voice and the same parts of the articles, all articles of an outlet together.",
    ),
    (
        "How sure one can be",
        "Words of one article are not independent, so every interval, p and q takes articles as the unit. q corrects for all comparisons made with one lexicon in one voice. Below ten articles, ten hits or three articles with hits a verdict is withheld.",
    ),
    (
        "What it can't say",
        "Whether a word is apt, why it was chosen, what readers make of it, or what stands in articles that were not collected.",
    ),
];

/// The section.
pub(super) fn section(lookup: &Lookup<'_>, setting: &Setting<'_>) -> Markup {
    let by = &lookup.report.settings.by;
    let steps = STEPS.map(|(name, text)| (name.to_owned(), wording::grouped(text, by).into()));
    let header = [Block::Definitions(outline::header(lookup))];
    let lexicons = TableName::Lexicons.show(lookup);
    html! {
        (blocks::blocks(setting, &[Block::Definitions(steps.to_vec())]))
        (cite(lookup))
        h3 { "This run" }
        (blocks::blocks(setting, &header))
        h3 { "The lexicons" }
        @for block in &lexicons {
            @if let Block::Table(table) = block { (blocks::table(setting, table, "The lexicons")) }
        }
        h3 { "How to read the columns" }
        (blocks::blocks(setting, &legend(lookup)))
    }
}

/// What every column of the page's tables means, without a heading.
fn legend(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut everything = Document::default();
    for table in TableName::ALL {
        everything.blocks.extend(table.show(lookup));
    }
    let shown = everything.blocks.len();
    outline::push_legend(&mut everything.blocks, &lookup.report.settings.by);
    everything.blocks.split_off(shown).into_iter().skip(1).collect()
}

/// The line to quote, with all that is needed to make the same report again.
fn cite(lookup: &Lookup<'_>) -> Markup {
    let report = lookup.report;
    let title = report.settings.title.as_deref().unwrap_or("Framing report");
    let lexicons = report.provenance.lexicons.iter();
    let lexicons: Vec<String> =
        lexicons.map(|lexicon| format!("{} {}", lexicon.id, lexicon.version)).collect();
    html! {
        h3 { "To cite it" }
        p.citation {
            (outside(title)) ". Framing report made with " (report.tool.name) " " (report.tool.version)
            ", lexicons " (outside(&wording::listed(&lexicons))) ", seed " (report.settings.seed)
            ". Corpus (BLAKE3): " code { (report.provenance.corpus) } "."
        }
        p.note {
            "The same articles, lexicons and seed give the same report to the byte. Quote a number \
             with its interval, its voice and its number of articles, and say how the articles were \
             collected. The saved report (JSON) holds every number of this page and more."
        }
    }
}
