//! Reading the articles of an open corpus, one at a time.

use super::article::{Article, Origin};
use super::assemble::Refusal;
use super::format::{Draft, Kind, PageNote, RawRow};
use super::guard::{guarded, open_rows};
use super::html_text;
use super::open::{Corpus, SourceFile};
use super::problem::{SkipReason, Skipped};
use super::source::Source;
use super::warning::CorpusWarning;

/// What reading a corpus gives, in order.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// An article.
    Article(Article),
    /// A file or a row that is left out. Under `--strict` the caller ends the run.
    Skipped(Skipped),
    /// Something to know about the article that follows.
    Warning(CorpusWarning),
}

/// A file or a row that has been found and not yet decoded: what [`Corpus::records`] gives and
/// [`Corpus::read`] takes, so that decoding can be spread over threads.
pub struct Record {
    /// Index of its file.
    pub(super) file: usize,
    line: Option<u64>,
    content: Content,
}

enum Content {
    Page,
    Row(Box<dyn RawRow>),
    Problem(SkipReason),
}

impl Record {
    /// About how many bytes it takes up until it is read: those of a row; a page takes up none.
    pub fn size(&self) -> usize {
        match &self.content {
            Content::Row(row) => row.size(),
            Content::Page | Content::Problem(_) => 0,
        }
    }
}

impl Corpus {
    /// The files and rows of the corpus, in the order of their paths. Tables are read a row at a
    /// time, pages not at all.
    pub fn records(&self) -> impl Iterator<Item = Record> + Send + '_ {
        self.files.iter().enumerate().flat_map(|(file, source)| records_of(file, source))
    }

    /// Decodes a record of this corpus: warnings and the article, or why there is none. An article
    /// of an outlet that was not asked for gives nothing.
    pub fn read(&self, record: Record) -> Vec<Item> {
        let Some(file) = self.files.get(record.file) else { return Vec::new() };
        let origin = Origin { path: file.source.shown(), line: record.line };
        let draft = match record.content {
            Content::Problem(reason) => Err(reason),
            Content::Page => guarded(|| read_page(&file.source, &file.format.kind)),
            Content::Row(row) => guarded(|| {
                let draft = row.read()?.into_draft(&file.names)?;
                if file.may_hold_html { html_text::read(draft) } else { Ok(draft) }
            }),
        };
        let mut items = Vec::with_capacity(1);
        let end = match draft {
            Ok(draft) => {
                warn(&draft, &origin, &mut items);
                self.assemble(draft, file, origin.clone(), &mut items)
            }
            Err(reason) => Err(Refusal::Skip(reason)),
        };
        match end {
            Ok(article) => items.push(Item::Article(article)),
            Err(Refusal::NotAskedFor) => items.clear(),
            Err(Refusal::Skip(reason)) => items.push(Item::Skipped(Skipped { origin, reason })),
        }
        items
    }

    /// Every article of the corpus, with what is skipped and what is to be known.
    pub fn articles(&self) -> impl Iterator<Item = Item> + Send + '_ {
        self.records().flat_map(|record| self.read(record))
    }
}

fn records_of(file: usize, source: &SourceFile) -> Box<dyn Iterator<Item = Record> + Send + '_> {
    let one = |content| Box::new(std::iter::once(Record { file, line: None, content }));
    if let Some(problem) = &source.problem {
        return one(Content::Problem((**problem).clone()));
    }
    let Kind::Table(open) = source.format.kind else { return one(Content::Page) };
    let length = source.source.length();
    match open_rows(open, &source.source) {
        Err(reason) => one(Content::Problem(reason)),
        Ok(rows) => {
            let rows = rows.rows.map(move |(line, row)| {
                let content = match row {
                    Ok(row) => Content::Row(row),
                    Err(reason) => Content::Problem(reason),
                };
                Record { file, line: Some(line), content }
            });
            // Looked at when the last row was taken.
            let changed = std::iter::from_fn(move || {
                (source.source.length() != length).then_some(SkipReason::Changed)
            });
            let changed = changed.take(1).map(Content::Problem);
            Box::new(rows.chain(changed.map(move |content| Record { file, line: None, content })))
        }
    }
}

fn read_page(source: &Source, kind: &Kind) -> Result<Draft, SkipReason> {
    let Kind::Page(read) = kind else { return Err(SkipReason::NoRows) };
    read(source.read_whole()?)
}

fn warn(draft: &Draft, origin: &Origin, items: &mut Vec<Item>) {
    if let Some(encoding) = draft.note.guessed {
        let origin = origin.clone();
        items.push(Item::Warning(CorpusWarning::EncodingGuessed { origin, encoding }));
    }
    if let Some(encoding) = draft.note.replaced {
        let origin = origin.clone();
        items.push(Item::Warning(CorpusWarning::CharactersReplaced { origin, encoding }));
    }
    if draft.was_html {
        items.push(Item::Warning(CorpusWarning::HtmlText { origin: origin.clone() }));
    }
    warn_of_page(&draft.page, origin, items);
    for (line, text) in &draft.ignored {
        let origin = Origin { line: Some(*line), ..origin.clone() };
        let line = text.clone();
        items.push(Item::Warning(CorpusWarning::FrontMatterIgnored { origin, line }));
    }
}

/// What is to be said of a saved page.
fn warn_of_page(page: &PageNote, origin: &Origin, items: &mut Vec<Item>) {
    let left = page.left.map(|(paragraphs, words)| CorpusWarning::PageRemainder {
        origin: origin.clone(),
        paragraphs,
        words,
    });
    let short = page.announced.map(|(announced, found)| CorpusWarning::PageCutShort {
        origin: origin.clone(),
        announced,
        found,
    });
    let several = page.articles.map(|several| CorpusWarning::SeveralArticles {
        origin: origin.clone(),
        articles: several.number,
        one_taken: several.one_taken,
    });
    let unread = page.json_ld_unread;
    let unread = unread.then(|| CorpusWarning::JsonLdUnread { origin: origin.clone() });
    let cut = page.is_cut.then(|| CorpusWarning::CrawlTruncated { origin: origin.clone() });
    items.extend([left, short, several, unread, cut].into_iter().flatten().map(Item::Warning));
}
