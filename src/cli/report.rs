//! `parallax report`: the framing report of a corpus.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::process::ExitCode;

use parallax::corpus::Corpus;
use parallax::pipeline::Engine;
use parallax::render::{self, TableName, View};
use parallax::report::{Report, Request, Setup, make_from_sums};
use parallax::store::{Contents, overflow, write_together};
use parallax::tally::SampleRule;

use super::options::{CorpusOptions, Format, OutputOptions, VoiceName, size};
use super::run::{Prepared, prepare, progress, say_problems, say_spilled};
use super::stories::StoryOptions;
use super::{inputs, output, say};

/// Arguments of `parallax report`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    corpus: CorpusOptions,

    #[command(flatten)]
    output: OutputOptions,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,

    /// Only this table
    #[arg(long, value_name = "NAME", value_parser = clap::builder::PossibleValuesParser::new(TableName::ALL.iter().map(|table| table.name())))]
    table: Option<String>,

    #[command(flatten)]
    stories: StoryOptions,

    /// The voice that tables show, instead of "worded"
    #[arg(long, value_enum, value_name = "VOICE")]
    voice: Option<VoiceName>,

    /// Compare these two outlets (repeatable), instead of every pair
    #[arg(long, value_name = "A,B", value_parser = pair)]
    compare: Vec<[String; 2]>,

    /// Show rates per this many words; the JSON is always per 1,000
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    per: u32,

    /// Level of the tests; intervals are 1 − A
    #[arg(long, value_name = "A", default_value_t = 0.05, value_parser = level)]
    alpha: f64,

    /// Seed of every shuffle and sample [default: 1, or that of the tallies]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// Sentences that are kept for each cell of the evidence [default: 10, or as in the tallies]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1000))]
    evidence: Option<u16>,

    /// Files of `parallax tally` instead of articles: a file, a folder, or a pattern like
    /// 'parts/*.parquet' (repeatable); PATHs then only serve to set sentences side by side
    #[cfg(feature = "parquet")]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["lexicon", "by", "outlet"])]
    tallies: Vec<String>,

    /// Memory for what is counted, about; what is more goes to a temporary file (in TMPDIR). The result
    /// does not depend on it
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "1G")]
    memory: usize,

    /// Keep sums alone while reading: for corpora whose articles' counts don't fit in memory. Without
    /// tests that shuffle articles, evidence, events and diffs
    #[cfg_attr(feature = "parquet", arg(long, conflicts_with = "tallies"))]
    #[cfg_attr(not(feature = "parquet"), arg(long))]
    sums: bool,

    /// Correct with Holm's method, for a hypothesis that was written down beforehand
    #[arg(long)]
    confirmatory: bool,

    /// Show word-level scores too; they take words as independent and are descriptive
    #[arg(long)]
    word_level: bool,

    /// Save the report as reports/NAME.json and, as a page, reports/NAME.html
    #[arg(long, value_name = "NAME", value_parser = report_name)]
    save: Option<String>,
}

fn pair(written: &str) -> Result<[String; 2], String> {
    match written.split_once(',').map(|(a, b)| (a.trim(), b.trim())) {
        Some((a, b)) if a == b => Err("an outlet can't be compared with itself".to_owned()),
        Some((a, b)) if !a.is_empty() && !b.is_empty() => Ok([a.to_owned(), b.to_owned()]),
        _ => Err("write two outlets with a comma between them: A,B".to_owned()),
    }
}

fn level(written: &str) -> Result<f64, String> {
    let level: f64 = written.parse().map_err(|_| "not a number".to_owned())?;
    if level > 0.0 && level < 1.0 {
        Ok(level)
    } else {
        Err("a level lies between 0 and 1, for instance 0.05".to_owned())
    }
}

fn report_name(written: &str) -> Result<String, String> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if !written.is_empty() && written.chars().all(plain) && !written.starts_with('.') {
        Ok(written.to_owned())
    } else {
        Err("a name holds letters, digits, hyphens, underscores and full stops".to_owned())
    }
}

/// Makes the report and writes it.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // To take it apart again would be for nothing: the process ends.
    let report = ManuallyDrop::new(make(arguments)?);
    for warning in report.warnings.iter().filter(|warning| warning.code == "duplicates") {
        say(arguments.corpus.quiet, format_args!("warning: {}", warning.message));
    }
    if let Some(name) = &arguments.save {
        let page =
            render::html(&report, &View { per: f64::from(arguments.per), ..View::default() });
        let path = |ending| Path::new("reports").join(format!("{name}.{ending}"));
        let whole = View::default();
        let json =
            |file: &mut dyn Write| render::render(&report, &whole, render::Format::Json, file);
        let files: [(_, Contents<'_>); 2] = [
            (path("json"), Box::new(json)),
            (path("html"), Box::new(|file| file.write_all(page.as_bytes()))),
        ];
        write_together(&files).map_err(|(path, error)| {
            anyhow::Error::new(error).context(format!("can't write {}", path.display()))
        })?;
        for ending in ["json", "html"] {
            let path = path(ending);
            say(arguments.corpus.quiet, format_args!("saved: {}", path.display()));
        }
    }
    let file = arguments.output.output.as_deref();
    let view = view(arguments);
    let render =
        |output: &mut dyn Write| render::render(&report, &view, arguments.format.into(), output);
    if arguments.format == Format::Json && !output::is_shown(file) {
        output::stream(file, render)?;
    } else {
        let mut shown = Vec::new();
        render(&mut shown)?;
        output::write_as(arguments.format, &String::from_utf8(shown)?, file)?;
    }
    match report.articles.fault() {
        Some(fault) => Err(fault.clone().into()),
        None => Ok(ExitCode::SUCCESS),
    }
}

