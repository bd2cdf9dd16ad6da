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
    let mut shown = String::new();
    if start > whole.start as usize {
        shown.push('…');
    }
    let mut borders: Vec<usize> =
        places.iter().flat_map(|place| [place.start as usize, place.end as usize]).collect();
    borders.sort_unstable();
    borders.dedup();
    let mut at = Vec::with_capacity(borders.len());
    let mut from = start;
    for &border in &borders {
        push_joined(&mut shown, &text[from..border]);
        at.push(shown.len());
        from = border;
    }
    push_joined(&mut shown, &text[from..end]);
    if end < whole.end as usize {
        shown.push('…');
    }
    let place_of = |byte: u32| {
        let index = borders.partition_point(|border| *border < byte as usize);
        at.get(index).copied().unwrap_or(shown.len())
    };
    let marks =
        places.iter().map(|place| Span::new(place_of(place.start), place_of(place.end))).collect();
    Excerpt { text: shown, marks }
}

/// One blank where any stand, none at the ends.
pub fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Appends `piece` with every run of blanks as one.
fn push_joined(shown: &mut String, piece: &str) {
    let at_blank = shown.is_empty() || shown.ends_with(' ');
    if !(at_blank && piece.starts_with(' ')) && is_joined(piece) {
        shown.push_str(piece);
        return;
    }
    for (number, run) in piece.split(char::is_whitespace).enumerate() {
        if number > 0 && !shown.ends_with(' ') && !shown.is_empty() {
            shown.push(' ');
        }
        shown.push_str(run);
    }
}

/// Whether single spaces are all the blanks of a piece, as far as its bytes tell.
fn is_joined(piece: &str) -> bool {
    let mut space = false;
    piece.bytes().all(|byte| {
        let again = space && byte == b' ';
        space = byte == b' ';
        // Other blanks are control characters, or begin with one of these bytes.
        !again && (byte >= b' ') && !matches!(byte, 0xc2 | 0xe1 | 0xe2 | 0xe3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

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
