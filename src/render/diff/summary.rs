//! The sentences of a diff that a person can read aloud.

use super::findings;
use crate::diff::{DiffRecord, LexiconChange, OutletChanges, SideRow};
use crate::render::document::{Block, Text};
use crate::render::number::{count, counted};
use crate::render::wording::listed;

/// Terms and outlets that are named in a sentence; the others are counted.
const NAMED: usize = 8;

/// The summary.
pub(super) fn push(record: &DiffRecord, blocks: &mut Vec<Block>) {
    if !record.changed {
        blocks.push(Block::Paragraph(nothing(record).into()));
        return;
    }
    blocks.push(Block::Definitions(vec![
        ("Old".to_owned(), side(&record.old).into()),
        ("New".to_owned(), side(&record.new).into()),
    ]));
    let mut points: Vec<Text> = vec![articles(record).into()];
    points.extend(record.corpus.outlets.iter().take(NAMED).map(|row| outlet(row).into()));
    let more = record.corpus.outlets.len().saturating_sub(NAMED) as u64;
    if more > 0 {
        points.push(format!("Articles changed in {} more as well.", counted(more, "group")).into());
    }
    points.extend(lexicons(record).into_iter().map(Text::from));
    points.extend(settings(record).into_iter().map(Text::from));
    points.extend(tool(record).into_iter().map(Text::from));
    points.extend(findings::sentences(record).into_iter().map(Text::from));
    blocks.push(Block::List(points));
    blocks.extend(record.limits.iter().map(|limit| Block::Note(limit.message.as_str().into())));
}

fn nothing(record: &DiffRecord) -> String {
    let versions = [&record.old.tool.version, &record.new.tool.version];
    let tool = if versions[0] != versions[1] {
        format!(
            " The reports were made by versions {} and {}, which count alike here.",
            versions[0], versions[1]
        )
    } else if !record.tool.is_empty() {
        let names: Vec<String> = record.tool.iter().map(|row| row.name.clone()).collect();
        format!(" The fingerprints of {} differ, and count alike here.", listed(&names))
    } else {
        String::new()
    };
    format!("Nothing changed.{tool}")
}

fn side(row: &SideRow) -> String {
    let title = row.title.as_ref().map(|title| format!("{title}: ")).unwrap_or_default();
    let period = match (&row.first, &row.last) {
        (Some(first), Some(last)) if first == last => format!(", {first}"),
        (Some(first), Some(last)) => format!(", {first} to {last}"),
        _ => String::new(),
    };
    format!("{title}{}, {}{period}", counted(row.articles, "article"), counted(row.words, "word"))
}

