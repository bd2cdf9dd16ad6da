//! Text that comes from articles, lexicons and names: isolated in direction, with characters that
//! act unseen made visible. Escaping is the template's.

use maud::{Markup, html};

use super::super::visible::push_visible;

/// The characters as a reader may see them.
pub(super) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    text.chars().for_each(|character| push_visible(character, &mut shown));
    shown
}

/// Text from outside within a line: its direction stays its own. What is all ASCII has none to keep.
pub(super) fn outside(text: &str) -> Markup {
    html! { @if text.is_ascii() { (visible(text)) } @else { bdi { (visible(text)) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_and_controls_are_text() {
        assert_eq!(outside("<b>\u{202e}&").0, "<bdi>&lt;b&gt;\\u{202e}&amp;</bdi>");
    }
}
