//! The lexicons that come with the program.

use super::model::Lexicon;
use super::packed::unpack;
use super::parse::parse;

/// A lexicon that comes with the program: its id and the TOML of its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Builtin {
    /// The id, which is also the name of its file.
    pub id: &'static str,
    /// The file.
    pub source: &'static str,
    /// What it says, as `build.rs` packs it.
    packed: &'static [u8],
}

impl Builtin {
    /// What the file says, without reading it again: it was read when the program was built. A test
    /// holds that this is what [`parse`] makes of the file.
    pub fn lexicon(&self) -> Lexicon {
        let origin = self.origin();
        unpack(self.packed, &origin).unwrap_or_else(|| parse(self.source, &origin).lexicon)
    }

    /// How it is called in messages, where another lexicon has a path.
    pub fn origin(&self) -> String {
        format!("built-in:{}", self.id)
    }
}

macro_rules! builtin {
    ($($id:literal),* $(,)?) => {
        &[$(Builtin {
            id: $id,
            source: include_str!(concat!("../../lexicons/", $id, ".toml")),
            packed: include_bytes!(concat!(env!("OUT_DIR"), "/", $id, ".lexicon")),
        }),*]
    };
}

/// Every lexicon that comes with the program, in the order of every table.
pub const BUILTIN: &[Builtin] = builtin![
    "political-labels",
    "contested-labels",
    "alarm-and-metaphor",
    "stance",
    "reporting-verbs",
    "sourcing",
    "responsibility",
    "naming",
    "news-frames",
    "choices",
    "targets",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_lexicons_say_what_their_files_say() {
        for builtin in BUILTIN {
            let parsed = parse(builtin.source, &builtin.origin());
            assert!(parsed.is_sound(), "{}: {:?}", builtin.id, parsed.diagnostics);
            let unpacked = unpack(builtin.packed, &builtin.origin());
            assert!(unpacked.as_ref() == Some(&parsed.lexicon), "{} differs", builtin.id);
        }
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let packed = BUILTIN[0].packed;
        for length in (0..packed.len()).step_by(97) {
            assert_eq!(unpack(&packed[..length], ""), None);
        }
    }
}
