//! Fingerprints of what a report was made from.

use std::fmt::Write;

use super::model::{EntryRecord, LexiconRecord, Provenance};
use crate::lexicon::{EntryId, GroupKind, Inventory, Lexicon, Pattern, Term};
use crate::tally::{Articles, Sums};

/// The fingerprint of the corpus, without those of lexicons.
pub(super) fn of_corpus(articles: &Articles) -> Provenance {
    let mut corpus = blake3::Hasher::new();
    for article in articles.heads() {
        add_article(&mut corpus, article.outlet, &article.id, &article.hash);
    }
    Provenance { lexicons: Vec::new(), corpus: corpus.finalize().to_hex().to_string() }
}

/// The corpus's fingerprint from outlet, id and text hash of its articles, in order; `None` where a
/// text hash is none.
pub(super) fn corpus_fingerprint(articles: &[[&str; 3]]) -> Option<String> {
    let mut corpus = blake3::Hasher::new();
    for [outlet, id, hash] in articles {
        add_article(&mut corpus, outlet, id, blake3::Hash::from_hex(hash).ok()?.as_bytes());
    }
    Some(corpus.finalize().to_hex().to_string())
}

fn add_article(corpus: &mut blake3::Hasher, outlet: &str, id: &str, hash: &[u8; 32]) {
    add(corpus, outlet.as_bytes());
    add(corpus, id.as_bytes());
    corpus.update(hash);
}

/// The fingerprints of lexicons and sums: the corpus is known by its sums alone.
pub(super) fn of_sums(inventory: &Inventory, sums: &Sums) -> Provenance {
    let mut corpus = blake3::Hasher::new();
    let mut kind = String::new();
    for (outlet, of, sum) in sums.packed() {
        kind.clear();
        // Nothing is written but to memory, so there is no error.
        let _ = write!(kind, "{of:?}");
        add(&mut corpus, outlet.as_bytes());
        add(&mut corpus, kind.as_bytes());
        add(&mut corpus, sum);
    }
    let corpus = format!("sums:{}", corpus.finalize().to_hex());
    Provenance { lexicons: lexicon_records(inventory), corpus }
}

/// The lexicons of a run with their fingerprints, in their order.
pub fn lexicon_records(inventory: &Inventory) -> Vec<LexiconRecord> {
    let mut lexicons: Vec<LexiconRecord> = inventory.lexicons().iter().map(record).collect();
    for (id, entry) in inventory.entries() {
        let lexicon = inventory.groups()[entry.group].lexicon;
        lexicons[lexicon].entries.push(entry_record(inventory, id));
    }
    for lexicon in &mut lexicons {
        lexicon.hash = entries_fingerprint(&lexicon.entries);
    }
    lexicons
}

/// The fingerprint of a lexicon: of everything in its entries that decides a count.
pub(super) fn entries_fingerprint(entries: &[EntryRecord]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut bytes = Vec::new();
    for entry in entries {
        let variant = entry.variant.as_deref().unwrap_or_default();
        for part in [&entry.kind, &entry.group, variant, &entry.hash] {
            put(&mut bytes, part);
        }
        hasher.update(&bytes);
        bytes.clear();
    }
    hasher.finalize().to_hex().to_string()
}

fn record(lexicon: &Lexicon) -> LexiconRecord {
    LexiconRecord {
        id: lexicon.id.clone(),
        title: lexicon.title.clone(),
        version: lexicon.version.clone(),
        hash: String::new(),
        entries: Vec::new(),
    }
}

/// Adds bytes with their length, so that no two lists of strings give the same bytes.
fn add(hasher: &mut blake3::Hasher, bytes: &[u8]) {
    hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
}

/// The same to bytes that are hashed in one go, which is faster for short strings.
fn put(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend(text.as_bytes());
}

fn entry_record(inventory: &Inventory, id: EntryId) -> EntryRecord {
    let group = inventory.group_of(id);
    let term = inventory.term(id);
    let (kind, name, variant) = match group.kind {
        GroupKind::Category(_) => ("category", inventory.category(id).map(|c| c.id.clone()), None),
        GroupKind::Choice(_) => {
            let choice = inventory.choice(id);
            let variant = choice.map(|(_, variant)| variant.to_owned());
            ("choice", choice.map(|(choice, _)| choice.id.clone()), variant)
        }
        GroupKind::Targets => ("target", inventory.target(id).map(|t| t.id.clone()), None),
    };
    EntryRecord {
        kind: kind.to_owned(),
        group: name.unwrap_or_default(),
        variant,
        term: term.text.clone(),
        hash: term_hash(term, group.zones),
    }
}

/// Fingerprint that a term has which is nothing but what is written: no further form, no option, no
/// exception.
pub(crate) fn plain_fingerprint(term: &str, zones: crate::text::ZoneSet) -> String {
    let forms = vec![term.to_owned()];
    let pattern = Pattern::Words { forms, exact_case: false, exact_accents: false };
    pattern_hash(&pattern, &[], zones)
}

/// Fingerprint of everything in an entry that decides a count: its forms and options, what drops it,
/// and the zones that are searched for it. Notes and tests do not enter.
fn term_hash(term: &Term, zones: crate::text::ZoneSet) -> String {
    pattern_hash(&term.pattern, &term.unless, zones)
}

fn pattern_hash(pattern: &Pattern, exceptions: &[String], zones: crate::text::ZoneSet) -> String {
    let mut bytes = Vec::with_capacity(128);
    match pattern {
        Pattern::Words { forms, exact_case, exact_accents } => {
            bytes.extend([0, u8::from(*exact_case), u8::from(*exact_accents)]);
            forms.iter().for_each(|form| put(&mut bytes, form));
        }
        Pattern::Regex(source) => {
            bytes.push(1);
            put(&mut bytes, source);
        }
    }
    bytes.push(2);
    exceptions.iter().for_each(|unless| put(&mut bytes, unless));
    bytes.push(3);
    zones.iter().for_each(|zone| put(&mut bytes, zone.name()));
    blake3::hash(&bytes).to_hex()[..16].to_owned()
}
