//! Words that masks can't decide, read a character at a time by every rule.

use super::letters::{Exactness, Kind, fold_word, kind};
use super::span::Span;

/// A word as it was read.
pub(super) struct SlowWord {
    pub(super) span: Span,
    /// Where the span ends without the possessive ending.
    pub(super) bare_end: u32,
    /// Where what follows begins: behind the last full stop of an initialism, else the span's end.
    pub(super) rest: u32,
    /// Bytes of the possessive ending in the folded form.
    pub(super) cut: u32,
}

fn char_at(text: &str, at: usize) -> Option<char> {
    text.get(at..).and_then(|rest| rest.chars().next())
}

/// The long way, a character at a time: every rule.
pub(super) struct Slow<'t> {
    pub(super) text: &'t str,
    /// Whether `*` and `?` are letters.
    pub(super) wild: bool,
}

/// How far a word reaches.
struct Reach {
    /// End of its last letter or of its last apostrophe.
    end: usize,
    /// End of the letter before the last apostrophe.
    before_apostrophe: Option<usize>,
    /// Where what follows begins.
    rest: usize,
}

impl Slow<'_> {
    fn kind_at(&self, at: usize) -> Option<(Kind, usize)> {
        let c = char_at(self.text, at)?;
        let kind = if self.wild && matches!(c, '*' | '?') { Kind::Word } else { kind(c) };
        Some((kind, at + c.len_utf8()))
    }

    /// The first position from `at` on that holds no zero-width character.
    fn skip_ignored(&self, mut at: usize) -> usize {
        while let Some((Kind::Ignored | Kind::SoftHyphen, next)) = self.kind_at(at) {
            at = next;
        }
        at
    }

    fn is_word(&self, at: usize) -> bool {
        matches!(self.kind_at(at), Some((Kind::Word, _)))
    }

    /// Behind a soft hyphen: where the word goes on in the next line.
    fn over_line(&self, at: usize) -> Option<usize> {
        let (mut at, mut lines) = (at, 0);
        while let Some((kind, next)) = self.kind_at(at) {
            match kind {
                Kind::Word => return (lines == 1).then_some(at),
                Kind::Blank | Kind::Ignored => {}
                Kind::Line => {
                    lines += 1;
                    if self.text[at..].starts_with("\r\n") {
                        at += 1;
                    }
                }
                _ => return None,
            }
            at = next.max(at + 1);
        }
        None
    }

    fn reach(&self, start: usize) -> Reach {
        let mut reach = Reach { end: start, before_apostrophe: None, rest: start };
        // Letters since the last full stop, and whether all before it stood alone.
        let (mut run, mut initials, mut stops) = (0, true, 0);
        let mut last = ' ';
        let mut at = start;
        while let Some((kind, next)) = self.kind_at(at) {
            match kind {
                Kind::Word => {
                    last = char_at(self.text, at).unwrap_or(' ');
                    initials &= !last.is_numeric();
                    run += 1;
                    reach.end = next;
                }
                Kind::Mark => reach.end = next,
                Kind::SoftHyphen => {
                    at = self.over_line(next).unwrap_or(next);
                    continue;
                }
                Kind::Ignored => {}
                Kind::Apostrophe if self.is_word(self.skip_ignored(next)) => {
                    reach.before_apostrophe = Some(reach.end);
                    initials = false;
                }
                Kind::Apostrophe if matches!(last, 's' | 'S') => {
                    reach.before_apostrophe = Some(reach.end);
                    reach.end = next;
                    break;
                }
                Kind::Stop if initials && run == 1 && self.is_initial(next) => {
                    run = 0;
                    stops += 1;
                }
                _ => break,
            }
            at = next;
        }
        reach.rest = reach.end;
        if initials && run == 1 && (stops > 0 || last.is_uppercase()) {
            self.last_stop(&mut reach, stops > 0);
        }
        reach
    }

    /// Whether one letter stands alone at `at`.
    fn is_initial(&self, at: usize) -> bool {
        let Some((Kind::Word, mut next)) = self.kind_at(at) else { return false };
        while let Some((Kind::Mark | Kind::Ignored, after)) = self.kind_at(next) {
            next = after;
        }
        !char_at(self.text, at).is_some_and(char::is_numeric) && !self.is_word(next)
    }

    /// Takes in the full stop behind an initialism or an initial ("John F. Kennedy"), and a
    /// possessive ending behind that ("the U.S.'s").
    fn last_stop(&self, reach: &mut Reach, initialism: bool) {
        let Some((Kind::Stop, next)) = self.kind_at(reach.end) else { return };
        if initialism
            && let Some((Kind::Apostrophe, letter)) = self.kind_at(next)
            && self.text[letter..].starts_with(['s', 'S'])
            && !self.is_word(letter + 1)
        {
            reach.before_apostrophe = Some(reach.end);
            reach.end = letter + 1;
            reach.rest = reach.end;
        } else if initialism
            || matches!(self.kind_at(next), None | Some((Kind::Blank | Kind::Line, _)))
        {
            reach.rest = next;
        }
    }

    /// The word that begins at `start`; its form is appended to `forms`.
    pub(super) fn word(&self, start: usize, forms: &mut String) -> SlowWord {
        let reach = self.reach(start);
        let form_start = forms.len();
        fold_source(&self.text[start..reach.end], Exactness::default(), forms);
        let cut = possessive_ending(&forms.as_bytes()[form_start..]);
        let bare_end = match reach.before_apostrophe {
            Some(end) if cut > 0 => end,
            _ => reach.end,
        };
        SlowWord {
            span: Span::new(start, reach.end),
            bare_end: bare_end as u32,
            rest: reach.rest as u32,
            cut: if bare_end < reach.end { cut } else { 0 },
        }
    }
}

