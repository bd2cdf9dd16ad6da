//! Words that a printer's hyphen breaks at the end of a line: `govern-` and, below it, `ment`.
//!
//! A soft hyphen says that it is one, and such words are whole to all that read the text. A plain one
//! may as well be the word's own (`far-` and `left`), so it is reported, and undone with `--repair`
//! alone. What is undone keeps its length, so that every place in the text stays what it was.

use std::collections::BTreeSet;

use memchr::memmem;

/// What stands behind a hyphen of the word's own, whatever stands before it.
const SECOND_PARTS: [&str; 40] = [
    "appointed",
    "backed",
    "based",
    "born",
    "called",
    "century",
    "class",
    "day",
    "described",
    "door",
    "driven",
    "educated",
    "elect",
    "elected",
    "faced",
    "foot",
    "general",
    "held",
    "hour",
    "known",
    "led",
    "left",
    "minded",
    "minute",
    "old",
    "owned",
    "proclaimed",
    "profile",
    "ranking",
    "related",
    "right",
    "run",
    "scale",
    "speaking",
    "style",
    "styled",
    "term",
    "wing",
    "winger",
    "year",
];

/// What stands before a hyphen of the word's own, whatever stands behind it.
const FIRST_PARTS: [&str; 6] = ["alt", "neo", "pseudo", "quasi", "ultra", "vice"];

/// How many words of the text are broken.
pub(super) fn count(text: &str) -> usize {
    let mut found = Vec::new();
    find(text, &mut found);
    found.len()
}

/// The text with broken words joined by soft hyphens, and how many were; none where none is.
pub(super) fn joined(text: &str) -> Option<(String, usize)> {
    let mut found = Vec::new();
    find(text, &mut found);
    if found.is_empty() {
        return None;
    }
    let mut whole = String::with_capacity(text.len());
    let mut copied = 0;
    for &(start, end) in &found {
        whole.push_str(&text[copied..start]);
        // As long as what it stands for: a hyphen with its line end, or a sign alone.
        let odd = (end - start) % 2;
        (0..odd).for_each(|_| whole.push('\u{2060}'));
        (0..(end - start - 3 * odd) / 2).for_each(|_| whole.push('\u{AD}'));
        copied = end;
    }
    whole.push_str(&text[copied..]);
    Some((whole, found.len()))
}

/// A hyphen with what it stands between.
struct Broken<'t> {
    /// Of the hyphen, and of the line end where that goes with it.
    place: (usize, usize),
    first: &'t str,
    second: &'t str,
    /// Whether the sign is none but a printer's.
    is_certain: bool,
}

fn find(text: &str, found: &mut Vec<(usize, usize)>) {
    let all = candidates(text);
    if all.is_empty() {
        return;
    }
    let words = words_of(text, &all);
    let stays = |broken: &Broken<'_>| {
        let (first, second) = (broken.first.to_lowercase(), broken.second);
        if broken.is_certain || words.contains(&format!("{first}{second}")) {
            return false;
        }
        FIRST_PARTS.contains(&&*first)
            || SECOND_PARTS.contains(&second)
            || words.contains(&format!("{first}-{second}"))
    };
    found.extend(all.iter().filter(|broken| !stays(broken)).map(|broken| broken.place));
}

/// Hyphens between a letter and the end of a line, where the next one begins with a small letter.
fn candidates(text: &str) -> Vec<Broken<'_>> {
    let signs = |sign: &'static str| memmem::find_iter(text.as_bytes(), sign);
    let plain = memchr::memchr_iter(b'-', text.as_bytes());
    let plain = plain.filter_map(|at| {
        let sign = hyphen_at_line_end(&text[at..])?;
        broken(text, at, sign, false)
    });
    let certain = signs("\u{AC}\n").filter_map(|at| broken(text, at, "\u{AC}", true));
    let mut all: Vec<Broken<'_>> = plain.chain(certain).collect();
    all.sort_by_key(|broken| broken.place);
    all
}

