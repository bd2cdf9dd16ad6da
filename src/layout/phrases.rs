//! Attribution without a verb form: "according to X", "the claim that", "is believed to",
//! "so-called".

use super::clause::{REACH, Run};
use super::cues::SourcePosition;
use super::grammar::{Classes, Spelled};
use super::model::Flags;
use super::speech::{Effect, Reader};
use super::tokens::Sort;
use super::vocabulary::{Kind, Meaning};

impl Reader<'_> {
    /// Marks what "so-called" at `at` is put before.
    pub(super) fn so_called(&mut self, at: usize) -> Option<()> {
        let (_, end, _) = self.sentence.pattern(at, Kind::SoCalled)?;
        if let Some(Sort::Quote(quote)) = self.sentence.sort(end) {
            self.out.doubted.push(quote);
            return Some(());
        }
        let stop = Classes::PREPOSITION
            .or(Classes::AUXILIARY)
            .or(Classes::DETERMINER)
            .or(Classes::WH)
            .or(Classes::THAT)
            .or(Classes::TO)
            .or(Classes::COORDINATOR)
            .or(Classes::NOMINATIVE)
            .or(Classes::SUBORDINATOR)
            .or(Classes::TIME)
            .or(Classes::PAST);
        let last = (end..end + 4)
            .take_while(|&k| self.sentence.word(k) && !self.sentence.is(k, stop))
            .take_while(|&k| k == end || !self.sentence.finite(k) && !self.sentence.reports(k))
            // A plural ends the phrase: "so-called patriots loot …".
            .take_while(|&k| {
                k == end
                    || !self.sentence.is(k - 1, Classes::S)
                    || self.sentence.is(k, Classes::CAPITAL)
            })
            .last()?;
        let name = (end..=last).any(|k| self.sentence.is(k, Classes::CAPITAL));
        let (effect, rule) = if name {
            (Effect::Flagged(Flags { naming: true, ..Flags::default() }), "so-called-name")
        } else {
            (Effect::Scare, "so-called")
        };
        self.claim((end, last + 1), effect, None, rule);
        Some(())
    }

    /// Marks "said" where it means "the aforesaid": between a preposition or an article and a noun.
    pub(super) fn points_back(&mut self, at: usize) -> Option<()> {
        let before = at.checked_sub(1)?;
        let opens = Classes::PREPOSITION.or(Classes::TO).or(Classes::DETERMINER);
        let adjective = self.sentence.spelled(at, Spelled::Said)
            && self.sentence.is(before, opens)
            && !self.sentence.is(before, Classes::THAT.or(Classes::NOMINATIVE));
        let no_noun = Classes::DETERMINER
            .or(Classes::PREPOSITION)
            .or(Classes::TO)
            .or(Classes::THAT)
            .or(Classes::WH)
            .or(Classes::NOMINATIVE)
            .or(Classes::AUXILIARY)
            .or(Classes::CAPITAL);
        let noun = self.sentence.word(at + 1) && !self.sentence.is(at + 1, no_noun);
        if adjective && noun {
            self.claim((at, at + 2), Effect::PointsBack, None, "points-back");
        }
        Some(())
    }

    pub(super) fn unsourced(&mut self, at: usize) -> Option<usize> {
        let (pattern, end, _) = self.sentence.pattern(at, Kind::Unsourced)?;
        if pattern.meaning == (Meaning::Unsourced { after_be: true }) {
            let before = (at.saturating_sub(4)..at).rev().find(|&k| {
                !self.sentence.is(k, Classes::ADVERB.or(Classes::LY).or(Classes::NEGATION))
            })?;
            if !self.sentence.is(before, Classes::BE.or(Classes::NON_FINITE_BE)) {
                return None;
            }
        }
        let opener = Classes::TO.or(Classes::THAT);
        let from = if self.sentence.is(end - 1, opener) { end - 1 } else { end };
        let (pieces, next) = self.sentence.clause(from, false);
        let flags = Flags { unsourced: true, ..Flags::default() };
        self.claim_pieces(&pieces, Effect::Flagged(flags), None, "unsourced");
        // A report may stand inside: it goes first.
        Some(if end - at > 1 { next.min(end) } else { end })
    }

    pub(super) fn phrase(&mut self, at: usize) -> Option<usize> {
        let (pattern, end, inside) = self.sentence.pattern(at, Kind::Phrase)?;
        let Meaning::Phrase(index) = pattern.meaning else { return None };
        let phrase = self.sentence.vocabulary.phrases.get(index as usize)?;
        let position = phrase.position;
        if position != SourcePosition::SourceBefore && self.sentence.is(at, Classes::BLOCKED) {
            return None;
        }
        let s = self.sentence;
        match position {
            SourcePosition::SourceBefore => {
                let from = if s.is(end - 1, Classes::THAT) { end - 1 } else { end };
                let source = self.subject(at).run.and_then(|run| self.bytes(run)).or(self.speaker);
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                let (pieces, next) = s.clause(from, false);
                self.claim_pieces(&pieces, Effect::Attributed, Some(cue), "leading-cue");
                self.floor = next;
                Some(next)
            }
            SourcePosition::SourceFollows => {
                let comma_before = at == 0 || !s.word(at - 1);
                let limit = (end + 40).min(s.tokens.len());
                let mut stop = (end..limit).find(|&k| !s.word(k)).unwrap_or(limit);
                if stop == end {
                    return None;
                }
                let named = s
                    .is(end, Classes::CAPITAL.or(Classes::OBJECT_PRONOUN).or(Classes::DIGIT))
                    || s.is(stop - 1, Classes::S)
                    || s.spelled(end, Spelled::Police);
                let owned = s.is(end, Classes::DETERMINER) || named;
                if end - at == 1 && !(comma_before && s.is(end, Classes::CAPITAL)) {
                    return None;
                }
                if !(named
                    || comma_before && owned
                    || at > 0 && owned && s.finite_in(0, at).is_some() && stop == s.tokens.len())
                {
                    return None;
                }
                // "…, said the coroner, Dr Osei, the man …": the source goes on behind a comma.
                if s.sort(stop) == Some(Sort::Comma) && at == 0 {
                    let second = (stop + 1..limit).find(|&k| !s.word(k));
                    if let Some(second) =
                        second.filter(|&k| s.sort(k) == Some(Sort::Comma) && k - stop < 20)
                        && (s.is(stop + 1, Classes::RELATIVE)
                            || s.finite_in(stop + 1, second).is_none())
                        && s.finite_in(second + 1, s.tokens.len()).is_some()
                        && s.is(
                            stop + 1,
                            Classes::ARTICLE.or(Classes::CAPITAL).or(Classes::RELATIVE),
                        )
                        && s.is(
                            second + 1,
                            Classes::DETERMINER
                                .or(Classes::CAPITAL)
                                .or(Classes::NOMINATIVE)
                                .or(Classes::DIGIT),
                        )
                    {
                        stop = second;
                    }
                }
                let source = self.bytes((end, stop));
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                Some(self.both_ways((at, stop), cue, "according-to"))
            }
            SourcePosition::SourceInside => {
                let clean = inside.is_some_and(|run| s.finite_in(run.0, run.1).is_none());
                let source = inside.and_then(|run| self.bytes(run));
                let opens = at == 0 || !s.word(at - 1);
                let closes = s.get(end).is_none_or(|next| !next.word());
                if !clean || !closes {
                    return None;
                }
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                if !opens
                    || s.quote(end + 1)
                        && s.sort(end) == Some(Sort::Comma)
                        && s.get(end + 2).is_none()
                    || s.quote(end)
                {
                    return Some(end);
                }
                Some(self.both_ways((at, end), cue, "according-to"))
            }
        }
    }

    /// Claims what a parenthetical attribution reports: the clause in front of it, the one behind
    /// it, or both; where to go on.
    pub(super) fn both_ways(&mut self, attribution: Run, cue: u32, rule: &'static str) -> usize {
        let s = self.sentence;
        let (from, end) = attribution;
        let before =
            if from > 0 && !s.word(from - 1) && !s.quote(from - 1) { from - 1 } else { from };
        let floor = self.clause_start(before);
        let verb_before = s.headline || s.finite_in(floor, before).is_some();
        let quote_before = (floor..before).any(|k| s.quote(k));
        let words_before = (floor..before).any(|k| s.word(k));
        let comma_after = matches!(s.sort(end), Some(Sort::Comma | Sort::Dash | Sort::Colon));
        let next = end + usize::from(comma_after);
        let rest = next < s.tokens.len() && (comma_after || s.quote(end));
        let verb_after = rest && s.finite_in(next, s.tokens.len()).is_some();
        let opener = Classes::RELATIVE.or(Classes::CONTRAST);
        // "It was, he said, a disaster", "it fell, he said, for the weak": the clause is not over.
        let open = Classes::AUXILIARY
            .or(Classes::MODAL)
            .or(Classes::BE)
            .or(Classes::PREPOSITION)
            .or(Classes::DETERMINER);
        let unfinished = before < from
            && before > floor
            && comma_after
            && (s.is(before - 1, open) || s.is(next, Classes::PREPOSITION));
        let goes_on = rest && !s.is(next, opener) && {
            if from == 0 {
                comma_after
            } else if !words_before {
                false
            } else if unfinished && verb_before {
                true
            } else if verb_before {
                s.is(next, Classes::AND.or(Classes::THAT)) && verb_after && !s.comma_ends(end)
            } else {
                verb_after || s.quote(next)
            }
        };
        let back = words_before && (verb_before || quote_before || goes_on) && from != 0;
        let back = back && !s.is(floor, Classes::RELATIVE);
        let adverbial =
            back && !verb_before && !quote_before && s.adverbials(floor, true) >= before;
        if back && !adverbial {
            let rule = if goes_on && rule != "according-to" { "medial-cue" } else { rule };
            self.claim((floor, before), Effect::Attributed, Some(cue), rule);
        }
        self.floor = next;
        if goes_on {
            let (pieces, stop) = s.clause(next, false);
            let rule = if rule == "according-to" { rule } else { "medial-cue" };
            self.claim_pieces(&pieces, Effect::Attributed, Some(cue), rule);
            self.floor = stop;
            return stop;
        }
        end
    }

    /// Where the clause that a trailing cue reaches back to begins.
    pub(super) fn clause_start(&self, before: usize) -> usize {
        let s = self.sentence;
        let mut start = self.floor.min(before);
        let low = start.max(before.saturating_sub(REACH));
        if let Some(semicolon) = (low..before).rev().find(|&k| s.sort(k) == Some(Sort::Semicolon)) {
            start = semicolon + 1;
        }
        while start < before && matches!(s.sort(start), Some(Sort::Comma | Sort::Dash)) {
            start += 1;
        }
        if s.is(start, Classes::CONTRAST.or(Classes::AND)) && start > 0 { start + 1 } else { start }
    }

    pub(super) fn noun_that(&mut self, at: usize) -> Option<usize> {
        let s = self.sentence;
        let stop =
            Classes::AUXILIARY.or(Classes::SUBORDINATOR).or(Classes::NOMINATIVE).or(Classes::WH);
        let limit = at + if s.is(at + 1, Classes::PREPOSITION.or(Classes::TIME)) { 14 } else { 2 };
        let copula = s.is(at + 1, Classes::BE) && s.is(at + 2, Classes::THAT);
        let that = if copula { Some(at + 2) } else { None };
        let that = that.or_else(|| {
            (at + 1..limit.min(s.tokens.len()))
                .take_while(|&k| s.word(k) && (!s.is(k, stop) || s.is(k, Classes::PREPOSITION)))
                .find(|&k| s.is(k, Classes::THAT) && !s.is(k + 1, Classes::PERIOD))
        })?;
        let after = s.get(that + 1)?;
        if after.word() && s.finite(that + 1) && !after.is(Classes::NOMINATIVE)
            || after.is(Classes::AUXILIARY.or(Classes::PAST).or(Classes::ED))
        {
            return None;
        }
        let index = s.vocabulary.entry(s.get(at)?.id).noun?;
        let (lemma, kind) = s.vocabulary.nouns.get(index as usize)?.clone();
        let fronted =
            s.is(0, Classes::PREPOSITION.or(Classes::SUBORDINATOR)) && s.finite_in(0, at).is_none();
        let (pieces, end) = s.clause(that, fronted);
        let low = (0..at).rev().take(60).find(|&k| !s.word(k)).map_or(0, |k| k + 1);
        let subject = s.finite_in(low, at).is_none() && !copula && !fronted;
        let first = s.finite_in(that + 1, end);
        // A verb without an object before a second verb: a relative clause ("the report that the
        // board commissioned in May has been lost").
        let second = first.and_then(|first| self.second_verb(that + 1, first, end));
        let bare = first.is_some_and(|first| {
            !s.is(first, Classes::AUXILIARY)
                && (s.is(first + 1, Classes::PREPOSITION.or(Classes::AUXILIARY).or(Classes::TIME))
                    || s.get(first + 1).is_none())
        });
        let apposition =
            at >= 2 && s.is(at - 1, Classes::ARTICLE) && s.sort(at - 2) == Some(Sort::Comma);
        if bare
            && (second.is_some()
                || apposition
                || s.is(at.wrapping_sub(1), Classes::ARTICLE) && !subject)
        {
            return None;
        }
        let source = at.checked_sub(1).filter(|&k| s.is(k, Classes::POSSESSIVE)).and_then(|k| {
            let low = (0..=k)
                .rev()
                .take(6)
                .take_while(|&j| s.is(j, Classes::CAPITAL) || j == k)
                .last()?;
            self.bytes((low, k + 1))
        });
        let cue = self.add_cue((at, at + 1), &lemma, kind, source);
        let effect = Effect::Attributed;
        if let Some(second) = second.filter(|_| subject) {
            self.claim((that, second), effect, Some(cue), "noun-that");
            self.floor = second;
            return Some(second);
        }
        self.claim_pieces(&pieces, effect, Some(cue), "noun-that");
        self.floor = end;
        Some(end)
    }

    /// The verb behind the first one that belongs to the clause around: "the claim that it was
    /// diluted | spread", "who said it was empty | has been".
    pub(super) fn second_verb(&self, from: usize, first: usize, end: usize) -> Option<usize> {
        let s = self.sentence;
        // A present form that the shape alone does not settle ("the law punishes tenants | found").
        let weak = (from + 1..first).any(|k| {
            s.is(k, Classes::S.or(Classes::ED))
                && !s.is(
                    k,
                    Classes::DETERMINER
                        .or(Classes::POSSESSIVE)
                        .or(Classes::CAPITAL)
                        .or(Classes::PREPOSITION),
                )
                && s.word(k - 1)
                && !s.is(
                    k - 1,
                    Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::S).or(Classes::AND),
                )
        });
        if weak && !s.is(first, Classes::AUXILIARY) {
            return Some(first);
        }
        let chain = Classes::AUXILIARY
            .or(Classes::NON_FINITE_BE)
            .or(Classes::ADVERB)
            .or(Classes::LY)
            .or(Classes::NEGATION)
            .or(Classes::COORDINATOR)
            .or(Classes::WH)
            .or(Classes::NOMINATIVE)
            .or(Classes::SUBORDINATOR);
        let mut inserted = false;
        (first + 1..end.min(first + 60)).find(|&k| {
            // Another subject opens another clause.
            inserted |= s
                .is(k, Classes::COORDINATOR.or(Classes::RELATIVE).or(Classes::SUBORDINATOR))
                && !s.is(k, Classes::PREPOSITION);
            let open = s.finite(k) && !s.is(k - 1, chain);
            if open && inserted && s.word(k - 1) {
                inserted = false;
                return s.is(k - 1, Classes::TIME);
            }
            open
        })
    }
}
