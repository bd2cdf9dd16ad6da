//! Zones, sentences and voices of an article.
//!
//! Works from the outside in: lines become zones and paragraphs (`zones`), marks become
//! quotations (`marks`), paragraphs become sentences; each sentence is read for reporting cues and
//! the clauses that they report (`speech`, `clause`); then each quotation is judged (`scare`)
//! and everything is put together (`assemble`). Where two voices could apply the order is quoted,
//! scare, attributed, own.

mod agencies;
mod assemble;
mod clause;
mod complement;
mod constituents;
mod cues;
mod furniture;
mod furniture_packed;
mod grammar;
mod headline;
mod hints;
mod marks;
mod markup;
mod model;
mod pattern_edges;
mod pattern_line;
mod pattern_needles;
mod patterns;
mod phrases;
mod reports;
mod scare;
mod speech;
mod subject;
mod tokens;
mod vocabulary;
mod wording;
mod zones;

#[cfg(test)]
mod tests;

pub use cues::{
    Complement, Cues, CuesError, ReportingNoun, ReportingPhrase, ReportingVerb, SentenceWords,
    SourcePosition, Unsourced,
};
pub use furniture::{Furniture, FurnitureError};
pub use model::{Cue, CueKind, Flags, Layout, Segment};

use regex::Regex;

use crate::corpus::Article;
use crate::text::sentences::Splitter;
use crate::text::{Span, Zone, words};
use assemble::Decided;
use marks::Quotation;
use scare::{Around, Verdict};
use speech::Speech;
use vocabulary::Vocabulary;
use wording::Wording;
use zones::Paragraph;

/// Lays articles out; built once, used for every article.
#[derive(Debug, Clone)]
pub struct Layouter {
    vocabulary: Vocabulary,
    splitter: Splitter,
    furniture: Furniture,
    fingerprint: String,
}

/// A sentence with its paragraph.
#[derive(Clone, Copy)]
struct Sentence {
    span: Span,
    paragraph: usize,
}

impl Layouter {
    /// A layouter with these cues and this furniture.
    pub fn new(cues: &Cues, furniture: Furniture) -> Self {
        let words = &cues.sentence;
        let splitter = Splitter::new(&words.abbreviations, &words.may_end, &words.before_number);
        let mut hasher = blake3::Hasher::new();
        for hash in cues.fingerprint.iter().chain([&furniture.fingerprint]) {
            hasher.update(hash.as_bytes());
        }
        let fingerprint = hasher.finalize().to_hex().to_string();
        Self { vocabulary: Vocabulary::new(cues), splitter, furniture, fingerprint }
    }

    /// BLAKE3 of the cues and the furniture: with other ones, zones and voices may differ.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The layout of an article; `boilerplate` are the outlet's own patterns for lines.
    ///
    /// Depends on nothing but its arguments, works on any text, and in time linear in its length.
    pub fn lay_out(&self, article: &Article, boilerplate: &[Regex]) -> Layout {
        self.lay_out_words(article, &words::WordStarts::of(&article.text), boilerplate)
    }

    /// The same where the words of the article have been found.
    pub(crate) fn lay_out_words(
        &self,
        article: &Article,
        starts: &words::WordStarts,
        boilerplate: &[Regex],
    ) -> Layout {
        let text = article.text.as_str();
        let paragraphs = zones::paragraphs(article, starts, &self.furniture, boilerplate);
        let (quotations, balanced) = marks::quotations(text, &paragraphs);
        let quotations = markup::with_blocks(article, &paragraphs, quotations);
        let sentences = self.sentences(text, &paragraphs);
        let wording = Wording::new(text, starts, &self.vocabulary);
        let speech = self.read(&wording, &paragraphs, &sentences, &quotations);
        let mut decided = self.decide(text, &paragraphs, &sentences, &quotations, &speech);
        // Where marks don't balance, words in them without a speaker are held at no distance.
        for decided in decided.iter_mut().filter(|_| !balanced) {
            if matches!(decided.verdict, Verdict::Scare("scare-marks")) {
                decided.verdict = Verdict::Mention;
            }
        }
        let segments =
            assemble::segments(text.len(), &paragraphs, &decided, speech.claims, &speech.cues);
        Layout {
            segments,
            sentences: sentences.iter().map(|sentence| sentence.span).collect(),
            cues: speech.cues,
            quotations: quotations.iter().map(|quotation| quotation.inner).collect(),
            unbalanced: !balanced,
        }
    }

    fn sentences(&self, text: &str, paragraphs: &[Paragraph]) -> Vec<Sentence> {
        let mut sentences = Vec::new();
        let mut spans = Vec::new();
        for (paragraph, Paragraph { span, .. }) in paragraphs.iter().enumerate() {
            spans.clear();
            let end = span.end as usize;
            let mut goes_on =
                |at: usize| self.attribution_follows(text.get(at..end).unwrap_or_default());
            self.splitter.split(text, *span, &mut goes_on, &mut spans);
            sentences.extend(spans.iter().map(|&span| Sentence { span, paragraph }));
        }
        sentences
    }

