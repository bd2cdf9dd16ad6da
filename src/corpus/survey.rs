//! Looking a corpus over before it is measured: what a person should read, correct and write down.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{BuildHasher, BuildHasherDefault};
use std::path::PathBuf;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use super::article::Article;
use super::fields::FieldNames;
use super::format::Kind;
use super::notice::Notice;
use super::open::{Corpus, OpenOptions, open};
use super::problem::CorpusError;
use super::problem_summary::ProblemSummary;
use super::read::Item;

/// The longest line, in characters, that may be page furniture: longer ones are paragraphs.
const LONGEST_FURNITURE: usize = 120;
/// How many articles of an outlet must have a line before it counts as repeated.
const FEWEST_REPEATS: u64 = 3;
/// Shorter lines are page numbers, initials and splinters of columns; counted in letters and digits.
const SHORTEST_FURNITURE: usize = 4;
/// How many repeated lines of an outlet are kept.
const MOST_LINES: usize = 40;
/// Up to how many files are listed one by one, to be given a date and an event.
const MOST_PAGES: u64 = 200;

/// What a corpus holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Survey {
    /// A title to start from: that of `corpus.toml`, else the name of the folder.
    pub title: String,
    /// The folder that a `corpus.toml` belongs into; none for standard input.
    pub folder: Option<PathBuf>,
    /// Number of articles that could be read.
    pub articles: u64,
    /// The outlets, by id.
    pub outlets: Vec<OutletSurvey>,
    /// The fields of the tables: each set with the number of tables and the first of them.
    pub tables: Vec<TableFields>,
    /// Articles whose outlet and text an earlier one has too: they count once.
    pub duplicates: u64,
    /// Articles without a date.
    pub undated: u64,
    /// Articles without an event.
    pub without_event: u64,
    /// Articles without a letter or a digit.
    pub wordless: u64,
    /// Articles that are files of their own, where they are few enough to be listed.
    pub pages: Vec<Page>,
    /// What was assumed when the corpus was opened.
    pub notices: Vec<Notice>,
    /// What was skipped and what is to be known.
    pub problems: ProblemSummary,
}

/// What a corpus holds of one outlet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OutletSurvey {
    /// Its id.
    pub id: String,
    /// Its name, where declared.
    pub name: String,
    /// Number of articles.
    pub articles: u64,
    /// The first and the last day of publication.
    pub dates: Option<(Date, Date)>,
    /// Lines that stand in at least three and a fifth of its articles, the commonest first.
    pub repeated: Vec<RepeatedLine>,
    /// Ids of outlets whose names differ from this one's in case, marks or "the" alone.
    pub alike: Vec<String>,
}

/// A line that many articles have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepeatedLine {
    /// The line, without blanks around it.
    pub line: String,
    /// How many articles have it.
    pub articles: u64,
}

impl RepeatedLine {
    /// Whether it may well be journalism: a sentence, and one that a third or more of the outlet's
    /// `articles` do without.
    pub fn is_doubtful(&self, articles: u64) -> bool {
        let is_sentence = self.line.ends_with(['.', '!', '?', '"', '”', '’', ':', ','])
            && self.line.split_whitespace().count() >= 5;
        is_sentence && self.articles * 3 <= articles * 2
    }
}

/// Tables that have the same fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFields {
    /// Which field holds what.
    pub names: FieldNames,
    /// How many tables.
    pub files: u64,
    /// The first of them, as a path below the corpus.
    pub first: String,
    /// Fields that hold none of these, where they were looked at: they can be grouped by.
    pub others: Vec<String>,
}

/// An article that is a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its path below the corpus.
    pub path: String,
    /// Its day of publication, where known.
    pub date: Option<Date>,
    /// Its event, where known.
    pub event: Option<String>,
    /// How its text begins, on one line.
    pub opening: String,
}

/// Looks a corpus over. Grouping and choice of outlets are left aside. Settings that the corpus has
/// already apply, but [`Survey::to_toml`] does not repeat all of them: don't write over them.
///
/// # Errors
/// As [`open`].
pub fn survey(paths: &[PathBuf], options: &OpenOptions) -> Result<Survey, CorpusError> {
    let options = OpenOptions { by: None, outlets: Vec::new(), ..options.clone() };
    Ok(Survey::of(&open(paths, &options)?))
}