fn articles(record: &DiffRecord) -> String {
    let corpus = &record.corpus;
    let same = corpus.same;
    let parts: Vec<String> = [
        (corpus.added.len(), "added"),
        (corpus.removed.len(), "removed"),
        (corpus.edited.len(), "edited"),
        (corpus.moved.len(), "moved to another outlet"),
        (usize::try_from(corpus.renamed).unwrap_or(usize::MAX), "under another id"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", count(number as u64)))
    .collect();
    match (parts.is_empty(), same) {
        (true, _) => format!("Corpus: the articles are the same ({}).", count(same)),
        (false, 0) => format!("Corpus: {}; no article has the same text in both.", listed(&parts)),
        (false, _) => format!(
            "Corpus: {}; {} with the same text in both.",
            listed(&parts),
            counted(same, "article")
        ),
    }
}

fn outlet(row: &OutletChanges) -> String {
    let parts: Vec<String> = [
        (row.added, "added"),
        (row.removed, "removed"),
        (row.edited, "edited"),
        (row.moved_in, "moved in"),
        (row.moved_out, "moved out"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, what)| format!("{} {what}", count(number)))
    .collect();
    format!(
        "{}: from {} to {} ({}).",
        row.outlet,
        count(row.old),
        counted(row.new, "article"),
        parts.join(", ")
    )
}

fn lexicons(record: &DiffRecord) -> Vec<String> {
    if record.lexicons.is_empty() {
        return vec!["Lexicons: the same, to the term.".to_owned()];
    }
    record.lexicons.iter().map(lexicon).collect()
}

fn lexicon(change: &LexiconChange) -> String {
    let name = &change.lexicon;
    let version = |version: &Option<String>| version.clone().unwrap_or_default();
    match change.change.as_str() {
        "added" => format!("Lexicon {name} {} was added.", version(&change.version_new)),
        "removed" => format!("Lexicon {name} {} was removed.", version(&change.version_old)),
        _ => {
            let versions = if change.version_old == change.version_new {
                format!(" (still version {})", version(&change.version_new))
            } else {
                let [old, new] = [&change.version_old, &change.version_new].map(version);
                format!(" (version {old}, now {new})")
            };
            format!("Lexicon {name}{versions}: {}.", terms(change))
        }
    }
}

fn terms(change: &LexiconChange) -> String {
    let parts: Vec<String> = ["added", "removed", "changed"]
        .into_iter()
        .filter_map(|kind| {
            let of: Vec<_> = change.terms.iter().filter(|term| term.change == kind).collect();
            let named: Vec<String> = of
                .iter()
                .take(NAMED)
                .map(|term| {
                    let hits = match (term.hits_old, term.hits_new) {
                        (Some(old), Some(new)) => {
                            format!("{} hits, now {}", count(old), count(new))
                        }
                        (old, new) => counted(old.or(new).unwrap_or(0), "hit"),
                    };
                    format!("“{}” in {} ({hits})", term.term, term.group)
                })
                .collect();
            let more = of.len().saturating_sub(NAMED) as u64;
            let more = if more > 0 { format!(" and {} more", count(more)) } else { String::new() };
            let number = of.len() as u64;
            (number > 0)
                .then(|| format!("{} {kind}: {}{more}", counted(number, "term"), named.join(", ")))
        })
        .collect();
    if parts.is_empty() {
        "no term changed, their order may have".to_owned()
    } else {
        parts.join("; ")
    }
}

fn settings(record: &DiffRecord) -> Vec<String> {
    let row = |row: &crate::diff::SettingChange| {
        let effect = if row.decides_counts { "" } else { "; no count depends on it" };
        let shown =
            |value: &str| if value.is_empty() { "none".to_owned() } else { value.to_owned() };
        format!("Setting {}: {}, now {}{effect}.", row.name, shown(&row.old), shown(&row.new))
    };
    record.settings.iter().map(row).collect()
}

fn tool(record: &DiffRecord) -> Option<String> {
    let reading = &record.reading;
    let versions = [&record.old.tool.version, &record.new.tool.version];
    let made = if versions[0] == versions[1] {
        format!("Tool: the same version ({})", versions[0])
    } else {
        format!("Tool: version {}, now {}", versions[0], versions[1])
    };
    let otherwise = reading.articles_counted_otherwise;
    if otherwise == 0 {
        let census = match reading.articles {
            0 => "; no article is in both, so whether it counts otherwise can't be seen here"
                .to_owned(),
            n => format!(
                "; the same articles and terms are counted alike ({})",
                counted(n, "article")
            ),
        };
        return (versions[0] != versions[1]).then(|| format!("{made}{census}."));
    }
    Some(format!(
        "{made}; in {} of {} with the same text the same terms or the words are counted otherwise \
         ({} hits, now {}; {} words, now {}). The cause is the tool, or how it was asked to read \
         them (page furniture, cues, fields).",
        count(otherwise),
        counted(reading.articles, "article"),
        count(reading.hits_old),
        count(reading.hits_new),
        count(reading.words_old),
        count(reading.words_new)
    ))
}

/// What stayed, in one line.
pub(super) fn unchanged(record: &DiffRecord) -> String {
    let same = &record.unchanged;
    let parts: Vec<String> = [
        (same.articles, "article"),
        (same.terms, "term"),
        (same.rates, "rate"),
        (same.settings, "setting"),
    ]
    .into_iter()
    .filter(|(number, _)| *number > 0)
    .map(|(number, noun)| counted(number, noun))
    .collect();
    if parts.is_empty() {
        return "Nothing is the same in both reports.".to_owned();
    }
    format!("The same in both reports: {} (an article by its text).", listed(&parts))
}
