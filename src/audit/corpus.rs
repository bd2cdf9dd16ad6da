//! How the entries of a lexicon fare in a corpus: which are never found, which carry a category,
//! which stand mostly in quotations, which are mostly names.

use std::collections::BTreeMap;

use crate::lexicon::{EntryId, GroupKind, Inventory, Pattern};
use crate::matching::Hit;
use crate::text::{Voice, Zone};
use crate::toml_reader::Diagnostic;

/// Hits of an entry below which nothing is said of their shares.
const FEW: u64 = 5;

/// How the hits of one entry were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct EntryUse {
    /// Matches that would count if the other entries of the group were not there.
    pub found: u64,
    /// Matches that count.
    pub kept: u64,
    /// Of these, inside quotation marks that have a speaker.
    pub quoted: u64,
    /// Of these, where capital letters say something: in running text and not at the start of a
    /// sentence.
    pub placed: u64,
    /// Of these, with a capital letter at the start of every word.
    pub capitalised: u64,
}

/// The uses of every entry, added up an article at a time. The sum does not depend on the order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CorpusAudit {
    articles: u64,
    uses: BTreeMap<EntryId, EntryUse>,
}

impl CorpusAudit {
    /// Adds the hits of one article. `sentence_starts` are the bytes at which its sentences begin,
    /// in order.
    pub fn add(&mut self, text: &str, hits: &[Hit], sentence_starts: &[u32]) {
        self.articles += 1;
        for hit in hits {
            let entry = self.uses.entry(hit.entry).or_default();
            entry.found += u64::from(hit.is_found());
            if hit.dropped.is_some() {
                continue;
            }
            entry.kept += 1;
            entry.quoted += u64::from(hit.voice == Voice::Quoted);
            let opens = opens_sentence(text, hit.span.start, sentence_starts);
            if hit.zone == Zone::Body && !opens {
                entry.placed += 1;
                entry.capitalised += u64::from(is_capitalised(hit.span.of(text)));
            }
        }
    }

    /// How many articles were added.
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// The use of an entry.
    pub fn of(&self, entry: EntryId) -> EntryUse {
        self.uses.get(&entry).copied().unwrap_or_default()
    }

    /// What a reader should look at, for the lexicon of index `lexicon` in `inventory`; places point
    /// into its file. Without an article there is nothing to say.
    pub fn findings(&self, inventory: &Inventory, lexicon: usize) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.articles == 0 {
            return found;
        }
        for group in inventory.groups().iter().filter(|group| group.lexicon == lexicon) {
            let ids: Vec<EntryId> = group.entries.clone().map(EntryId).collect();
            let total: u64 = ids.iter().map(|&id| self.of(id).kept).sum();
            let is_category = matches!(group.kind, GroupKind::Category(_));
            for &id in &ids {
                let seen = self.of(id);
                if is_category {
                    found.extend(self.dead_or_dominant(inventory, id, total, ids.len()));
                }
                if group.kind != GroupKind::Targets {
                    found.extend(mostly_quoted(inventory, id, seen));
                    found.extend(mostly_names(inventory, id, seen));
                }
            }
        }
        found.sort_by_key(|finding| (finding.place.start, finding.place.end, finding.code));
        found
    }

    fn dead_or_dominant(
        &self,
        inventory: &Inventory,
        id: EntryId,
        total: u64,
        rivals: usize,
    ) -> Option<Diagnostic> {
        let (term, seen) = (inventory.term(id), self.of(id));
        let place = term.place.clone();
        if seen.found == 0 {
            let message = format!("`{}` is never found in {} articles", term.text, self.articles);
            return Some(
                Diagnostic::warning("dead-term", place, message)
                    .with_help("look for a misspelling, or for a form that lacks: inflect, forms"),
            );
        }
        let category = inventory.category(id).map_or("", |category| category.id.as_str());
        (rivals > 1 && total >= FEW && 2 * seen.kept > total).then(|| {
            let message = format!(
                "`{}` makes {} of {total} hits of `{category}`: its rate is that of one word",
                term.text, seen.kept
            );
            Diagnostic::warning("dominant-term", place, message)
                .with_help("read its lines (parallax kwic --term), or give it a category of its own")
        })
    }
}

fn mostly_quoted(inventory: &Inventory, id: EntryId, seen: EntryUse) -> Option<Diagnostic> {
    let term = inventory.term(id);
    (seen.kept >= FEW && 2 * seen.quoted > seen.kept).then(|| {
        let message = format!(
            "{} of {} hits of `{}` stand in quotations: mostly others use it",
            seen.quoted, seen.kept, term.text
        );
        Diagnostic::warning("mostly-quoted", term.place.clone(), message)
            .with_help("compare the voice `worded`, not `all`")
    })
}

fn mostly_names(inventory: &Inventory, id: EntryId, seen: EntryUse) -> Option<Diagnostic> {
    let term = inventory.term(id);
    // Who writes a term with capitals or asks for them expects names.
    let expected = match &term.pattern {
        Pattern::Words { forms, exact_case, .. } => *exact_case || forms.iter().any(|f| f.contains(char::is_uppercase)),
        Pattern::Regex(_) => false,
    };
    (!expected && seen.placed >= FEW && 2 * seen.capitalised > seen.placed).then(|| {
        let message = format!(
            "{} of {} hits of `{}` within sentences have capitals: probably names",
            seen.capitalised, seen.placed, term.text
        );
        Diagnostic::warning("mostly-names", term.place.clone(), message)
            .with_help("read its lines (parallax kwic --term) and add an `unless` for each name")
    })
}

/// Whether only marks stand between the start of a sentence and `at`.
fn opens_sentence(text: &str, at: u32, starts: &[u32]) -> bool {
    let index = starts.partition_point(|&start| start <= at);
    let start = index.checked_sub(1).and_then(|index| starts.get(index)).copied().unwrap_or(0);
    let between = text.get(start as usize..at as usize).unwrap_or_default();
    !between.contains(char::is_alphanumeric)
}

fn is_capitalised(words: &str) -> bool {
    let mut parts = words.split([' ', '-', '\n', '\u{a0}']).filter_map(|word| word.chars().next());
    parts.all(|letter| letter.is_uppercase() || !letter.is_alphabetic())
}
