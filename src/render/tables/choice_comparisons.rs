//! Shares of the variants of a choice in one outlet against another.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording::{self, Judged};
use super::pairs::PairTable;
use super::{Entry, TableName, Tidy, json_rows, word};
use crate::report::ChoiceComparisonRow;
use crate::statistics::evidence::{Tier, Verdict};

pub(super) const ENTRY: Entry = Entry {
    title: "Choices compared",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.choice_comparisons),
};

/// Rows that can't be told which a text lists of each pair.
const OTHERS: usize = 0;

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.choice_comparisons,
        &[
            ("lexicon", |row| (&row.lexicon).into()),
            ("choice", |row| (&row.choice).into()),
            ("title", |row| (&row.title).into()),
            ("variant", |row| (&row.variant).into()),
            ("a", |row| (&row.a).into()),
            ("b", |row| row.b.as_ref().into()),
            ("uses_a", |row| row.uses_a.into()),
            ("uses_b", |row| row.uses_b.into()),
            ("choices_a", |row| row.choices_a.into()),
            ("choices_b", |row| row.choices_b.into()),
            ("articles_a", |row| row.articles_a.into()),
            ("articles_b", |row| row.articles_b.into()),
            ("articles_with_uses_a", |row| row.articles_with_uses_a.into()),
            ("articles_with_uses_b", |row| row.articles_with_uses_b.into()),
            ("share_a", |row| row.share_a.into()),
            ("share_b", |row| row.share_b.into()),
            ("difference", |row| row.difference.into()),
            ("low", |row| row.low.into()),
            ("high", |row| row.high.into()),
            ("p", |row| row.p.into()),
            ("q", |row| row.q.into()),
            ("k", |row| row.k.into()),
            ("smallest_p", |row| row.smallest_p.into()),
            ("leave_one_out_low", |row| row.leave_one_out_low.into()),
            ("leave_one_out_high", |row| row.leave_one_out_high.into()),
            ("tier", |row| word(&row.tier)),
            ("verdict", |row| word(&row.verdict)),
        ],
    )
}

/// Pair by pair, what carries a verdict first, then by the limit of the interval nearer to 0.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut pairs: Vec<(&str, Option<&str>)> = Vec::new();
    for row in &lookup.report.choice_comparisons {
        let pair = (row.a.as_str(), row.b.as_deref());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let has_rows = !pairs.is_empty();
    let blocks: Vec<Block> = pairs.into_iter().flat_map(|pair| pair_blocks(lookup, pair)).collect();
    if blocks.is_empty() && has_rows {
        let rest = "none that can be told; all of them, with what is missing".to_owned();
        return vec![Block::More(rest, TableName::ChoiceComparisons)];
    }
    blocks
}

fn pair_blocks<'a>(lookup: &Lookup<'a>, (a, b): (&'a str, Option<&'a str>)) -> Vec<Block> {
    let rows = lookup.report.choice_comparisons.iter();
    let mut rows: Vec<&ChoiceComparisonRow> =
        rows.filter(|row| row.a == a && row.b.as_deref() == b).collect();
    let is_alone = lookup.view.table.is_some();
    if !is_alone {
        rows.retain(|row| row.tier != Tier::Descriptive);
    }
    rows.sort_by(|x, y| {
        let nearer = |row: &ChoiceComparisonRow| match (row.low, row.high) {
            (Some(low), Some(high)) if low > 0.0 || high < 0.0 => low.abs().min(high.abs()),
            _ => 0.0,
        };
        let size = |row: &ChoiceComparisonRow| row.difference.unwrap_or(0.0).abs();
        (x.verdict == Verdict::NotEnoughEvidence)
            .cmp(&(y.verdict == Verdict::NotEnoughEvidence))
            .then_with(|| nearer(y).total_cmp(&nearer(x)))
            .then_with(|| size(y).total_cmp(&size(x)))
    });
    let heading = format!("A: {}. B: {}", lookup.outlet(a), lookup.side_b(b));
    let mut table = PairTable::new(heading, empty_table(lookup));
    for row in rows {
        push_row(lookup, table.place(lookup.kept(OTHERS), row.verdict), row);
    }
    // A pair of which nothing can be said in a report is left to the table.
    if table.table.rows.is_empty() {
        return Vec::new();
    }
    table.blocks(TableName::ChoiceComparisons)
}

fn empty_table(lookup: &Lookup<'_>) -> Table {
    let settings = &lookup.report.settings;
    let interval = wording::confidence(settings.alpha);
    let correction = wording::correction(&settings.correction);
    Table::new(vec![
        Column::new(Key::Name, "choice"),
        Column::new(Key::Name, "variant").joined(),
        Column::new(Key::SideShare, "A"),
        Column::new(Key::SideShare, "B").joined(),
        Column::new(Key::ShareDifference, format!("A\u{a0}−\u{a0}B [{interval}]")),
        Column::new(Key::P, "p (articles shuffled)"),
        Column::new(Key::Q, format!("q\u{a0}({correction}, K)")).joined(),
        Column::new(Key::Verdict, "verdict"),
    ])
}

fn push_row(lookup: &Lookup<'_>, table: &mut Table, row: &ChoiceComparisonRow) {
    let share = |share, uses, choices| {
        format!("{} ({} of {})", number::percent(share), count(uses), count(choices))
    };
    let points = |value: Option<f64>| number::percent(value).replace('%', "");
    let difference =
        number::with_interval(number::percent(row.difference), points(row.low), points(row.high));
    let q = match row.q {
        Some(_) => format!("{} ({})", number::probability(row.q), count(row.k)),
        None => number::MISSING.to_owned(),
    };
    let behind = |outlet: &str| Behind {
        kind: "variant",
        variant: row.variant.clone(),
        ..Behind::category(outlet, (&row.lexicon, &row.choice))
    };
    let articles = (row.articles_a, row.articles_b);
    let judged = Judged { verdict: row.verdict, reasons: &row.reasons, articles, unit: "choice" };
    let cells = vec![
        Text::from(row.title.clone()),
        row.variant.clone().into(),
        Text::from(share(row.share_a, row.uses_a, row.choices_a)).behind(&behind(&row.a)),
        match &row.b {
            Some(b) => Text::from(share(row.share_b, row.uses_b, row.choices_b)).behind(&behind(b)),
            None => share(row.share_b, row.uses_b, row.choices_b).into(),
        },
        difference.into(),
        number::probability(row.p).into(),
        q.into(),
        Text::of(
            wording::in_full(&judged, lookup.outlet(&row.a), None),
            wording::weight(row.verdict),
        ),
    ];
    table.push(cells, row.tier == Tier::Descriptive);
}
