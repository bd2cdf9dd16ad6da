//! What every command that reads a corpus does first.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::Context;
use parallax::corpus::{Corpus, FieldNames, FieldSyntax, Item, OpenOptions, ProblemSummary, open};
use parallax::layout::Layouter;
use parallax::lexicon::Lexicon;
use parallax::pipeline::Engine;
use parallax::store::{self, engine_for, lexicon_names, load_lexicons, read_cues};

use super::options::CorpusOptions;
use super::{memory, say};

/// A corpus and what it is read with.
pub struct Prepared {
    /// The corpus.
    pub corpus: Corpus,
    /// The engine.
    pub engine: Engine,
}

/// Opens the corpus, loads the lexicons and compiles them.
pub fn prepare(options: &CorpusOptions) -> anyhow::Result<Prepared> {
    start_threads(options)?;
    let (corpus, layouter) =
        rayon::join(|| open_corpus(options), || layouter(options.cues.as_ref()));
    let mut corpus = corpus?;
    let engine = engine(options, &corpus, layouter)?;
    if !options.any_language {
        let lexicons = engine.inventory().lexicons().iter();
        corpus.expect_languages(lexicons.map(|lexicon| lexicon.language.as_str()));
    }
    Ok(Prepared { corpus, engine })
}

/// As many threads as are asked for, this one among them: it would only wait for the others.
pub fn start_threads(options: &CorpusOptions) -> anyhow::Result<()> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.map_or(0, usize::from))
        .use_current_thread()
        .start_handler(|_| memory::grow_heap())
        .build_global();
    threads.context("can't start the threads")
}

/// Opens the corpus and says what was assumed.
pub fn open_corpus(options: &CorpusOptions) -> anyhow::Result<Corpus> {
    let fields = fields(&options.field)?;
    let corpus = open(
        &options.paths,
        &OpenOptions {
            by: options.by.clone(),
            outlets: options.outlet.clone(),
            fields,
            max_article_size: options.max_article_size,
            all_problems: options.all_warnings,
            repair: options.repair,
        },
    )?;
    for notice in corpus.notices() {
        say(options.quiet, format_args!("note: {}", super::faults::line(&notice.to_string())));
    }
    for warning in corpus.warnings() {
        say(options.quiet, format_args!("warning: {}", super::faults::line(&warning.to_string())));
    }
    Ok(corpus)
}

fn fields(written: &[String]) -> Result<FieldNames, FieldSyntax> {
    FieldNames::parse(written)
}

fn engine(
    options: &CorpusOptions,
    corpus: &Corpus,
    layouter: anyhow::Result<Layouter>,
) -> anyhow::Result<Engine> {
    let names = lexicon_names(corpus, &options.lexicon);
    let of_config = options.lexicon.is_empty() && !names.is_empty();
    let lexicons = load_lexicons(&names).map_err(|error| match of_config {
        true => anyhow::Error::new(error).context("`lexicons` in corpus.toml"),
        false => error.into(),
    })?;
    Ok(engine_for(corpus, lexicons, layouter?)?)
}

/// An engine for these lexicons.
pub fn engine_with(
    options: &CorpusOptions,
    corpus: &Corpus,
    lexicons: Vec<Lexicon>,
) -> anyhow::Result<Engine> {
    Ok(engine_for(corpus, lexicons, layouter(options.cues.as_ref())?)?)
}

/// The layout engine, with the built-in cues or those of a file.
pub fn layouter(cues: Option<&PathBuf>) -> anyhow::Result<Layouter> {
    let Some(path) = cues else { return Ok(store::layouter(None)?) };
    let source = read_cues(path)?;
    Ok(store::layouter(Some((&path.display().to_string(), &source)))?)
}

