//! A sentence as it is quoted: blanks joined, cut where it is very long, places marked.

use crate::text::Span;

/// Longest sentence, in bytes, that is quoted whole; a longer one is cut around what is marked.
const LONGEST_SENTENCE: usize = 600;

/// A sentence as it is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Excerpt {
    /// Blanks joined; an ellipsis where it is cut.
    pub text: String,
    /// Bytes of `text` that hold each place asked for, in the order of asking.
    pub marks: Vec<Span>,
}

/// The sentence of `text` at `sentence`, stretched to hold every place of `places`, and where they
/// stand in it.
pub fn excerpt(text: &str, sentence: Span, places: &[Span]) -> Excerpt {
    let first = places.iter().map(|place| place.start).min().unwrap_or(sentence.start);
    let last = places.iter().map(|place| place.end).max().unwrap_or(sentence.end);
    let cut = Cut::of(text, sentence, Span { start: first, end: last });
    let mut shown = String::new();
    cut.begin(&mut shown);
    let mut borders: Vec<usize> =
        places.iter().flat_map(|place| [place.start as usize, place.end as usize]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut at = Vec::with_capacity(borders.len());
    let mut from = cut.start;
    for &border in &borders {
        push_joined(&mut shown, &text[from..border]);
        at.push(shown.len());
        from = border;
    }
    push_joined(&mut shown, &text[from..cut.end]);
    cut.end(&mut shown);
    let place_of = |byte: u32| {
        let index = borders.partition_point(|border| *border < byte as usize);
        at.get(index).copied().unwrap_or(shown.len())
    };
    let marks =
        places.iter().map(|place| Span::new(place_of(place.start), place_of(place.end))).collect();
    Excerpt { text: shown, marks }
}

/// The same for one place, into space that was used before; where the place stands in it.
pub(super) fn excerpt_into(shown: &mut String, text: &str, sentence: Span, place: Span) -> Span {
    let cut = Cut::of(text, sentence, place);
    shown.clear();
    cut.begin(shown);
    push_joined(shown, &text[cut.start..place.start as usize]);
    let start = shown.len();
    push_joined(shown, place.of(text));
    let end = shown.len();
    push_joined(shown, &text[place.end as usize..cut.end]);
    cut.end(shown);
    Span::new(start, end)
}

/// What is quoted of a sentence.
struct Cut {
    whole: Span,
    start: usize,
    end: usize,
}

impl Cut {
    /// Of a sentence, stretched to hold what is marked.
    fn of(text: &str, sentence: Span, marked: Span) -> Self {
        let (first, last) = (marked.start, marked.end);
        let whole = Span { start: sentence.start.min(first), end: sentence.end.max(last) };
        let (mut start, mut end) = (whole.start as usize, whole.end as usize);
        if whole.len() > LONGEST_SENTENCE {
            let room = LONGEST_SENTENCE.saturating_sub((last - first) as usize) / 2;
            start = start.max((first as usize).saturating_sub(room));
            end = end.min(last as usize + room);
            while !text.is_char_boundary(start) {
                start += 1;
            }
            while !text.is_char_boundary(end) {
                end -= 1;
            }
        }
        Self { whole, start, end }
    }

    fn begin(&self, shown: &mut String) {
        if self.start > self.whole.start as usize {
            shown.push('…');
        }
    }

    fn end(&self, shown: &mut String) {
        if self.end < self.whole.end as usize {
            shown.push('…');
        }
    }
}

/// One blank where any stand, none at the ends.
pub fn joined(text: &str) -> String {
    let mut shown = String::new();
    joined_into(&mut shown, text);
    shown
}

/// The same into space that was used before.
pub(super) fn joined_into<'s>(shown: &'s mut String, text: &str) -> &'s str {
    shown.clear();
    push_joined(shown, text);
    shown.truncate(shown.trim_end_matches(' ').len());
    shown
}

/// Appends `piece` with every run of blanks as one.
fn push_joined(shown: &mut String, piece: &str) {
    let mut rest = piece;
    loop {
        let at_blank = shown.is_empty() || shown.ends_with(' ');
        let (as_it_is, behind) = rest.split_at(joined_length(rest.as_bytes(), at_blank));
        shown.push_str(as_it_is);
        let mut characters = behind.chars();
        match characters.next() {
            None => return,
            Some(c) if !c.is_whitespace() => shown.push(c),
            Some(_) if shown.is_empty() || shown.ends_with(' ') => {}
            Some(_) => shown.push(' '),
        }
        rest = characters.as_str();
    }
}

