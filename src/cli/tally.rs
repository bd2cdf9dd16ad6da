//! `parallax tally`: articles to a file of tallies, and tallies to a report.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::Context;
use parallax::corpus::ProblemSummary;
use parallax::events::Chosen;
use parallax::report::{Report, Request, Setup, make, make_from_sums};
use parallax::store::overflow;
use parallax::store::tallies::{Header, Level, TallyWriter, find_tallies, read_tallies};
use parallax::tally::{SampleRule, Tallies};

use super::options::CorpusOptions;
use super::run::{
    Prepared, engine_with, open_corpus, prepare, progress, say_problems, say_spilled,
};
use super::{inputs, say};

/// Arguments of `parallax tally`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    corpus: CorpusOptions,

    /// The file to write: .parquet, .arrow or .feather
    #[arg(long, short = 'o', value_name = "FILE", required = true)]
    output: PathBuf,

    /// Seed of the sample of sentences, and of the reports that are made from the file
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Sentences that are kept for each cell of the evidence
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    evidence: u16,

    /// Sums alone instead of a row an article: small whatever the corpus, but without tests that
    /// shuffle articles, evidence and diffs; copies are found within this run only
    #[arg(long)]
    sums: bool,
}

/// Counts the articles and writes the file.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    inputs::spare(
        (Some(&arguments.output), inputs::Written::Other),
        inputs::of(&arguments.corpus),
    )?;
    let Prepared { corpus, engine } = prepare(&arguments.corpus)?;
    let rule = SampleRule { seed: arguments.seed, per_cell: usize::from(arguments.evidence) };
    let setup = Setup::of(&corpus, &arguments.corpus.outlet);
    let level = if arguments.sums { Level::Sums } else { Level::Articles };
    let header = Header::new(&engine, level, rule, setup);
    let mut writer = TallyWriter::new(&arguments.output, &header)?;
    let unwritten = || format!("can't write {}", arguments.output.display());
    let bar = progress(arguments.corpus.quiet);
    let mut problems = corpus.problem_summary();
    let articles = AtomicU64::new(0);
    let tick = || {
        articles.fetch_add(1, Ordering::Relaxed);
        bar.inc(1);
    };
    let sums = if arguments.sums {
        let (sums, noticed) = engine.sum_corpus(&corpus, tick);
        problems = noticed;
        Some(sums)
    } else {
        let write = |tallies: Tallies, noticed: ProblemSummary| {
            problems.merge(noticed);
            writer.write(tallies, Vec::new())
        };
        engine.tally_in_batches(&corpus, rule, tick, write).with_context(unwritten)?;
        None
    };
    bar.finish_and_clear();
    say_problems(&arguments.corpus, &problems)?;
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    let articles = articles.into_inner();
    anyhow::ensure!(articles > 0, "there is no usable article");
    match sums {
        Some(sums) => writer.write_sums(sums, problems.counts()),
        None => writer.write(Tallies::default(), problems.counts()),
    }
    .and_then(|()| writer.finish())
    .with_context(unwritten)?;
    say(
        arguments.corpus.quiet,
        format_args!("{articles} articles tallied: {}", arguments.output.display()),
    );
    Ok(ExitCode::SUCCESS)
}

/// The report of files of tallies, of which so many bytes are held in memory; `request` gets the rule by
/// which their sentences were sampled.
pub fn report(
    (names, memory): (&[String], usize),
    output: Option<&Path>,
    options: &CorpusOptions,
    request: impl FnOnce(SampleRule) -> anyhow::Result<Request>,
) -> anyhow::Result<Report> {
    let mut paths = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names {
        for path in find_tallies(name)? {
            if seen.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                paths.push(path);
            } else {
                let path = path.display();
                say(options.quiet, format_args!("note: {path} is named twice, and read once"));
            }
        }
    }
    inputs::spare((output, inputs::Written::Report), &paths)?;
    super::run::start_threads(options)?;
    let bar = progress(options.quiet);
    let counted = read_tallies(&paths, Some(overflow(memory)), |rows| bar.inc(rows as u64));
    bar.finish_and_clear();
    let counted = counted?;
    say_spilled(options, counted.tallies.spilled());
    let request = request(counted.header.rule)?;
    let inventory = counted.header.inventory();
    let with = (&inventory, counted.header.tool.layout.as_str());
    let setup = &counted.header.setup;
    // What the articles of chosen events wrote stands in no tally: it is read from them again.
    let as_tallied = CorpusOptions {
        by: setup.by.clone(),
        outlet: setup.only.clone(),
        cues: options.cues.clone(),
        quiet: options.quiet,
        ..CorpusOptions::of_paths(options.paths.clone(), options.field.clone())
    };
    let texts = (!options.paths.is_empty()).then(|| open_corpus(&as_tallied)).transpose()?;
    let reader = texts.as_ref().map(|corpus| {
        let lexicons = counted.header.lexicons.clone();
        engine_with(&as_tallied, corpus, lexicons).map(|engine| (corpus, engine))
    });
    let reader = reader.transpose()?;
    let tell = |chosen: &Chosen| {
        reader.as_ref().map(|(corpus, engine)| engine.told(corpus, chosen)).unwrap_or_default()
    };
    let problems = &counted.problems;
    let made = match counted.header.level {
        Level::Articles => make(counted.tallies, problems, with, setup, &request, tell),
        Level::Sums => make_from_sums(counted.sums, problems, with, setup, &request),
    };
    made.context("no report can be made from these tallies")
}
