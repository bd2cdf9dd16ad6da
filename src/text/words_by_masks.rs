//! Where the words of a text begin, by masks: sixty-four bytes at a time, bit i for byte i.
//!
//! The rules of UAX #29 for ASCII are a few operations on masks: letters and digits make words, and
//! some marks join two letters or two digits. Curly apostrophes, other common marks of print and
//! the accented letters of Western Europe fit in; whatever else is not ASCII is *hard*, and so is an
//! underscore: the stretch around it, from one certain border to the next, takes the full algorithm.

use super::simd::{Block, Kernel, Level, WIDTH};
use super::span::Span;
use super::words::{certain_border, certain_border_before, is_border, words};

/// Where the words of a text begin and end: UAX #29 word segments that hold a letter or a digit.
///
/// ```
/// use parallax::text::{Span, words::WordStarts};
///
/// let starts = WordStarts::of("We can’t: 3,200 words.");
/// assert_eq!(starts.count(), 4);
/// assert_eq!(starts.within(Span::new(3, 17)), 2);
/// ```
#[derive(Debug, Clone, Default)]
pub struct WordStarts {
    /// One bit a byte.
    bits: Vec<u64>,
    /// The same for the first byte behind each word.
    ends: Vec<u64>,
}

impl WordStarts {
    /// Those of `text`.
    pub fn of(text: &str) -> Self {
        Self::with_level(text, Level::best())
    }

    /// The same with these instructions of the processor: for tests and measurements.
    pub fn with_level(text: &str, level: Level) -> Self {
        let blocks = text.len() / WIDTH + 1;
        let mut starts = Self { bits: vec![0; blocks], ends: vec![0; blocks] };
        let bytes = text.as_bytes();
        let mut from = 0;
        while let Some(hard) =
            level.run(Easy { text, from, bits: &mut starts.bits, ends: &mut starts.ends })
        {
            let start = certain_border_before(bytes, hard, from);
            from = certain_border(bytes, hard);
            clear(&mut starts.bits, start, hard);
            clear(&mut starts.ends, start, hard);
            for word in words(text.get(start..from).unwrap_or_default()) {
                set(&mut starts.bits, start + word.start as usize);
                set(&mut starts.ends, start + word.end as usize);
            }
        }
        starts
    }

    /// How many words there are.
    pub fn count(&self) -> usize {
        self.bits.iter().map(|bits| bits.count_ones() as usize).sum()
    }

    /// How many words begin within a span of the text.
    pub fn within(&self, span: Span) -> u32 {
        if span.is_empty() {
            return 0;
        }
        let (first, last) = (span.start as usize / WIDTH, (span.end as usize - 1) / WIDTH);
        let bits = self.bits.get(first..=last).unwrap_or_default();
        let all: u32 = bits.iter().map(|bits| bits.count_ones()).sum();
        let before = bits.first().map_or(0, |bits| bits & !from(span.start as usize % WIDTH));
        let behind = bits.last().map_or(0, |bits| bits & from((span.end as usize - 1) % WIDTH + 1));
        all - before.count_ones() - behind.count_ones()
    }

    /// How many words a part of the text has where there is nothing else; `text` is the whole one.
    pub(crate) fn number_in(&self, text: &str, part: Span) -> usize {
        if Self::fit(text, part) {
            self.within(part) as usize
        } else {
            words(part.of(text)).count()
        }
    }

    /// Whether the words of a part of the text are those of the whole text that lie in it.
    pub(crate) fn fit(text: &str, part: Span) -> bool {
        is_border(text, part.start as usize) && is_border(text, part.end as usize)
    }

    /// The words of a part of the text, as [`words`] finds them where there is nothing else; `text` is
    /// the whole one.
    pub fn words_in<'a>(
        &'a self,
        text: &'a str,
        part: Span,
    ) -> impl Iterator<Item = Span> + use<'a> {
        let known = Self::fit(text, part);
        let starts = Bits::of(&self.bits, part.start as usize);
        let ends = Bits::of(&self.ends, part.start as usize + 1);
        let inside = move |word: &Span| word.end <= part.end;
        let found = starts.zip(ends).map(|(start, end)| Span::new(start, end)).take_while(inside);
        let place =
            move |word: Span| Span { start: part.start + word.start, end: part.start + word.end };
        let sought = (!known).then(|| words(part.of(text)).map(place));
        found.take(if known { usize::MAX } else { 0 }).chain(sought.into_iter().flatten())
    }
}

fn set(bits: &mut [u64], at: usize) {
    if let Some(bits) = bits.get_mut(at / WIDTH) {
        *bits |= 1 << (at % WIDTH);
    }
}

/// Takes back what was set from `start` to the end of the block that holds `last`.
fn clear(bits: &mut [u64], start: usize, last: usize) {
    let first = start / WIDTH;
    if let Some(bits) = bits.get_mut(first) {
        *bits &= !from(start % WIDTH);
    }
    if let Some(bits) = bits.get_mut(first + 1..=last / WIDTH) {
        bits.fill(0);
    }
}

/// The places of bits that are set, one after the other.
struct Bits<'a> {
    bits: &'a [u64],
    block: usize,
    left: u64,
}

impl<'a> Bits<'a> {
    /// Those from `start` on.
    fn of(bits: &'a [u64], start: usize) -> Self {
        let block = start / WIDTH;
        let left = bits.get(block).map_or(0, |bits| bits & from(start % WIDTH));
        Self { bits, block, left }
    }
}