/// How many bytes of a folded form are a possessive ending.
fn possessive_ending(form: &[u8]) -> u32 {
    match form {
        [.., _, b'\'', b's'] => 2,
        [.., b's', b'\''] => 1,
        _ => 0,
    }
}

/// The word that begins at `start`, if its first part is ASCII, a curly apostrophe follows, and then
/// only ASCII ("don’t", "Raul’s"): by far the most frequent of the words that are not plain.
pub(super) fn with_curly_apostrophe(
    text: &str,
    start: usize,
    forms: &mut String,
) -> Option<SlowWord> {
    let bytes = text.as_bytes().get(start..)?;
    let joins = |&byte: &u8| byte.is_ascii_alphanumeric();
    let head = bytes.iter().take_while(|byte| joins(byte)).count();
    let behind = bytes[head..].strip_prefix("’".as_bytes())?;
    let tail = behind.iter().take_while(|byte| joins(byte)).count();
    let ends = behind.get(tail).is_none_or(|&byte| byte.is_ascii() && byte != b'\'');
    if head == 0 || tail == 0 || !ends {
        return None;
    }
    let end = start + head + "’".len() + tail;
    let possessive = matches!(behind[..tail], [b's' | b'S']);
    forms.extend(text[start..start + head].chars().map(|c| c.to_ascii_lowercase()));
    forms.push('\'');
    forms.extend(text[end - tail..end].chars().map(|c| c.to_ascii_lowercase()));
    Some(SlowWord {
        span: Span::new(start, end),
        bare_end: if possessive { start + head } else { end } as u32,
        rest: end as u32,
        cut: if possessive { 2 } else { 0 },
    })
}

/// Folds the source of a word; the last full stop of an initialism may stand before its possessive.
pub(super) fn fold_source(source: &str, keep: Exactness, out: &mut String) {
    let dotted = source.char_indices().rev().nth(2).filter(|&(_, c)| c == '.');
    match dotted {
        Some((stop, _)) if char_at(source, stop + 1).map(kind) == Some(Kind::Apostrophe) => {
            fold_word(&source[..stop], keep, out);
            fold_word(&source[stop + 1..], keep, out);
        }
        _ => fold_word(source, keep, out),
    }
}
