//! Writing and reading files of tallies.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::writer::FileWriter;
use arrow_schema::{Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::header::{Header, Level, TALLIES_SCHEMA, Together};
use super::terms::Terms;
use super::{HEADER, TalliesError, rows, sum_rows};
use crate::corpus::{ColumnFile, ProblemCount, damaged, guarded, open_columns};
use crate::store::write::Staged;
use crate::tally::{
    Articles, CorpusTallies, EvidenceSample, Keep, Moments, Overflow, SampleRule, Sum, SumOf, Sums,
    Tallies,
};

/// Bytes of columns that are gathered before they are written.
const ROW_GROUP: usize = 64 << 20;

/// Sums that are made into columns at a time.
const ROWS: usize = 8192;

/// Rows that are read at a time: an article's may hold many sentences.
const ROWS_READ: usize = 1024;

/// Tallies as batches of an Arrow table.
#[derive(Debug)]
pub struct Batches {
    schema: SchemaRef,
    terms: Terms,
}

impl Batches {
    /// The batches of tallies with this header.
    ///
    /// # Errors
    /// A header that can't be written as JSON.
    pub fn new(header: &Header) -> Result<Self, TalliesError> {
        Ok(Self { schema: schema_of(header)?, terms: Terms::new(&header.inventory()) })
    }

    /// The schema of every batch, with the header in its metadata.
    pub fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }

    /// A row an article, and one for what was noticed while reading them.
    ///
    /// # Errors
    /// None that tallies give cause for.
    pub fn articles(
        &self,
        tallies: Tallies,
        problems: Vec<ProblemCount>,
    ) -> Result<RecordBatch, TalliesError> {
        let columns = rows::columns(tallies, problems, &self.terms);
        RecordBatch::try_new(self.schema(), columns).map_err(format_error)
    }

    /// A row a sum, for the level of sums.
    ///
    /// # Errors
    /// None that sums give cause for.
    pub fn sums(
        &self,
        mut sums: Sums,
        problems: Vec<ProblemCount>,
    ) -> Result<RecordBatch, TalliesError> {
        for ProblemCount { skipped, code, number, what } in problems {
            let moments = Moments { hits: number, ..Moments::default() };
            let sum = Sum { moments, what: Some(what), ..Sum::default() };
            sums.add("", SumOf::Problem(skipped, code), sum);
        }
        let columns = sum_rows::columns(sums, &self.terms);
        RecordBatch::try_new(self.schema(), columns).map_err(format_error)
    }
}

/// Writes tallies a batch at a time; the file stands there only when all is written.
pub struct TallyWriter {
    form: Form,
    batches: Batches,
    staged: Staged,
}

enum Form {
    Parquet(Box<ArrowWriter<File>>),
    Arrow(Box<FileWriter<File>>),
}

