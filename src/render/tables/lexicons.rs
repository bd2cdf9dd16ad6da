//! The lexicons with their fingerprints.

use super::super::document::{Block, Column, Table, Text};
use super::super::legend::Key;
use super::super::lookup::Lookup;
use super::super::number::{self, count};
use super::{Entry, Tidy, json_rows};

pub(super) const ENTRY: Entry = Entry {
    title: "Lexicons",
    show,
    tidy,
    json: |lookup| json_rows(&lookup.report.provenance.lexicons),
};

/// Digits of a fingerprint that are shown; the record holds all of them.
pub(super) const DIGITS: usize = 12;

fn tidy(lookup: &Lookup<'_>) -> Tidy {
    Tidy::of(
        &lookup.report.provenance.lexicons,
        &[
            ("id", |row| (&row.id).into()),
            ("title", |row| (&row.title).into()),
            ("version", |row| (&row.version).into()),
            ("hash", |row| (&row.hash).into()),
            ("entries", |row| (row.entries.len() as u64).into()),
        ],
    )
}

fn show(lookup: &Lookup<'_>) -> Vec<Block> {
    let mut table = Table::new(vec![
        Column::new(Key::Name, "lexicon"),
        Column::new(Key::Name, "version"),
        Column::new(Key::Name, "fingerprint"),
        Column::new(Key::Terms, "entries"),
        Column::new(Key::Terms, "with hits").joined(),
    ]);
    for lexicon in &lookup.report.provenance.lexicons {
        let of_lexicon = lookup.report.categories.iter().filter(|row| row.lexicon == lexicon.id);
        let with_hits: u64 = of_lexicon.clone().map(|row| row.terms_with_hits).sum();
        // A lexicon of choices or targets has no terms whose hits are counted.
        let has_terms = of_lexicon.count() > 0;
        let with_hits = has_terms.then_some(with_hits);
        let cells = vec![
            Text::from(format!("{} ({})", lexicon.title, lexicon.id)),
            lexicon.version.clone().into(),
            lexicon.hash.chars().take(DIGITS).collect::<String>().into(),
            count(lexicon.entries.len() as u64).into(),
            with_hits.map_or_else(|| number::MISSING.to_owned(), count).into(),
        ];
        table.push(cells, with_hits == Some(0));
    }
    vec![Block::Table(table)]
}
