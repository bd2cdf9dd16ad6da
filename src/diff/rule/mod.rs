//! Rules that a newsroom's build holds its wording to: `rate(ideology-label, own) > 2.0`.
//!
//! ```text
//! rule       = and { "or" and }
//! and        = test { "and" test }
//! test       = "(" rule ")" | measure ( ">" | "<" | ">=" | "<=" ) number [ "%" ]
//! measure    = ( "rate" | "change" ) "(" category [ "," voice [ "," outlet ] ] ")"
//! category   = name | lexicon "/" name
//! ```
//!
//! A name is any run of characters other than blanks, commas, brackets, quotation marks and
//! comparison signs, or anything in double quotation marks. Without a voice, `worded` is meant.
//! Without an outlet, a test holds if it holds for any outlet.

mod evaluate;
mod parse;

pub use evaluate::{Outcome, Reading};
pub use parse::parse;

use std::ops::Range;

use crate::tally::VoiceGroup;
use crate::toml_reader::Diagnostic;

/// A rule that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    root: Node,
}

#[derive(Debug, Clone, PartialEq)]
enum Node {
    Or(Vec<Node>),
    And(Vec<Node>),
    Test(Test),
}

/// One comparison.
#[derive(Debug, Clone, PartialEq)]
struct Test {
    measure: Measure,
    category: Named,
    voice: VoiceGroup,
    outlet: Option<Named>,
    sign: Sign,
    limit: f64,
    /// The limit is in percent of the old rate.
    percent: bool,
    /// Bytes of the rule.
    place: Range<usize>,
}

/// A name with the bytes of the rule where it stands.
#[derive(Debug, Clone, PartialEq)]
struct Named {
    name: String,
    place: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Measure {
    /// The rate in the new report, per 1,000 words.
    Rate,
    /// New − old, per 1,000 words or in percent of the old rate.
    Change,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Above,
    Below,
    AtLeast,
    AtMost,
}

impl Sign {
    fn holds(self, value: f64, limit: f64) -> bool {
        match self {
            Self::Above => value > limit,
            Self::Below => value < limit,
            Self::AtLeast => value >= limit,
            Self::AtMost => value <= limit,
        }
    }
}

/// A rule that can't be used, and where. [`Diagnostic::describe`] shows it with a mark.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}", fault.describe(rule, "rule"))]
pub struct RuleError {
    /// The rule as written.
    pub rule: String,
    /// What is wrong, and where.
    pub fault: Box<Diagnostic>,
}

impl RuleError {
    fn new(rule: &str, fault: Diagnostic) -> Self {
        Self { rule: rule.to_owned(), fault: Box::new(fault) }
    }
}

#[cfg(test)]
mod tests;
