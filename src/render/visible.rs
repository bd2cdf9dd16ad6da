//! Characters that are not seen but act: on a terminal, on the order of letters, on nothing that a
//! reader could notice. In text for people they are shown.

/// Adds a character as a reader may see it: blanks of every kind that breaks a line become a blank,
/// control characters their picture, invisible and direction-turning ones their number.
pub(super) fn push_visible(character: char, text: &mut String) {
    match character {
        '\n' | '\r' | '\t' => text.push(' '),
        '\0'..='\u{1f}' => text.extend(char::from_u32(0x2400 + u32::from(character))),
        '\u{7f}' => text.push('␡'),
        _ if is_hidden(character) => text.extend(character.escape_unicode()),
        _ => text.push(character),
    }
}

/// Control, format and private characters, save the joiners that spelling needs (U+200C, U+200D).
fn is_hidden(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_unseen_is_shown() {
        let shown = |text: &str| {
            let mut shown = String::new();
            text.chars().for_each(|character| push_visible(character, &mut shown));
            shown
        };
        assert_eq!(shown("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(shown("a\r\nb"), "a  b");
        assert_eq!(shown("abc\u{202e}fed"), "abc\\u{202e}fed");
        assert_eq!(shown("\u{7f}\u{9b}\0"), "␡\\u{9b}␀");
        assert_eq!(shown("Raúl – “x” 👩\u{200d}🚀"), "Raúl – “x” 👩\u{200d}🚀");
    }
}
