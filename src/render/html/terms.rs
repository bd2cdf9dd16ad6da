//! How a term is named where there is little room.

use maud::Markup;

use super::super::tables::short;
use super::outside::{outside, visible};

/// A term as written, or the name of a pattern; the beginning of what is very long.
pub(super) fn term(term: &str) -> Markup {
    outside(&short(term))
}

/// The same as plain text.
pub(super) fn plain(term: &str) -> String {
    visible(&short(term))
}
