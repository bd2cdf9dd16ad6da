//! The table of moved rates.

use crate::diff::{Basis, DiffRecord, Finding, RateMove, Share};
use crate::render::View;
use crate::render::document::{Block, Column, Style, Table, Text};
use crate::render::legend::Key;
use crate::render::number::{self, MISSING};
use crate::render::tables::{Field, Tidy};
use crate::render::wording;
use crate::statistics::evidence::Tier;

/// Rows that are shown; the others are in CSV and JSON.
const SHOWN: usize = 40;

const CAUSES: &str = "A change is shared among its causes by averaging over the orders in which they \
may have come (Shapley); the shares sum to the change. “Articles” is what the changed articles did, \
with an interval and a q where there are enough of them; “lexicon” and “tool, settings” are full \
counts, without p. “≈” marks an estimate that supposes the unseen terms to be as frequent in the \
articles of the other report; the certain bounds stand beside it.";

const REGRESSION: &str = "The largest moves are mostly those with the fewest words behind them, and \
tend to come back the next time (regression to the mean). The order follows the shrunken change, \
which allows for that. Higher is not worse, and a topic is not a wording: other events bring other \
words.";

/// The moved rates of the leading voice.
pub(super) fn push(record: &DiffRecord, view: &View, blocks: &mut Vec<Block>) {
    let voice = view.leading_voice();
    let mut rows: Vec<&RateMove> = record.rates.iter().filter(|row| row.voice == voice).collect();
    if record.rates.is_empty() {
        return;
    }
    let title = format!("Rates that moved: {}", wording::voice(voice));
    blocks.push(Block::Heading(2, title));
    if rows.is_empty() {
        let others = number::counted(record.rates.len() as u64, "rate");
        blocks.push(Block::Paragraph(
            format!("None in this voice; {others} in other voices (--voice).").into(),
        ));
        return;
    }
    blocks.push(Block::Note(CAUSES.into()));
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    let mut table = Table::new(columns(record, view));
    for row in rows.iter().take(SHOWN) {
        table.push(
            cells(row, view),
            row.tier == Tier::Descriptive && row.finding != Finding::Census,
        );
    }
    blocks.push(Block::Table(table));
    let more = rows.len().saturating_sub(SHOWN) as u64;
    if more > 0 {
        let more = format!("{} more in --format csv or json.", number::counted(more, "rate"));
        blocks.push(Block::Paragraph(more.into()));
    }
    if record.rates.iter().any(|row| row.se.is_some()) {
        blocks.push(Block::Note(REGRESSION.into()));
    }
}

/// Size by which rows are ordered: what articles did, allowing for noise, and what was counted in full.
fn weight(row: &RateMove) -> f64 {
    let exact = [&row.causes.lexicon, &row.causes.reading];
    let counted: f64 = exact.iter().filter_map(|share| share.value).map(f64::abs).sum();
    let said = if matches!(row.finding, Finding::Rose | Finding::Fell) { 1e6 } else { 0.0 };
    said + counted + row.shrunken.map_or(0.0, f64::abs)
}

fn columns(record: &DiffRecord, view: &View) -> Vec<Column> {
    let unit = wording::unit(view.per);
    let interval = wording::confidence(record.alpha);
    let k = record.rates.iter().map(|row| row.k).max().unwrap_or(0);
    vec![
        Column::new(Key::Name, record.new.by.clone()),
        Column::new(Key::Name, "category").joined(),
        Column::new(Key::HitsOfBoth, "hits"),
        Column::new(Key::SideRate, format!("old {unit}")),
        Column::new(Key::SideRate, format!("new {unit}")).joined(),
        Column::new(Key::Difference, format!("change {unit}")),
        Column::new(Key::Difference, format!("articles [{interval}]")),
        Column::new(Key::Difference, "lexicon"),
        Column::new(Key::Difference, "tool, settings").joined(),
        Column::new(Key::Q, format!("q (BH, K={})", number::count(k))),
        Column::new(Key::Verdict, "finding"),
    ]
}

