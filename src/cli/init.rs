//! `parallax init`: a first corpus.toml.

use std::process::ExitCode;

use super::options::CorpusOptions;
use super::run::open_corpus;

/// Arguments of `parallax init`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    corpus: CorpusOptions,
}

/// Looks the corpus over.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    open_corpus(&arguments.corpus)?;
    Ok(ExitCode::SUCCESS)
}
