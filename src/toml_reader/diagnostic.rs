//! What is wrong with a file that a person wrote, and where.

use std::ops::Range;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file can be used; a number may be other than meant.
    Warning,
    /// The file can't be used.
    Error,
}

/// One finding in a file, for people: what, where, and what to do.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Stable kebab-case name of the kind of finding.
    pub code: &'static str,
    /// What is wrong, in a sentence without a full stop.
    pub message: String,
    /// Bytes of the file that it is about.
    pub place: Range<usize>,
    /// What to do, if it can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding that makes the file unusable.
    pub fn error(code: &'static str, place: Range<usize>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), place, help: None }
    }

    /// A finding that does not.
    pub fn warning(code: &'static str, place: Range<usize>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, place, message) }
    }

    /// The same with advice.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The finding as plain text: place, message, the line of the file with a mark under it, advice.
    /// `origin` names the file.
    pub fn describe(&self, source: &str, origin: &str) -> String {
        let (line, column) = self.line_and_column(source);
        let excerpt = source.lines().nth(line - 1).unwrap_or_default();
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let mark = " ".repeat(column - 1);
        let mut text = format!(
            "{origin}:{line}:{column}: {}\n{number} | {excerpt}\n{margin} | {mark}^",
            self.message
        );
        if let Some(help) = &self.help {
            text.push_str(&format!("\n{margin} = {help}"));
        }
        text
    }

    /// Line and column of the finding in `source`, counted from 1, columns in characters.
    pub fn line_and_column(&self, source: &str) -> (usize, usize) {
        let mut start = self.place.start.min(source.len());
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        let before = &source[..start];
        let line_start = before.rfind('\n').map_or(0, |index| index + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
