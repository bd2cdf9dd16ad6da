//! What an article wrote of an event: the phrases in which it names people and things, and what it
//! lets them say. Read from the articles of chosen events in a second pass, so that nothing of
//! this has to be kept of the others.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::model::Events;
use super::utterance::{Utterance, utterances};
use crate::lexicon::{GroupKind, TargetKind};
use crate::linking::{Label, Naming, TargetRef};
use crate::tally::{Articles, Head, Reading, excerpt, joined, speaker_of, target_key};
use crate::text::{Span, Voice, Zone};

/// Events of which sentences are kept, with their articles.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chosen {
    /// The events, by their places in [`Events::events`]; empty where all articles are set beside
    /// one another without one.
    pub events: Vec<usize>,
    /// Outlet and id of an article, with the hash of its text and its day.
    articles: BTreeMap<(String, String), (blake3::Hash, Option<Date>)>,
}

impl Chosen {
    /// The articles of some events.
    pub fn of(events: &Events, chosen: Vec<usize>, articles: &Articles) -> Self {
        let indices = chosen.iter().flat_map(|&event| &events.events[event].articles);
        let articles = Self::keys(indices.map(|&index| articles.head(index)));
        Self { events: chosen, articles }
    }

    /// All articles of a small corpus.
    pub fn all(articles: &Articles) -> Self {
        Self { events: Vec::new(), articles: Self::keys(articles.heads()) }
    }

    fn keys<'a>(
        articles: impl Iterator<Item = Head<'a>>,
    ) -> BTreeMap<(String, String), (blake3::Hash, Option<Date>)> {
        let key = |head: &Head<'_>| (head.outlet.to_owned(), head.id.clone());
        let text = |head: &Head<'_>| (blake3::Hash::from_bytes(head.hash), head.date);
        articles.map(|head| (key(&head), text(&head))).collect()
    }

    /// What they wrote, by outlet and id, where `told` gives it for all of them: it is asked for what
    /// an article of this outlet, this id and this text wrote.
    pub fn told(
        &self,
        mut told: impl FnMut(&str, &str, &blake3::Hash) -> Option<Told>,
    ) -> Option<Vec<Told>> {
        let each = |((outlet, id), (hash, date)): (&(String, String), &(blake3::Hash, _))| {
            told(outlet, id, hash).filter(|told| told.date == *date)
        };
        self.articles.iter().map(each).collect()
    }

    /// Whether there is nothing to read again.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// Whether an article is one of them: that of the tally, not another of the same id.
    pub fn holds(&self, outlet: &str, id: &str, text: &str) -> bool {
        let key = (outlet.to_owned(), id.to_owned());
        self.articles.get(&key).is_some_and(|(hash, _)| *hash == blake3::hash(text.as_bytes()))
    }
}

/// What an article names or chooses between.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A target, by its key.
    Target(String),
    /// A choice: index of the lexicon, of the choice.
    Choice(usize, usize),
}

/// A marked place of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// `phrase`, `name`, `label`, `variant` or `shared`.
    pub kind: &'static str,
    /// The term of a label, the variant of a choice.
    pub term: String,
    /// The rule that put a label there.
    pub rule: &'static str,
}

/// A sentence with a mention of a target or the use of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is of.
    pub subject: Subject,
    /// First byte of the mention or use in the article.
    pub offset: u32,
    /// Line in the article's text, counted from 1.
    pub line: u32,
    /// The sentence as quoted.
    pub sentence: String,
    /// Marked places of it.
    pub marks: Vec<Mark>,
    /// The phrase that names the target, or the variant of the choice.
    pub wording: String,
    /// Whether a label is put on this mention.
    pub labelled: bool,
    /// Zone.
    pub zone: Zone,
    /// Voice.
    pub voice: Voice,
    /// Who speaks, for words that are not the outlet's.
    pub source: Option<String>,
    /// The words that report it.
    pub cue: Option<String>,
}

/// What one article wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its outlet.
    pub outlet: String,
    /// Its id.
    pub article: String,
    /// Day of publication.
    pub date: Option<Date>,
    /// Mentions and uses, in the order of the text.
    pub passages: Vec<Passage>,
    /// What sources say in it, in the order of the text.
    pub utterances: Vec<Utterance>,
}

/// Reads what an article wrote.
pub fn told(reading: &Reading<'_>) -> Told {
    let article = reading.article;
    let mut labels: BTreeMap<usize, Vec<&Label>> = BTreeMap::new();
    for label in &reading.links.labels {
        labels.entry(label.mention).or_default().push(label);
    }
    let naming = Naming::new(reading.folded);
    let labels_on = |mention| labels.get(&mention).map_or(&[][..], Vec::as_slice);
    let mut passages: Vec<Passage> = (0..reading.links.mentions.len())
        .map(|mention| mentioned(reading, &naming, mention, labels_on(mention)))
        .chain(uses(reading))
        .collect();
    passages.sort_by(|x, y| (x.offset, &x.subject).cmp(&(y.offset, &y.subject)));
    Told {
        outlet: article.outlet.clone(),
        article: article.id.clone(),
        date: article.date,
        passages,
        utterances: utterances(reading),
    }
}

