//! A rule of the linter Vale: `extends: existence` with `tokens`, or `substitution` with `swap`.

use super::ImportError;
use super::collect::Collector;
use super::written::regex_term;
use super::yaml::{Kind, Node, parse};
use crate::lexicon::{Pattern, PhrasePattern, Term, UnlessPattern};
use crate::text::Exactness;

/// Reads the file. Tokens are regular expressions; those of words alone become words. What a rule
/// would put in a term's place becomes its note.
pub(super) fn read(text: &str, into: &mut Collector) -> Result<(), ImportError> {
    let root = parse(text)?;
    let kind = root.get("extends").and_then(Node::text).unwrap_or_default();
    let exact = root.get("ignorecase").and_then(Node::text) != Some("true");
    let exceptions: Vec<&Node> = match root.get("exceptions").map(|node| &node.kind) {
        Some(Kind::List(items)) => items.iter().collect(),
        _ => Vec::new(),
    };
    let category = into.list();
    if let Some(message) = root.get("message").and_then(Node::text) {
        into.describe(category, message);
    }
    let mut rule = Rule { category, exact, exceptions, used: Vec::new() };
    match kind {
        "existence" => {
            for key in ["tokens", "raw"] {
                let Some(Kind::List(items)) = root.get(key).map(|node| &node.kind) else {
                    continue;
                };
                for item in items {
                    rule.token(item, None, into);
                }
            }
        }
        "substitution" => {
            if let Some(Kind::Map(pairs)) = root.get("swap").map(|node| &node.kind) {
                for (token, by) in pairs {
                    rule.token(token, by.text(), into);
                }
            }
        }
        other => {
            let line = root.get("extends").map_or(1, |node| node.line);
            let reason = format!("a rule that extends `{other}` is no list of terms");
            return Err(ImportError::Shape { line, reason });
        }
    }
    if root.get("nonword").and_then(Node::text) == Some("true") {
        into.notes
            .push("the rule matches inside words, too; here terms match whole words".to_owned());
    }
    for exception in rule.exceptions.iter().filter(|node| !rule.used.contains(&node.line)) {
        into.skip(
            exception.line,
            exception.text().unwrap_or("?"),
            "are exceptions that hold no term of the rule",
        );
    }
    Ok(())
}

struct Rule<'a> {
    category: usize,
    exact: bool,
    exceptions: Vec<&'a Node>,
    /// Lines of the exceptions that became an `unless`.
    used: Vec<usize>,
}

impl Rule<'_> {
    fn token(&mut self, token: &Node, by: Option<&str>, into: &mut Collector) {
        let Some(text) = token.text() else {
            into.skip(token.line, "?", "are tokens that are no text");
            return;
        };
        match self.term(text) {
            Ok(mut term) => {
                term.note = by.map(|by| format!("Vale puts in its place: {by}"));
                self.add_exceptions(&mut term);
                into.add_term(self.category, token.line, text, term);
            }
            Err(reason) => into.skip(token.line, text, reason),
        }
    }

    fn term(&self, text: &str) -> Result<Term, String> {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '\'' | '’');
        if text.chars().all(is_plain) && PhrasePattern::parse(text, Exactness::default()).is_ok() {
            let pattern = Pattern::Words {
                forms: vec![text.to_owned()],
                exact_case: self.exact,
                exact_accents: false,
            };
            return Ok(Term { pattern, ..Term::plain(text, 0..0) });
        }
        if !text.contains(char::is_alphabetic) {
            return Err("hold no letter".to_owned());
        }
        let expression = if self.exact { format!("(?-i:{text})") } else { text.to_owned() };
        regex_term(&expression)
    }

    fn add_exceptions(&mut self, term: &mut Term) {
        let Pattern::Words { forms, .. } = &term.pattern else { return };
        let Some(Ok(phrase)) =
            forms.first().map(|form| PhrasePattern::parse(form, Exactness::default()))
        else {
            return;
        };
        for exception in &self.exceptions {
            let text = exception.text().unwrap_or_default();
            if UnlessPattern::parse(text).is_ok_and(|unless| unless.can_cover(&phrase)) {
                term.unless.push(text.to_owned());
                self.used.push(exception.line);
            }
        }
    }
}
