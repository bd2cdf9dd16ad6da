//! How the matches of regular expressions begin and end, and how long they are. Those of the built-in
//! data file are found when the program is built: `build.rs` uses this file, too.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use regex_syntax::hir::{Class, Hir, HirKind, Look};

/// How many bytes of each end of a line are looked at.
const EDGE: usize = 3;
/// Lines of more bytes count as this long.
const LONG: usize = 255;

/// Where an expression has to match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The whole line, whatever its case.
    WholeFolded,
    /// The whole line.
    Whole,
    /// Anywhere; the expression has its own anchors.
    Anywhere,
}

/// The lists of expressions in the data file, in the order in which they are packed.
pub const LISTS: [(&str, Place); 7] = [
    ("furniture", Place::WholeFolded),
    ("section_end", Place::WholeFolded),
    ("credit_line", Place::WholeFolded),
    ("byline", Place::WholeFolded),
    ("byline_name", Place::Whole),
    ("credit_glued", Place::Anywhere),
    ("dateline", Place::Anywhere),
];

/// Reads an expression.
///
/// # Errors
/// It is none.
pub fn parse(source: &str, place: Place) -> Result<Hir, Box<regex_syntax::Error>> {
    let mut parser = ParserBuilder::new().case_insensitive(place == Place::WholeFolded).build();
    Ok(parser.parse(source)?)
}

/// For a line's length, and for each of a few places at either end of it and each byte there, the
/// patterns that allow it, a bit each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edges {
    /// How many numbers hold a bit for each pattern.
    blocks: usize,
    /// By place and byte: `blocks` numbers each.
    pub(super) bits: Vec<u64>,
}

/// How many numbers a block of 64 patterns takes.
const BLOCK: usize = (2 * EDGE + 1) * 256;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Head,
    Tail,
}

impl Edges {
    /// Those of these expressions.
    ///
    /// # Errors
    /// The first that is none.
    pub fn of<S: AsRef<str>>(
        sources: &[S],
        place: Place,
    ) -> Result<Self, Box<regex_syntax::Error>> {
        let mut edges = Self::new(sources.len());
        for (index, source) in sources.iter().enumerate() {
            edges.restrict(index, &parse(source.as_ref(), place)?, place != Place::Anywhere);
        }
        Ok(edges)
    }

    /// Those of lines that begin with one of these names, and of lines that end with one.
    ///
    /// # Errors
    /// A name of which no expression can be made.
    pub fn of_names<S: AsRef<str>>(names: &[S]) -> Result<[Self; 2], Box<regex_syntax::Error>> {
        let escaped = || names.iter().map(|name| regex_syntax::escape(name.as_ref()));
        let begin: Vec<String> = escaped().map(|name| format!("(?s:{name}.*)")).collect();
        let end: Vec<String> = escaped().map(|name| format!("(?s:.*{name})")).collect();
        Ok([Self::of(&begin, Place::Whole)?, Self::of(&end, Place::Whole)?])
    }

    /// Those of so many patterns, as they were packed: the numbers of `bits`, the lowest byte first.
    /// `None` if these are not as many as they have to be.
    pub fn unpack(patterns: usize, bits: &[u8]) -> Option<Self> {
        let blocks = patterns.div_ceil(64);
        let numbers = bits.as_chunks().0.iter().map(|number| u64::from_le_bytes(*number));
        (bits.len() == Self::packed_size(patterns))
            .then(|| Self { blocks, bits: numbers.collect() })
    }

    /// How many bytes the packed edges of so many patterns take.
    pub fn packed_size(patterns: usize) -> usize {
        patterns.div_ceil(64) * BLOCK * 8
    }

    /// Every pattern allows every line.
    fn new(patterns: usize) -> Self {
        let blocks = patterns.div_ceil(64);
        let block = |at: usize| {
            if (at + 1) * 64 > patterns { (1 << (patterns % 64)) - 1 } else { u64::MAX }
        };
        let each: Vec<u64> = (0..blocks).map(block).collect();
        Self { blocks, bits: each.repeat(BLOCK) }
    }

    /// Leaves to a pattern the lines that `hir` can match: from end to end where it must match the
    /// `whole` line, else at the ends to which it is tied.
    fn restrict(&mut self, pattern: usize, hir: &Hir, whole: bool) {
        let properties = hir.properties();
        let shortest = properties.minimum_len().unwrap_or(0).min(LONG);
        let longest = properties.maximum_len().filter(|_| whole).unwrap_or(LONG);
        for length in (0..=LONG).filter(|length| !(shortest..=longest).contains(length)) {
            self.forbid(pattern, 0, length);
        }
        let tied = [
            (Side::Head, whole || properties.look_set_prefix().contains(Look::Start)),
            (Side::Tail, whole || properties.look_set_suffix().contains(Look::End)),
        ];
        for (side, _) in tied.into_iter().filter(|(_, tied)| *tied) {
            let (outermost, _) = outermost(hir, side);
            for byte in (0..256).filter(|&byte| !outermost[byte]) {
                self.forbid(pattern, row(side, 0), byte);
            }
            self.restrict_literals(pattern, hir, side);
        }
    }

