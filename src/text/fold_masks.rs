//! The words of a text by masks: sixty-four bytes at a time, bit i for byte i.
//!
//! A mask tells which bytes are letters or digits, and shifted by one bit it tells which bytes have
//! one before or behind them; so that an apostrophe between letters, the beginnings and the ends of
//! words, and possessive endings are a few operations for sixty-four bytes. What masks can't decide,
//! a character that is not ASCII or the full stop behind a single letter, is an event: there a word
//! is read a character at a time, and the masks go on behind it.

use super::fold::{Other, Token};
use super::fold_words::{Slow, with_curly_apostrophe};
use super::letters::{Kind, kind};
use super::simd::{Block, Kernel, WIDTH};
use super::span::Span;

/// Finds the words of a text.
pub(super) struct Scan<'a> {
    pub(super) text: &'a str,
    /// Whether `*` and `?` are letters.
    pub(super) wild: bool,
    /// The text in small letters; forms that differ are added behind it.
    pub(super) forms: &'a mut String,
    pub(super) tokens: &'a mut Vec<Token>,
    pub(super) others: &'a mut Vec<Other>,
}

impl Kernel for Scan<'_> {
    type Output = ();

    #[inline(always)]
    fn run<B: Block>(self) {
        let (wild, (blocks, rest)) = (self.wild, self.text.as_bytes().as_chunks::<WIDTH>());
        // Zeros behind the text end its last word.
        let mut last = [0; WIDTH];
        last[..rest.len()].copy_from_slice(rest);
        let mut words = Words { scan: self, seen: Seen::default(), start: 0, taken: 0 };
        let mut here = Masks::of::<B>(blocks.first().unwrap_or(&last), wild);
        let behind = blocks.iter().skip(1).chain((!blocks.is_empty()).then_some(&last));
        let mut base = 0;
        for block in behind {
            let next = Masks::of::<B>(block, wild);
            words.read(base, &here, &next);
            (here, base) = (next, base + WIDTH as u32);
        }
        words.read(base, &here, &Masks::default());
    }
}

/// What each byte of a block is.
#[derive(Default)]
struct Masks {
    /// Letters and digits of ASCII.
    word: u64,
    digit: u64,
    /// The letter s.
    sibilant: u64,
    apostrophe: u64,
    stop: u64,
    /// First bytes of characters that are not ASCII.
    lead: u64,
}

impl Masks {
    #[inline(always)]
    fn of<B: Block>(bytes: &[u8; WIDTH], wild: bool) -> Self {
        let block = B::load(bytes);
        let small = block.small();
        let digit = block.within(b'0', b'9');
        let mut word = small.within(b'a', b'z') | digit;
        if wild {
            word |= block.equal(b'*') | block.equal(b'?');
        }
        Self {
            word,
            digit,
            sibilant: small.equal(b's'),
            apostrophe: block.equal(b'\''),
            stop: block.equal(b'.'),
            lead: block.within(0xc0, 0xff),
        }
    }
}

/// What the block before said.
#[derive(Default)]
struct Seen {
    word: u64,
    sibilant: u64,
    /// Bytes of words, their apostrophes included.
    joined: u64,
    /// Those apostrophes.
    inner: u64,
}

/// Which bytes have one of `mask` right before them.
#[inline(always)]
fn behind(mask: u64, seen: u64) -> u64 {
    mask << 1 | seen >> 63
}

/// Which bytes have one of `mask` right behind them.
#[inline(always)]
fn before(mask: u64, next: u64) -> u64 {
    mask >> 1 | next << 63
}

/// The bits from `index` on.
fn from(index: u32) -> u64 {
    u64::MAX.checked_shl(index).unwrap_or(0)
}

/// Where words begin and end, and how much of them is a possessive ending: all bits of ends stand
/// one behind the word.
#[derive(Clone, Copy)]
struct Borders {
    starts: u64,
    ends: u64,
    /// Ends behind `'s`.
    two: u64,
    /// Ends behind the apostrophe of `s'`.
    one: u64,
}

impl Borders {
    /// Of words with these bytes.
    #[inline(always)]
    fn of(joined: u64, inner: u64, sibilant_before: u64, seen: &Seen) -> Self {
        let joined_before = behind(joined, seen.joined);
        let ends = !joined & joined_before;
        let inner_two_before = inner << 2 | seen.inner >> 62;
        Self {
            starts: joined & !joined_before,
            ends,
            two: ends & sibilant_before & inner_two_before,
            one: ends & behind(inner, seen.inner),
        }
    }

    /// Those among the bits of `mask`.
    fn among(self, mask: u64) -> Self {
        let Self { starts, ends, two, one } = self;
        Self { starts: starts & mask, ends: ends & mask, two: two & mask, one: one & mask }
    }
}

/// The words found so far.
struct Words<'a> {
    scan: Scan<'a>,
    seen: Seen,
    /// Where the word begins that is open at the end of what was read.
    start: u32,
    /// Up to where a word that was read a character at a time reaches.
    taken: u32,
}

