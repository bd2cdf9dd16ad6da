//! Rates by outlet, category and voice.

use super::super::document::{Behind, Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::{CategoryId, Lookup};
use super::super::number::{self, count};
use super::super::wording;
use super::{Entry, Tidy, json_rows, word};
use crate::report::{CategoryRow, RateRow};
use crate::statistics::evidence::Tier;
use crate::tally::VoiceGroup;

pub(super) const ENTRY: Entry = Entry {
    title: "Outlets by category",
    show,
    tidy,
    json: |lookup| json_rows(lookup.report.rates.iter().filter(|row| lookup.view.shows(row.voice))),
};

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    lexicon_tables(lookup, lookup.view.leading_voice())
}

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        lookup.report.rates.iter().filter(|row| lookup.view.shows(row.voice)),
        &[
            ("outlet", |row| (&row.outlet).into()),
            ("lexicon", |row| (&row.lexicon).into()),
            ("category", |row| (&row.category).into()),
            ("voice", |row| row.voice.name().into()),
            ("hits", |row| row.hits.into()),
            ("words", |row| row.words.into()),
            ("articles", |row| row.articles.into()),
            ("articles_with_hits", |row| row.articles_with_hits.into()),
            ("rate_per_1000", |row| row.rate.into()),
            ("low_per_1000", |row| row.low.into()),
            ("high_per_1000", |row| row.high.into()),
            ("tier", |row| word(&row.tier)),
            ("mean_article_rate_per_1000", |row| row.mean_article_rate.into()),
            ("leave_one_out_low_per_1000", |row| row.leave_one_out_low.into()),
            ("leave_one_out_high_per_1000", |row| row.leave_one_out_high.into()),
            ("top_article_share", |row| row.top_article_share.into()),
            ("dp_norm", |row| row.dp_norm.into()),
        ],
    )
}

/// A heading and a table a lexicon. Categories without a hit in any outlet are named in a line.
pub(in super::super) fn lexicon_tables(lookup: &Lookup<'_>, voice: VoiceGroup) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut without = Vec::new();
    for lexicon in &lookup.report.provenance.lexicons {
        let mut table = empty_table(lookup);
        for category in lookup.report.categories.iter().filter(|row| row.lexicon == lexicon.id) {
            let rows = rows_of(lookup, category, voice);
            if rows.iter().all(|row| row.hits == 0) {
                without.push(category.title.clone());
            } else {
                push_rows(lookup, &mut table, &rows, voice);
            }
        }
        if !table.rows.is_empty() {
            blocks.push(Block::Heading(
                3,
                format!("{}, {}", lexicon.title, wording::voice_of(lookup, voice)),
            ));
            blocks.push(Block::Table(table));
        }
    }
    if !without.is_empty() {
        let text = format!("No hit in any outlet: {}.", wording::listed(&without));
        blocks.push(Block::Paragraph(text.into()));
    }
    blocks
}

fn rows_of<'a>(
    lookup: &Lookup<'a>,
    category: &'a CategoryRow,
    voice: VoiceGroup,
) -> Vec<&'a RateRow> {
    let id = id(category);
    let outlets = lookup.present();
    outlets.iter().filter_map(|outlet| lookup.rate(&outlet.outlet, id, voice)).collect()
}

fn id(category: &CategoryRow) -> CategoryId<'_> {
    (&category.lexicon, &category.category)
}

fn empty_table(lookup: &Lookup<'_>) -> Table {
    let unit = wording::unit(lookup.view.per);
    let interval = wording::confidence(lookup.report.settings.alpha);
    Table::new(vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
        Column::new(Key::Articles, "articles"),
        Column::new(Key::Words, "words").joined(),
        Column::new(Key::Hits, "hits (own voice)"),
        Column::new(Key::InArticles, "in articles").joined(),
        Column::new(Key::Rate, format!("rate {unit} [{interval}]")),
        Column::new(Key::TopArticle, "top article").joined(),
        Column::new(Key::Evidence, "evidence"),
    ])
}

fn push_rows(lookup: &Lookup<'_>, table: &mut Table, rows: &[&RateRow], voice: VoiceGroup) {
    for (index, row) in rows.iter().enumerate() {
        let category = (row.lexicon.as_str(), row.category.as_str());
        let own = lookup.rate(&row.outlet, category, VoiceGroup::Own).map_or(0, |own| own.hits);
        let shows_own = matches!(voice, VoiceGroup::All | VoiceGroup::Worded);
        let hits = count(row.hits);
        let title = if index == 0 { lookup.category_with_caution(category) } else { String::new() };
        let behind = Behind::category(&row.outlet, category);
        let cells = vec![
            Text::from(title),
            lookup.outlet(&row.outlet).into(),
            count(row.articles).into(),
            count(row.words).into(),
            Text::from(if shows_own { format!("{hits} ({})", count(own)) } else { hits })
                .behind(&behind),
            format!("{}/{}", count(row.articles_with_hits), count(row.articles)).into(),
            Text::from(wording::rate(lookup, row)).behind(&behind),
            number::percent(row.top_article_share.filter(|_| row.hits > 0)).into(),
            wording::tier(row.tier, row.articles).into(),
        ];
        table.push(cells, row.tier == Tier::Descriptive);
    }
}

/// Own, attributed and quoted rates beside each other.
pub(in super::super) fn voices_table(lookup: &Lookup<'_>) -> Vec<Block> {
    const VOICES: [VoiceGroup; 4] =
        [VoiceGroup::Own, VoiceGroup::Attributed, VoiceGroup::Scare, VoiceGroup::Quoted];
    let unit = wording::unit(lookup.view.per);
    let mut columns = vec![
        Column::new(Key::Name, "category"),
        Column::new(Key::Name, lookup.report.settings.by.clone()).joined(),
    ];
    for (index, voice) in VOICES.into_iter().enumerate() {
        let column = Column::new(Key::Cell, format!("{} {unit}", wording::voice(voice)));
        columns.push(if index % 2 == 1 { column.joined() } else { column });
    }
    let mut table = Table::new(columns);
    let mut thin = Vec::new();
    for category in &lookup.report.categories {
        let rows = rows_of(lookup, category, VoiceGroup::All);
        if rows.iter().all(|row| row.hits == 0) {
            continue;
        }
        let carries = |voice| {
            let rows = rows_of(lookup, category, voice);
            rows.iter().any(|row| row.hits > 0 && row.tier == Tier::Reportable)
        };
        if !VOICES.into_iter().any(carries) {
            thin.push(category.title.clone());
            continue;
        }
        for (index, row) in rows.iter().enumerate() {
            let first = if index == 0 { category.title.as_str() } else { "" };
            let mut cells = vec![Text::from(first), lookup.outlet(&row.outlet).into()];
            for voice in VOICES {
                let cell = lookup.rate(&row.outlet, id(category), voice);
                let text = cell.map(|cell| wording::short_rate(lookup, cell));
                let text = text.unwrap_or_else(|| number::MISSING.into());
                cells.push(text.behind(&Behind::category(&row.outlet, id(category))));
            }
            table.push(cells, false);
        }
    }
    let mut blocks = if table.rows.is_empty() { Vec::new() } else { vec![Block::Table(table)] };
    if !thin.is_empty() {
        let text = format!("Too few hits for a rate by voice: {}.", wording::listed(&thin));
        blocks.push(Block::Paragraph(text.into()));
    }
    blocks
}
