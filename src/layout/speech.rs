//! Reported speech in a sentence: cues, their sources, and the words that they report.

use super::clause::{Run, Sentence};
use super::grammar::Classes;
use super::model::{Cue, CueKind, Flags};
use super::tokens::{Sort, Token};
use super::vocabulary::{Meaning, Verb, Vocabulary};
use crate::text::Span;

/// What a run of words is because of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Attributed,
    /// Own words with something known of them.
    Flagged(Flags),
    /// Words that the outlet holds at a distance.
    Scare,
}

/// A run of words that a cue accounts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Claim {
    pub span: Span,
    pub effect: Effect,
    pub cue: Option<u32>,
    pub rule: &'static str,
}

/// The report of an article, as it is found.
#[derive(Debug, Default)]
pub(super) struct Speech {
    pub cues: Vec<Cue>,
    pub claims: Vec<Claim>,
    /// Quotations with the cue that governs them, in order of the quotations.
    pub governed: Vec<(u32, u32)>,
    /// Quotations behind "so-called".
    pub doubted: Vec<u32>,
}

/// What stands behind a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Complement {
    That,
    Clause,
    Wh,
    Infinitive,
    Quote,
    /// A noun, a gerund, an infinitive: a narrated speech act.
    Act,
    Nothing,
}

/// What stands in front of a cue.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// The noun phrase, where one adjoins.
    run: Option<Run>,
    /// The token in front of it all; `None` at the start of the sentence.
    boundary: Option<usize>,
    passive: bool,
}

/// Reads one sentence at a time.
pub(super) struct Reader<'a> {
    sentence: Sentence<'a>,
    out: &'a mut Speech,
    /// Tokens in which a verb form is no cue.
    blocked: Vec<bool>,
    /// Tokens at which a negator of several words ends.
    negator: Vec<bool>,
    /// Where free words begin: behind the last reported clause.
    floor: usize,
    /// The speaker of the sentence so far.
    speaker: Option<Span>,
    first_cue: usize,
}

/// Reads the sentence that `tokens` holds and adds what it reports to `out`.
pub(super) fn read_sentence(tokens: &[Token], vocabulary: &Vocabulary, headline: bool, out: &mut Speech) {
    let first_cue = out.cues.len();
    let mut reader = Reader {
        sentence: Sentence { tokens, vocabulary, headline },
        out,
        blocked: Vec::new(),
        negator: Vec::new(),
        floor: 0,
        speaker: None,
        first_cue,
    };
    reader.mark_patterns();
    let mut at = 0;
    while at < tokens.len() {
        at = reader.step(at).max(at + 1);
    }
    reader.govern();
}

