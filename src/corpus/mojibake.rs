//! UTF-8 that somebody read as Windows-1252: `â€™` where `’` was meant.
//!
//! It is reported, and with `--repair` undone. Nothing else is changed, and a text without it is left
//! as it is.

use super::article::Marked;
use crate::text::Span;

/// What Windows-1252 has between 0x80 and 0x9F; places that it leaves free are the control
/// characters of the same number.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// Text that was garbled twice is undone twice.
const PASSES: usize = 3;

/// How many characters of the text are garbled.
pub(super) fn count(text: &str) -> usize {
    Garbled { text, at: 0 }.count()
}

/// The text with what was garbled undone, if anything was.
pub(super) fn repaired(text: &str) -> Option<String> {
    let mut current: Option<String> = None;
    for _ in 0..PASSES {
        let Some(next) = pass(current.as_deref().unwrap_or(text)) else { break };
        current = Some(next);
    }
    current
}

/// The same for a text whose markup speaks of whole blocks between blank lines: it moves with them.
pub(super) fn repair_blocks(text: &str, markup: &mut [Marked]) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut read = 0;
    let mut next = markup.iter_mut().peekable();
    for block in text.split_inclusive("\n\n") {
        let (start, end) = (whole.len(), read + block.len());
        match repaired(block) {
            Some(block) => whole.push_str(&block),
            None => whole.push_str(block),
        }
        while let Some(marked) = next.next_if(|marked| marked.span.start < end as u32) {
            let tail = end - marked.span.end as usize;
            marked.span = Span::new(start, whole.len() - tail);
        }
        read = end;
    }
    whole
}

fn pass(text: &str) -> Option<String> {
    let mut whole = String::new();
    let mut copied = 0;
    for (start, end, meant) in (Garbled { text, at: 0 }) {
        whole.push_str(&text[copied..start]);
        whole.push(meant);
        copied = end;
    }
    (copied > 0).then(|| whole + &text[copied..])
}

/// The garbled characters of a text: where they begin and end, and what was meant.
struct Garbled<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Garbled<'_> {
    type Item = (usize, usize, char);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            // What garbled UTF-8 begins with is not ASCII.
            let rest = self.text.as_bytes().get(self.at..)?;
            self.at += rest.iter().position(|byte| *byte >= 0xC3)?;
            let Some(first) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
                self.at += 1;
                continue;
            };
            if let Some((length, meant)) = meant_at(self.text, self.at) {
                let start = self.at;
                self.at += length;
                return Some((start, self.at, meant));
            }
            self.at += first.len_utf8();
        }
    }
}

/// The character that was garbled at `at`, and how many bytes it takes up now.
fn meant_at(text: &str, at: usize) -> Option<(usize, char)> {
    let rest = &text[at..];
    let mut bytes = [0; 4];
    let lead = byte_of(rest.chars().next()?)?;
    let wanted = match lead {
        0xC2..=0xC5 | 0xCB => 2,
        0xE2 | 0xEF => 3,
        0xF0 => 4,
        _ => return None,
    };
    let mut length = 0;
    let mut found = 0;
    for c in rest.chars().take(wanted) {
        let Some(byte) = byte_of(c).filter(|byte| found == 0 || (0x80..0xC0).contains(byte)) else {
            break;
        };
        bytes[found] = byte;
        found += 1;
        length += c.len_utf8();
    }
    if found < wanted {
        // A closing mark, whose last byte Windows-1252 does not have and some programs drop.
        return (bytes[..found] == [0xE2, 0x80]).then_some((length, '”'));
    }
    let meant = std::str::from_utf8(&bytes[..wanted]).ok()?.chars().next()?;
    let plausible = match meant {
        '\u{80}'..='\u{17f}' | '\u{2c6}' | '\u{2dc}' => true,
        '\u{2010}'..='\u{203a}' | '\u{20ac}' | '\u{2122}' | '\u{2190}'..='\u{21ff}' => true,
        '\u{2212}'
        | '\u{25a0}'..='\u{27bf}'
        | '\u{fb00}'..='\u{fb04}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{fffd}' => true,
        other => other >= '\u{1f000}',
    };
    let second = rest.chars().nth(1)?;
    let before = text[..at].chars().next_back();
    let by_right = wanted == 2 && may_be_meant(before, second, rest[length..].chars().next());
    (plausible && !by_right).then_some((length, meant))
}

