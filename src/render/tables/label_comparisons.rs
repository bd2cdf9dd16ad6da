//! Labels per 100 mentions of a target in one outlet against another.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::super::wording::{self, Judged};
use super::pairs::PairTable;
use super::terms::short;
use super::{Entry, Field, TableName, Tidy, json_rows, word};
use crate::report::LabelComparisonRow;
use crate::statistics::evidence::{Tier, Verdict};

pub(super) const ENTRY: Entry = Entry {
    title: "Labels compared",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.label_comparisons),
};

/// Rows that can't be told which a text lists of each pair.
const OTHERS: usize = 0;

/// Terms that are written out for a row.
const TERMS: usize = 4;

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.label_comparisons,
        &[
            ("target", |row| (&row.target).into()),
            ("title", |row| (&row.title).into()),
            ("lexicon", |row| row.lexicon.as_ref().into()),
            ("category", |row| row.category.as_ref().into()),
            ("a", |row| (&row.a).into()),
            ("b", |row| row.b.as_ref().into()),
            ("labels_a", |row| row.labels_a.into()),
            ("labels_b", |row| row.labels_b.into()),
            ("mentions_a", |row| row.mentions_a.into()),
            ("mentions_b", |row| row.mentions_b.into()),
            ("labelled_a", |row| row.labelled_a.into()),
            ("labelled_b", |row| row.labelled_b.into()),
            ("articles_a", |row| row.articles_a.into()),
            ("articles_b", |row| row.articles_b.into()),
            ("articles_with_labels_a", |row| row.articles_with_labels_a.into()),
            ("articles_with_labels_b", |row| row.articles_with_labels_b.into()),
            ("per_100_mentions_a", |row| row.per_100_a.into()),
            ("per_100_mentions_b", |row| row.per_100_b.into()),
            ("difference", |row| row.difference.into()),
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
            ("tier", |row| word(&row.tier)),
            ("verdict", |row| word(&row.verdict)),
            ("terms", |row| Field::Text(terms(row, usize::MAX))),
        ],
    )
}

/// "leftist 4 : 0, strongman 0 : 2".
fn terms(row: &LabelComparisonRow, most: usize) -> String {
    let one = |term: &crate::report::LabelTermRow| {
        format!(
            "{} {}\u{a0}:\u{a0}{}",
            short(&term.term),
            count(term.labels_a),
            count(term.labels_b)
        )
    };
    let mut shown: Vec<String> = row.terms.iter().take(most).map(one).collect();
    if row.terms.len() > most {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

/// Pair by pair over the labels of every category; by category where the table stands alone.
fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut pairs: Vec<(&str, Option<&str>)> = Vec::new();
    for row in &lookup.report.label_comparisons {
        let pair = (row.a.as_str(), row.b.as_deref());
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    let has_rows = !pairs.is_empty();
    let blocks: Vec<Block> = pairs.into_iter().flat_map(|pair| pair_blocks(lookup, pair)).collect();
    if blocks.is_empty() && has_rows {
        let rest = "none that can be told; all of them, with what is missing".to_owned();
        return vec![Block::More(rest, TableName::LabelComparisons)];
    }
    blocks
}

fn pair_blocks<'a>(lookup: &Lookup<'a>, (a, b): (&'a str, Option<&'a str>)) -> Vec<Block> {
    let is_alone = lookup.view.table.is_some();
    let rows = lookup.report.label_comparisons.iter();
    let mut rows: Vec<&LabelComparisonRow> =
        rows.filter(|row| row.a == a && row.b.as_deref() == b).collect();
    if !is_alone {
        rows.retain(|row| row.lexicon.is_none() && row.tier != Tier::Descriptive);
    }
    rows.sort_by(|x, y| {
        let withheld = |row: &LabelComparisonRow| row.verdict == Verdict::NotEnoughEvidence;
        let limit = |row: &LabelComparisonRow| row.lrc.unwrap_or(0.0).abs();
        let size = |row: &LabelComparisonRow| row.log2_ratio.unwrap_or(0.0).abs();
        (x.lexicon.is_some().cmp(&y.lexicon.is_some()))
            .then_with(|| withheld(x).cmp(&withheld(y)))
            .then_with(|| limit(y).total_cmp(&limit(x)))
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
    table.blocks(TableName::LabelComparisons)
}

fn empty_table(lookup: &Lookup<'_>) -> Table {
    let settings = &lookup.report.settings;
    let interval = wording::confidence(settings.alpha);
    let correction = wording::correction(&settings.correction);
    Table::new(vec![
        Column::new(Key::Name, "target"),
        Column::new(Key::Name, "labels").joined(),
        Column::new(Key::LabelledOf, "A labelled, of mentions"),
        Column::new(Key::LabelledOf, "B labelled, of mentions").joined(),
        Column::new(Key::SidePerHundred, "labels /100, A\u{a0}:\u{a0}B"),
        Column::new(Key::LogRatio, format!("log2 ratio [{interval}]")).joined(),
        Column::new(Key::P, "p (articles shuffled)"),
        Column::new(Key::Q, format!("q\u{a0}({correction}, K)")).joined(),
        Column::new(Key::Name, "terms, A\u{a0}:\u{a0}B"),
        Column::new(Key::Verdict, "verdict"),
    ])
}

fn push_row(lookup: &Lookup<'_>, table: &mut Table, row: &LabelComparisonRow) {
    let of = |labelled: Option<u64>, labels, mentions| {
        format!("{} of {}", count(labelled.unwrap_or(labels)), count(mentions))
    };
    let what = match (&row.lexicon, &row.category) {
        (Some(lexicon), Some(category)) => lookup.category((lexicon, category)).to_owned(),
        _ => "every label".to_owned(),
    };
    let per_100 =
        format!("{}\u{a0}:\u{a0}{}", number::rate(row.per_100_a), number::rate(row.per_100_b));
    let log2 = number::with_interval(
        number::log2(row.log2_ratio),
        number::log2(row.low),
        number::log2(row.high),
    );
    let q = match row.q {
        Some(_) => format!("{} ({})", number::probability(row.q), count(row.k)),
        None => number::MISSING.to_owned(),
    };
    let behind = |outlet: &str| Behind::of("target", outlet, &row.target);
    let articles = (row.articles_a, row.articles_b);
    let judged = Judged { verdict: row.verdict, reasons: &row.reasons, articles, unit: "label" };
    let cells = vec![
        Text::from(row.title.clone()),
        what.into(),
        Text::from(of(row.labelled_a, row.labels_a, row.mentions_a)).behind(&behind(&row.a)),
        match &row.b {
            Some(b) => {
                Text::from(of(row.labelled_b, row.labels_b, row.mentions_b)).behind(&behind(b))
            }
            None => of(row.labelled_b, row.labels_b, row.mentions_b).into(),
        },
        per_100.into(),
        log2.into(),
        number::probability(row.p).into(),
        q.into(),
        terms(row, TERMS).into(),
        Text::of(
            wording::in_full(&judged, lookup.outlet(&row.a), row.mdr),
            wording::weight(row.verdict),
        ),
    ];
    table.push(cells, row.tier == Tier::Descriptive);
}
