//! Regular expressions for lines, tried only where they could match.
//!
//! A page has dozens of short lines and the data file hundreds of expressions, nearly none of which
//! fits. So each expression is read once for what every match of it must look like: how long it is,
//! which bytes it may begin and end with, which words it must hold. A line that fails one of these
//! never meets the expression. What a line never asks for is never made: the words, the expression
//! for lines of easy characters, the one for all others.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, Look};

use super::pattern_edges::Edges;
use super::pattern_needles::Needles;
use crate::text::{eased, is_easy};

/// What a compiled expression may take, in bytes; a larger one matches nothing.
const SIZE_LIMIT: usize = 1 << 26;

/// Where an expression has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// The whole line, whatever its case.
    WholeFolded,
    /// The whole line.
    Whole,
    /// Anywhere; the expression has its own anchors.
    Anywhere,
}

/// A set of expressions for lines.
#[derive(Debug, Clone)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    edges: Edges,
}

#[derive(Debug, Clone)]
struct Pattern {
    hir: Hir,
    folded: bool,
    needles: OnceLock<Needles>,
    /// For lines of easy characters.
    easy: OnceLock<Option<Regex>>,
    /// For any line.
    whole: OnceLock<Option<Regex>>,
}

impl Patterns {
    /// # Errors
    /// The first expression that is none.
    pub fn new(sources: &[String], place: Place) -> Result<Self, regex::Error> {
        let folded = place == Place::WholeFolded;
        let mut edges = Edges::new(sources.len());
        let mut patterns = Vec::with_capacity(sources.len());
        for (index, source) in sources.iter().enumerate() {
            let hir = parse(source, folded)?;
            edges.restrict(index, &hir, place != Place::Anywhere);
            patterns.push(Pattern::new(hir, folded, place));
        }
        Ok(Self { patterns, edges })
    }

    pub fn is_match(&self, text: &str) -> bool {
        self.that_fit(text).any(|regex| regex.is_match(text))
    }

    /// Where the longest match that begins with `text` ends.
    pub fn longest_prefix(&self, text: &str) -> Option<usize> {
        let found = self.that_fit(text).filter_map(|regex| regex.find(text));
        found.filter(|found| found.start() == 0).map(|found| found.end()).max()
    }

    /// The expressions that could match `text`.
    fn that_fit<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Regex> {
        self.edges
            .allowed(text.as_bytes())
            .filter_map(|index| self.patterns.get(index))
            .filter(|pattern| pattern.needles().may_stand_in(text))
            .filter_map(|pattern| pattern.regex(text))
    }
}

impl Pattern {
    fn new(hir: Hir, folded: bool, place: Place) -> Self {
        let hir = match place {
            Place::Anywhere => hir,
            _ => Hir::concat(vec![Hir::look(Look::Start), hir, Hir::look(Look::End)]),
        };
        let (easy, whole) = (OnceLock::new(), OnceLock::new());
        Self { hir, folded, needles: OnceLock::new(), easy, whole }
    }

    fn needles(&self) -> &Needles {
        self.needles.get_or_init(|| Needles::of(&self.hir, self.folded))
    }

    /// The expression as `text` asks for it.
    fn regex(&self, text: &str) -> Option<&Regex> {
        let compile =
            |hir: &Hir| RegexBuilder::new(&hir.to_string()).size_limit(SIZE_LIMIT).build().ok();
        let compiled = if is_easy(text) {
            self.easy.get_or_init(|| compile(&eased(&self.hir)))
        } else {
            self.whole.get_or_init(|| compile(&self.hir))
        };
        compiled.as_ref()
    }
}

pub(super) fn parse(source: &str, folded: bool) -> Result<Hir, regex::Error> {
    let mut parser = ParserBuilder::new().case_insensitive(folded).build();
    parser.parse(source).map_err(|error| regex::Error::Syntax(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::sync::OnceLock;

    use regex::{Regex, RegexBuilder};

    use super::{Patterns, Place};

    const SOURCES: &[&str] = &[
        "skip to (?:the )?(?:main )?content",
        ".{0,80}all rights reserved\\.?.{0,80}",
        "(?:\\(c\\)|©).{0,60}",
        "(?:story |text )?by:? (?-i:\\p{Lu}[\\p{L}.’-]*(?: \\p{Lu}[\\p{L}]*){1,4})",
        "\\d+ min(?:ute)?s? read",
        "[*_#=-]{1,80}",
        ".{1,60}(?: ?[/|] ?| via )(?:getty(?: images)?|afp|file)",
    ];

    /// Each expression by itself, as it is tried and as it is meant.
    fn both() -> &'static [(Patterns, Regex)] {
        static BOTH: OnceLock<Vec<(Patterns, Regex)>> = OnceLock::new();
        BOTH.get_or_init(|| {
            let both = |source: &&str| {
                let mut builder = RegexBuilder::new(&format!("^(?:{source})$"));
                let patterns = Patterns::new(&[(*source).to_owned()], Place::WholeFolded);
                (patterns.unwrap(), builder.case_insensitive(true).build().unwrap())
            };
            SOURCES.iter().map(both).collect()
        })
    }

    fn agree(line: &str) {
        for (source, (patterns, regex)) in SOURCES.iter().zip(both()) {
            assert_eq!(patterns.is_match(line), regex.is_match(line), "{source} {line:?}");
        }
    }

    #[test]
    fn what_could_not_match_does_not() {
        for line in [
            "Skip to main content",
            "SKIP TO CONTENT",
            "s\u{212a}ip to content",
            "2017 The Ledger. All Rights Reserved. x",
            "all right\u{17f} re\u{17f}erved",
            "© The Ledger",
            "(C) 2017",
            "By Anna Berg",
            "by anna berg",
            "TEXT by: Éva Ö",
            "5 min read",
            "12 minutes READ",
            "****",
            "-",
            "",
            "Lars Hagberg/AFP",
            "Lars Hagberg via Getty Images",
            "x|file",
        ] {
            agree(line);
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_that_matches_is_left_out(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "skip to ", "the ", "main ", "content", "all rights reserved", ".", "(c)", "©",
                    "by ", "By: ", "Anna", " Berg", "7", " min", "s", " read", "*", "-", "/", " via ",
                    "getty", " images", "AFP", "File", "ſ", "\u{212a}", "É", "\n",
                ]),
                0..6,
            )
        ) {
            agree(&pieces.concat());
        }
    }
}
