//! Sampled sentences.

use super::super::document::{Block, Quotation, Side, Style, Text};
use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::{Entry, Field, TableName, Tidy, json_rows};
use crate::report::{CategoryRow, EvidenceRow, SentenceRow};

pub(super) const ENTRY: Entry =
    Entry { title: "Evidence", show, tidy, json: |lookup| json_rows(&lookup.report.evidence) };

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    let header = vec![
        "outlet", "kind", "lexicon", "id", "variant", "total", "article", "date", "event", "line",
        "text", "start", "end", "term", "zone", "voice", "negated", "source", "cue", "target",
        "rule",
    ];
    let mut rows = Vec::new();
    for row in &lookup.report.evidence {
        for sentence in &row.sentences {
            rows.push(fields(row, sentence));
        }
    }
    Tidy { header, rows }
}

fn fields(row: &EvidenceRow, sentence: &SentenceRow) -> Vec<Field> {
    vec![
        (&row.outlet).into(),
        (&row.kind).into(),
        row.lexicon.as_ref().into(),
        (&row.id).into(),
        row.variant.as_ref().into(),
        row.total.into(),
        (&sentence.article).into(),
        sentence.date.as_ref().into(),
        sentence.event.as_ref().into(),
        u64::from(sentence.line).into(),
        (&sentence.text).into(),
        u64::from(sentence.start).into(),
        u64::from(sentence.end).into(),
        (&sentence.term).into(),
        (&sentence.zone).into(),
        (&sentence.voice).into(),
        if sentence.negated { "true" } else { "false" }.into(),
        sentence.source.as_ref().into(),
        sentence.cue.as_ref().into(),
        sentence.target.as_ref().into(),
        sentence.rule.as_ref().into(),
    ]
}

/// Categories whose sentences are shown where the table is one of many.
const CATEGORIES: usize = 4;

/// Outlets whose sentences are shown of each there.
const SIDES: usize = 4;

/// Outlets up to which those without a hit are named too.
const NO_HIT_UP_TO: usize = 4;

/// The sentences of every category, outlet beside outlet; where this is not the only table, those of
/// the categories in which the outlets differ most clearly.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut categories: Vec<&CategoryRow> = lookup.report.categories.iter().collect();
    let is_alone = lookup.view.table.is_some();
    if !is_alone {
        categories.sort_by(|x, y| clearest(lookup, y).total_cmp(&clearest(lookup, x)));
    }
    let with_rows = categories.into_iter().filter_map(|category| {
        let sides = sides(lookup, category);
        let has_some = sides.iter().any(|side| !side.quotations.is_empty());
        has_some.then_some((category, sides))
    });
    let mut blocks = Vec::new();
    let mut left_out = 0;
    for (index, (category, sides)) in with_rows.enumerate() {
        if is_alone || index < CATEGORIES {
            blocks.push(Block::Heading(3, category.title.clone()));
            let (sides, more) = most_of(lookup, sides);
            blocks.push(Block::SideBySide(sides));
            if more > 0 {
                let by = counted(more, &lookup.report.settings.by);
                blocks.push(Block::More(format!("{by} more"), TableName::Evidence));
            }
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        let more = counted(left_out, "category");
        blocks.push(Block::More(format!("{more} more"), TableName::Evidence));
    }
    blocks
}

/// The sides that are shown, and how many are not.
fn most_of(lookup: &Lookup<'_>, mut sides: Vec<Side>) -> (Vec<Side>, u64) {
    let left = sides.len().saturating_sub(lookup.most(usize::MAX, SIDES));
    sides.truncate(sides.len() - left);
    (sides, left as u64)
}

/// How clearly any two outlets differ in a category: the limit of an interval nearest to 0.
fn clearest(lookup: &Lookup<'_>, category: &CategoryRow) -> f64 {
    let voice = lookup.view.leading_voice();
    let rows = lookup.report.comparisons.iter().filter(|row| {
        row.voice == voice && row.lexicon == category.lexicon && row.category == category.category
    });
    rows.filter_map(|row| row.lrc).fold(0.0, |clearest, limit| clearest.max(limit.abs()))
}