impl TallyWriter {
    /// Begins a file, `.parquet`, `.arrow` or `.feather`.
    ///
    /// # Errors
    /// Another ending; whatever the file system says.
    pub fn new(path: &Path, header: &Header) -> Result<Self, TalliesError> {
        let file_error = |error| TalliesError::File { path: path.to_owned(), error };
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let parquet = match ending {
            "parquet" => true,
            "arrow" | "feather" => false,
            _ => return Err(TalliesError::Ending { path: path.to_owned() }),
        };
        let batches = Batches::new(header)?;
        let schema = batches.schema();
        let staged = Staged::new(path).map_err(file_error)?;
        let file = staged.handle().map_err(file_error)?;
        let form = if parquet {
            let properties = WriterProperties::builder().set_compression(Compression::SNAPPY);
            let writer = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties.build()));
            Form::Parquet(Box::new(writer.map_err(format_error)?))
        } else {
            Form::Arrow(Box::new(FileWriter::try_new(file, &schema).map_err(format_error)?))
        };
        Ok(Self { form, batches, staged })
    }

    /// Adds a batch of articles with what was noticed while reading them.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn write(
        &mut self,
        tallies: Tallies,
        problems: Vec<ProblemCount>,
    ) -> Result<(), TalliesError> {
        let batch = self.batches.articles(tallies, problems)?;
        self.write_batch(&batch)
    }

    /// Writes sums, for a file of that level.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn write_sums(
        &mut self,
        sums: Sums,
        mut problems: Vec<ProblemCount>,
    ) -> Result<(), TalliesError> {
        // In parts, each of which goes before the next is made.
        let mut rows = sums.into_iter().peekable();
        loop {
            let part: Sums = rows.by_ref().take(ROWS).collect();
            let batch = self.batches.sums(part, std::mem::take(&mut problems))?;
            self.write_batch(&batch)?;
            if rows.peek().is_none() {
                return Ok(());
            }
        }
    }

    fn write_batch(&mut self, batch: &RecordBatch) -> Result<(), TalliesError> {
        match &mut self.form {
            Form::Parquet(writer) => {
                writer.write(batch).map_err(format_error)?;
                if writer.in_progress_size() > ROW_GROUP {
                    writer.flush().map_err(format_error)?;
                }
                Ok(())
            }
            Form::Arrow(writer) => writer.write(batch).map_err(format_error),
        }
    }

    /// Ends the file and puts it where it belongs.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn finish(self) -> Result<(), TalliesError> {
        match self.form {
            Form::Parquet(writer) => {
                writer.close().map_err(format_error)?;
            }
            Form::Arrow(mut writer) => writer.finish().map_err(format_error)?,
        }
        let path = self.staged.path().to_owned();
        self.staged.commit().map_err(|error| TalliesError::File { path, error })
    }
}

fn format_error(error: impl std::fmt::Display) -> TalliesError {
    TalliesError::Format { reason: error.to_string() }
}

/// The schema of tallies of that level, with the header in its metadata.
///
/// # Errors
/// A header that can't be written as JSON.
fn schema_of(header: &Header) -> Result<SchemaRef, TalliesError> {
    let fields = match header.level {
        Level::Articles => rows::fields(),
        Level::Sums => sum_rows::fields(),
    };
    let text = serde_json::to_string(header).map_err(format_error)?;
    let metadata = [(HEADER.to_owned(), text)].into();
    Ok(Arc::new(Schema::new_with_metadata(fields, metadata)))
}

/// Tallies with all that a report needs beside them.
#[derive(Debug)]
pub struct Counted {
    /// With what they were made.
    pub header: Header,
    /// The articles and their sentences, not finished; none at the level of sums.
    pub tallies: CorpusTallies,
    /// The sums, at that level.
    pub sums: Sums,
    /// What was noticed while reading the articles.
    pub problems: Vec<ProblemCount>,
}

/// Takes batches of tallies together, from files or from any other source.
#[derive(Debug, Default)]
pub struct TalliesReader {
    together: Together,
    first: Option<String>,
    source: Option<Source>,
    tallies: CorpusTallies,
    sums: Sums,
    problems: Vec<ProblemCount>,
    /// Outlets that a source has articles of and does not declare.
    undeclared: BTreeSet<String>,
}

/// What is needed to read the batches of a source.
#[derive(Debug)]
struct Source {
    /// Its header as written.
    header: String,
    level: Level,
    terms: Terms,
    rule: SampleRule,
    declared: BTreeSet<String>,
}

impl TalliesReader {
    /// None as yet. `overflow` says where rows go beyond some memory, if anywhere.
    pub fn new(overflow: Option<Overflow>) -> Self {
        let articles = Articles::new(Keep::default(), overflow);
        let tallies = CorpusTallies::new(articles, EvidenceSample::default(), None);
        Self { tallies, ..Self::default() }
    }

