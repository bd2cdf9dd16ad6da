//! Opening a corpus: what stands at the paths, what its settings say, which fields its tables have.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;

use tempfile::TempPath;

use super::fields::{FieldNames, NoGuess, ROWS_LOOKED_AT, Role, Sample};
use super::files::{Found, Place, Root, look_up};
use super::format::{Format, Kind, Rows};
use super::guard::{guarded, open_rows};
use super::language::Expected;
use super::notice::Notice;
use super::outlets::{Outlet, OutletTable};
use super::problem::{CorpusError, SkipReason};
use super::problem_summary::ProblemSummary;
use super::source::{Source, USUAL_LIMIT};
use super::warning::CorpusWarning;
use crate::text::Span;

/// How a corpus is to be read.
#[derive(Debug, Clone, Default)]
pub struct OpenOptions {
    /// Group by this field instead of the outlet: a field of the articles, a group declared of the
    /// outlets, or one of `event`, `date`, `month`, `year`.
    pub by: Option<String>,
    /// Keep only these outlets (or values of `by`), by id, name or alias; empty keeps all.
    pub outlets: Vec<String>,
    /// Fields of tables, where `corpus.toml` and the guess are to be overruled.
    pub fields: FieldNames,
    /// Bytes that an article, and the page or row that it comes in, may have; 16 MiB where none is
    /// given.
    pub max_article_size: Option<usize>,
    /// Undo UTF-8 that somebody read as Windows-1252 (`â€™` for `’`); otherwise it is only said.
    pub repair: bool,
    /// Name every file and row that something is said of, not the first of each kind alone.
    pub all_problems: bool,
}

impl OpenOptions {
    fn limit(&self) -> usize {
        self.max_article_size.unwrap_or(USUAL_LIMIT).min(Span::LIMIT)
    }
}

/// A corpus that is ready to be read.
#[derive(Debug)]
pub struct Corpus {
    pub(super) roots: Vec<Root>,
    pub(super) files: Vec<SourceFile>,
    pub(super) table: OutletTable,
    pub(super) options: OpenOptions,
    /// The languages that articles are expected in; none keeps all.
    pub(super) languages: Option<Expected>,
    notices: Vec<Notice>,
    warnings: Vec<CorpusWarning>,
    /// Copies of streams, deleted with the corpus.
    copies: Vec<TempPath>,
}

/// A file to be read.
pub(super) struct SourceFile {
    pub(super) source: Source,
    /// Index of its root.
    pub(super) root: usize,
    pub(super) format: &'static Format,
    /// Fields of a table; shared, since many files have the same.
    pub(super) names: Arc<FieldNames>,
    /// Whether it is a table whose fields whoever wrote it named, and may have filled with HTML.
    pub(super) may_hold_html: bool,
    pub(super) problem: Option<Box<SkipReason>>,
}

impl std::fmt::Debug for SourceFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("SourceFile").field(&self.source.path).field(&self.problem).finish()
    }
}

/// A lexicon that `corpus.toml` names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconName {
    /// The folder of that `corpus.toml`, which a path is relative to.
    pub folder: PathBuf,
    /// Id of a built-in lexicon, or path.
    pub name: String,
}

/// Opens the corpus at the paths; `-` stands for JSON Lines on standard input.
///
/// # Errors
/// A path that isn't there or can't be read, a folder without articles, a faulty `corpus.toml`, a
/// table whose text or outlet is ambiguous, a named table without text.
pub fn open(paths: &[PathBuf], options: &OpenOptions) -> Result<Corpus, CorpusError> {
    open_with(paths, options, &mut std::io::stdin())
}

/// The same with another stream as standard input.
///
/// # Errors
/// As [`open`].
pub fn open_with(
    paths: &[PathBuf],
    options: &OpenOptions,
    input: &mut dyn Read,
) -> Result<Corpus, CorpusError> {
    let mut corpus = Corpus {
        roots: Vec::new(),
        files: Vec::new(),
        table: OutletTable::default(),
        options: options.clone(),
        notices: Vec::new(),
        warnings: Vec::new(),
        copies: Vec::new(),
        languages: None,
    };
    let mut seen = BTreeSet::new();
    for path in paths {
        let mut place = look_up(path, input)?;
        if paths.len() > 1 {
            corpus.drop_seen(&mut place, &mut seen);
        }
        corpus.add(place)?;
    }
    Ok(corpus)
}