/// Says what was skipped and what to know of it; under `--strict` anything skipped ends the run.
pub fn say_problems(options: &CorpusOptions, problems: &ProblemSummary) -> anyhow::Result<()> {
    for line in problems.lines() {
        say(options.quiet, format_args!("warning: {}", super::faults::line(&line)));
    }
    if problems.is_cut() {
        say(options.quiet, format_args!("note: `report --all-warnings` names every one of them"));
    }
    let skipped: u64 = problems.skipped.values().map(|cases| cases.number).sum();
    anyhow::ensure!(
        !options.strict || skipped == 0,
        "files or rows that can't be used: {skipped}, and --strict is given"
    );
    Ok(())
}

/// Says that counts went to a temporary file, and how many megabytes.
pub fn say_spilled(options: &CorpusOptions, bytes: u64) {
    if bytes > 0 {
        let megabytes = bytes.div_ceil(1_000_000);
        say(
            options.quiet,
            format_args!(
                "note: counts of {megabytes} MB are kept in a temporary file in {}, since they take up \
                 more than --memory allows; the result is the same",
                std::env::temp_dir().display()
            ),
        );
    }
}

/// Why there is no article: where outlets were asked for, with those that there are.
pub fn nothing_usable(options: &CorpusOptions) -> anyhow::Error {
    let names = outlets_there(options).unwrap_or_default();
    if names.is_empty() {
        return anyhow::anyhow!("there is no usable article");
    }
    let asked: Vec<String> = options.outlet.iter().map(|name| format!("`{name}`")).collect();
    let more = if names.len() > OUTLETS_NAMED { ", …" } else { "" };
    let first: Vec<String> = names.into_iter().take(OUTLETS_NAMED).collect();
    anyhow::anyhow!(
        "--outlet: no article is of {}; there are: {}{more}",
        asked.join(", "),
        first.join(", ")
    )
}

/// How many outlets a message names, and how many articles are read to find them.
const OUTLETS_NAMED: usize = 20;
const ARTICLES_LOOKED_AT: usize = 10_000;

/// The outlets of the corpus, where some were asked for and it can be read once more.
fn outlets_there(options: &CorpusOptions) -> Option<BTreeSet<String>> {
    if options.outlet.is_empty() || options.paths.iter().any(|path| path.as_os_str() == "-") {
        return None;
    }
    let fields = fields(&options.field).ok()?;
    let all = OpenOptions { by: options.by.clone(), fields, ..OpenOptions::default() };
    let corpus = open(&options.paths, &all).ok()?;
    let outlet = |item| match item {
        Item::Article(article) => Some(article.outlet),
        _ => None,
    };
    Some(corpus.articles().take(ARTICLES_LOOKED_AT).filter_map(outlet).collect())
}

/// Every article, one at a time, in the order of the corpus.
pub fn for_each_article(
    options: &CorpusOptions,
    corpus: &Corpus,
    mut act: impl FnMut(parallax::corpus::Article) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut problems = corpus.problem_summary();
    let mut articles = 0u64;
    for item in corpus.articles() {
        match item {
            Item::Article(article) => {
                articles += 1;
                act(article)?;
            }
            Item::Skipped(skipped) => problems.skip(skipped),
            Item::Warning(warning) => problems.warn(warning),
        }
    }
    say_problems(options, &problems)?;
    if articles == 0 {
        return Err(nothing_usable(options));
    }
    Ok(())
}

/// A progress bar on a terminal, nothing elsewhere.
pub fn progress(quiet: bool) -> indicatif::ProgressBar {
    if quiet || !io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    let style =
        indicatif::ProgressStyle::with_template("{spinner} {human_pos} articles, {rate} a second");
    let bar = indicatif::ProgressBar::new_spinner();
    style.map_or(bar.clone(), |style| bar.with_style(style.with_key("rate", write_rate)))
}

/// As many digits as one can make use of: `2,341`, `3.4`.
fn write_rate(state: &indicatif::ProgressState, line: &mut dyn std::fmt::Write) {
    let rate = state.per_sec();
    // A bar that can't be drawn is no reason to stop.
    let _ = match rate {
        rate if rate < 10.0 => write!(line, "{rate:.1}"),
        rate => write!(line, "{}", indicatif::HumanCount(rate.round() as u64)),
    };
}
