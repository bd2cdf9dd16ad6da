//! Outlets against each other within the events that both cover.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording;
use super::pairs::{Kept, PairTable};
use super::{Entry, TableName, Tidy, json_rows, word};
use crate::report::MatchedRow;
use crate::statistics::evidence::Verdict;
use crate::tally::VoiceGroup;

pub(super) const ENTRY: Entry = Entry {
    title: "Comparisons within events",
    show,
    tidy,
    json: |lookup| {
        json_rows(lookup.report.matched.iter().filter(|row| lookup.view.shows(row.voice)))
    },
};

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let pairs = pair_tables(lookup, lookup.view.leading_voice(), Kept::All).into_iter();
    pairs.flat_map(|pair| pair.blocks(TableName::Matched)).collect()
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        lookup.report.matched.iter().filter(|row| lookup.view.shows(row.voice)),
        &[
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("voice", |row| row.voice.name().into()),
            ("a", |row| (&row.a).into()),
            ("b", |row| (&row.b).into()),
            ("events", |row| row.events.into()),
            ("hits_a", |row| row.hits_a.into()),
            ("hits_b", |row| row.hits_b.into()),
            ("words_a", |row| row.words_a.into()),
            ("words_b", |row| row.words_b.into()),
            ("ratio", |row| row.ratio.into()),
            ("log2_ratio", |row| row.log2_ratio.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
            ("p", |row| row.p.into()),
            ("q", |row| row.q.into()),
            ("k", |row| row.k.into()),
            ("smallest_p", |row| row.smallest_p.into()),
            ("verdict", |row| word(&row.verdict)),
        ],
    )
}

/// The comparisons of each pair within events, those that carry most first.
pub(in super::super) fn in_order<'a>(
    lookup: &Lookup<'a>,
    voice: VoiceGroup,
) -> Vec<((&'a str, &'a str), Vec<&'a MatchedRow>)> {
    let mut pairs: Vec<((&str, &str), Vec<&MatchedRow>)> = Vec::new();
    for row in lookup.report.matched.iter().filter(|row| row.voice == voice) {
        let pair = (row.a.as_str(), row.b.as_str());
        match pairs.iter_mut().find(|(other, _)| *other == pair) {
            Some((_, rows)) => rows.push(row),
            None => pairs.push((pair, vec![row])),
        }
    }
    for (_, rows) in &mut pairs {
        rows.sort_by(|x, y| order(lookup, x, y));
    }
    pairs
}

/// A table a pair.
pub(in super::super) fn pair_tables(
    lookup: &Lookup<'_>,
    voice: VoiceGroup,
    kept: Kept,
) -> Vec<PairTable> {
    let pairs = in_order(lookup, voice).into_iter();
    pairs.map(|(pair, rows)| pair_table(lookup, voice, pair, &rows, kept)).collect()
}

fn pair_table<'a>(
    lookup: &Lookup<'a>,
    voice: VoiceGroup,
    (a, b): (&'a str, &'a str),
    rows: &[&'a MatchedRow],
    kept: Kept,
) -> PairTable {
    let events = rows.iter().map(|row| row.events).max().unwrap_or(0);
    let (name_a, name_b) = (lookup.outlet(a), lookup.outlet(b));
    let heading = format!(
        "A: {name_a}. B: {name_b}. {} that both cover, in {}",
        number::counted(events, "event"),
        wording::voice_of(lookup, voice)
    );
    let mut table = PairTable::new(heading, empty_table(lookup));
    for row in rows {
        push_row(lookup, table.place(kept, row.verdict), row);
    }
    table
}

/// By the limit of the interval nearer to 0, then by the ratio, then in the order of the lexicons.
fn order(lookup: &Lookup<'_>, x: &MatchedRow, y: &MatchedRow) -> std::cmp::Ordering {
    let ratio = |row: &MatchedRow| row.log2_ratio.map_or(0.0, f64::abs);
    let place = |row: &MatchedRow| lookup.place((&row.lexicon, &row.category));
    nearer_limit(y)
        .total_cmp(&nearer_limit(x))
        .then_with(|| ratio(y).total_cmp(&ratio(x)))
        .then_with(|| place(x).cmp(&place(y)))
}

fn nearer_limit(row: &MatchedRow) -> f64 {
    match (row.low, row.high) {
        (Some(low), Some(high)) if low > 0.0 || high < 0.0 => low.abs().min(high.abs()),
        _ => 0.0,
    }
}

fn empty_table(lookup: &Lookup<'_>) -> Table {
    let unit = wording::unit(lookup.view.per);
    let settings = &lookup.report.settings;
    let interval = wording::confidence(settings.alpha);
    let correction = wording::correction(&settings.correction);
    Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::SideRate, format!("A\u{a0}{unit}")),
        Column::new(Key::SideRate, format!("B\u{a0}{unit}")).joined(),
        Column::new(Key::Events, "events").joined(),
        Column::new(Key::MatchedRatio, "A\u{a0}:\u{a0}B within events"),
        Column::new(Key::LogRatio, format!("log2 ratio [{interval}]")).joined(),
        Column::new(Key::PWithinEvents, "p (swapped in events)"),
        Column::new(Key::Q, format!("q\u{a0}({correction}, K)")).joined(),
        Column::new(Key::Verdict, "verdict"),
    ])
}

fn push_row(lookup: &Lookup<'_>, table: &mut Table, row: &MatchedRow) {
    let rate = |hits, words| number::rate(lookup.hits_in_unit(hits, words));
    let has_interval = row.low.is_some() || row.high.is_some();
    let probability = |value: Option<f64>| number::probability(value.filter(|_| has_interval));
    let log2 = number::with_interval(
        number::log2(row.log2_ratio),
        number::log2(row.low),
        number::log2(row.high),
    );
    let q = match row.q {
        Some(_) if has_interval => format!("{} ({})", probability(row.q), count(row.k)),
        _ => number::MISSING.to_owned(),
    };
    let category = (row.lexicon.as_str(), row.category.as_str());
    let cells = vec![
        Text::from(lookup.category(category)),
        Text::from(rate(row.hits_a, row.words_a)).behind(&Behind::category(&row.a, category)),
        Text::from(rate(row.hits_b, row.words_b)).behind(&Behind::category(&row.b, category)),
        count(row.events).into(),
        number::ratio(row.ratio).into(),
        log2.into(),
        probability(row.p).into(),
        q.into(),
        Text::of(wording::matched_verdict(lookup, row), wording::weight(row.verdict)),
    ];
    table.push(cells, row.verdict == Verdict::NotEnoughEvidence);
}
