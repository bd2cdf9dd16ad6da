//! Words with wildcards: what they match, and what two of them have in common.

/// Whether `word` matches `glob`. A wildcard stands for letters and digits, never for an apostrophe
/// or the full stop of an initialism. Going back to the last `*` alone is enough, because what an
/// earlier one could take in, it could not get past either.
pub(super) fn glob_matches(glob: &str, word: &str) -> bool {
    if let Some(beginning) = glob.strip_suffix('*')
        && memchr::memchr2(b'*', b'?', beginning.as_bytes()).is_none()
    {
        let is_wild = |rest: &str| memchr::memchr2(b'\'', b'.', rest.as_bytes()).is_none();
        return word.strip_prefix(beginning).is_some_and(is_wild);
    }
    let (mut glob, mut word) = (glob.chars(), word.chars());
    let mut retry: Option<(std::str::Chars<'_>, std::str::Chars<'_>)> = None;
    loop {
        let mut glob_next = glob.clone();
        let mut word_next = word.clone();
        let fits = match (glob_next.next(), word_next.next()) {
            (None, None) => return true,
            (Some('*'), _) => {
                retry = Some((glob_next.clone(), word.clone()));
                glob = glob_next;
                continue;
            }
            (Some('?'), Some(letter)) => is_wild_letter(letter),
            (Some(wanted), Some(letter)) => wanted == letter,
            _ => false,
        };
        if fits {
            (glob, word) = (glob_next, word_next);
            continue;
        }
        let Some((after_star, mut from)) = retry.take() else { return false };
        if !from.next().is_some_and(is_wild_letter) {
            return false;
        }
        glob = after_star.clone();
        word = from.clone();
        retry = Some((after_star, from));
    }
}

/// Whether every word of `other` is a word of `glob`; a wildcard of `other` must be taken in by one
/// of `glob` that is as wide.
pub(super) fn glob_covers(glob: &str, other: &str) -> bool {
    let other: Vec<char> = other.chars().collect();
    // reached[i]: what was read of `glob` covers the first i characters of `other`.
    let mut reached = vec![false; other.len() + 1];
    reached[0] = true;
    for wanted in glob.chars() {
        let mut next = vec![false; other.len() + 1];
        for at in 0..=other.len() {
            let before = at > 0 && reached[at - 1];
            next[at] = match wanted {
                '*' => reached[at] || (at > 0 && next[at - 1] && is_wild_letter(other[at - 1])),
                '?' => before && other[at - 1] != '*' && is_wild_letter(other[at - 1]),
                letter => before && other[at - 1] == letter,
            };
        }
        reached = next;
    }
    reached[other.len()]
}

/// Whether some word is matched by both; a word without a wildcard is a pattern, too.
pub(super) fn globs_meet(one: &str, two: &str) -> bool {
    let two: Vec<char> = two.chars().collect();
    let goes_without = |c: char| c == '*';
    let mut reached = vec![false; two.len() + 1];
    reached[0] = true;
    for at in 1..=two.len() {
        reached[at] = reached[at - 1] && goes_without(two[at - 1]);
    }
    for first in one.chars() {
        let mut next = vec![false; two.len() + 1];
        next[0] = reached[0] && goes_without(first);
        for at in 1..=two.len() {
            let second = two[at - 1];
            let letters_meet = first == second
                || (matches!(first, '?' | '*') && is_wild_letter(second))
                || (matches!(second, '?' | '*') && is_wild_letter(first));
            next[at] = (letters_meet && reached[at - 1])
                || (first == '*' && (reached[at] || (next[at - 1] && is_wild_letter(second))))
                || (second == '*' && (next[at - 1] || (reached[at] && is_wild_letter(first))));
        }
        reached = next;
    }
    reached[two.len()]
}

fn is_wild_letter(c: char) -> bool {
    c != '\'' && c != '.'
}