impl Survey {
    /// Reads a corpus twice: to count, and to fetch the lines that proved to be repeated.
    pub fn of(corpus: &Corpus) -> Self {
        let mut survey = Self {
            title: title_of(corpus),
            folder: folder_of(corpus),
            articles: 0,
            outlets: Vec::new(),
            tables: tables_of(corpus),
            duplicates: 0,
            undated: 0,
            without_event: 0,
            wordless: 0,
            pages: Vec::new(),
            notices: corpus.notices().to_vec(),
            problems: corpus.problem_summary(),
        };
        corpus.warnings().iter().cloned().for_each(|warning| survey.problems.warn(warning));
        let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
        let mut seen = FxHashSet::default();
        let records = corpus.records().flat_map(|record| {
            let file = record.file;
            corpus.read(record).into_iter().map(move |item| (file, item))
        });
        for (file, item) in records {
            match item {
                Item::Article(article) => {
                    let key = blake3::hash(article.text.as_bytes());
                    let is_new = seen.insert((hash(&article.outlet), *key.as_bytes()));
                    survey.duplicates += u64::from(!is_new);
                    survey.count(&article, corpus, file);
                    counts.entry(article.outlet.clone()).or_default().add(&article, is_new);
                }
                Item::Skipped(skipped) => survey.problems.skip(skipped),
                Item::Warning(warning) => survey.problems.warn(warning),
            }
        }
        if survey.pages.len() as u64 > MOST_PAGES {
            survey.pages.clear();
        }
        let seen: BTreeSet<String> = counts.keys().cloned().collect();
        for warning in corpus.outlets_without_articles(&seen) {
            survey.problems.warn(warning);
        }
        survey.outlets = outlets_of(corpus, counts);
        survey
    }

    fn count(&mut self, article: &Article, corpus: &Corpus, file: usize) {
        self.articles += 1;
        self.undated += u64::from(article.date.is_none());
        self.without_event += u64::from(article.event.is_none());
        self.wordless += u64::from(!article.text.contains(char::is_alphanumeric));
        // One too many, to know that there are too many.
        if article.origin.line.is_none() && self.pages.len() as u64 <= MOST_PAGES {
            self.pages.push(Page {
                path: corpus.path_below(file),
                date: article.date,
                event: article.event.clone(),
                opening: opening(&article.text),
            });
        }
    }

    /// The first and the last day of publication in the corpus.
    pub fn dates(&self) -> Option<(Date, Date)> {
        self.outlets.iter().filter_map(|outlet| outlet.dates).reduce(widest)
    }
}

/// What is counted of an outlet while the corpus is read.
#[derive(Default)]
struct Counts {
    articles: u64,
    /// Articles whose text no earlier one has: a copy does not make a line repeated.
    texts: u64,
    dates: Option<(Date, Date)>,
    /// How many articles have a line, by its hash.
    lines: FxHashMap<u64, u32>,
}

impl Counts {
    fn add(&mut self, article: &Article, is_new: bool) {
        self.articles += 1;
        let days = article.date.map(|date| (date, date));
        self.dates = self.dates.into_iter().chain(days).reduce(widest);
        if is_new {
            self.texts += 1;
            for line in lines_of(&article.text) {
                *self.lines.entry(hash(line)).or_default() += 1;
            }
        }
    }

    /// Keeps the lines that are repeated: those in at least three and a fifth of the articles.
    fn keep_repeated(&mut self) {
        let fewest = FEWEST_REPEATS.max(self.texts.div_ceil(5));
        self.lines.retain(|_, count| u64::from(*count) >= fewest);
    }
}

/// The distinct lines of a text that may be page furniture.
fn lines_of(text: &str) -> BTreeSet<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| line.chars().filter(|c| c.is_alphanumeric()).count() >= SHORTEST_FURNITURE)
        .filter(|line| line.len() <= 4 * LONGEST_FURNITURE)
        .filter(|line| line.chars().count() <= LONGEST_FURNITURE)
        .filter(|line| !is_byline(line))
        .collect()
}

/// Whether a line names a writer: reporters repeat, and have a zone of their own.
fn is_byline(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let by = words.next().is_some_and(|word| matches!(word, "By" | "BY" | "by"));
    by && words.count() <= 8 && !line.ends_with('.')
}

