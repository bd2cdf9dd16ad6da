//! Reading one entry: a string, or a table with its options.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::inflect::Inflection;
use super::model::{Pattern, Term};
use super::notation::{NotationError, PhrasePattern, UnlessPattern};
use crate::text::Exactness;
use crate::toml_reader::{Diagnostic, Fields};

/// The size that a compiled regular expression may have, in bytes.
pub(crate) const REGEX_SIZE_LIMIT: usize = 1 << 20;

/// Reads the list of entries under `key`.
pub(super) fn parse_terms(fields: &Fields<'_>, key: &'static str, axis: Option<&str>) -> Vec<Term> {
    fields.items(key).iter().filter_map(|item| parse_term(fields, item, axis)).collect()
}

/// Reads one entry; `axis` is what the category's poles are poles of.
pub(super) fn parse_term(
    fields: &Fields<'_>,
    item: &Spanned<DeValue<'_>>,
    axis: Option<&str>,
) -> Option<Term> {
    match item.get_ref() {
        DeValue::String(text) => {
            let term = Term::plain(text.to_string(), item.span());
            check_form(fields, &term.text, &item.span(), None);
            Some(term)
        }
        DeValue::Table(table) => {
            let inner = Fields::new(table, item.span(), "a term", fields.faults());
            let term = read_table(&inner, axis);
            inner.finish();
            term
        }
        _ => {
            fields.fault(
                Diagnostic::error(
                    "wrong-type",
                    item.span(),
                    "an entry must be a string or a table",
                )
                .with_help("\"leftist\" or { term = \"leftist\", … }"),
            );
            None
        }
    }
}

fn read_table(fields: &Fields<'_>, axis: Option<&str>) -> Option<Term> {
    let (text, pattern) = match (fields.text("term"), fields.text("regex")) {
        (Some((text, place)), None) => {
            if let Some(value) = fields.value("name") {
                fields.fault(
                    Diagnostic::error("term-name", value.span(), "a `term` is its own name")
                        .with_help("`name` is for a `regex`, which nobody can read in a table"),
                );
            }
            let pattern = read_words(fields, &text, &place);
            (text, pattern)
        }
        (None, Some((source, place))) => {
            check_regex(fields, &source, place);
            for key in ["case", "accents", "inflect", "forms"] {
                if let Some(value) = fields.value(key) {
                    fields.fault(Diagnostic::error(
                        "regex-option",
                        value.span(),
                        format!("`{key}` says nothing of a regex"),
                    ));
                }
            }
            let name = fields.string("name").filter(|name| !name.trim().is_empty());
            (name.unwrap_or_else(|| source.clone()), Pattern::Regex(source))
        }
        (Some(_), Some((_, place))) => {
            fields.fault(Diagnostic::error(
                "term-and-regex",
                place,
                "a term is either `term` or `regex`",
            ));
            return None;
        }
        (None, None) => {
            fields.fault(Diagnostic::error("missing-key", fields.place(), "a term has no `term`"));
            return None;
        }
    };
    let term = Term {
        pole: fields.string("pole"),
        pair: fields.string("pair"),
        axis: fields.string("axis").or_else(|| axis.map(str::to_owned)),
        unpaired: fields.string("unpaired"),
        contested: fields.flag("contested").unwrap_or(false),
        weight: fields.number("weight").map(|(weight, _)| weight),
        unless: read_unless(fields),
        hits: fields.strings("hits"),
        misses: fields.strings("misses"),
        note: fields.string("note"),
        ambiguous: fields.flag("ambiguous").unwrap_or(false),
        pattern,
        ..Term::plain(text, fields.place())
    };
    Some(term)
}

fn read_unless(fields: &Fields<'_>) -> Vec<String> {
    let written = fields.texts("unless");
    for (pattern, place) in &written {
        if let Err(error) = UnlessPattern::parse(pattern) {
            let what = format!("the `unless` `{pattern}` can't be used");
            fields.fault(notation_fault(error, pattern, place, what));
        }
    }
    written.into_iter().map(|(pattern, _)| pattern).collect()
}

