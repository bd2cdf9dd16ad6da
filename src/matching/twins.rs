//! A regular expression in two forms, each compiled where texts have often enough asked for it.
//!
//! One is whole; the other is cut down to the characters that nearly all news is made of (`text::easy`),
//! and is small and fast. On texts of such characters both find the same.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, Look};

use super::regex::RegexFault;
use crate::lexicon::Facts;
use crate::text::{Walks, eased, unpack_hir};

/// Bytes that a compiled expression may take.
pub const SIZE_LIMIT: usize = 2 << 20;

/// How deep an expression may be nested: what is printed from it must be read again.
const DEEPEST: u32 = 240;

/// An expression without case whose matches stand between the borders of words.
#[derive(Debug, Clone)]
pub(super) struct Twins {
    /// The expression where it is packed, which is read when a text asks for it.
    packed: Option<&'static [u8]>,
    /// What was read; nothing if that can't be read.
    hir: OnceLock<Option<Hir>>,
    facts: Facts,
    /// Finds the next match.
    searching: Pair,
    /// Matches at the beginning of a text, which must be the border of a word.
    anchored: Pair,
}

/// The two forms, and what is walked through before there is need of them.
#[derive(Debug, Clone, Default)]
struct Pair {
    between: OnceLock<Hir>,
    walks: Walks,
    easy: OnceLock<Option<Regex>>,
    whole: OnceLock<Option<Regex>>,
}

impl Twins {
    /// Reads an expression, unless all is known of it already. It is compiled here only where it might
    /// turn out too large.
    pub(super) fn new(expression: &str) -> Result<Self, RegexFault> {
        let twins = |facts, packed| Self {
            packed,
            hir: OnceLock::new(),
            facts,
            searching: Pair::default(),
            anchored: Pair::default(),
        };
        let known = Facts::known(expression);
        if let Some((facts, packed)) =
            known.filter(|(facts, _)| !facts.may_be_empty && facts.most_bytes <= SIZE_LIMIT)
        {
            return Ok(twins(facts, Some(packed)));
        }
        let hir = read(expression)?;
        let twins = twins(Facts::of(&hir), None);
        if twins.facts.most_bytes > SIZE_LIMIT {
            let whole = compile(&between(Look::WordStartHalfUnicode, &hir))?;
            let _ = twins.searching.whole.set(Some(whole));
        }
        let _ = twins.hir.set(Some(hir));
        if twins.facts.may_be_empty && twins.find_at(true, "", 0).is_some() {
            return Err(RegexFault::Empty);
        }
        Ok(twins)
    }

    /// What is known of the expression.
    pub(super) fn facts(&self) -> &Facts {
        &self.facts
    }

    fn hir(&self) -> Option<&Hir> {
        self.hir.get_or_init(|| Some(unpack_hir(self.packed?)?.0)).as_ref()
    }

    /// The next match from a byte of a text on, which is of easy characters or of any.
    pub(super) fn find_at(&self, is_easy: bool, text: &str, at: usize) -> Option<Range<usize>> {
        self.searching.find_at((is_easy, text), at, (Look::WordStartHalfUnicode, self.hir()?))
    }

    /// How long the match at the beginning of a text is, where that is the border of a word and the
    /// expression looks at nothing around it.
    pub(super) fn length_at_start(&self, is_easy: bool, text: &str) -> Option<usize> {
        let found = self.anchored.find_at((is_easy, text), 0, (Look::Start, self.hir()?))?;
        Some(found.end)
    }
}

impl Pair {
    fn find_at(
        &self,
        (is_easy, text): (bool, &str),
        at: usize,
        (start, hir): (Look, &Hir),
    ) -> Option<Range<usize>> {
        let between = self.between.get_or_init(|| between(start, hir));
        let walked = self.walks.find(between, text, at);
        let searched = || Some(self.form(is_easy, between)?.find_at(text, at)?.range());
        walked.unwrap_or_else(|_| searched())
    }

    fn form(&self, is_easy: bool, between: &Hir) -> Option<&Regex> {
        let compiled = if is_easy {
            self.easy.get_or_init(|| compile(&eased(between)).ok())
        } else {
            self.whole.get_or_init(|| compile(between).ok())
        };
        compiled.as_ref()
    }
}

fn read(expression: &str) -> Result<Hir, RegexFault> {
    let mut parser = ParserBuilder::new().case_insensitive(true).nest_limit(DEEPEST).build();
    parser.parse(expression).map_err(|error| RegexFault::Syntax(error.to_string()))
}

/// The expression up to the border of a word.
fn between(start: Look, hir: &Hir) -> Hir {
    Hir::concat(vec![Hir::look(start), hir.clone(), Hir::look(Look::WordEndHalfUnicode)])
}

