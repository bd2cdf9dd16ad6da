//! The parts that a rendered report is made of. Text in them is plain: each format escapes it in
//! its own way.

use super::legend::Key;
use super::tables::TableName;

/// A rendered report before any format: its parts in reading order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Document {
    /// The parts.
    pub blocks: Vec<Block>,
}

/// One part.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading; 1 is the report's title.
    Heading(u8, String),
    /// Running text.
    Paragraph(Text),
    /// What a reader may misread, said where it stands.
    Note(Text),
    /// Points of equal rank.
    List(Vec<Text>),
    /// Names with their values or meanings.
    Definitions(Vec<(String, Text)>),
    /// A table.
    Table(Table),
    /// Sentences of articles.
    Quotations(Vec<Quotation>),
    /// What several outlets wrote of one thing, to be set side by side where there is room.
    SideBySide(Vec<Side>),
    /// What was left out of a table here, and the table that has it.
    More(String, TableName),
}

/// One outlet's part of [`Block::SideBySide`].
#[derive(Debug, Clone, PartialEq)]
pub struct Side {
    /// Name of the outlet.
    pub outlet: String,
    /// What there is, in a line.
    pub summary: Text,
    /// Its sentences.
    pub quotations: Vec<Quotation>,
}

/// A sentence of an article with the hit marked, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The sentence.
    pub text: Text,
    /// Voice, source, place.
    pub details: Text,
}

/// Text with emphasis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text(pub Vec<Run>);

/// A run of one emphasis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The characters, not escaped.
    pub text: String,
    /// How they are set.
    pub style: Style,
    /// For a number: where its sentences are, in formats that have links.
    pub behind: Option<Box<Behind>>,
}

/// The cell of the evidence that holds the sentences behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behind {
    /// `category`, `variant`, `target` (its labels, else its mentions), `mention`, `term`, `label`
    /// (of one term) or `source`.
    pub kind: &'static str,
    /// Id of the outlet.
    pub outlet: String,
    /// Id of the lexicon; empty for a target.
    pub lexicon: String,
    /// Id of the category, choice or target; the source.
    pub id: String,
    /// Name of the variant, or the term; empty for others.
    pub variant: String,
}

impl Behind {
    /// The hits of a category in an outlet.
    pub(crate) fn category(outlet: &str, (lexicon, id): (&str, &str)) -> Self {
        let [outlet, lexicon, id] = [outlet, lexicon, id].map(str::to_owned);
        Self { kind: "category", outlet, lexicon, id, variant: String::new() }
    }

    /// The hits of one term of a category.
    pub(crate) fn term(outlet: &str, category: (&str, &str), term: &str) -> Self {
        Self { kind: "term", variant: term.to_owned(), ..Self::category(outlet, category) }
    }

    /// What a target or a source has in an outlet.
    pub(crate) fn of(kind: &'static str, outlet: &str, id: &str) -> Self {
        Self { kind, ..Self::category(outlet, ("", id)) }
    }

    /// The labels of one term on a target.
    pub(crate) fn label(outlet: &str, target: &str, term: &str) -> Self {
        Self { variant: term.to_owned(), ..Self::of("label", outlet, target) }
    }
}

/// How a run is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// As the rest.
    Plain,
    /// Stands back.
    Faint,
    /// Stands out.
    Strong,
    /// The words that a sentence is evidence of: marked even where there is neither colour nor bold.
    Hit,
}

impl Text {
    /// One run.
    pub fn of(text: impl Into<String>, style: Style) -> Self {
        Self(vec![Run { text: text.into(), style, behind: None }])
    }

    /// The same with a run more.
    pub fn then(mut self, text: impl Into<String>, style: Style) -> Self {
        self.0.push(Run { text: text.into(), style, behind: None });
        self
    }

    /// The same as a number with sentences behind it.
    pub(crate) fn behind(mut self, behind: &Behind) -> Self {
        for run in &mut self.0 {
            run.behind = Some(Box::new(behind.clone()));
        }
        self
    }

    /// The characters without their emphasis.
    pub fn plain(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is nothing to set.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|run| run.text.is_empty())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::of(text, Style::Plain)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::of(text, Style::Plain)
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; each has a cell a column.
    pub rows: Vec<Row>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head, with the unit.
    pub header: String,
    /// What its entries are: the legend explains it.
    pub key: Key,
    /// Where there is no room, it stands below its left neighbour.
    pub joins_left: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The cells.
    pub cells: Vec<Text>,
    /// Stands back: too little for more than counts.
    pub faint: bool,
}

impl Table {
    /// A table without rows.
    pub fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; what is too many or too few is cut or filled.
    pub fn push(&mut self, mut cells: Vec<Text>, faint: bool) {
        cells.resize(self.columns.len(), Text::default());
        self.rows.push(Row { cells, faint });
    }
}

impl Column {
    /// A column with a head of its own.
    pub fn new(key: Key, header: impl Into<String>) -> Self {
        Self { header: header.into(), key, joins_left: false }
    }

    /// The same, standing below its left neighbour where there is no room.
    pub fn joined(mut self) -> Self {
        self.joins_left = true;
        self
    }

    /// Whether its entries are numbers, set flush right.
    pub fn is_number(&self) -> bool {
        self.key.is_number()
    }
}

impl Document {
    /// The tables in it, in order.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
    }
}
