//! The commands. Results go to standard output, everything else to standard error.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

mod completions;
mod diff;
mod explain;
mod faults;
mod init;
mod inputs;
mod kwic;
mod lexicon;
mod memory;
mod options;
mod output;
mod recount;
mod report;
mod run;
mod stories;
#[cfg(feature = "parquet")]
mod tally;

/// Exit status when a check finds something: `lexicon check` a fault, `diff --exit-code` a change.
const FOUND: u8 = 1;

/// Exit status of wrong usage and of input in which nothing is usable.
const UNUSABLE: u8 = 2;

/// Measures how news outlets word the same events.
///
/// Loaded terms from lexicons are matched in the articles of each outlet; rates, comparisons and the
/// sentences behind them show who says what, in whose voice, about whom, and how sure one can be.
#[derive(Debug, Parser)]
#[command(name = "parallax", version, max_term_width = 100, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Look a corpus over and write corpus.toml: outlets, fields, repeated lines, dates
    Init(init::Arguments),
    /// Make the framing report of a corpus
    Report(report::Arguments),
    /// Count articles into a file that reports can be made from, alone or with others
    #[cfg(feature = "parquet")]
    Tally(tally::Arguments),
    /// Say what changed between two saved reports, and why
    Diff(diff::Arguments),
    /// Print every hit of a term or a category with the words around it
    Kwic(kwic::Arguments),
    /// Show every decision about one article
    Explain(explain::Arguments),
    /// List, show, make, check, import and export lexicons
    Lexicon(lexicon::Arguments),
    /// Print the completions of a shell
    Completions(completions::Arguments),
}

/// The program's arguments. A report needs no articles where it has tallies.
fn command() -> clap::Command {
    let command = Cli::command();
    #[cfg(feature = "parquet")]
    let command = command.mut_subcommand("report", |report| {
        report.mut_arg("paths", |paths| paths.required(false).required_unless_present("tallies"))
    });
    command
}

/// A panic of what reads a file is told with the file that it cost.
fn hush_guarded_panics() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !parallax::corpus::is_guarded() {
            print(panic);
        }
    }));
}

/// Exit status of a run that was broken off from outside.
const BROKEN_OFF: i32 = 130;

/// A run that is broken off leaves no half-written file behind.
fn tidy_up_when_broken_off() {
    let tidy_up = || {
        parallax::store::remove_unfinished();
        std::process::exit(BROKEN_OFF);
    };
    // Where signals can't be had, files stay behind; that is no reason not to run.
    let _ = ctrlc::set_handler(tidy_up);
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    hush_guarded_panics();
    memory::keep_what_is_freed();
    memory::grow_heap();
    tidy_up_when_broken_off();
    let cli = match command().try_get_matches().and_then(|given| Cli::from_arg_matches(&given)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results, everything else is not; a closed pipe is no error.
            if error.use_stderr() {
                let shown = error.render();
                let shown = if io::stderr().is_terminal() {
                    shown.ansi().to_string()
                } else {
                    shown.to_string()
                };
                let _ = io::stderr().lock().write_all(faults::arguments(&shown).as_bytes());
            } else {
                let _ = error.print();
            }
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(UNUSABLE));
        }
    };
    let result = match cli.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Report(arguments) => report::run(&arguments),
        #[cfg(feature = "parquet")]
        Command::Tally(arguments) => tally::run(&arguments),
        Command::Diff(arguments) => diff::run(&arguments),
        Command::Kwic(arguments) => kwic::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Lexicon(arguments) => lexicon::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match result {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            faults::report(&mut io::stderr().lock(), &error);
            ExitCode::from(UNUSABLE)
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let io = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json =
            cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json)
    };
    error.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}

/// Says something that is no result; file names and outlets in it can't steer the terminal.
fn say(quiet: bool, line: impl std::fmt::Display) {
    if !quiet {
        // Nothing can be done about a standard error that is closed.
        let _ = writeln!(
            io::stderr().lock(),
            "{}",
            faults::indented(&faults::message(&line.to_string()))
        );
    }
}
