//! Choices, shares of articles and labels that moved.

use super::phrases;
use super::rates::first;
use crate::diff::{Causes, DiffRecord, LabelMove, ShareMove, Standing, Tested};
use crate::render::document::{Block, Column, Table, Text};
use crate::render::legend::Key;
use crate::render::number::{self, count};
use crate::render::wording;

const LABELS: &str = "Labels are counted in the outlet's wording, for every 100 mentions there. A label is a \
term that a rule puts on somebody; that it stands there is not a finding that it is inaccurate.";

const UNSURE: &str = "Choices and labels have no estimate where articles and terms changed both: who is \
labelled, and which variant a text would have chosen, can't be told from the reports. --corpus counts them.";

/// Everything that is measured by shares.
pub(super) fn push(record: &DiffRecord, blocks: &mut Vec<Block>) {
    let choices = ShareMove::in_order(&record.choices);
    push_shares(record, ("Choices that moved", "choice"), &choices, blocks);
    let articles = ShareMove::in_order(&record.article_shares);
    push_shares(record, ("Shares of articles that moved", "category"), &articles, blocks);
    push_labels(record, blocks);
    let unsure = |standing: Standing| standing == Standing::Undecided;
    if record.choices.iter().any(|row| unsure(row.standing()))
        || record.labels.iter().any(|row| unsure(row.standing()))
    {
        blocks.push(Block::Note(UNSURE.into()));
    }
}

/// A row of either table: names, counts of totals, values, change, and the rest.
struct Line<'a> {
    outlet: &'a str,
    name: String,
    variant: String,
    counts: String,
    values: String,
    change: Option<f64>,
    causes: &'a Causes,
    tested: &'a Tested,
    articles: [u64; 2],
}

fn push_shares(
    record: &DiffRecord,
    (title, what): (&str, &str),
    rows: &[&ShareMove],
    blocks: &mut Vec<Block>,
) {
    if rows.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, title.to_owned()));
    let shown = first(rows, ShareMove::standing);
    let lines: Vec<Line<'_>> = shown.iter().map(|row| share_line(row)).collect();
    let heads = [what, if what == "choice" { "uses/choices" } else { "articles" }, "share"];
    blocks.push(Block::Table(table(record, heads, &lines, points)));
    push_rest(rows[shown.len()..].iter().map(|row| row.standing()), blocks);
}

fn push_labels(record: &DiffRecord, blocks: &mut Vec<Block>) {
    let rows = LabelMove::in_order(&record.labels);
    if rows.is_empty() {
        return;
    }
    blocks.push(Block::Heading(2, "Labels on persons and groups that moved".to_owned()));
    let shown = first(&rows, LabelMove::standing);
    let lines: Vec<Line<'_>> = shown.iter().map(|row| label_line(row)).collect();
    let heads = ["target", "labels/mentions", "per 100"];
    blocks.push(Block::Table(table(record, heads, &lines, labels_more)));
    push_rest(rows[shown.len()..].iter().map(|row| row.standing()), blocks);
    blocks.push(Block::Note(LABELS.into()));
}

fn share_line(row: &ShareMove) -> Line<'_> {
    let of = |part: u64, all: u64| format!("{}/{}", count(part), count(all));
    let [old, new] = [row.share_old, row.share_new].map(number::percent);
    Line {
        outlet: phrases::outlet(row.outlet.as_deref()),
        name: row.id.clone(),
        variant: row.variant.clone().unwrap_or_default(),
        counts: format!(
            "{} → {}",
            of(row.count_old, row.total_old),
            of(row.count_new, row.total_new)
        ),
        values: format!("{old} → {new}"),
        change: row.change,
        causes: &row.causes,
        tested: &row.tested,
        articles: [row.articles_old, row.articles_new],
    }
}

fn label_line(row: &LabelMove) -> Line<'_> {
    let of = |labels: u64, mentions: u64| format!("{}/{}", count(labels), count(mentions));
    let [old, new] = [row.per_100_old, row.per_100_new].map(number::score);
    Line {
        outlet: phrases::outlet(row.outlet.as_deref()),
        name: row.target.clone(),
        variant: String::new(),
        counts: format!(
            "{} → {}",
            of(row.labels_old, row.mentions_old),
            of(row.labels_new, row.mentions_new)
        ),
        values: format!("{old} → {new}"),
        change: row.change,
        causes: &row.causes,
        tested: &row.tested,
        articles: [row.articles_old, row.articles_new],
    }
}