fn read_words(fields: &Fields<'_>, text: &str, place: &Range<usize>) -> Pattern {
    let mut forms = vec![text.to_owned()];
    let fault_before = fields.faults().borrow().len();
    check_form(fields, text, place, None);
    let sound = fields.faults().borrow().len() == fault_before;
    if let Some((name, place)) = fields.text("inflect") {
        match Inflection::from_name(&name) {
            Some(inflection) if sound => forms.extend(inflection.forms(text)),
            Some(_) => {}
            None => fields.fault(
                Diagnostic::error(
                    "unknown-inflection",
                    place,
                    format!("there is no inflection `{name}`"),
                )
                .with_help("inflections are: noun, verb, adjective"),
            ),
        }
    }
    let mut known: HashSet<String> = forms.iter().cloned().collect();
    for (form, place) in fields.texts("forms") {
        check_form(fields, &form, &place, Some(text));
        if known.insert(form.clone()) {
            forms.push(form);
        }
    }
    Pattern::Words {
        forms,
        exact_case: exact(fields, "case"),
        exact_accents: exact(fields, "accents"),
    }
}

fn exact(fields: &Fields<'_>, key: &'static str) -> bool {
    let Some((value, place)) = fields.text(key) else { return false };
    if value != "exact" {
        fields.fault(
            Diagnostic::error("unknown-value", place, format!("`{key}` can't be `{value}`"))
                .with_help(format!("write {key} = \"exact\", or leave it out")),
        );
    }
    true
}

/// Faults that can be seen in the words of one form alone; `of` is the term that it is a form of.
fn check_form(fields: &Fields<'_>, form: &str, place: &Range<usize>, of: Option<&str>) {
    if let Err(error) = PhrasePattern::parse(form, Exactness::default()) {
        let what = match of {
            Some(term) => format!("the form `{form}` of `{term}` can't be used"),
            None => format!("the term `{form}` can't be used"),
        };
        fields.fault(notation_fault(error, form, place, what));
    }
}

fn notation_fault(
    error: NotationError,
    written: &str,
    place: &Range<usize>,
    what: String,
) -> Diagnostic {
    let (code, help) = match error {
        NotationError::Empty => ("empty-term", "write at least one word, or remove it"),
        NotationError::NoWord => ("no-letter", "a term needs at least one letter or digit"),
        NotationError::OnlyWildcards => {
            ("only-wildcards", "write at least one letter, for instance `radicali*`")
        }
        NotationError::WildcardAtEdge => {
            ("wildcard-at-edge", "join it to a word (`radical*`), or remove it")
        }
        NotationError::TooManyWords => {
            ("too-many-words", "give the words around the term alone, or a shorter piece of them")
        }
        NotationError::Punctuation { .. } => (
            "punctuation",
            "leave the mark out; where it tells an innocent reading, write it in `unless`; \
             where it is needed, write a `regex`",
        ),
    };
    let mut place = place.clone();
    // In a string without escapes the mark itself can be shown.
    if let NotationError::Punctuation { mark, at } = error
        && place.len() == written.len() + 2
    {
        let start = place.start + 1 + at;
        place = start..start + mark.len_utf8();
    }
    Diagnostic::error(code, place, format!("{what}: {error}")).with_help(help)
}

fn check_regex(fields: &Fields<'_>, source: &str, place: Range<usize>) {
    if source.contains(char::is_control) {
        fields.fault(
            Diagnostic::error("control-character", place, "the regex holds a control character")
                .with_help("in double quotes TOML reads \\b as a backspace; use single quotes"),
        );
        return;
    }
    let built = regex::RegexBuilder::new(source)
        .case_insensitive(true)
        .size_limit(REGEX_SIZE_LIMIT)
        .build();
    match built {
        Ok(regex) if regex.is_match("") => fields.fault(
            Diagnostic::error("empty-regex", place, "the regex matches the empty string")
                .with_help("a hit must hold at least one letter: use + where * stands"),
        ),
        Ok(_) => {}
        Err(regex::Error::CompiledTooBig(limit)) => fields.fault(
            Diagnostic::error(
                "regex-too-big",
                place,
                format!("the regex needs more than {limit} bytes"),
            )
            .with_help("shorten its repetitions, or split it into several terms"),
        ),
        Err(error) => {
            let reason = error.to_string();
            let reason = reason.lines().last().unwrap_or_default().trim_start_matches("error: ");
            fields.fault(
                Diagnostic::error("bad-regex", place, format!("not a valid regex: {reason}"))
                    .with_help(
                        "look-around and back-references are not available; use `unless` instead",
                    ),
            );
        }
    }
}
