//! Quotation marks: which signs open and close a quotation, and which are apostrophes or inches.

use super::zones::Paragraph;
use crate::text::{Nearest, Span};

/// A run between outer quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quotation {
    /// With its marks.
    pub outer: Span,
    /// Without them.
    pub inner: Span,
    /// Index of its paragraph.
    pub paragraph: usize,
    /// Opens a paragraph while the quotation of the paragraph before was never closed.
    pub reopened: bool,
    /// Ends with its paragraph for want of a closing mark.
    pub unclosed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `"`, `''`: open and close.
    Straight,
    /// `“`: opens, and closes what `„` opened.
    High,
    /// `”`: closes.
    HighClose,
    /// `„`, ` `` `, `‟`: open.
    Low,
    /// `«` and `‹`.
    Left,
    /// `»` and `›`.
    Right,
    /// `‘` and `‚`.
    SingleOpen,
    /// `’` and `'`: apostrophe, or closes, and `'` opens.
    Single,
}

#[derive(Clone, Copy)]
struct Mark {
    at: usize,
    len: usize,
    kind: Kind,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    fn blank_before(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || "([{—–-/“‘\"«„'".contains(c))
    }
    fn word_after(&self) -> bool {
        let ellipsis =
            matches!(self.after, Some('.' | '…')) && self.before.is_some_and(char::is_whitespace);
        ellipsis || self.after.is_some_and(|c| !c.is_whitespace() && !")]},.;:!?”»".contains(c))
    }
    fn opens(&self) -> bool {
        self.blank_before() && self.word_after()
    }
    /// Only an opening mark can stand so.
    fn only_opens(&self) -> bool {
        self.before.is_some_and(char::is_whitespace)
            && self.after.is_some_and(char::is_alphanumeric)
    }
    fn closes(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace())
            && !self.after.is_some_and(char::is_alphanumeric)
    }
    fn double(&self) -> bool {
        !matches!(self.kind, Kind::SingleOpen | Kind::Single)
    }
    fn end(&self) -> usize {
        self.at + self.len
    }
}

/// Words that begin with an apostrophe.
const ELISIONS: &[&str] = &[
    "tis", "twas", "twere", "twill", "em", "til", "till", "cause", "bout", "n", "round", "cos",
    "coz", "nuff", "ere", "gainst", "neath", "kay", "sup", "tude", "hood", "s", "t", "d", "ll",
    "re", "ve",
];

/// How far ahead the end of a run is looked for, in marks.
const LOOK_AHEAD: usize = 64;

/// Marks without a partner from which a text's marks may not balance.
const STRAY: usize = 3;

/// The quotations of all paragraphs, in order, and whether the marks balance: at most a tenth of the
/// quotations, or two marks, have no partner. Where they don't, as in the raw text of scanned pages,
/// one stray mark would turn quotations and what stands between them about; there only marks that
/// can't be anything else make a quotation (see [`clear`]).
pub(super) fn quotations(text: &str, paragraphs: &[Paragraph]) -> (Vec<Quotation>, bool) {
    let (found, stray) = all(text, paragraphs);
    let balanced = stray < STRAY || stray * 10 <= found.len();
    if balanced { (found, true) } else { (clear(text, paragraphs), false) }
}

/// Words, in bytes, that a quotation may have where marks don't balance.
const LONGEST_CLEAR: usize = 500;

/// The quotations whose marks are beyond doubt: a double mark behind a blank and before a word, the
/// next one behind a word or a stop and before none, not far off, in one paragraph.
fn clear(text: &str, paragraphs: &[Paragraph]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    for (index, paragraph) in paragraphs.iter().enumerate() {
        marks.clear();
        collect(text, paragraph.span, &mut marks);
        marks.retain(Mark::double);
        let scan = Scan { text, end: paragraph.span.end as usize, index, reopens_next: false };
        let mut next = 0;
        while let [open, close, ..] = marks[next..] {
            let opens = (open.before.is_none() || open.only_opens())
                && !matches!(open.kind, Kind::HighClose)
                && open.word_after();
            let closes = close.before.is_some_and(|c| c.is_alphanumeric() || ",.?!".contains(c))
                && close.after.is_none_or(|c| c.is_whitespace() || ",.;:?!—-".contains(c))
                && !matches!(close.kind, Kind::Low);
            let near = close.at - open.end() <= LONGEST_CLEAR;
            if opens && closes && near {
                scan.push(&open, Some(&close), &mut found);
            }
            next += if opens && closes { 2 } else { 1 };
        }
    }
    found
}

