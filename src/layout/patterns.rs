//! Regular expressions for lines, tried only where they could match.
//!
//! A page has dozens of short lines and the data file hundreds of expressions, nearly none of which
//! fits. So it is known of each expression how long its matches are and which bytes they may begin and
//! end with: a line that fails there never meets it. The others are tried where a line holds one of the
//! words that a match must hold: walked through for a while, then compiled.
//! There is a form for lines of easy characters and one for all others; neither is made before a line
//! asks for it.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, Look};

use super::pattern_edges::{Edges, Place, parse};
use super::pattern_line::Line;
use super::pattern_needles::Needles;
use crate::text::{Walks, eased, unpack_hir};

/// What a compiled expression may take, in bytes; a larger one matches nothing.
const SIZE_LIMIT: usize = 1 << 26;

/// A set of expressions for lines.
#[derive(Debug, Clone)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    edges: Edges,
}

#[derive(Debug, Clone)]
struct Pattern {
    source: Source,
    place: Place,
    /// What was read; nothing where the source is no expression.
    hir: OnceLock<Option<Hir>>,
    walks: Walks,
    needles: OnceLock<Needles>,
    /// For lines of easy characters.
    easy: OnceLock<Option<Regex>>,
    /// For any line.
    whole: OnceLock<Option<Regex>>,
}

/// An expression before it is read.
#[derive(Debug, Clone)]
enum Source {
    Written(String),
    Packed(&'static [u8]),
}

impl Patterns {
    /// # Errors
    /// The first expression that is none.
    pub fn new(sources: &[String], place: Place) -> Result<Self, Box<regex_syntax::Error>> {
        let edges = Edges::of(sources, place)?;
        let pattern = |source: &String| Pattern::new(Source::Written(source.clone()), place);
        Ok(Self { patterns: sources.iter().map(pattern).collect(), edges })
    }

    /// Expressions that were packed, with what was found out about them.
    pub fn unpacked(packed: Vec<&'static [u8]>, place: Place, edges: Edges) -> Self {
        let pattern = |packed| Pattern::new(Source::Packed(packed), place);
        Self { patterns: packed.into_iter().map(pattern).collect(), edges }
    }

    pub fn is_match(&self, text: &str) -> bool {
        let line = Line::new(text);
        self.that_fit(text).any(|pattern| pattern.is_match(&line))
    }

    /// The expressions, where they have to match, and what is known of their matches.
    #[cfg(test)]
    pub fn known(&self) -> (Vec<(Option<Hir>, Place)>, Edges) {
        let each = |pattern: &Pattern| (pattern.hir().cloned(), pattern.place);
        (self.patterns.iter().map(each).collect(), self.edges.clone())
    }

    /// Where the longest match that begins with `text` ends.
    pub fn longest_prefix(&self, text: &str) -> Option<usize> {
        let line = Line::new(text);
        let found = self.that_fit(text).filter_map(|pattern| pattern.find(&line));
        found.filter(|found| found.start == 0).map(|found| found.end).max()
    }

    /// The expressions that could match `text`.
    fn that_fit<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a Pattern> {
        self.edges.allowed(text.as_bytes()).filter_map(|index| self.patterns.get(index))
    }
}

impl Pattern {
    fn new(source: Source, place: Place) -> Self {
        let (easy, whole) = (OnceLock::new(), OnceLock::new());
        let (hir, needles) = (OnceLock::new(), OnceLock::new());
        Self { source, place, hir, walks: Walks::default(), needles, easy, whole }
    }

    fn hir(&self) -> Option<&Hir> {
        let read = || {
            let hir = match &self.source {
                Source::Written(source) => parse(source, self.place).ok()?,
                Source::Packed(packed) => unpack_hir(packed)?.0,
            };
            Some(match self.place {
                Place::Anywhere => hir,
                _ => Hir::concat(vec![Hir::look(Look::Start), hir, Hir::look(Look::End)]),
            })
        };
        self.hir.get_or_init(read).as_ref()
    }

    fn is_match(&self, line: &Line<'_>) -> bool {
        let Some(hir) = self.hir_for(line) else { return false };
        match self.walks.find(hir, line.text(), 0) {
            Ok(found) => found.is_some(),
            Err(_) => self.regex(hir, line).is_some_and(|regex| regex.is_match(line.text())),
        }
    }

    /// The first match.
    fn find(&self, line: &Line<'_>) -> Option<Range<usize>> {
        let hir = self.hir_for(line)?;
        match self.walks.find(hir, line.text(), 0) {
            Ok(found) => found,
            Err(_) => Some(self.regex(hir, line)?.find(line.text())?.range()),
        }
    }

    /// What was read, if it may match the line.
    fn hir_for(&self, line: &Line<'_>) -> Option<&Hir> {
        let hir = self.hir()?;
        let needles = || Needles::of(hir, self.place == Place::WholeFolded);
        self.needles.get_or_init(needles).may_stand_in(line).then_some(hir)
    }

    /// The expression as the line asks for it; nothing if it can't match.
    fn regex(&self, hir: &Hir, line: &Line<'_>) -> Option<&Regex> {
        let compile =
            |hir: &Hir| RegexBuilder::new(&hir.to_string()).size_limit(SIZE_LIMIT).build().ok();
        let compiled = if line.is_easy() {
            self.easy.get_or_init(|| compile(&eased(hir)))
        } else {
            self.whole.get_or_init(|| compile(hir))
        };
        compiled.as_ref()
    }
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