impl Corpus {
    /// Leaves out the files that stand below a path that was named before, and says so: below another
    /// folder a file may be of another outlet, so that it would count twice.
    fn drop_seen(&mut self, place: &mut Place, seen: &mut BTreeSet<PathBuf>) {
        let real = |file: &Found| file.path.canonicalize().unwrap_or_else(|_| file.path.clone());
        let all = place.files.len();
        let first = place.files.iter().find(|file| seen.contains(&real(file)));
        let first = first.map(|file| file.path.display().to_string());
        place.files.retain(|file| !seen.contains(&real(file)));
        seen.extend(place.files.iter().map(real));
        if let Some(path) = first {
            let files = (all - place.files.len()) as u64;
            self.warnings.push(CorpusWarning::NamedTwice { path, files });
        }
    }

    fn add(&mut self, place: Place) -> Result<(), CorpusError> {
        let Place { root, files, is_file, is_whole, notices, copy } = place;
        if is_whole {
            self.warn_of_missing(&root, &files);
        }
        for notice in notices {
            if !self.notices.contains(&notice) {
                self.notices.push(notice);
            }
        }
        let index = self.root(root);
        let config_fields = self.roots[index].config.as_ref().map(|config| config.fields.clone());
        let given = self.options.fields.or(&config_fields.unwrap_or_default());
        let is_copy = copy.is_some();
        let mut names = Arc::new(FieldNames::default());
        let limit = self.options.limit();
        for Found { path, member, format, problem } in files {
            let mut file = SourceFile {
                source: Source { path, member, is_copy, limit },
                root: index,
                format,
                names: Arc::clone(&names),
                may_hold_html: false,
                problem: problem.map(Box::new),
            };
            if file.problem.is_none()
                && let Kind::Table(open) = format.kind
            {
                match open_rows(open, &file.source) {
                    Ok(rows) => self.name_fields(&mut file, rows, &given, is_file)?,
                    Err(reason) => file.problem = Some(Box::new(reason)),
                }
                names = Arc::clone(&file.names);
            }
            self.files.push(file);
        }
        self.copies.extend(copy);
        Ok(())
    }

    /// The index of a root. Many files of one folder, each named by itself, share theirs, or their
    /// outlets would be declared many times over.
    fn root(&mut self, root: Root) -> usize {
        let known = self
            .roots
            .iter()
            .position(|known| known.folder == root.folder && !root.folder.as_os_str().is_empty());
        known.unwrap_or_else(|| {
            for outlet in root.config.iter().flat_map(|config| &config.outlets) {
                self.table.add(outlet.clone());
            }
            self.roots.push(root);
            self.roots.len() - 1
        })
    }

    fn warn_of_missing(&mut self, root: &Root, files: &[Found]) {
        let Some(config) = &root.config else { return };
        let present: BTreeSet<String> = files.iter().map(|file| root.below(&file.path)).collect();
        for path in config.by_path.keys().filter(|path| !present.contains(*path)) {
            self.warnings.push(CorpusWarning::ListedArticleMissing {
                config: root.config_path.display().to_string(),
                path: path.clone(),
            });
        }
    }

    /// Finds out which field of a table holds what.
    fn name_fields(
        &mut self,
        file: &mut SourceFile,
        rows: Rows,
        given: &FieldNames,
        is_named: bool,
    ) -> Result<(), CorpusError> {
        if rows.is_named {
            file.names = Arc::new(FieldNames::own(&rows.header, given));
            return Ok(());
        }
        file.may_hold_html = true;
        let mut sample = Sample::default();
        let mut seen = BTreeSet::new();
        for field in &rows.header {
            sample.header(field);
            if !seen.insert(field) {
                let (path, field) = (file.source.shown(), field.clone());
                self.warnings.push(CorpusWarning::RepeatedField { path, field });
            }
        }
        let mut any = false;
        for (_, row) in rows.rows.take(ROWS_LOOKED_AT) {
            any = true;
            if let Ok(row) = row.and_then(|row| guarded(|| row.read())) {
                sample.row(&row.values);
            }
        }
        if !any {
            file.problem = Some(Box::new(SkipReason::NoRows));
            return Ok(());
        }
        if sample.fields().is_empty() {
            // No sound row: each will say for itself what is wrong.
            file.names = Arc::new(given.clone());
            return Ok(());
        }
        match sample.guess(given) {
            Ok(names) => {
                self.warn_of_missing_fields(file, given, &sample);
                self.note_guess(file, &names, given, &sample);
                if *file.names != names {
                    file.names = Arc::new(names);
                }
            }
            Err(NoGuess::Ambiguous { role, candidates }) => {
                let path = file.source.shown();
                return Err(CorpusError::AmbiguousField { path, role, candidates });
            }
            Err(NoGuess::NoText { wanted, fields }) if is_named => {
                let path = file.source.shown();
                return Err(CorpusError::NoTextField { path, wanted, fields });
            }
            Err(NoGuess::NoText { wanted, fields }) => {
                file.problem = Some(Box::new(SkipReason::NoTextField { wanted, fields }));
            }
        }
        Ok(())
    }

