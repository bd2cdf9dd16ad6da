//! An `unless` that can never cover a hit of its term.

use super::written;
use crate::lexicon::{Pattern, PhrasePattern, Term, UnlessPattern};
use crate::text::Exactness;
use crate::toml_reader::Diagnostic;

/// Reports each `unless` of `term` that leaves out or contradicts a word of every form.
pub(super) fn check(term: &Term, source: &str, found: &mut Vec<Diagnostic>) {
    let Pattern::Words { forms, .. } = &term.pattern else { return };
    // What case and accents a term asks for doesn't matter: those of an `unless` never count.
    let phrase = |form: &String| PhrasePattern::parse(form, Exactness::default()).ok();
    let phrases: Vec<PhrasePattern> = forms.iter().filter_map(phrase).collect();
    for pattern in &term.unless {
        let Ok(unless) = UnlessPattern::parse(pattern) else { continue };
        if !phrases.iter().any(|phrase| unless.can_cover(phrase)) {
            found.push(
                Diagnostic::warning(
                    "dead-unless",
                    written(source, &term.place, pattern),
                    format!("the `unless` `{pattern}` can never apply to `{}`", term.text),
                )
                .with_help("it must hold every word of the term, in one of its forms, side by side"),
            );
        }
    }
}
