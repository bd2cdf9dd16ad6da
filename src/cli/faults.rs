//! Errors and findings as a person reads them: what, where, and what to do.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use parallax::store::{LexiconError, LexiconFault};
use parallax::toml_reader::{Diagnostic, Severity};

/// Writes an error to standard error; a faulty lexicon with every fault and its excerpt.
pub fn report(out: &mut dyn Write, error: &anyhow::Error) {
    if let Some(LexiconError::Faulty { files }) = error.downcast_ref() {
        let colour = io::stderr().is_terminal()
            && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        for file in files {
            let _ = out.write_all(findings(file, colour).as_bytes());
        }
    }
    // Nothing can be done about a standard error that is closed.
    let _ = writeln!(out, "error: {}", indented(&message(&format!("{error:#}"))));
}

/// The findings in a file, each with its line, column and excerpt.
pub fn findings(file: &LexiconFault, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let origin = visible(&file.origin);
    // An excerpt must not carry terminal sequences either; every character keeps its width in bytes
    // only if it is replaced in place, so places are mapped along.
    let (source, places) = visible_source(&file.source);
    let lines: Vec<usize> =
        std::iter::once(0).chain(source.match_indices('\n').map(|(end, _)| end + 1)).collect();
    let mut shown = String::new();
    for diagnostic in &file.diagnostics {
        let last = places.len() - 1;
        let start = places[diagnostic.place.start.min(last)];
        let end = places[diagnostic.place.end.min(last)].max(start);
        let line = lines.partition_point(|&line| line <= start);
        // A finding about a whole table is shown at its first line. The renderer is given no other: it
        // goes through all that it is given, and there may be as many findings as lines.
        let first = lines[line - 1];
        let line_end = lines.get(line).map_or(source.len(), |next| next - 1);
        let snippet = Snippet::source(&source[first..line_end])
            .line_start(line)
            .path(&*origin)
            .annotation(AnnotationKind::Primary.span(start - first..end.min(line_end) - first));
        let group = finding(diagnostic, snippet);
        shown.push_str(&renderer.render(&group));
        shown.push_str("\n\n");
    }
    shown
}

fn finding<'a>(diagnostic: &'a Diagnostic, snippet: Snippet<'a, Annotation<'a>>) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(message(&diagnostic.message)).id(diagnostic.code);
    let mut group = title.element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(message(help)));
    }
    vec![group]
}

/// The lines behind the first set in, so that none that a file's content holds passes for another message.
pub fn indented(message: &str) -> String {
    message.replace('\n', "\n  ")
}

/// What is said in a line about a file: nothing in it ends the line.
pub fn line(text: &str) -> String {
    visible(text).replace('\n', "␊")
}

/// What the reader of the arguments says, whose colours are its own: it replaces what steers a terminal
/// from ASCII alone.
pub fn arguments(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' | '\t' | '\u{1b}' => character,
            other => visible_character(other),
        })
        .collect()
}

/// Control characters made visible, so that no file can steer a terminal.
pub fn visible(text: &str) -> String {
    text.chars().map(visible_character).collect()
}

/// Characters that a line of a message may have; of a longer one the beginning and the end are shown.
const LONGEST_LINE: usize = 1_600;
const SHOWN_OF_ITS_END: usize = 400;

/// A message as it may be shown: what it cites steers no terminal, and does not fill it.
pub fn message(text: &str) -> String {
    let lines = text.split('\n').map(|line| {
        let length = line.chars().count();
        if length <= LONGEST_LINE {
            return visible(line);
        }
        let cut = length - LONGEST_LINE;
        let (first, last) = (LONGEST_LINE - SHOWN_OF_ITS_END, length - SHOWN_OF_ITS_END);
        let part = |from, to: usize| line.chars().skip(from).take(to - from).collect::<String>();
        let (first, last) = (part(0, first), part(last, length));
        format!("{} … [{cut} characters] … {}", visible(&first), visible(&last))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn visible_character(character: char) -> char {
    match character {
        '\n' | '\t' => character,
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    }
}

/// The source with control characters made visible, and where each of its bytes went.
fn visible_source(source: &str) -> (String, Vec<usize>) {
    let mut shown = String::with_capacity(source.len());
    let mut places = Vec::with_capacity(source.len() + 1);
    for character in source.chars() {
        places.resize(places.len() + character.len_utf8(), shown.len());
        shown.push(if character == '\r' { ' ' } else { visible_character(character) });
    }
    places.push(shown.len());
    (shown, places)
}
