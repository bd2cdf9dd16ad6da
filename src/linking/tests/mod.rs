//! Tests of linking: rules against a set of cases, names, and what must hold for every text.

// The figures of each rule, and what is skipped, are printed for whoever asks with --nocapture.
#![allow(clippy::print_stdout)]

mod cases;
mod gold;
mod names;
mod properties;
mod read;
mod rules;