    fn restrict_literals(&mut self, pattern: usize, hir: &Hir, side: Side) {
        let kind = if side == Side::Head { ExtractKind::Prefix } else { ExtractKind::Suffix };
        let mut extractor = Extractor::new();
        extractor.kind(kind).limit_literal_len(EDGE).limit_total(4096);
        let seq = extractor.extract(hir);
        let Some(literals) = seq.literals() else { return };
        for place in 0..EDGE {
            let mut allowed = [false; 256];
            for literal in literals {
                let bytes = literal.as_bytes();
                let byte = match side {
                    Side::Head => bytes.get(place),
                    Side::Tail => bytes.iter().rev().nth(place),
                };
                // Beyond the end of a literal anything may stand.
                let Some(&byte) = byte else { return };
                allowed[usize::from(byte)] = true;
            }
            for byte in (0..256).filter(|&byte| !allowed[byte]) {
                self.forbid(pattern, row(side, place), byte);
            }
        }
    }

    fn forbid(&mut self, pattern: usize, row: usize, value: usize) {
        self.bits[(row * 256 + value) * self.blocks + pattern / 64] &= !(1 << (pattern % 64));
    }

    /// The patterns that allow the line, in order.
    pub fn allowed<'a>(&'a self, line: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        (0..self.blocks).flat_map(|block| {
            let mut left = self.allow(line, block);
            std::iter::from_fn(move || {
                let place = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (place < 64).then_some(block * 64 + place)
            })
        })
    }

    /// The patterns of a block that allow the line.
    fn allow(&self, line: &[u8], block: usize) -> u64 {
        let bits = |row: usize, value: usize| self.bits[(row * 256 + value) * self.blocks + block];
        let mut left = bits(0, line.len().min(LONG));
        for (place, (&head, &tail)) in line.iter().zip(line.iter().rev()).take(EDGE).enumerate() {
            left &= bits(row(Side::Head, place), usize::from(head));
            left &= bits(row(Side::Tail, place), usize::from(tail));
            if left == 0 {
                break;
            }
        }
        left
    }
}

fn row(side: Side, place: usize) -> usize {
    1 + side as usize * EDGE + place
}

/// The bytes that a match may begin or end with, and whether it may be empty.
fn outermost(hir: &Hir, side: Side) -> ([bool; 256], bool) {
    let mut bytes = [false; 256];
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => (bytes, true),
        HirKind::Literal(literal) => {
            let byte = if side == Side::Head { literal.0.first() } else { literal.0.last() };
            byte.iter().for_each(|&&byte| bytes[usize::from(byte)] = true);
            (bytes, byte.is_none())
        }
        HirKind::Class(class) => (outermost_of_class(class, side), false),
        HirKind::Repetition(repetition) => {
            let (bytes, empty) = outermost(&repetition.sub, side);
            (bytes, empty || repetition.min == 0)
        }
        HirKind::Capture(capture) => outermost(&capture.sub, side),
        HirKind::Alternation(branches) => {
            let mut may_be_empty = false;
            for branch in branches {
                let (more, empty) = outermost(branch, side);
                add(&mut bytes, &more);
                may_be_empty |= empty;
            }
            (bytes, may_be_empty)
        }
        HirKind::Concat(parts) => {
            let mut parts: Vec<&Hir> = parts.iter().collect();
            if side == Side::Tail {
                parts.reverse();
            }
            for part in parts {
                let (more, empty) = outermost(part, side);
                add(&mut bytes, &more);
                if !empty {
                    return (bytes, false);
                }
            }
            (bytes, true)
        }
    }
}

fn add(bytes: &mut [bool; 256], more: &[bool; 256]) {
    bytes.iter_mut().zip(more).for_each(|(byte, more)| *byte |= more);
}

fn outermost_of_class(class: &Class, side: Side) -> [bool; 256] {
    let mut bytes = [false; 256];
    let Class::Unicode(class) = class else { return [true; 256] };
    for range in class.ranges() {
        // The first bytes of characters are in the order of the characters.
        let first = |c: char| c.encode_utf8(&mut [0; 4]).as_bytes()[0];
        let (low, high) = (first(range.start()), first(range.end()));
        bytes[usize::from(low)..=usize::from(high)].fill(true);
        if side == Side::Tail && !range.end().is_ascii() {
            bytes[0x80..=0xbf].fill(true);
            bytes[usize::from(low)..0x80.max(usize::from(low))].fill(true);
        }
    }
    bytes
}
