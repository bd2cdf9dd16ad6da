//! What every match of a regular expression must hold.

use aho_corasick::{AhoCorasick, packed};
use regex_syntax::hir::{Class, Hir, HirKind};

use super::pattern_line::Line;

/// Strings of which every match of an expression holds one.
#[derive(Debug, Clone)]
pub(super) struct Needles {
    search: Search,
    /// They are in small letters, and case is ignored.
    folded: bool,
}

#[derive(Debug, Clone)]
enum Search {
    /// None is known: any text may match.
    None,
    /// Of all at once, sixteen bytes at a time.
    Packed(packed::Searcher),
    /// On a processor that can't, or of too many.
    Automaton(AhoCorasick),
}

/// Letters that are other forms of ASCII letters.
pub(super) const OTHER_FORMS: [char; 2] = ['ſ', '\u{212a}'];

impl Needles {
    /// Those of an expression; if `folded`, case is ignored.
    pub fn of(hir: &Hir, folded: bool) -> Self {
        let search = needles(hir, folded).map_or(Search::None, |texts| {
            packed::Searcher::new(&texts).map_or_else(
                || AhoCorasick::new(&texts).map_or(Search::None, Search::Automaton),
                Search::Packed,
            )
        });
        Self { search, folded }
    }

    /// Whether the line may hold one of them.
    pub fn may_stand_in(&self, line: &Line<'_>) -> bool {
        let text = if self.folded { line.small() } else { line.text() };
        let found = match &self.search {
            Search::None => return true,
            Search::Packed(searcher) => searcher.find(text).is_some(),
            Search::Automaton(automaton) => automaton.is_match(text),
        };
        found || line.has_other_forms()
    }
}

/// No more strings are kept as the texts of one piece of an expression.
const MANY: usize = 32;

/// Strings of which every match holds one, in lower case where case is ignored; `None` where there
/// are none.
fn needles(hir: &Hir, folded: bool) -> Option<Vec<String>> {
    match exact(hir, folded) {
        Some(texts) => Some(texts).filter(|texts| shortest(texts) > 0),
        None => needles_within(hir, folded),
    }
}

/// Those of an expression that stands for more than a few texts.
fn needles_within(hir: &Hir, folded: bool) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Repetition(repetition) if repetition.min > 0 => needles(&repetition.sub, folded),
        HirKind::Capture(capture) => needles(&capture.sub, folded),
        HirKind::Alternation(branches) => {
            let all: Option<Vec<_>> = branches.iter().map(|hir| needles(hir, folded)).collect();
            Some(all?.concat())
        }
        HirKind::Concat(parts) => needles_in_a_row(parts, folded),
        _ => None,
    }
}

/// The most telling needles of parts that follow one another: the longest, the fewest. Parts side by
/// side that stand for a few texts make one.
fn needles_in_a_row(parts: &[Hir], folded: bool) -> Option<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut run = vec![String::new()];
    for part in parts {
        match exact(part, folded) {
            Some(texts) if run.len() * texts.len() <= MANY => run = joined(run, &texts),
            Some(texts) => found.push(std::mem::replace(&mut run, texts)),
            None => {
                found.push(std::mem::replace(&mut run, vec![String::new()]));
                found.extend(needles_within(part, folded));
            }
        }
    }
    found.push(run);
    let best = found.into_iter().max_by_key(|set| (shortest(set), usize::MAX - set.len()))?;
    (shortest(&best) > 0).then_some(best)
}

fn shortest(texts: &[String]) -> usize {
    texts.iter().map(String::len).min().unwrap_or(0)
}

/// Every one of `heads` with every one of `tails` behind it.
fn joined(mut heads: Vec<String>, tails: &[String]) -> Vec<String> {
    if let [tail] = tails {
        heads.iter_mut().for_each(|head| head.push_str(tail));
        return heads;
    }
    heads.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect()
}

/// The few texts that the expression matches, case aside where it is ignored.
fn exact(hir: &Hir, folded: bool) -> Option<Vec<String>> {
    let texts = match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => vec![String::new()],
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            vec![if folded { text.to_ascii_lowercase() } else { text.to_owned() }]
        }
        HirKind::Class(Class::Unicode(class)) => {
            let number: usize = class.ranges().iter().map(|range| range.len()).sum();
            if number > MANY {
                return None;
            }
            let keep = |c: &char| !(folded && OTHER_FORMS.contains(c));
            let characters = class.ranges().iter().flat_map(|range| range.start()..=range.end());
            let fold = |c: char| if folded { c.to_ascii_lowercase() } else { c };
            characters.filter(keep).map(|c| fold(c).to_string()).collect()
        }
        HirKind::Capture(capture) => exact(&capture.sub, folded)?,
        HirKind::Repetition(repetition) if (repetition.min, repetition.max) == (0, Some(1)) => {
            let mut texts = exact(&repetition.sub, folded)?;
            texts.push(String::new());
            texts
        }
        HirKind::Alternation(branches) => {
            let all: Option<Vec<_>> = branches.iter().map(|hir| exact(hir, folded)).collect();
            all?.concat()
        }
        HirKind::Concat(parts) => {
            let mut texts = vec![String::new()];
            for part in parts {
                let behind = exact(part, folded)?;
                if texts.len() * behind.len() > MANY {
                    return None;
                }
                texts = joined(texts, &behind);
            }
            texts
        }
        _ => return None,
    };
    let mut texts = texts;
    texts.sort_unstable();
    texts.dedup();
    (texts.len() <= MANY).then_some(texts)
}
