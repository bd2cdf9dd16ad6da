//! The table of moved rates, and what is certain where causes can't be told apart.

use super::phrases;
use crate::diff::{Causes, DiffRecord, Finding, RateMove, Share, Standing};
use crate::render::View;
use crate::render::document::{Block, Column, Style, Table, Text};
use crate::render::legend::Key;
use crate::render::number::{self, counted};
use crate::render::wording;
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

/// Rows of one standing that are shown; the others are counted below the table.
const SHOWN: usize = 12;

/// Rows that are shown where none is more than inconclusive.
const FEW: usize = 6;

const ORDER: &str = "Order: what rose or fell; what lexicon, tool or settings changed; what can't be \
told apart; what is inconclusive; what rests on too little. Within each, the largest first: by the change \
shrunken for noise where other articles are the cause. A voice in brackets is another than that of \
the heading.";

const CAUSES: &str = "A change is shared among its causes by averaging over the orders in which they \
may have come (Shapley); the shares sum to the change. The articles' share has an interval and a q \
where enough articles changed; the shares of lexicon, tool and settings are full counts, without p.";

const REGRESSION: &str = "The largest moves are mostly those with the fewest words behind them, and \
tend to come back the next time (regression to the mean). Higher is not worse, and a topic is not a \
wording: other events bring other words. The interval does not cover articles that were not collected.";

const BOUNDS: &str = "The reports alone don't say how the articles of one would be counted by terms that \
only the other has. Certain: what the share must lie between, if such a term stood nowhere or were every \
word. Estimate and likely range suppose that these terms are as frequent there as in the articles of \
the other report; if their use changed, the share may lie outside that range, never outside the certain \
bounds. --corpus, with the articles, makes it exact.";

/// The moved rates of the leading voice.
pub(super) fn push(record: &DiffRecord, view: &View, blocks: &mut Vec<Block>) {
    if record.rates.is_empty() {
        return;
    }
    let voice = view.leading_voice();
    let rows = record.rates_in_order(voice);
    blocks.push(Block::Heading(2, format!("Rates that moved: {}", wording::voice(voice))));
    let mut shown: Vec<&RateMove> = first(&rows, RateMove::standing).to_vec();
    let rest = rows.len() - shown.len();
    shown.splice(0..0, said_elsewhere(record, view, voice));
    if shown.is_empty() {
        let none = "In this voice no rate moved by more than its total of words.";
        blocks.push(Block::Paragraph(none.into()));
    } else {
        let columns = Shown::of(&shown);
        if columns.several() {
            blocks.push(Block::Note(CAUSES.into()));
        }
        let mut table = Table::new(self::columns(record, view, columns, &shown));
        for row in &shown {
            let faint = row.standing() == Standing::TooFew && row.tested.tier == Tier::Descriptive;
            table.push(cells(row, view, columns, voice), faint);
        }
        blocks.push(Block::Table(table));
    }
    push_rest(record, &rows[rows.len() - rest..], &shown, voice, blocks);
    if shown.len() > 1 {
        blocks.push(Block::Note(ORDER.into()));
    }
    if shown.iter().any(|row| row.tested.se.is_some()) {
        blocks.push(Block::Note(REGRESSION.into()));
    }
    push_bounds(&shown, view, blocks);
}

/// What rose or fell in other voices and not in the leading one, unless one voice is asked for.
fn said_elsewhere<'r>(
    record: &'r DiffRecord,
    view: &View,
    leading: VoiceGroup,
) -> Vec<&'r RateMove> {
    if view.voice.is_some() {
        return Vec::new();
    }
    let said = |voice: VoiceGroup| {
        let rows = record.rates_in_order(voice).into_iter();
        rows.filter(|row| row.standing() == Standing::Said)
    };
    let cell = |row: &RateMove| (row.outlet.clone(), row.lexicon.clone(), row.category.clone());
    let leading_cells: Vec<_> = said(leading).map(cell).collect();
    let others = VoiceGroup::ALL.into_iter().filter(|voice| *voice != leading);
    others.flat_map(said).filter(|row| !leading_cells.contains(&cell(row))).take(FEW).collect()
}