impl Words<'_> {
    #[inline(always)]
    fn read(&mut self, base: u32, here: &Masks, next: &Masks) {
        let sibilant_before = behind(here.sibilant, self.seen.sibilant);
        let word_before = behind(here.word, self.seen.word);
        let word_behind = before(here.word, next.word);
        // An apostrophe joins between letters, and belongs to the s before it where none follows.
        let inner =
            here.apostrophe & ((word_before & word_behind) | (sibilant_before & !word_behind));
        let joined = here.word | inner;
        let borders = Borders::of(joined, inner, sibilant_before, &self.seen);
        let initials = borders.starts & !here.digit & before(here.stop, next.stop);
        let events = here.lead | initials;
        if events == 0 && self.taken <= base {
            self.push(base, borders);
            (self.seen.joined, self.seen.inner) = (joined, inner);
        } else {
            self.read_with_events(base, Careful { joined, inner, sibilant_before, events });
        }
        // A word that was taken up to the end of the block lets no apostrophe join to it.
        let open = self.taken < base + WIDTH as u32;
        (self.seen.word, self.seen.sibilant) =
            if open { (here.word, here.sibilant) } else { (0, 0) };
    }

    /// Adds the words that end in a block.
    #[inline(always)]
    fn push(&mut self, base: u32, borders: Borders) {
        let Borders { mut starts, mut ends, two, one } = borders;
        if starts.trailing_zeros() < ends.trailing_zeros() {
            self.start = base + starts.trailing_zeros();
            starts &= starts - 1;
        }
        while ends != 0 {
            let at = ends.trailing_zeros();
            let ending = (two >> at & 1) << 1 | one >> at & 1;
            let span = Span { start: self.start, end: base + at };
            self.scan.tokens.push(Token { span, bare_end: span.end - ending as u32, other: 0 });
            // Behind the last word of the block this is nothing, and is set anew before it is used.
            self.start = base + starts.trailing_zeros();
            starts &= starts.wrapping_sub(1);
            ends &= ends - 1;
        }
    }

    /// The block in pieces, from event to event.
    #[inline(never)]
    fn read_with_events(&mut self, base: u32, mut block: Careful) {
        block.take(self.taken.saturating_sub(base), &mut self.seen);
        let mut at = 0;
        loop {
            let borders = block.borders(&self.seen).among(from(at));
            let events = block.events & from(at);
            if events == 0 {
                self.push(base, borders);
                break;
            }
            let event = events.trailing_zeros();
            self.push(base, borders.among(!from(event + 1)));
            at = event + 1;
            if let Some(start) = self.word_at_event(base + event) {
                self.push_slowly(start);
                block.take(self.taken.saturating_sub(base), &mut self.seen);
            }
        }
        (self.seen.joined, self.seen.inner) = (block.joined, block.inner);
    }

    /// Where a word begins that the event at `at` belongs to, if it does; the word is taken back if
    /// it was added before.
    fn word_at_event(&mut self, at: u32) -> Option<u32> {
        let rest = self.scan.text.get(at as usize..)?;
        if is_common_mark(rest.as_bytes()) {
            return None;
        }
        let c = rest.chars().next()?;
        if c.is_ascii() {
            return Some(at);
        }
        let kind = kind(c);
        if !matches!(
            kind,
            Kind::Word | Kind::Mark | Kind::Apostrophe | Kind::SoftHyphen | Kind::Ignored
        ) {
            return None;
        }
        // A word that ends here, or one apostrophe before, may go on; two apostrophes end it.
        let bytes = self.scan.text.as_bytes();
        let is_apostrophe = |at: Option<u32>| {
            at.and_then(|at| bytes.get(at as usize)).is_some_and(|&byte| byte == b'\'')
        };
        let goes_on = |token: &&Token| {
            let end = token.span.end;
            let joins =
                end + 1 == at && is_apostrophe(Some(end)) && !is_apostrophe(end.checked_sub(1));
            token.other == 0 && (end == at || joins)
        };
        match self.scan.tokens.last().filter(goes_on).map(|token| token.span.start) {
            Some(start) => {
                self.scan.tokens.pop();
                Some(start)
            }
            None => (kind == Kind::Word).then_some(at),
        }
    }

    /// Adds the word that begins at `start`, read a character at a time.
    fn push_slowly(&mut self, start: u32) {
        let Scan { text, wild, forms, tokens, others } = &mut self.scan;
        let (start, own) = (start as usize, forms.len());
        let short_way = if *wild { None } else { with_curly_apostrophe(text, start, forms) };
        let word = short_way.unwrap_or_else(|| Slow { text, wild: *wild }.word(start, forms));
        self.taken = word.rest;
        let is_own = word.span.end == word.rest
            && forms.as_bytes().get(word.span.range()) == forms.as_bytes().get(own..);
        if is_own {
            forms.truncate(own);
        } else {
            let form = Span::new(own, forms.len());
            let form_bare_end = form.end - word.cut;
            others.push(Other { form, form_bare_end, rest: word.rest });
        }
        let other = if is_own { 0 } else { others.len() as u32 };
        tokens.push(Token { span: word.span, bare_end: word.bare_end, other });
    }
}

/// A block with events.
struct Careful {
    joined: u64,
    inner: u64,
    sibilant_before: u64,
    events: u64,
}

impl Careful {
    fn borders(&self, seen: &Seen) -> Borders {
        Borders::of(self.joined, self.inner, self.sibilant_before, seen)
    }

    /// Takes out the first `length` bytes, which belong to a word already added.
    fn take(&mut self, length: u32, seen: &mut Seen) {
        if length == 0 {
            return;
        }
        self.events &= from(length);
        self.joined &= from(length);
        // An apostrophe that joined to what was taken joins nothing now.
        self.joined &= !(self.inner & !from(length + 1));
        self.inner &= self.joined;
        (seen.joined, seen.inner) = (0, 0);
    }
}

/// Whether a text begins with a mark that belongs to no word: curly quotation marks that are no
/// apostrophes, dashes, an ellipsis, a no-break blank. They are nearly all that is not ASCII in news.
fn is_common_mark(rest: &[u8]) -> bool {
    matches!(rest, [0xe2, 0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0xa6, ..] | [0xc2, 0xa0, ..])
}
