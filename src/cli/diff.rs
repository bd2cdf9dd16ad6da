//! `parallax diff`: what changed between two saved reports, and why.

use std::process::ExitCode;

use anyhow::Context;
use parallax::diff::diff;
use parallax::diff::rule::{Reading, Rule, RuleError, parse};
use parallax::render::{self, View};
use parallax::report::Report;
use parallax::store::{load_report, resolve_report};

use super::faults::visible;
use super::options::{Format, OutputOptions, VoiceName};
use super::recount::{RecountOptions, recount};
use super::{FOUND, inputs, output, say};

/// Arguments of `parallax diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The first report: a file, or a name under reports/
    old: String,

    /// The second report
    new: String,

    #[command(flatten)]
    recount: RecountOptions,

    #[command(flatten)]
    output: OutputOptions,

    /// The form of the result
    #[arg(long, short = 'f', value_enum, default_value_t = Format::Terminal)]
    format: Format,

    /// The voice that tables show, instead of "worded"
    #[arg(long, value_enum, value_name = "VOICE")]
    voice: Option<VoiceName>,

    /// Show rates per this many words; JSON and CSV are always per 1,000
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    per: u32,

    /// Exit with 1 if anything changed
    #[arg(long)]
    exit_code: bool,

    /// Exit with 1 if this rule holds, for instance 'rate(ideology-label, own) > 2.0' or
    /// 'change(ideology-label) > 20%' (repeatable)
    #[arg(long, value_name = "RULE")]
    fail_on: Vec<String>,

    /// Say nothing but results and errors
    #[arg(long, short = 'q')]
    quiet: bool,
}

/// Compares the reports and writes the result.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = arguments
        .fail_on
        .iter()
        .map(|rule| Ok((rule.as_str(), parse(rule)?)))
        .collect::<Result<Vec<_>, RuleError>>()?;
    let file = arguments.output.output.as_deref();
    let reports = [&arguments.old, &arguments.new].map(|name| resolve_report(name));
    inputs::spare((file, inputs::Written::Report), reports.into_iter().flatten())?;
    let (old, new) = rayon::join(|| load(&arguments.old), || load(&arguments.new));
    let (old, new) = (old?, new?);
    let again = recount(&arguments.recount, &old, &new, arguments.quiet)?;
    let record = diff(&old, &new, again.as_ref());
    let view = View {
        per: f64::from(arguments.per),
        width: output::width(),
        color: output::coloured(file),
        voice: arguments.voice.map(Into::into),
        ..View::default()
    };
    let mut shown = Vec::new();
    render::render_diff(&record, &view, arguments.format.into(), &mut shown)?;
    output::write_as(arguments.format, &String::from_utf8(shown)?, file)?;
    let broken = broken_rules(&rules, &Reading::new(&old, &new))?;
    let found = arguments.exit_code && record.changed;
    Ok(if found || broken > 0 { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

/// How many rules hold; each is said on standard error, quiet or not, since a build stops for it.
fn broken_rules(rules: &[(&str, Rule)], reading: &Reading<'_>) -> anyhow::Result<usize> {
    let mut broken = 0;
    for (written, rule) in rules {
        let outcome = rule.evaluate(written, reading)?;
        if outcome.holds {
            broken += 1;
            say(false, format_args!("rule holds: {written}"));
            for reason in &outcome.because {
                say(false, format_args!("  {}", visible(reason)));
            }
        }
    }
    Ok(broken)
}

fn load(name: &str) -> anyhow::Result<Report> {
    let path = resolve_report(name)?;
    load_report(&path).with_context(|| format!("can't compare {name}"))
}
