//! From the text of a rule to its tree, with errors that point at the character.

use std::ops::Range;

use super::{Measure, Named, Node, Rule, RuleError, Sign, Test};
use crate::tally::VoiceGroup;
use crate::toml_reader::Diagnostic;

/// Brackets inside brackets up to which a rule is followed.
const DEPTH: usize = 64;

/// Reads a rule.
///
/// # Errors
/// What is wrong, and at which character. No text makes it panic.
pub fn parse(rule: &str) -> Result<Rule, RuleError> {
    let parsed = tokens(rule).and_then(|tokens| {
        let mut parser = Parser { tokens: &tokens, next: 0, end: rule.len() };
        let root = parser.any(0)?;
        match parser.peek() {
            None => Ok(Rule { root }),
            Some(token) => {
                let found = fault(token.place.clone(), "expected “and”, “or” or the end");
                Err(match &token.kind {
                    Kind::Comma => found.with_help("a decimal has a point: 2.5"),
                    Kind::Word(word) if word == "&&" => found.with_help("write “and”"),
                    Kind::Word(word) if word == "||" => found.with_help("write “or”"),
                    _ => found,
                })
            }
        }
    });
    parsed.map_err(|fault| RuleError::new(rule, fault))
}

fn fault(place: Range<usize>, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("rule", place, message)
}

#[derive(Debug, Clone, PartialEq)]
struct Token {
    kind: Kind,
    place: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
enum Kind {
    Open,
    Close,
    Comma,
    Sign(Sign),
    /// A bare word: a keyword, a name or a number.
    Word(String),
    /// In quotation marks: a name.
    Quoted(String),
}

fn is_word(character: char) -> bool {
    !character.is_whitespace() && !matches!(character, '(' | ')' | ',' | '"' | '<' | '>' | '=')
}

fn tokens(rule: &str) -> Result<Vec<Token>, Diagnostic> {
    let mut tokens = Vec::new();
    let mut rest = rule;
    while let Some(first) = rest.chars().next() {
        let start = rule.len() - rest.len();
        let (kind, length) = match first {
            _ if first.is_whitespace() => {
                rest = &rest[first.len_utf8()..];
                continue;
            }
            '(' => (Kind::Open, 1),
            ')' => (Kind::Close, 1),
            ',' => (Kind::Comma, 1),
            '"' => quoted(rest, start)?,
            '>' | '<' => sign(rest),
            '“' | '”' | '„' => {
                let place = start..start + first.len_utf8();
                let help = "names stand in straight quotation marks: \"The Globe\"";
                return Err(fault(place, "this is a typographic quotation mark").with_help(help));
            }
            '!' if rest[1..].starts_with('=') => {
                let help = "write > < >= or <=; rates are never exactly equal to a number";
                return Err(fault(start..start + 2, "“!=” is no comparison").with_help(help));
            }
            '=' => {
                let place = start..start + 1;
                let help = "write > < >= or <=; rates are never exactly equal to a number";
                return Err(fault(place, "“=” alone is no comparison").with_help(help));
            }
            _ => {
                let length = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                (Kind::Word(rest[..length].to_owned()), length)
            }
        };
        tokens.push(Token { kind, place: start..start + length });
        rest = &rest[length..];
    }
    Ok(tokens)
}

fn quoted(rest: &str, start: usize) -> Result<(Kind, usize), Diagnostic> {
    let inner = &rest[1..];
    match inner.find('"') {
        Some(length) => Ok((Kind::Quoted(inner[..length].to_owned()), length + 2)),
        None => Err(fault(start..start + 1, "this quotation mark is never closed")),
    }
}

fn sign(rest: &str) -> (Kind, usize) {
    let with_equal = rest[1..].starts_with('=');
    let sign = match (rest.starts_with('>'), with_equal) {
        (true, true) => Sign::AtLeast,
        (true, false) => Sign::Above,
        (false, true) => Sign::AtMost,
        (false, false) => Sign::Below,
    };
    (Kind::Sign(sign), if with_equal { 2 } else { 1 })
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    end: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    /// The next token, or where the rule ends too early.
    fn take(&mut self, expected: &str) -> Result<&'a Token, Diagnostic> {
        let token = self.peek().ok_or_else(|| {
            fault(self.end..self.end, format!("the rule ends here; expected {expected}"))
        })?;
        self.next += 1;
        Ok(token)
    }

    fn expect(&mut self, kind: &Kind, expected: &str) -> Result<(), Diagnostic> {
        let token = self.take(expected)?;
        if token.kind == *kind {
            Ok(())
        } else {
            Err(fault(token.place.clone(), format!("expected {expected}")))
        }
    }

