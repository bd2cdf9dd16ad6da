//! How the names of a target are written: its folded words, and where a capital stands. Read once
//! for a target that a text mentions.

use super::model::{Pattern, Target};
use crate::text::Folded;

/// The names of a target as texts are compared with them.
#[derive(Debug, Clone)]
pub(crate) struct Written {
    /// The folded words of its first name.
    pub(crate) main: Vec<String>,
    /// Those of its titles.
    pub(crate) titles: Vec<Vec<String>>,
    /// For each name and each of its forms, of every word whether it has a capital; `None` for a
    /// name that is a regular expression.
    pub(crate) capitals: Vec<Option<Vec<Vec<bool>>>>,
}

impl Written {
    pub(super) fn of(target: &Target) -> Self {
        let capitals = target.names.iter().map(|name| match &name.pattern {
            Pattern::Words { forms, .. } => Some(forms.iter().map(|form| capitals(form)).collect()),
            Pattern::Regex(_) => None,
        });
        Self {
            main: target.names.first().map_or_else(Vec::new, |name| folded_words(&name.text)),
            titles: target.titles.iter().map(|title| folded_words(title)).collect(),
            capitals: capitals.collect(),
        }
    }
}

fn folded_words(text: &str) -> Vec<String> {
    let folded = Folded::new(text);
    folded.tokens().iter().map(|token| folded.bare(token).to_owned()).collect()
}

fn capitals(form: &str) -> Vec<bool> {
    let starts_with_capital = |word: &str| word.starts_with(char::is_uppercase);
    Folded::new(form)
        .tokens()
        .iter()
        .map(|token| starts_with_capital(token.span.of(form)))
        .collect()
}
