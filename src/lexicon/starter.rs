//! The file that a new lexicon begins with.

/// A commented lexicon that is valid, works at once and teaches the format. `id` must be an id (see
/// [`is_id`]).
pub fn starter(id: &str) -> String {
    let title = id.replace('-', " ");
    let mut letters = title.chars();
    let title: String =
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect();
    include_str!("starter.toml").replace("{{id}}", id).replace("{{title}}", &title)
}

/// Whether `id` can be an id: small letters a to z, digits and hyphens.
pub fn is_id(id: &str) -> bool {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !id.is_empty() && id.chars().all(sound)
}

#[cfg(test)]
mod tests {
    use super::{is_id, starter};
    use crate::lexicon::{check, parse};

    #[test]
    fn the_starter_is_sound_and_teaches_the_whole_format() {
        let source = starter("my-labels");
        let parsed = parse(&source, "my-labels.toml");
        assert_eq!(parsed.diagnostics, []);
        let lexicon = parsed.lexicon;
        assert_eq!((lexicon.id.as_str(), lexicon.title.as_str()), ("my-labels", "My labels"));
        assert_eq!(check(&lexicon, &source), []);
        assert!(!lexicon.choices.is_empty() && !lexicon.targets.is_empty());
        assert!(lexicon.categories[0].terms.iter().any(|term| !term.unless.is_empty()));
    }

    #[test]
    fn ids() {
        assert!(
            is_id("my-labels-2") && !is_id("") && !is_id("My") && !is_id("a/b") && !is_id("..")
        );
    }
}
