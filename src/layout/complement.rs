//! What stands behind a reporting verb: a clause, a question, a quotation, a narrated act.

use super::grammar::{Classes, Spelled};
use super::speech::Reader;
use super::subject::Subject;
use super::tokens::Sort;
use super::vocabulary::Verb;

/// What stands behind a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Complement {
    That,
    Clause,
    Wh,
    Infinitive,
    Quote,
    /// A noun, a gerund, an infinitive: a narrated speech act.
    Act,
    Nothing,
}

impl Reader<'_> {
    pub(super) fn complement(
        &self,
        from: usize,
        verb: &Verb,
        subject: &Subject,
        negated: bool,
    ) -> (Complement, usize) {
        let s = self.sentence;
        let clausal = verb.that || verb.wh;
        let mut at = s.adverbials(from, clausal);
        if verb.object && !subject.passive && s.word(at) && !s.is(at, Classes::THAT) {
            let end = s.noun_phrase(at);
            let clear = s.get(end).is_none_or(|t| {
                !t.word()
                    || t.is(Classes::THAT
                        .or(Classes::WH)
                        .or(Classes::TIME)
                        .or(Classes::PREPOSITION)
                        .or(Classes::BEFORE_PERIOD)
                        .or(Classes::TO))
            });
            let after = s.adverbials(end, true);
            // "told a crowd of about 400 that", "told the broadcaster RTV that"
            let further = (at + 1..at + 12)
                .take_while(|&k| s.word(k) && !s.finite(k))
                .find(|&k| s.is(k, Classes::THAT));
            if let Some(that) =
                further.filter(|&that| that > after && verb.that && !verb.speech_act)
            {
                return (Complement::That, that);
            }
            let that = s.is(end, Classes::THAT) || s.is(after, Classes::THAT);
            let pronoun = s.is(at, Classes::OBJECT_PRONOUN) && end == at + 1;
            if that
                || pronoun && s.is(at, Classes::OBJECT_PRONOUN) && !s.finite(end)
                || !verb.speech_act && (clear || s.clause_follows(end)) && !s.finite(end)
            {
                at = s.adverbials(end, true);
            } else if verb.speech_act && s.is(end, Classes::WH) && verb.wh {
                at = end;
            }
        }
        let found = self.complement_at(at, verb, subject, negated);
        let verb_first = found.1 > from
            && s.word(found.1)
            && s.finite(found.1)
            && !s.is(found.1, Classes::NOMINATIVE.or(Classes::PRONOUN_VERB));
        if found.0 == Complement::Clause && verb_first {
            return (Complement::Nothing, at);
        }
        if found.0 == Complement::Nothing
            && at > from
            && verb.speech_act
            && !s.is(from, Classes::TIME)
        {
            // "warned of a winter", "called on the army": the phrase is what was done.
            let straight = self.complement_at(from, verb, subject, negated);
            if straight.0 == Complement::Act {
                return straight;
            }
        }
        if found.0 == Complement::Act && at > from {
            return self.complement_at(s.adverbials(from, false), verb, subject, negated);
        }
        found
    }

    pub(super) fn complement_at(
        &self,
        at: usize,
        verb: &Verb,
        subject: &Subject,
        negated: bool,
    ) -> (Complement, usize) {
        let s = self.sentence;
        let act = if verb.speech_act { Complement::Act } else { Complement::Nothing };
        let Some(token) = s.get(at) else { return (Complement::Nothing, at) };
        match token.sort {
            Sort::Quote(_) => return (Complement::Quote, at),
            Sort::Colon if s.quote(at + 1) => return (Complement::Quote, at + 1),
            Sort::Colon if verb.that => return (Complement::Clause, at + 1),
            Sort::Comma if s.quote(at + 1) => return (Complement::Quote, at + 1),
            Sort::Comma if self.clause_behind_comma(at, verb, subject) => {
                return (Complement::Clause, at + 1);
            }
            Sort::Comma => {
                // "said, however, that"
                let that = (at + 1..at + 18)
                    .find(|&k| s.is(k, Classes::THAT) && s.sort(k - 1) == Some(Sort::Comma));
                return match that.filter(|&k| k > at + 1 && verb.that) {
                    Some(that) => (Complement::That, that),
                    None => (Complement::Nothing, at),
                };
            }
            Sort::Word => {}
            _ => return (Complement::Nothing, at),
        }
        if token.is(Classes::THAT) && verb.that {
            // "have heard that before": a demonstrative.
            let clause = s.finite_in(at + 1, s.tokens.len()).is_some() || self.bare_verb(at + 1);
            let alone = s.get(at + 1).is_none_or(|next| next.is(Classes::PREPOSITION));
            if clause || !alone {
                return (Complement::That, at);
            }
        }
        if token.is(Classes::WH)
            && !token.is(Classes::NOMINATIVE.or(Classes::RELATIVE).or(Classes::SUBORDINATOR))
            || token.is(Classes::RELATIVE) && verb.wh
        {
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
            let opens =
                [Spelled::For, Spelled::Of, Spelled::On].iter().any(|&word| s.spelled(at, word));
            if token.is(Classes::SUBORDINATOR)
                && !opens
                && verb.that
                && s.clause_follows(at)
                && s.sort(at).is_some()
                && self.if_clause(at)
            {
                return (Complement::Clause, at);
            }
            let found = if token.is(Classes::SUBORDINATOR) && !token.is(Classes::AS) {
                Complement::Nothing
            } else {
                act
            };
            return (found, at + usize::from(opens));
        }
        if token.is(Classes::AND.or(Classes::CONTRAST)) {
            return (Complement::Nothing, at);
        }
        // "the budget that they wrote in one night gives": the verb of another clause; but "a bill
        // that critics say would": the clause lacks what the relative stands for.
        if s.finite(at) && !token.is(Classes::NOMINATIVE.or(Classes::PRONOUN_VERB)) {
            let gap =
                subject.boundary.is_some_and(|k| s.is(k, Classes::THAT.or(Classes::RELATIVE)));
            return (if gap && verb.that { Complement::Clause } else { Complement::Nothing }, at);
        }
        let as_saying = (at..at + 12)
            .take_while(|&k| s.word(k))
            .any(|k| s.is(k, Classes::AS) && s.is(k + 1, Classes::ING) && s.reports(k + 1));
        if as_saying {
            return (Complement::Act, at);
        }
        // "ordered his staff to delay aid that had been promised"
        let person = s.noun_phrase(at);
        if verb.speech_act
            && s.is(person, Classes::TO)
            && s.finite_in(at + 1, person).is_none()
            && !self.own_verb_behind(person)
        {
            return (act, at);
        }
        let says = verb.that && verb.wh && !verb.speech_act;
        if verb.that
            && (s.clause_follows(at)
                || says && self.bare_verb(at)
                || says && s.headline && s.get(at + 1).is_some())
        {
            return (Complement::Clause, at);
        }
        (act, at)
    }

    /// Whether a verb that is no part of a relative clause stands behind an infinitive: "warned
    /// attempts to flee would fail".
    fn own_verb_behind(&self, to: usize) -> bool {
        let s = self.sentence;
        let relative = Classes::THAT.or(Classes::RELATIVE).or(Classes::SUBORDINATOR);
        (to + 1..s.tokens.len())
            .take_while(|&k| s.word(k) && (!s.is(k, relative) || s.is(k, Classes::PREPOSITION)))
            .any(|k| s.is(k, Classes::AUXILIARY) && !s.is(k - 1, Classes::NOMINATIVE))
    }

    /// "Smith said in a statement, the talks had failed": the sentence holds nothing else to report.
    fn clause_behind_comma(&self, comma: usize, verb: &Verb, subject: &Subject) -> bool {
        let s = self.sentence;
        let next = comma + 1;
        let opens = Classes::NOMINATIVE.or(Classes::DETERMINER).or(Classes::CAPITAL);
        let other = Classes::RELATIVE
            .or(Classes::THAT)
            .or(Classes::WH)
            .or(Classes::PREPOSITION)
            .or(Classes::COORDINATOR)
            .or(Classes::SUBORDINATOR)
            .or(Classes::ING);
        verb.that
            && verb.wh
            && !verb.speech_act
            && self.floor == 0
            && subject.run.is_some_and(|run| s.adverbials(0, true) >= run.0)
            && !s.is(comma - 1, Classes::VERB)
            && s.is(next, opens)
            && !s.is(next, other)
            && !(next..s.tokens.len()).any(|k| s.sort(k) == Some(Sort::Comma) || s.quote(k))
            && s.clause_follows(next)
    }

    /// Whether a word that may be a verb without an ending stands behind a plural or a name.
    pub(super) fn bare_verb(&self, from: usize) -> bool {
        let s = self.sentence;
        (from + 1..from + 16).take_while(|&k| s.word(k)).any(|k| {
            let plain = Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::TIME)
                .or(Classes::COORDINATOR)
                .or(Classes::CAPITAL)
                .or(Classes::S)
                .or(Classes::ADVERB)
                .or(Classes::LY)
                .or(Classes::TO)
                .or(Classes::AS);
            let plural =
                s.is(k - 1, Classes::S) && !s.is(k - 1, Classes::CAPITAL.or(Classes::DETERMINER));
            let noun =
                Classes::DETERMINER.or(Classes::PREPOSITION).or(Classes::POSSESSIVE).or(Classes::S);
            let present = s.is(k, Classes::S)
                && !s.is(k, Classes::AUXILIARY)
                && !s.is(k - 1, Classes::COORDINATOR)
                && !s.is(
                    k,
                    Classes::CAPITAL
                        .or(Classes::DETERMINER)
                        .or(Classes::PREPOSITION)
                        .or(Classes::POSSESSIVE),
                )
                && !s.is(k - 1, noun)
                && s.word(k + 1);
            plural && !s.is(k, plain) || present
        })
    }

    /// "said if the storm held, the fleet would turn back"
    pub(super) fn if_clause(&self, at: usize) -> bool {
        let s = self.sentence;
        let comma = (at..at + 20).find(|&k| s.sort(k) == Some(Sort::Comma));
        (s.spelled(at, Spelled::If) || s.spelled(at, Spelled::Because))
            && comma.is_some_and(|comma| s.finite_in(comma + 1, s.tokens.len()).is_some())
    }
}
