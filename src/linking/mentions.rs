//! Mentions of declared targets: which matches of their names stand as names.

use std::ops::Range;

use super::classes::Classes;
use super::names::Evidence;
use super::scene::{Scene, Stretch};
use crate::lexicon::{GroupKind, Inventory, Pattern, Term};
use crate::matching::Hit;
use crate::text::{Folded, Span};

/// A match of a declared name that stands as a name.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    /// Its words.
    pub(super) words: Range<usize>,
    /// Index of the lexicon in the inventory.
    pub(super) lexicon: usize,
    /// Index of the target in the lexicon.
    pub(super) target: usize,
}

/// The words that a span covers, by their beginnings.
pub(super) fn words_of(folded: &Folded, span: Span) -> Range<usize> {
    let tokens = folded.tokens();
    let start = tokens.partition_point(|token| token.span.start < span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    start..end.max(start)
}

/// The declared mentions, in order and disjoint: leftmost, then longest, then of the first lexicon.
pub(super) fn declared(
    scene: &Scene<'_>,
    stretches: &[Stretch],
    evidence: &Evidence<'_>,
    hits: &[Hit],
    inventory: &Inventory,
) -> Vec<Declared> {
    let mut found: Vec<Declared> = Vec::new();
    for hit in hits.iter().filter(|hit| hit.dropped.is_none()) {
        let group = inventory.group_of(hit.entry);
        if group.kind != GroupKind::Targets {
            continue;
        }
        let words = words_of(scene.folded, hit.span);
        let stretch = stretch_of(stretches, words.start);
        let Some(stretch) = stretch.filter(|s| !words.is_empty() && words.end <= s.words.end)
        else {
            continue;
        };
        let entry = inventory.entry(hit.entry);
        let has_case = || {
            let forms = &inventory.written(group.lexicon, entry.owner).capitals[entry.pattern];
            has_case_of(scene, &words, forms.as_deref(), inventory.term(hit.entry))
        };
        if (stretch.shouted || has_case())
            && !is_direction(scene, &words)
            && !is_part_of_name(scene, &words, stretch, evidence)
        {
            found.push(Declared { words, lexicon: group.lexicon, target: entry.owner });
        }
    }
    found.sort_by_key(|m| (m.words.start, std::cmp::Reverse(m.words.end), m.lexicon, m.target));
    let mut end = 0;
    found.retain(|mention| {
        let free = mention.words.start >= end;
        if free {
            end = mention.words.end;
        }
        free
    });
    found
}

/// Marks the words of declared names, and those of the target's titles before them.
pub(super) fn mark(scene: &mut Scene<'_>, declared: &[Declared], inventory: &Inventory) {
    for (index, mention) in declared.iter().enumerate() {
        for word in &mut scene.words[mention.words.clone()] {
            word.name = Some(index as u32);
        }
        for title in &inventory.written(mention.lexicon, mention.target).titles {
            let Some(start) = mention.words.start.checked_sub(title.len()) else { continue };
            if title.iter().zip(start..).all(|(title, word)| title == scene.form(word)) {
                for word in start..mention.words.start {
                    scene.add_class(word, Classes::TITLE);
                }
            }
        }
    }
}

/// The stretch that holds a word.
pub(super) fn stretch_of(stretches: &[Stretch], word: usize) -> Option<&Stretch> {
    let after = stretches.partition_point(|stretch| stretch.words.start <= word);
    stretches.get(after.checked_sub(1)?).filter(|stretch| stretch.words.contains(&word))
}

/// Whether the words have capitals wherever a form of the name has them; `forms` says where.
fn has_case_of(
    scene: &Scene<'_>,
    words: &Range<usize>,
    forms: Option<&[Vec<bool>]>,
    term: &Term,
) -> bool {
    let Some(forms) = forms else { return true };
    let agrees = |form: &Vec<bool>| {
        let mut pairs = words.clone().zip(form);
        form.len() == words.len()
            && pairs.all(|(word, &capital)| !capital || scene.word(word).capital)
    };
    let wild = |term: &Term| match &term.pattern {
        Pattern::Words { forms, .. } => forms.iter().any(|form| form.contains(['*', '?'])),
        Pattern::Regex(_) => true,
    };
    forms.iter().any(agrees) || wild(term)
}

/// "South of the border", "the north of": a direction, whatever the capital.
fn is_direction(scene: &Scene<'_>, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    scene.is(last, Classes::COMPASS)
        && (words.len() == 1 || scene.is(words.start, Classes::DEFINITE))
        && !scene.word(last).possessive
        && scene.goes_on(words.end)
        && scene.form(words.end) == "of"
}

/// Whether the name is a piece of a longer one that names something else: a paper, a building,
/// a relative, an institution.
fn is_part_of_name(
    scene: &Scene<'_>,
    words: &Range<usize>,
    stretch: &Stretch,
    evidence: &Evidence<'_>,
) -> bool {
    let (next, last) = (words.end, words.end - 1);
    let plain_case = !stretch.shouted && !stretch.title_case;
    if next < stretch.words.end
        && !scene.word(last).possessive
        && scene.before(next).is_empty()
        && scene.word(next).capital
    {
        let word = scene.word(next);
        let own = Classes::TITLE.with(Classes::OPENER);
        let institution = scene.is(next, Classes::INSTITUTION);
        let passes = scene.is(next, own) && !institution;
        if institution || plain_case && !passes && !word.labelled && !word.demonym {
            return true;
        }
    }
    let Some(before) = words.start.checked_sub(1).filter(|b| stretch.words.contains(b)) else {
        return false;
    };
    if !scene.before(words.start).is_empty() {
        return false;
    }
    let word = scene.word(before);
    if scene.form(before) == "of" {
        return before > stretch.words.start
            && scene.word(before - 1).capital
            && scene.is(before - 1, Classes::INSTITUTION)
            && !matches!(scene.form(before - 1), "republic" | "kingdom" | "states" | "parliament");
    }
    let given = word.capital
        && !word.possessive
        && !word.labelled
        && !word.demonym
        && !scene.is(before, Classes::TITLE.with(Classes::OPENER).with(Classes::ROLE));
    plain_case && words.len() == 1 && given && evidence.is_name_at(scene, before)
}
