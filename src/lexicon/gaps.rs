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
    let mut lines = 0;
    let mut chars = gap.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' => lines += 1,
            '\u{2029}' => lines += 2,
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' => {}
            '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => {}
            c if c.is_whitespace() => {}
            c => {
                if lines > 1 {
                    marks.push('¶');
                }
                lines = 0;
                push_mark(c, &mut marks);
            }
        }
    }
    if lines > 1 {
        marks.push('¶');
    }
    marks
}

fn push_mark(c: char, marks: &mut Vec<char>) {
    match c {
        '-' | '\u{2010}' | '\u{2011}' | '\u{fe63}' | '\u{ff0d}' => match marks.last_mut() {
            Some(last @ ('-' | '—')) => *last = '—',
            _ => marks.push('-'),
        },
        '\u{2012}'..='\u{2015}' => marks.push('—'),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\u{ff02}' => marks.push('"'),
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '\u{b4}' | '\u{ff07}' => marks.push('\''),
        '…' => marks.extend(['.', '.', '.']),
        c => marks.push(c),
    }
}
