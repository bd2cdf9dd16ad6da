//! `parallax lexicon new`: a first file.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use parallax::lexicon::{BUILTIN, is_id, starter};
use parallax::store::write_whole;

use crate::cli::say;

/// Arguments of `parallax lexicon new`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Id of the new lexicon: small letters, digits, hyphens
    #[arg(value_name = "ID")]
    id: String,

    /// The file to write, instead of ID.toml here
    #[arg(long, short = 'o', value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write over a file that is there
    #[arg(long)]
    force: bool,
}

/// Writes the file.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let id = arguments.id.strip_suffix(".toml").unwrap_or(&arguments.id);
    anyhow::ensure!(
        is_id(id),
        "`{id}` can't be an id: ids hold small letters a to z, digits and hyphens, for instance \
         my-labels"
    );
    anyhow::ensure!(
        BUILTIN.iter().all(|builtin| builtin.id != id),
        "`{id}` is the id of a built-in lexicon; take another (to change that one, write extends = \
         \"{id}\" in yours)"
    );
    let path = arguments.output.clone().unwrap_or_else(|| PathBuf::from(format!("{id}.toml")));
    anyhow::ensure!(
        arguments.force || !path.exists(),
        "{} is there already; --force writes over it",
        path.display()
    );
    write_whole(&path, starter(id).as_bytes())
        .with_context(|| format!("can't write {}", path.display()))?;
    let shown = path.display();
    say(
        false,
        format_args!(
            "{shown} is written. Open it in an editor, then:\n  parallax lexicon check {shown}\n  \
             parallax report CORPUS --lexicon {shown}"
        ),
    );
    Ok(ExitCode::SUCCESS)
}
