//! What stands between two words, as patterns are compared with it.

use crate::text::{Folded, Gap};

/// Whether a phrase may go on over the gap before the word at `index`.
pub(super) fn is_joined(text: &Folded, index: usize) -> bool {
    text.gap(index) == Gap::Joined
}

/// Whether the gaps around and between the `count` words from `first` on hold `marks`. No marks
/// between two words ask for a joined gap; none at an end ask for nothing.
pub(super) fn marks_agree(marks: &[Vec<char>], text: &Folded, first: usize, count: usize) -> bool {
    marks.iter().enumerate().all(|(index, marks)| match (marks.as_slice(), index) {
        ([], 0) => true,
        ([], index) if index == count => true,
        ([], index) => is_joined(text, first + index),
        (marks, 0) => gap_marks(text.gap_text(first)).ends_with(marks),
        (marks, index) if index == count => {
            gap_marks(text.gap_text(first + index)).starts_with(marks)
        }
        (marks, index) => gap_marks(text.gap_text(first + index)) == marks,
    })
}

/// The punctuation in what stands between two words: blanks left out, quotation marks and
/// apostrophes straight, dashes (two hyphens, too) as an em dash, a blank line as `¶`.
pub fn gap_marks(gap: &str) -> Vec<char> {
    let mut marks: Vec<char> = Vec::new();
    gap_signs(gap).for_each(|sign| push_mark(sign, &mut marks));
    marks
}

/// Whether [`gap_marks`] has a blank line.
pub(crate) fn holds_blank_line(gap: &str) -> bool {
    gap_signs(gap).any(|sign| sign == '¶')
}

/// Whether [`gap_marks`] has nothing but quotation marks and apostrophes.
pub(crate) fn holds_quotes_alone(gap: &str) -> bool {
    gap_signs(gap).all(|sign| matches!(straight(sign), '"' | '\''))
}

/// The punctuation as it stands there, a blank line as `¶`.
fn gap_signs(gap: &str) -> impl Iterator<Item = char> {
    let mut chars = gap.chars().peekable();
    let (mut lines, mut waiting) = (0, None);
    std::iter::from_fn(move || {
        if let Some(sign) = waiting.take() {
            return Some(sign);
        }
        while let Some(c) = chars.next() {
            match c {
                '\r' if chars.peek() == Some(&'\n') => {}
                '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => lines += 1,
                '\u{2029}' => lines += 2,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {}
                '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
                c if c.is_whitespace() => {}
                c => {
                    if std::mem::take(&mut lines) > 1 {
                        waiting = Some(c);
                        return Some('¶');
                    }
                    return Some(c);
                }
            }
        }
        (std::mem::take(&mut lines) > 1).then_some('¶')
    })
}

fn push_mark(c: char, marks: &mut Vec<char>) {
    match straight(c) {
        '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => match marks.last_mut() {
            Some(last @ ('-' | '—')) => *last = '—',
            _ => marks.push('-'),
        },
        '\u{2012}'..='\u{2015}' => marks.push('—'),
        '…' => marks.extend(['.', '.', '.']),
        c => marks.push(c),
    }
}

/// A quotation mark or an apostrophe as a straight one, else the character.
fn straight(c: char) -> char {
    match c {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\u{ff02}' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '\u{b4}' | '\u{ff07}' => '\'',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{gap_marks, holds_blank_line, holds_quotes_alone};

    #[test]
    fn marks_are_straight_and_a_blank_line_is_one() {
        assert_eq!(gap_marks(",” –\n\n--x"), [',', '"', '—', '¶', '—', 'x']);
        assert_eq!(gap_marks("\r\n \r\n"), ['¶']);
        assert!(gap_marks(" \n\u{ad}").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_asked_for_is_what_the_marks_say(
            gap in "[ ,.\"'“’«\u{2029}\u{ad}\r\n\u{85}¶–…-]{0,8}",
        ) {
            let marks = gap_marks(&gap);
            prop_assert_eq!(holds_blank_line(&gap), marks.contains(&'¶'));
            let quotes = marks.iter().all(|mark| matches!(mark, '"' | '\''));
            prop_assert_eq!(holds_quotes_alone(&gap), quotes);
        }
    }
}
