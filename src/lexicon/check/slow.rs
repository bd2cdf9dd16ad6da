//! Regular expressions that must be tried on every paragraph.

use crate::lexicon::model::{Pattern, Term};
use crate::lexicon::required_literals;
use crate::toml_reader::Diagnostic;

/// An expression with no piece of text that all of its matches hold can't be skipped anywhere.
pub(super) fn check(term: &Term, found: &mut Vec<Diagnostic>) {
    if let Pattern::Regex(expression) = &term.pattern
        && required_literals(expression).is_none()
    {
        found.push(
            Diagnostic::warning(
                "slow-regex",
                term.place.clone(),
                format!("`{}` is tried on every paragraph, which is slow", term.text),
            )
            .with_help(
                "three letters in a row that every match holds would let most paragraphs be skipped; \
                 write it as words with wildcards if that is possible",
            ),
        );
    }
}