fn make(arguments: &Arguments) -> anyhow::Result<Report> {
    let output = arguments.output.output.as_deref();
    inputs::spare((output, inputs::Written::Report), inputs::of(&arguments.corpus))?;
    #[cfg(feature = "parquet")]
    if !arguments.tallies.is_empty() {
        let names = (&arguments.tallies[..], arguments.memory);
        return super::tally::report(names, output, &arguments.corpus, |made| {
            request(arguments, Some(made))
        });
    }
    let Prepared { corpus, engine } = prepare(&arguments.corpus)?;
    // Taking its tables apart would take longer than many a report; the process ends soon.
    let engine = ManuallyDrop::new(engine);
    let request = request(arguments, None)?;
    if arguments.sums {
        return make_of_sums(arguments, &corpus, &engine, &request);
    }
    let bar = progress(arguments.corpus.quiet);
    let keep = (request.keep(), Some(overflow(arguments.memory)));
    let counted = engine.tally_corpus(&corpus, request.rule, keep, || bar.inc(1));
    bar.finish_and_clear();
    let (tallies, mut problems) = counted?;
    say_spilled(&arguments.corpus, tallies.spilled());
    say_problems(&arguments.corpus, &problems)?;
    // These were said when the corpus was opened.
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    let seen = tallies.outlets();
    for warning in corpus.outlets_without_articles(&seen) {
        say(arguments.corpus.quiet, format_args!("warning: {warning}"));
    }
    if tallies.articles().is_empty() {
        return Err(super::run::nothing_usable(&arguments.corpus));
    }
    let setup = Setup::of(&corpus, &arguments.corpus.outlet);
    let with = (engine.inventory(), engine.layout_fingerprint());
    Ok(parallax::report::make(tallies, &problems.counts(), with, &setup, &request, |chosen| {
        engine.told(&corpus, chosen)
    })?)
}

/// The report of a corpus of which sums alone are kept.
fn make_of_sums(
    arguments: &Arguments,
    corpus: &Corpus,
    engine: &Engine,
    request: &Request,
) -> anyhow::Result<Report> {
    let bar = progress(arguments.corpus.quiet);
    let (sums, mut problems) = engine.sum_corpus(corpus, || bar.inc(1));
    bar.finish_and_clear();
    say_problems(&arguments.corpus, &problems)?;
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    let seen = sums.outlets().map(str::to_owned).collect();
    for warning in corpus.outlets_without_articles(&seen) {
        say(arguments.corpus.quiet, format_args!("warning: {warning}"));
    }
    if seen.is_empty() {
        return Err(super::run::nothing_usable(&arguments.corpus));
    }
    let setup = Setup::of(corpus, &arguments.corpus.outlet);
    let with = (engine.inventory(), engine.layout_fingerprint());
    Ok(make_from_sums(sums, &problems.counts(), with, &setup, request)?)
}

/// What is asked for; the sample of sentences can't be another than that of the tallies.
fn request(arguments: &Arguments, made: Option<SampleRule>) -> anyhow::Result<Request> {
    let usual = made.unwrap_or_default();
    let rule = SampleRule {
        seed: arguments.seed.unwrap_or(usual.seed),
        per_cell: arguments.evidence.map_or(usual.per_cell, usize::from),
    };
    if let Some(made) = made {
        anyhow::ensure!(
            rule.seed == made.seed && rule.per_cell <= made.per_cell,
            "the tallies hold {} sentences a cell, sampled with seed {}; ask for no other, or tally \
             again with --seed and --evidence",
            made.per_cell,
            made.seed
        );
    }
    Ok(Request {
        compare: arguments.compare.clone(),
        alpha: arguments.alpha,
        rule,
        confirmatory: arguments.confirmatory,
        events: arguments.stories.events.into(),
        event: arguments.stories.event.clone(),
    })
}

fn view(arguments: &Arguments) -> View {
    let file = arguments.output.output.as_deref();
    View {
        per: f64::from(arguments.per),
        width: output::width(),
        color: output::coloured(file),
        word_level: arguments.word_level,
        voice: arguments.voice.map(Into::into),
        table: arguments.table.as_deref().and_then(TableName::named),
        ..View::default()
    }
}
