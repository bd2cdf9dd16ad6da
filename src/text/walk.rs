//! Matching a regular expression without compiling it.
//!
//! To compile an expression takes as long as to try it on hundreds of lines, and most expressions are
//! tried on a few. So an expression is first walked through as it was read, going back where it does
//! not fit. When that has taken as long as compiling would, it is time to compile.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, Ordering};

use regex_syntax::hir::{Class, Hir, HirKind, Look, Repetition};
use regex_syntax::is_word_character;

/// Steps after which an expression is to be compiled.
const ENOUGH: u32 = 1 << 15;

/// How deep a walk may go: what it has still to do lies on the stack.
const DEEPEST: u32 = 400;

/// How far an expression was walked through so far, on all texts together.
#[derive(Debug, Default)]
pub(crate) struct Walks(AtomicU32);

impl Clone for Walks {
    fn clone(&self) -> Self {
        Self(AtomicU32::new(self.0.load(Ordering::Relaxed)))
    }
}

/// The expression is to be compiled: it was walked through enough, or has parts that no walk can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compile;

impl Walks {
    /// The leftmost match from the byte `from` on, the one that the expression prefers, as a compiled
    /// one would find it; it sees what stands before `from`.
    pub(crate) fn find(
        &self,
        expression: &Hir,
        text: &str,
        from: usize,
    ) -> Result<Option<Range<usize>>, Compile> {
        let walked = self.0.load(Ordering::Relaxed);
        let left = ENOUGH.checked_sub(walked).ok_or(Compile)?;
        let mut walk = Walk { text, left, depth: 0 };
        let found = walk.find(expression, from);
        // One that gave up would do so again.
        let steps = if found.is_err() { ENOUGH } else { left - walk.left };
        self.0.store(walked.saturating_add(steps).saturating_add(1), Ordering::Relaxed);
        found
    }
}

/// What must follow.
#[derive(Clone, Copy)]
enum Next<'a> {
    /// Nothing: the match ends.
    End,
    /// The other parts of a sequence.
    Parts { parts: &'a [Hir], next: &'a Next<'a> },
    /// The repetition once more, after so many times.
    Again { repeated: &'a Repetition, times: u32, next: &'a Next<'a> },
}

struct Walk<'t> {
    text: &'t str,
    left: u32,
    depth: u32,
}

/// Where the match ends.
type End = Result<Option<usize>, Compile>;

