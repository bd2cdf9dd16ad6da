//! What a run in marks is: somebody's words, a scare, or a mention of a name, a title, a word.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashSet, FxHasher};

use super::marks::Quotation;
use super::vocabulary::{UNKNOWN, Vocabulary};
use super::zones::Paragraph;
use crate::text::{Span, Zone, words};

/// A run without a speaker of more words is a quotation all the same.
const SCARE_WORDS: usize = 5;

/// What a run in marks is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Quoted(&'static str),
    Scare(&'static str),
    Mention,
}

/// What is known of the speakers around a quotation.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// A cue stands in a sentence of the quotation.
    pub cue: bool,
    /// One stands in the sentence before or behind.
    pub adjoining: bool,
    /// "so-called" stands before it.
    pub doubted: bool,
    /// The paragraph behind reopens it.
    pub goes_on: bool,
}

/// Words in front of marks that say that a word or a name is meant.
const NAMERS: &[&str] = &[
    "word",
    "term",
    "phrase",
    "expression",
    "letter",
    "letters",
    "titled",
    "entitled",
    "named",
    "nicknamed",
    "hashtag",
    "spelled",
    "spelt",
    "acronym",
    "words",
    "terms",
    "phrases",
];
/// Nouns behind marks that say that they hold a name or the wording of something.
const NAMED: &[&str] = &[
    "slogan",
    "poster",
    "sign",
    "banner",
    "model",
    "program",
    "programme",
    "campaign",
    "scheme",
    "project",
    "series",
    "game",
    "song",
    "hashtag",
    "category",
    "label",
    "movement",
    "initiative",
];
/// Verbs of speech that take what is spoken of: the words in marks behind them are a speaker's.
const SPOKEN_OF: &[&str] = &[
    "discussing",
    "discussed",
    "discusses",
    "endorsed",
    "endorses",
    "endorsing",
    "touted",
    "touts",
    "touting",
    "outlined",
    "outlines",
    "outlining",
];
/// Words that titles leave small.
const LIGHT: &[&str] = &[
    "a", "an", "the", "of", "in", "on", "at", "by", "for", "to", "and", "or", "nor", "but", "as",
    "with", "from", "into", "over", "upon", "than", "vs", "is", "not", "de", "la", "le", "du",
    "von", "van",
];
/// Words behind marks that explain a word.
const EXPLAINERS: &[&str] = &["means", "meaning", "meant", "stands", "denotes"];

/// Judges every quotation; `around` runs parallel to `quotations`.
pub(super) fn judge(
    text: &str,
    quotations: &[Quotation],
    paragraphs: &[Paragraph],
    around: &[Around],
    vocabulary: &Vocabulary,
) -> Vec<Verdict> {
    let mut open = Vec::new();
    let mut verdicts: Vec<Verdict> = quotations
        .iter()
        .zip(around)
        .enumerate()
        .map(|(index, (quotation, around))| {
            let paragraph = paragraphs.get(quotation.paragraph).copied();
            first_judgement(text, quotation, paragraph, *around, vocabulary).unwrap_or_else(|| {
                open.push(index);
                Verdict::Scare("scare-marks")
            })
        })
        .collect();
    let wanted: FxHashSet<u64> = open
        .iter()
        .map(|&index| fingerprint(&folded_words(quotations[index].inner.of(text))))
        .collect();
    if wanted.is_empty() {
        return verdicts;
    }
    let mut said = FxHashSet::default();
    for (quotation, verdict) in quotations.iter().zip(&verdicts) {
        if matches!(verdict, Verdict::Quoted(_)) {
            let content = folded_words(quotation.inner.of(text));
            for length in 1..=SCARE_WORDS {
                let prints = content.windows(length).map(fingerprint);
                said.extend(prints.filter(|print| wanted.contains(print)));
            }
        }
    }
    for index in open {
        if said.contains(&fingerprint(&folded_words(quotations[index].inner.of(text)))) {
            verdicts[index] = Verdict::Quoted("quoted-elsewhere");
        }
    }
    verdicts
}