/// The rows that a table shows: what is more than inconclusive; some of the inconclusive; where there
/// is neither, some that rest on too little.
pub(super) fn first<'r, R>(rows: &'r [&'r R], standing: impl Fn(&R) -> Standing) -> &'r [&'r R] {
    let up_to = |last: Standing| rows.partition_point(|row| standing(row) <= last);
    let firm = up_to(Standing::Undecided);
    let number = match (firm, up_to(Standing::Inconclusive)) {
        (0, 0) => up_to(Standing::TooFew).min(FEW),
        (0, inconclusive) => inconclusive.min(FEW),
        (firm, _) => firm.min(SHOWN),
    };
    &rows[..number]
}

/// What the table leaves out.
fn push_rest(
    record: &DiffRecord,
    rest: &[&RateMove],
    shown: &[&RateMove],
    voice: VoiceGroup,
    blocks: &mut Vec<Block>,
) {
    let mut lines: Vec<Text> = Vec::new();
    if let Some(left) = phrases::left_out(rest.iter().map(|row| row.standing())) {
        lines.push(format!("Not shown in this voice: {left}.").into());
    }
    let is_shown = |row: &RateMove| shown.iter().any(|other| std::ptr::eq(*other, row));
    let others = record.rates.iter().filter(|row| row.voice != voice && !is_shown(row));
    if let Some(left) = phrases::left_out(others.map(RateMove::standing)) {
        lines.push(format!("Not shown in other voices (--voice): {left}.").into());
    }
    if !lines.is_empty() {
        lines.push("All of them, with every number: --format csv, --format json.".into());
        blocks.push(Block::List(lines));
    }
}

/// The columns of causes that say anything.
#[derive(Clone, Copy)]
struct Shown {
    articles: bool,
    lexicon: bool,
    reading: bool,
    /// Whether any rate was tested.
    tested: bool,
}

impl Shown {
    fn of(rows: &[&RateMove]) -> Self {
        let says = |pick: fn(&RateMove) -> Share| {
            let mut shares = rows.iter().map(|row| pick(row));
            shares.any(|share| share.value != Some(0.0) && share.low.is_some())
        };
        Self {
            articles: says(|row| row.causes.corpus),
            lexicon: says(|row| row.causes.lexicon),
            reading: says(|row| row.causes.reading),
            tested: rows.iter().any(|row| row.tested.q.is_some()),
        }
    }

    /// Whether there is more than one cause to tell apart.
    fn several(self) -> bool {
        usize::from(self.articles) + usize::from(self.lexicon) + usize::from(self.reading) > 1
    }
}

fn columns(record: &DiffRecord, view: &View, shown: Shown, rows: &[&RateMove]) -> Vec<Column> {
    let unit = wording::unit(view.per);
    let interval = wording::confidence(record.alpha);
    let k = rows.iter().map(|row| row.tested.k).max().unwrap_or(0);
    let mut columns = vec![
        Column::new(Key::Name, record.new.by.clone()),
        Column::new(Key::Name, "category").joined(),
        Column::new(Key::HitsOfBoth, "hits"),
        Column::new(Key::SideRate, format!("rate {unit}")).joined(),
    ];
    let only_articles = shown.articles && !shown.several();
    let change = if only_articles { format!("change [{interval}]") } else { "change".to_owned() };
    columns.push(Column::new(Key::Difference, change));
    if shown.several() && shown.articles {
        columns.push(Column::new(Key::Difference, format!("articles [{interval}]")).joined());
    }
    if shown.several() && shown.lexicon {
        columns.push(Column::new(Key::Difference, "lexicon").joined());
    }
    if shown.several() && shown.reading {
        columns.push(Column::new(Key::Difference, "tool, settings").joined());
    }
    if shown.tested {
        columns.push(Column::new(Key::Q, format!("q (BH, K={})", number::count(k))));
    }
    let finding = Column::new(Key::Verdict, "finding");
    columns.push(if shown.tested { finding.joined() } else { finding });
    columns
}

fn cells(row: &RateMove, view: &View, shown: Shown, leading: VoiceGroup) -> Vec<Text> {
    let unit = |value: Option<f64>| value.map(|value| value * view.per / 1000.0);
    let rate = |value| number::rate(unit(value));
    let difference = |value| number::difference(unit(value));
    let tested = &row.tested;
    let interval =
        |value| number::with_interval(value, difference(tested.low), difference(tested.high));
    let strong = matches!(tested.finding, Finding::Rose | Finding::Fell);
    let style = if strong { Style::Strong } else { Style::Plain };
    let mut cells: Vec<Text> = vec![
        Text::of(phrases::outlet(row.outlet.as_deref()), style),
        Text::of(category(row, leading), style),
        format!("{} → {}", number::count(row.hits_old), number::count(row.hits_new)).into(),
        format!("{} → {}", rate(row.rate_old), rate(row.rate_new)).into(),
    ];
    if shown.several() {
        cells.push(difference(row.change).into());
    } else {
        cells.push(interval(difference(row.change)).into());
    }
    if shown.several() && shown.articles {
        cells.push(interval(phrases::share(&row.causes.corpus, difference)).into());
    }
    if shown.several() && shown.lexicon {
        cells.push(phrases::share(&row.causes.lexicon, difference).into());
    }
    if shown.several() && shown.reading {
        cells.push(phrases::share(&row.causes.reading, difference).into());
    }
    if shown.tested {
        cells.push(number::probability(tested.q).into());
    }
    let articles = [row.articles_old, row.articles_new];
    cells.push(phrases::finding(&row.causes, tested, articles).into());
    cells
}

/// The category, with its voice where that is not the table's.
fn category(row: &RateMove, leading: VoiceGroup) -> String {
    if row.voice == leading {
        row.category.clone()
    } else {
        format!("{} ({})", row.category, wording::voice(row.voice))
    }
}

/// Bounds and estimates of the shown moves whose causes can't be told apart.
fn push_bounds(rows: &[&RateMove], view: &View, blocks: &mut Vec<Block>) {
    let open: Vec<&&RateMove> =
        rows.iter().filter(|row| row.causes.corpus.estimate.is_some()).collect();
    if open.is_empty() {
        return;
    }
    let number = counted(open.len() as u64, "move");
    blocks.push(Block::Heading(3, format!("What is certain of {number} without the articles")));
    blocks.push(Block::Note(BOUNDS.into()));
    let unit = wording::unit(view.per);
    let mut table = Table::new(vec![
        Column::new(Key::Name, "what"),
        Column::new(Key::Name, "cause").joined(),
        Column::new(Key::Difference, format!("certain {unit}")),
        Column::new(Key::Difference, "estimate"),
        Column::new(Key::Difference, "likely range"),
    ]);
    let write =
        |value: Option<f64>| number::difference(value.map(|value| value * view.per / 1000.0));
    for row in open {
        let Causes { corpus, lexicon, .. } = row.causes;
        let name = format!("{}, {}", phrases::outlet(row.outlet.as_deref()), row.category);
        for (cause, share, name) in
            [("articles", corpus, name), ("lexicon", lexicon, String::new())]
        {
            table.push(
                vec![
                    name.into(),
                    cause.into(),
                    phrases::range(share.low, share.high, write).into(),
                    phrases::share(&share, write).into(),
                    phrases::range(share.likely_low, share.likely_high, write).into(),
                ],
                false,
            );
        }
    }
    blocks.push(Block::Table(table));
}
