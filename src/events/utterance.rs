//! What sources say in an article, sentence by sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::told::{Mark, Passage, Subject};
use crate::linking::is_content_form;
use crate::tally::{Reading, excerpt, joined, speaker_of};
use crate::text::words::count;
use crate::text::{Span, Voice};

/// Letters of a word that two utterances compare: inflections apart.
const STEM: usize = 6;

/// Words of a sentence that an article lets a source say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Utterance {
    /// Key of the target that speaks, or the description of who does.
    pub source: String,
    /// Whether `source` is a target's key.
    pub named: bool,
    /// Lemma of the verb.
    pub verb: String,
    /// Kind of the verb.
    pub kind: &'static str,
    /// Words in quotation marks.
    pub quoted_words: u64,
    /// Words in paraphrase.
    pub attributed_words: u64,
    /// Content words of what is said by their first letters; each as written, where it stands in
    /// the quoted sentence, and whether it has a capital.
    pub content: BTreeMap<String, (String, Span, bool)>,
    /// The sentence.
    pub passage: Passage,
}

/// Utterances of one article that are compared with those of others, the first ones: a page that is
/// nothing but speech would cost the square of its length.
const UTTERANCES: usize = 300;

/// Content words of an utterance that are compared, the first ones.
const CONTENT_WORDS: usize = 60;

/// The utterances of an article, in the order of the text.
pub(super) fn utterances(reading: &Reading<'_>) -> Vec<Utterance> {
    let mut pieces: BTreeMap<(u32, u32), Vec<(Span, Voice)>> = BTreeMap::new();
    for segment in &reading.layout.segments {
        let Some(cue) = segment.cue else { continue };
        if !matches!(segment.voice, Voice::Quoted | Voice::Attributed) {
            continue;
        }
        for sentence in sentences_in(reading, segment.span) {
            let said = Span {
                start: sentence.start.max(segment.span.start),
                end: sentence.end.min(segment.span.end),
            };
            pieces.entry((sentence.start, cue)).or_default().push((said, segment.voice));
        }
    }
    pieces
        .into_iter()
        .filter_map(|((at, cue), said)| one(reading, at, cue, &said))
        .take(UTTERANCES)
        .collect()
}

fn sentences_in<'r>(reading: &'r Reading<'_>, span: Span) -> impl Iterator<Item = Span> + 'r {
    let sentences = &reading.layout.sentences;
    let first = sentences.partition_point(|sentence| sentence.end <= span.start);
    sentences[first..].iter().copied().take_while(move |sentence| sentence.start < span.end)
}

fn one(reading: &Reading<'_>, at: u32, cue: u32, said: &[(Span, Voice)]) -> Option<Utterance> {
    let text = &reading.article.text;
    let cue = &reading.layout.cues[cue as usize];
    let (source, named) = speaker_of(reading, cue.source?)?;
    let tokens = reading.folded.tokens();
    let mut places: Vec<Span> = Vec::new();
    let mut stems: Vec<String> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (span, _) in said {
        for index in reading.folded.tokens_in(*span) {
            let form = reading.folded.bare(&tokens[index]);
            if is_content_form(form) {
                let stem: String = form.chars().take(STEM).collect();
                if stems.len() < CONTENT_WORDS && seen.insert(stem.clone()) {
                    stems.push(stem);
                    places.push(tokens[index].bare_span());
                }
            }
        }
    }
    let sentence = reading.layout.sentence_at(at)?;
    let quoted = excerpt(text, sentence, &places);
    let content = stems
        .into_iter()
        .zip(&quoted.marks)
        .map(|(stem, span)| {
            let word = span.of(&quoted.text).to_owned();
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            (stem, (word, *span, capital))
        })
        .collect();
    let words = |voice| {
        let of = said.iter().filter(|(_, of)| *of == voice);
        of.map(|(span, _)| count(span.of(text)) as u64).sum()
    };
    let (first, voice) = said.first().copied()?;
    let zone = reading.layout.segment_at(first.start).map(|segment| segment.zone)?;
    Some(Utterance {
        source: source.clone(),
        named,
        verb: cue.lemma.clone(),
        kind: cue.kind.name(),
        quoted_words: words(Voice::Quoted),
        attributed_words: words(Voice::Attributed),
        content,
        passage: Passage {
            subject: Subject::Target(source),
            offset: first.start,
            line: reading.lines.number(first.start),
            sentence: quoted.text,
            marks: Vec::<Mark>::new(),
            wording: String::new(),
            labelled: false,
            zone,
            voice,
            source: cue.source.map(|source| joined(source.of(text))),
            cue: Some(joined(cue.span.of(text))),
        },
    })
}
