//! What an article is about, in a few hundred bytes: enough to find the others on the same story
//! and those that are nearly the same text, once tallies are merged.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::layout::Layout;
use crate::text::{Folded, Token, Zone};

/// Content words that are kept of an article.
pub const WORDS: usize = 80;

/// Cells of the sketch of its word sequences.
pub const CELLS: usize = 32;

/// A cell into which no sequence falls.
pub const EMPTY_CELL: u32 = u32::MAX;

/// Bytes from which a word is taken for one that carries content.
const LONG: usize = 5;

/// Consecutive long words of a sequence.
const SEQUENCE: usize = 4;

/// Longer words that carry none. Those that every article has weigh nothing anyway; these would
/// take up room.
const EMPTY: &str = "about above after again against almost along already although always among another around because \
been before being below between beyond could doing during either every first having however into itself least \
little might more most much never often other others others over quite rather really right said says shall should \
since some still such than that their theirs them themselves then there these they thing things think this those \
though three through today together toward towards under until upon very what whatever when where whether which while \
whose will with within without would years your yours yourself going people according";

static NO_CONTENT: LazyLock<FxHashSet<&str>> = LazyLock::new(|| EMPTY.split(' ').collect());

/// Hashed content words of an article, and a sketch of its sequences of words. At most
/// 8·[`WORDS`] + 4·[`CELLS`] = 768 bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Features {
    /// Hashes of the content words that stand there most often, ascending; of those that stand
    /// there equally often the ones with the smallest hashes, so that two articles keep the same.
    pub words: Vec<u32>,
    /// How often each stands there.
    pub counts: Vec<u32>,
    /// For each cell the smallest hash of the sequences of long words that fall into it
    /// (one-permutation MinHash: Li, Owen & Zhang 2012); [`EMPTY_CELL`] for none. Empty where the
    /// article has no sequence.
    pub sketch: Vec<u32>,
}

/// Reads the features of an article off its folded words, page furniture and bylines left out.
pub fn features(folded: &Folded, layout: &Layout) -> Features {
    let (tokens, forms) = (folded.tokens(), folded.forms());
    // About a fifth of the words are different long ones.
    let room = (tokens.len() / 4).min(1 << 14);
    let mut counts: FxHashMap<u32, (u32, u32)> =
        FxHashMap::with_capacity_and_hasher(room, FxBuildHasher);
    let mut cells = [EMPTY_CELL; CELLS];
    let mut last = [0u64; SEQUENCE];
    let mut seen = 0usize;
    let mut first = 0;
    for &sentence in &layout.sentences {
        let zone = layout.segment_at(sentence.start).map_or(Zone::Body, |segment| segment.zone);
        if matches!(zone, Zone::Byline | Zone::Boilerplate) {
            continue;
        }
        // Sentences come in order.
        let behind = |token: &Token| token.span.end <= sentence.start;
        first += tokens[first..].iter().take_while(|token| behind(token)).count();
        let inside = |token: &&Token| token.span.start < sentence.end;
        for (index, token) in (first..).zip(tokens[first..].iter().take_while(inside)) {
            let form = forms.get(folded.bare_form(token).range()).unwrap_or_default();
            if form.len() < LONG || !form[0].is_ascii_alphabetic() && form[0] < 0x80 {
                continue;
            }
            let hash = hash(form);
            let count = counts.entry((hash >> 32) as u32).or_insert((0, index as u32));
            count.0 += 1;
            last.rotate_left(1);
            last[SEQUENCE - 1] = hash;
            seen += 1;
            if seen >= SEQUENCE {
                let cell = sequence(&last);
                let place = (cell >> 59) as usize;
                cells[place] = cells[place].min((cell >> 16) as u32 & (EMPTY_CELL >> 1));
            }
        }
    }
    let sketch = if seen < SEQUENCE { Vec::new() } else { cells.to_vec() };
    let (words, counts) = most_frequent(folded, counts).into_iter().unzip();
    Features { words, counts, sketch }
}

