//! The phrase in which a name stands: what a reader compares when two outlets name the same.

use std::cell::Cell;

use super::classes::Classes;
use super::scene::Marks;
use crate::text::{Folded, Span};

/// Words before a name that its phrase may take in, beside titles and other names.
const BEFORE: usize = 4;
/// Words before a name that its phrase may take in at all, titles and other names among them.
const AT_MOST_BEFORE: usize = 40;

/// Finds the phrases in which the names of an article stand, sentence after sentence.
pub struct Naming<'a> {
    folded: &'a Folded,
    /// The sentence asked about last, and whether it is written as a headline of some papers is.
    titled: Cell<Option<(Span, bool)>>,
}

impl<'a> Naming<'a> {
    /// For one article.
    pub fn new(folded: &'a Folded) -> Self {
        Self { folded, titled: Cell::new(None) }
    }

    /// The phrase around the name at `name` within `sentence`: labels on it with what stands between,
    /// titles, adjectives and nouns before it; where it is a place that has none of them, the
    /// preposition before it with what that hangs on ("the situation in Ukraine"). Always holds the
    /// name.
    pub fn phrase(&self, sentence: Span, name: Span, is_person: bool, labels: &[Span]) -> Span {
        let folded = self.folded;
        let words = folded.tokens_in(sentence);
        let tokens = folded.tokens();
        let holds = |span: Span| folded.tokens_in(span);
        let name_words = holds(name);
        if name_words.is_empty() || !words.contains(&name_words.start) {
            return name;
        }
        let (mut first, mut last) = (name_words.start, name_words.end - 1);
        for label in labels {
            let label = holds(*label);
            if !label.is_empty() && words.contains(&label.start) && words.contains(&(label.end - 1))
            {
                first = first.min(label.start);
                last = last.max(label.end - 1);
            }
        }
        let reader = Reader { folded, from: words.start, titled: self.is_titled(sentence) };
        let bare = first == name_words.start && last == name_words.end - 1;
        first = reader.over_modifiers(first, !bare);
        if bare && !is_person && first == name_words.start {
            first = reader.over_preposition(first);
        }
        let (start, end) = (tokens[first].span.start, tokens[last].bare_end.max(name.end));
        Span { start, end: reader.with_stop(Span { start, end }) }
    }

    fn is_titled(&self, sentence: Span) -> bool {
        match self.titled.get() {
            Some((of, titled)) if of == sentence => titled,
            _ => {
                let titled = is_titled(self.folded, &self.folded.tokens_in(sentence));
                self.titled.set(Some((sentence, titled)));
                titled
            }
        }
    }
}

struct Reader<'a> {
    folded: &'a Folded,
    /// The first word of the sentence.
    from: usize,
    /// Whether most of its words have a capital, which then tells nothing.
    titled: bool,
}

/// Whether most of the longer words have a capital: a headline of some papers.
fn is_titled(folded: &Folded, words: &std::ops::Range<usize>) -> bool {
    let long = |at: &usize| folded.bare(&folded.tokens()[*at]).len() > 3;
    let capital = |at: &usize| {
        let span = folded.tokens()[*at].span;
        span.of(folded.text()).chars().next().is_some_and(char::is_uppercase)
    };
    let all = words.clone().skip(1).filter(long).count();
    all > 1 && words.clone().skip(1).filter(long).filter(capital).count() * 10 >= all * 7
}

