//! `parallax lexicon`: list, show, make, check, import and export lexicons.

use std::process::ExitCode;

use clap::Subcommand;

mod check;
mod list;
mod new;
mod show;

/// Arguments of `parallax lexicon`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// List lexicons with what they hold
    List(list::Arguments),
    /// Show the categories, terms, definitions, sources and poles of a lexicon
    Show(show::Arguments),
    /// Write a commented starter file that works at once
    New(new::Arguments),
    /// Look for faults, run the terms' own tests, and try a lexicon on a corpus
    Check(check::Arguments),
}

/// How a lexicon is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a terminal
    Terminal,
    /// The whole record
    Json,
}

/// Runs the subcommand that the arguments name.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments),
        Command::Show(arguments) => show::run(arguments),
        Command::New(arguments) => new::run(arguments),
        Command::Check(arguments) => check::run(arguments),
    }
}

/// "1 term", "2 terms", "7,502 terms".
fn counted(number: usize, what: &str) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {what}{}", if number == 1 { "" } else { "s" })
}
