//! The texts under `hits` and `misses`: does the term do there what its author wants?

use crate::layout::{Flags, Layout, Segment};
use crate::lexicon::{EntryId, Inventory, Lexicon};
use crate::matching::{Dropped, Hit, Matcher, MatcherError};
use crate::text::{Folded, Span, Voice, Zone, ZoneSet};
use crate::toml_reader::Diagnostic;

/// A text in which a term does other than it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestFailure {
    /// The entry, in the inventory of the lexicon alone.
    pub entry: EntryId,
    /// The term as written.
    pub term: String,
    /// Whether the text stands under `hits`.
    pub wanted: bool,
    /// The text.
    pub text: String,
    /// Why, in words.
    pub reason: String,
    /// Bytes of the lexicon file that hold the term.
    pub place: std::ops::Range<usize>,
}

impl TestFailure {
    /// The failure as a finding in the file `source`, at the text if it can be found there.
    pub fn diagnostic(&self, source: &str) -> Diagnostic {
        let (key, code) = if self.wanted { ("hits", "failed-hit") } else { ("misses", "failed-miss") };
        let message = format!("`{}` fails its own test under `{key}`: {}", self.term, self.reason);
        let help = if self.wanted {
            "correct the text, or the term and its `unless`"
        } else {
            "add an `unless` that covers it, or correct the text"
        };
        Diagnostic::error(code, self.text_place(source), message).with_help(help)
    }

    fn text_place(&self, source: &str) -> std::ops::Range<usize> {
        let term = source.get(self.place.clone()).unwrap_or_default();
        let found = term.find(&self.text).map(|at| self.place.start + at);
        found.map_or_else(|| self.place.clone(), |start| start..start + self.text.len())
    }
}

/// Runs every test of `lexicon`. Each text is laid out as the outlet's own words, in the body if the
/// group searches the body, else in its first zone.
///
/// # Errors
/// A pattern that can't be compiled.
pub fn run_tests(lexicon: &Lexicon) -> Result<Vec<TestFailure>, MatcherError> {
    let inventory = Inventory::new(vec![lexicon.clone()]);
    let matcher = Matcher::new(&inventory)?;
    let mut failures = Vec::new();
    for (id, _) in inventory.entries() {
        let term = inventory.term(id);
        let zone = tested_zone(inventory.group_of(id).zones);
        let tests = term.hits.iter().map(|text| (true, text));
        for (wanted, text) in tests.chain(term.misses.iter().map(|text| (false, text))) {
            let hits = matcher.find(&Folded::new(text), &in_zone(text, zone));
            let reason = if wanted {
                why_not_kept(&hits, id, &inventory)
            } else {
                why_kept(&hits, id, text)
            };
            failures.extend(reason.map(|reason| TestFailure {
                entry: id,
                term: term.text.clone(),
                wanted,
                text: text.clone(),
                reason,
                place: term.place.clone(),
            }));
        }
    }
    Ok(failures)
}

fn tested_zone(zones: ZoneSet) -> Zone {
    let searched = zones.iter().next().unwrap_or(Zone::Body);
    if zones.contains(Zone::Body) { Zone::Body } else { searched }
}

fn in_zone(text: &str, zone: Zone) -> Layout {
    let segment = Segment {
        span: Span::new(0, text.len()),
        zone,
        voice: Voice::Own,
        cue: None,
        source: None,
        flags: Flags::default(),
        rule: "test",
    };
    Layout { segments: vec![segment], ..Layout::default() }
}

/// Why a term that should count does not.
fn why_not_kept(hits: &[Hit], id: EntryId, inventory: &Inventory) -> Option<String> {
    let own: Vec<&Hit> = hits.iter().filter(|hit| hit.entry == id).collect();
    if own.iter().any(|hit| hit.dropped.is_none()) {
        return None;
    }
    let term = inventory.term(id);
    Some(match own.first().and_then(|hit| hit.dropped) {
        Some(Dropped::Unless(index)) => {
            let pattern = term.unless.get(usize::from(index)).map_or("", String::as_str);
            format!("the `unless` `{pattern}` drops it")
        }
        Some(Dropped::Overlapped(other, _)) => {
            format!("`{}` takes its place", inventory.term(other).text)
        }
        Some(Dropped::Zone | Dropped::Quotation) | None => "it does not occur in this text".to_owned(),
    })
}

/// Where a term that should not count does.
fn why_kept(hits: &[Hit], id: EntryId, text: &str) -> Option<String> {
    let kept = hits.iter().find(|hit| hit.entry == id && hit.dropped.is_none())?;
    Some(format!("it counts \"{}\"", kept.span.of(text)))
}

#[cfg(test)]
mod tests {
    use super::run_tests;
    use crate::lexicon::parse;

    fn failures(terms: &str) -> Vec<(String, bool, String)> {
        let source = format!("schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nterms = [{terms}]");
        let parsed = parse(&source, "x.toml");
        assert!(parsed.is_sound(), "{:?}", parsed.diagnostics);
        let failures = run_tests(&parsed.lexicon).expect("patterns compile");
        for failure in &failures {
            let place = failure.diagnostic(&source).place;
            assert_eq!(&source[place], failure.text);
        }
        failures.into_iter().map(|f| (f.text, f.wanted, f.reason)).collect()
    }

    #[test]
    fn what_holds_is_silent() {
        let terms = r#"{ term = "left", unless = ["left the *"], hits = ["the left won"], misses = ["he left the room"] }"#;
        assert_eq!(failures(terms), []);
    }

    #[test]
    fn each_failure_says_why() {
        let terms = r#"
            { term = "left", unless = ["left behind"], hits = ["left behind", "the right"], misses = ["he left"] },
            { term = "far left", hits = ["the far left"] },
            { term = "far", hits = ["far left"] },
        "#;
        let wanted = [
            ("left behind", true, "the `unless` `left behind` drops it"),
            ("the right", true, "it does not occur in this text"),
            ("he left", false, "it counts \"left\""),
            ("far left", true, "`far left` takes its place"),
        ];
        let wanted: Vec<_> =
            wanted.iter().map(|(t, w, r)| ((*t).to_owned(), *w, (*r).to_owned())).collect();
        assert_eq!(failures(terms), wanted);
    }

    #[test]
    fn a_category_of_headlines_is_tested_in_a_headline() {
        let source = "schema = 1\nid = \"x\"\n[[category]]\nid = \"c\"\nzones = [\"headline\"]\n\
                      terms = [{ term = \"slams\", hits = [\"Mayor slams rival\"] }]";
        assert_eq!(run_tests(&parse(source, "x.toml").lexicon).expect("compiles"), []);
    }
}