fn hash(text: &str) -> u64 {
    BuildHasherDefault::<FxHasher>::default().hash_one(text)
}

fn widest(a: (Date, Date), b: (Date, Date)) -> (Date, Date) {
    (a.0.min(b.0), a.1.max(b.1))
}

fn opening(text: &str) -> String {
    let line: String = text.split_whitespace().take(12).collect::<Vec<_>>().join(" ");
    line.chars().take(72).collect()
}

fn outlets_of(corpus: &Corpus, mut counts: BTreeMap<String, Counts>) -> Vec<OutletSurvey> {
    counts.values_mut().for_each(Counts::keep_repeated);
    let mut repeated = repeated_lines(corpus, &counts);
    let mut alike: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for id in counts.keys() {
        alike.entry(bare(id)).or_default().push(id.clone());
    }
    let outlets = counts.into_iter().map(|(id, counts)| OutletSurvey {
        name: corpus.display_name(&id).to_owned(),
        articles: counts.articles,
        dates: counts.dates,
        repeated: repeated.remove(&id).unwrap_or_default(),
        alike: alike
            .get(&bare(&id))
            .map(|ids| ids.iter().filter(|other| **other != id).cloned().collect())
            .unwrap_or_default(),
        id,
    });
    outlets.collect()
}

/// The second reading: the words of the lines that are known to be repeated.
fn repeated_lines(
    corpus: &Corpus,
    counts: &BTreeMap<String, Counts>,
) -> BTreeMap<String, Vec<RepeatedLine>> {
    let mut missing: usize = counts.values().map(|counts| counts.lines.len()).sum();
    let mut found: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for item in corpus.articles() {
        if missing == 0 {
            break;
        }
        let Item::Article(article) = item else { continue };
        let Some(counts) = counts.get(&article.outlet) else { continue };
        for line in lines_of(&article.text) {
            if let Some(&count) = counts.lines.get(&hash(line)) {
                let lines = found.entry(article.outlet.clone()).or_default();
                let is_new = lines.insert(line.to_owned(), u64::from(count)).is_none();
                missing = missing.saturating_sub(usize::from(is_new));
            }
        }
    }
    let sorted = |lines: BTreeMap<String, u64>| {
        let mut lines: Vec<RepeatedLine> =
            lines.into_iter().map(|(line, articles)| RepeatedLine { line, articles }).collect();
        lines.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.line.cmp(&b.line)));
        lines.truncate(MOST_LINES);
        lines
    };
    found.into_iter().map(|(outlet, lines)| (outlet, sorted(lines))).collect()
}

/// A name without case, marks and a leading "the".
fn bare(name: &str) -> String {
    let words = name.to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn title_of(corpus: &Corpus) -> String {
    let folder = || corpus.roots.first().map(|root| root.name.clone());
    corpus.title().map(str::to_owned).or_else(folder).unwrap_or_default()
}

fn folder_of(corpus: &Corpus) -> Option<PathBuf> {
    let root = corpus.roots.first()?;
    (!root.folder.as_os_str().is_empty()).then(|| root.folder.clone())
}

fn tables_of(corpus: &Corpus) -> Vec<TableFields> {
    let mut tables: Vec<TableFields> = Vec::new();
    for (index, file) in corpus.files.iter().enumerate() {
        if file.problem.is_some() || !matches!(file.format.kind, Kind::Table(_)) {
            continue;
        }
        match tables.iter_mut().find(|known| known.names == *file.names) {
            Some(known) => known.files += 1,
            None => tables.push(TableFields {
                names: (*file.names).clone(),
                files: 1,
                first: match file.source.is_copy {
                    true => "standard input".to_owned(),
                    false => corpus.path_below(index),
                },
                others: others_of(corpus, &file.names),
            }),
        }
    }
    tables
}

/// The fields beside `names` that opening the corpus came upon.
fn others_of(corpus: &Corpus, names: &FieldNames) -> Vec<String> {
    let noted = corpus.notices().iter().find_map(|notice| match notice {
        Notice::FieldsGuessed { names: guess, others, .. } if guess == names => Some(others),
        _ => None,
    });
    noted.cloned().unwrap_or_default()
}
