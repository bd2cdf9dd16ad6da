//! From what a file says to an article: settings, outlet, title, date, id.

use std::collections::BTreeMap;

use super::article::{Article, Marked, Origin};
use super::broken_words;
use super::config::{Config, Entry};
use super::dates::{Written, read_date};
use super::fields::Role;
use super::format::{Draft, Kind};
use super::host::{domains, host_of};
use super::lookalikes;
use super::mojibake;
use super::open::{Corpus, SourceFile};
use super::outlets::{Outlet, folded};
use super::problem::SkipReason;
use super::read::Item;
use super::warning::CorpusWarning;
use crate::text::Span;

/// Why there is no article.
pub(super) enum Refusal {
    Skip(SkipReason),
    /// Its outlet is not among those asked for.
    NotAskedFor,
}

impl Corpus {
    /// Makes an article of a draft. Warnings go to `items`.
    pub(super) fn assemble(
        &self,
        mut draft: Draft,
        file: &SourceFile,
        origin: Origin,
        items: &mut Vec<Item>,
    ) -> Result<Article, Refusal> {
        let Some(root) = self.roots.get(file.root) else { return Err(Refusal::NotAskedFor) };
        let path = root.below(&file.source.path);
        let is_page = matches!(file.format.kind, Kind::Page(_));
        if let Some(config) = &root.config {
            declare(config, &path, is_page, &mut draft);
        }
        let outlet = draft.roles.remove(&Role::Outlet);
        let outlet = outlet.or_else(|| {
            // A folder is the user's word; the name of a table is only better than nothing.
            let by_host = !is_page && !root.has_outlet_folder(&file.source.path);
            by_host.then(|| self.outlet_of_url(draft.roles.get(&Role::Url)?)).flatten()
        });
        let outlet = outlet.unwrap_or_else(|| root.outlet_of(&file.source.path, &file.format.kind));
        let declared = self.table.get(&outlet);
        let outlet = declared.map_or_else(|| one_line(&outlet), |it| it.id.clone());
        self.mend(&mut draft, &origin, items);
        let markup = std::mem::take(&mut draft.markup);
        let (text, title, shift) =
            take_text(&mut draft, file.source.limit).map_err(Refusal::Skip)?;
        let mut take = |role| draft.roles.remove(&role).map(|value| value.trim().to_owned());
        let (id, url, event, date) =
            (take(Role::Id), take(Role::Url), take(Role::Event), take(Role::Date));
        let id = id.or_else(|| url.clone()).or(is_page.then_some(path));
        if let Some(other) = draft.metadata.remove(Role::Outlet.name()) {
            // The outlet was read from another field: this one must not be taken for it.
            draft.metadata.insert("outlet field".to_owned(), other);
        }
        let mut article = Article {
            id: id.unwrap_or_else(|| fingerprint(&outlet, &text)),
            outlet,
            text,
            title,
            guess_headline: draft.guess_headline && title.is_none(),
            markup: markup.into_iter().map(|marked| moved(marked, shift)).collect(),
            date: None,
            event,
            url,
            origin,
            metadata: draft.metadata,
        };
        if let Some(written) = date {
            let field = file.names.get(Role::Date).unwrap_or(Role::Date.name());
            set_date(&mut article, field, written, items);
        }
        let own = article.outlet.clone();
        if let Some(by) = self.by() {
            self.regroup(&mut article, file, declared, by)?;
        }
        if !self.asks_for(&own) && !self.asks_for(&article.outlet) {
            return Err(Refusal::NotAskedFor);
        }
        match self.languages.as_ref().and_then(|expected| expected.foreign(&article.text)) {
            Some(language) => Err(Refusal::Skip(SkipReason::OtherLanguage { language })),
            None => Ok(article),
        }
    }