    /// Whether a clause such as "Ms Orr asked." opens `rest`: a name of at most eight words, a
    /// reporting verb, and no clause behind it.
    fn attribution_follows(&self, rest: &str) -> bool {
        let end = rest
            .char_indices()
            .take(200)
            .find(|&(_, c)| matches!(c, ',' | ';' | '"' | '“' | '\n' | '?' | '!'))
            .map_or_else(
                || rest.char_indices().nth(200).map_or(rest.len(), |(at, _)| at),
                |(at, _)| at,
            );
        let head = &rest[..end];
        let mut verb_end = None;
        for (number, word) in words::words(head).enumerate().take(9) {
            let id = self.vocabulary.id(&word.of(head).to_lowercase());
            let entry = self.vocabulary.entry(id);
            if number > 0 && entry.verb.is_some_and(|(_, homograph)| !homograph) {
                verb_end = Some(word.end as usize);
                break;
            }
            if entry.classes.any(grammar::Classes::AUXILIARY.or(grammar::Classes::THAT)) {
                return false;
            }
        }
        let Some(verb_end) = verb_end else { return false };
        let tail = rest[verb_end..].trim_start();
        let next = words::words(tail).next().map(|word| word.of(tail).to_lowercase());
        let class = next.map(|word| self.vocabulary.entry(self.vocabulary.id(&word)).classes);
        let open = grammar::Classes::PREPOSITION
            .or(grammar::Classes::TIME)
            .or(grammar::Classes::ADVERB)
            .or(grammar::Classes::AS);
        tail.is_empty() || tail.starts_with('.') || class.is_some_and(|class| class.any(open))
    }

    fn read(
        &self,
        wording: &Wording<'_>,
        paragraphs: &[Paragraph],
        sentences: &[Sentence],
        quotations: &[Quotation],
    ) -> Speech {
        let mut speech = Speech::default();
        let mut tokens = Vec::new();
        let mut first = 0;
        let mut headlines = Vec::new();
        for sentence in sentences {
            while quotations.get(first).is_some_and(|q| q.outer.end <= sentence.span.start) {
                first += 1;
            }
            let zone = paragraphs[sentence.paragraph].zone;
            if matches!(zone, Zone::Headline | Zone::Subhead) {
                headlines.push((sentence.span, first));
                continue;
            }
            if matches!(zone, Zone::Boilerplate | Zone::Byline) {
                continue;
            }
            if !tokens::reports(&wording.words_in(sentence.span)) {
                continue;
            }
            let ahead = &quotations[first..];
            if tokens::read(wording, sentence.span, ahead, first, &mut tokens) {
                speech::read_sentence(&mut tokens, &self.vocabulary, false, &mut speech);
            }
        }
        // Headlines last: who speaks in them is known from the body.
        let mut sources = None;
        for (span, first) in headlines {
            tokens::read(wording, span, &quotations[first..], first, &mut tokens);
            if !headline::colon(wording.text, &tokens, &mut sources, &mut speech) {
                speech::read_sentence(&mut tokens, &self.vocabulary, true, &mut speech);
            }
        }
        speech.in_order()
    }

    fn decide(
        &self,
        text: &str,
        paragraphs: &[Paragraph],
        sentences: &[Sentence],
        quotations: &[Quotation],
        speech: &Speech,
    ) -> Vec<Decided> {
        let mut cue_of = vec![None; quotations.len()];
        for &(quote, cue) in speech.governed.iter().rev() {
            if let Some(slot) = cue_of.get_mut(quote as usize) {
                *slot = Some(cue);
            }
        }
        let mut around = vec![Around::default(); quotations.len()];
        for &quote in &speech.doubted {
            if let Some(around) = around.get_mut(quote as usize) {
                around.doubted = true;
            }
        }
        for (index, quotation) in quotations.iter().enumerate() {
            around[index].goes_on = quotations.get(index + 1).is_some_and(|next| next.reopened);
            around[index].cue = cue_of[index].is_some();
            if around[index].cue {
                continue;
            }
            let first = sentences.partition_point(|s| s.span.end <= quotation.outer.start);
            let behind = sentences.partition_point(|s| s.span.start < quotation.outer.end);
            let here = |at: usize| {
                sentences
                    .get(at)
                    .filter(|sentence| sentence.paragraph == quotation.paragraph)
                    .and_then(|sentence| speech.cue_in(sentence.span))
            };
            let adjoining = first.checked_sub(1).and_then(here).or_else(|| here(behind));
            around[index].adjoining = adjoining.is_some();
            cue_of[index] = adjoining;
            if quotation.reopened && index > 0 {
                cue_of[index] = cue_of[index].or(cue_of[index - 1]);
            }
        }
        let verdicts = scare::judge(text, quotations, paragraphs, &around, &self.vocabulary);
        quotations
            .iter()
            .zip(verdicts)
            .zip(cue_of)
            .map(|((&quotation, verdict), cue)| Decided { quotation, verdict, cue })
            .collect()
    }
}

/// The words of each zone and voice (in the order of [`Zone::ALL`] and [`crate::text::Voice::ALL`]);
/// a word belongs to the segment that holds its start.
pub fn word_counts(text: &str, layout: &Layout) -> [[u32; 4]; 6] {
    words_by_place(&words::WordStarts::of(text), layout)
}

/// The same where the words have been found.
pub(crate) fn words_by_place(starts: &words::WordStarts, layout: &Layout) -> [[u32; 4]; 6] {
    let mut counts = [[0; 4]; 6];
    for segment in &layout.segments {
        counts[segment.zone as usize][segment.voice as usize] += starts.within(segment.span);
    }
    counts
}