    fn keyword(&mut self, keyword: &str) -> bool {
        let is = self.peek().is_some_and(
            |token| matches!(&token.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword)),
        );
        self.next += usize::from(is);
        is
    }

    fn any(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let mut parts = vec![self.all(depth)?];
        while self.keyword("or") {
            parts.push(self.all(depth)?);
        }
        Ok(Node::Or(parts))
    }

    fn all(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let mut parts = vec![self.test(depth)?];
        while self.keyword("and") {
            parts.push(self.test(depth)?);
        }
        Ok(Node::And(parts))
    }

    fn test(&mut self, depth: usize) -> Result<Node, Diagnostic> {
        let token = self.take("“rate(…)” or “change(…)”")?;
        let word = match &token.kind {
            Kind::Open if depth >= DEPTH => {
                return Err(fault(token.place.clone(), "too many brackets inside brackets"));
            }
            Kind::Open => {
                let inner = self.any(depth + 1)?;
                self.expect(&Kind::Close, "“)”")?;
                return Ok(inner);
            }
            Kind::Word(word) => word.to_ascii_lowercase(),
            _ => String::new(),
        };
        let measure = match word.as_str() {
            "rate" => Measure::Rate,
            "change" => Measure::Change,
            _ => {
                let message = "expected “rate(…)” or “change(…)”";
                return Err(fault(token.place.clone(), message));
            }
        };
        self.comparison(measure, token.place.start).map(Node::Test)
    }

    fn comparison(&mut self, measure: Measure, start: usize) -> Result<Test, Diagnostic> {
        self.expect(&Kind::Open, "“(” and a category")?;
        let category = self.name("a category")?;
        let mut voice = VoiceGroup::Worded;
        let mut outlet = None;
        if self.comma_or_close()? {
            voice = voice_of(&self.name("a voice")?)?;
            if self.comma_or_close()? {
                outlet = Some(self.name("an outlet")?);
                self.expect(&Kind::Close, "“)”")?;
            }
        }
        let token = self.take("a comparison: > < >= or <=")?;
        let Kind::Sign(sign) = token.kind else {
            return Err(fault(token.place.clone(), "expected a comparison: > < >= or <="));
        };
        let (limit, percent, end) = self.limit(measure)?;
        Ok(Test { measure, category, voice, outlet, sign, limit, percent, place: start..end })
    }

    fn name(&mut self, what: &str) -> Result<Named, Diagnostic> {
        let token = self.take(what)?;
        let place = token.place.clone();
        match &token.kind {
            Kind::Word(name) | Kind::Quoted(name) if !name.is_empty() => {
                Ok(Named { name: name.clone(), place })
            }
            _ => Err(fault(place, format!("expected {what}"))),
        }
    }

    /// Whether a comma comes next, rather than the closing bracket.
    fn comma_or_close(&mut self) -> Result<bool, Diagnostic> {
        let token = self.take("“,” or “)”")?;
        match token.kind {
            Kind::Comma => Ok(true),
            Kind::Close => Ok(false),
            _ => {
                let help = "put a name with blanks in quotation marks: \"The Globe\"";
                Err(fault(token.place.clone(), "expected “,” or “)”").with_help(help))
            }
        }
    }

    fn limit(&mut self, measure: Measure) -> Result<(f64, bool, usize), Diagnostic> {
        let token = self.take("a number")?;
        let Kind::Word(word) = &token.kind else {
            return Err(fault(token.place.clone(), "expected a number"));
        };
        let mut place = token.place.clone();
        let digits = word.strip_suffix('%').unwrap_or(word);
        let mut percent = digits.len() < word.len();
        let limit: f64 = digits
            .replace('−', "-")
            .parse()
            .ok()
            .filter(|limit: &f64| limit.is_finite())
            .ok_or_else(|| fault(place.clone(), format!("“{word}” is no number")))?;
        let after = self.peek().filter(|t| matches!(&t.kind, Kind::Word(word) if word == "%"));
        if let Some(sign) = after.filter(|_| !percent) {
            self.next += 1;
            percent = true;
            place.end = sign.place.end;
        }
        if percent && measure == Measure::Rate {
            let help = "write the limit without “%”, or test “change(…)”";
            return Err(fault(place, "a rate is per 1,000 words, not percent").with_help(help));
        }
        Ok((limit, percent, place.end))
    }
}

fn voice_of(named: &Named) -> Result<VoiceGroup, Diagnostic> {
    let found = VoiceGroup::ALL.into_iter().find(|voice| voice.name() == named.name);
    found.ok_or_else(|| {
        let names: Vec<&str> = VoiceGroup::ALL.into_iter().map(VoiceGroup::name).collect();
        fault(named.place.clone(), format!("there is no voice “{}”", named.name))
            .with_help(format!("voices are {}", names.join(", ")))
    })
}
