//! Which of its words a form hangs on: the rarest by guess. The choice changes no result.

/// Whole words before prefixes before other wildcards, words of content before the commonest words
/// of English, then the longest, then the first. The words are folded.
pub(super) fn rarest(words: &[&str]) -> usize {
    if words.len() == 1 {
        return 0;
    }
    let rank = |word: &str| {
        let prefix = word.bytes().position(is_wild);
        match prefix {
            Some(0) if word.bytes().all(|byte| byte == b'*') => (0, 0),
            Some(0) => (1, 0),
            Some(length) if length < 3 => (2, length),
            Some(length) => (4, length),
            None if is_common(word) => (3, word.len()),
            None => (5, word.len()),
        }
    };
    let ranked = words.iter().enumerate().rev();
    ranked.max_by_key(|(_, word)| rank(word)).map_or(0, |(index, _)| index)
}

/// Whether a byte of a pattern is a wildcard.
pub(super) fn is_wild(byte: u8) -> bool {
    matches!(byte, b'*' | b'?')
}

fn is_common(word: &str) -> bool {
    word.len() <= LONGEST_COMMON && COMMON_KEYS.binary_search(&key(word.as_bytes())).is_ok()
}

/// Bytes of the longest of them.
const LONGEST_COMMON: usize = 6;

/// A word of at most eight bytes as a number; numbers are in the order of the words.
const fn key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < word.len() {
        key |= (word[at] as u64) << (56 - 8 * at);
        at += 1;
    }
    key
}

const COMMON_KEYS: [u64; COMMON.len()] = {
    let (mut keys, mut at) = ([0; COMMON.len()], 0);
    while at < COMMON.len() {
        keys[at] = key(COMMON[at].as_bytes());
        at += 1;
    }
    keys
};

/// Words so common in news that a phrase should hang on another, in the order of the alphabet.
const COMMON: [&str; 64] = [
    "a", "about", "after", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but",
    "by", "can", "could", "first", "for", "from", "had", "has", "have", "he", "her", "his", "if",
    "in", "into", "is", "it", "its", "last", "more", "new", "no", "not", "of", "on", "one", "or",
    "other", "out", "over", "people", "said", "she", "so", "than", "that", "the", "their", "there",
    "they", "this", "to", "up", "was", "we", "were", "which", "who", "will", "with", "would",
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::lexicon::PhrasePattern;
    use crate::text::Exactness;

    fn anchor(notation: &str) -> usize {
        let phrase = PhrasePattern::parse(notation, Exactness::default()).unwrap();
        rarest(&phrase.words.iter().map(|word| word.shape.written()).collect::<Vec<_>>())
    }

    #[test]
    fn the_longest_common_word_is_known() {
        assert_eq!(COMMON.iter().map(|word| word.len()).max(), Some(LONGEST_COMMON));
        assert!(COMMON.is_sorted() && COMMON_KEYS.is_sorted());
        assert!(COMMON.iter().all(|word| is_common(word)));
        assert!(!is_common("th") && !is_common("thee") && !is_common("") && !is_common("states"));
    }

    #[test]
    fn phrases_hang_on_their_rarest_word() {
        assert_eq!(anchor("so called"), 1);
        assert_eq!(anchor("rogue states"), 1);
        assert_eq!(anchor("of the people"), 2);
        assert_eq!(anchor("radical* * left"), 2);
        assert_eq!(anchor("the radical* * of"), 1);
        assert_eq!(anchor("*ism of"), 1);
        assert_eq!(anchor("left left"), 0);
    }
}
