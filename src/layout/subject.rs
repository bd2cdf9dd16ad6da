//! What stands in front of a reporting verb: its subject, a negation, the source.

use super::clause::{REACH, Run};
use super::grammar::{Classes, Spelled};
use super::speech::Reader;
use super::tokens::Sort;
use crate::text::Span;

/// What stands in front of a cue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    /// The noun phrase, where one adjoins.
    pub run: Option<Run>,
    /// The token in front of it all; `None` at the start of the sentence.
    pub boundary: Option<usize>,
    pub passive: bool,
}

impl Reader<'_> {
    /// What stands in front of the verb at `at`.
    pub(super) fn subject(&self, at: usize) -> Subject {
        let s = self.sentence;
        let chain = Classes::AUXILIARY
            .or(Classes::ADVERB)
            .or(Classes::LY)
            .or(Classes::NEGATION)
            .or(Classes::TO)
            .or(Classes::NON_FINITE_BE);
        let mut end = at;
        let mut passive = false;
        while end > 0
            && s.word(end - 1)
            && at - end < 8
            && (s.is(end - 1, chain)
                || s.is(end - 1, Classes::ENDS_NEGATOR)
                || s.is(end, Classes::ENDS_NEGATOR))
        {
            if s.is(end - 1, Classes::NOMINATIVE) {
                break;
            }
            end -= 1;
            passive |= s.is(end, Classes::BE.or(Classes::NON_FINITE_BE)) && !s.is(at, Classes::ING);
        }
        let stop =
            Classes::SUBORDINATOR.or(Classes::THAT).or(Classes::CONTRAST).or(Classes::AUXILIARY);
        let mut start = end;
        while start > 0 && end - start < 30 && s.word(start - 1) {
            let before = start - 1;
            if s.is(before, stop)
                && !(s.is(before, Classes::MODAL.or(Classes::SUBORDINATOR))
                    && s.is(before, Classes::CAPITAL)
                    && before > 0)
            {
                break;
            }
            if s.is(before, Classes::AND)
                && (start == end
                    || self.chunk_start(before) == before
                    || s.finite_in(self.chunk_start(before), before).is_some())
            {
                break;
            }
            // "which Smith said": the pronoun is no part of the subject; but "whose lawyer said",
            // "who tried to warn".
            let object = s.is(before, Classes::RELATIVE) && !s.is(before, Classes::NOMINATIVE);
            if start < end && object && !s.spelled(before, Spelled::Whose) {
                break;
            }
            start -= 1;
            if s.is(start, Classes::NOMINATIVE) || s.is(start, Classes::RELATIVE) {
                break;
            }
        }
        let run = (start < end).then_some((start, end));
        let run = run.map(|(from, to)| {
            let trimmed = s.adverbials(from, false);
            if trimmed < to { (trimmed, to) } else { (from, to) }
        });
        Subject { run, boundary: start.checked_sub(1), passive }
    }

    /// Where the words in front of `at` begin, back to a sign; at most twelve of them.
    fn chunk_start(&self, at: usize) -> usize {
        let low = at.saturating_sub(12).max(self.floor.min(at));
        (low..at).rev().find(|&k| !self.sentence.word(k)).map_or(low, |sign| sign + 1)
    }

    pub(super) fn negated(&self, at: usize) -> bool {
        let s = self.sentence;
        let chain = Classes::AUXILIARY
            .or(Classes::ADVERB)
            .or(Classes::LY)
            .or(Classes::TO)
            .or(Classes::NON_FINITE_BE);
        for k in (at.saturating_sub(4)..at).rev() {
            if s.is(k, Classes::NEGATION.or(Classes::ENDS_NEGATOR)) {
                return true;
            }
            if !s.is(k, chain) {
                return false;
            }
        }
        false
    }

    pub(super) fn source(&self, at: usize, subject: &Subject, end: usize) -> Option<Span> {
        let s = self.sentence;
        if subject.passive {
            let by = (end..end + 6).take_while(|&k| s.word(k)).find(|&k| s.is(k, Classes::BY));
            return by.and_then(|by| self.bytes((by + 1, s.noun_phrase(by + 1))));
        }
        match subject.run {
            Some(run) if s.is(run.1 - 1, Classes::RELATIVE) => {
                let to = run
                    .0
                    .checked_sub(1)
                    .filter(|&k| s.sort(k) == Some(Sort::Comma))
                    .unwrap_or(run.0);
                let from = (0..to).rev().take(20).find(|&k| !s.word(k)).map_or(0, |k| k + 1);
                self.bytes((from, to))
            }
            Some(run) => self.named(run),
            None if self.speaker.is_some() => self.speaker,
            None => {
                // The subject of the sentence: its words before the first verb or comma.
                let first = s.finite_in(0, at).unwrap_or(at).min(REACH);
                let stop = (0..first).find(|&k| !s.word(k)).unwrap_or(first);
                let from = s.adverbials(0, true);
                self.named((if from < stop { from } else { 0 }, stop)).filter(|_| stop > 0)
            }
        }
    }

    /// The words of a source, without what opens the sentence in front of it; none where it begins
    /// like no noun phrase.
    fn named(&self, run: Run) -> Option<Span> {
        let s = self.sentence;
        let opener = Classes::ADVERB.or(Classes::COORDINATOR).or(Classes::TIME);
        let noun = Classes::NOMINATIVE.or(Classes::DETERMINER).or(Classes::OBJECT_PRONOUN);
        let keeps = |k: usize| !s.is(k, opener) || s.is(k, noun) || s.is(k + 1, Classes::HYPHEN);
        let from = (run.0..run.1).find(|&k| keeps(k))?;
        let none = Classes::PREPOSITION
            .or(Classes::SUBORDINATOR)
            .or(Classes::AS)
            .or(Classes::THAT)
            .or(Classes::AUXILIARY)
            .or(Classes::ING);
        let alone = from + 1 == run.1 && s.is(from, Classes::OWNER.or(Classes::ARTICLE));
        let name = s.is(from, Classes::CAPITAL) && from > 0 && !s.is(from, Classes::PREPOSITION);
        (!alone && (name || !s.is(from, none) || s.is(from, noun)))
            .then(|| self.bytes((from, run.1)))
            .flatten()
    }
}
