//! Tables that are read and not looked up: a line a category, a choice or a difference, with the
//! outlets beside each other. Every number in them stands with more beside it in the full tables,
//! which each names.

mod lines;
mod matrix;

pub(super) use lines::{choices, drivers};
pub(super) use matrix::{rates, voices};

use super::lookup::Lookup;
use crate::report::OutletRow;

/// Outlets up to which each has a column.
const COLUMNS: usize = 5;

/// The outlets, if each of them can have a column.
fn columns<'a>(lookup: &Lookup<'a>) -> Option<Vec<&'a OutletRow>> {
    let outlets = lookup.present();
    (outlets.len() <= COLUMNS).then_some(outlets)
}
