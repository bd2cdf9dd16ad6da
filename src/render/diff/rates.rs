//! The table of moved rates.

use crate::diff::{Basis, DiffRecord, Finding, RateMove, Share};
use crate::render::View;
use crate::render::document::{Block, Column, Style, Table, Text};
use crate::render::legend::Key;
use crate::render::number::{self, MISSING};
use crate::render::tables::{Field, Tidy};
use crate::render::wording;
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// Rows that are shown; the others are in CSV and JSON.
const SHOWN: usize = 40;

const CAUSES: &str = "A change is shared among its causes by averaging over the orders in which they \
may have come (Shapley); the shares sum to the change. The articles' share has an interval and a q \
where enough articles changed; the shares of lexicon, tool and settings are full counts, without p.";

const ESTIMATE: &str = "“≈” marks an estimate with its likely range, not a count: it supposes that \
terms which one report did not look for are about as frequent in its articles as in those of the other. \
What is certain without that is much less; those bounds are in --format csv and json.";

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
    rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)));
    rows.truncate(SHOWN);
    let shown = Shown::of(&rows);
    if shown.lexicon || shown.reading {
        blocks.push(Block::Note(CAUSES.into()));
    }
    if rows.iter().any(|row| row.causes.basis == Basis::NotDecomposable) {
        blocks.push(Block::Note(ESTIMATE.into()));
    }
    let mut table = Table::new(columns(record, view, shown));
    for row in &rows {
        let faint = row.tier == Tier::Descriptive && row.finding != Finding::Census;
        table.push(cells(row, view, shown), faint);
    }
    blocks.push(Block::Table(table));
    push_rest(record, voice, blocks);
    if record.rates.iter().any(|row| row.se.is_some()) {
        blocks.push(Block::Note(REGRESSION.into()));
    }
}

/// What the table leaves out.
fn push_rest(record: &DiffRecord, voice: VoiceGroup, blocks: &mut Vec<Block>) {
    let here = record.rates.iter().filter(|row| row.voice == voice).count();
    let others = record.rates.len() - here;
    let mut left = Vec::new();
    let more = here.saturating_sub(SHOWN);
    if more > 0 {
        left.push(format!("{} more in this voice", number::counted(more as u64, "rate")));
    }
    if others > 0 {
        left.push(format!("{} in other voices (--voice)", number::counted(others as u64, "rate")));
    }
    if !left.is_empty() {
        let line =
            format!("Not shown: {}. All are in --format csv and json.", wording::listed(&left));
        blocks.push(Block::Paragraph(line.into()));
    }
}

/// The columns of causes that say anything.
#[derive(Clone, Copy)]
struct Shown {
    lexicon: bool,
    reading: bool,
    /// Whether any rate was tested.
    tested: bool,
}

impl Shown {
    fn of(rows: &[&RateMove]) -> Self {
        let says = |pick: fn(&RateMove) -> Share| {
            let shares = rows.iter().map(|row| pick(row));
            shares.into_iter().any(|share| share.value != Some(0.0) && share.low.is_some())
        };
        Self {
            lexicon: says(|row| row.causes.lexicon),
            reading: says(|row| row.causes.reading),
            tested: rows.iter().any(|row| row.q.is_some()),
        }
    }
}

/// Size by which rows are ordered: what articles did, allowing for noise, and what was counted in full.
fn weight(row: &RateMove) -> f64 {
    let exact = [&row.causes.lexicon, &row.causes.reading];
    let counted: f64 = exact.iter().filter_map(|share| share.value).map(f64::abs).sum();
    let said = if matches!(row.finding, Finding::Rose | Finding::Fell) { 1e6 } else { 0.0 };
    said + counted + row.shrunken.map_or(0.0, f64::abs)
}

fn columns(record: &DiffRecord, view: &View, shown: Shown) -> Vec<Column> {
    let unit = wording::unit(view.per);
    let interval = wording::confidence(record.alpha);
    let k = record.rates.iter().map(|row| row.k).max().unwrap_or(0);
    let mut columns = vec![
        Column::new(Key::Name, record.new.by.clone()),
        Column::new(Key::Name, "category").joined(),
        Column::new(Key::HitsOfBoth, "hits"),
        Column::new(Key::SideRate, format!("rate {unit}")),
    ];
    if shown.lexicon || shown.reading {
        columns.push(Column::new(Key::Difference, "change").joined());
        columns.push(Column::new(Key::Difference, format!("articles [{interval}]")));
    } else {
        columns.push(Column::new(Key::Difference, format!("change [{interval}]")));
    }
    if shown.lexicon {
        columns.push(Column::new(Key::Difference, "lexicon").joined());
    }
    if shown.reading {
        columns.push(Column::new(Key::Difference, "tool, settings").joined());
    }
    if shown.tested {
        columns.push(Column::new(Key::Q, format!("q (BH, K={})", number::count(k))));
    }
    columns.push(Column::new(Key::Verdict, "finding"));
    columns
}

fn cells(row: &RateMove, view: &View, shown: Shown) -> Vec<Text> {
    let unit = |value: Option<f64>| value.map(|value| value * view.per / 1000.0);
    let rate = |value| number::rate(unit(value));
    let difference = |value| number::difference(unit(value));
    let interval = |value| number::with_interval(value, difference(row.low), difference(row.high));
    let outlet = row.outlet.clone().unwrap_or_else(|| "all articles".to_owned());
    let strong = matches!(row.finding, Finding::Rose | Finding::Fell);
    let arrow = |old: String, new: String| Text::from(format!("{old} → {new}"));
    let mut cells = vec![
        Text::of(outlet, if strong { Style::Strong } else { Style::Plain }),
        row.category.as_str().into(),
        arrow(number::count(row.hits_old), number::count(row.hits_new)),
        arrow(rate(row.rate_old), rate(row.rate_new)),
    ];
    if shown.lexicon || shown.reading {
        cells.push(difference(row.change).into());
        cells.push(interval(share(&row.causes.corpus, view)).into());
    } else {
        cells.push(interval(difference(row.change)).into());
    }
    if shown.lexicon {
        cells.push(share(&row.causes.lexicon, view).into());
    }
    if shown.reading {
        cells.push(share(&row.causes.reading, view).into());
    }
    if shown.tested {
        cells.push(number::probability(row.q).into());
    }
    cells.push(finding(row).into());
    cells
}

/// A cause's share, or the estimate with its bounds.
fn share(share: &Share, view: &View) -> String {
    let difference =
        |value: Option<f64>| number::difference(value.map(|value| value * view.per / 1000.0));
    match *share {
        Share { value: Some(_), .. } => difference(share.value),
        Share { low: Some(_), estimate, likely_low, likely_high, .. } => {
            let range = format!("{} to {}", difference(likely_low), difference(likely_high));
            format!("≈ {} ({range})", difference(estimate))
        }
        _ => MISSING.to_owned(),
    }
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
        "corpus_likely_low",
        "corpus_likely_high",
        "lexicon_share",
        "lexicon_low",
        "lexicon_high",
        "lexicon_estimate",
        "lexicon_likely_low",
        "lexicon_likely_high",
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
        let estimate = [share.estimate, share.likely_low, share.likely_high];
        fields.extend([share.value, share.low, share.high].map(number));
        fields.extend(estimate.map(number));
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
