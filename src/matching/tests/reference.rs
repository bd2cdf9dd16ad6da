//! A slow matcher written from the rules, by other means than the real one: every entry, every form,
//! every pair of borders; regular expressions for words and gaps; a byte map for zones and quotations.
//! It knows only the characters that the property tests use.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::Regex;

use super::*;
use crate::lexicon::EntryId;

/// What is compared of a hit.
pub(super) type Shown = (EntryId, Span, Zone, Voice, u8, Option<Dropped>);

pub(super) fn shown(hits: &[Hit]) -> Vec<Shown> {
    let one = |hit: &Hit| (hit.entry, hit.span, hit.zone, hit.voice, hit.wildcards, hit.dropped);
    hits.iter().map(one).collect()
}

/// A word with its possessive ending and without.
struct Word {
    start: usize,
    /// (end, source up to there) without and with the ending.
    ends: Vec<(usize, String)>,
    /// Where the gap behind begins.
    rest: usize,
}

fn words(text: &str) -> Vec<Word> {
    let pattern =
        compiled("(?i)u\\.s\\.|u\\.s\\b|[a-zé\u{301}\u{ad}]+(?:['’][a-zé\u{301}\u{ad}]+)*");
    let ending = compiled("(?i)^(.+)['’]s$");
    let mut found = Vec::new();
    for matched in pattern.find_iter(text) {
        let source = matched.as_str();
        let (start, end) = (matched.start(), matched.end());
        let trimmed = source.trim_end_matches(['.', '\u{ad}']);
        let last = start + trimmed.len();
        let mut word = Word { start, ends: Vec::new(), rest: end };
        if let Some(parts) = ending.captures(trimmed) {
            word.ends.push((start + parts[1].len(), parts[1].to_owned()));
        } else if trimmed.ends_with(['s', 'S'])
            && text[end..].starts_with(['\'', '’'])
            && !source.ends_with(['.', '\u{ad}'])
        {
            let mark = text[end..].chars().next().unwrap();
            word.ends.push((end, trimmed.to_owned()));
            word.rest = end + mark.len_utf8();
            word.ends.push((word.rest, format!("{trimmed}'")));
            found.push(word);
            continue;
        }
        let alone = plain(trimmed, true, false)
            .chars()
            .eq(trimmed.chars().next().map(|c| if c == 'É' { 'E' } else { c }));
        let behind = text[end..].strip_prefix('.');
        let initial = alone && trimmed.starts_with(char::is_uppercase);
        if let (true, Some(behind)) = (initial, behind)
            && (behind.is_empty() || behind.starts_with([' ', '\n', '\u{a0}']))
        {
            word.rest += 1;
        }
        word.ends.push((last, trimmed.to_owned()));
        found.push(word);
    }
    found
}

fn plain(source: &str, case: bool, accents: bool) -> String {
    let mut out = source
        .replace('\u{ad}', "")
        .replace('’', "'")
        .replace("e\u{301}", "é")
        .replace("E\u{301}", "É");
    if !accents {
        out = out.replace('é', "e").replace('É', "E");
    }
    if case { out } else { out.to_lowercase() }
}

/// A regular expression, compiled once.
fn compiled(expression: &str) -> Regex {
    thread_local! {
        static COMPILED: RefCell<HashMap<String, Regex>> = RefCell::default();
    }
    COMPILED.with_borrow_mut(|known| match known.get(expression) {
        Some(regex) => regex.clone(),
        None => {
            let regex = Regex::new(expression).unwrap();
            known.insert(expression.to_owned(), regex.clone());
            regex
        }
    })
}

/// A regular expression for one word of a pattern.
fn word_pattern(written: &str, case: bool, accents: bool) -> Regex {
    if written == "*" {
        return compiled("");
    }
    let escaped = regex::escape(&plain(written.trim_end_matches('.'), case, accents));
    compiled(&format!("^(?:{})$", escaped.replace(r"\*", "[^'.]*").replace(r"\?", "[^'.]")))
}

/// One word of a pattern: what it must look like folded, and with what is kept.
struct Wanted {
    folded: Regex,
    exact: Regex,
    case: bool,
    accents: bool,
    wild: bool,
}

impl Wanted {
    fn new(written: &str, case: bool, accents: bool) -> Self {
        Self {
            folded: word_pattern(written, false, false),
            exact: word_pattern(written, case, accents),
            case,
            accents,
            wild: written.contains(['*', '?']),
        }
    }

    fn end(&self, word: &Word) -> Option<usize> {
        let fits = |(_, source): &&(usize, String)| {
            self.folded.is_match(&plain(source, false, false))
                && self.exact.is_match(&plain(source, self.case, self.accents))
        };
        word.ends.iter().find(fits).map(|(end, _)| *end)
    }
}

fn joined(gap: &str) -> bool {
    let gap = gap.replace('\u{ad}', "");
    compiled(r"^(?:[ \u{a0}]+|[ \u{a0}]*\n[ \u{a0}]*|-|-[ \u{a0}]*\n[ \u{a0}]*)$").is_match(&gap)
}

fn marks(gap: &str) -> String {
    let gap = compiled(r"\n[ \u{a0}]*\n[\n \u{a0}]*").replace_all(gap, "¶");
    gap.replace([' ', '\n', '\u{a0}', '\u{ad}'], "").replace(['“', '”'], "\"").replace('’', "'")
}