    /// Begins a source of batches. `origin` names it in errors.
    ///
    /// # Errors
    /// A schema that is not of tallies or of another version; tallies that can't be added to those of
    /// the sources before.
    pub fn begin(&mut self, origin: &str, schema: &Schema) -> Result<(), TalliesError> {
        let origin = origin.to_owned();
        let Some(text) = schema.metadata().get(HEADER) else {
            let reason = format!("its schema has no `{HEADER}`");
            return Err(TalliesError::NotTallies { origin, reason });
        };
        if self.source.as_ref().is_some_and(|source| source.header == *text) {
            return Ok(());
        }
        let header = parse_header(&origin, text)?;
        let terms = Terms::new(&header.inventory());
        let (level, rule) = (header.level, header.rule);
        let declared = header.setup.declared.iter().map(|outlet| outlet.id.clone()).collect();
        let first = self.first.get_or_insert_with(|| origin.clone()).clone();
        self.together.add(header).map_err(|reason| TalliesError::Refused {
            origin,
            first,
            reason,
        })?;
        self.source = Some(Source { header: text.clone(), level, terms, rule, declared });
        Ok(())
    }

    /// Adds a batch of the source that was begun.
    ///
    /// # Errors
    /// A column that is missing or holds what it can't.
    pub fn add(&mut self, origin: &str, batch: &RecordBatch) -> Result<(), TalliesError> {
        let Some(source) = &self.source else { return Ok(()) };
        let fault = |fault| TalliesError::Column { origin: origin.to_owned(), fault };
        if source.level == Level::Sums {
            return sum_rows::read(batch, &source.terms, &mut self.sums).map_err(fault);
        }
        let mut tallies = Tallies::default();
        let into = (&mut tallies, &mut self.problems);
        rows::read(batch, &source.terms, source.rule, into).map_err(fault)?;
        for article in tallies.articles() {
            if !source.declared.contains(&article.outlet)
                && !self.undeclared.contains(&article.outlet)
            {
                self.undeclared.insert(article.outlet.clone());
            }
        }
        Ok(self.tallies.add(tallies, source.rule)?)
    }

    /// The whole.
    ///
    /// # Errors
    /// Nothing was read.
    pub fn finish(self) -> Result<Counted, TalliesError> {
        let first = self.first.unwrap_or_default();
        let missing = || TalliesError::Missing { name: first.clone() };
        let header = self.together.finish().ok_or_else(missing)?;
        // What is page furniture in one part must be so in all.
        let grouped = header.setup.by.is_some();
        let mut furnished = header.setup.boilerplate.keys().filter(|_| !grouped);
        if let Some(outlet) = furnished.find(|outlet| self.undeclared.contains(*outlet)) {
            let reason = format!(
                "one part declares lines of the outlet `{outlet}` as page furniture, another has its \
                 articles and does not"
            );
            return Err(TalliesError::Refused { origin: "a part".to_owned(), first, reason });
        }
        let (sums, noticed) = take_problems(self.sums);
        let problems = summed(self.problems.into_iter().chain(noticed).collect());
        Ok(Counted { header, tallies: self.tallies, sums, problems })
    }
}

/// Sums of articles, and what was noticed while reading them.
fn take_problems(sums: Sums) -> (Sums, Vec<ProblemCount>) {
    let mut problems = Vec::new();
    let mut rest = Sums::default();
    for ((outlet, of), sum) in sums {
        if let SumOf::Problem(skipped, code) = of {
            let (number, what) = (sum.moments.hits, sum.what.unwrap_or_default());
            problems.push(ProblemCount { skipped, code, number, what });
        } else {
            rest.add(&outlet, of, sum);
        }
    }
    (rest, problems)
}

/// Each kind of problem once.
fn summed(problems: Vec<ProblemCount>) -> Vec<ProblemCount> {
    let mut sums: BTreeMap<(bool, String), (u64, String)> = BTreeMap::new();
    for ProblemCount { skipped, code, number, what } in problems {
        let (sum, least) = sums.entry((skipped, code)).or_insert((0, what.clone()));
        *sum += number;
        *least = what.min(std::mem::take(least));
    }
    let count = |((skipped, code), (number, what))| ProblemCount { skipped, code, number, what };
    sums.into_iter().map(count).collect()
}