    fn warn_of_missing_fields(&mut self, file: &SourceFile, given: &FieldNames, sample: &Sample) {
        let fields = sample.fields();
        for (role, field) in given.iter() {
            if !fields.iter().any(|known| known == field) {
                self.warnings.push(CorpusWarning::NamedFieldMissing {
                    path: file.source.shown(),
                    role,
                    field: field.to_owned(),
                    fields: fields.clone(),
                });
            }
        }
    }

    fn note_guess(
        &mut self,
        file: &SourceFile,
        found: &FieldNames,
        given: &FieldNames,
        sample: &Sample,
    ) {
        let guessed: Vec<Role> =
            found.iter().map(|(role, _)| role).filter(|role| given.get(*role).is_none()).collect();
        if guessed.is_empty() {
            return;
        }
        for notice in &mut self.notices {
            if let Notice::FieldsGuessed { files, names, others, .. } = notice
                && names == found
            {
                *files += 1;
                let known: BTreeSet<String> = others.iter().cloned().collect();
                let more = sample
                    .fields()
                    .into_iter()
                    .filter(|field| found.role_of(field).is_none() && !known.contains(field));
                others.extend(more);
                others.sort();
                return;
            }
        }
        let mut others = sample.fields();
        others.retain(|field| found.role_of(field).is_none());
        self.notices.push(Notice::FieldsGuessed {
            files: 1,
            first: file.source.shown(),
            names: found.clone(),
            guessed,
            others,
        });
    }

    /// The path of a file below its root, by its index.
    pub(super) fn path_below(&self, file: usize) -> String {
        let file = self.files.get(file);
        let root = file.and_then(|file| self.roots.get(file.root));
        file.zip(root).map(|(file, root)| root.below(&file.source.path)).unwrap_or_default()
    }

    /// Leaves out articles that are clearly in none of these languages (BCP 47 tags), those of the
    /// lexicons. A language that can't be told from others keeps every article.
    pub fn expect_languages<'a>(&mut self, tags: impl IntoIterator<Item = &'a str>) {
        self.languages = Expected::of(tags);
    }

    /// The title that `corpus.toml` gives.
    pub fn title(&self) -> Option<&str> {
        self.roots.iter().find_map(|root| root.config.as_ref()?.title.as_deref())
    }

    /// The lexicons that `corpus.toml` names.
    pub fn lexicons(&self) -> Vec<LexiconName> {
        let named = |root: &Root| {
            let names = root.config.iter().flat_map(|config| config.lexicons.clone());
            let folder = root.folder.clone();
            names.map(|name| LexiconName { folder: folder.clone(), name }).collect::<Vec<_>>()
        };
        self.roots.iter().flat_map(named).collect()
    }

    /// The outlets that `corpus.toml` declares; others are made as articles name them.
    pub fn outlets(&self) -> &[Outlet] {
        self.table.all()
    }

    /// What was assumed or left aside: fields guessed, files ignored.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// A summary for what is said of its files and rows, empty.
    pub fn problem_summary(&self) -> ProblemSummary {
        ProblemSummary { every: self.options.all_problems, ..ProblemSummary::default() }
    }

    /// What `corpus.toml` or the options name that isn't there.
    pub fn warnings(&self) -> &[CorpusWarning] {
        &self.warnings
    }

    /// The field that articles are grouped by, where it is not the outlet.
    pub fn by(&self) -> Option<&str> {
        self.options.by.as_deref().filter(|by| *by != Role::Outlet.name())
    }

    /// The name to show for the `outlet` of an article.
    pub fn display_name<'a>(&'a self, outlet: &'a str) -> &'a str {
        match self.by() {
            None => self.table.get(outlet).map_or(outlet, |outlet| &outlet.name),
            Some(_) => outlet,
        }
    }

    /// Declared outlets, and outlets that were asked for, that no article is of. `seen` holds the
    /// `outlet` of every article that was read.
    pub fn outlets_without_articles(&self, seen: &BTreeSet<String>) -> Vec<CorpusWarning> {
        if self.by().is_some() {
            return Vec::new();
        }
        let wanted: Vec<String> = match &self.options.outlets[..] {
            [] => self.table.all().iter().map(|outlet| outlet.id.clone()).collect(),
            named => named
                .iter()
                .map(|name| self.table.get(name).map_or(name, |outlet| &outlet.id).clone())
                .collect(),
        };
        let seen: BTreeSet<String> = seen.iter().map(|id| super::outlets::folded(id)).collect();
        wanted
            .into_iter()
            .filter(|outlet| !seen.contains(&super::outlets::folded(outlet)))
            .map(|outlet| CorpusWarning::OutletWithoutArticles { outlet })
            .collect()
    }
}
