//! Where noun phrases and clauses end: the grammar of news sentences, by word class and shape.

use super::grammar::{Classes, Spelled};
use super::tokens::{Sort, Token};
use super::vocabulary::{Item, Kind, Pattern, Verb, Vocabulary};

/// A run of tokens, end excluded.
pub(super) type Run = (usize, usize);

/// No search inside a sentence goes further, in tokens: what lies beyond is not a clause of news.
pub(super) const REACH: usize = 160;

/// No pattern reaches further, in tokens, its source included.
const LONGEST_PATTERN: usize = 20;

/// A sentence that can be asked about its parts.
#[derive(Clone, Copy)]
pub(super) struct Sentence<'a> {
    pub tokens: &'a [Token],
    pub vocabulary: &'a Vocabulary,
    /// Headlines capitalise every word and leave verbs out.
    pub headline: bool,
}

impl<'a> Sentence<'a> {
    pub fn get(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub fn is(&self, at: usize, class: Classes) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(class))
    }

    pub fn sort(&self, at: usize) -> Option<Sort> {
        self.tokens.get(at).map(|token| token.sort)
    }

    /// Whether the word at `at` is this one of the words that the grammar lists.
    pub fn spelled(&self, at: usize, word: Spelled) -> bool {
        self.get(at).is_some_and(|token| token.word() && token.id == word as u32)
    }

    pub fn word(&self, at: usize) -> bool {
        self.sort(at) == Some(Sort::Word)
    }

    pub fn quote(&self, at: usize) -> bool {
        matches!(self.sort(at), Some(Sort::Quote(_)))
    }

    /// The end of the first pattern of a kind at `at`, and the source inside it.
    pub fn pattern(&self, at: usize, kind: Kind) -> Option<(&'a Pattern, usize, Option<Run>)> {
        let id = self.get(at).filter(|token| token.is(Classes::OPENS_PATTERN))?.id;
        let patterns = self.vocabulary.patterns(id, kind);
        if patterns.is_empty() {
            return None;
        }
        let ahead = &self.tokens[at..self.tokens.len().min(at + LONGEST_PATTERN)];
        if !ahead.iter().any(|token| token.is(Classes::ANCHOR)) {
            return None;
        }
        patterns
            .iter()
            .find_map(|pattern| self.fits(&pattern.items, at).map(|(end, run)| (pattern, end, run)))
    }

    fn fits(&self, items: &[Item], at: usize) -> Option<(usize, Option<Run>)> {
        let Some((item, rest)) = items.split_first() else { return Some((at, None)) };
        match item {
            Item::Word(id) => {
                let token = self.get(at).filter(|token| token.word() && token.id == *id)?;
                (!token.is(Classes::POSSESSIVE)).then_some(())?;
                self.fits(rest, at + 1)
            }
            Item::Any => self.word(at).then(|| self.fits(rest, at + 1)).flatten(),
            Item::Source | Item::Owner => (1..=8)
                .take_while(|length| self.word(at + length - 1))
                .filter(|length| *item == Item::Source || self.owner(at, *length))
                .find_map(|length| {
                    let end = at + length;
                    self.fits(rest, end).map(|(after, _)| (after, Some((at, end))))
                }),
        }
    }

    /// "the auditor's", "his"
    fn owner(&self, at: usize, length: usize) -> bool {
        let pronoun = length == 1 && self.is(at, Classes::OWNER);
        pronoun || self.is(at + length - 1, Classes::POSSESSIVE)
    }

    /// Whether the token makes a clause finite, as far as class, shape and neighbours tell.
    pub fn finite(&self, at: usize) -> bool {
        let Some(token) = self.get(at).filter(|token| token.word()) else { return false };
        if token.is(Classes::AUXILIARY.or(Classes::PRONOUN_VERB)) {
            return !(token.is(Classes::MODAL) && token.is(Classes::CAPITAL) && at > 0);
        }
        let Some(before) = at.checked_sub(1).and_then(|before| self.get(before)) else {
            return false;
        };
        let blocks = Classes::ARTICLE
            .or(Classes::DETERMINER)
            .or(Classes::PREPOSITION)
            .or(Classes::TO)
            .or(Classes::AUXILIARY)
            .or(Classes::NON_FINITE_BE)
            .or(Classes::POSSESSIVE);
        if !before.word()
            || before.is(blocks)
            || token.is(Classes::HYPHEN)
            || token.is(Classes::CAPITAL)
        {
            // "who had dug", ", spilled and ignited": a past form may open a chunk.
            let object = Classes::DETERMINER
                .or(Classes::PREPOSITION)
                .or(Classes::OBJECT_PRONOUN)
                .or(Classes::POSSESSIVE);
            let opens = (token.is(Classes::S.or(Classes::ED)) && self.is(at + 1, object)
                || token.is(Classes::ED) && self.is(at + 1, Classes::AND))
                && !token.is(Classes::PREPOSITION);
            let plain = !before.word() && !token.is(Classes::CAPITAL.or(Classes::HYPHEN));
            // "the word “regime” appears nowhere"
            let behind_quote = self.quote(at - 1)
                && !before.is(Classes::STOPPED)
                && token.is(Classes::PAST.or(Classes::S).or(Classes::ED))
                && !token.is(Classes::PREPOSITION.or(Classes::DETERMINER).or(Classes::ADVERB));
            let behind_comma = before.sort == Sort::Comma && (token.is(Classes::PAST) || opens);
            return plain && (behind_quote || behind_comma);
        }
        let subject = before.is(Classes::NOMINATIVE) || before.is(Classes::RELATIVE);
        if token.is(Classes::PAST)
            || subject && token.is(Classes::ED.or(Classes::S).or(Classes::PRESENT))
        {
            return true;
        }
        if token.is(Classes::PRESENT) {
            return before.is(Classes::S) || subject;
        }
        let opens_object = self.get(at + 1).is_none_or(|next| {
            !next.word()
                || next.is(Classes::DETERMINER
                    .or(Classes::PREPOSITION)
                    .or(Classes::OBJECT_PRONOUN)
                    .or(Classes::THAT)
                    .or(Classes::TO)
                    .or(Classes::WH)
                    .or(Classes::TIME)
                    .or(Classes::ADVERB)
                    .or(Classes::LY)
                    .or(Classes::DIGIT)
                    .or(Classes::CAPITAL))
        });
        let noun_before = !before.is(Classes::ADVERB.or(Classes::LY)) || at >= 2;
        if token.is(Classes::ED) {
            return opens_object && noun_before && !before.is(Classes::COORDINATOR);
        }
        let last = self.get(at + 1).is_none_or(|next| !next.word());
        token.is(Classes::S)
            && opens_object
            && (!last || self.reports(at))
            && !before.is(Classes::S)
            && !self.is(at + 1, Classes::PREPOSITION)
    }

    /// The first finite verb of `from..to`, not counting relative clauses.
    pub fn finite_in(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        let to = to.min(from + REACH).min(self.tokens.len());
        while at < to {
            if self.is(at, Classes::RELATIVE) && at > from {
                at += 1;
                let mut own = false;
                while at < to && self.word(at) {
                    // "the children who were moved | have": the second verb is the clause's own.
                    let chain = Classes::AUXILIARY
                        .or(Classes::ADVERB)
                        .or(Classes::LY)
                        .or(Classes::COORDINATOR)
                        .or(Classes::NOMINATIVE);
                    if own
                        && self.is(at, Classes::AUXILIARY)
                        && !self.is(at - 1, chain)
                        && !self.is(at - 1, Classes::RELATIVE)
                    {
                        return Some(at);
                    }
                    own |= self.finite(at);
                    at += 1;
                }
                continue;
            }
            if self.finite(at) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// Whether the words from `from` on, up to a comma or a subordinate clause, hold a finite verb.
    pub fn clause_follows(&self, from: usize) -> bool {
        if self.is(from, Classes::NOMINATIVE.or(Classes::PRONOUN_VERB))
            && !self.is(from, Classes::OBJECT_PRONOUN)
        {
            return true;
        }
        let mut relative = false;
        for at in from..(from + REACH).min(self.tokens.len()) {
            match self.sort(at) {
                Some(Sort::Word | Sort::Quote(_)) => {}
                Some(Sort::Comma) if relative || self.is(at + 1, Classes::RELATIVE) => {
                    relative = !relative;
                    continue;
                }
                _ => return false,
            }
            if at > from {
                if self.is(at, Classes::CONTRAST) && !self.is(at, Classes::SUBORDINATOR)
                    || self.is(at, Classes::COORDINATOR) && self.is(at + 1, Classes::AUXILIARY)
                {
                    return false;
                }
                if self.is(at, Classes::RELATIVE)
                    || self.is(at, Classes::THAT) && !self.is(at - 1, Classes::COORDINATOR)
                {
                    relative = true;
                }
                if self.is(at, Classes::SUBORDINATOR) && !self.prepositional(at) {
                    return false;
                }
                // "declared an emergency so he could"
                if self.spelled(at, Spelled::So) && self.is(at + 1, Classes::NOMINATIVE) {
                    return false;
                }
            }
            if !relative && self.finite(at) && at > from && !self.is(at - 1, Classes::COORDINATOR) {
                return true;
            }
            // "the car that struck the cyclist had": the second verb is the clause's own.
            if relative
                && at > from + 2
                && self.is(at, Classes::AUXILIARY)
                && self.finite_in(from + 1, at).is_some()
            {
                return true;
            }
        }
        false
    }

    /// "after the talks", "as president": no clause behind the subordinator.
    fn prepositional(&self, at: usize) -> bool {
        let end = self.noun_phrase(at + 1);
        end > at + 1 && !self.finite(end) && !self.is(end, Classes::ED.or(Classes::PAST))
    }

    /// The pieces of the clause that starts at `from`, and where the search ended. `first_comma`
    /// ends it at the first comma.
    pub fn clause(&self, from: usize, first_comma: bool) -> (Vec<Run>, usize) {
        let mut pieces = Vec::new();
        let mut start = from;
        let mut at = from;
        let limit = (from + REACH * 2).min(self.tokens.len());
        while at < limit {
            let ends = match self.tokens[at].sort {
                Sort::Semicolon => true,
                Sort::Dash => {
                    if let Some(resume) = self.resume(start, at, Sort::Dash) {
                        pieces.push((start, at));
                        (start, at) = (resume, resume);
                        continue;
                    }
                    true
                }
                Sort::Comma if first_comma => true,
                Sort::Comma if self.is(at + 1, Classes::RELATIVE.or(Classes::PLACE_RELATIVE)) => {
                    if let Some(resume) = self.resume(start, at, Sort::Comma) {
                        pieces.push((start, at));
                        (start, at) = (resume, resume);
                        continue;
                    }
                    true
                }
                Sort::Comma => self.comma_ends(at),
                Sort::Quote(_) | Sort::Colon => false,
                Sort::Word => {
                    at > from
                        && self.is(at, Classes::AND)
                        && (self.new_subject_speaks(at + 1) || self.shares_subject(at + 1, false))
                }
            };
            if ends {
                break;
            }
            at += 1;
        }
        if at > start {
            pieces.push((start, at));
        }
        (pieces, at)
    }

    /// Where a clause goes on behind an insertion that opens at `at`: it had no verb yet, and one
    /// follows the sign that closes the insertion.
    fn resume(&self, start: usize, at: usize, sign: Sort) -> Option<usize> {
        if self.finite_in(start + 1, at).is_some() {
            return None;
        }
        let to = (at + 40).min(self.tokens.len());
        let close = (at + 1..to).find(|&k| self.tokens[k].sort == sign)?;
        (self.finite(close + 1)
            || self.is(close + 1, Classes::AUXILIARY.or(Classes::PAST).or(Classes::ED)))
        .then_some(close + 1)
    }

    /// Whether what stands behind the comma is no part of the clause before it.
    pub fn comma_ends(&self, comma: usize) -> bool {
        let next = comma + 1;
        if next >= self.tokens.len() || self.is(next, Classes::CONTRAST) {
            return true;
        }
        // "…, hours after his own navy had"
        if self.is(next, Classes::SPELL) && self.is(next + 1, Classes::SUBORDINATOR) {
            return true;
        }
        if self.is(next, Classes::AND) {
            return self.shares_subject(next + 1, true) || self.new_subject_speaks(next + 1);
        }
        if self.is(next, Classes::ING) && self.reports(next) {
            return true;
        }
        // "…, then left"
        if self.spelled(next, Spelled::Then) && self.is(next + 1, Classes::PAST.or(Classes::ED)) {
            return true;
        }
        let object = Classes::DETERMINER
            .or(Classes::CAPITAL)
            .or(Classes::OBJECT_PRONOUN)
            .or(Classes::POSSESSIVE);
        if self.reports(next)
            && self.is(next, Classes::ED.or(Classes::PAST))
            && self.is(next + 1, object)
        {
            return true;
        }
        // "…, a charge that the guild denies"
        if self.is(next, Classes::ARTICLE) {
            let stop = (next + 1..next + 5)
                .take_while(|&k| self.word(k))
                .find(|&k| self.is(k, Classes::RELATIVE.or(Classes::THAT)) && !self.finite(k - 1));
            if stop.is_some() {
                return true;
            }
        }
        self.pattern(next, Kind::Phrase).is_some()
    }

    /// A form of a reporting verb, if it is a verb.
    fn verb_form(&self, at: usize) -> bool {
        self.is(at, Classes::VERB)
    }

    /// A form of a reporting verb that is nothing else.
    pub fn reports(&self, at: usize) -> bool {
        self.get(at).filter(|token| token.is(Classes::VERB)).is_some_and(|token| {
            self.vocabulary.entry(token.id).verb.is_some_and(|(_, homograph)| !homograph)
        })
    }

    /// Behind "and": a verb without a subject of its own that the speaker does ("and refused").
    fn shares_subject(&self, at: usize, comma: bool) -> bool {
        let mut at = if comma { self.adverbials(at, true) } else { at };
        while self.is(at, Classes::ADVERB.or(Classes::LY)) {
            at += 1;
        }
        let Some(token) = self.get(at).filter(|token| token.word() && !token.is(Classes::CAPITAL))
        else {
            return false;
        };
        let past =
            token.is(Classes::ED.or(Classes::PAST)) || token.is(Classes::S) && self.reports(at);
        if self.reports(at) && past {
            return !self.is(at + 1, Classes::BY);
        }
        token.is(Classes::DEED)
            && self.get(at + 1).is_some_and(|next| next.word() && !next.is(Classes::AUXILIARY))
            || comma && token.is(Classes::PAST) && !token.is(Classes::AUXILIARY)
            || comma
                && token.is(Classes::ED)
                && self.is(
                    at + 1,
                    Classes::DETERMINER.or(Classes::OBJECT_PRONOUN).or(Classes::POSSESSIVE),
                )
    }

    /// Behind "and": a noun phrase and a verb that reports: the next report begins.
    fn new_subject_speaks(&self, at: usize) -> bool {
        let relative =
            (at..at + 5).take_while(|&k| self.word(k)).find(|&k| self.is(k, Classes::RELATIVE));
        let reach = if relative.is_some() { 16 } else { 9 };
        let end = (at..at + reach).take_while(|&k| self.word(k)).find(|&k| {
            k > at && (self.reports(k) || self.verb_form(k) && self.is(k + 1, Classes::THAT))
        });
        end.is_some_and(|verb| {
            let token = &self.tokens[verb];
            let says = self.vocabulary.entry(token.id).verb.is_some_and(|(index, _)| {
                self.vocabulary
                    .verbs
                    .get(index as usize)
                    .is_some_and(|verb: &Verb| verb.that || verb.object)
            });
            says && (token.is(Classes::ED.or(Classes::S).or(Classes::PAST))
                || self.is(verb + 1, Classes::THAT))
                && !(at..relative.unwrap_or(verb)).any(|k| {
                    self.is(
                        k,
                        Classes::AUXILIARY
                            .or(Classes::TO)
                            .or(Classes::THAT)
                            .or(Classes::SUBORDINATOR),
                    ) && !(k + 1 == verb && self.is(k, Classes::HAVE))
                })
        })
    }
}