    /// Says what was garbled in title and text, and undoes it where the user wants that.
    fn mend(&self, draft: &mut Draft, origin: &Origin, items: &mut Vec<Item>) {
        let texts =
            || [Role::Title, Role::Text].into_iter().filter_map(|role| draft.roles.get(&role));
        let characters: usize = texts().map(|text| mojibake::count(text)).sum();
        let lost = |sign| texts().map(|text| text.matches(sign).count()).sum::<usize>();
        let lost = lost('\u{fffd}') + lost('\0');
        let words: usize = texts().map(|text| lookalikes::count(text)).sum();
        if words > 0 {
            let origin = origin.clone();
            items.push(Item::Warning(CorpusWarning::Lookalikes { origin, words }));
        }
        if characters > 0 {
            let (origin, repaired) = (origin.clone(), self.options.repair);
            items.push(Item::Warning(CorpusWarning::Garbled { origin, characters, repaired }));
        }
        if lost > 0 && draft.note.replaced.is_none() {
            let origin = origin.clone();
            items.push(Item::Warning(CorpusWarning::LostCharacters { origin, characters: lost }));
        }
        if characters > 0 && self.options.repair {
            undo_garbling(draft);
        }
        if let Some(text) = draft.roles.get_mut(&Role::Text) {
            let joined = self.options.repair.then(|| broken_words::joined(text)).flatten();
            let words = match joined {
                Some((joined, words)) => {
                    *text = joined;
                    words
                }
                None => broken_words::count(text),
            };
            if words > 0 {
                let (origin, repaired) = (origin.clone(), self.options.repair);
                items.push(Item::Warning(CorpusWarning::BrokenWords { origin, words, repaired }));
            }
        }
    }

    /// The outlet whose host a URL has: the declared one that bears the name of the host or of a
    /// domain above it, else the host.
    fn outlet_of_url(&self, url: &str) -> Option<String> {
        let host = host_of(url)?;
        let declared = domains(&host).find_map(|domain| self.table.get(domain));
        Some(declared.map_or_else(|| host.clone(), |outlet| outlet.id.clone()))
    }

    /// The declared outlet that published an article, whatever the articles are grouped by.
    pub fn outlet_of(&self, article: &Article) -> Option<&Outlet> {
        self.table.get(article.publisher())
    }

    fn asks_for(&self, outlet: &str) -> bool {
        let wanted = &self.options.outlets;
        wanted.is_empty()
            || wanted.iter().any(|name| {
                let id = self.table.get(name).map_or(name.as_str(), |outlet| &outlet.id);
                folded(id) == folded(outlet)
            })
    }

    /// Puts an article into the group that a field names; its outlet stays in the metadata.
    fn regroup(
        &self,
        article: &mut Article,
        file: &SourceFile,
        outlet: Option<&Outlet>,
        by: &str,
    ) -> Result<(), Refusal> {
        if file.names.role_of(by) == Some(Role::Outlet) {
            article.metadata.insert(Role::Outlet.name().to_owned(), article.outlet.clone());
            return Ok(());
        }
        let groups = outlet.map(|outlet| &outlet.groups);
        let group = value_of(&article.metadata, by).or_else(|| value_of(groups?, by)).or_else(
            || match by {
                "event" => article.event.clone(),
                "date" => article.date.map(|date| date.to_string()),
                "month" | "year" => period(article, file, by),
                _ => None,
            },
        );
        let Some(group) = group.map(|group| one_line(&group)).filter(|group| !group.is_empty())
        else {
            let mut known: Vec<String> = article.metadata.keys().cloned().collect();
            known.extend(groups.into_iter().flat_map(BTreeMap::keys).cloned());
            known.extend(article.event.iter().map(|_| "event".to_owned()));
            known.extend(
                article.date.iter().flat_map(|_| ["date", "month", "year"].map(str::to_owned)),
            );
            known.sort();
            known.dedup();
            return Err(Refusal::Skip(SkipReason::NoGroup { field: by.to_owned(), known }));
        };
        let outlet = std::mem::replace(&mut article.outlet, group);
        article.metadata.insert(Role::Outlet.name().to_owned(), outlet);
        Ok(())
    }
}

/// The value of a field; its name may differ in case.
fn value_of(fields: &BTreeMap<String, String>, name: &str) -> Option<String> {
    let found = fields.get(name);
    let same = |(field, _): &(&String, &String)| folded(field) == folded(name);
    found.or_else(|| fields.iter().find(same).map(|(_, value)| value)).cloned()
}

