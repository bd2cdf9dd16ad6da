//! Who a source is: a target, a description, or nobody that can be told.

use super::classes::Classes;
use super::model::{Links, TargetRef};
use crate::lexicon::{Inventory, TargetKind};
use crate::text::{Folded, Span};

/// Longest description of a source, in bytes.
const LONGEST: usize = 80;

/// Who speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Speaker {
    /// A target: index into [`Links::targets`].
    Target(usize),
    /// Somebody without a name: "a senior official".
    Described(String),
    /// Nobody that can be told from the words.
    Unnamed,
}

/// The speaker behind the words at `source`. `before` is where the words end that a pronoun may
/// point to, and begins where those of the sentence before it do.
///
/// A name is the speaker where it heads the phrase: behind titles, adjectives and an adverbial that
/// opens the sentence, before a comma or a preposition. "He" and "she" are the one person named
/// since the sentence before; where two could be meant they are nobody. A phrase that begins with
/// a conjunction or a question word, or is cut off, names nobody.
pub fn speaker(
    text: &str,
    folded: &Folded,
    links: &Links,
    inventory: &Inventory,
    source: Span,
    before: Span,
) -> Speaker {
    let reader = Reader { text, folded, links, inventory };
    let words = folded.tokens_in(source);
    if words.is_empty() {
        return Speaker::Unnamed;
    }
    if words.len() == 1
        && reader.classes(words.start).meets(Classes::PRONOUN.with(Classes::POSSESSIVE))
    {
        return reader.antecedent(words.start, before);
    }
    match reader.head(source) {
        Some(target) => Speaker::Target(target),
        None => reader.description(source),
    }
}

struct Reader<'a> {
    text: &'a str,
    folded: &'a Folded,
    links: &'a Links,
    inventory: &'a Inventory,
}

