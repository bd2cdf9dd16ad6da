//! Names of terms that mean the same in every process.

use rustc_hash::FxHashMap;

use crate::lexicon::{EntryId, Group, GroupKind, Inventory, Lexicon};
use crate::report::{LexiconRecord, lexicon_records};
use crate::tally::Cell;

/// The terms of a run under the names that tallies have for them:
/// `LEXICON/CATEGORY#HASH` or `LEXICON/CHOICE=VARIANT#HASH`, with the term's fingerprint as reports
/// print it, and `.2`, `.3` … behind it where a category holds the same term again.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    keys: Vec<String>,
    entries: FxHashMap<String, EntryId>,
    lexicons: Vec<Names>,
    groups: Vec<GroupName>,
}

/// A category or choice by its name.
#[derive(Debug, Clone)]
struct GroupName {
    is_choice: bool,
    /// `LEXICON/CATEGORY` or `LEXICON/CHOICE`.
    name: String,
    variants: Vec<String>,
}

/// The names in one lexicon, in their order.
#[derive(Debug, Clone, Default)]
struct Names {
    id: String,
    categories: Vec<String>,
    choices: Vec<(String, Vec<String>)>,
}

impl Terms {
    /// The names of the terms of an inventory.
    pub fn new(inventory: &Inventory) -> Self {
        let mut terms = Self::default();
        let records = lexicon_records(inventory);
        let mut rest = records.iter().flat_map(|lexicon| {
            let LexiconRecord { id, entries, .. } = lexicon;
            entries.iter().map(move |entry| (id, entry))
        });
        for (entry, _) in inventory.entries() {
            let Some((lexicon, record)) = rest.next() else { break };
            let variant = record.variant.as_ref().map(|name| format!("={name}"));
            let variant = variant.unwrap_or_default();
            let plain = format!("{lexicon}/{}{variant}#{}", record.group, record.hash);
            let mut key = plain.clone();
            let mut copy = 1;
            while terms.entries.contains_key(&key) {
                copy += 1;
                key = format!("{plain}.{copy}");
            }
            terms.entries.insert(key.clone(), entry);
            terms.keys.push(key);
        }
        let names = |lexicon: &Lexicon| Names {
            id: lexicon.id.clone(),
            categories: lexicon.categories.iter().map(|category| category.id.clone()).collect(),
            choices: lexicon
                .choices
                .iter()
                .map(|choice| (choice.id.clone(), choice.variants.keys().cloned().collect()))
                .collect(),
        };
        terms.groups =
            inventory.groups().iter().map(|group| group_name(inventory, group)).collect();
        terms.lexicons = inventory.lexicons().iter().map(names).collect();
        terms
    }

    /// The name of a term.
    pub fn key(&self, entry: EntryId) -> &str {
        self.keys.get(entry.0 as usize).map_or("", String::as_str)
    }

    /// The term of that name.
    pub fn entry(&self, key: &str) -> Option<EntryId> {
        self.entries.get(key).copied()
    }

    /// `LEXICON/CATEGORY` or `LEXICON/CHOICE` of a group of the inventory.
    pub(super) fn group_name(&self, group: usize) -> &str {
        self.groups.get(group).map_or("", |group| &group.name)
    }

    /// The group of that name.
    pub(super) fn group_named(&self, is_choice: bool, name: &str) -> Option<usize> {
        self.groups.iter().position(|group| group.is_choice == is_choice && group.name == name)
    }

    /// The name of a variant of a choice.
    pub(super) fn variant_name(&self, group: usize, variant: usize) -> &str {
        let group = self.groups.get(group);
        group.and_then(|group| group.variants.get(variant)).map_or("", String::as_str)
    }

    /// The variant of that name.
    pub(super) fn variant_named(&self, group: usize, name: &str) -> Option<usize> {
        self.groups.get(group)?.variants.iter().position(|known| known == name)
    }

    /// Lexicon, category or choice, and variant of a cell; for a target its key alone.
    pub(super) fn names(&self, cell: &Cell) -> CellNames {
        let lexicon = |index: &usize| self.lexicons.get(*index).cloned().unwrap_or_default();
        let at = |names: &[String], index: &usize| names.get(*index).cloned().unwrap_or_default();
        match cell {
            Cell::Category(l, category) => {
                let lexicon = lexicon(l);
                let name = at(&lexicon.categories, category);
                CellNames { kind: "category", lexicon: Some(lexicon.id), name, variant: None }
            }
            Cell::Variant(l, choice, variant) => {
                let lexicon = lexicon(l);
                let (name, variants) = lexicon.choices.get(*choice).cloned().unwrap_or_default();
                let variant = Some(at(&variants, variant));
                CellNames { kind: "variant", lexicon: Some(lexicon.id), name, variant }
            }
            Cell::Label(target) => CellNames::of_target("label", target),
            Cell::Mention(target) => CellNames::of_target("mention", target),
        }
    }

    /// The cell of these names.
    pub(super) fn cell(
        &self,
        kind: &str,
        lexicon: Option<&str>,
        name: &str,
        variant: Option<&str>,
    ) -> Option<Cell> {
        match kind {
            "label" => return Some(Cell::Label(name.to_owned())),
            "mention" => return Some(Cell::Mention(name.to_owned())),
            _ => {}
        }
        let l = self.lexicons.iter().position(|known| Some(known.id.as_str()) == lexicon)?;
        let names = &self.lexicons[l];
        if kind == "category" {
            let category = names.categories.iter().position(|known| known == name)?;
            return Some(Cell::Category(l, category));
        }
        let choice = names.choices.iter().position(|(known, _)| known == name)?;
        let variant =
            names.choices[choice].1.iter().position(|known| Some(known.as_str()) == variant)?;
        (kind == "variant").then_some(Cell::Variant(l, choice, variant))
    }
}

fn group_name(inventory: &Inventory, group: &Group) -> GroupName {
    let lexicon = &inventory.lexicons()[group.lexicon];
    match group.kind {
        GroupKind::Category(category) => {
            let name = format!("{}/{}", lexicon.id, lexicon.categories[category].id);
            GroupName { is_choice: false, name, variants: Vec::new() }
        }
        GroupKind::Choice(choice) => {
            let choice = &lexicon.choices[choice];
            let name = format!("{}/{}", lexicon.id, choice.id);
            GroupName { is_choice: true, name, variants: choice.variants.keys().cloned().collect() }
        }
        // Names of targets are counted by target; nothing refers to their group.
        GroupKind::Targets => {
            GroupName { is_choice: false, name: String::new(), variants: Vec::new() }
        }
    }
}

/// A cell of the evidence by its names.
pub(super) struct CellNames {
    /// `category`, `variant`, `label` or `mention`.
    pub(super) kind: &'static str,
    pub(super) lexicon: Option<String>,
    /// Of the category, the choice or the target.
    pub(super) name: String,
    pub(super) variant: Option<String>,
}

impl CellNames {
    fn of_target(kind: &'static str, target: &str) -> Self {
        Self { kind, lexicon: None, name: target.to_owned(), variant: None }
    }
}