/// The month or the year of an article, also where its date says no more than that.
fn period(article: &Article, file: &SourceFile, by: &str) -> Option<String> {
    let length = if by == "year" { 4 } else { 7 };
    let written = match article.date {
        Some(date) => date.to_string(),
        None => {
            let field = file.names.get(Role::Date).unwrap_or(Role::Date.name());
            let written = article.metadata.get(field)?.trim().to_owned();
            (read_date(&written) == Written::Vague).then_some(written)?
        }
    };
    written.get(..length).map(str::to_owned)
}

/// Lets `corpus.toml` have its say about the article at `path`.
fn declare(config: &Config, path: &str, is_page: bool, draft: &mut Draft) {
    if let Some(entry) = config.by_path.get(path) {
        // What is said of a whole table is not said of its rows' ids and titles.
        apply(entry, is_page, draft);
    }
    if let Some(entry) = draft.roles.get(&Role::Id).and_then(|id| config.by_id.get(id.trim())) {
        apply(entry, true, draft);
    }
}

/// Takes the text of a draft, its title in front; where the title stands, and how far the text moved.
fn take_text(draft: &mut Draft, limit: usize) -> Result<(String, Option<Span>, usize), SkipReason> {
    let text = draft.roles.remove(&Role::Text).unwrap_or_default();
    let title = draft.roles.remove(&Role::Title).unwrap_or_default();
    let length = text.len().saturating_add(title.len()).saturating_add(2);
    if length > limit.saturating_add(2) {
        return Err(SkipReason::TooLong { limit });
    }
    let before = text.len();
    let (text, span) = with_title(&one_line(&title), text);
    let shift = text.len() - before;
    Ok((text, span, shift))
}

fn undo_garbling(draft: &mut Draft) {
    for role in [Role::Title, Role::Text] {
        let Some(text) = draft.roles.get_mut(&role) else { continue };
        if role == Role::Text {
            *text = mojibake::repair_blocks(text, &mut draft.markup);
        } else if let Some(repaired) = mojibake::repaired(text) {
            *text = repaired;
        }
    }
}

fn moved(marked: Marked, shift: usize) -> Marked {
    let Span { start, end } = marked.span;
    Marked { span: Span::new(start as usize + shift, end as usize + shift), ..marked }
}

/// Lets the settings have their say about an article; `whole` also about what makes it this one.
fn apply(entry: &Entry, whole: bool, draft: &mut Draft) {
    let about =
        [(Role::Outlet, &entry.outlet), (Role::Date, &entry.date), (Role::Event, &entry.event)];
    for (role, value) in about {
        if let Some(value) = value {
            draft.roles.insert(role, value.clone());
        }
    }
    if !whole {
        return;
    }
    for (role, value) in
        [(Role::Id, &entry.id), (Role::Title, &entry.title), (Role::Url, &entry.url)]
    {
        if let Some(value) = value {
            draft.roles.insert(role, value.clone());
        }
    }
    draft.guess_headline = entry.headline.unwrap_or(draft.guess_headline);
}

fn set_date(article: &mut Article, field: &str, written: String, items: &mut Vec<Item>) {
    let origin = || article.origin.clone();
    match read_date(&written) {
        Written::Day(date) => {
            article.date = Some(date);
            return;
        }
        Written::Vague => {}
        Written::Ambiguous => items.push(Item::Warning(CorpusWarning::AmbiguousDate {
            origin: origin(),
            written: written.clone(),
        })),
        Written::Unknown => items.push(Item::Warning(CorpusWarning::UnknownDate {
            origin: origin(),
            written: written.clone(),
        })),
    }
    article.metadata.insert(field.to_owned(), written);
}

/// A value without line breaks and double blanks.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Title, blank line, text; the text alone where its first line is the title or there is none. The
/// span is the title's.
fn with_title(title: &str, mut text: String) -> (String, Option<Span>) {
    if title.is_empty() {
        return (text, None);
    }
    let before = text.len() - text.trim_start().len();
    let end = length_of_prefix(&text[before..], title).map(|length| before + length);
    let line_end = end.and_then(|end| end_of_title(&text[end..], title).map(|at| end + at));
    match (end, line_end) {
        (Some(end), Some(at)) => {
            // Behind the full stop of a title in front of the text, without a line of its own.
            if text[at..].starts_with(' ') {
                text.replace_range(at..=at, "\n");
            }
            (text, Some(Span::new(before, end)))
        }
        // A first sentence that begins as the title does is no title.
        _ => (format!("{title}\n\n{text}"), Some(Span::new(0, title.len()))),
    }
}