/// The verdict, unless it hangs on what the rest of the article quotes.
fn first_judgement(
    text: &str,
    quotation: &Quotation,
    paragraph: Option<Paragraph>,
    around: Around,
    vocabulary: &Vocabulary,
) -> Option<Verdict> {
    let inner = quotation.inner.of(text);
    let number = words::words(inner).take(SCARE_WORDS + 1).count();
    let headline = paragraph.is_some_and(|paragraph| paragraph.zone == Zone::Headline);
    let whole = paragraph.map_or(Span::default(), |paragraph| paragraph.span);
    let before = text.get(whole.start as usize..quotation.outer.start as usize).unwrap_or_default();
    let after = text.get(quotation.outer.end as usize..whole.end as usize).unwrap_or_default();
    if number == 0 {
        return Some(Verdict::Mention);
    }
    if quotation.outer == quotation.inner {
        return Some(Verdict::Quoted("block-quotation"));
    }
    if around.doubted {
        return Some(Verdict::Scare("so-called"));
    }
    if quotation.reopened || around.goes_on {
        return Some(Verdict::Quoted("reopened-quotation"));
    }
    // "claimed there were “fine people on both sides,” meaning …": spoken, and then explained.
    let spoken = around.cue && number > 2;
    if !headline && is_mention(inner, number, before, after, spoken, vocabulary) {
        return Some(Verdict::Mention);
    }
    if around.cue {
        let whole_sentence = inner.starts_with(char::is_uppercase) && number > 1
            || inner.ends_with([',', '.', '?', '!']) && before.is_empty();
        let rule = if whole_sentence { "direct-quotation" } else { "partial-quotation" };
        return Some(Verdict::Quoted(rule));
    }
    if !headline && is_utterance(inner, number, before, after) {
        return Some(Verdict::Quoted("direct-quotation"));
    }
    // "“I was only—,” Mr Hale began": the comma inside the marks hands over to a speaker.
    if inner.ends_with(',')
        && (before.is_empty() || before.trim_end().ends_with(['.', '?', '!', '”', '"']))
    {
        return Some(Verdict::Quoted("direct-quotation"));
    }
    if number > SCARE_WORDS {
        return Some(Verdict::Quoted("long-quotation"));
    }
    if around.adjoining && !headline {
        return Some(Verdict::Quoted("adjoining-attribution"));
    }
    None
}

/// "And they're like, “Yeah, but …”", "“Oh, here it comes.” Then …", "discussed the “harsh winter”".
fn is_utterance(inner: &str, number: usize, before: &str, after: &str) -> bool {
    let lead = last_words(before);
    let said = lead.iter().any(|word| SPOKEN_OF.contains(&word.as_str()));
    let capital = inner.starts_with(char::is_uppercase);
    let like = capital && lead.last().is_some_and(|word| word == "like");
    let opens = before.is_empty() || before.trim_end().ends_with(['.', '?', '!']);
    let ends = after.is_empty()
        || after.starts_with(['.', '?', '!'])
        || inner.ends_with(['.', '?', '!', '…']);
    let whole = capital && number > 2 && opens && ends && !title_case(inner, number);
    said || like || whole
}