/// A mention by its index, with the labels on it.
fn mentioned(
    reading: &Reading<'_>,
    naming: &Naming<'_>,
    index: usize,
    labels: &[&Label],
) -> Passage {
    let mention = &reading.links.mentions[index];
    let target = &reading.links.targets[mention.target];
    let key = target_key(target, reading.inventory);
    let is_person = match target {
        TargetRef::Declared { lexicon, target } => {
            reading.inventory.lexicons()[*lexicon].targets[*target].kind == TargetKind::Person
        }
        // A name of one word that nothing declares may be a place; of two, it is mostly a person.
        TargetRef::Found(name) => name.contains(' '),
    };
    let spans: Vec<Span> = labels.iter().map(|label| reading.hits[label.hit].span).collect();
    let sentence = reading.layout.sentence_at(mention.span.start).unwrap_or(mention.span);
    let phrase = naming.phrase(sentence, mention.span, is_person, &spans);
    let mut places = vec![phrase, mention.span];
    places.extend(&spans);
    let mut marks = vec![("phrase", String::new(), ""), ("name", String::new(), "")];
    marks.extend(labels.iter().map(|label| {
        let term = &reading.inventory.term(reading.hits[label.hit].entry).text;
        ("label", term.clone(), label.rule)
    }));
    let wording = joined(phrase.of(&reading.article.text));
    let made = Made { places: &places, marks, wording, labelled: !labels.is_empty() };
    passage(reading, Subject::Target(key), mention.span, (mention.zone, mention.voice), made)
}

fn uses<'r>(reading: &'r Reading<'_>) -> impl Iterator<Item = Passage> + 'r {
    reading.hits.iter().filter(|hit| hit.dropped.is_none()).filter_map(|hit| {
        let group = reading.inventory.group_of(hit.entry);
        let GroupKind::Choice(choice) = group.kind else { return None };
        let (_, variant) = reading.inventory.choice(hit.entry)?;
        let made = Made {
            places: &[hit.span],
            marks: vec![("variant", variant.to_owned(), "")],
            wording: variant.to_owned(),
            labelled: false,
        };
        let subject = Subject::Choice(group.lexicon, choice);
        Some(passage(reading, subject, hit.span, (hit.zone, hit.voice), made))
    })
}

/// What is to be shown of a passage.
struct Made<'p> {
    places: &'p [Span],
    marks: Vec<(&'static str, String, &'static str)>,
    wording: String,
    labelled: bool,
}

fn passage(
    reading: &Reading<'_>,
    subject: Subject,
    at: Span,
    (zone, voice): (Zone, Voice),
    made: Made<'_>,
) -> Passage {
    let text = &reading.article.text;
    let sentence = reading.layout.sentence_at(at.start).unwrap_or(at);
    let quoted = excerpt(text, sentence, made.places);
    let segment = reading.layout.segment_at(at.start);
    let cue = segment.and_then(|s| s.cue).map(|index| &reading.layout.cues[index as usize]);
    let source = segment.and_then(|s| s.source).filter(|_| voice != Voice::Own);
    let marks = quoted.marks.iter().zip(made.marks);
    let mark = |(span, (kind, term, rule)): (&Span, _)| Mark { span: *span, kind, term, rule };
    Passage {
        subject,
        offset: at.start,
        line: reading.lines.number(at.start),
        sentence: quoted.text,
        marks: marks.map(mark).collect(),
        wording: made.wording,
        labelled: made.labelled,
        zone,
        voice,
        source: source.and_then(|source| named_source(reading, source)),
        cue: cue.map(|cue| joined(cue.span.of(text))).filter(|_| voice != Voice::Own),
    }
}

/// The source as written, or, for a pronoun, whom it stands for.
fn named_source(reading: &Reading<'_>, source: Span) -> Option<String> {
    let (speaker, named) = speaker_of(reading, source)?;
    let written = joined(source.of(&reading.article.text));
    let pronoun = matches!(written.to_lowercase().as_str(), "he" | "she" | "his" | "her");
    if !(pronoun && named) {
        return Some(written);
    }
    let lexicons = reading.inventory.lexicons().iter();
    let declared = lexicons.flat_map(|lexicon| &lexicon.targets).find(|t| t.id == speaker);
    Some(declared.map_or(speaker, |target| target.title.clone()))
}
