//! Sentence borders inside a paragraph.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Nearest, Span};

/// Cuts paragraphs into sentences.
#[derive(Debug, Clone, Default)]
pub struct Splitter {
    /// By abbreviation, in lower case and without the last full stop, what it may be.
    abbreviations: FxHashMap<Box<str>, Abbreviation>,
    longest: usize,
}

/// What a full stop behind a word may be.
#[derive(Debug, Clone, Copy, Default)]
struct Abbreviation {
    /// Ends no sentence.
    listed: bool,
    /// May end one.
    may_end: bool,
    /// Ends none where a digit follows.
    before_number: bool,
    /// Always written with a capital.
    capital: bool,
    month: bool,
    /// "a.m", "p.m"
    hour: bool,
}

/// Capitalised words that open a sentence far more often than they belong to a name, so that a
/// full stop of "U.S." or "Inc." in front of them ends the sentence.
const OPENERS: &str = "\
    A According After All Although An And Another As At Because Before Both But By Critics \
    Despite During Each Earlier Even Every Few For Four From He Her Here His How However I \
    If In Instead It Its Last Later Many Meanwhile More Most My Neither No Nobody None Nor \
    Not Now Officials On Once One Only Or Other Others Our People Police She Since So Some \
    Such That The Their Then There These They This Those Three Though Thus To Two Under \
    Until We What When Where Whether Which While Who Why With Without Yet You Nothing";

/// Shortened months: a number goes on, a capital starts a sentence.
const MONTHS: &str = "\
    jan feb mar apr aug sep sept oct nov dec";

/// What may stand capitalised behind an hour ("9 p.m. Tuesday").
const BEHIND_HOUR: &str = "\
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain \
    Pacific Greenwich Jan January Feb February March April May June July Aug August Sept \
    September Oct October Nov November Dec December";

impl Splitter {
    /// A splitter that knows these abbreviations (without their last full stop).
    ///
    /// A full stop behind one of `abbreviations` ends no sentence, unless it is also in `may_end`
    /// and a capitalised word follows that usually opens one. Behind one of `before_number` it
    /// ends none where a digit follows.
    pub fn new<S: AsRef<str>>(given: &[S], may_end: &[S], before_number: &[S]) -> Self {
        let mut splitter = Self::default();
        let mut mark = |words: &[S], set: fn(&mut Abbreviation)| {
            for word in words {
                set(splitter.abbreviations.entry(word.as_ref().to_lowercase().into()).or_default());
            }
        };
        mark(given, |word| word.listed = true);
        mark(may_end, |word| word.may_end = true);
        mark(before_number, |word| word.before_number = true);
        let all = || given.iter().chain(may_end).map(AsRef::as_ref);
        let small: FxHashSet<&str> =
            all().filter(|word| word.starts_with(char::is_lowercase)).collect();
        for word in all().filter(|word| word.starts_with(char::is_uppercase)) {
            let lower = word.to_lowercase();
            if !small.contains(lower.as_str()) {
                splitter.abbreviations.entry(lower.into()).or_default().capital = true;
            }
        }
        for month in MONTHS.split(' ') {
            splitter.abbreviations.entry(month.into()).or_default().month = true;
        }
        for hour in ["a.m", "p.m"] {
            splitter.abbreviations.entry(hour.into()).or_default().hour = true;
        }
        splitter.longest = splitter.abbreviations.keys().map(|word| word.len()).max().unwrap_or(0);
        splitter
    }

    /// The sentences of the paragraph `within` of `text`, appended to `sentences`: in order,
    /// disjoint, without the blanks around them, covering everything that is no blank.
    ///
    /// `goes_on` is asked where a question or exclamation mark stands inside closing marks and a
    /// capital follows: whether what follows (it gets the byte offset) belongs to the same sentence,
    /// as an attribution does ("“Who pays?” Ms Orr asked").
    pub fn split(
        &self,
        text: &str,
        within: Span,
        goes_on: &mut dyn FnMut(usize) -> bool,
        sentences: &mut Vec<Span>,
    ) {
        let bytes = text.as_bytes();
        let (mut start, end) = (within.start as usize, within.end as usize);
        let mut at = start;
        let mut stops = Nearest::new(bytes.get(..end).unwrap_or_default(), MAY_BEGIN_STOP);
        while let Some(next) = stops.from(at) {
            at = next;
            let Some(step) = terminator_len(bytes, at) else {
                at += 1;
                continue;
            };
            let stop = at;
            let mut run = at + step;
            while run < end
                && let Some(step) = terminator_len(bytes, run)
            {
                run += step;
            }
            let run = run.min(end);
            let (after, closed) = skip_closers(text, run, end);
            at = after.max(at + 1);
            if self.ends_sentence(text, start, stop, run, after, closed, end, goes_on) {
                push(text, start, after, sentences);
                start = after;
            }
        }
        push(text, start, end, sentences);
    }

