//! The phrase in which a name stands: what a reader compares when two outlets name the same.

use super::classes::Classes;
use super::scene::Marks;
use crate::text::{Folded, Span};

/// Words before a name that its phrase may take in, beside titles and other names.
const BEFORE: usize = 4;

/// The phrase around the name at `name` within `sentence`: labels on it with what stands between,
/// titles, adjectives and nouns before it; where it is a place that has none of them, the
/// preposition before it with what that hangs on ("the situation in Ukraine"). Always holds the
/// name.
pub fn naming_phrase(
    folded: &Folded,
    sentence: Span,
    name: Span,
    is_person: bool,
    labels: &[Span],
) -> Span {
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
        if !label.is_empty() && words.contains(&label.start) && words.contains(&(label.end - 1)) {
            first = first.min(label.start);
            last = last.max(label.end - 1);
        }
    }
    let reader = Reader { folded, from: words.start };
    let bare = first == name_words.start && last == name_words.end - 1;
    first = reader.over_modifiers(first, !bare);
    if bare && !is_person && first == name_words.start {
        first = reader.over_preposition(first);
    }
    let (start, end) = (tokens[first].span.start, tokens[last].bare_end.max(name.end));
    Span { start, end }
}

struct Reader<'a> {
    folded: &'a Folded,
    /// The first word of the sentence.
    from: usize,
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
        while let Some(before) = self.joined_before(first) {
            let classes = self.classes(before);
            let content = !classes.meets(Classes::FUNCTION.with(Classes::REPORT));
            let form = self.folded.bare(&self.folded.tokens()[before]);
            let title = classes.meets(Classes::TITLE) || self.is_capital(before) && content;
            // "the continuing crisis", not "inviting rogue states".
            let verb_like = form.ends_with("ing") || form.ends_with("ed");
            let set_off = || {
                let left = self.joined_before(before);
                left.is_some_and(|left| self.classes(left).meets(Classes::DETERMINER))
            };
            let modifier = content
                && plain < BEFORE
                && !classes.meets(Classes::ADVERB.with(Classes::CALL).with(Classes::CALL_AS))
                && (!verb_like || set_off());
            let title = title || first < word && self.joins_office(before);
            if !title && !modifier {
                let takes = labelled || first < word;
                return if takes && classes.meets(Classes::DETERMINER) { before } else { first };
            }
            plain += usize::from(!title);
            first = before;
        }
        first
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
        if !self.classes(preposition).meets(Classes::PREPOSITION) {
            return word;
        }
        let Some(noun) = self.joined_before(preposition) else { return preposition };
        if self.classes(noun).meets(Classes::FUNCTION) || self.is_capital(noun) {
            return preposition;
        }
        let over = self.over_modifiers(noun, true);
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
        naming_phrase(&Folded::new(text), whole, place(name), is_person, &labels)
            .of(text)
            .to_owned()
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
        assert_eq!(phrase(text, "Syldavia", false, &[]), "through Syldavia");
        assert_eq!(
            phrase("A deal by working with Syldavia.", "Syldavia", false, &[]),
            "working with Syldavia"
        );
    }

    #[test]
    fn a_label_behind_the_name() {
        let text = "They fought the Lind regime throughout.";
        assert_eq!(phrase(text, "Lind", true, &["regime"]), "the Lind regime");
    }
}