impl Walk<'_> {
    fn find(&mut self, expression: &Hir, from: usize) -> Result<Option<Range<usize>>, Compile> {
        let tied = expression.properties().look_set_prefix().contains(Look::Start);
        for start in from..=self.text.len() {
            if tied && start > 0 {
                break;
            }
            if self.text.is_char_boundary(start)
                && let Some(end) = self.step(expression, start, Next::End)?
            {
                return Ok(Some(start..end));
            }
        }
        Ok(None)
    }

    fn step(&mut self, part: &Hir, at: usize, next: Next<'_>) -> End {
        self.left = self.left.checked_sub(1).ok_or(Compile)?;
        match part.kind() {
            HirKind::Empty => self.go(next, at),
            HirKind::Literal(_) | HirKind::Class(_) => {
                self.one(part, at)?.map_or(Ok(None), |end| self.go(next, end))
            }
            HirKind::Look(look) => {
                if self.holds(*look, at)? {
                    self.go(next, at)
                } else {
                    Ok(None)
                }
            }
            HirKind::Capture(capture) => self.step(&capture.sub, at, next),
            HirKind::Concat(parts) => self.go(Next::Parts { parts, next: &next }, at),
            HirKind::Alternation(branches) => {
                for branch in branches {
                    if let Some(end) = self.step(branch, at, next)? {
                        return Ok(Some(end));
                    }
                }
                Ok(None)
            }
            HirKind::Repetition(repeated) if is_character(&repeated.sub) => {
                self.run(repeated, at, next)
            }
            HirKind::Repetition(repeated) => {
                // What repeats nothing has rules of its own.
                if repeated.sub.properties().minimum_len().is_none_or(|length| length == 0) {
                    return Err(Compile);
                }
                self.again(repeated, 0, at, next)
            }
        }
    }

    fn go(&mut self, next: Next<'_>, at: usize) -> End {
        self.depth += 1;
        let end = match next {
            _ if self.depth > DEEPEST => Err(Compile),
            Next::End => Ok(Some(at)),
            Next::Parts { parts, next } => match parts {
                [] => self.go(*next, at),
                [last] => self.step(last, at, *next),
                [first, parts @ ..] => self.step(first, at, Next::Parts { parts, next }),
            },
            Next::Again { repeated, times, next } => self.again(repeated, times, at, *next),
        };
        self.depth -= 1;
        end
    }

    /// The repetition after so many times.
    fn again(&mut self, repeated: &Repetition, times: u32, at: usize, next: Next<'_>) -> End {
        let may_end = times >= repeated.min;
        if may_end
            && !repeated.greedy
            && let Some(end) = self.go(next, at)?
        {
            return Ok(Some(end));
        }
        if repeated.max.is_none_or(|max| times < max) {
            let again = Next::Again { repeated, times: times + 1, next: &next };
            if let Some(end) = self.step(&repeated.sub, at, again)? {
                return Ok(Some(end));
            }
        }
        if may_end && repeated.greedy { self.go(next, at) } else { Ok(None) }
    }

    /// A repetition of one character.
    fn run(&mut self, repeated: &Repetition, at: usize, next: Next<'_>) -> End {
        let Repetition { min, max, greedy, ref sub } = *repeated;
        let mut times = 0;
        let mut end = at;
        loop {
            if !greedy
                && times >= min
                && let Some(end) = self.go(next, end)?
            {
                return Ok(Some(end));
            }
            let more = if max == Some(times) { None } else { self.one(sub, end)? };
            let Some(after) = more else { break };
            (end, times) = (after, times + 1);
            self.left = self.left.checked_sub(1).ok_or(Compile)?;
        }
        while greedy && times >= min {
            if let Some(end) = self.go(next, end)? {
                return Ok(Some(end));
            }
            if times == 0 {
                break;
            }
            times -= 1;
            end = (at..end).rev().find(|&end| self.text.is_char_boundary(end)).unwrap_or(at);
        }
        Ok(None)
    }

    /// Where a literal or a character of a class ends.
    fn one(&self, part: &Hir, at: usize) -> End {
        match part.kind() {
            HirKind::Literal(literal) => {
                let rest = self.text.as_bytes().get(at..).unwrap_or_default();
                Ok(rest.starts_with(&literal.0).then_some(at + literal.0.len()))
            }
            HirKind::Class(Class::Unicode(class)) => {
                let Some(c) = self.text.get(at..).ok_or(Compile)?.chars().next() else {
                    return Ok(None);
                };
                let ranges = class.ranges();
                let place = ranges.partition_point(|range| range.end() < c);
                let holds = ranges.get(place).is_some_and(|range| range.start() <= c);
                Ok(holds.then_some(at + c.len_utf8()))
            }
            _ => Err(Compile),
        }
    }

    fn holds(&self, look: Look, at: usize) -> Result<bool, Compile> {
        let (before, after) = self.text.split_at_checked(at).ok_or(Compile)?;
        let (before, after) = (before.chars().next_back(), after.chars().next());
        let is_ascii = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let ascii = || (before.is_some_and(is_ascii), after.is_some_and(is_ascii));
        let word = || (before.is_some_and(is_word_character), after.is_some_and(is_word_character));
        let (start, end) = (|(x, y): (bool, bool)| !x && y, |(x, y): (bool, bool)| x && !y);
        let differ = |(x, y): (bool, bool)| x != y;
        Ok(match look {
            Look::Start => at == 0,
            Look::End => at == self.text.len(),
            Look::StartLF => before.is_none_or(|c| c == '\n'),
            Look::EndLF => after.is_none_or(|c| c == '\n'),
            Look::WordAscii => differ(ascii()),
            Look::WordAsciiNegate => !differ(ascii()),
            Look::WordUnicode => differ(word()),
            Look::WordUnicodeNegate => !differ(word()),
            Look::WordStartAscii => start(ascii()),
            Look::WordEndAscii => end(ascii()),
            Look::WordStartUnicode => start(word()),
            Look::WordEndUnicode => end(word()),
            Look::WordStartHalfAscii => !ascii().0,
            Look::WordEndHalfAscii => !ascii().1,
            Look::WordStartHalfUnicode => !word().0,
            Look::WordEndHalfUnicode => !word().1,
            Look::StartCRLF | Look::EndCRLF => return Err(Compile),
        })
    }
}