    #[allow(clippy::too_many_arguments)]
    fn ends_sentence(
        &self,
        text: &str,
        start: usize,
        stop: usize,
        run: usize,
        after: usize,
        closed: bool,
        end: usize,
        goes_on: &mut dyn FnMut(usize) -> bool,
    ) -> bool {
        let rest = text.get(after..end).unwrap_or_default();
        let next_at = rest.find(|c: char| !c.is_whitespace());
        let Some(next_at) = next_at else { return false };
        let blank = next_at > 0;
        let opened = rest[next_at..].trim_start_matches(OPENING);
        let Some(next) = opened.chars().next() else { return false };
        let full_stop = &text.as_bytes()[stop..run] == b".";
        let before = word_before(text, start, stop);
        if !blank {
            return glued(text, stop, run, closed, &rest[next_at..], before);
        }
        if next.is_lowercase() {
            // "iRobot", "eBay": a lower-case letter and a capital open a name.
            let second = opened.chars().nth(1);
            return full_stop && second.is_some_and(char::is_uppercase) && before.len() > 2;
        }
        if !full_stop {
            let mark = closed && !text[run..after].ends_with([')', ']']);
            return !(mark && goes_on(after + next_at));
        }
        if closed {
            // `"… of it." Mr Hale said` is rare, but an attribution is never a sentence of its own.
            return !goes_on(after + next_at);
        }
        self.full_stop_ends(text, start, before, opened, next)
    }

    fn full_stop_ends(
        &self,
        text: &str,
        start: usize,
        before: &str,
        opened: &str,
        next: char,
    ) -> bool {
        if before.is_empty() {
            return true;
        }
        let digit = next.is_ascii_digit();
        if before.bytes().all(|byte| byte.is_ascii_digit()) {
            // The number of a list item, at the start or behind a colon or semicolon.
            let head = text[start..].len() - text[start..].trim_start().len() + start;
            let at = before.as_ptr() as usize - text.as_ptr() as usize;
            let lead = text[head..at].trim_end();
            return !(before.len() <= 2 && (lead.is_empty() || lead.ends_with([':', ';'])));
        }
        let known = self.abbreviation(before);
        if known.before_number && digit {
            return false;
        }
        if known.hour {
            let word = first_word(opened);
            return word.chars().any(char::is_lowercase) && !one_of(BEHIND_HOUR, word);
        }
        if known.month && before.starts_with(char::is_uppercase) {
            return !digit;
        }
        if known.capital && before.starts_with(char::is_lowercase) {
            // "fell ill", "the sun": words, where the abbreviation has a capital.
            return true;
        }
        if known.may_end {
            return !digit && opens_sentence(opened);
        }
        if known.listed {
            // "Sun", "Mar", "Wash": without a capital these are words.
            return false;
        }
        let mut letters = before.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_uppercase() && letter != 'I' => {
                !self.initial(text, start, before) || opens_sentence(opened) && !name_like(opened)
            }
            // An initialism that is on no list: "J.R.", "F.B.I."
            _ if before.contains('.')
                && before.split('.').all(|part| part.chars().count() <= 1) =>
            {
                opens_sentence(opened)
            }
            _ => true,
        }
    }

    fn abbreviation(&self, word: &str) -> Abbreviation {
        if word.len() > self.longest {
            return Abbreviation::default();
        }
        let known = if word.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
            self.abbreviations.get(word)
        } else {
            self.abbreviations.get(word.to_lowercase().as_str())
        };
        known.copied().unwrap_or_default()
    }

    /// Whether a single capital is an initial: a capitalised word, a title or nothing before it.
    fn initial(&self, text: &str, start: usize, before: &str) -> bool {
        let at = before.as_ptr() as usize - text.as_ptr() as usize;
        let lead = text[start..at].trim_end();
        if lead.is_empty() || lead.ends_with('.') {
            return true;
        }
        let word = lead.rsplit(char::is_whitespace).next().unwrap_or_default();
        word.starts_with(char::is_uppercase)
            || word.chars().all(char::is_lowercase) && word.len() <= 3
    }
}