fn push_rest(standings: impl Iterator<Item = Standing>, blocks: &mut Vec<Block>) {
    if let Some(left) = phrases::left_out(standings) {
        let line = format!("Not shown: {left}. All of them: --format csv, --format json.");
        blocks.push(Block::Paragraph(line.into()));
    }
}

fn table(
    record: &DiffRecord,
    [what, counts, values]: [&str; 3],
    lines: &[Line<'_>],
    write: fn(Option<f64>) -> String,
) -> Table {
    let says = |pick: fn(&Causes) -> Option<f64>| {
        lines.iter().any(|line| pick(line.causes).is_some_and(|share| share != 0.0))
    };
    let articles = says(|causes| causes.corpus.value);
    let [lexicon, reading] =
        [says(|causes| causes.lexicon.value), says(|causes| causes.reading.value)];
    // A single cause needs no column of its own.
    let several = [articles, lexicon, reading].iter().filter(|says| **says).count() > 1;
    let (lexicon, reading) = (several && lexicon, several && reading);
    let tested = lines.iter().any(|line| line.tested.q.is_some());
    let k = lines.iter().map(|line| line.tested.k).max().unwrap_or(0);
    let interval = wording::confidence(record.alpha);
    let mut columns =
        vec![Column::new(Key::Name, record.new.by.clone()), Column::new(Key::Name, what).joined()];
    let variants = lines.iter().any(|line| !line.variant.is_empty());
    if variants {
        columns.push(Column::new(Key::Name, "variant").joined());
    }
    columns.extend([Column::new(Key::Uses, counts), Column::new(Key::Share, values).joined()]);
    let causes = several;
    let unit = if what == "target" { "" } else { ", points" };
    if causes {
        columns.push(Column::new(Key::Difference, format!("change{unit}")));
    }
    let head = if causes { "articles" } else { "change" };
    let interval = if articles { format!(" [{interval}]") } else { String::new() };
    let head = Column::new(Key::Difference, format!("{head}{unit}{interval}"));
    columns.push(if causes { head.joined() } else { head });
    if lexicon {
        columns.push(Column::new(Key::Difference, "lexicon").joined());
    }
    if reading {
        columns.push(Column::new(Key::Difference, "tool, settings").joined());
    }
    if tested {
        columns.push(Column::new(Key::Q, format!("q (BH, K={})", count(k))));
    }
    let finding = Column::new(Key::Verdict, "finding");
    columns.push(if tested { finding.joined() } else { finding });
    let mut table = Table::new(columns);
    for line in lines {
        let range = [line.tested.low, line.tested.high].map(write);
        let with_interval = |value: String| {
            let [low, high] = range.clone();
            number::with_interval(value, low, high)
        };
        let mut cells: Vec<Text> = vec![line.outlet.into(), line.name.as_str().into()];
        if variants {
            cells.push(line.variant.as_str().into());
        }
        cells.extend([line.counts.as_str().into(), line.values.as_str().into()]);
        if causes {
            cells.push(write(line.change).into());
            cells.push(with_interval(phrases::share(&line.causes.corpus, write)).into());
        } else {
            cells.push(with_interval(write(line.change)).into());
        }
        if lexicon {
            cells.push(phrases::share(&line.causes.lexicon, write).into());
        }
        if reading {
            cells.push(phrases::share(&line.causes.reading, write).into());
        }
        if tested {
            cells.push(number::probability(line.tested.q).into());
        }
        cells.push(phrases::finding(line.causes, line.tested, line.articles).into());
        table.push(cells, false);
    }
    table
}

/// A change of labels per 100 mentions, with its sign.
fn labels_more(change: Option<f64>) -> String {
    let text = number::score(change);
    if change.is_some_and(|change| change >= 0.05) { format!("+{text}") } else { text }
}

/// A change of a share in percentage points, with its sign.
fn points(share: Option<f64>) -> String {
    let text = number::percent(share.map(f64::abs)).replace('%', "");
    match share {
        Some(share) if share > 0.0 => format!("+{text}"),
        Some(share) if share < 0.0 => format!("−{text}"),
        _ => text,
    }
}
