//! Hits by term.

use std::collections::BTreeMap;

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{count, counted};
use super::{Entry, TableName, Tidy, json_rows};
use crate::tally::VoiceGroup;

pub(super) const ENTRY: Entry = Entry {
    title: "Terms",
    show,
    tidy,
    json: |lookup| json_rows(lookup.report.terms.iter().filter(|row| lookup.view.shows(row.voice))),
};

/// Outlets up to which each has a column; above, each has a row.
const COLUMNS_UP_TO: usize = 4;

/// Terms listed on a page and in a text.
const TERMS: [usize; 2] = [200, 40];

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        lookup.report.terms.iter().filter(|row| lookup.view.shows(row.voice)),
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("term", |row| (&row.term).into()),
            ("voice", |row| row.voice.name().into()),
            ("hits", |row| row.hits.into()),
            ("found", |row| row.found.into()),
            ("articles_with_hits", |row| row.articles_with_hits.into()),
        ],
    )
}

/// Category, place of the term and the term.
type TermId<'a> = ((&'a str, &'a str), &'a str);

/// Hits of a term by outlet: in the wording, or the voice asked for, and in quotation marks.
type Hits<'a> = BTreeMap<&'a str, [u64; 2]>;

fn collect<'a>(lookup: &Lookup<'a>) -> Vec<(TermId<'a>, Hits<'a>)> {
    let leading = lookup.view.leading_voice();
    let mut places: BTreeMap<TermId<'a>, usize> = BTreeMap::new();
    let mut terms: Vec<(TermId<'a>, Hits<'a>)> = Vec::new();
    for row in &lookup.report.terms {
        let voice = match row.voice {
            voice if voice == leading => 0,
            VoiceGroup::Quoted => 1,
            _ => continue,
        };
        let id = ((row.lexicon.as_str(), row.category.as_str()), row.term.as_str());
        let place = *places.entry(id).or_insert_with(|| {
            terms.push((id, Hits::new()));
            terms.len() - 1
        });
        terms[place].1.entry(&row.outlet).or_default()[voice] += row.hits;
    }
    let shows_quoted = lookup.view.voice.is_none();
    terms.retain(|(_, hits)| {
        hits.values().any(|[led, quoted]| *led > 0 || (shows_quoted && *quoted > 0))
    });
    let total = |hits: &Hits<'_>| hits.values().flatten().sum::<u64>();
    terms.sort_by(|(x, in_x), (y, in_y)| {
        let places = lookup.place(x.0).cmp(&lookup.place(y.0));
        places.then_with(|| total(in_y).cmp(&total(in_x))).then_with(|| x.1.cmp(y.1))
    });
    terms
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let outlets = lookup.present();
    let wide = outlets.len() <= COLUMNS_UP_TO;
    let what = match lookup.view.voice {
        Some(voice) => voice.name(),
        None => "worded / quoted",
    };
    let cell = |hits: Option<&[u64; 2]>| match (hits, lookup.view.voice) {
        (None, Some(_)) => "0".to_owned(),
        (None, None) => "0 / 0".to_owned(),
        (Some([led, _]), Some(_)) => count(*led),
        (Some([led, quoted]), None) => format!("{} / {}", count(*led), count(*quoted)),
    };
    let mut columns = vec![Column::new(Key::Name, "category"), Column::new(Key::Name, "term")];
    if wide {
        let head = |name: &str| format!("{name}: {what}");
        columns.extend(outlets.iter().map(|row| Column::new(Key::HitsByVoice, head(&row.name))));
    } else {
        columns.push(Column::new(Key::Name, lookup.report.settings.by.clone()).joined());
        columns.push(Column::new(Key::HitsByVoice, what));
    }
    let mut table = Table::new(columns);
    let mut last = None;
    let terms = collect(lookup);
    let most = lookup.most(TERMS[0], TERMS[1]);
    let left = terms.len().saturating_sub(most);
    for ((category, term), hits) in terms.into_iter().take(most) {
        let title = if last == Some(category) { "" } else { lookup.category(category) };
        last = Some(category);
        if wide {
            let mut cells = vec![Text::from(title), short(term).into()];
            cells.extend(outlets.iter().map(|row| {
                let behind = Behind::term(&row.outlet, category, term);
                Text::from(cell(hits.get(row.outlet.as_str()))).behind(&behind)
            }));
            table.push(cells, false);
            continue;
        }
        for (index, (outlet, hits)) in hits.iter().enumerate() {
            let first = |text: &str| Text::from(if index == 0 { text } else { "" });
            let name = lookup.outlet(outlet).into();
            let hits = Text::from(cell(Some(hits))).behind(&Behind::term(outlet, category, term));
            table.push(vec![first(title), first(&short(term)), name, hits], false);
        }
    }
    let mut blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    if left > 0 {
        let rest = format!("{} more", counted(left as u64, "term"));
        blocks.push(Block::More(rest, TableName::Terms));
    }
    blocks
}

/// Characters of a term that are shown: a regex may be very long.
const LONGEST: usize = 48;

/// The term, or its beginning with an ellipsis.
pub(in super::super) fn short(term: &str) -> String {
    match term.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &term[..end]),
        None => term.to_owned(),
    }
}