/// Whether an `unless` matches and takes in the words from `first` to `last`.
fn unless_covers(pattern: &str, text: &str, words: &[Word], first: usize, last: usize) -> bool {
    let item = compiled(r"[^ (),\-]+|[(),]");
    let items: Vec<&str> = item.find_iter(pattern).map(|m| m.as_str()).collect();
    let is_mark = |item: &str| matches!(item, "(" | ")" | ",");
    let gap = |index: usize| {
        let start = if index == 0 { 0 } else { words[index - 1].rest };
        &text[start..words.get(index).map_or(text.len(), |word| word.start)]
    };
    (0..=first).any(|from| {
        let (mut word, mut pending, mut begun) = (from, String::new(), false);
        for item in &items {
            if is_mark(item) {
                pending.push_str(item);
                continue;
            }
            let Some(next) = words.get(word) else { return false };
            let before = gap(word);
            let fits = match (begun, pending.is_empty()) {
                (false, _) => marks(before).ends_with(&pending),
                (true, true) => joined(before),
                (true, false) => marks(before) == pending,
            };
            if !fits || Wanted::new(item, false, false).end(next).is_none() {
                return false;
            }
            (word, begun) = (word + 1, true);
            pending.clear();
        }
        word > last && marks(gap(word)).starts_with(&pending)
    })
}

/// Every hit, by the rules.
pub(super) fn find(inventory: &Inventory, text: &str, layout: &Layout) -> Vec<Hit> {
    let words = words(text);
    let mut found: Vec<(Hit, usize)> = Vec::new();
    for (entry, of) in inventory.entries() {
        let term = inventory.term(entry);
        let Pattern::Words { forms, exact_case, exact_accents } = &term.pattern else { continue };
        for form in forms {
            let item = compiled(r"[^ \-&#/]+|[&#/]");
            let (mut wanted, mut marks_wanted) = (Vec::new(), vec![String::new()]);
            for item in item.find_iter(form).map(|item| item.as_str()) {
                if matches!(item, "&" | "#" | "/") {
                    marks_wanted.last_mut().unwrap().push_str(item);
                } else {
                    wanted.push(Wanted::new(item, *exact_case, *exact_accents));
                    marks_wanted.push(String::new());
                }
            }
            for first in 0..words.len() {
                let Some(there) = words.get(first..first + wanted.len()) else { continue };
                let ends: Option<Vec<usize>> =
                    wanted.iter().zip(there).map(|(wanted, word)| wanted.end(word)).collect();
                let gap = |index: usize| {
                    let start = if index == 0 { 0 } else { words[index - 1].rest };
                    &text[start..words.get(index).map_or(text.len(), |word| word.start)]
                };
                let count = wanted.len();
                let gaps = marks_wanted.iter().enumerate().all(|(index, mark)| {
                    let found = marks(gap(first + index));
                    match index {
                        0 => found.ends_with(mark),
                        last if last == count => found.starts_with(mark),
                        _ if mark.is_empty() => joined(gap(first + index)),
                        _ => found == *mark,
                    }
                });
                let (Some(ends), true) = (ends, gaps) else { continue };
                let span = Span::new(there[0].start, *ends.last().unwrap());
                let last = first + wanted.len() - 1;
                let covered = |pattern: &String| unless_covers(pattern, text, &words, first, last);
                let unless =
                    term.unless.iter().position(covered).map(|at| Dropped::Unless(at as u16));
                let mut hit = placed(entry, span, layout, inventory.groups()[of.group].zones);
                hit.wildcards = wanted.iter().filter(|wanted| wanted.wild).count() as u8;
                hit.dropped = hit.dropped.or(unless);
                match found.iter_mut().find(|(other, _)| other.entry == entry && other.span == span)
                {
                    Some((other, _)) => other.wildcards = other.wildcards.min(hit.wildcards),
                    None => found.push((hit, of.group)),
                }
            }
        }
    }
    choose(&mut found);
    let mut hits: Vec<Hit> = found.into_iter().map(|(hit, _)| hit).collect();
    hits.sort_by_key(|hit| (hit.span.start, hit.span.end, hit.entry));
    hits
}

/// A hit with its place; dropped for its zone or a quotation.
fn placed(entry: EntryId, span: Span, layout: &Layout, zones: ZoneSet) -> Hit {
    let at = |byte: u32| layout.segments.iter().find(|segment| segment.span.holds(byte)).unwrap();
    let quotation =
        |byte: u32| layout.quotations.iter().position(|quotation| quotation.holds(byte));
    let (first, bytes) = (at(span.start), span.start..span.end);
    let dropped =
        if bytes.clone().any(|byte| at(byte).zone != first.zone) || !zones.contains(first.zone) {
            Some(Dropped::Zone)
        } else if bytes.clone().any(|byte| quotation(byte) != quotation(span.start)) {
            Some(Dropped::Quotation)
        } else {
            None
        };
    Hit { entry, span, zone: first.zone, voice: first.voice, negated: false, wildcards: 0, dropped }
}

/// Takes the best of those left in each group until none is left.
fn choose(found: &mut [(Hit, usize)]) {
    let mut open: Vec<usize> = (0..found.len()).filter(|&i| found[i].0.dropped.is_none()).collect();
    while let Some(&best) = open.iter().min_by_key(|&&index| {
        let hit = &found[index].0;
        (hit.span.start, u32::MAX - hit.span.end, hit.wildcards, hit.entry)
    }) {
        let (kept, group) = (found[best].0.clone(), found[best].1);
        open.retain(|&index| {
            let (hit, of) = &mut found[index];
            let loses = index != best && *of == group && hit.span.overlaps(kept.span);
            if loses {
                hit.dropped = Some(Dropped::Overlapped(kept.entry, kept.span));
            }
            index != best && !loses
        });
    }
}
