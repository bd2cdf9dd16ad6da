//! How other tools write an entry, and the term that matches the same words.

use crate::lexicon::{NotationError, Pattern, PhrasePattern, Term};
use crate::text::Exactness;

/// What `*` and `?` mean in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wildcards {
    /// Nothing but themselves.
    None,
    /// A `*` at the end of the entry stands for any letters; elsewhere it is itself.
    Trailing,
    /// `*` and `?` stand for letters wherever they are.
    Everywhere,
}

/// The term for an entry.
///
/// # Errors
/// Why there is none, in words that follow a number of entries ("18 …").
pub(super) fn term(entry: &str, wildcards: Wildcards) -> Result<Term, String> {
    let entry = entry.trim();
    match wildcards {
        Wildcards::Everywhere if entry.contains(['*', '?']) => glob(entry),
        Wildcards::Trailing
            if entry.ends_with('*') && !entry.trim_end_matches('*').contains(['*', '?']) =>
        {
            glob(entry)
        }
        _ => literal_term(entry),
    }
}

fn glob(entry: &str) -> Result<Term, String> {
    match PhrasePattern::parse(entry, Exactness::default()) {
        Ok(_) => Ok(Term::plain(entry, 0..0)),
        Err(error) => Err(reason(&error)),
    }
}

fn reason(error: &NotationError) -> String {
    match error {
        NotationError::Empty => "are empty",
        NotationError::NoWord => "hold no letter",
        NotationError::OnlyWildcards => "are nothing but wildcards",
        NotationError::WildcardAtEdge => "begin or end with a wildcard for a whole word",
        NotationError::Punctuation { .. } => "hold punctuation and a wildcard",
        NotationError::TooManyWords => "have too many words",
    }
    .to_owned()
}

/// The term that matches exactly what is written, `*` and `?` included; a regular expression where
/// the notation of terms has no place for a mark.
pub(super) fn literal_term(entry: &str) -> Result<Term, String> {
    if entry.is_empty() {
        return Err("are empty".to_owned());
    }
    if !entry.contains(char::is_alphabetic) {
        return Err("hold no letter".to_owned());
    }
    let wild = entry.contains(['*', '?']);
    if !wild && PhrasePattern::parse(entry, Exactness::default()).is_ok() {
        return Ok(Term::plain(entry, 0..0));
    }
    let words: Vec<String> = entry.split_whitespace().map(regex::escape).collect();
    regex_term(&words.join(r"\s+"))
}

/// The term of a regular expression.
pub(super) fn regex_term(expression: &str) -> Result<Term, String> {
    let built = regex::RegexBuilder::new(expression)
        .case_insensitive(true)
        .size_limit(crate::lexicon::REGEX_SIZE_LIMIT)
        .build();
    match built {
        Ok(regex) if regex.is_match("") => Err("are regexes that match the empty text".to_owned()),
        Ok(_) => {
            let pattern = Pattern::Regex(expression.to_owned());
            Ok(Term { pattern, ..Term::plain(expression, 0..0) })
        }
        Err(regex::Error::CompiledTooBig(_)) => Err("are regexes that are too large".to_owned()),
        Err(error) if error.to_string().contains("look-around") => {
            Err("are regexes with look-around, which is not available".to_owned())
        }
        Err(error) if error.to_string().contains("backreferences") => {
            Err("are regexes with back-references, which are not available".to_owned())
        }
        Err(_) => Err("are no valid regexes".to_owned()),
    }
}

/// The entry whose [`literal_term`] has this regular expression.
pub(in crate::lexicon) fn literal_of_regex(expression: &str) -> Option<String> {
    let mut literal = String::new();
    let spaced = expression.replace(r"\s+", " ");
    let mut letters = spaced.chars();
    while let Some(letter) = letters.next() {
        literal.push(if letter == '\\' { letters.next()? } else { letter });
    }
    let made = literal_term(&literal).ok()?;
    (made.pattern == Pattern::Regex(expression.to_owned())).then_some(literal)
}

#[cfg(test)]
mod tests {
    use super::{Wildcards, literal_of_regex, literal_term, term};

    #[test]
    fn wildcards_mean_what_they_mean_in_each_list() {
        let text = |entry, wildcards| term(entry, wildcards).map(|term| term.text);
        assert_eq!(text("abus*", Wildcards::Trailing).as_deref(), Ok("abus*"));
        assert_eq!(text("d*mn", Wildcards::Trailing).as_deref(), Ok(r"d\*mn"));
        assert_eq!(text("f**k", Wildcards::None).as_deref(), Ok(r"f\*\*k"));
        assert_eq!(text("d*mn", Wildcards::Everywhere).as_deref(), Ok("d*mn"));
        assert_eq!(text("*", Wildcards::Everywhere), Err("are nothing but wildcards".to_owned()));
        assert_eq!(text(":-)", Wildcards::None), Err("hold no letter".to_owned()));
        assert_eq!(text("St. Louis", Wildcards::None).as_deref(), Ok(r"St\.\s+Louis"));
        assert_eq!(text("j/k", Wildcards::None).as_deref(), Ok("j/k"));
    }

    #[test]
    fn a_literal_can_be_told_from_a_regex() {
        for literal in ["f**k", "St. Louis", ":D", "a+b*", "what?", r"\o/"] {
            let term = literal_term(literal).expect("a term");
            assert_eq!(literal_of_regex(&term.text).as_deref(), Some(literal));
        }
        assert_eq!(literal_of_regex("so[- ]called"), None);
        assert_eq!(literal_of_regex("plain"), None);
    }
}
