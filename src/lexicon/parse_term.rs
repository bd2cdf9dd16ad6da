//! Reading one entry: a string, or a table with its options.

use toml::Spanned;
use toml::de::DeValue;

use super::inflect::Inflection;
use super::model::{Pattern, Term};
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
            let term = plain(text.to_string(), item.span());
            check_written(fields, &term.text, &term);
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

fn plain(text: String, place: std::ops::Range<usize>) -> Term {
    Term {
        pattern: Pattern::Words {
            forms: vec![text.clone()],
            exact_case: false,
            exact_accents: false,
        },
        text,
        pole: None,
        pair: None,
        axis: None,
        unpaired: None,
        contested: false,
        weight: None,
        unless: Vec::new(),
        hits: Vec::new(),
        misses: Vec::new(),
        note: None,
        ambiguous: false,
        place,
    }
}

fn read_table(fields: &Fields<'_>, axis: Option<&str>) -> Option<Term> {
    let (text, pattern) = match (fields.text("term"), fields.text("regex")) {
        (Some((text, _)), None) => {
            let pattern = read_words(fields, &text);
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
            (source.clone(), Pattern::Regex(source))
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
        unless: fields.strings("unless"),
        hits: fields.strings("hits"),
        misses: fields.strings("misses"),
        note: fields.string("note"),
        ambiguous: fields.flag("ambiguous").unwrap_or(false),
        pattern,
        ..plain(text, fields.place())
    };
    check_written(fields, &term.text, &term);
    Some(term)
}

fn read_words(fields: &Fields<'_>, text: &str) -> Pattern {
    let mut forms = vec![text.to_owned()];
    if let Some((name, place)) = fields.text("inflect") {
        match Inflection::from_name(&name) {
            Some(inflection) => forms.extend(inflection.forms(text)),
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
    for form in fields.strings("forms") {
        if !forms.contains(&form) {
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

/// Faults that can be seen in the words of an entry alone.
fn check_written(fields: &Fields<'_>, text: &str, term: &Term) {
    let Pattern::Words { forms, .. } = &term.pattern else { return };
    if !text.contains(char::is_alphanumeric) && text.contains(['*', '?']) {
        fields.fault(
            Diagnostic::error(
                "only-wildcards",
                term.place.clone(),
                format!("`{text}` is nothing but wildcards: it would match every word"),
            )
            .with_help("write at least one letter, for instance `radicali*`"),
        );
    } else if let Some(form) = forms.iter().find(|form| !form.contains(char::is_alphanumeric)) {
        fields.fault(Diagnostic::error(
            "no-letter",
            term.place.clone(),
            format!("`{form}` holds no letter and no digit, so it can never match a word"),
        ));
    }
}

fn check_regex(fields: &Fields<'_>, source: &str, place: std::ops::Range<usize>) {
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
