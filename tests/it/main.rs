//! The integration tests: the program as its users run it, and the rules of the house.
//!
//! One binary, a module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

/// Rooms import only from rooms to their left; files stay short.
mod architecture;
/// Text as it is found: its words and hits.
mod as_it_is;
/// Input that can't be used, or can be used only in part.
mod bad_input;
/// Comparing saved reports.
mod diff;
/// Events that are found, outlets side by side.
mod events;
/// Crawls and feeds.
mod fetched;
/// The three real articles that the project started from.
mod gold;
/// Surroundings and input that mean harm.
mod hostile;
/// Every form in which articles come.
mod inputs;
/// Documentation and schema of lexicon files.
mod lexicon_docs;
/// Listing, checking, importing and exporting lexicons.
mod lexicons;
/// The libraries and their licences.
mod libraries;
/// The program's arguments, exit statuses and streams.
mod program;
/// Reading real collections.
mod real_corpora;
/// The record against its schema.
mod schema;
/// The sample corpus and its committed report.
mod seeds;
/// What is read stays as it is, and counts once.
mod spared;
/// Counting parts of a corpus apart.
#[cfg(feature = "parquet")]
mod tallies;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the project.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path of the shared development data, or a printed line that the test is skipped.
fn shared(path: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("PARALLAX_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let path = folder.join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is absent", path.display());
    None
}

/// Runs the program in `folder`.
fn parallax_in(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_parallax"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .expect("the program runs")
}

/// Runs the program at the root of the project.
fn parallax(arguments: &[&str]) -> Output {
    parallax_in(root(), arguments)
}

/// Standard output of a run that must succeed.
fn stdout_of(arguments: &[&str]) -> String {
    let output = parallax(arguments);
    assert!(output.status.success(), "{arguments:?}\n{}", text(&output.stderr));
    text(&output.stdout)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Writes files into a new folder.
fn folder_of(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::write(path, bytes).expect("written");
    }
    folder
}
