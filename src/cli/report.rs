//! `parallax report`: the framing report of a corpus.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::ExitCode;

use parallax::render::{self, TableName, View};
use parallax::report::{Inputs, OutletInfo, Report, Settings, WarningRow, build};
use parallax::statistics::permutation::DRAWS;
use parallax::tally::SampleRule;

use super::options::{CorpusOptions, Format, OutputOptions, VoiceName};
use super::run::{Prepared, prepare, progress, say_problems};
use super::{output, say};

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

    /// Seed of every shuffle and sample
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,

    /// Sentences that are kept for each cell of the evidence
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=1000))]
    evidence: u16,

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
    let prepared = prepare(&arguments.corpus)?;
    let report = make(arguments, &prepared)?;
    if let Some(name) = &arguments.save {
        let page =
            render::html(&report, &View { per: f64::from(arguments.per), ..View::default() });
        for (ending, text) in [("json", &render::record(&report)?), ("html", &page)] {
            let path = Path::new("reports").join(format!("{name}.{ending}"));
            output::write(text, Some(&path))?;
            say(arguments.corpus.quiet, format_args!("saved: {}", path.display()));
        }
    }
    let shown = show(arguments, &report)?;
    output::write_as(arguments.format, &shown, arguments.output.output.as_deref())?;
    Ok(ExitCode::SUCCESS)
}

fn make(arguments: &Arguments, prepared: &Prepared) -> anyhow::Result<Report> {
    let Prepared { corpus, engine } = prepared;
    let rule = SampleRule { seed: arguments.seed, per_cell: usize::from(arguments.evidence) };
    let bar = progress(arguments.corpus.quiet);
    let (mut tallies, mut problems) = engine.tally_corpus(corpus, rule, || bar.inc(1));
    bar.finish_and_clear();
    say_problems(&arguments.corpus, &problems)?;
    // These were said when the corpus was opened.
    corpus.warnings().iter().cloned().for_each(|warning| problems.warn(warning));
    anyhow::ensure!(!tallies.articles().is_empty(), "there is no usable article");
    let duplicates = tallies.finish();
    let seen: BTreeSet<String> =
        tallies.articles().iter().map(|article| article.outlet.clone()).collect();
    let absent = corpus.outlets_without_articles(&seen);
    for warning in &absent {
        say(arguments.corpus.quiet, format_args!("warning: {warning}"));
    }
    known_outlets(&arguments.compare, &seen)?;
    let mut outlets: Vec<OutletInfo> = seen
        .iter()
        .map(|id| OutletInfo {
            id: id.clone(),
            name: corpus.display_name(id).to_owned(),
            ..OutletInfo::default()
        })
        .collect();
    if corpus.by().is_none() {
        for outlet in corpus.outlets() {
            let info = OutletInfo {
                id: outlet.id.clone(),
                name: outlet.name.clone(),
                groups: outlet.groups.clone(),
            };
            match outlets.iter_mut().find(|known| known.id == outlet.id) {
                Some(known) => *known = info,
                None if arguments.corpus.outlet.is_empty() => outlets.push(info),
                None => {}
            }
        }
    }
    let report = build(Inputs {
        tallies: &tallies,
        duplicates: &duplicates,
        inventory: engine.inventory(),
        outlets: &outlets,
        settings: settings(arguments, corpus),
        layout: engine.layout_fingerprint().to_owned(),
        warnings: warnings(&problems),
    });
    for warning in &report.warnings {
        if warning.code == "duplicates" {
            say(arguments.corpus.quiet, format_args!("warning: {}", warning.message));
        }
    }
    Ok(report)
}

fn known_outlets(pairs: &[[String; 2]], seen: &BTreeSet<String>) -> anyhow::Result<()> {
    for name in pairs.iter().flatten() {
        let known: Vec<&str> = seen.iter().map(String::as_str).take(20).collect();
        anyhow::ensure!(
            seen.contains(name),
            "--compare: there is no outlet `{name}`; there are: {}",
            known.join(", ")
        );
    }
    Ok(())
}

fn settings(arguments: &Arguments, corpus: &parallax::corpus::Corpus) -> Settings {
    let mut outlets = arguments.corpus.outlet.clone();
    outlets.sort();
    Settings {
        by: corpus.by().unwrap_or("outlet").to_owned(),
        title: corpus.title().map(str::to_owned),
        outlets,
        compare: arguments.compare.clone(),
        alpha: arguments.alpha,
        seed: arguments.seed,
        correction: if arguments.confirmatory { "holm" } else { "bh" }.to_owned(),
        evidence: u64::from(arguments.evidence),
        draws: DRAWS,
    }
}

/// The kinds of problems with how often they came up; places go to standard error alone, since they
/// hold names of the machine.
fn warnings(problems: &parallax::corpus::ProblemSummary) -> Vec<WarningRow> {
    let row = |code: &str, count: u64, message: String| WarningRow {
        code: code.to_owned(),
        outlet: None,
        count,
        message,
    };
    let skipped = problems.skipped.iter().flat_map(|(code, cases)| {
        let first = cases.first.first()?;
        Some(row(code, cases.number, format!("left out: {}", first.reason)))
    });
    let warned = problems
        .warnings
        .iter()
        .flat_map(|(code, cases)| Some(row(code, cases.number, cases.first.first()?.what())));
    skipped.chain(warned).collect()
}

fn show(arguments: &Arguments, report: &Report) -> anyhow::Result<String> {
    let file = arguments.output.output.as_deref();
    let view = View {
        per: f64::from(arguments.per),
        width: output::width(),
        color: output::coloured(file),
        word_level: arguments.word_level,
        voice: arguments.voice.map(Into::into),
        table: arguments.table.as_deref().and_then(TableName::named),
        ..View::default()
    };
    let mut shown = Vec::new();
    render::render(report, &view, arguments.format.into(), &mut shown)?;
    Ok(String::from_utf8(shown)?)
}
