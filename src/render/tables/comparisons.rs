//! Outlets against each other, all articles.

use std::collections::BTreeMap;

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::{CategoryId, Lookup};
use super::super::number::{self, count};
use super::super::wording;
use super::pairs::{Kept, PairTable};
use super::{Entry, Field, TableName, Tidy, json_rows, word};
use crate::report::ComparisonRow;
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

pub(super) const ENTRY: Entry = Entry {
    title: "Comparisons, all articles",
    show,
    tidy,
    json: |lookup| {
        json_rows(lookup.report.comparisons.iter().filter(|row| lookup.view.shows(row.voice)))
    },
};

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let pairs = pair_tables(lookup, lookup.view.leading_voice(), Kept::All).into_iter();
    pairs.flat_map(|pair| pair.blocks(TableName::Comparisons)).collect()
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        lookup.report.comparisons.iter().filter(|row| lookup.view.shows(row.voice)),
        &[
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("voice", |row| row.voice.name().into()),
            ("a", |row| (&row.a).into()),
            ("b", |row| row.b.as_ref().into()),
            ("hits_a", |row| row.hits_a.into()),
            ("hits_b", |row| row.hits_b.into()),
            ("words_a", |row| row.words_a.into()),
            ("words_b", |row| row.words_b.into()),
            ("articles_a", |row| row.articles_a.into()),
            ("articles_b", |row| row.articles_b.into()),
            ("articles_with_hits_a", |row| row.articles_with_hits_a.into()),
            ("articles_with_hits_b", |row| row.articles_with_hits_b.into()),
            ("difference_per_1000", |row| row.difference.into()),
            ("ratio", |row| row.ratio.into()),
            ("log2_ratio", |row| row.log2_ratio.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
            ("lrc", |row| row.lrc.into()),
            ("mdr", |row| row.mdr.into()),
            ("p", |row| row.p.into()),
            ("q", |row| row.q.into()),
            ("k", |row| row.k.into()),
            ("smallest_p", |row| row.smallest_p.into()),
            ("leave_one_out_low", |row| row.leave_one_out_low.into()),
            ("leave_one_out_high", |row| row.leave_one_out_high.into()),
            ("g2", |row| row.g2.into()),
            ("bic", |row| row.bic.into()),
            ("tier", |row| word(&row.tier)),
            ("verdict", |row| word(&row.verdict)),
            ("reasons", reasons),
        ],
    )
}

fn reasons(row: &ComparisonRow) -> Field {
    let codes: Vec<&str> = row.reasons.iter().map(|reason| reason.code.as_str()).collect();
    Field::Text(codes.join("; "))
}

/// A table a pair, the rows that carry most first, never by p.
pub(in super::super) fn pair_tables(
    lookup: &Lookup<'_>,
    voice: VoiceGroup,
    kept: Kept,
) -> Vec<PairTable> {
    let pairs = in_order(lookup, voice).into_iter().filter(|(_, rows)| !rows.is_empty());
    pairs.map(|(pair, rows)| pair_table(lookup, voice, pair, &rows, kept)).collect()
}

/// The first outlet of a comparison and the second, or all others.
pub(in super::super) type Pair<'a> = (&'a str, Option<&'a str>);

/// The comparisons of each pair that have hits, those that carry most first.
pub(in super::super) fn in_order<'a>(
    lookup: &Lookup<'a>,
    voice: VoiceGroup,
) -> Vec<(Pair<'a>, Vec<&'a ComparisonRow>)> {
    let mut places = BTreeMap::new();
    let mut pairs: Vec<(Pair<'a>, Vec<&'a ComparisonRow>)> = Vec::new();
    for row in lookup.report.comparisons.iter().filter(|row| row.voice == voice) {
        let pair = (row.a.as_str(), row.b.as_deref());
        let place = *places.entry(pair).or_insert_with(|| {
            pairs.push((pair, Vec::new()));
            pairs.len() - 1
        });
        if row.hits_a + row.hits_b > 0 {
            pairs[place].1.push(row);
        }
    }
    for (_, rows) in &mut pairs {
        rows.sort_by(|x, y| order(lookup, x, y));
    }
    pairs
}

fn pair_table<'a>(
    lookup: &Lookup<'a>,
    voice: VoiceGroup,
    (a, b): Pair<'a>,
    rows: &[&'a ComparisonRow],
    kept: Kept,
) -> PairTable {
    let (name_a, name_b) = (lookup.outlet(a), lookup.side_b(b));
    let heading = format!("A: {name_a}. B: {name_b}. In {}", wording::voice_of(lookup, voice));
    let mut table = PairTable::new(heading, empty_table(lookup, common_k(rows)));
    for row in rows {
        push_row(lookup, table.place(kept, row.verdict), row);
    }
    table
}

