//! `parallax init`: a first corpus.toml.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use parallax::corpus::{FieldNames, OpenOptions, survey};

use super::faults::visible;
use super::{output, say};

/// Arguments of `parallax init`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the corpus, or a file of it
    #[arg(value_name = "PATH")]
    path: PathBuf,

    /// Which column holds what, for tables: text=content, outlet=source, date=… (repeatable)
    #[arg(long, value_name = "ROLE=NAME")]
    field: Vec<String>,

    /// Write to this file instead of corpus.toml in the folder; - is standard output
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace a corpus.toml that is there already
    #[arg(long)]
    force: bool,

    /// Say nothing but errors
    #[arg(long, short = 'q')]
    quiet: bool,
}

/// Looks the corpus over and writes what it found.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let fields = FieldNames::parse(&arguments.field)?;
    let survey = survey(
        std::slice::from_ref(&arguments.path),
        &OpenOptions { fields, ..OpenOptions::default() },
    )?;
    let quiet = arguments.quiet;
    for notice in &survey.notices {
        say(quiet, format_args!("note: {}", visible(&notice.to_string())));
    }
    for line in survey.problems.lines() {
        say(quiet, format_args!("warning: {}", visible(&line)));
    }
    anyhow::ensure!(survey.articles > 0, "there is no usable article");
    let to_stdout = arguments.output.as_deref() == Some(Path::new("-"));
    if to_stdout {
        output::write(&survey.to_toml(), None)?;
        return Ok(ExitCode::SUCCESS);
    }
    let path = match (&arguments.output, &survey.folder) {
        (Some(path), _) => path.clone(),
        (None, Some(folder)) => folder.join("corpus.toml"),
        (None, None) => anyhow::bail!("standard input has no folder; name a file with --output"),
    };
    anyhow::ensure!(
        arguments.force || !path.exists(),
        "{} is there already; give --force to replace it, or --output - to look first",
        path.display()
    );
    output::write(&survey.to_toml(), Some(&path)).context("nothing was written")?;
    say(
        quiet,
        format_args!(
            "wrote {}: {} articles of {} outlets; read it, correct it, then: parallax report {}",
            path.display(),
            survey.articles,
            survey.outlets.len(),
            arguments.path.display()
        ),
    );
    Ok(ExitCode::SUCCESS)
}