fn most_frequent(folded: &Folded, counts: FxHashMap<u32, (u32, u32)>) -> Vec<(u32, u32)> {
    // The more frequent first, then by hash: one number, which is compared fast.
    let rank = |(hash, (count, place)): (u32, (u32, u32))| {
        (u64::from(!count) << 32 | u64::from(hash), place)
    };
    let mut ranked: Vec<(u64, u32)> = counts.into_iter().map(rank).collect();
    // No more than these can be among the first that carry content.
    keep_first(&mut ranked, WORDS + NO_CONTENT.len());
    let carries = |place: u32| !NO_CONTENT.contains(folded.bare(&folded.tokens()[place as usize]));
    ranked.retain(|&(_, place)| carries(place));
    keep_first(&mut ranked, WORDS);
    let word = |(rank, _): (u64, u32)| (rank as u32, !((rank >> 32) as u32));
    let mut words: Vec<(u32, u32)> = ranked.into_iter().map(word).collect();
    words.sort_unstable();
    words
}

/// Leaves so many of the smallest, in any order.
fn keep_first(ranked: &mut Vec<(u64, u32)>, number: usize) {
    if ranked.len() > number {
        ranked.select_nth_unstable(number);
        ranked.truncate(number);
    }
}

/// FNV-1a with a final mix (Stafford's variant 13): the same on every machine.
pub fn hash(form: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for &byte in form {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    mix(hash)
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

fn sequence(words: &[u64; SEQUENCE]) -> u64 {
    mix(words.iter().fold(0, |all, word| all.rotate_left(13).wrapping_mul(5) ^ word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Flags, Segment};
    use crate::text::{Span, Voice};

    fn of(text: &str) -> Features {
        let span = Span::new(0, text.len());
        let segment = Segment {
            span,
            zone: Zone::Body,
            voice: Voice::Own,
            cue: None,
            source: None,
            flags: Flags::default(),
            rule: "test",
        };
        let layout = Layout { segments: vec![segment], sentences: vec![span], ..Layout::default() };
        features(&Folded::new(text), &layout)
    }

    #[test]
    fn content_words_with_their_counts() {
        let found = of("Ministers without ministers should debate; the MINISTERS debated.");
        let hash = |word: &str| (hash(word.as_bytes()) >> 32) as u32;
        let mut wanted = vec![(hash("ministers"), 3), (hash("debate"), 1), (hash("debated"), 1)];
        wanted.sort_unstable();
        let words: Vec<(u32, u32)> = found.words.into_iter().zip(found.counts).collect();
        assert_eq!(words, wanted);
    }

    #[test]
    fn of_many_words_the_most_frequent_then_the_smallest_hashes_stay() {
        let word = |n: usize| {
            let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
            format!("wording{}{}", letter(n / 26), letter(n))
        };
        // "wordingaa" once, the next twice, then thrice, then once again …
        let repeated = |n: usize| std::iter::repeat_n(word(n), n % 3 + 1);
        let words: Vec<String> = (0..400).flat_map(repeated).collect();
        let text = format!("Their there {} would going", words.join(" there "));
        let hash = |n: usize| (hash(word(n).as_bytes()) >> 32) as u32;
        let mut wanted: Vec<(std::cmp::Reverse<u32>, u32)> =
            (0..400).map(|n| (std::cmp::Reverse(n as u32 % 3 + 1), hash(n))).collect();
        wanted.sort_unstable();
        let mut wanted: Vec<(u32, u32)> =
            wanted.into_iter().take(WORDS).map(|(count, hash)| (hash, count.0)).collect();
        wanted.sort_unstable();
        let found = of(&text);
        let words: Vec<(u32, u32)> = found.words.into_iter().zip(found.counts).collect();
        assert_eq!(words, wanted);
    }

    #[test]
    fn it_stays_small_and_equal_texts_have_equal_features() {
        let text: String = (0..5000).map(|n| format!("wording{n} ")).collect();
        let text: String = text
            .chars()
            .map(|c| if c.is_ascii_digit() { (c as u8 + 50) as char } else { c })
            .collect();
        let found = of(&text);
        assert_eq!((found.words.len(), found.sketch.len()), (WORDS, CELLS));
        assert!(found.sketch.iter().all(|cell| *cell != EMPTY_CELL));
        assert_eq!(found, of(&text));
        assert_eq!(of("Too few."), Features::default());
    }
}
