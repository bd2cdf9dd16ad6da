//! Reporting verbs: whether a form is a cue, and which words it reports.

use super::clause::{REACH, Run};
use super::complement::Complement;
use super::grammar::{Classes, Spelled};
use super::model::{CueKind, Flags};
use super::speech::{Effect, Reader};
use super::subject::Subject;
use super::tokens::{Sort, Token};
use super::vocabulary::Verb;

impl Reader<'_> {
    /// The cue at `at..end`; where to go on, or `None` where it is none.
    pub(super) fn verb(
        &mut self,
        at: usize,
        end: usize,
        index: usize,
        homograph: bool,
    ) -> Option<usize> {
        let s = self.sentence;
        let vocabulary = s.vocabulary;
        let verb = vocabulary.verbs.get(index)?;
        let token = s.tokens[at];
        let before = at.checked_sub(1).map(|k| &s.tokens[k]);
        if self.is_no_verb(at, homograph) {
            return None;
        }
        let participle = token.is(Classes::ING);
        let base = !token.is(Classes::ED.or(Classes::S).or(Classes::ING).or(Classes::PAST));
        let subject = self.subject(at);
        let negated = self.negated(at) || base && self.asked(&subject);
        let (complement, from) = self.complement(end, verb, &subject, negated);
        if verb.naming && self.names_in_marks(end) {
            let source = self.source(at, &subject, end);
            self.speaker = source.or(self.speaker);
            self.add_cue((at, end), &verb.lemma, verb.kind, source);
            return Some(end);
        }
        let closes = s.get(end).is_none_or(|next| !next.word());
        if let Some((start, stop)) = self.shown(at, end, &subject, verb).filter(|_| !negated) {
            let source = self.source(at, &subject, end);
            let cue = self.add_cue((at, end), &verb.lemma, verb.kind, source);
            return Some(self.both_ways((start, stop), cue, "trailing-cue"));
        }
        let trails = homograph && closes && self.homograph_trails(at, &subject, verb);
        if homograph && !trails && !self.homograph_reports(at, &subject, complement) {
            return None;
        }
        // "So said the porter": it points back and has no clause of its own.
        if at > 0
            && s.spelled(at - 1, Spelled::So)
            && subject.run.is_none_or(|run| run.1 - run.0 == 1)
        {
            let source = self.bytes((end, s.noun_phrase(end)));
            let cue = self.add_cue((at, end), &verb.lemma, verb.kind, source);
            let or = at >= 3 && s.is(at - 2, Classes::AND) && s.sort(at - 3) == Some(Sort::Comma);
            return Some(if or {
                self.both_ways((at - 2, s.noun_phrase(end)), cue, "inverted-cue")
            } else {
                end
            });
        }
        let clausal = matches!(complement, Complement::That | Complement::Clause);
        let appositive = clausal && at > 3 && before.is_some_and(|b| b.sort == Sort::Comma);
        if base
            && !appositive
            && subject.run.is_none()
            && !before.is_some_and(|b| {
                b.is(Classes::TO.or(Classes::AUXILIARY).or(Classes::COORDINATOR).or(Classes::LY))
            })
        {
            return None;
        }
        if let Some(run) = self.impersonal(&subject, verb).filter(|_| closes && !negated) {
            let cue = self.add_cue((at, end), &verb.lemma, verb.kind, None);
            return Some(self.both_ways((run.0, end), cue, "trailing-cue"));
        }
        if subject.passive && !self.passive_reports(verb, end, complement) {
            return None;
        }
        let parenthetical = subject.boundary.is_some_and(|k| {
            matches!(s.sort(k), Some(Sort::Comma | Sort::Dash)) || s.is(k, Classes::STOPPED)
        });
        if subject.run.is_none()
            && !participle
            && parenthetical
            && at == subject.boundary.map_or(0, |k| k + 1)
            && let Some(stop) = self.inverted(end, verb, complement, subject.boundary)
        {
            return Some(self.speak_inverted((at, end), stop, verb));
        }
        let source = self.source(at, &subject, end);
        if !participle || source.is_some() {
            self.speaker = source.or(self.speaker);
        }
        if complement == Complement::Nothing {
            if !subject.passive
                && (parenthetical && subject.run.is_some()
                    || subject.boundary.is_none()
                    || participle)
            {
                let cue = self.add_cue((at, end), &verb.lemma, verb.kind, source);
                let compared =
                    (subject.boundary.unwrap_or(at)..at).any(|k| s.spelled(k, Spelled::Than));
                let trails = !compared && (!homograph || closes);
                if parenthetical && subject.run.is_some() && verb.that && trails {
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

    /// Whether what stands before the verb form makes it a noun or an adjective.
    fn is_no_verb(&self, at: usize, homograph: bool) -> bool {
        let s = self.sentence;
        let token = s.tokens[at];
        let before = at.checked_sub(1).map(|k| &s.tokens[k]);
        let adjective = before.is_some_and(|b| {
            b.word()
                && b.is(Classes::DETERMINER.or(Classes::POSSESSIVE))
                && !b.is(Classes::THAT.or(Classes::NOMINATIVE))
        });
        let behind_preposition =
            before.is_some_and(|b| b.word() && b.is(Classes::PREPOSITION) && !b.is(Classes::TO));
        let participle = token.is(Classes::ING);
        if adjective || token.is(Classes::HYPHEN) || behind_preposition && !participle {
            return true;
        }
        if token.is(Classes::CAPITAL) && at > 0 && before.is_some_and(Token::word) && homograph {
            return true;
        }
        let base = !token.is(Classes::ED.or(Classes::S).or(Classes::ING).or(Classes::PAST));
        // "the last say", "shall keep said garden": a noun, an adjective.
        base && before.is_some_and(|b| b.is(Classes::BEFORE_PERIOD))
            || before.is_some_and(|b| b.is(Classes::PRESENT) && !b.is(Classes::NOMINATIVE))
                && at > 1
                && s.is(at - 2, Classes::MODAL)
    }

    /// "referred to the hecklers as “ugly folks”"
    fn names_in_marks(&self, end: usize) -> bool {
        let s = self.sentence;
        let light = Classes::DETERMINER.or(Classes::BEFORE_PERIOD);
        (end..end + 12).take_while(|&k| s.word(k)).any(|k| {
            s.is(k, Classes::AS) && (s.quote(k + 1) || s.is(k + 1, light) && s.quote(k + 2))
        })
    }

    /// "Does Smith say …", "Why did he say …": what follows is asked.
    fn asked(&self, subject: &Subject) -> bool {
        let s = self.sentence;
        let asks = |k: usize| s.is(k, Classes::DO) && (k == 0 || k == 1 && s.is(0, Classes::WH));
        subject.run.is_some() && subject.boundary.is_some_and(asks)
    }

    /// "The road is closed, it was announced.": the words from "it" on.
    fn impersonal(&self, subject: &Subject, verb: &Verb) -> Option<Run> {
        let s = self.sentence;
        let run = subject.run.filter(|run| run.1 - run.0 == 1 && s.spelled(run.0, Spelled::It))?;
        let comma = subject.boundary.is_some_and(|k| s.sort(k) == Some(Sort::Comma));
        (subject.passive && comma && verb.that).then_some(run)
    }

    /// "Half of them ran late, a survey showed on Tuesday.": a verb that reports no clause of its own,
    /// behind a whole one; the words from its subject on.
    fn shown(&self, at: usize, end: usize, subject: &Subject, verb: &Verb) -> Option<Run> {
        let s = self.sentence;
        let (run, comma) = subject.run.zip(subject.boundary)?;
        let silent = !(verb.that || verb.wh || verb.quote || verb.infinitive || verb.speech_act);
        let base = !s.is(at, Classes::ED.or(Classes::S).or(Classes::PAST));
        let stop = s.adverbials(end, true).max(end);
        let whole = silent
            && verb.kind == CueKind::Endorsing
            && !subject.passive
            && run.1 == at
            && s.sort(comma) == Some(Sort::Comma)
            && !s.is(at, Classes::ING)
            && (!base || s.is(at - 1, Classes::S))
            && s.get(stop).is_none_or(|next| !next.word())
            && self.finite_before((comma, comma))
            && !(run.0..run.1).any(|k| s.is(k, Classes::RELATIVE.or(Classes::NOMINATIVE)))
            && !s.is(self.floor, Classes::SUBORDINATOR);
        whole.then_some((run.0, stop))
    }

    /// "The bridge is unsafe, a study found."
    fn homograph_trails(&self, at: usize, subject: &Subject, verb: &Verb) -> bool {
        let s = self.sentence;
        let Some((run, comma)) = subject.run.zip(subject.boundary) else { return false };
        verb.that
            && !subject.passive
            && run.1 == at
            && s.sort(comma) == Some(Sort::Comma)
            && s.is(at, Classes::ED.or(Classes::S).or(Classes::PAST))
            && s.is(run.0, Classes::DETERMINER.or(Classes::CAPITAL).or(Classes::S))
            && self.finite_before((comma, comma))
            && !s.is(self.floor, Classes::SUBORDINATOR)
    }

    pub(super) fn object_end(&self, from: usize, verb: &Verb) -> usize {
        if verb.object { self.sentence.noun_phrase(from) } else { from }
    }

    pub(super) fn homograph_reports(
        &self,
        at: usize,
        subject: &Subject,
        complement: Complement,
    ) -> bool {
        let s = self.sentence;
        let Some(run) = subject.run else {
            // "Her service, which traced the code, thinks that": the subject stands further off.
            return complement == Complement::That && at > 3 && s.sort(at - 1) == Some(Sort::Comma);
        };
        // "Governor of the state signs": the bare form needs a plural or a pronoun before it.
        let bare = !s.is(at, Classes::ED.or(Classes::S).or(Classes::ING).or(Classes::PAST));
        if bare
            && complement == Complement::Clause
            && !s.is(
                run.1 - 1,
                Classes::S
                    .or(Classes::NOMINATIVE)
                    .or(Classes::OBJECT_PRONOUN)
                    .or(Classes::AUXILIARY),
            )
            && run.1 == at
        {
            return false;
        }
        if complement == Complement::That
            && s.get(at + 2)
                .is_some_and(|t| t.is(Classes::ED.or(Classes::PAST).or(Classes::AUXILIARY)))
            && s.is(at + 1, Classes::THAT)
        {
            return false;
        }
        let clear = matches!(
            complement,
            Complement::That
                | Complement::Wh
                | Complement::Quote
                | Complement::Clause
                | Complement::Infinitive
        );
        let pronoun = s.is(run.1 - 1, Classes::NOMINATIVE);
        let auxiliary =
            s.is(at - 1, Classes::MODAL.or(Classes::DO).or(Classes::HAVE).or(Classes::TO));
        let object =
            s.is(at + 1, Classes::DETERMINER.or(Classes::OBJECT_PRONOUN).or(Classes::CAPITAL));
        clear
            && (pronoun || auxiliary || !s.is(run.1 - 1, Classes::DETERMINER))
            && complement != Complement::Clause
            || (pronoun || auxiliary) && (clear || object)
            || complement == Complement::Clause
                && (s.is(run.1 - 1, Classes::CAPITAL.or(Classes::S))
                    || s.is(at, Classes::S) && at == run.1)
                && !self.finite_before(run)
    }

    pub(super) fn finite_before(&self, run: Run) -> bool {
        self.sentence.finite_in(self.floor.min(run.0), run.0).is_some()
    }

    /// Whether a passive reports: a person was told, or the sentence narrates what was done to one.
    pub(super) fn passive_reports(&self, verb: &Verb, end: usize, complement: Complement) -> bool {
        let told = verb.object
            && matches!(
                complement,
                Complement::That | Complement::Clause | Complement::Wh | Complement::Quote
            );
        let quoted = complement == Complement::Quote;
        let by = (end..end + 6)
            .take_while(|&k| self.sentence.word(k))
            .any(|k| self.sentence.is(k, Classes::BY));
        let that = complement == Complement::That;
        let as_or_of = verb.speech_act
            && self.sentence.word(end)
            && (end..end + 3).any(|k| {
                self.sentence.is(k, Classes::AS)
                    || self.sentence.spelled(k, Spelled::Of)
                    || self.sentence.spelled(k, Spelled::For)
            });
        told || quoted || by || that || as_or_of
    }

    /// Whether ", said X" follows; where X ends.
    pub(super) fn inverted(
        &self,
        end: usize,
        verb: &Verb,
        complement: Complement,
        boundary: Option<usize>,
    ) -> Option<usize> {
        let s = self.sentence;
        if !s.word(end)
            || s.is(end, Classes::THAT.or(Classes::WH).or(Classes::TO))
            || matches!(complement, Complement::That | Complement::Wh)
        {
            return None;
        }
        let quote = boundary.is_some_and(|k| s.quote(k) || k > 0 && s.quote(k - 1));
        let stopped =
            boundary.is_some_and(|k| s.sort(k) == Some(Sort::Comma) || s.is(k, Classes::STOPPED));
        if !(quote && verb.quote && stopped || !quote && verb.that && !verb.speech_act)
            || s.is(end, Classes::PREPOSITION)
        {
            return None;
        }
        let np = s.noun_phrase(end);
        if np == end
            || s.finite(np) && !s.is(np, Classes::CAPITAL)
            || !quote && verb.speech_act && s.finite_in(self.floor, end - 1).is_none()
        {
            return None;
        }
        // "Smith, the mayor, told the board “…”": the verb of a subject that stands further off.
        if !quote
            && !s.headline
            && s.quote(np)
            && boundary.is_some_and(|k| s.finite_in(self.floor, k).is_none())
        {
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
        let stop =
            (np..s.tokens.len().min(np + 60)).find(|&k| !s.word(k)).unwrap_or(s.tokens.len());
        Some(stop.max(np))
    }

    pub(super) fn speak_inverted(&mut self, verb_run: Run, stop: usize, verb: &Verb) -> usize {
        let source = self.bytes((verb_run.1, self.sentence.noun_phrase(verb_run.1).min(stop)));
        self.speaker = source;
        let cue = self.add_cue(verb_run, &verb.lemma, verb.kind, source);
        self.both_ways((verb_run.0, stop), cue, "inverted-cue")
    }

    #[allow(clippy::too_many_arguments)]
    pub(super) fn lead(
        &mut self,
        at: usize,
        from: usize,
        complement: Complement,
        cue: u32,
        negated: bool,
        verb: &Verb,
        subject: &Subject,
    ) -> usize {
        let s = self.sentence;
        let relative = subject.run.is_some_and(|run| {
            s.is(run.1 - 1, Classes::RELATIVE)
                && run.0 > 0
                && s.sort(run.0 - 1) == Some(Sort::Comma)
        });
        let subordinate = subject
            .boundary
            .is_some_and(|k| s.is(k, Classes::SUBORDINATOR) && (k == 0 || !s.word(k - 1)));
        let restrictive =
            subject.run.is_some_and(|run| s.is(run.1 - 1, Classes::RELATIVE)) && !relative;
        let opens = at == 0;
        // "When the paper declared that …, he wrote"
        let fronted = s.is(0, Classes::SUBORDINATOR) && (0..at).all(|k| s.word(k));
        let first_comma =
            relative || opens || fronted || subordinate && subject.boundary.is_some_and(|k| k < 3);
        let (mut pieces, mut next) = s.clause(from, first_comma);
        // "who claims to be X | has applied", "her decision to tell the press that … | cost"
        let of_noun = (3..REACH).contains(&at)
            && s.is(at - 1, Classes::TO)
            && self.floor == 0
            && s.finite_in(0, at).is_none()
            && (0..at).all(|k| s.word(k));
        let first = s.finite_in(from + 1, next).filter(|_| restrictive || of_noun);
        let second = match complement {
            Complement::Infinitive => first,
            _ => first.and_then(|first| self.second_verb(from, first, next)),
        };
        if let Some(second) = second {
            pieces = vec![(from, second)];
            next = second;
        }
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
    pub(super) fn lead_quote(&mut self, from: usize, cue: u32) -> usize {
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