/// The quotations of all paragraphs and the number of marks without a partner.
fn all(text: &str, paragraphs: &[Paragraph]) -> (Vec<Quotation>, usize) {
    let mut found = Vec::new();
    let mut marks = Vec::new();
    let mut pending = false;
    let mut stray = 0;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        marks.clear();
        collect(text, paragraph.span, &mut marks);
        let reopens_next = paragraphs
            .get(index + 1)
            .filter(|next| next.zone == paragraph.zone)
            .is_some_and(|next| next.span.of(text).starts_with(['“', '"', '‘', '«', '„']));
        let before = found.len();
        let scan = Scan { text, end: paragraph.span.end as usize, index, reopens_next };
        let unclosed = scan.run(&marks, &mut found, &mut stray);
        if pending
            && let Some(first) = found.get_mut(before)
            && first.outer.start == paragraph.span.start
        {
            first.reopened = true;
        }
        pending = unclosed && reopens_next;
        stray += usize::from(unclosed && !reopens_next);
    }
    (found, stray)
}

fn kind_of(sign: char) -> Option<Kind> {
    Some(match sign {
        '"' => Kind::Straight,
        '“' => Kind::High,
        '”' => Kind::HighClose,
        '„' | '‟' => Kind::Low,
        '«' | '‹' => Kind::Left,
        '»' | '›' => Kind::Right,
        '‘' | '‚' => Kind::SingleOpen,
        '’' | '\'' => Kind::Single,
        _ => return None,
    })
}

/// The first bytes of marks, and of other signs.
const MAY_BEGIN_MARK: [[u8; 3]; 2] = [*b"\"'`", [0xc2, 0xe2, 0xe2]];

fn collect(text: &str, within: Span, marks: &mut Vec<Mark>) {
    let paragraph = within.of(text);
    let mut signs = Nearest::new(paragraph.as_bytes(), MAY_BEGIN_MARK);
    let mut at = 0;
    while let Some(next) = signs.from(at) {
        at = next;
        let rest = &paragraph[at..];
        let Some(sign) = rest.chars().next() else { break };
        let (kind, len) = if rest.starts_with("``") {
            (Some(Kind::Low), 2)
        } else if rest.starts_with("''") {
            (Some(Kind::Straight), 2)
        } else {
            (kind_of(sign), sign.len_utf8())
        };
        if let Some(kind) = kind {
            marks.push(Mark {
                at: within.start as usize + at,
                len,
                kind,
                before: paragraph[..at].chars().next_back(),
                after: paragraph[at + len..].chars().next(),
            });
        }
        at += len;
    }
}

struct Scan<'t> {
    text: &'t str,
    end: usize,
    index: usize,
    reopens_next: bool,
}