const OPENING: [char; 12] = ['"', '“', '‘', '\'', '(', '[', '«', '‹', '„', '‚', '¿', '¡'];
const CLOSING: [char; 9] = ['"', '”', '’', '\'', ')', ']', '»', '›', '“'];

/// The first bytes of full stops, question and exclamation marks, and of other signs.
const MAY_BEGIN_STOP: [[u8; 3]; 2] = [*b".?!", [0xe2, 0xe3, 0xef]];

fn terminator_len(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'.' | b'?' | b'!' => Some(1),
        0xe2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0xa6]) => Some(3),
        0xe3 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x82]) => Some(3),
        0xef if matches!(bytes.get(at + 1..at + 3), Some([0xbc, 0x81 | 0x9f])) => Some(3),
        _ => None,
    }
}

/// Skips closing marks and brackets; the place behind them and whether there was any. An opening
/// mark that is also a closing one counts as closing only where no letter is glued to it.
fn skip_closers(text: &str, from: usize, end: usize) -> (usize, bool) {
    let mut at = from;
    let mut closed = false;
    while at < end
        && let Some(mark) = text.get(at..end).and_then(|rest| rest.chars().next())
        && CLOSING.contains(&mark)
    {
        let behind = text.get(at + mark.len_utf8()..end).and_then(|rest| rest.chars().next());
        if mark == '“' && behind.is_some_and(char::is_alphanumeric) {
            break;
        }
        at += mark.len_utf8();
        closed = true;
        // More than a handful of marks is noise.
        if at - from > 12 {
            break;
        }
    }
    (at, closed)
}

/// No blank behind the stop: a border where scraping lost the blank ("noon.Her"), none in "U.S.A",
/// "3.5" or "Booking.com".
fn glued(text: &str, stop: usize, run: usize, closed: bool, rest: &str, before: &str) -> bool {
    let mut following = rest.chars();
    let (first, second) = (following.next(), following.next());
    let capital = first.is_some_and(char::is_uppercase)
        && second.is_some_and(|c| c.is_lowercase() || c == ' ' || c == '’' || c == '\'');
    let word = before.chars().count() > 2 && before.chars().all(|c| c.is_lowercase() || c == '’');
    capital
        && (word
            || closed && run - stop == 1 && text[stop..run].starts_with('.') && before.len() > 2)
}

/// The word, with the full stops in it, that ends at `stop`; at most 32 bytes of it.
fn word_before(text: &str, start: usize, stop: usize) -> &str {
    let floor = (start.max(stop.saturating_sub(32))..=stop)
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(stop);
    let lead = &text[floor..stop];
    let at = lead
        .char_indices()
        .rev()
        .take_while(|&(_, c)| c.is_alphanumeric() || c == '.' || c == '’' || c == '\'')
        .last()
        .map_or(stop, |(at, _)| floor + at);
    text[at..stop].trim_start_matches(['.', '\'', '’'])
}

fn first_word(opened: &str) -> &str {
    let end = opened.find(|c: char| !c.is_alphanumeric()).unwrap_or(opened.len());
    &opened[..end]
}

/// Whether the list, whose words stand between blanks, holds the word.
fn one_of(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

fn opens_sentence(opened: &str) -> bool {
    static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| OPENERS.split(' ').collect());
    KNOWN.contains(first_word(opened))
}

/// "A" and "I" may be initials too.
fn name_like(opened: &str) -> bool {
    opened[first_word(opened).len()..].starts_with('.')
}

fn push(text: &str, start: usize, end: usize, sentences: &mut Vec<Span>) {
    let piece = text.get(start..end).unwrap_or_default();
    let trimmed = piece.trim();
    if !trimmed.is_empty() {
        let from = start + (piece.len() - piece.trim_start().len());
        sentences.push(Span::new(from, from + trimmed.len()));
    }
}