/// The second side's number; that of all others together has its sentences in many places.
fn side_b(text: String, row: &ComparisonRow) -> Text {
    match &row.b {
        Some(b) => Text::from(text).behind(&Behind::category(b, id(row))),
        None => text.into(),
    }
}

/// By the limit of the interval nearer to 0, then by the ratio, then in the order of the lexicons.
/// What describes single articles is not ranked and stands last.
pub(super) fn order(
    lookup: &Lookup<'_>,
    x: &ComparisonRow,
    y: &ComparisonRow,
) -> std::cmp::Ordering {
    let ranked = |row: &ComparisonRow| row.tier != Tier::Descriptive;
    let size = |value: Option<f64>| value.map_or(0.0, f64::abs);
    let ratio = |row: &ComparisonRow| if ranked(row) { size(row.log2_ratio) } else { 0.0 };
    ranked(y)
        .cmp(&ranked(x))
        .then_with(|| size(y.lrc).total_cmp(&size(x.lrc)))
        .then_with(|| ratio(y).total_cmp(&ratio(x)))
        .then_with(|| lookup.place(id(x)).cmp(&lookup.place(id(y))))
}

fn id(row: &ComparisonRow) -> CategoryId<'_> {
    (&row.lexicon, &row.category)
}

/// K where it is one number for all rows.
fn common_k(rows: &[&ComparisonRow]) -> Option<u64> {
    let first = rows.first()?.k;
    rows.iter().all(|row| row.k == first).then_some(first)
}

fn empty_table(lookup: &Lookup<'_>, k: Option<u64>) -> Table {
    let unit = wording::unit(lookup.view.per);
    let settings = &lookup.report.settings;
    let interval = wording::confidence(settings.alpha);
    let correction = wording::correction(&settings.correction);
    let k = k.map_or_else(|| "K".to_owned(), |k| format!("K={}", count(k)));
    let mut columns = vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::SideRate, format!("A\u{a0}{unit}")),
        Column::new(Key::SideRate, format!("B\u{a0}{unit}")).joined(),
        Column::new(Key::Difference, format!("A\u{a0}−\u{a0}B {unit}")).joined(),
        Column::new(Key::Ratio, "A\u{a0}:\u{a0}B"),
        Column::new(Key::LogRatio, format!("log2 ratio [{interval}]")).joined(),
        Column::new(Key::ArticlesOfBoth, "articles A\u{a0}/\u{a0}B").joined(),
        Column::new(Key::P, "p (articles shuffled)"),
        Column::new(Key::Q, format!("q\u{a0}({correction}, {k})")).joined(),
        Column::new(Key::Verdict, "verdict"),
    ];
    if lookup.view.word_level {
        columns.push(Column::new(Key::WordLevel, "word-level scores (descriptive): G²"));
        columns.push(Column::new(Key::WordLevel, "BIC").joined());
    }
    Table::new(columns)
}

fn push_row(lookup: &Lookup<'_>, table: &mut Table, row: &ComparisonRow) {
    let rate = |hits, words| number::rate(lookup.hits_in_unit(hits, words));
    let ranked = row.tier != Tier::Descriptive;
    // With no hit on one side, one limit is infinite: the record has none.
    let has_interval = row.log2_ratio.is_some() && (row.low.is_some() || row.high.is_some());
    let limit = |value: Option<f64>, open: &str| match value {
        None if has_interval => open.to_owned(),
        value => number::log2(value),
    };
    let log2 = number::with_interval(
        number::log2(row.log2_ratio),
        limit(row.low, "−∞"),
        limit(row.high, "∞"),
    );
    // No p without an effect and its interval.
    let probability = |value: Option<f64>| number::probability(value.filter(|_| has_interval));
    let per_row_k = table.columns.iter().any(|c| c.key == Key::Q && c.header.ends_with("K)"));
    let q = probability(row.q);
    let with_hits = format!(
        "{}/{} / {}/{}",
        count(row.articles_with_hits_a),
        count(row.articles_a),
        count(row.articles_with_hits_b),
        count(row.articles_b)
    );
    let mut cells = vec![
        Text::from(lookup.category_with_caution(id(row))),
        Text::from(rate(row.hits_a, row.words_a)).behind(&Behind::category(&row.a, id(row))),
        side_b(rate(row.hits_b, row.words_b), row),
        number::difference(lookup.in_unit(row.difference)).into(),
        number::ratio(row.ratio.filter(|_| ranked)).into(),
        Text::from(if ranked { log2 } else { number::MISSING.to_owned() }),
        with_hits.into(),
        probability(row.p).into(),
        Text::from(if per_row_k && row.q.is_some() {
            format!("{q} ({})", count(row.k))
        } else {
            q
        }),
        Text::of(wording::verdict(lookup, row), wording::weight(row.verdict)),
    ];
    if lookup.view.word_level {
        cells.push(number::score(row.g2).into());
        cells.push(number::score(row.bic).into());
    }
    table.push(cells, !ranked);
}
