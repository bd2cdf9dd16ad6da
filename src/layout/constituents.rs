//! Where noun phrases end, and what may stand between a cue and its clause.

use super::clause::Sentence;
use super::grammar::{Classes, Spelled};

impl Sentence<'_> {
    /// Where the noun phrase at `at` ends; `at` itself where none stands there.
    pub fn noun_phrase(&self, at: usize) -> usize {
        let pronoun = Classes::OBJECT_PRONOUN.or(Classes::NOMINATIVE);
        if self.is(at, pronoun) && !self.is(at, Classes::DETERMINER) {
            return at + 1;
        }
        let leading = Classes::DETERMINER.or(Classes::DIGIT).or(Classes::POSSESSIVE);
        let stop = Classes::NOMINATIVE
            .or(Classes::PREPOSITION)
            .or(Classes::THAT)
            .or(Classes::TO)
            .or(Classes::WH)
            .or(Classes::AUXILIARY)
            .or(Classes::PRONOUN_VERB)
            .or(Classes::TIME)
            .or(Classes::SUBORDINATOR)
            .or(Classes::COORDINATOR);
        let mut end = at;
        while self.word(end)
            && self.is(end, leading)
            && !self.is(end, Classes::THAT)
            && end < at + 6
        {
            end += 1;
        }
        let mut capital = None;
        while self.word(end) && end < at + 16 {
            let here = self.is(end, Classes::CAPITAL);
            let name_goes_on = capital == Some(true)
                && self.is(end, Classes::PREPOSITION.or(Classes::AND).or(Classes::ARTICLE))
                && self.is(end + 1, Classes::CAPITAL);
            if !name_goes_on {
                let known = self.is(end, stop)
                    && !(here && capital == Some(true) && !self.is(end, Classes::TIME));
                let new_phrase = self.is(end, Classes::DETERMINER) && capital.is_some();
                let new_name = here && capital == Some(false);
                // "at dusk opened the gates"
                let object =
                    Classes::DETERMINER.or(Classes::OBJECT_PRONOUN).or(Classes::POSSESSIVE);
                let verb = capital.is_some()
                    && !here
                    && self.is(end, Classes::ED.or(Classes::PAST))
                    && self.is(end + 1, object);
                if known || new_phrase || new_name || verb {
                    break;
                }
                capital = Some(here);
                if self.is(end, Classes::POSSESSIVE) {
                    capital = None;
                }
            }
            end += 1;
        }
        end
    }

    /// Skips what may stand between a cue and its clause: times, adverbs, and, where `phrases`,
    /// prepositional phrases.
    pub fn adverbials(&self, from: usize, phrases: bool) -> usize {
        let mut at = from;
        while at < from + 24 {
            let next = self.adverbial(at, phrases);
            if next == at {
                break;
            }
            at = next;
        }
        at
    }

    fn adverbial(&self, at: usize, phrases: bool) -> usize {
        let Some(token) = self.get(at).filter(|token| token.word()) else { return at };
        let closes = |at: usize| {
            self.get(at).is_none_or(|next| {
                !next.word()
                    || next.is(Classes::THAT
                        .or(Classes::PREPOSITION)
                        .or(Classes::TIME)
                        .or(Classes::BEFORE_PERIOD))
            })
        };
        if token.is(Classes::TIME) && !self.is(at, Classes::MODAL) {
            let mut end = at + 1;
            while self.is(end, Classes::DIGIT)
                || self.is(end, Classes::PERIOD) && self.is(end - 1, Classes::TIME)
            {
                end += 1;
            }
            return end;
        }
        if token.is(Classes::BEFORE_PERIOD)
            && self.is(at + 1, Classes::PERIOD.or(Classes::TIME))
            && (!token.is(Classes::THAT) || closes(at + 2))
        {
            return at + 2;
        }
        if token.is(Classes::ADVERB.or(Classes::LY)) && closes(at + 1) {
            return at + 1;
        }
        if token.is(Classes::DIGIT.or(Classes::DETERMINER)) {
            return (at + 1..at + 4).find(|&k| self.spelled(k, Spelled::Ago)).map_or(at, |k| k + 1);
        }
        if !token.is(Classes::CIRCUMSTANCE) {
            return at;
        }
        if self.is(at + 1, Classes::TIME) {
            return self.adverbial(at + 1, phrases);
        }
        if self.is(at + 1, Classes::BEFORE_PERIOD) && self.is(at + 2, Classes::PERIOD) {
            return at + 3;
        }
        if !phrases || token.is(Classes::SUBORDINATOR) && self.clause_follows(at + 1) {
            return at;
        }
        if token.is(Classes::TO)
            && !self.is(
                at + 1,
                Classes::DETERMINER.or(Classes::CAPITAL).or(Classes::OBJECT_PRONOUN).or(Classes::S),
            )
        {
            return at;
        }
        let mut end = self.noun_phrase(at + 1);
        while self.spelled(end, Spelled::Of) && end > at + 1 {
            end = self.noun_phrase(end + 1);
        }
        if end == at + 1 { at } else { end }
    }
}
