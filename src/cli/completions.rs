//! `parallax completions`: what a shell needs to complete our arguments.

use std::io;
use std::process::ExitCode;

use clap::CommandFactory;

/// Arguments of `parallax completions`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the completions.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut command = super::Cli::command();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "parallax", &mut script);
    io::Write::write_all(&mut io::stdout().lock(), &script)?;
    Ok(ExitCode::SUCCESS)
}