impl Iterator for Bits<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            self.block += 1;
            self.left = *self.bits.get(self.block)?;
        }
        let at = self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(self.block * WIDTH + at)
    }
}

/// The bits from `index` on.
fn from(index: usize) -> u64 {
    u64::MAX.checked_shl(index as u32).unwrap_or(0)
}

/// Sets the bits of words from a certain border on, up to the end of the block with the first hard
/// byte, the place of which it returns. Behind the last certain border before that byte they may be
/// wrong.
struct Easy<'a> {
    text: &'a str,
    from: usize,
    bits: &'a mut [u64],
    ends: &'a mut [u64],
}

impl Kernel for Easy<'_> {
    type Output = Option<usize>;

    #[inline(always)]
    fn run<B: Block>(self) -> Option<usize> {
        let (blocks, rest) = self.text.as_bytes().as_chunks::<WIDTH>();
        let mut last = [0; WIDTH];
        last[..rest.len()].copy_from_slice(rest);
        let first = self.from / WIDTH;
        let mut rest = blocks.get(first..).unwrap_or_default().iter().chain([&last]);
        let mut here = Masks::of::<B>(rest.next()?).from(self.from % WIDTH);
        let (mut seen, mut over) = (Masks::default(), 0);
        let both = self.bits.iter_mut().zip(self.ends);
        for (index, (bits, ends)) in both.enumerate().skip(first) {
            let next = rest.next().map(Masks::of::<B>).unwrap_or_default();
            let (inside, spilt) = here.inside(&seen, &next);
            let inside = inside | over;
            let behind = inside << 1 | seen.inside >> 63;
            *bits |= inside & !behind;
            *ends |= behind & !inside;
            if here.hard != 0 {
                return Some(index * WIDTH + here.hard.trailing_zeros() as usize);
            }
            seen = Masks { inside, ..here };
            (here, over) = (next, spilt);
        }
        None
    }
}

/// What each byte of a block is.
#[derive(Default)]
struct Masks {
    letter: u64,
    digit: u64,
    /// Joins two letters.
    between_letters: u64,
    /// Joins two digits.
    between_digits: u64,
    /// First bytes of curly apostrophes, which join both.
    curly: u64,
    /// First bytes of what the masks can't decide.
    hard: u64,
    /// Bytes of words, once they are known.
    inside: u64,
}

impl Masks {
    #[inline(always)]
    fn of<B: Block>(bytes: &[u8; WIDTH]) -> Self {
        let block = B::load(bytes);
        let both = block.equal(b'.') | block.equal(b'\'');
        let mut masks = Self {
            letter: block.small().within(b'a', b'z'),
            digit: block.within(b'0', b'9'),
            between_letters: both | block.equal(b':'),
            between_digits: both | block.equal(b',') | block.equal(b';'),
            hard: block.equal(b'_'),
            ..Self::default()
        };
        let not_ascii = block.within(0x80, 0xff);
        if not_ascii != 0 {
            masks.add_not_ascii(bytes, block.within(0xc0, 0xff));
        }
        masks
    }

    /// Sorts the characters that begin at `leads`. One that ends in the next block is hard unless
    /// its first two bytes say what it is.
    fn add_not_ascii(&mut self, bytes: &[u8; WIDTH], mut leads: u64) {
        while leads != 0 {
            let at = leads.trailing_zeros();
            leads &= leads - 1;
            match &bytes[at as usize..] {
                // No-break blank; dashes, quotation marks, an ellipsis.
                [0xc2, 0xa0, ..] | [0xe2, 0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0xa6, ..] => {}
                [0xe2, 0x80, 0x98 | 0x99, ..] => self.curly |= 1 << at,
                // From À to ÿ without the signs of multiplication and division.
                [0xc3, second, ..] if !matches!(second, 0x97 | 0xb7) => self.letter |= 3 << at,
                _ => self.hard |= 1 << at,
            }
        }
    }

    /// What remains from a bit on.
    #[inline(always)]
    fn from(self, index: usize) -> Self {
        let mask = from(index);
        Self {
            letter: self.letter & mask,
            digit: self.digit & mask,
            between_letters: self.between_letters & mask,
            between_digits: self.between_digits & mask,
            curly: self.curly & mask,
            hard: self.hard & mask,
            ..self
        }
    }

    /// Which bytes belong to words, and which of the next block do by a curly apostrophe that begins
    /// in this one.
    #[inline(always)]
    fn inside(&self, seen: &Self, next: &Self) -> (u64, u64) {
        let letter_before = self.letter << 1 | seen.letter >> 63;
        let digit_before = self.digit << 1 | seen.digit >> 63;
        let letter_behind = self.letter >> 1 | next.letter << 63;
        let digit_behind = self.digit >> 1 | next.digit << 63;
        let joins = self.between_letters & letter_before & letter_behind
            | self.between_digits & digit_before & digit_behind;
        let inside = self.letter | self.digit | joins;
        if self.curly == 0 {
            return (inside, 0);
        }
        let letter_behind = self.letter >> 3 | next.letter << 61;
        let digit_behind = self.digit >> 3 | next.digit << 61;
        let joins = self.curly & (letter_before & letter_behind | digit_before & digit_behind);
        (inside | joins | joins << 1 | joins << 2, joins >> 63 | joins >> 62)
    }
}
