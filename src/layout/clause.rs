//! Where noun phrases and clauses end: the grammar of news sentences, by word class and shape.

use super::grammar::Classes;
use super::tokens::{Sort, Token};
use super::vocabulary::{Item, Meaning, Pattern, Verb, Vocabulary};

/// A run of tokens, end excluded.
pub(super) type Run = (usize, usize);

/// No search inside a sentence goes further, in tokens: what lies beyond is not a clause of news.
pub(super) const REACH: usize = 160;

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

    pub fn word(&self, at: usize) -> bool {
        self.sort(at) == Some(Sort::Word)
    }

    pub fn quote(&self, at: usize) -> bool {
        matches!(self.sort(at), Some(Sort::Quote(_)))
    }

    /// The end of the first pattern at `at` that `wanted` accepts, and the source inside it.
    pub fn pattern(
        &self,
        at: usize,
        wanted: impl Fn(&Meaning) -> bool,
    ) -> Option<(&'a Pattern, usize, Option<Run>)> {
        let id = self.get(at).filter(|token| token.word())?.id;
        self.vocabulary
            .patterns(id)
            .iter()
            .filter(|pattern| wanted(&pattern.meaning))
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
                .filter(|length| *item == Item::Source || self.is(at + length - 1, Classes::POSSESSIVE))
                .find_map(|length| {
                    let end = at + length;
                    self.fits(rest, end).map(|(after, _)| (after, Some((at, end))))
                }),
        }
    }

    /// Whether the token makes a clause finite, as far as class, shape and neighbours tell.
    pub fn finite(&self, at: usize) -> bool {
        let Some(token) = self.get(at).filter(|token| token.word()) else { return false };
        if token.is(Classes::AUXILIARY.or(Classes::PRONOUN_VERB)) {
            return !(token.is(Classes::MODAL) && token.is(Classes::CAPITAL) && at > 0);
        }
        let Some(before) = at.checked_sub(1).and_then(|before| self.get(before)) else { return false };
        let blocks = Classes::ARTICLE
            .or(Classes::DETERMINER)
            .or(Classes::PREPOSITION)
            .or(Classes::TO)
            .or(Classes::AUXILIARY)
            .or(Classes::NON_FINITE_BE)
            .or(Classes::POSSESSIVE);
        if !before.word() || before.is(blocks) || token.is(Classes::HYPHEN) || token.is(Classes::CAPITAL) {
            // "who had dug", ", spilled and ignited": a past form may open a chunk.
            return !before.word() && token.is(Classes::PAST) && !self.quote(at - 1);
        }
        let subject = before.is(Classes::NOMINATIVE) || before.is(Classes::RELATIVE);
        if token.is(Classes::PAST) || subject && token.is(Classes::ED.or(Classes::S).or(Classes::PRESENT)) {
            return true;
        }
        if token.is(Classes::PRESENT) {
            return before.is(Classes::S) || subject;
        }
        let opens_object = self.get(at + 1).is_none_or(|next| {
            !next.word()
                || next.is(
                    Classes::DETERMINER
                        .or(Classes::PREPOSITION)
                        .or(Classes::OBJECT_PRONOUN)
                        .or(Classes::THAT)
                        .or(Classes::TO)
                        .or(Classes::WH)
                        .or(Classes::TIME)
                        .or(Classes::ADVERB)
                        .or(Classes::LY)
                        .or(Classes::DIGIT)
                        .or(Classes::CAPITAL),
                )
        });
        let noun_before = !before.is(Classes::ADVERB.or(Classes::LY)) || at >= 2;
        if token.is(Classes::ED) {
            return opens_object && noun_before && !before.is(Classes::COORDINATOR);
        }
        token.is(Classes::S)
            && opens_object
            && self.get(at + 1).is_some_and(Token::word)
            && !before.is(Classes::S)
            && !before.is(Classes::ADVERB)
            && !self.is(at + 1, Classes::PREPOSITION)
    }

    /// The first finite verb of `from..to`, not counting relative clauses.
    pub fn finite_in(&self, from: usize, to: usize) -> Option<usize> {
        let mut at = from;
        let to = to.min(from + REACH).min(self.tokens.len());
        while at < to {
            if self.is(at, Classes::RELATIVE) && at > from {
                at += 1;
                while at < to && self.word(at) {
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
        if self.is(from, Classes::NOMINATIVE.or(Classes::PRONOUN_VERB)) && !self.is(from, Classes::OBJECT_PRONOUN) {
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
                if self.is(at, Classes::RELATIVE) || self.is(at, Classes::THAT) && !self.is(at - 1, Classes::COORDINATOR) {
                    relative = true;
                }
                if self.is(at, Classes::SUBORDINATOR) && !self.prepositional(at) {
                    return false;
                }
            }
            if !relative && self.finite(at) && at > from {
                return true;
            }
            // "the car that struck the cyclist had": the second verb is the clause's own.
            if relative && at > from + 2 && self.is(at, Classes::AUXILIARY) && self.finite_in(from + 1, at).is_some() {
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
        while self.word(end) && self.is(end, leading) && !self.is(end, Classes::THAT) && end < at + 6 {
            end += 1;
        }
        let mut capital = None;
        while self.word(end) && end < at + 16 {
            let here = self.is(end, Classes::CAPITAL);
            let name_goes_on = capital == Some(true)
                && self.is(end, Classes::PREPOSITION.or(Classes::AND).or(Classes::ARTICLE))
                && self.is(end + 1, Classes::CAPITAL);
            if !name_goes_on {
                let known = self.is(end, stop) && !(here && capital == Some(true) && !self.is(end, Classes::TIME));
                let new_phrase = self.is(end, Classes::DETERMINER) && capital.is_some();
                let new_name = here && capital == Some(false);
                if known || new_phrase || new_name {
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
                !next.word() || next.is(Classes::THAT.or(Classes::PREPOSITION).or(Classes::TIME).or(Classes::BEFORE_PERIOD))
            })
        };
        if token.is(Classes::TIME) && !self.is(at, Classes::MODAL) {
            let mut end = at + 1;
            while self.is(end, Classes::DIGIT) || self.is(end, Classes::PERIOD) && self.is(end - 1, Classes::TIME) {
                end += 1;
            }
            return end;
        }
        if token.is(Classes::BEFORE_PERIOD) && self.is(at + 1, Classes::PERIOD.or(Classes::TIME)) {
            return at + 2;
        }
        if token.is(Classes::ADVERB.or(Classes::LY)) && closes(at + 1) {
            return at + 1;
        }
        if token.is(Classes::DIGIT.or(Classes::DETERMINER)) {
            let ago = self.vocabulary.id("ago");
            return (at + 1..at + 4).find(|&k| self.get(k).is_some_and(|t| t.id == ago)).map_or(at, |k| k + 1);
        }
        if !token.is(Classes::PREPOSITION.or(Classes::TO)) || token.is(Classes::THAT) {
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
        if token.is(Classes::TO) && !self.is(at + 1, Classes::DETERMINER.or(Classes::CAPITAL).or(Classes::OBJECT_PRONOUN).or(Classes::S)) {
            return at;
        }
        let of = self.vocabulary.id("of");
        let mut end = self.noun_phrase(at + 1);
        while self.get(end).is_some_and(|t| t.id == of) && end > at + 1 {
            end = self.noun_phrase(end + 1);
        }
        if end == at + 1 && self.quote(end) { at } else { end }
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
                Sort::Comma if self.is(at + 1, Classes::RELATIVE) && !self.is(at + 1, Classes::THAT) => {
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
                    at > from && self.is(at, Classes::AND) && (self.new_subject_speaks(at + 1) || self.shares_subject(at + 1, false))
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
        (self.finite(close + 1) || self.is(close + 1, Classes::AUXILIARY.or(Classes::PAST).or(Classes::ED)))
            .then_some(close + 1)
    }

    fn comma_ends(&self, comma: usize) -> bool {
        let next = comma + 1;
        if next >= self.tokens.len() || self.is(next, Classes::CONTRAST) {
            return true;
        }
        if self.is(next, Classes::AND) {
            return self.shares_subject(next + 1, true) || self.new_subject_speaks(next + 1);
        }
        if self.is(next, Classes::ING) && self.reports(next) {
            return true;
        }
        // "…, a charge that the guild denies"
        if self.is(next, Classes::ARTICLE) {
            let stop = (next + 1..next + 5).take_while(|&k| self.word(k)).find(|&k| {
                self.is(k, Classes::RELATIVE.or(Classes::THAT)) && !self.finite(k - 1)
            });
            if stop.is_some_and(|k| self.finite_in(k + 1, self.tokens.len()).is_some()) {
                return true;
            }
        }
        self.pattern(next, |meaning| matches!(meaning, Meaning::Phrase(_))).is_some()
    }

    /// A form of a reporting verb that is nothing else.
    pub fn reports(&self, at: usize) -> bool {
        self.get(at).filter(|token| token.word()).is_some_and(|token| {
            self.vocabulary.entry(token.id).verb.is_some_and(|(_, homograph)| !homograph)
                && !token.is(Classes::POSSESSIVE)
        })
    }

    /// Behind "and": a verb without a subject of its own that the speaker does ("and refused").
    fn shares_subject(&self, at: usize, comma: bool) -> bool {
        let mut at = at;
        while self.is(at, Classes::ADVERB.or(Classes::LY)) {
            at += 1;
        }
        let Some(token) = self.get(at).filter(|token| token.word() && !token.is(Classes::CAPITAL)) else {
            return false;
        };
        let past = token.is(Classes::ED.or(Classes::PAST)) || token.is(Classes::S) && self.reports(at);
        if self.reports(at) && past {
            return !self.is(at + 1, Classes::BY);
        }
        token.is(Classes::DEED) && self.get(at + 1).is_some_and(|next| next.word() && !next.is(Classes::AUXILIARY))
            || comma && token.is(Classes::PAST) && !token.is(Classes::AUXILIARY)
    }

    /// Behind "and": a noun phrase and a verb that reports: the next report begins.
    fn new_subject_speaks(&self, at: usize) -> bool {
        let end = (at..at + 9).take_while(|&k| self.word(k)).find(|&k| self.reports(k) && k > at);
        end.is_some_and(|verb| {
            let token = &self.tokens[verb];
            let says = self.vocabulary.entry(token.id).verb.is_some_and(|(index, _)| {
                self.vocabulary.verbs.get(index as usize).is_some_and(|verb: &Verb| verb.that)
            });
            says && token.is(Classes::ED.or(Classes::S).or(Classes::PAST))
                && !(at..verb).any(|k| {
                    self.is(k, Classes::AUXILIARY.or(Classes::TO).or(Classes::THAT).or(Classes::SUBORDINATOR))
                        && !(k + 1 == verb && self.is(k, Classes::HAVE))
                })
        })
    }
}
