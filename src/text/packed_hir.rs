//! A regular expression that was read, as bytes: those of the built-in data are read when the program is
//! built. `build.rs` uses this file, too.

use regex_syntax::hir::{
    Capture, Class, ClassBytes, ClassBytesRange, ClassUnicode, ClassUnicodeRange, Hir, HirKind,
    Look, Repetition,
};

/// What an expression is made of; each is a byte before what belongs to it.
const EMPTY: u32 = 0;
const LITERAL: u32 = 1;
const CHARACTERS: u32 = 2;
const BYTES: u32 = 3;
const LOOK: u32 = 4;
const REPETITION: u32 = 5;
const CAPTURE: u32 = 6;
const CONCAT: u32 = 7;
const ALTERNATION: u32 = 8;

/// The most that an expression may be nested in what is read from bytes.
const DEEPEST: u32 = 1000;

/// Adds an expression to bytes. Names of groups are left out: nothing asks for them.
pub fn pack(hir: &Hir, bytes: &mut Vec<u8>) {
    match hir.kind() {
        HirKind::Empty => put(EMPTY, bytes),
        HirKind::Literal(literal) => {
            put(LITERAL, bytes);
            put(literal.0.len() as u32, bytes);
            bytes.extend(&literal.0);
        }
        HirKind::Class(Class::Unicode(class)) => {
            let ranges =
                class.ranges().iter().map(|range| [range.start().into(), range.end().into()]);
            put_ranges(CHARACTERS, ranges, bytes);
        }
        HirKind::Class(Class::Bytes(class)) => {
            let ranges =
                class.ranges().iter().map(|range| [range.start().into(), range.end().into()]);
            put_ranges(BYTES, ranges, bytes);
        }
        HirKind::Look(look) => [LOOK, look.as_repr()].iter().for_each(|part| put(*part, bytes)),
        HirKind::Repetition(Repetition { min, max, greedy, sub }) => {
            let most = max.map_or(0, |max| max.saturating_add(1));
            [REPETITION, *min, most, u32::from(*greedy)].iter().for_each(|part| put(*part, bytes));
            pack(sub, bytes);
        }
        HirKind::Capture(capture) => {
            [CAPTURE, capture.index].iter().for_each(|part| put(*part, bytes));
            pack(&capture.sub, bytes);
        }
        HirKind::Concat(parts) => put_all(CONCAT, parts, bytes),
        HirKind::Alternation(parts) => put_all(ALTERNATION, parts, bytes),
    }
}

fn put_all(kind: u32, parts: &[Hir], bytes: &mut Vec<u8>) {
    [kind, parts.len() as u32].iter().for_each(|part| put(*part, bytes));
    parts.iter().for_each(|part| pack(part, bytes));
}

/// Ranges in ascending order, each number as its distance from the one before.
fn put_ranges(kind: u32, ranges: impl ExactSizeIterator<Item = [u32; 2]>, bytes: &mut Vec<u8>) {
    [kind, ranges.len() as u32].iter().for_each(|part| put(*part, bytes));
    let mut before = 0;
    for number in ranges.flatten() {
        put(number - before, bytes);
        before = number;
    }
}

/// Seven bits a byte, the lowest first; the last byte has no eighth bit.
fn put(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The expression that was [packed](pack) at the start of `bytes`, and what stands behind it; `None` if
/// there is none.
pub fn unpack(bytes: &[u8]) -> Option<(Hir, &[u8])> {
    let mut packed = Packed { bytes };
    let hir = packed.hir(DEEPEST)?;
    Some((hir, packed.bytes))
}

/// What is still to be read.
struct Packed<'a> {
    bytes: &'a [u8],
}

impl Packed<'_> {
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for place in 0..5 {
            let (&byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            number |= u32::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn hir(&mut self, deepest: u32) -> Option<Hir> {
        let deepest = deepest.checked_sub(1)?;
        Some(match self.number()? {
            EMPTY => Hir::empty(),
            LITERAL => {
                let length = self.number()? as usize;
                let (literal, rest) = self.bytes.split_at_checked(length)?;
                self.bytes = rest;
                Hir::literal(literal)
            }
            CHARACTERS => {
                let range = |[start, end]: [u32; 2]| {
                    Some(ClassUnicodeRange::new(char::from_u32(start)?, char::from_u32(end)?))
                };
                let ranges: Option<Vec<_>> = self.ranges()?.into_iter().map(range).collect();
                Hir::class(Class::Unicode(ClassUnicode::new(ranges?)))
            }
            BYTES => {
                let range = |[start, end]: [u32; 2]| {
                    Some(ClassBytesRange::new(start.try_into().ok()?, end.try_into().ok()?))
                };
                let ranges: Option<Vec<_>> = self.ranges()?.into_iter().map(range).collect();
                Hir::class(Class::Bytes(ClassBytes::new(ranges?)))
            }
            LOOK => Hir::look(Look::from_repr(self.number()?)?),
            REPETITION => {
                let (min, most, greedy) = (self.number()?, self.number()?, self.number()? != 0);
                let sub = Box::new(self.hir(deepest)?);
                Hir::repetition(Repetition { min, max: most.checked_sub(1), greedy, sub })
            }
            CAPTURE => {
                let index = self.number()?;
                let sub = Box::new(self.hir(deepest)?);
                Hir::capture(Capture { index, name: None, sub })
            }
            CONCAT => Hir::concat(self.all(deepest)?),
            ALTERNATION => Hir::alternation(self.all(deepest)?),
            _ => return None,
        })
    }

    fn all(&mut self, deepest: u32) -> Option<Vec<Hir>> {
        let number = self.number()?;
        (0..number).map(|_| self.hir(deepest)).collect()
    }

    fn ranges(&mut self) -> Option<Vec<[u32; 2]>> {
        let number = self.number()? as usize;
        let mut before = 0_u32;
        let mut next = || {
            before = before.checked_add(self.number()?)?;
            Some(before)
        };
        (0..number).map(|_| Some([next()?, next()?])).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use regex_syntax::ParserBuilder;

    use super::*;

    const SOURCES: [&str; 12] = [
        "",
        "abc",
        "(?i)kein Ausweg",
        r"\p{Lu}[\p{L}.’-]*(?: \p{Lu}\w*){1,4}",
        "(a|b*?|c{2,})+",
        r"^\b(?:x|y)\b$",
        "(?s:.{0,80})(?-s:.)",
        r"(?-u:[a-z\d])x",
        "([^a-z]|ſ)",
        r"(\d{1,3}(?:,\d{3})*) (?:deaths?|people)",
        "(?m:^x$)",
        "a||b",
    ];

    #[test]
    fn what_was_packed_is_read_again() {
        for source in SOURCES {
            for fold in [false, true] {
                let hir =
                    ParserBuilder::new().case_insensitive(fold).build().parse(source).unwrap();
                let mut bytes = Vec::new();
                pack(&hir, &mut bytes);
                bytes.push(77);
                assert_eq!(unpack(&bytes), Some((hir, &[77][..])), "{source}");
                (0..bytes.len() - 1).for_each(|length| assert_eq!(unpack(&bytes[..length]), None));
            }
        }
    }

    #[test]
    fn what_is_nested_without_end_is_refused() {
        let deep = [REPETITION as u8, 0, 0, 0].repeat(100_000);
        assert_eq!(unpack(&deep), None);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_much(bytes in proptest::collection::vec(0_u8..12, 0..40)) {
            let _ = unpack(&bytes);
        }
    }
}