impl Scan<'_> {
    /// Appends the quotations of one paragraph, and counts the marks without a partner but for the
    /// last; whether the last was never closed.
    fn run(&self, marks: &[Mark], found: &mut Vec<Quotation>, stray: &mut usize) -> bool {
        let mut next = 0;
        let behind_doubles = marks.iter().rposition(Mark::double).map_or(0, |last| last + 1);
        while let Some(mark) = marks.get(next) {
            let opened = match mark.kind {
                Kind::High | Kind::Low | Kind::Left => self.content_follows(mark),
                Kind::Right | Kind::HighClose => mark.only_opens(),
                Kind::Straight => self.straight_opens(mark),
                Kind::SingleOpen | Kind::Single => match self.single_close(marks, next) {
                    Some(close) => {
                        self.push(mark, Some(&marks[close]), found);
                        next = close + 1;
                        continue;
                    }
                    None if mark.kind == Kind::SingleOpen
                        && self.reopens_next
                        && mark.opens()
                        && !self.elision(mark)
                        && next >= behind_doubles =>
                    {
                        self.push(mark, None, found);
                        return true;
                    }
                    None => false,
                },
            };
            if !opened {
                *stray += usize::from(mark.double() && !self.inches(mark));
                next += 1;
                continue;
            }
            match self.double_close(marks, next) {
                (Some(close), after) => {
                    self.push(mark, Some(&marks[close]), found);
                    next = after;
                }
                (None, after) if after < marks.len() => {
                    // A second opening mark before any closing one: the first ends in front of it.
                    self.push_to(mark, marks[after].at, found);
                    *stray += 1;
                    next = after;
                }
                (None, _) => {
                    self.push(mark, None, found);
                    return true;
                }
            }
        }
        false
    }

    fn content_follows(&self, mark: &Mark) -> bool {
        self.text.get(mark.end()..self.end).is_some_and(|rest| rest.contains(char::is_alphanumeric))
            || mark.after.is_some_and(|c| !c.is_whitespace())
    }

    fn straight_opens(&self, mark: &Mark) -> bool {
        if mark.before.is_some_and(char::is_alphanumeric) {
            return false;
        }
        mark.opens() || mark.before.is_none_or(|c| !",.;!?".contains(c)) && mark.word_after()
    }

    /// The closing mark of the quotation that `marks[open]` opens, and where to go on; without one,
    /// the mark that opens anew, or the end.
    fn double_close(&self, marks: &[Mark], open: usize) -> (Option<usize>, usize) {
        let opener = marks[open].kind;
        let mut depth = 0_usize;
        let mut at = open + 1;
        while let Some(mark) = marks.get(at) {
            let (mut closes, mut opens) = match (opener, mark.kind) {
                (Kind::Left, Kind::Right) | (Kind::Right, Kind::Left) => (true, false),
                (Kind::Left, Kind::Left) | (Kind::Right, Kind::Right) => {
                    (opener == Kind::Right, opener == Kind::Left)
                }
                (Kind::Left | Kind::Right, _) | (_, Kind::Left | Kind::Right) => (false, false),
                (Kind::Low, Kind::High | Kind::HighClose) => (true, false),
                (_, Kind::HighClose) => (true, false),
                (_, Kind::High | Kind::Low) => (false, true),
                (_, Kind::Straight) => (!mark.only_opens(), mark.only_opens()),
                _ => (false, false),
            };
            if closes
                && mark.kind == Kind::Straight
                && (self.inches(mark) || self.inches_before_word(marks, at))
            {
                closes = false;
            }
            if opens && mark.kind == Kind::High && mark.closes() && !mark.opens() {
                (closes, opens) = (true, false);
            }
            if opens {
                let mut later = marks[at + 1..].iter().take(LOOK_AHEAD).filter(|m| m.double());
                let closing = |m: Option<&Mark>| m.is_some_and(|m| m.closes() && !m.only_opens());
                if closing(later.next()) && closing(later.next()) {
                    depth += 1;
                } else {
                    return (None, at);
                }
            } else if closes {
                if depth == 0 {
                    return (Some(at), at + 1);
                }
                depth -= 1;
            }
            at += 1;
        }
        (None, marks.len())
    }

    /// `6'2"`: a digit before the mark, and a foot mark before the digits.
    fn inches(&self, mark: &Mark) -> bool {
        if !mark.before.is_some_and(|c| c.is_ascii_digit()) {
            return false;
        }
        let floor = mark.at.saturating_sub(4);
        let lead = &self.text.as_bytes()[floor..mark.at];
        let digits = lead.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let rest = &lead[..lead.len() - digits];
        rest.ends_with(b"'")
            || rest.ends_with(&[0x80, 0x99])
            || rest.ends_with(&[0x80, 0xb2])
            || rest.ends_with(&[0x99])
    }

    /// `a 24" pipe,"`: a digit before the mark, a small letter behind it, and a mark further on that
    /// only closes.
    fn inches_before_word(&self, marks: &[Mark], at: usize) -> bool {
        let mark = &marks[at];
        let rest = self.text.get(mark.end()..self.end).unwrap_or_default();
        mark.before.is_some_and(|c| c.is_ascii_digit())
            && rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_lowercase))
            && marks[at + 1..]
                .iter()
                .take(LOOK_AHEAD)
                .find(|next| next.double())
                .is_some_and(|next| next.closes() && !next.opens())
    }

    fn elision(&self, mark: &Mark) -> bool {
        let rest = self.text.get(mark.end()..self.end).unwrap_or_default();
        let head_end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let word = &rest[..head_end];
        if word.len() > 8 {
            return false;
        }
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        digits == 2 && matches!(&word[digits..], "" | "s")
            || ELISIONS.contains(&word.to_ascii_lowercase().as_str())
    }

    /// The mark that closes the single-quoted run that `marks[open]` may open.
    fn single_close(&self, marks: &[Mark], open: usize) -> Option<usize> {
        let mark = &marks[open];
        if mark.before.is_some_and(char::is_alphanumeric)
            || !mark.opens()
            || mark.after == Some('\'')
        {
            return None;
        }
        if mark.kind == Kind::Single && self.text[mark.at..].starts_with('’') {
            return None;
        }
        let elision = self.elision(mark);
        let mut possessive = None;
        for (at, candidate) in marks.iter().enumerate().skip(open + 1).take(LOOK_AHEAD) {
            if candidate.double() {
                continue;
            }
            if candidate.only_opens() && !self.elision(candidate) {
                break;
            }
            if candidate.kind == Kind::SingleOpen || !candidate.closes() {
                continue;
            }
            // 'n': an apostrophe on both sides.
            if elision && candidate.at - mark.end() <= 2 {
                return None;
            }
            let plural = matches!(candidate.before, Some('s' | 'S' | 'x' | 'z'))
                && candidate.after.is_some_and(char::is_whitespace);
            if !plural {
                let strong = candidate.before.is_some_and(|c| ",.?!…".contains(c));
                return (!elision || strong).then_some(at);
            }
            possessive = possessive.or(Some(at));
        }
        if elision { None } else { possessive }
    }

    fn push(&self, open: &Mark, close: Option<&Mark>, found: &mut Vec<Quotation>) {
        match close {
            Some(close) => found.push(Quotation {
                outer: Span::new(open.at, close.end()),
                inner: Span::new(open.end(), close.at),
                paragraph: self.index,
                reopened: false,
                unclosed: false,
            }),
            None => self.push_to(open, self.end, found),
        }
    }

    fn push_to(&self, open: &Mark, end: usize, found: &mut Vec<Quotation>) {
        let inner = self.text.get(open.end()..end).unwrap_or_default().trim_end();
        let end = open.end() + inner.len();
        found.push(Quotation {
            outer: Span::new(open.at, end),
            inner: Span::new(open.end(), end),
            paragraph: self.index,
            reopened: false,
            unclosed: true,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Zone;

    fn quoted(text: &str) -> (Vec<&str>, bool) {
        let span = Span::new(0, text.len());
        let paragraph = Paragraph { span, zone: Zone::Body };
        let (found, balanced) = quotations(text, &[paragraph]);
        (found.iter().map(|quotation| quotation.inner.of(text)).collect(), balanced)
    }

    #[test]
    fn one_stray_mark_is_a_slip() {
        let (found, balanced) = quoted("He said “no” and “yes” but” left.");
        assert_eq!((found, balanced), (vec!["no", "yes"], true));
    }

    #[test]
    fn where_marks_do_not_balance_only_clear_ones_quote() {
        let text = "Rust\" ate it. \"Shut it\", said the smith. Wood\" is\" dear. At noon \"we eat,\" he said.";
        let (found, balanced) = quoted(text);
        assert!(!balanced);
        assert_eq!(found, ["Shut it", "we eat,"]);
    }
}
