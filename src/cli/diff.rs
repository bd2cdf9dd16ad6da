//! `parallax diff`: what changed between two saved reports, and why.

use std::process::ExitCode;

use anyhow::Context;
use parallax::diff::diff;
use parallax::render::{self, View};
use parallax::report::Report;
use parallax::store::{load_report, resolve_report};

use super::options::{Format, OutputOptions, VoiceName};
use super::{FOUND, output};

/// Arguments of `parallax diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The first report: a file, or a name under reports/
    old: String,

    /// The second report
    new: String,

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
}

/// Compares the reports and writes the result.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let old = load(&arguments.old)?;
    let new = load(&arguments.new)?;
    let record = diff(&old, &new, None);
    let file = arguments.output.output.as_deref();
    let view = View {
        per: f64::from(arguments.per),
        width: output::width(),
        color: output::coloured(file),
        voice: arguments.voice.map(Into::into),
        ..View::default()
    };
    let mut shown = Vec::new();
    render::render_diff(&record, &view, arguments.format.into(), &mut shown)?;
    output::write(&String::from_utf8(shown)?, file)?;
    let found = arguments.exit_code && record.changed;
    Ok(if found { ExitCode::from(FOUND) } else { ExitCode::SUCCESS })
}

fn load(name: &str) -> anyhow::Result<Report> {
    let path = resolve_report(name)?;
    load_report(&path).with_context(|| format!("can't compare {name}"))
}