fn sides(lookup: &Lookup<'_>, category: &CategoryRow) -> Vec<Side> {
    let side = |outlet: &&crate::report::OutletRow| {
        let row = lookup.report.evidence.iter().find(|row| {
            row.kind == "category"
                && row.outlet == outlet.outlet
                && row.id == category.category
                && row.lexicon.as_ref() == Some(&category.lexicon)
        });
        let (shown, quotations) = row.map(|row| chosen(lookup, row)).unwrap_or_default();
        let summary = match row {
            Some(row) => format!("{} of {}", count(shown), counted(row.total, "hit")),
            None => "no hit".to_owned(),
        };
        Side { outlet: outlet.name.clone(), summary: summary.into(), quotations }
    };
    let outlets = lookup.present();
    let mut sides: Vec<Side> = outlets.iter().map(side).collect();
    // Where two or three stand beside each other, "no hit" is worth its place; in a long list not.
    if outlets.len() > NO_HIT_UP_TO {
        sides.retain(|side| !side.quotations.is_empty());
    }
    sides
}

/// As many sentences as the view wants, with the number of hits in them.
fn chosen(lookup: &Lookup<'_>, row: &EvidenceRow) -> (u64, Vec<Quotation>) {
    let wanted = |sentence: &&SentenceRow| {
        let voice = lookup.view.voice;
        voice.is_none_or(|group| group.hit_voices().iter().any(|v| v.name() == sentence.voice))
    };
    let most = lookup.most(lookup.view.evidence, 1);
    quotations(lookup, row.sentences.iter().filter(wanted), most)
}

/// At most so many of the sentences, with the number of hits in them. Hits that stand in the same
/// sentence and voice are marked in it together.
pub(in super::super) fn quotations<'a>(
    lookup: &Lookup<'_>,
    sentences: impl Iterator<Item = &'a SentenceRow>,
    most: usize,
) -> (u64, Vec<Quotation>) {
    let mut groups: Vec<Vec<&SentenceRow>> = Vec::new();
    for sentence in sentences {
        let same = |group: &&mut Vec<&SentenceRow>| {
            let first = group[0];
            first.article == sentence.article
                && first.text == sentence.text
                && details(lookup, first) == details(lookup, sentence)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(sentence),
            None => groups.push(vec![sentence]),
        }
    }
    groups.truncate(most);
    let shown = groups.iter().map(|group| group.len() as u64).sum();
    (shown, groups.iter().map(|group| quotation(lookup, group)).collect())
}

/// A sentence with its hits marked, and voice, source and place. A place that does not fit the text
/// marks nothing rather than something else.
fn quotation(lookup: &Lookup<'_>, group: &[&SentenceRow]) -> Quotation {
    let text = group[0].text.as_str();
    let mut places: Vec<(usize, usize)> =
        group.iter().map(|row| (row.start as usize, row.end as usize)).collect();
    places.sort_unstable();
    let mut marked = Text::default();
    let mut done = 0;
    for (start, end) in places {
        if let (Some(before), Some(hit)) = (text.get(done..start), text.get(start..end)) {
            marked = marked.then(before, Style::Plain).then(hit, Style::Hit);
            done = end;
        }
    }
    marked = marked.then(text.get(done..).unwrap_or_default(), Style::Plain);
    Quotation { text: marked, details: Text::of(details(lookup, group[0]), Style::Faint) }
}

fn details(lookup: &Lookup<'_>, sentence: &SentenceRow) -> String {
    let mut parts = Vec::new();
    let voice = match sentence.voice.as_str() {
        "own" => "own voice",
        "scare" => "scare quotes",
        other => other,
    };
    parts.push(match &sentence.source {
        Some(source) => format!("{voice}, source: {source}"),
        None => voice.to_owned(),
    });
    if let Some(cue) = &sentence.cue {
        parts.push(format!("cue: {cue}"));
    }
    if sentence.negated {
        parts.push("after a negation".to_owned());
    }
    if let Some(target) = &sentence.target {
        parts.push(format!("on {}", lookup.target(target)));
    }
    if sentence.zone != "body" {
        parts.push(format!("in the {}", sentence.zone));
    }
    let day = sentence.date.as_ref().map(|date| format!("{date}, ")).unwrap_or_default();
    parts.push(format!("{day}{}:{}", sentence.article, sentence.line));
    parts.join(" · ")
}
