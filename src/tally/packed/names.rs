//! Every name of a corpus once.

use std::sync::Arc;

use rustc_hash::FxHashMap;

/// Numbers for names, outlets, events, verbs: 4 bytes where each stands instead of its letters.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    all: Vec<Arc<str>>,
    /// Only while names are added.
    numbers: FxHashMap<Arc<str>, u32>,
}

impl Names {
    /// The number of a name, a new one where it has none yet.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let (number, name) = (self.all.len() as u32, Arc::<str>::from(name));
        self.all.push(Arc::clone(&name));
        self.numbers.insert(name, number);
        number
    }

    /// The name with that number.
    pub(super) fn get(&self, number: u32) -> &str {
        self.all.get(number as usize).map_or("", |name| name)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Lets go of what only adding needs.
    pub(super) fn close(&mut self) {
        self.numbers = FxHashMap::default();
        self.all.shrink_to_fit();
    }
}