/// A hyphen with the line end behind it and the blanks beside that.
fn hyphen_at_line_end(text: &str) -> Option<&str> {
    let blank = |c| matches!(c, ' ' | '\t');
    let line_end = text[1..].trim_start_matches(blank).strip_prefix('\n')?;
    let behind = line_end.trim_start_matches(blank);
    text.get(..text.len() - behind.len())
}

fn broken<'t>(text: &'t str, at: usize, sign: &str, is_certain: bool) -> Option<Broken<'t>> {
    let letter = char::is_alphabetic;
    let before = &text[..at];
    let behind = &text[at + sign.len()..];
    let behind = behind.strip_prefix('\n').filter(|_| is_certain).unwrap_or(behind);
    let first = &before[before.trim_end_matches(letter).len()..];
    let second = &behind[..behind.find(|c| !letter(c)).unwrap_or(behind.len())];
    if first.is_empty() || !second.starts_with(char::is_lowercase) {
        return None;
    }
    // A word of many parts ("state-of-the-art"), or one that begins with a number ("16-year-old").
    let around =
        [before[..at - first.len()].chars().next_back(), behind[second.len()..].chars().next()];
    let chained = around.iter().flatten().any(|&c| c == '-' || c.is_numeric());
    let place = (at, at + sign.len());
    (is_certain || !chained).then_some(Broken { place, first, second, is_certain })
}

/// Which of the forms that are asked for stand in the text unbroken.
fn words_of(text: &str, all: &[Broken<'_>]) -> BTreeSet<String> {
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for broken in all {
        let first = broken.first.to_lowercase();
        asked.insert(format!("{first}{}", broken.second));
        asked.insert(format!("{first}-{}", broken.second));
    }
    let words = text.split(|c: char| !c.is_alphabetic() && c != '-');
    words.map(str::to_lowercase).filter(|word| asked.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn after(text: &str) -> String {
        joined(text).map_or_else(|| text.to_owned(), |(text, _)| text)
    }

    #[test]
    fn a_printers_hyphen_is_undone() {
        let text =
            "The govern-\nment of the extrem-\nist fell, and re-\nform came to Washing-\nton.";
        assert_eq!(count(text), 4);
        let whole = "The govern\u{AD}ment of the extrem\u{AD}ist fell, and re\u{AD}form came to \
                     Washing\u{AD}ton.";
        assert_eq!(after(text), whole);
        assert_eq!(after("the govern\u{AC}\nment"), "the govern\u{AD}\nment");
        for blanks in ["- \n", "-\n\t", "-  \n    ", "-\t\n "] {
            let text = format!("the govern{blanks}ment");
            let joined = after(&text);
            assert_eq!(joined.len(), text.len());
            assert_eq!(joined.replace(['\u{AD}', '\u{2060}'], ""), "the government");
        }
    }

    #[test]
    fn a_hyphen_of_the_word_stays() {
        for text in [
            "the far-\nleft mob and a so-\ncalled plan",
            "an ultra-\northodox and a right-\nwing man",
            "a 16-year-\nold in a state-of-\nthe-art hall",
            "Mr. Smith-\nJones, the 1990-\n2000 years, and -\nof all",
            "a hall -\nwhich fell - and rose-\n",
            // The article has it elsewhere.
            "a town-\nhall, and the town-hall of old",
            "pre-\n\nwar",
        ] {
            assert_eq!((count(text), after(text)), (0, text.to_owned()));
        }
        // The article has both: the joined form decides.
        assert_eq!(count("a hard-\nship, a hard-ship, hardship"), 1);
    }

    proptest! {
        #[test]
        fn places_stay(text in "([a-z]{1,4}(-|-\n|- \n|-\n\t|\u{AC}\n| |\n){1,2}){0,8}") {
            let after = after(&text);
            prop_assert_eq!(after.len(), text.len());
            let letters = |text: &str| text.replace(['-', '\n', ' ', '\t', '\u{AC}', '\u{AD}', '\u{2060}'], "");
            prop_assert_eq!(letters(&after), letters(&text));
        }
    }
}
