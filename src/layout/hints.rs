//! Words that only captions use ("pictured", "(left)"), all looked for in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickKind};

/// Phrases that hint at a caption.
#[derive(Debug, Clone)]
pub(super) struct Hints {
    phrases: Vec<String>,
    automaton: Option<AhoCorasick>,
}

impl PartialEq for Hints {
    fn eq(&self, other: &Self) -> bool {
        self.phrases == other.phrases
    }
}

impl Hints {
    /// The phrases in any case; there must be fewer than some millions of them.
    pub fn new(phrases: Vec<String>) -> Self {
        // At the start another thread has time for it; nearly every text asks for it.
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::DFA)).ascii_case_insensitive(true);
        let automaton = builder.build(&phrases).ok();
        Self { phrases, automaton }
    }

    /// How many of the phrases stand in `line` between the borders of words, up to `limit`.
    pub fn count(&self, line: &str, limit: usize) -> usize {
        let Some(phrases) = &self.automaton else { return 0 };
        if !phrases.is_match(line) {
            return 0;
        }
        let mut found = Vec::new();
        for phrase in phrases.find_overlapping_iter(line) {
            if found.len() == limit {
                break;
            }
            if !found.contains(&phrase.pattern())
                && stands_alone(line, phrase.start(), phrase.end())
            {
                found.push(phrase.pattern());
            }
        }
        found.len()
    }
}

/// Whether no word goes on at either end.
fn stands_alone(line: &str, start: usize, end: usize) -> bool {
    let (before, rest) = line.split_at(start);
    let (phrase, after) = rest.split_at(end - start);
    let joined = |left: Option<char>, right: Option<char>| {
        left.is_some_and(char::is_alphanumeric) && right.is_some_and(char::is_alphanumeric)
    };
    !joined(before.chars().next_back(), phrase.chars().next())
        && !joined(phrase.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::Hints;

    #[test]
    fn counts_each_phrase_once_and_only_between_words() {
        let hints = Hints::new(["(left)", "gestures", "gestures as"].map(str::to_owned).to_vec());
        assert_eq!(hints.count("Anna Berg (Left) GESTURES as she gestures", 3), 3);
        assert_eq!(hints.count("Anna Berg (Left) GESTURES as she gestures", 2), 2);
        assert_eq!(hints.count("many ingestures", 3), 0);
    }
}
