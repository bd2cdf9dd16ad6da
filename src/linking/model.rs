//! Who is mentioned, and which loaded term is put on whom.

use crate::text::{Span, Voice, Zone};

/// The mentions and labels of one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Links {
    /// The targets that are mentioned, in the order of their keys.
    pub targets: Vec<TargetRef>,
    /// Every mention, in the order of the text, disjoint.
    pub mentions: Vec<Mention>,
    /// Every label, in the order of the text.
    pub labels: Vec<Label>,
}

impl Links {
    /// Indices of the targets with their numbers of mentions, most mentioned first, then by key.
    pub fn by_mentions(&self) -> Vec<(usize, usize)> {
        let mut counts: Vec<(usize, usize)> = (0..self.targets.len()).map(|t| (t, 0)).collect();
        for mention in &self.mentions {
            counts[mention.target].1 += 1;
        }
        counts.sort_by_key(|&(target, count)| (std::cmp::Reverse(count), target));
        counts
    }
}

/// A target that an article mentions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TargetRef {
    /// Declared in a lexicon.
    Declared {
        /// Index of the lexicon in the inventory.
        lexicon: usize,
        /// Index of the target in the lexicon.
        target: usize,
    },
    /// Found in the text: the longest form of the name in the article, as written.
    Found(String),
}

/// One mention of a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index into [`Links::targets`].
    pub target: usize,
    /// The name, titles and possessive ending excluded.
    pub span: Span,
    /// Zone of its first word.
    pub zone: Zone,
    /// Voice of its first word.
    pub voice: Voice,
}

/// A loaded term that a rule puts on a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Index into the hits of the article.
    pub hit: usize,
    /// Index into [`Links::targets`].
    pub target: usize,
    /// Index into [`Links::mentions`] of the mention that it is put on.
    pub mention: usize,
    /// Name of the rule.
    pub rule: &'static str,
}