impl Reader<'_> {
    fn mark_patterns(&mut self) {
        let number = self.sentence.tokens.len();
        self.blocked = vec![false; number];
        self.negator = vec![false; number];
        for at in 0..number {
            if let Some((_, end, _)) = self.sentence.pattern(at, |m| *m == Meaning::NonReporting) {
                self.blocked[at..end].fill(true);
            }
            if let Some((_, end, _)) = self.sentence.pattern(at, |m| *m == Meaning::Negator) {
                self.negator[end - 1] = true;
            }
        }
    }

    fn step(&mut self, at: usize) -> usize {
        if !self.sentence.word(at) {
            return at + 1;
        }
        if let Some(next) = self.so_called(at).or_else(|| self.unsourced(at)).or_else(|| self.phrase(at)) {
            return next;
        }
        let token = self.sentence.tokens[at];
        let entry = self.sentence.vocabulary.entry(token.id);
        if entry.noun.is_some()
            && let Some(next) = self.noun_that(at)
        {
            return next;
        }
        if token.is(Classes::POSSESSIVE) || self.blocked[at] {
            return at + 1;
        }
        let several = self.sentence.pattern(at, |m| matches!(m, Meaning::Verb(_)));
        if let Some((pattern, end, _)) = several
            && let Meaning::Verb(index) = pattern.meaning
        {
            return self.verb(at, end, index as usize, false).unwrap_or(end);
        }
        match entry.verb {
            Some((index, homograph)) => self.verb(at, at + 1, index as usize, homograph).unwrap_or(at + 1),
            None => at + 1,
        }
    }

    // ---- cues and claims -------------------------------------------------------------------

    fn bytes(&self, run: Run) -> Option<Span> {
        let tokens = self.sentence.tokens.get(run.0..run.1)?;
        // Signs at the edges belong to nobody.
        let first = tokens.iter().find(|t| matches!(t.sort, Sort::Word | Sort::Quote(_)))?;
        let last = tokens.iter().rev().find(|t| matches!(t.sort, Sort::Word | Sort::Quote(_)))?;
        Some(Span { start: first.span.start, end: last.span.end })
    }

    pub(super) fn add_cue(&mut self, run: Run, lemma: &str, kind: CueKind, source: Option<Span>) -> u32 {
        let span = self.bytes(run).unwrap_or_default();
        self.out.cues.push(Cue { span, lemma: lemma.to_owned(), kind, source });
        (self.out.cues.len() - 1) as u32
    }

    pub(super) fn claim(&mut self, run: Run, effect: Effect, cue: Option<u32>, rule: &'static str) {
        if let Some(span) = self.bytes(run).filter(|span| !span.is_empty()) {
            self.out.claims.push(Claim { span, effect, cue, rule });
        }
    }

    fn claim_pieces(&mut self, pieces: &[Run], effect: Effect, cue: Option<u32>, rule: &'static str) {
        for &piece in pieces {
            self.claim(piece, effect, cue, rule);
        }
    }

    /// Gives each quotation of the sentence the cue that stands nearest.
    fn govern(&mut self) {
        let cues = &self.out.cues[self.first_cue..];
        if cues.is_empty() {
            return;
        }
        for token in self.sentence.tokens {
            let Sort::Quote(quote) = token.sort else { continue };
            let after = cues.partition_point(|cue| cue.span.start < token.span.start);
            let before = after.checked_sub(1).map(|at| (token.span.start - cues[at].span.end.min(token.span.start), at));
            let behind = cues.get(after).map(|cue| (cue.span.start.saturating_sub(token.span.end), after));
            let nearest = match (before, behind) {
                (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
                (a, b) => a.or(b),
            };
            if let Some((_, at)) = nearest {
                self.out.governed.push((quote, (self.first_cue + at) as u32));
            }
        }
    }

    // ---- phrases ---------------------------------------------------------------------------

    fn so_called(&mut self, at: usize) -> Option<usize> {
        let (_, end, _) = self.sentence.pattern(at, |m| *m == Meaning::SoCalled)?;
        if let Some(Sort::Quote(quote)) = self.sentence.sort(end) {
            self.out.doubted.push(quote);
            return Some(end);
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
            .last()?;
        let name = (end..=last).any(|k| self.sentence.is(k, Classes::CAPITAL));
        let (effect, rule) = if name {
            (Effect::Flagged(Flags { naming: true, ..Flags::default() }), "so-called-name")
        } else {
            (Effect::Scare, "so-called")
        };
        self.claim((end, last + 1), effect, None, rule);
        Some(end)
    }

    fn unsourced(&mut self, at: usize) -> Option<usize> {
        let (pattern, end, _) = self.sentence.pattern(at, |m| matches!(m, Meaning::Unsourced { .. }))?;
        if pattern.meaning == (Meaning::Unsourced { after_be: true }) {
            let before = (at.saturating_sub(4)..at)
                .rev()
                .find(|&k| !self.sentence.is(k, Classes::ADVERB.or(Classes::LY).or(Classes::NEGATION)))?;
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

    fn phrase(&mut self, at: usize) -> Option<usize> {
        use super::cues::SourcePosition as Position;
        let (pattern, end, inside) = self.sentence.pattern(at, |m| matches!(m, Meaning::Phrase(_)))?;
        let Meaning::Phrase(index) = pattern.meaning else { return None };
        let phrase = self.sentence.vocabulary.phrases.get(index as usize)?.clone();
        let position = phrase.position;
        if position != Position::SourceBefore && self.blocked[at] {
            return None;
        }
        let s = self.sentence;
        match position {
            Position::SourceBefore => {
                let from = if s.is(end - 1, Classes::THAT) { end - 1 } else { end };
                let source = self.subject(at).run.and_then(|run| self.bytes(run)).or(self.speaker);
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                let (pieces, next) = s.clause(from, false);
                self.claim_pieces(&pieces, Effect::Attributed, Some(cue), "leading-cue");
                self.floor = next;
                Some(next)
            }
            Position::SourceFollows => {
                let comma_before = at == 0 || !s.word(at - 1);
                let limit = (end + 40).min(s.tokens.len());
                let mut stop = (end..limit).find(|&k| !s.word(k)).unwrap_or(limit);
                if stop == end {
                    return None;
                }
                let named = s.is(end, Classes::CAPITAL.or(Classes::OBJECT_PRONOUN).or(Classes::DIGIT))
                    || s.is(stop - 1, Classes::S)
                    || s.get(end).is_some_and(|t| t.id == s.vocabulary.id("police"));
                let owned = s.is(end, Classes::DETERMINER) || named;
                if end - at == 1 && !(comma_before && s.is(end, Classes::CAPITAL)) {
                    return None;
                }
                if !(named || comma_before && owned || at > 0 && owned && s.finite_in(0, at).is_some() && stop == s.tokens.len()) {
                    return None;
                }
                // "…, said the coroner, Dr Osei, the man …": the source goes on behind a comma.
                if s.sort(stop) == Some(Sort::Comma) && at == 0 {
                    let second = (stop + 1..limit).find(|&k| !s.word(k));
                    if let Some(second) = second.filter(|&k| s.sort(k) == Some(Sort::Comma) && k - stop < 14)
                        && s.finite_in(stop + 1, second).is_none()
                        && s.finite_in(second + 1, s.tokens.len()).is_some()
                        && s.is(stop + 1, Classes::ARTICLE.or(Classes::CAPITAL).or(Classes::RELATIVE))
                    {
                        stop = second;
                    }
                }
                let source = self.bytes((end, stop));
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                Some(self.both_ways((at, stop), cue, "according-to"))
            }
            Position::SourceInside => {
                let clean = inside.is_some_and(|run| s.finite_in(run.0, run.1).is_none());
                let source = inside.and_then(|run| self.bytes(run));
                let opens = at == 0 || !s.word(at - 1);
                let closes = s.get(end).is_none_or(|next| !next.word());
                if !clean || !closes {
                    return None;
                }
                let cue = self.add_cue((at, end), &phrase.lemma, phrase.kind, source);
                if !opens || s.quote(end + 1) && s.sort(end) == Some(Sort::Comma) && s.get(end + 2).is_none() || s.quote(end) {
                    return Some(end);
                }
                Some(self.both_ways((at, end), cue, "according-to"))
            }
        }
    }

    /// Claims what a parenthetical attribution reports: the clause in front of it, the one behind
    /// it, or both; where to go on.
    fn both_ways(&mut self, attribution: Run, cue: u32, rule: &'static str) -> usize {
        let s = self.sentence;
        let (from, end) = attribution;
        let before = if from > 0 && !s.word(from - 1) && !s.quote(from - 1) { from - 1 } else { from };
        let floor = self.clause_start(before);
        let verb_before = s.headline || s.finite_in(floor, before).is_some();
        let quote_before = (floor..before).any(|k| s.quote(k));
        let words_before = (floor..before).any(|k| s.word(k));
        let comma_after = matches!(s.sort(end), Some(Sort::Comma | Sort::Dash | Sort::Colon));
        let next = end + usize::from(comma_after);
        let rest = next < s.tokens.len() && (comma_after || s.quote(end));
        let verb_after = rest && s.finite_in(next, s.tokens.len()).is_some();
        let opener = Classes::RELATIVE.or(Classes::CONTRAST);
        let goes_on = rest && !s.is(next, opener) && {
            if verb_before {
                s.is(next, Classes::AND.or(Classes::THAT)) && verb_after
            } else {
                verb_after || s.quote(next)
            }
        };
        let back = words_before && (verb_before || quote_before || goes_on) && !(from == 0);
        let adverbial = back && !verb_before && !quote_before && s.adverbials(floor, true) >= before;
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
    fn clause_start(&self, before: usize) -> usize {
        let s = self.sentence;
        let mut start = self.floor.min(before);
        let low = start.max(before.saturating_sub(super::clause::REACH));
        if let Some(semicolon) = (low..before).rev().find(|&k| s.sort(k) == Some(Sort::Semicolon)) {
            start = semicolon + 1;
        }
        while start < before && matches!(s.sort(start), Some(Sort::Comma | Sort::Dash)) {
            start += 1;
        }
        if s.is(start, Classes::CONTRAST.or(Classes::AND)) && start > 0 { start + 1 } else { start }
    }

    fn noun_that(&mut self, at: usize) -> Option<usize> {
        let s = self.sentence;
        let stop = Classes::AUXILIARY.or(Classes::SUBORDINATOR).or(Classes::NOMINATIVE).or(Classes::WH);
        let limit = at + if s.is(at + 1, Classes::PREPOSITION.or(Classes::TIME)) { 14 } else { 2 };
        let that = (at + 1..limit.min(s.tokens.len()))
            .take_while(|&k| s.word(k) && (!s.is(k, stop) || s.is(k, Classes::PREPOSITION)))
            .find(|&k| s.is(k, Classes::THAT) && !s.is(k + 1, Classes::PERIOD))?;
        let after = s.get(that + 1)?;
        if after.word() && s.finite(that + 1) && !after.is(Classes::NOMINATIVE) || after.is(Classes::AUXILIARY.or(Classes::PAST)) {
            return None;
        }
        let index = s.vocabulary.entry(s.tokens[at].id).noun?;
        let (lemma, kind) = s.vocabulary.nouns.get(index as usize)?.clone();
        let (pieces, end) = s.clause(that, false);
        let low = (0..at).rev().take(60).find(|&k| !s.word(k)).map_or(0, |k| k + 1);
        let subject = s.finite_in(low, at).is_none();
        let first = s.finite_in(that + 1, end);
        // A verb without an object before a second verb: a relative clause ("the report that the
        // board commissioned in May has been lost").
        let second = first.and_then(|first| {
            (first + 1..end.min(first + 60)).find(|&k| {
                let chain = s.is(k - 1, Classes::AUXILIARY.or(Classes::NON_FINITE_BE).or(Classes::ADVERB).or(Classes::LY).or(Classes::NEGATION));
                s.finite(k) && !chain && !s.is(k - 1, Classes::COORDINATOR.or(Classes::WH).or(Classes::NOMINATIVE).or(Classes::SUBORDINATOR))
            })
        });
        let bare = first.is_some_and(|first| {
            !s.is(first, Classes::AUXILIARY) && (s.is(first + 1, Classes::PREPOSITION.or(Classes::AUXILIARY).or(Classes::TIME)) || s.get(first + 1).is_none())
        });
        if bare && (second.is_some() || s.is(at.wrapping_sub(1), Classes::ARTICLE) && !subject) {
            return None;
        }
        let source = at.checked_sub(1).filter(|&k| s.is(k, Classes::POSSESSIVE)).and_then(|k| {
            let low = (0..=k).rev().take(6).take_while(|&j| s.is(j, Classes::CAPITAL) || j == k).last()?;
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

    // ---- verbs -----------------------------------------------------------------------------

    /// What stands in front of the verb at `at`.
    fn subject(&self, at: usize) -> Subject {
        let s = self.sentence;
        let chain = Classes::AUXILIARY
            .or(Classes::ADVERB)
            .or(Classes::LY)
            .or(Classes::NEGATION)
            .or(Classes::TO)
            .or(Classes::NON_FINITE_BE);
        let mut end = at;
        let mut passive = false;
        while end > 0 && s.word(end - 1) && at - end < 8 && (s.is(end - 1, chain) || self.negator[end - 1] || self.negator.get(end).copied().unwrap_or(false)) {
            if s.is(end - 1, Classes::NOMINATIVE) {
                break;
            }
            end -= 1;
            passive |= s.is(end, Classes::BE.or(Classes::NON_FINITE_BE)) && !s.is(at, Classes::ING);
        }
        let stop = Classes::SUBORDINATOR.or(Classes::THAT).or(Classes::CONTRAST).or(Classes::AUXILIARY);
        let mut start = end;
        while start > 0 && end - start < 30 && s.word(start - 1) {
            let before = start - 1;
            if s.is(before, stop) && !(s.is(before, Classes::MODAL.or(Classes::SUBORDINATOR)) && s.is(before, Classes::CAPITAL) && before > 0) {
                break;
            }
            if s.is(before, Classes::AND) && (start == end || s.finite_in(start.saturating_sub(12).max(self.floor), before).is_some()) {
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

    fn negated(&self, at: usize) -> bool {
        let s = self.sentence;
        let chain = Classes::AUXILIARY.or(Classes::ADVERB).or(Classes::LY).or(Classes::TO).or(Classes::NON_FINITE_BE);
        for k in (at.saturating_sub(4)..at).rev() {
            if s.is(k, Classes::NEGATION) || self.negator[k] {
                return true;
            }
            if !s.is(k, chain) {
                return false;
            }
        }
        false
    }

    fn complement(&self, from: usize, verb: &Verb, subject: &Subject, negated: bool) -> (Complement, usize) {
        let s = self.sentence;
        let clausal = verb.that || verb.wh;
        let mut at = s.adverbials(from, clausal);
        if verb.object && !subject.passive && s.word(at) && !s.is(at, Classes::THAT) {
            let end = s.noun_phrase(at);
            let clear = s.get(end).is_none_or(|t| {
                !t.word() || t.is(Classes::THAT.or(Classes::WH).or(Classes::TIME).or(Classes::PREPOSITION).or(Classes::BEFORE_PERIOD).or(Classes::TO))
            });
            let after = s.adverbials(end, true);
            let that = s.is(end, Classes::THAT) || s.is(after, Classes::THAT);
            let pronoun = s.is(at, Classes::OBJECT_PRONOUN) && end == at + 1;
            if that || pronoun && s.is(at, Classes::OBJECT_PRONOUN) && !s.finite(end) || !verb.speech_act && (clear || s.clause_follows(end)) && !s.finite(end) {
                at = s.adverbials(end, true);
            } else if verb.speech_act && s.is(end, Classes::WH) && verb.wh {
                at = end;
            }
        }
        let found = self.complement_at(at, verb, negated);
        if found.0 == Complement::Nothing && at > from && verb.speech_act && !s.is(from, Classes::TIME) {
            // "warned of a winter", "called on the army": the phrase is what was done.
            let straight = self.complement_at(from, verb, negated);
            if straight.0 == Complement::Act {
                return straight;
            }
        }
        if found.0 == Complement::Act && at > from {
            return self.complement_at(s.adverbials(from, false), verb, negated);
        }
        found
    }

    fn complement_at(&self, at: usize, verb: &Verb, negated: bool) -> (Complement, usize) {
        let s = self.sentence;
        let act = if verb.speech_act { Complement::Act } else { Complement::Nothing };
        let Some(token) = s.get(at) else { return (Complement::Nothing, at) };
        match token.sort {
            Sort::Quote(_) => return (Complement::Quote, at),
            Sort::Colon if s.quote(at + 1) => return (Complement::Quote, at + 1),
            Sort::Colon if verb.that => return (Complement::Clause, at + 1),
            Sort::Comma if s.quote(at + 1) => return (Complement::Quote, at + 1),
            Sort::Comma => {
                // "said, however, that"
                let that = (at + 1..at + 9).find(|&k| s.is(k, Classes::THAT) && s.sort(k - 1) == Some(Sort::Comma));
                return match that.filter(|&k| k > at + 1 && verb.that) {
                    Some(that) => (Complement::That, that),
                    None => (Complement::Nothing, at),
                };
            }
            Sort::Word => {}
            _ => return (Complement::Nothing, at),
        }
        if token.is(Classes::THAT) && verb.that {
            return (Complement::That, at);
        }
        if token.is(Classes::WH) && !token.is(Classes::NOMINATIVE.or(Classes::RELATIVE).or(Classes::SUBORDINATOR)) || token.is(Classes::RELATIVE) && verb.wh {
            let asks = negated || verb.asks || verb.wh;
            return (if asks { Complement::Wh } else { Complement::Nothing }, at);
        }
        if token.is(Classes::SUBORDINATOR) && token.is(Classes::WH) && (negated || verb.asks) {
            return (Complement::Wh, at);
        }
        if token.is(Classes::TO) {
            let to = if verb.infinitive { Complement::Infinitive } else { act };
            return (to, at);
        }
        if token.is(Classes::PREPOSITION.or(Classes::AS)) || token.is(Classes::SUBORDINATOR) {
            let opens = ["for", "of", "on"].iter().any(|word| s.vocabulary.id(word) == token.id);
            if token.is(Classes::SUBORDINATOR) && !opens && verb.that && s.clause_follows(at) && s.sort(at).is_some() && self.if_clause(at) {
                return (Complement::Clause, at);
            }
            let found = if token.is(Classes::SUBORDINATOR) && !token.is(Classes::AS) { Complement::Nothing } else { act };
            return (found, at + usize::from(opens));
        }
        if token.is(Classes::AND.or(Classes::CONTRAST)) {
            return (Complement::Nothing, at);
        }
        let says = verb.that && verb.wh && !verb.speech_act;
        if verb.that && (s.clause_follows(at) || (says || s.headline) && s.get(at + 1).is_some()) {
            return (Complement::Clause, at);
        }
        (act, at)
    }

    /// "said if the storm held, the fleet would turn back"
    fn if_clause(&self, at: usize) -> bool {
        let s = self.sentence;
        let comma = (at..at + 20).find(|&k| s.sort(k) == Some(Sort::Comma));
        s.get(at).is_some_and(|t| t.id == s.vocabulary.id("if") || t.id == s.vocabulary.id("because"))
            && comma.is_some_and(|comma| s.finite_in(comma + 1, s.tokens.len()).is_some())
    }

    /// The cue at `at..end`; where to go on, or `None` where it is none.
    fn verb(&mut self, at: usize, end: usize, index: usize, homograph: bool) -> Option<usize> {
        let s = self.sentence;
        let vocabulary = s.vocabulary;
        let verb = vocabulary.verbs.get(index)?;
        let token = s.tokens[at];
        let before = at.checked_sub(1).map(|k| &s.tokens[k]);
        let adjective = before.is_some_and(|b| {
            b.word() && b.is(Classes::DETERMINER.or(Classes::POSSESSIVE)) && !b.is(Classes::THAT.or(Classes::NOMINATIVE))
        });
        let behind_preposition = before.is_some_and(|b| b.word() && b.is(Classes::PREPOSITION));
        let participle = token.is(Classes::ING);
        if adjective || token.is(Classes::HYPHEN) || behind_preposition && !participle {
            return None;
        }
        if token.is(Classes::CAPITAL) && at > 0 && before.is_some_and(Token::word) && homograph {
            return None;
        }
        let subject = self.subject(at);
        let negated = self.negated(at);
        let (complement, from) = self.complement(end, verb, &subject, negated);
        if homograph && !self.homograph_reports(at, &subject, complement) {
            return None;
        }
        let base = !token.is(Classes::ED.or(Classes::S).or(Classes::ING).or(Classes::PAST));
        if base && subject.run.is_none() && !before.is_some_and(|b| b.is(Classes::TO.or(Classes::AUXILIARY).or(Classes::COORDINATOR).or(Classes::LY))) {
            return None;
        }
        if subject.passive && !self.passive_reports(verb, end, complement) {
            return None;
        }
        let parenthetical = subject.boundary.is_some_and(|k| matches!(s.sort(k), Some(Sort::Comma | Sort::Quote(_) | Sort::Dash)));
        if subject.run.is_none() && !participle && parenthetical && at == subject.boundary.map_or(0, |k| k + 1)
            && let Some(stop) = self.inverted(end, verb, complement, subject.boundary)
        {
            return Some(self.speak_inverted((at, end), stop, verb));
        }
        let source = self.source(at, &subject, end);
        if !participle || source.is_some() {
            self.speaker = source.or(self.speaker);
        }
        if complement == Complement::Nothing {
            if !subject.passive && (parenthetical && subject.run.is_some() || subject.boundary.is_none() || participle) {
                let cue = self.add_cue((at, end), &verb.lemma, verb.kind, source);
                if parenthetical && subject.run.is_some() && verb.that {
                    let start = subject.run.map_or(at, |run| run.0);
                    let stop = s.adverbials(self.object_end(end, verb), true).max(end);
                    return Some(self.both_ways((start, stop), cue, "trailing-cue"));
                }
                return Some(end);
            }
            return None;
        }
        let cue = self.add_cue((at, end), &verb.lemma, verb.kind, source);
        Some(self.lead(at, from, complement, cue, negated, verb, &subject))
    }

    fn object_end(&self, from: usize, verb: &Verb) -> usize {
        if verb.object { self.sentence.noun_phrase(from) } else { from }
    }

    fn homograph_reports(&self, at: usize, subject: &Subject, complement: Complement) -> bool {
        let s = self.sentence;
        let Some(run) = subject.run else { return false };
        let clear = matches!(complement, Complement::That | Complement::Wh | Complement::Quote | Complement::Clause | Complement::Infinitive);
        let pronoun = s.is(run.1 - 1, Classes::NOMINATIVE);
        let auxiliary = s.is(at - 1, Classes::MODAL.or(Classes::DO).or(Classes::HAVE).or(Classes::TO));
        let object = s.is(at + 1, Classes::DETERMINER.or(Classes::OBJECT_PRONOUN).or(Classes::CAPITAL));
        clear && (pronoun || auxiliary || !s.is(run.1 - 1, Classes::DETERMINER)) && complement != Complement::Clause
            || (pronoun || auxiliary) && (clear || object)
            || complement == Complement::Clause && s.is(run.1 - 1, Classes::CAPITAL.or(Classes::S)) && !self.finite_before(run)
    }

    fn finite_before(&self, run: Run) -> bool {
        self.sentence.finite_in(self.floor.min(run.0), run.0).is_some()
    }

    /// Whether a passive reports: a person was told, or the sentence narrates what was done to one.
    fn passive_reports(&self, verb: &Verb, end: usize, complement: Complement) -> bool {
        let told = verb.object && matches!(complement, Complement::That | Complement::Clause | Complement::Wh | Complement::Quote);
        let quoted = complement == Complement::Quote;
        let by = (end..end + 6).take_while(|&k| self.sentence.word(k)).any(|k| self.sentence.is(k, Classes::BY));
        let that = complement == Complement::That;
        let as_or_of = verb.speech_act && self.sentence.word(end) && (end..end + 3).any(|k| {
            self.sentence.get(k).is_some_and(|t| t.is(Classes::AS) || ["of", "for"].iter().any(|w| t.id == self.sentence.vocabulary.id(w)))
        });
        told || quoted || by || that || as_or_of
    }

    /// Whether ", said X" follows; where X ends.
    fn inverted(&self, end: usize, verb: &Verb, complement: Complement, boundary: Option<usize>) -> Option<usize> {
        let s = self.sentence;
        if !s.word(end) || s.is(end, Classes::THAT.or(Classes::WH).or(Classes::TO)) || matches!(complement, Complement::That | Complement::Wh) {
            return None;
        }
        let quote = boundary.is_some_and(|k| s.quote(k) || k > 0 && s.quote(k - 1));
        if !quote && !verb.that || s.is(end, Classes::PREPOSITION) {
            return None;
        }
        let np = s.noun_phrase(end);
        if np == end || s.finite(np) && !s.is(np, Classes::CAPITAL) || !quote && verb.speech_act && s.finite_in(self.floor, end - 1).is_none() {
            return None;
        }
        if complement == Complement::Clause && !quote {
            // Only a relative clause may hold a verb: "said two people who were with her".
            let stop = (end..end + 60).find(|&k| !s.word(k)).unwrap_or(s.tokens.len());
            if s.finite_in(end, stop.min(s.tokens.len())).is_some() {
                return None;
            }
        }
        // Words of a title behind the name: ", said X of the Y on Monday".
        let stop = (np..s.tokens.len().min(np + 60)).find(|&k| !s.word(k)).unwrap_or(s.tokens.len());
        Some(stop.max(np))
    }

    fn speak_inverted(&mut self, verb_run: Run, stop: usize, verb: &Verb) -> usize {
        let source = self.bytes((verb_run.1, self.sentence.noun_phrase(verb_run.1).min(stop)));
        self.speaker = source;
        let cue = self.add_cue(verb_run, &verb.lemma, verb.kind, source);
        self.both_ways((verb_run.0, stop), cue, "inverted-cue")
    }

    fn source(&self, at: usize, subject: &Subject, end: usize) -> Option<Span> {
        let s = self.sentence;
        if subject.passive {
            let by = (end..end + 6).take_while(|&k| s.word(k)).find(|&k| s.is(k, Classes::BY));
            return by.and_then(|by| self.bytes((by + 1, s.noun_phrase(by + 1))));
        }
        match subject.run {
            Some(run) if s.is(run.1 - 1, Classes::RELATIVE) => {
                let to = run.0.checked_sub(1).filter(|&k| s.sort(k) == Some(Sort::Comma)).unwrap_or(run.0);
                let from = (0..to).rev().take(20).find(|&k| !s.word(k)).map_or(0, |k| k + 1);
                self.bytes((from, to))
            }
            Some(run) => self.bytes(run),
            None if self.speaker.is_some() => self.speaker,
            None => {
                // The subject of the sentence: its words before the first verb or comma.
                let first = s.finite_in(0, at).unwrap_or(at);
                let stop = (0..first).find(|&k| !s.word(k)).unwrap_or(first);
                let from = s.adverbials(0, true);
                self.bytes((if from < stop { from } else { 0 }, stop)).filter(|_| stop > 0)
            }
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn lead(&mut self, at: usize, from: usize, complement: Complement, cue: u32, negated: bool, verb: &Verb, subject: &Subject) -> usize {
        let s = self.sentence;
        let relative = subject.run.is_some_and(|run| s.is(run.1 - 1, Classes::RELATIVE) && run.0 > 0 && s.sort(run.0 - 1) == Some(Sort::Comma));
        let subordinate = subject.boundary.is_some_and(|k| s.is(k, Classes::SUBORDINATOR) && (k == 0 || !s.word(k - 1)));
        let opens = at == 0;
        let first_comma = relative || opens || subordinate && subject.boundary.is_some_and(|k| k < 3);
        let (pieces, next) = s.clause(from, first_comma);
        let not_said = Effect::Flagged(Flags { not_said: true, ..Flags::default() });
        let act = Effect::Flagged(Flags { speech_act: true, ..Flags::default() });
        let asked = complement == Complement::Wh && verb.asks;
        let (effect, rule) = match complement {
            Complement::Act => (act, "speech-act"),
            Complement::Infinitive if !negated => (Effect::Attributed, "infinitive-report"),
            _ if asked => (not_said, "asked"),
            _ if negated => (not_said, "negated-cue"),
            Complement::Quote => {
                return self.lead_quote(from, cue);
            }
            _ => (Effect::Attributed, "leading-cue"),
        };
        self.claim_pieces(&pieces, effect, Some(cue), rule);
        if effect == Effect::Attributed || complement != Complement::Act {
            self.floor = next;
            return next;
        }
        from
    }

    /// Words behind a quotation that a cue leads: reported where they make a clause with it.
    fn lead_quote(&mut self, from: usize, cue: u32) -> usize {
        let s = self.sentence;
        let next = from + 1;
        if s.word(next) && (s.finite(next) || s.is(next, Classes::AUXILIARY)) {
            let (pieces, stop) = s.clause(next, false);
            self.claim_pieces(&pieces, Effect::Attributed, Some(cue), "leading-cue");
            self.floor = stop;
            return stop;
        }
        self.floor = next;
        next
    }
}

impl Speech {
    /// The first cue inside `span`; the cues must be in order.
    pub fn cue_in(&self, span: Span) -> Option<u32> {
        let first = self.cues.partition_point(|cue| cue.span.start < span.start);
        self.cues.get(first).filter(|cue| cue.span.end <= span.end).map(|_| first as u32)
    }

    /// With the cues in order of the text, and everything that points at them following.
    pub fn in_order(mut self) -> Self {
        let mut order: Vec<u32> = (0..self.cues.len() as u32).collect();
        order.sort_by_key(|&cue| (self.cues[cue as usize].span, cue));
        let mut place = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            place[old as usize] = new as u32;
        }
        self.cues = order.iter().map(|&old| self.cues[old as usize].clone()).collect();
        for claim in &mut self.claims {
            claim.cue = claim.cue.map(|cue| place[cue as usize]);
        }
        for (_, cue) in &mut self.governed {
            *cue = place[*cue as usize];
        }
        self
    }
}
