//! A regular expression in two forms, each compiled where a text first asks for it.
//!
//! One is whole; the other is cut down to the characters that nearly all news is made of (`text::easy`),
//! and is small and fast. On texts of such characters both find the same.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Look, Repetition};

use super::regex::RegexFault;
use crate::text::eased;

/// Bytes that a compiled expression may take.
pub const SIZE_LIMIT: usize = 2 << 20;

/// How deep an expression may be nested: what is printed from it must be read again.
const DEEPEST: u32 = 240;

/// An expression without case whose matches stand between the borders of words.
#[derive(Debug, Clone)]
pub(super) struct Twins {
    hir: Hir,
    /// Finds the next match.
    searching: Pair,
    /// Matches at the beginning of a text, which must be the border of a word.
    anchored: Pair,
}

/// The two forms.
#[derive(Debug, Clone, Default)]
struct Pair {
    easy: OnceLock<Option<Regex>>,
    whole: OnceLock<Option<Regex>>,
}

impl Twins {
    /// Reads an expression. It is compiled here only where it might turn out too large.
    pub(super) fn new(expression: &str) -> Result<Self, RegexFault> {
        let mut parser = ParserBuilder::new().case_insensitive(true).nest_limit(DEEPEST).build();
        let hir =
            parser.parse(expression).map_err(|error| RegexFault::Syntax(error.to_string()))?;
        let twins = Self { hir, searching: Pair::default(), anchored: Pair::default() };
        if most_bytes(&twins.hir) > SIZE_LIMIT {
            let whole = compile(&between(Look::WordStartHalfUnicode, &twins.hir))?;
            let _ = twins.searching.whole.set(Some(whole));
        }
        let may_be_empty = twins.hir.properties().minimum_len() == Some(0);
        if may_be_empty && twins.searching(true).is_some_and(|regex| regex.is_match("")) {
            return Err(RegexFault::Empty);
        }
        Ok(twins)
    }

    /// What was read.
    pub(super) fn hir(&self) -> &Hir {
        &self.hir
    }

    /// Whether nothing in the expression looks at what stands around it.
    pub(super) fn is_free(&self) -> bool {
        self.hir.properties().look_set().is_empty()
    }

    /// Finds the next match in a text, of easy characters or of any.
    pub(super) fn searching(&self, is_easy: bool) -> Option<&Regex> {
        self.searching.form(is_easy, Look::WordStartHalfUnicode, &self.hir)
    }

    /// Finds the match at the beginning of a text, where that is the border of a word and the
    /// expression is [free](Self::is_free).
    pub(super) fn anchored(&self, is_easy: bool) -> Option<&Regex> {
        self.anchored.form(is_easy, Look::Start, &self.hir)
    }
}

impl Pair {
    fn form(&self, is_easy: bool, start: Look, hir: &Hir) -> Option<&Regex> {
        let compiled = if is_easy {
            self.easy.get_or_init(|| compile(&eased(&between(start, hir))).ok())
        } else {
            self.whole.get_or_init(|| compile(&between(start, hir)).ok())
        };
        compiled.as_ref()
    }
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

/// More bytes than the expression takes when compiled: a state of the automaton for every byte of a
/// literal and every step of a character through its ranges, again for every repetition.
fn most_bytes(hir: &Hir) -> usize {
    /// What a state takes, with its links.
    const STATE: usize = 64;
    let sum =
        |subs: &[Hir]| subs.iter().map(most_bytes).fold(STATE, |all, sub| all.saturating_add(sub));
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => STATE,
        HirKind::Literal(literal) => STATE.saturating_mul(literal.0.len() + 1),
        HirKind::Class(Class::Bytes(class)) => STATE.saturating_mul(class.ranges().len() + 1),
        HirKind::Class(Class::Unicode(class)) => {
            STATE.saturating_mul(1 + class.iter().map(most_steps).sum::<usize>())
        }
        HirKind::Repetition(Repetition { min, max, sub, .. }) => {
            let times = max.unwrap_or(*min).max(1) as usize;
            most_bytes(sub).saturating_add(2 * STATE).saturating_mul(times)
        }
        HirKind::Capture(capture) => most_bytes(&capture.sub).saturating_add(2 * STATE),
        HirKind::Concat(subs) | HirKind::Alternation(subs) => sum(subs),
    }
}

/// More steps than a range of characters takes, a byte each: characters of n bytes that differ in more
/// than the last take up to 2n − 1 sequences.
fn most_steps(range: &ClassUnicodeRange) -> usize {
    let (start, end) = (range.start(), range.end());
    match (start.len_utf8(), end.len_utf8()) {
        (one, two) if one == two && start as u32 >> 6 == end as u32 >> 6 => one,
        (one, two) => (one..=two).map(|bytes| (2 * bytes - 1) * bytes).sum(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use regex_syntax::hir::Look;

    use super::{RegexFault, SIZE_LIMIT, Twins, between, compile, most_bytes};
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
                let spans = |regex: &Regex| -> Vec<_> { regex.find_iter(text).map(|m| m.range()).collect() };
                let found = twins.searching(is_easy(text)).map(spans);
                prop_assert_eq!(found, Some(spans(&regex)), "{:?} in {:?}", &expression, text);
                let first = |regex: &Regex| regex.find(text).map(|m| m.range());
                let wanted = first(&regex).filter(|found| found.start == 0);
                if twins.is_free() {
                    prop_assert_eq!(twins.anchored(is_easy(text)).map(first), Some(wanted), "{:?} in {:?}", &expression, text);
                }
            }
        }

        #[test]
        fn what_is_compiled_later_is_never_too_large(
            expression in expression(),
            times in 0..400_usize,
        ) {
            let expression = format!("(?:{expression}){{{times}}}");
            let Ok(hir) = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(&expression) else {
                return Ok(());
            };
            if most_bytes(&hir) <= SIZE_LIMIT {
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
        assert!(Twins::new(&deep).is_ok_and(|twins| twins.searching(false).is_some()));
    }
}