fn is_mention(
    inner: &str,
    number: usize,
    before: &str,
    after: &str,
    spoken: bool,
    vocabulary: &Vocabulary,
) -> bool {
    let lead = last_words(before);
    let glued = before.is_empty()
        || before.trim_end().ends_with([',', ':', '.', '?', '!', '—', '"', '”', '’', '\'']);
    let behind = after.trim_start_matches([' ', ',']);
    if number <= SCARE_WORDS {
        // "a campaign called “Mend It”"; but "the mayor called “a lie” …".
        let called = lead.len() > 2
            && lead[lead.len() - 1] == "called"
            && lead[..lead.len() - 2].iter().any(|word| word == "a" || word == "an");
        let plain = match lead.last().map(String::as_str) {
            Some("the" | "a" | "an") => &lead[..lead.len() - 1],
            _ => &lead[..],
        };
        // "nicknamed the “Walrus”", "earned the name “Walrus”", "the “Mend It” campaign"
        let nick = plain.last().is_some_and(|word| word == "nicknamed" || word == "name");
        let kind = NAMED.contains(&first_word(behind)) && !after.starts_with(',');
        // "a moonwalk (“night pass”)", "a walk outside, or “night pass”, …"
        let bracketed = before.ends_with('(') && after.starts_with(')');
        let or = before.ends_with(", or ") && after.starts_with([',', '.', ')']);
        // "A “night pass” is a turn without light."
        let defined = matches!(lead.last().map(String::as_str), Some("a" | "an"))
            && ["is a ", "is an ", "is the ", "is one ", "is any "]
                .iter()
                .any(|words| behind.starts_with(words));
        if nick || kind || bracketed || or || defined && !spoken {
            return true;
        }
        let namer =
            called || lead.last().is_some_and(|word| NAMERS.contains(&word.as_str())) && !glued;
        // "a “kelp line”, the mark that weed leaves", "a “dry pass”, that is, …"
        let article = lead.last().is_some_and(|word| word == "a" || word == "an");
        let gloss = ["that is", "i.e", "meaning"].iter().any(|words| behind.starts_with(words))
            || article && ["the ", "a ", "an ", "or "].iter().any(|word| behind.starts_with(word));
        let gloss = gloss && after.starts_with([',', '(', '—', '–']);
        let explained = !spoken && (gloss || EXPLAINERS.contains(&first_word(behind)));
        // "what is called a “winter door”", "known to its members as the “Choir”"
        let called = ["is called", "are called", "was called", "were called", "known as"];
        let tail = last_bytes(before, 60).to_lowercase();
        let named = !behind.starts_with("by ")
            && (called.iter().any(|words| {
                tail.trim_end().trim_end_matches(" a").trim_end_matches(" the").ends_with(words)
            }) || tail.trim_end().trim_end_matches(" the").ends_with(" as")
                && tail.contains("known"));
        if named {
            return true;
        }
        if namer || explained {
            return true;
        }
        let nickname = number <= 3
            && before.ends_with(' ')
            && before
                .trim_end()
                .rsplit(' ')
                .next()
                .is_some_and(|word| word.starts_with(char::is_uppercase))
            && !before.trim_end().ends_with(['.', ',', ':'])
            && after.starts_with(' ')
            && behind.starts_with(char::is_uppercase)
            && inner.starts_with(char::is_uppercase);
        if nickname {
            return true;
        }
    }
    if !title_case(inner, number) {
        return false;
    }
    // A title is not led by a verb of speech, and is no sentence of its own.
    let led = lead.iter().any(|word| {
        let id = vocabulary.id(word);
        id != UNKNOWN && vocabulary.entry(id).verb.is_some_and(|(_, homograph)| !homograph)
    });
    // "Tell us about “Mend It”"
    let about = lead.last().is_some_and(|word| matches!(word.as_str(), "about" | "of" | "on"));
    let led = led && !about;
    let read_out =
        lead.last().is_some_and(|word| matches!(word.as_str(), "read" | "reads" | "reading"));
    let sentence = glued
        && (before.is_empty() || before.trim_end().ends_with(['"', '”', '’', '\'']))
        && inner.ends_with([',', '.', '?', '!']);
    let comma_led = before.trim_end().ends_with([':']);
    let opens = before.is_empty() || before.trim_end().ends_with(['.', '?', '!']);
    !led && !read_out
        && !sentence
        && !comma_led
        && (number > 1 || !opens && !inner.ends_with(['?', '!']))
}

/// The last four words before the marks, lower-case.
fn last_words(before: &str) -> Vec<String> {
    let tail = last_bytes(before, 80);
    let mut last: Vec<String> =
        words::words(tail).map(|word| word.of(tail).to_lowercase()).collect();
    last.drain(..last.len().saturating_sub(4));
    last
}

fn last_bytes(text: &str, number: usize) -> &str {
    let floor =
        (text.len().saturating_sub(number)..=text.len()).find(|&at| text.is_char_boundary(at));
    &text[floor.unwrap_or(text.len())..]
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(text.len());
    &text[..end]
}

/// Every word of weight begins with a capital: a title or a name.
fn title_case(inner: &str, number: usize) -> bool {
    let mut capitals = 0;
    let mut first = true;
    for word in words::words(inner).take(12) {
        let content = word.of(inner);
        let capital = content.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let light = LIGHT.contains(&content);
        if !capital && (!light || first) {
            return false;
        }
        capitals += usize::from(capital);
        first = false;
    }
    capitals > usize::from(number > 1) && !inner.starts_with("I ")
}

fn folded_words(text: &str) -> Vec<String> {
    words::words(text).map(|word| word.of(text).to_lowercase().replace('’', "'")).collect()
}

fn fingerprint<S: AsRef<str>>(words: &[S]) -> u64 {
    let mut hasher = FxHasher::default();
    for word in words {
        word.as_ref().hash(&mut hasher);
    }
    hasher.finish()
}