fn compile(hir: &Hir) -> Result<Regex, RegexFault> {
    let built = RegexBuilder::new(&hir.to_string())
        .nest_limit(4 * DEEPEST)
        .size_limit(SIZE_LIMIT)
        .dfa_size_limit(SIZE_LIMIT)
        .build();
    built.map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => RegexFault::TooLarge { limit },
        other => RegexFault::Syntax(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use regex_syntax::hir::Look;

    use super::{Pair, RegexFault, SIZE_LIMIT, Twins, between, compile, read};
    use crate::lexicon::Facts;
    use crate::text::is_easy;

    fn expression() -> impl Strategy<Value = String> {
        let part = prop::sample::select(vec![
            "abc",
            "k",
            "s",
            "[sk]t",
            "(?:abc|éb)",
            "(x*)",
            "a?",
            "(?P<n>ask)+",
            "[^a]",
            "(?-i:Abk)",
            r"\w",
            "é",
            ".",
            r"\b",
            r"\B",
            r"\b{start}",
            "[^.;“]{1,4}",
            "–",
            "…",
            "[’']s",
            r"\s+",
            r"\d{2,3}",
            "(?-u:\\b)",
            "(?m:^)",
            "(?m:$)",
            "^",
            "$",
            r"\p{Lu}",
            " ",
            "(?s:.)",
            "\u{212a}",
            "(?x: a # b\n)",
            "a{3}{2}",
            r"\W",
            "[[:punct:]]",
        ]);
        let joined = |parts: Vec<&str>| parts.concat();
        prop::collection::vec(part, 1..6).prop_map(joined).prop_flat_map(|one| {
            prop_oneof![
                Just(one.clone()),
                Just(format!("(?:{one}|ab)")),
                Just(format!("{one}|{one}k"))
            ]
        })
    }

    /// Texts of everything that the two forms could read differently.
    fn text() -> impl Strategy<Value = String> {
        prop::collection::vec(
            prop::sample::select(vec![
                "a", "b", "c", "A", "k", "K", "s", "S", "t", "x", "ab", "ask", "Abk", "1", "_",
                " ", ".", ";", "-", "'", "\n", "\r\n", "’", "“", "”", "–", "—", "…", "\u{a0}", "é",
                "É", "e\u{301}", "ſ", "\u{212a}", "\u{200d}", "½", "文", "\u{2011}",
            ]),
            0..24,
        )
        .prop_map(|parts| parts.concat())
    }

    proptest! {
        #[test]
        fn both_find_the_same_as_the_expression_itself(
            expression in expression(),
            texts in prop::collection::vec(text(), 1..8),
        ) {
            let source = format!(r"(?i)\b{{start-half}}(?:{expression})\b{{end-half}}");
            let (Ok(twins), Ok(regex)) = (Twins::new(&expression), Regex::new(&source)) else {
                return Ok(());
            };
            for text in &texts {
                let wanted: Vec<_> = regex.find_iter(text).map(|found| found.range()).collect();
                let again = std::iter::successors(twins.find_at(is_easy(text), text, 0), |last| {
                    twins.find_at(is_easy(text), text, last.end)
                });
                prop_assert_eq!(again.collect::<Vec<_>>(), &wanted[..], "{:?} in {:?}", &expression, text);
                let compiled = |pair: &Pair, start| -> Option<Vec<_>> {
                    let regex = pair.form(is_easy(text), &between(start, twins.hir()?))?;
                    Some(regex.find_iter(text).map(|found| found.range()).collect())
                };
                let found = compiled(&twins.searching, Look::WordStartHalfUnicode);
                prop_assert_eq!(found.as_deref(), Some(&wanted[..]), "{:?} in {:?}", &expression, text);
                if twins.facts().is_free {
                    let first = wanted.first().filter(|found| found.start == 0).map(|found| found.end);
                    let length = twins.length_at_start(is_easy(text), text);
                    prop_assert_eq!(length, first, "{:?} in {:?}", &expression, text);
                    let found = compiled(&twins.anchored, Look::Start).unwrap_or_default();
                    let length = found.first().map(|found| found.end);
                    prop_assert_eq!(length, first, "{:?} in {:?}", &expression, text);
                }
            }
        }

        #[test]
        fn what_is_compiled_later_is_never_too_large(
            expression in expression(),
            times in 0..400_usize,
        ) {
            let expression = format!("(?:{expression}){{{times}}}");
            let Ok(hir) = read(&expression) else { return Ok(()) };
            if Facts::of(&hir).most_bytes <= SIZE_LIMIT {
                prop_assert!(compile(&between(Look::WordStartHalfUnicode, &hir)).is_ok(), "{expression}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said_when_it_is_read() {
        let fault = |expression: &str| Twins::new(expression).err();
        assert!(matches!(fault("("), Some(RegexFault::Syntax(_))));
        assert_eq!(fault("a*"), Some(RegexFault::Empty));
        assert_eq!(fault("(?:é|)"), Some(RegexFault::Empty));
        assert_eq!(fault(r"\w{1000}\w{1000}"), Some(RegexFault::TooLarge { limit: SIZE_LIMIT }));
        assert_eq!(fault(r"(?x) a # one"), None);
        let deep = format!("{}a{}", "(?:".repeat(230), ")".repeat(230));
        assert!(Twins::new(&deep).is_ok_and(|twins| {
            let between = twins.hir().map(|hir| between(Look::Start, hir));
            between.is_some_and(|between| twins.anchored.form(false, &between).is_some())
        }));
    }
}
