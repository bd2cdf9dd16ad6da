//! A survey as a `corpus.toml` to be read, corrected and kept.

use std::fmt::Write;

use super::fields::Role;
use super::problem_summary::Cases;
use super::survey::{OutletSurvey, Page, Survey, TableFields};

impl Survey {
    /// The text of a `corpus.toml` that says what was found, with comments that tell what may be
    /// added. It reads back without a fault, and names no file that isn't there.
    pub fn to_toml(&self) -> String {
        let mut toml = String::new();
        // Writing to a string cannot fail.
        let _ = self.write_head(&mut toml);
        let _ = write_fields(&mut toml, &self.tables);
        let _ = self.write_outlets(&mut toml);
        let _ = self.write_articles(&mut toml);
        toml
    }

    fn write_head(&self, toml: &mut String) -> std::fmt::Result {
        writeln!(toml, "# What is known about this corpus; edit it freely.")?;
        writeln!(
            toml,
            "# Found: {} of {}.",
            counted(self.articles, "article"),
            counted(self.outlets.len() as u64, "outlet")
        )?;
        match self.dates() {
            Some((first, last)) => writeln!(
                toml,
                "# Published from {first} to {last}; {} without a date.",
                counted(self.undated, "article")
            )?,
            None => writeln!(toml, "# No article has a date.")?,
        }
        if self.duplicates > 0 {
            writeln!(
                toml,
                "# Copies of another article of the same outlet, which count once with it: {}.",
                self.duplicates
            )?;
        }
        if self.wordless > 0 {
            writeln!(toml, "# Articles without a single word: {}.", self.wordless)?;
        }
        for (code, Cases { number, .. }) in &self.problems.skipped {
            writeln!(toml, "# Left out ({code}): {number}.")?;
        }
        for (code, Cases { number, .. }) in &self.problems.warnings {
            writeln!(toml, "# Doubtful ({code}): {number}.")?;
        }
        writeln!(toml, "\ntitle = {}", quoted(&self.title))?;
        writeln!(
            toml,
            "\n# The lexicons to use: ids of built-in ones, or paths from this file. Without this \
             line, all\n# built-in ones.\n# lexicons = [\"political-labels\", \"mine.toml\"]"
        )
    }

    fn write_outlets(&self, toml: &mut String) -> std::fmt::Result {
        writeln!(
            toml,
            "\n# An outlet has an id (its folder, or the value of the outlet field), a name to show, \
             and if you\n# like other spellings that mean it and groups to compare by (--by country):\n\
             #   aliases = [\"Globe & Mail\"]\n#   groups = {{ country = \"Canada\" }}\n\
             # Under `boilerplate` stand the lines that many of its articles share, as regular \
             expressions. They\n# are not counted as its words, so strike out what is journalism \
             after all; sentences that a third\n# of its articles lack are struck out already."
        )?;
        for outlet in &self.outlets {
            write_outlet(toml, outlet)?;
        }
        Ok(())
    }

    fn write_articles(&self, toml: &mut String) -> std::fmt::Result {
        writeln!(
            toml,
            "\n# What the files don't tell about an article: its date, the event that it covers (give \
             all articles\n# on one story the same short name), its title, or whether its first line \
             is a headline.\n# Rows of tables are named by id instead of path."
        )?;
        if self.pages.is_empty() {
            return writeln!(
                toml,
                "# [[article]]\n# path = \"outlet/001.txt\"\n# date = 2017-12-18\n# event = \
                 \"short-name-of-the-story\"\n# headline = false"
            );
        }
        for page in &self.pages {
            write_page(toml, page)?;
        }
        Ok(())
    }
}

fn write_fields(toml: &mut String, tables: &[TableFields]) -> std::fmt::Result {
    if tables.is_empty() {
        return Ok(());
    }
    writeln!(toml, "\n# Which field of the tables holds what.")?;
    // Tables that differ can't share one [fields]: what was found is only told.
    let mark = if tables.len() > 1 { "# " } else { "" };
    for table in tables {
        let others = match table.files {
            0 | 1 => String::new(),
            more => format!(" and {} more", more - 1),
        };
        writeln!(toml, "# In {}{others}:", comment(&table.first))?;
        writeln!(toml, "{mark}[fields]")?;
        for (role, name) in table.names.iter() {
            writeln!(toml, "{mark}{role} = {}", quoted(name))?;
        }
        if table.names.get(Role::Outlet).is_none() {
            writeln!(toml, "# outlet = \"…\"   # now the name of the file or of its folder")?;
        }
        if !table.others.is_empty() {
            writeln!(toml, "# Other fields, for --by: {}", comment(&table.others.join(", ")))?;
        }
    }
    Ok(())
}