/// Whether two characters may stand there by right: a capital with a mark of punctuation behind it, as
/// at the end of a shouted quotation.
fn may_be_meant(before: Option<char>, second: char, after: Option<char>) -> bool {
    let shouted = before.is_some_and(char::is_uppercase);
    match second {
        '‘' | '’' | '“' | '”' | '„' | '‚' | '‹' | '›' | '…' | '–' | '—' | '•' | '»' | '«' | '·' =>
        {
            let inside = before.is_some_and(char::is_lowercase);
            !inside && (shouted || !after.is_some_and(char::is_lowercase))
        }
        '\u{a0}' | '\u{ad}' | '™' | '†' | '‡' | '°' | '²' | '³' | '¹' | '®' | '©' => {
            shouted
        }
        _ => false,
    }
}

/// The byte that Windows-1252 has for a character beyond ASCII.
fn byte_of(c: char) -> Option<u8> {
    match c {
        '\u{a0}'..='\u{ff}' => u8::try_from(u32::from(c)).ok(),
        // ISO 8859-1 has control characters there.
        '\u{80}'..='\u{9f}' => u8::try_from(u32::from(c)).ok(),
        other => HIGH.iter().position(|high| *high == other).map(|place| place as u8 + 0x80),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn garbled(text: &str) -> String {
        text.bytes()
            .map(|byte| match byte {
                0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
                _ => char::from(byte),
            })
            .collect()
    }

    #[test]
    fn what_was_garbled_is_undone() {
        for text in [
            "It’s “so” – he said… for €5, naïve café, Škoda, 😀, ﬁne",
            "d’été à l’école",
            "©️ ½ price",
        ] {
            let once = garbled(text);
            assert!(count(&once) > 0, "{once}");
            assert_eq!(repaired(&once).as_deref(), Some(text), "{once}");
        }
        let text = "It’s “so” – he said… for €5, naïve café, 😀, ﬁne";
        assert_eq!(repaired(&garbled(&garbled(text))).as_deref(), Some(text));
        assert_eq!(repaired("he said â€œyesâ€ then").as_deref(), Some("he said “yes” then"));
    }

    #[test]
    fn what_is_right_is_left() {
        for text in [
            "plain",
            "café naïve Ærø ß Ünal",
            "CAFÉ”",
            "MANHÃ”, MAÇÃ…",
            "„SPAẞ“ – „SPAß“",
            "Â",
            "«À»",
            "10 °C ± 2 · §3 ×4",
            "Đặng Thị Ngọc Thịnh",
            "Å–Ä",
            "ðŸ",
            "日本語 中文",
            "‘À’ and ‘Ã’ — Ö–Ä",
        ] {
            assert_eq!(repaired(text), None, "{text}");
            assert_eq!(count(text), 0, "{text}");
        }
    }

    #[test]
    fn markup_moves_with_its_block() {
        use super::super::article::Markup;
        let parts = ["donâ€™t", "â€œHeadâ€\u{9d}", "bodyâ€¦", "Cap"];
        let text = parts.join("\n\n");
        let at = |part: &str| text.find(part).map(|start| Span::new(start, start + part.len()));
        let mark = |part, role| Marked { span: at(part).expect("there"), role };
        let mut markup = [mark(parts[1], Markup::Subhead), mark(parts[3], Markup::Caption)];
        let text = repair_blocks(&text, &mut markup);
        assert_eq!(text, "don’t\n\n“Head”\n\nbody…\n\nCap");
        assert_eq!(markup.map(|marked| marked.span.of(&text)), ["“Head”", "Cap"]);
    }

    proptest! {
        #[test]
        fn a_text_without_it_is_left_as_it_is(text in "[a-zA-Zéèüößøåçñ ,.’“”–…—€0-9]{0,80}") {
            // Capitals beyond ASCII are what garbled text begins with.
            prop_assert_eq!(repaired(&text), None);
        }
        #[test]
        fn what_was_garbled_is_undone_wherever_it_stands(text in "([a-z ,.’“”–—€]|[éèüöçñ][a-z]){0,60}") {
            let broken = garbled(&text);
            prop_assert_eq!(repaired(&broken).unwrap_or(broken), text);
        }
        #[test]
        fn any_text_is_survived(text in "\\PC{0,60}") {
            let once = repaired(&text).unwrap_or_else(|| text.clone());
            prop_assert!(once.len() <= text.len());
            prop_assert_eq!(count(&text) > 0, once != text);
        }
    }
}