impl Reader<'_> {
    fn classes(&self, word: usize) -> Classes {
        self.folded
            .tokens()
            .get(word)
            .map_or(Classes::NONE, |token| Classes::of_token(self.folded, token))
    }

    fn form(&self, word: usize) -> &str {
        self.folded.tokens().get(word).map_or("", |token| self.folded.bare(token))
    }

    fn is_capital(&self, word: usize) -> bool {
        let token = &self.folded.tokens()[word];
        token.span.of(self.text).chars().next().is_some_and(char::is_uppercase)
    }

    /// The mentions inside a span.
    fn mentions(&self, span: Span) -> impl Iterator<Item = &super::model::Mention> {
        let first = self.links.mentions.partition_point(|mention| mention.span.start < span.start);
        self.links.mentions[first..].iter().take_while(move |mention| mention.span.end <= span.end)
    }

    fn may_speak(&self, target: usize) -> bool {
        match &self.links.targets[target] {
            TargetRef::Declared { lexicon, target } => {
                self.inventory.lexicons()[*lexicon].targets[*target].kind != TargetKind::Policy
            }
            TargetRef::Found(_) => true,
        }
    }

    /// The target whose name heads the phrase.
    fn head(&self, source: Span) -> Option<usize> {
        let words = self.folded.tokens_in(source);
        let mut mentions = self.mentions(source).peekable();
        let mention = mentions.next()?;
        let name = self.folded.tokens_in(mention.span);
        let joined = |marks: &str| marks.chars().all(|c| c.is_whitespace() || c == '.' || c == '-');
        // "the Ruritanian government", "Lind's lawyer", "Lind supporters": another noun is the head.
        let goes_on = name.end < words.end
            && joined(self.folded.gap_text(name.end))
            && !self.classes(name.end).meets(Classes::PREPOSITION.with(Classes::ADVERB));
        let last = &self.folded.tokens()[name.end - 1];
        if goes_on || last.is_possessive() || !self.may_speak(mention.target) {
            return None;
        }
        // "Lind and Brask", "aides to Lind".
        let coordinated =
            (name.end..words.end).any(|at| self.classes(at).meets(Classes::COORDINATOR));
        let mut first = name.start;
        while first > words.start {
            let before = self.classes(first - 1);
            let open = before.meets(Classes::TITLE)
                || before.meets(Classes::DEFINITE)
                || !before.meets(Classes::FUNCTION.with(Classes::REPORT));
            let office = self.form(first - 1) == "of"
                && first - 1 > words.start
                && self.classes(first - 2).meets(Classes::TITLE);
            if !(open || office) || !joined(self.folded.gap_text(first)) {
                break;
            }
            first -= 1;
        }
        let adverbial = first == words.start || {
            let opener = self.classes(words.start);
            let comma = self.folded.gap_text(first).contains(',');
            opener.meets(Classes::PREPOSITION) && self.is_capital(words.start) && comma
        };
        (adverbial && !coordinated).then_some(mention.target)
    }

    /// The one person that "he" or "she" can be.
    fn antecedent(&self, word: usize, before: Span) -> Speaker {
        if !matches!(self.form(word), "he" | "she" | "his" | "her") {
            return Speaker::Unnamed;
        }
        let mut only = None;
        for mention in self.mentions(before) {
            let person = match &self.links.targets[mention.target] {
                TargetRef::Declared { lexicon, target } => {
                    self.inventory.lexicons()[*lexicon].targets[*target].kind == TargetKind::Person
                }
                TargetRef::Found(name) => !name.contains(['.', '&']),
            };
            if person && only.replace(mention.target).is_some_and(|other| other != mention.target) {
                return Speaker::Unnamed;
            }
        }
        only.map_or(Speaker::Unnamed, Speaker::Target)
    }

    /// The phrase up to a comma or a verb, in the case of running text.
    fn description(&self, source: Span) -> Speaker {
        let words = self.folded.tokens_in(source);
        let opener = self.classes(words.start);
        let not_a_phrase = Classes::SUBORDINATOR
            .with(Classes::PREPOSITION)
            .with(Classes::COORDINATOR)
            .with(Classes::PRONOUN)
            .with(Classes::AUXILIARY)
            .with(Classes::NEGATOR)
            .with(Classes::MODAL)
            .with(Classes::BE);
        if opener.meets(not_a_phrase) {
            return Speaker::Unnamed;
        }
        let verbal = Classes::BE
            .with(Classes::AUXILIARY)
            .with(Classes::MODAL)
            .with(Classes::SUBORDINATOR)
            .with(Classes::REPORT);
        let mut end = words.start;
        while end < words.end {
            let cut = end > words.start
                && (self.folded.gap_text(end).contains([',', ';', ':', '(', '"', '“', '”'])
                    || self.classes(end).meets(verbal));
            if cut {
                break;
            }
            end += 1;
        }
        let hanging = Classes::PREPOSITION.with(Classes::COORDINATOR).with(Classes::DETERMINER);
        while end > words.start && self.classes(end - 1).meets(hanging) {
            end -= 1;
        }
        let content = (words.start..end).any(|at| !self.classes(at).meets(Classes::FUNCTION));
        if !content {
            return Speaker::Unnamed;
        }
        let tokens = self.folded.tokens();
        let span = Span { start: tokens[words.start].span.start, end: tokens[end - 1].bare_end };
        let text = span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        if text.len() > LONGEST {
            return Speaker::Unnamed;
        }
        let named = self.mentions(span).next().is_some_and(|m| m.span.start == span.start);
        let title = end > words.start + 1
            && self.is_capital(words.start + 1)
            && !opener.meets(Classes::DETERMINER);
        Speaker::Described(if named || title { text } else { lowered(&text) })
    }
}

/// The text with its first letter in lower case, unless all of the first word is in capitals.
fn lowered(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    if first.chars().filter(|c| c.is_uppercase()).count() > 1 {
        return text.to_owned();
    }
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |c| c.to_lowercase().chain(rest).collect())
}