impl Reader<'_> {
    fn classes(&self, word: usize) -> Classes {
        self.folded.tokens().get(word).map_or(Classes::NONE, |t| Classes::of(self.folded.bare(t)))
    }

    fn is_capital(&self, word: usize) -> bool {
        let span = self.folded.tokens()[word].span;
        let first = span.of(self.folded.text()).chars().next();
        first.is_some_and(char::is_uppercase)
    }

    /// The word before, if both belong to one phrase.
    fn joined_before(&self, word: usize) -> Option<usize> {
        let before = word.checked_sub(1).filter(|&before| before >= self.from)?;
        let gap = self.folded.gap_text(word);
        // "Mr. Lind", "U.S. Senator".
        let short =
            gap == ". " && (self.classes(before).meets(Classes::TITLE) || self.has_stop(before));
        (short || !Marks::of(gap).meets(Marks::BREAK)).then_some(before)
    }

    /// Whether the word is an initialism with full stops, of which the last ends it.
    fn has_stop(&self, word: usize) -> bool {
        self.folded.tokens()[word].span.of(self.folded.text()).contains('.')
    }

    /// Whether "of" at `word` joins an office to what it is of ("Secretary of State").
    fn joins_office(&self, word: usize) -> bool {
        self.folded.bare(&self.folded.tokens()[word]) == "of"
            && self.joined_before(word).is_some_and(|office| {
                self.classes(office).meets(Classes::TITLE) && self.is_capital(office)
            })
    }

    /// From `word` to the left over what modifies it; `labelled` takes the determiner in too.
    fn over_modifiers(&self, word: usize, labelled: bool) -> usize {
        let mut first = word;
        let mut plain = 0;
        while let Some(before) = self.joined_before(first).filter(|at| at + AT_MOST_BEFORE >= word)
        {
            let classes = self.classes(before);
            let content = !classes.meets(Classes::FUNCTION.with(Classes::REPORT));
            let form = self.folded.bare(&self.folded.tokens()[before]);
            // "Mr. President, Ada Lind": who is spoken to; "11 Lind": an item of a list.
            let honorific = matches!(form, "mr" | "mrs" | "ms" | "madam");
            let spoken_to = honorific
                && self.folded.tokens().get(before + 1).is_some_and(|next| {
                    matches!(self.folded.bare(next), "president" | "speaker" | "chairman")
                });
            let number = form.starts_with(|c: char| c.is_ascii_digit());
            if spoken_to || number {
                return first;
            }
            let capital = self.is_capital(before) && content && !self.titled;
            let title = classes.meets(Classes::TITLE) || capital;
            // "the continuing crisis", "successor Ada Lind", not "inviting rogue states", "met Lind".
            let noun = classes.meets(Classes::ROLE.with(Classes::STANDING).with(Classes::BODY));
            let verb_like = form.ends_with("ing") || form.ends_with("ed");
            let modifier = content
                && plain < BEFORE
                && !classes.meets(Classes::ADVERB.with(Classes::CALL).with(Classes::CALL_AS))
                && (labelled && !verb_like || noun || self.is_set_off(before));
            let title = title || first < word && self.joins_office(before);
            if !title && !modifier {
                let takes = labelled || first < word;
                // "that" opens a clause more often than a phrase.
                let determines = classes.meets(Classes::DETERMINER) && form != "that";
                return if takes && determines { before } else { first };
            }
            plain += usize::from(!title);
            first = before;
        }
        first
    }

    /// Whether a determiner opens the phrase that the word belongs to, a few words to the left.
    fn is_set_off(&self, word: usize) -> bool {
        let mut at = word;
        for _ in 0..BEFORE {
            let Some(before) = self.joined_before(at) else { return false };
            let classes = self.classes(before);
            if classes.meets(Classes::DETERMINER) {
                return true;
            }
            if classes.meets(Classes::FUNCTION.with(Classes::REPORT)) {
                return false;
            }
            at = before;
        }
        false
    }

    /// The end of the span, with the full stop that belongs to an initialism there ("U.S.").
    fn with_stop(&self, span: Span) -> u32 {
        let text = self.folded.text();
        let last = span.of(text).rsplit(char::is_whitespace).next().unwrap_or_default();
        let stop = text.get(span.end as usize..).is_some_and(|rest| rest.starts_with('.'));
        let letters = last.contains('.') && !last.ends_with('.');
        span.end + u32::from(stop && letters)
    }

    /// From a bare name to the left over "X and", a preposition, and the noun that it hangs on.
    fn over_preposition(&self, word: usize) -> usize {
        let mut first = word;
        if let Some(and) = self.joined_before(first)
            && self.classes(and).meets(Classes::COORDINATOR)
            && let Some(other) = self.joined_before(and).filter(|&other| self.is_capital(other))
        {
            first = other;
        }
        let Some(preposition) = self.joined_before(first) else { return word };
        let form = self.folded.bare(&self.folded.tokens()[preposition]);
        let compares = matches!(form, "as" | "than" | "like" | "unlike" | "including");
        if !self.classes(preposition).meets(Classes::PREPOSITION) || compares {
            return word;
        }
        // Without a noun the preposition says nothing of the place.
        let Some(noun) = self.joined_before(preposition) else { return word };
        if self.classes(noun).meets(Classes::FUNCTION) || self.is_capital(noun) {
            return word;
        }
        let form = self.folded.bare(&self.folded.tokens()[noun]);
        // "arrived in Ottawa": a verb; what stands before it is its subject.
        if form.ends_with("ed") {
            return noun;
        }
        let over = self.over_modifiers(noun, false);
        let determiner = self.joined_before(over).filter(|&at| {
            let that = self.folded.bare(&self.folded.tokens()[at]) == "that";
            over == noun && self.classes(at).meets(Classes::DETERMINER) && !that
        });
        let over = determiner.unwrap_or(over);
        let all = self.folded.tokens()[over].span.start..self.folded.tokens()[word].span.start;
        // A phrase longer than this names the sentence, not the place.
        if all.len() > 60 { noun } else { over }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(text: &str, name: &str, is_person: bool, labels: &[&str]) -> String {
        let place = |of: &str| {
            let start = text.find(of).expect("in the text");
            Span::new(start, start + of.len())
        };
        let labels: Vec<Span> = labels.iter().map(|label| place(label)).collect();
        let whole = Span::new(0, text.len());
        let folded = Folded::new(text);
        let phrase = Naming::new(&folded).phrase(whole, place(name), is_person, &labels);
        phrase.of(text).to_owned()
    }

    #[test]
    fn a_person_with_titles_and_labels() {
        let text = "The radical Ruritanian Prime Minister Ada Lind spoke.";
        assert_eq!(
            phrase(text, "Ada Lind", true, &["radical"]),
            "The radical Ruritanian Prime Minister Ada Lind"
        );
        assert_eq!(phrase("He met with Mr. Lind today.", "Lind", true, &[]), "Mr. Lind");
        let text = "There U.S. Secretary of State Ada Lind spoke of inviting radical states like Syldavia.";
        assert_eq!(phrase(text, "Ada Lind", true, &[]), "U.S. Secretary of State Ada Lind");
        assert_eq!(phrase(text, "Syldavia", false, &["radical"]), "radical states like Syldavia");
        assert_eq!(
            phrase("Talks with successor Ada Lind", "Ada Lind", true, &[]),
            "successor Ada Lind"
        );
    }

    #[test]
    fn a_place_with_what_it_hangs_on() {
        let text = "They discussed the worsening crisis in Ruritania and Syldavia today.";
        assert_eq!(
            phrase(text, "Ruritania", false, &["crisis"]),
            "the worsening crisis in Ruritania"
        );
        assert_eq!(
            phrase(text, "Syldavia", false, &[]),
            "the worsening crisis in Ruritania and Syldavia"
        );
        let text = "A channel to Ruritania through Syldavia.";
        assert_eq!(phrase(text, "Syldavia", false, &[]), "Syldavia");
        assert_eq!(
            phrase("A deal by working with Syldavia.", "Syldavia", false, &[]),
            "working with Syldavia"
        );
    }

    #[test]
    fn what_is_no_part_of_it() {
        let text = "They want to convince Ruritania of it.";
        assert_eq!(phrase(text, "Ruritania", false, &[]), "Ruritania");
        let text = "Item 11 Mr. President Ada Lind has written.";
        assert_eq!(phrase(text, "Ada Lind", true, &[]), "President Ada Lind");
        let text = "Minister Travels to Town to Discuss Ruritania";
        assert_eq!(phrase(text, "Ruritania", false, &[]), "Ruritania");
        let text = "Minister Ada Lind listens as U.S. Secretary Tom Brask speaks.";
        assert_eq!(phrase(text, "U.S", false, &[]), "U.S.");
        let text = "He said that Ruritania policy on bread by comments from Syldavia had failed.";
        assert_eq!(phrase(text, "Ruritania", false, &[]), "Ruritania");
        assert_eq!(phrase(text, "Syldavia", false, &[]), "comments from Syldavia");
        let text = "Minister Ada Lind arrived in Syldavia with a plan for Ruritania.";
        assert_eq!(phrase(text, "Syldavia", false, &[]), "arrived in Syldavia");
        assert_eq!(phrase(text, "Ruritania", false, &[]), "a plan for Ruritania");
        let text = "We met President Ada Lind there.";
        assert_eq!(phrase(text, "Ada Lind", true, &[]), "President Ada Lind");
    }

    #[test]
    fn a_label_behind_the_name() {
        let text = "They fought the Lind regime throughout.";
        assert_eq!(phrase(text, "Lind", true, &["regime"]), "the Lind regime");
    }

    #[test]
    fn a_roll_of_names_is_no_phrase() {
        let text = format!("{}Ada Lind spoke.", "senator Brask ".repeat(100));
        let found = phrase(&text, "Ada Lind", true, &[]);
        assert_eq!(found.split(' ').count(), 2 + AT_MOST_BEFORE);
    }

    #[test]
    fn each_sentence_is_looked_at_for_itself() {
        let text =
            "Minister Travels to Town to Discuss Ruritania. The radical Ada Lind spoke there.";
        let folded = Folded::new(text);
        let naming = Naming::new(&folded);
        let find = |part: &str| {
            let start = text.find(part).expect("in the text");
            Span::new(start, start + part.len())
        };
        let headline = find("Minister Travels to Town to Discuss Ruritania.");
        let sentence = find("The radical Ada Lind spoke there.");
        let of = |sentence, name| naming.phrase(sentence, find(name), true, &[]).of(text);
        for _ in 0..2 {
            assert_eq!(of(headline, "Ruritania"), "Ruritania");
            assert_eq!(of(sentence, "Ada Lind"), "The radical Ada Lind");
        }
    }
}