/// Bytes that are looked at together.
const CHUNK: usize = 32;

/// How many bytes at the beginning have single spaces alone for blanks, as far as bytes tell.
fn joined_length(bytes: &[u8], at_blank: bool) -> usize {
    // Other blanks are control characters, or begin with one of these bytes.
    let is_other = |before: u8, byte: u8| {
        (byte < b' ')
            | (byte == b' ') & (before == b' ')
            | (byte == 0xc2)
            | (byte.wrapping_sub(0xe1) < 3)
    };
    let first = |&byte: &u8| !is_other(if at_blank { b' ' } else { 0 }, byte);
    if !bytes.first().is_some_and(first) {
        return 0;
    }
    let mut at = 1;
    let next = |at: usize| Some((bytes[at - 1..].first_chunk()?, bytes[at..].first_chunk()?));
    while let Some((before, chunk)) = next(at) {
        let (before, chunk): (&[u8; CHUNK], &[u8; CHUNK]) = (before, chunk);
        let pairs = before.iter().zip(chunk);
        if pairs.fold(false, |any, (&before, &byte)| any | is_other(before, byte)) {
            break;
        }
        at += CHUNK;
    }
    let rest = bytes[at - 1..].windows(2);
    at + rest.take_while(|pair| !is_other(pair[0], pair[1])).count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_joined_as_its_words_are(
            pieces in prop::collection::vec(
                prop::sample::select(vec![
                    "a", "word", " ", " ", "  ", "\n", "\t", "\u{a0}", "\u{2003}", "\u{3000}", "\u{85}",
                    "\u{1c}", "é", "“x”", "—", "â", "some longer run of words",
                ]),
                0..60,
            ),
            cuts in any::<[prop::sample::Index; 4]>(),
        ) {
            let text = pieces.concat();
            let words: Vec<&str> = text.split_whitespace().collect();
            prop_assert_eq!(joined(&text), words.join(" "));
            let mut cuts = cuts.map(|cut| {
                let places: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
                *cut.get(&places)
            });
            cuts.sort_unstable();
            let [start, from, to, end] = cuts;
            let (sentence, place) = (Span::new(start, end), Span::new(from, to));
            let mut shown = String::from("used before");
            let mark = excerpt_into(&mut shown, &text, sentence, place);
            prop_assert_eq!(Excerpt { text: shown, marks: vec![mark] }, excerpt(&text, sentence, &[place]));
        }
    }

    #[test]
    fn places_keep_their_words() {
        let text = "One two\n three  four. Five";
        let places = [Span::new(9, 14), Span::new(4, 14)];
        let found = excerpt(text, Span::new(0, 21), &places);
        assert_eq!(found.text, "One two three four.");
        let of = |mark: &Span| mark.of(&found.text).to_owned();
        assert_eq!(found.marks.iter().map(of).collect::<Vec<_>>(), ["three", "two three"]);
    }

    #[test]
    fn every_blank_is_joined() {
        for (piece, whole) in [
            ("a b", "x a b"),
            (" a", "x a"),
            ("a  b", "x a b"),
            ("a\u{a0}b", "x a b"),
            ("“a”\tb\u{3000} c ", "x “a” b c "),
        ] {
            let mut shown = String::from("x ");
            push_joined(&mut shown, piece);
            assert_eq!(shown, whole);
        }
        let mut shown = String::new();
        push_joined(&mut shown, " a b");
        assert_eq!(shown, "a b");
    }

    #[test]
    fn a_long_sentence_is_cut_around_its_marks() {
        let text = format!("{}X{}", "é ".repeat(400), " é".repeat(400));
        let place = Span::new(1200, 1201);
        let found = excerpt(&text, Span::new(0, text.len()), &[place]);
        assert!(found.text.starts_with('…') && found.text.ends_with('…'));
        assert_eq!(found.marks[0].of(&found.text), "X");
    }
}