fn parse_header(origin: &str, text: &str) -> Result<Header, TalliesError> {
    #[derive(serde::Deserialize)]
    struct Head {
        schema: String,
    }
    let fault = |error: serde_json::Error| TalliesError::NotTallies {
        origin: origin.to_owned(),
        reason: format!("its header can't be read: {error}"),
    };
    let head: Head = serde_json::from_str(text).map_err(fault)?;
    if head.schema != TALLIES_SCHEMA {
        let origin = origin.to_owned();
        return Err(TalliesError::Schema { origin, found: head.schema });
    }
    serde_json::from_str(text).map_err(fault)
}

/// Reads files of tallies and takes them together.
///
/// # Errors
/// See [`TalliesError`].
pub fn read_tallies(
    paths: &[PathBuf],
    overflow: Option<Overflow>,
    mut tick: impl FnMut(usize),
) -> Result<Counted, TalliesError> {
    let mut reader = TalliesReader::new(overflow);
    for path in paths {
        let file = File::open(path)
            .map_err(|error| TalliesError::File { path: path.to_owned(), error })?;
        // The libraries that take a file apart panic at some that are damaged.
        guarded(|| Ok(read_file(&mut reader, path, file, &mut tick)))
            .map_err(|reason| not_tallies(path, reason))??;
    }
    reader.finish()
}

fn not_tallies(path: &Path, reason: impl std::fmt::Display) -> TalliesError {
    let origin = path.display().to_string();
    TalliesError::NotTallies { origin, reason: reason.to_string() }
}

fn read_file(
    reader: &mut TalliesReader,
    path: &Path,
    file: File,
    tick: &mut impl FnMut(usize),
) -> Result<(), TalliesError> {
    let origin = path.display().to_string();
    let ColumnFile { schema, batches } =
        open_columns(file, ROWS_READ).map_err(|reason| not_tallies(path, reason))?;
    reader.begin(&origin, &schema)?;
    for batch in batches {
        let batch = batch.map_err(|error| not_tallies(path, damaged(error)))?;
        tick(batch.num_rows());
        reader.add(&origin, &batch)?;
    }
    Ok(())
}

/// The files that a name stands for: a file, a folder (its `.parquet`, `.arrow` and `.feather` files),
/// or a path whose last part holds `*` or `?`. Sorted.
///
/// # Errors
/// Nothing stands there; whatever the file system says.
pub fn find_tallies(name: &str) -> Result<Vec<PathBuf>, TalliesError> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let missing = || TalliesError::Missing { name: name.to_owned() };
    let (folder, pattern) = if path.is_dir() {
        (path, None)
    } else {
        let pattern = path.file_name().and_then(|name| name.to_str()).ok_or_else(missing)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        (folder.unwrap_or(Path::new(".")), Some(wildcard(pattern).ok_or_else(missing)?))
    };
    let fault = |error| TalliesError::File { path: folder.to_owned(), error };
    if !folder.is_dir() {
        return Err(missing());
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fault)? {
        let file = entry.map_err(fault)?.path();
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        let wanted = match &pattern {
            Some(pattern) => pattern.is_match(&name),
            None => [".parquet", ".arrow", ".feather"].iter().any(|end| name.ends_with(end)),
        };
        if wanted && file.is_file() && !name.starts_with('.') {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() { Err(missing()) } else { Ok(files) }
}

/// The expression of a pattern with wildcards; `None` for a plain name.
fn wildcard(pattern: &str) -> Option<regex::Regex> {
    if !pattern.contains(['*', '?']) {
        return None;
    }
    let escaped = regex::escape(pattern).replace("\\*", ".*").replace("\\?", ".");
    regex::Regex::new(&format!("^{escaped}$")).ok()
}