fn cells(row: &RateMove, view: &View) -> Vec<Text> {
    let unit = |value: Option<f64>| value.map(|value| value * view.per / 1000.0);
    let rate = |value| number::rate(unit(value));
    let difference = |value| number::difference(unit(value));
    let share = |share: &Share| match share {
        Share { value: Some(0.0), .. } => "0".to_owned(),
        Share { value: Some(_), .. } => difference(share.value),
        Share { value: None, low, high, estimate } if low.is_some() => {
            let [low, high] = [*low, *high].map(difference);
            format!("≈ {} ({low} to {high})", difference(*estimate))
        }
        _ => MISSING.to_owned(),
    };
    let articles =
        number::with_interval(share(&row.causes.corpus), difference(row.low), difference(row.high));
    let outlet = row.outlet.clone().unwrap_or_else(|| "all articles".to_owned());
    let strong = matches!(row.finding, Finding::Rose | Finding::Fell);
    vec![
        Text::of(outlet, if strong { Style::Strong } else { Style::Plain }),
        row.category.as_str().into(),
        format!("{} → {}", number::count(row.hits_old), number::count(row.hits_new)).into(),
        rate(row.rate_old).into(),
        rate(row.rate_new).into(),
        difference(row.change).into(),
        articles.into(),
        share(&row.causes.lexicon).into(),
        share(&row.causes.reading).into(),
        number::probability(row.q).into(),
        finding(row).into(),
    ]
}

fn finding(row: &RateMove) -> String {
    match row.finding {
        Finding::Census => "by definition".to_owned(),
        Finding::Rose => "rose".to_owned(),
        Finding::Fell => "fell".to_owned(),
        Finding::Inconclusive => "inconclusive".to_owned(),
        Finding::NotEnoughEvidence => format!(
            "not enough evidence ({} and {}, {})",
            number::count(row.articles_old),
            number::counted(row.articles_new, "article"),
            number::counted(row.hits_old + row.hits_new, "hit")
        ),
        Finding::Unknown if row.causes.basis == Basis::NotDecomposable => {
            "not decomposable".to_owned()
        }
        Finding::Unknown => "not comparable".to_owned(),
    }
}

/// A row a moved rate, every field.
pub(super) fn tidy(record: &DiffRecord, view: &View) -> Tidy {
    let header = vec![
        "outlet",
        "lexicon",
        "category",
        "voice",
        "hits_old",
        "hits_new",
        "words_old",
        "words_new",
        "articles_old",
        "articles_new",
        "articles_changed",
        "rate_old",
        "rate_new",
        "change",
        "relative",
        "basis",
        "corpus",
        "corpus_low",
        "corpus_high",
        "corpus_estimate",
        "lexicon_share",
        "lexicon_low",
        "lexicon_high",
        "lexicon_estimate",
        "reading",
        "interaction",
        "within_voices",
        "mix_of_voices",
        "se",
        "low",
        "high",
        "p",
        "q",
        "k",
        "shrunken",
        "leave_one_out_low",
        "leave_one_out_high",
        "tier",
        "finding",
    ];
    let shown = record.rates.iter().filter(|row| view.shows(row.voice));
    Tidy { header, rows: shown.map(tidy_row).collect() }
}

fn tidy_row(row: &RateMove) -> Vec<Field> {
    let text = |value: &str| Field::Text(value.to_owned());
    let number = |value: Option<f64>| value.map_or(Field::Empty, Field::Number);
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|v| v.as_str().map(text)).unwrap_or(Field::Empty)
    };
    let causes = &row.causes;
    let mut fields = vec![
        row.outlet.as_deref().map_or(Field::Empty, text),
        text(&row.lexicon),
        text(&row.category),
        text(row.voice.name()),
    ];
    fields.extend(
        [
            row.hits_old,
            row.hits_new,
            row.words_old,
            row.words_new,
            row.articles_old,
            row.articles_new,
            row.articles_changed,
        ]
        .map(Field::Count),
    );
    fields.extend([row.rate_old, row.rate_new, row.change, row.relative].map(number));
    fields.push(word(serde_json::to_value(causes.basis)));
    for share in [causes.corpus, causes.lexicon] {
        fields.extend([share.value, share.low, share.high, share.estimate].map(number));
    }
    let rest = [
        causes.reading.value,
        causes.interaction,
        causes.within_voices,
        causes.mix_of_voices,
        row.se,
        row.low,
        row.high,
        row.p,
        row.q,
    ];
    fields.extend(rest.map(number));
    fields.push(Field::Count(row.k));
    let spread = [row.shrunken, row.leave_one_out_low, row.leave_one_out_high];
    fields.extend(spread.map(number));
    fields.push(word(serde_json::to_value(row.tier)));
    fields.push(word(serde_json::to_value(row.finding)));
    fields
}