/// Whether every match is one character.
fn is_character(part: &Hir) -> bool {
    match part.kind() {
        HirKind::Class(Class::Unicode(_)) => true,
        HirKind::Literal(literal) => {
            std::str::from_utf8(&literal.0).is_ok_and(|text| text.chars().count() == 1)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    fn expression() -> impl Strategy<Value = String> {
        let parts = vec![
            "abc",
            "a",
            "é",
            "[ab]",
            "[^a]",
            ".",
            r"\w",
            r"\p{Lu}",
            r"\d",
            "^",
            "$",
            r"\b",
            r"\B",
            r"\b{start}",
            r"\b{end}",
            r"\b{start-half}",
            r"\b{end-half}",
            "(?m:^)",
            "(?m:$)",
            r"(?-u:\b)",
            "(?i:abk)",
            "(?:ab|a)",
            "(?:a|ab)",
            " ",
            "[.!?]",
            "(a)",
            "\n",
            "(?:)",
        ];
        let part = (
            prop::sample::select(parts),
            prop::sample::select(vec![
                "", "", "", "?", "*", "+", "??", "*?", "+?", "{2}", "{1,3}", "{1,3}?", "{0,2}",
            ]),
        );
        let part = part.prop_map(|(part, times)| format!("(?:{part}){times}"));
        prop::collection::vec(part, 1..5).prop_map(|parts| parts.concat()).prop_flat_map(|one| {
            prop_oneof![
                Just(one.clone()),
                Just(format!("(?:{one}|ab)")),
                Just(format!("(?:{one}){{1,2}}")),
                Just(format!("(?:{one} )*?{one}")),
            ]
        })
    }

    proptest! {
        #[test]
        fn finds_what_a_compiled_expression_finds(
            expression in expression(),
            text in "([abcABkKſ\u{212a}éÉ1_ .!\n]|abc|ab|文){0,16}",
            from in 0usize..6,
        ) {
            let (Ok(regex), Ok(hir)) = (Regex::new(&expression), regex_syntax::parse(&expression)) else {
                return Ok(());
            };
            let from = (0..=from.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            if let Ok(found) = Walks::default().find(&hir, &text, from) {
                prop_assert_eq!(found, regex.find_at(&text, from).map(|found| found.range()));
            }
        }
    }

    #[test]
    fn most_expressions_can_be_walked_through() {
        for expression in
            ["(?i:by) .{1,20}$", r"^(?:\p{Lu}\w+ ){1,3}(?:a|bc)?", r"\bso[- ]called\b"]
        {
            let hir = regex_syntax::parse(expression).map_err(|_| Compile);
            let found = hir.and_then(|hir| Walks::default().find(&hir, "By Anna Berg", 0));
            assert!(found.is_ok(), "{expression}");
        }
    }

    #[test]
    fn endless_walks_end() {
        let hir = regex_syntax::parse("(?:a+)+(?:a+)+(?:a+)+b").map_err(|_| Compile);
        let text = "a".repeat(200);
        let walks = Walks::default();
        assert_eq!(hir.clone().and_then(|hir| walks.find(&hir, &text, 0)), Err(Compile));
        assert_eq!(hir.and_then(|hir| walks.find(&hir, "", 0)), Err(Compile));
        let deep = regex_syntax::parse("(?:ab)*$").map_err(|_| Compile);
        assert_eq!(
            deep.and_then(|hir| Walks::default().find(&hir, &"ab".repeat(5000), 0)),
            Err(Compile)
        );
    }
}
