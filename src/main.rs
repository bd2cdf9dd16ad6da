//! The command-line program: arguments to an exit status.

use std::process::ExitCode;

use mimalloc::MiMalloc;

mod cli;

/// A report makes and lets go of millions of small pieces on all threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