fn write_outlet(toml: &mut String, outlet: &OutletSurvey) -> std::fmt::Result {
    write!(toml, "\n[[outlet]]   # {}", counted(outlet.articles, "article"))?;
    match outlet.dates {
        Some((first, last)) if first == last => writeln!(toml, ", {first}")?,
        Some((first, last)) => writeln!(toml, ", {first} to {last}")?,
        None => writeln!(toml)?,
    }
    writeln!(toml, "id = {}", quoted(&outlet.id))?;
    writeln!(toml, "name = {}", quoted(&outlet.name))?;
    if !outlet.alike.is_empty() {
        let names: Vec<String> = outlet.alike.iter().map(|name| quoted(name)).collect();
        writeln!(toml, "# The same outlet? Then strike out its own [[outlet]] and write here:")?;
        writeln!(toml, "# aliases = [{}]", comment(&names.join(", ")))?;
    }
    if outlet.repeated.is_empty() {
        return Ok(());
    }
    writeln!(toml, "boilerplate = [")?;
    for repeated in &outlet.repeated {
        let pattern = format!("^{}$", regex::escape(&repeated.line));
        let struck = if repeated.is_doubtful(outlet.articles) { "# " } else { "" };
        writeln!(
            toml,
            "  {struck}{},   # in {} of {}",
            pattern_in_marks(&pattern),
            repeated.articles,
            counted(outlet.articles, "article")
        )?;
    }
    writeln!(toml, "]")
}

fn write_page(toml: &mut String, page: &Page) -> std::fmt::Result {
    writeln!(toml, "\n[[article]]   # {}", comment(&page.opening))?;
    writeln!(toml, "path = {}", quoted(&page.path))?;
    match page.date {
        Some(date) => writeln!(toml, "date = {date}")?,
        None => writeln!(toml, "# date = 2017-12-18")?,
    }
    match &page.event {
        Some(event) => writeln!(toml, "event = {}", quoted(event)),
        None => writeln!(toml, "# event = \"short-name-of-the-story\""),
    }
}

fn counted(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// A regular expression as a TOML string on one line, without escapes where that can be.
fn pattern_in_marks(pattern: &str) -> String {
    if pattern.contains('\'') || pattern.chars().any(char::is_control) {
        quoted(pattern)
    } else {
        format!("'{pattern}'")
    }
}

/// A TOML string on one line.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", c as u32)),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// Text that can't end a comment.
fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::super::config;
    use super::super::{OpenOptions, survey};
    use super::*;
    use proptest::prelude::*;
    use std::fs;

    #[test]
    fn a_survey_is_written_and_read_back() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("globe's")).unwrap();
        for number in 0..10 {
            let rest = if number < 3 { "Sign up \\ 'now' (free)" } else { "Body." };
            let rest =
                format!("{rest}\n{}", if number < 5 { "He did not reply to that." } else { "1" });
            let text =
                format!("Skip to main content\n\nStory {number}.\nSkip to main content\n{rest}");
            fs::write(folder.path().join(format!("globe's/{number}.txt")), text).unwrap();
        }
        fs::write(folder.path().join("globe's/9b.txt"), "Story 9").unwrap();
        fs::write(folder.path().join("globe's/9c.txt"), "Story 9").unwrap();
        let rows =
            "source,content,date\nThe Post,One.,2017-12-18\npost,Two.,2017-12-20\npost,***,\n";
        fs::write(folder.path().join("rows.csv"), rows).unwrap();
        let found = survey(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
        assert_eq!((found.articles, found.duplicates, found.wordless), (15, 1, 1));
        assert_eq!((found.undated, found.without_event), (13, 15));
        assert_eq!(found.pages.len(), 12);
        let toml = found.to_toml();
        let config = config::parse(&toml).unwrap_or_else(|faults| panic!("{faults:?}\n{toml}"));
        assert_eq!(config.outlets.len(), 3);
        let lines: Vec<&str> = config.outlets[1].boilerplate.iter().map(|it| it.as_str()).collect();
        let post: Vec<&str> = config.outlets.iter().map(|outlet| outlet.id.as_str()).collect();
        assert_eq!(post, ["The Post", "globe's", "post"]);
        assert_eq!(
            lines,
            ["^Skip to main content$", "^Body\\.$", "^Sign up \\\\ 'now' \\(free\\)$"]
        );
        assert!(config.outlets[1].boilerplate[2].is_match("Sign up \\ 'now' (free)"));
        assert_eq!(config.fields.to_string(), "text = content, outlet = source, date = date");
        assert!(config.by_path.contains_key("globe's/0.txt"));
        for said in [
            "# Published from 2017-12-18 to 2017-12-20; 13 articles without a date.",
            "# Copies of another article of the same outlet, which count once with it: 1.",
            "# aliases = [\"post\"]",
            "  '^Skip to main content$',   # in 10 of 12 articles",
            "  # '^He did not reply to that\\.$',   # in 5 of 12 articles",
        ] {
            assert!(toml.contains(said), "{said} is not in:\n{toml}");
        }
        // With the file in place the corpus reads as before, without a warning.
        fs::write(folder.path().join("corpus.toml"), &toml).unwrap();
        let again = survey(&[folder.path().to_owned()], &OpenOptions::default()).unwrap();
        assert_eq!(again.problems, found.problems);
        assert_eq!(again.outlets, found.outlets);
    }

    proptest! {
        #[test]
        fn any_name_is_written_so_that_it_is_read_back(name in "(\\PC|[\"'\\\\\n\t\0\u{7f}\u{85}]){0,12}") {
            let toml = format!(
                "title = {} # {}\nlexicons = [{}]\n",
                quoted(&name), comment(&name), pattern_in_marks(&name)
            );
            let config = config::parse(&toml).unwrap();
            prop_assert_eq!(&config.lexicons[0], &name);
            prop_assert_eq!(config.title.unwrap(), name);
        }
    }
}
