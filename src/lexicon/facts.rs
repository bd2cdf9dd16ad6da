//! What is to be known of a regular expression before a text is looked at. Of those of the built-in
//! lexicons it is found out when the program is built: `build.rs` uses this file, too.

use regex_syntax::hir::{Class, ClassUnicodeRange, Hir, HirKind, Repetition};

use super::required::Required;

/// What is known of an expression that was read without case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// What every match holds; nothing where nothing is known to be in all.
    pub required: Option<Required>,
    /// More bytes than it takes when compiled.
    pub most_bytes: usize,
    /// Whether it may match where there is no text.
    pub may_be_empty: bool,
    /// Whether nothing in it looks at what stands around it.
    pub is_free: bool,
}

impl Facts {
    /// Those of an expression.
    pub fn of(hir: &Hir) -> Self {
        Self {
            required: Required::of(hir),
            most_bytes: most_bytes(hir),
            may_be_empty: hir.properties().minimum_len() == Some(0),
            is_free: hir.properties().look_set().is_empty(),
        }
    }
}

/// More bytes than the expression takes when compiled: a state of the automaton for every byte of a
/// literal and every step of a character through its ranges, again for every repetition.
fn most_bytes(hir: &Hir) -> usize {
    /// What a state takes, with its links.
    const STATE: usize = 64;
    let sum =
        |subs: &[Hir]| subs.iter().map(most_bytes).fold(STATE, |all, sub| all.saturating_add(sub));
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => STATE,
        HirKind::Literal(literal) => STATE.saturating_mul(literal.0.len() + 1),
        HirKind::Class(Class::Bytes(class)) => STATE.saturating_mul(class.ranges().len() + 1),
        HirKind::Class(Class::Unicode(class)) => {
            STATE.saturating_mul(1 + class.iter().map(most_steps).sum::<usize>())
        }
        HirKind::Repetition(Repetition { min, max, sub, .. }) => {
            let times = max.unwrap_or(*min).max(1) as usize;
            most_bytes(sub).saturating_add(2 * STATE).saturating_mul(times)
        }
        HirKind::Capture(capture) => most_bytes(&capture.sub).saturating_add(2 * STATE),
        HirKind::Concat(subs) | HirKind::Alternation(subs) => sum(subs),
    }
}

/// More steps than a range of characters takes, a byte each: characters of n bytes that differ in more
/// than the last take up to 2n − 1 sequences.
fn most_steps(range: &ClassUnicodeRange) -> usize {
    let (start, end) = (range.start(), range.end());
    match (start.len_utf8(), end.len_utf8()) {
        (one, two) if one == two && start as u32 >> 6 == end as u32 >> 6 => one,
        (one, two) => (one..=two).map(|bytes| (2 * bytes - 1) * bytes).sum(),
    }
}
