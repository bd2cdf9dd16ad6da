//! Everything that is to be matched, flattened: categories, choices and targets of all lexicons.

use std::ops::Range;
use std::sync::OnceLock;

use super::model::{Category, Choice, Lexicon, Target, Term};
use super::written::Written;
use crate::text::ZoneSet;

/// Index of an entry in its [`Inventory`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub u32);

/// The lexicons of a run with every pattern numbered.
#[derive(Debug, Clone, Default)]
pub struct Inventory {
    lexicons: Vec<Lexicon>,
    groups: Vec<Group>,
    entries: Vec<Entry>,
    /// By lexicon and target.
    written: Vec<Vec<OnceLock<Written>>>,
}

/// Entries that compete for the same words: one category, one choice, or the targets of a lexicon.
#[derive(Debug, Clone)]
pub struct Group {
    /// What the entries are.
    pub kind: GroupKind,
    /// Index of the lexicon.
    pub lexicon: usize,
    /// Zones that are searched.
    pub zones: ZoneSet,
    /// Its entries.
    pub entries: Range<u32>,
}

/// What the entries of a group are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GroupKind {
    /// Terms of the category of this index.
    Category(usize),
    /// Patterns of the variants of the choice of this index.
    Choice(usize),
    /// Names of the targets of the lexicon.
    Targets,
}

/// One pattern to be matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Index of its group.
    pub group: usize,
    /// Index of what it stands for: the term, the variant (in the order of names), the target.
    pub owner: usize,
    /// Index of the pattern within the owner (always 0 for a term).
    pub pattern: usize,
}

impl Inventory {
    /// Numbers every pattern of `lexicons`, in their order.
    pub fn new(lexicons: Vec<Lexicon>) -> Self {
        let mut inventory = Self::default();
        for (index, lexicon) in lexicons.iter().enumerate() {
            for (c, category) in lexicon.categories.iter().enumerate() {
                let owners = category.terms.iter().map(|_| 1);
                inventory.push(GroupKind::Category(c), index, category.zones, owners);
            }
            for (c, choice) in lexicon.choices.iter().enumerate() {
                let owners = choice.variants.values().map(Vec::len);
                inventory.push(GroupKind::Choice(c), index, ZoneSet::DEFAULT, owners);
            }
            if !lexicon.targets.is_empty() {
                let owners = lexicon.targets.iter().map(|target| target.names.len());
                let zones = ZoneSet::DEFAULT.with(crate::text::Zone::Caption);
                inventory.push(GroupKind::Targets, index, zones, owners);
            }
        }
        let unread = |lexicon: &Lexicon| vec![OnceLock::new(); lexicon.targets.len()];
        inventory.written = lexicons.iter().map(unread).collect();
        inventory.lexicons = lexicons;
        inventory
    }

    fn push(
        &mut self,
        kind: GroupKind,
        lexicon: usize,
        zones: ZoneSet,
        patterns_of: impl Iterator<Item = usize>,
    ) {
        let (group, start) = (self.groups.len(), self.entries.len() as u32);
        for (owner, patterns) in patterns_of.enumerate() {
            self.entries.extend((0..patterns).map(|pattern| Entry { group, owner, pattern }));
        }
        let entries = start..self.entries.len() as u32;
        self.groups.push(Group { kind, lexicon, zones, entries });
    }

    /// The lexicons, in their order.
    pub fn lexicons(&self) -> &[Lexicon] {
        &self.lexicons
    }

    /// How the names of a target are written, by the indices of its lexicon and of itself there.
    pub(crate) fn written(&self, lexicon: usize, target: usize) -> &Written {
        self.written[lexicon][target]
            .get_or_init(|| Written::of(&self.lexicons[lexicon].targets[target]))
    }

    /// The groups, by lexicon, categories before choices before targets.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Every entry with its id, by group.
    pub fn entries(&self) -> impl Iterator<Item = (EntryId, &Entry)> {
        self.entries.iter().enumerate().map(|(index, entry)| (EntryId(index as u32), entry))
    }

    /// The entry of that id.
    pub fn entry(&self, id: EntryId) -> &Entry {
        &self.entries[id.0 as usize]
    }

    /// The group that an entry belongs to.
    pub fn group_of(&self, id: EntryId) -> &Group {
        &self.groups[self.entry(id).group]
    }

    /// The lexicon that an entry belongs to.
    pub fn lexicon_of(&self, id: EntryId) -> &Lexicon {
        &self.lexicons[self.group_of(id).lexicon]
    }

    /// The pattern of an entry.
    pub fn term(&self, id: EntryId) -> &Term {
        let entry = self.entry(id);
        let lexicon = self.lexicon_of(id);
        match self.group_of(id).kind {
            GroupKind::Category(category) => &lexicon.categories[category].terms[entry.owner],
            GroupKind::Choice(choice) => {
                let mut variants = lexicon.choices[choice].variants.values();
                &variants.nth(entry.owner).map_or(&[][..], Vec::as_slice)[entry.pattern]
            }
            GroupKind::Targets => &lexicon.targets[entry.owner].names[entry.pattern],
        }
    }

    /// The category of an entry, if it is a term of one.
    pub fn category(&self, id: EntryId) -> Option<&Category> {
        match self.group_of(id).kind {
            GroupKind::Category(index) => Some(&self.lexicon_of(id).categories[index]),
            GroupKind::Choice(_) | GroupKind::Targets => None,
        }
    }

    /// The choice and the name of the variant of an entry, if it is a pattern of one.
    pub fn choice(&self, id: EntryId) -> Option<(&Choice, &str)> {
        let GroupKind::Choice(index) = self.group_of(id).kind else { return None };
        let choice = &self.lexicon_of(id).choices[index];
        choice.variants.keys().nth(self.entry(id).owner).map(|name| (choice, name.as_str()))
    }

    /// The target of an entry, if it is one of its names.
    pub fn target(&self, id: EntryId) -> Option<&Target> {
        match self.group_of(id).kind {
            GroupKind::Targets => Some(&self.lexicon_of(id).targets[self.entry(id).owner]),
            GroupKind::Category(_) | GroupKind::Choice(_) => None,
        }
    }
}