/// Where the line of a title ends, of which `rest` stands behind it: at a line break, or at the blank
/// behind a mark that ends it. `None` where the sentence goes on.
fn end_of_title(rest: &str, title: &str) -> Option<usize> {
    let marks = |text: &str| text.trim_start_matches(ENDS_TITLE).len();
    let at = rest.len() - marks(rest);
    let behind = &rest[at..];
    let blank = behind.len() - behind.trim_start_matches([' ', '\t', '\r', '\u{a0}']).len();
    if behind[blank..].is_empty() || behind[blank..].starts_with('\n') {
        return Some(at + blank);
    }
    let marked = at > 0 || title.ends_with(ENDS_TITLE);
    // "Title - text", "Title | text"
    let dash = [" - ", " – ", " — ", " | "].iter().find(|dash| behind.starts_with(**dash));
    match dash {
        Some(dash) => Some(at + dash.len() - 1),
        None => (marked && behind.starts_with(' ')).then_some(at),
    }
}

/// Marks that end a title, and such as stand behind them.
const ENDS_TITLE: [char; 9] = ['.', ':', '!', '?', '…', '"', '”', '’', ')'];

/// The bytes of `text` that hold the words of `prefix` and end where a word does.
fn length_of_prefix(text: &str, prefix: &str) -> Option<usize> {
    let mut rest = text;
    for (index, word) in prefix.split_whitespace().enumerate() {
        if index > 0 && !rest.starts_with(char::is_whitespace) {
            return None;
        }
        rest = rest.trim_start().strip_prefix(word)?;
    }
    let in_word = |c: char| c.is_alphanumeric();
    let cut = rest.starts_with(in_word) && prefix.ends_with(in_word);
    (!cut).then(|| text.len() - rest.len())
}

/// The id of an article that has no other: the first 16 hexadecimal digits of the BLAKE3 of outlet
/// and text.
fn fingerprint(outlet: &str, text: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(outlet.as_bytes());
    hasher.update(b"\0");
    hasher.update(text.as_bytes());
    hasher.finalize().to_hex().chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_stands_once() {
        let (text, span) = with_title("A title", "Text.".to_owned());
        assert_eq!((text.as_str(), span), ("A title\n\nText.", Some(Span::new(0, 7))));
        let (text, span) = with_title("A title", "\nA \n title\n\nText.".to_owned());
        assert_eq!((text.as_str(), span), ("\nA \n title\n\nText.", Some(Span::new(1, 10))));
        let (text, _) = with_title("A title", "A titled man".to_owned());
        assert_eq!(text, "A title\n\nA titled man");
        for (text, whole) in [
            ("A title. Text.", "A title.\nText."),
            ("A title: “Text.”", "A title:\n“Text.”"),
            ("A title - Text.", "A title -\nText."),
            ("A title | Text.", "A title |\nText."),
            ("A title.", "A title."),
            ("A title", "A title"),
            ("A title \r\nText.", "A title \r\nText."),
        ] {
            let whole = (whole.to_owned(), Some(Span::new(0, 7)));
            assert_eq!(with_title("A title", text.to_owned()), whole, "{text}");
        }
        // A sentence that begins as the title does.
        let (text, _) = with_title("A title", "A title falls to a man. More.".to_owned());
        assert_eq!(text, "A title\n\nA title falls to a man. More.");
        for other in ["A ti tle", "Atitle"] {
            let (text, _) = with_title("A title", other.to_owned());
            assert_eq!(text, format!("A title\n\n{other}"));
        }
        assert_eq!(with_title("", "Text.".to_owned()), ("Text.".to_owned(), None));
    }

    #[test]
    fn the_fingerprint_keeps_outlet_and_text_apart() {
        assert_eq!(fingerprint("a", "b").len(), 16);
        assert_ne!(fingerprint("ab", "c"), fingerprint("a", "bc"));
    }
}
