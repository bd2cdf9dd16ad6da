//! The outlets that a corpus declares, under all their names.

use std::collections::BTreeMap;

use regex::Regex;

/// An outlet as `corpus.toml` declares it.
#[derive(Debug, Clone)]
pub struct Outlet {
    /// The folder, or the value of the field.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Other values of the field that mean this outlet.
    pub aliases: Vec<String>,
    /// What the user says that it belongs to: country, owner, kind.
    pub groups: BTreeMap<String, String>,
    /// Lines that are page furniture.
    pub boilerplate: Vec<Regex>,
}

/// The declared outlets, found by id, name and alias without regard to case and blanks.
#[derive(Debug, Clone, Default)]
pub(super) struct OutletTable {
    outlets: Vec<Outlet>,
    by_name: BTreeMap<String, usize>,
}

impl OutletTable {
    /// Adds an outlet. One that is there already gets the aliases, groups and lines of the new.
    pub(super) fn add(&mut self, outlet: Outlet) {
        let place = match self.by_name.get(&folded(&outlet.id)) {
            Some(&place) => {
                let known = &mut self.outlets[place];
                known.aliases.extend(outlet.aliases.iter().cloned());
                known.groups.extend(outlet.groups.clone());
                known.boilerplate.extend(outlet.boilerplate.iter().cloned());
                place
            }
            None => {
                self.outlets.push(outlet.clone());
                self.outlets.len() - 1
            }
        };
        for name in [&outlet.id, &outlet.name].into_iter().chain(&outlet.aliases) {
            self.by_name.entry(folded(name)).or_insert(place);
        }
    }

    /// The outlet of that id, name or alias.
    pub(super) fn get(&self, name: &str) -> Option<&Outlet> {
        self.outlets.get(*self.by_name.get(&folded(name))?)
    }

    /// The declared outlets, in the order of the files.
    pub(super) fn all(&self) -> &[Outlet] {
        &self.outlets
    }
}

/// A name without what people don't mean to distinguish: case, and how wide a blank is.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
