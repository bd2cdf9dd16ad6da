//! Reported speech in a sentence: cues, their sources, and the words that they report.

use super::clause::{Run, Sentence};
use super::grammar::Classes;
use super::model::{Cue, CueKind, Flags};
use super::tokens::{Sort, Token};
use super::vocabulary::{Kind, Meaning, Vocabulary};
use crate::text::Span;

/// What a run of words is because of a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Attributed,
    /// Own words with something known of them.
    Flagged(Flags),
    /// Words that the outlet holds at a distance.
    Scare,
    /// "said talks": it points back at the outlet's own text, whoever is reported around it.
    PointsBack,
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

/// Reads one sentence at a time.
pub(super) struct Reader<'a> {
    pub(super) sentence: Sentence<'a>,
    pub(super) out: &'a mut Speech,
    /// Where free words begin: behind the last reported clause.
    pub(super) floor: usize,
    /// The speaker of the sentence so far.
    pub(super) speaker: Option<Span>,
    first_cue: usize,
}

/// Reads the sentence that `tokens` holds and adds what it reports to `out`; marks in `tokens` where
/// a verb form is no cue, and where negators end.
pub(super) fn read_sentence(
    tokens: &mut [Token],
    vocabulary: &Vocabulary,
    headline: bool,
    out: &mut Speech,
) {
    mark_patterns(tokens, vocabulary);
    let first_cue = out.cues.len();
    let mut reader = Reader {
        sentence: Sentence { tokens, vocabulary, headline },
        out,
        floor: 0,
        speaker: None,
        first_cue,
    };
    for at in reader.cue_words(0) {
        reader.so_called(at);
        reader.points_back(at);
    }
    let mut at = 0;
    while let Some(word) = reader.cue_words(at).next() {
        at = reader.step(word).max(word + 1);
    }
    reader.govern();
}

/// Marks where a verb form is no cue, and where negators of several words end.
fn mark_patterns(tokens: &mut [Token], vocabulary: &Vocabulary) {
    for at in 0..tokens.len() {
        if !tokens[at].is(Classes::OPENS_PATTERN) {
            continue;
        }
        let sentence = Sentence { tokens, vocabulary, headline: false };
        let end = |kind: Kind| sentence.pattern(at, kind).map(|(_, end, _)| end);
        let (blocked, negator) = (end(Kind::NonReporting), end(Kind::Negator));
        for token in &mut tokens[at..blocked.unwrap_or(at)] {
            token.classes = token.classes.or(Classes::BLOCKED);
        }
        if let Some(last) = negator.and_then(|end| tokens.get_mut(end - 1)) {
            last.classes = last.classes.or(Classes::ENDS_NEGATOR);
        }
    }
}

impl<'a> Reader<'a> {
    /// The tokens from `from` on that may be a cue, or the first word of one.
    fn cue_words(&self, from: usize) -> impl Iterator<Item = usize> + use<'a> {
        let tokens = self.sentence.tokens;
        let cue = Classes::VERB.or(Classes::NOUN).or(Classes::OPENS_PATTERN);
        (from..tokens.len()).filter(move |&at| tokens[at].is(cue))
    }

    fn step(&mut self, at: usize) -> usize {
        if let Some(next) = self.unsourced(at).or_else(|| self.phrase(at)) {
            return next;
        }
        let token = self.sentence.tokens[at];
        if token.is(Classes::NOUN)
            && let Some(next) = self.noun_that(at)
        {
            return next;
        }
        if token.is(Classes::POSSESSIVE.or(Classes::BLOCKED)) {
            return at + 1;
        }
        let several = self.sentence.pattern(at, Kind::Verb);
        if let Some((pattern, end, _)) = several
            && let Meaning::Verb(index) = pattern.meaning
        {
            return self.verb(at, end, index as usize, false).unwrap_or(end);
        }
        match self.sentence.vocabulary.entry(token.id).verb {
            Some((index, homograph)) => {
                self.verb(at, at + 1, index as usize, homograph).unwrap_or(at + 1)
            }
            None => at + 1,
        }
    }

    pub(super) fn bytes(&self, run: Run) -> Option<Span> {
        let tokens = self.sentence.tokens.get(run.0..run.1)?;
        // Signs at the edges belong to nobody.
        let first = tokens.iter().find(|t| matches!(t.sort, Sort::Word | Sort::Quote(_)))?;
        let last = tokens.iter().rev().find(|t| matches!(t.sort, Sort::Word | Sort::Quote(_)))?;
        Some(Span { start: first.span.start, end: last.span.end })
    }

    pub(super) fn add_cue(
        &mut self,
        run: Run,
        lemma: &str,
        kind: CueKind,
        source: Option<Span>,
    ) -> u32 {
        let span = self.bytes(run).unwrap_or_default();
        self.out.cues.push(Cue { span, lemma: lemma.to_owned(), kind, source });
        (self.out.cues.len() - 1) as u32
    }

    pub(super) fn claim(&mut self, run: Run, effect: Effect, cue: Option<u32>, rule: &'static str) {
        if let Some(span) = self.bytes(run).filter(|span| !span.is_empty()) {
            self.out.claims.push(Claim { span, effect, cue, rule });
        }
    }

    pub(super) fn claim_pieces(
        &mut self,
        pieces: &[Run],
        effect: Effect,
        cue: Option<u32>,
        rule: &'static str,
    ) {
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
            let before = after
                .checked_sub(1)
                .map(|at| (token.span.start - cues[at].span.end.min(token.span.start), at));
            let behind =
                cues.get(after).map(|cue| (cue.span.start.saturating_sub(token.span.end), after));
            let nearest = match (before, behind) {
                (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
                (a, b) => a.or(b),
            };
            if let Some((_, at)) = nearest {
                self.out.governed.push((quote, (self.first_cue + at) as u32));
            }
        }
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
        if self.cues.is_sorted_by_key(|cue| cue.span) {
            return self;
        }
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
