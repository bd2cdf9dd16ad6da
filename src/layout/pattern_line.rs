//! A line with what several expressions ask of it, found once.

use std::cell::OnceCell;

use crate::text::is_easy;

/// A line that expressions are tried on.
pub(super) struct Line<'t> {
    text: &'t str,
    small: OnceCell<String>,
    has_other_forms: OnceCell<bool>,
    is_easy: OnceCell<bool>,
}

impl<'t> Line<'t> {
    pub fn new(text: &'t str) -> Self {
        let (small, has_other_forms, is_easy) = Default::default();
        Self { text, small, has_other_forms, is_easy }
    }

    pub fn text(&self) -> &'t str {
        self.text
    }

    /// With its ASCII letters in small.
    pub fn small(&self) -> &str {
        self.small.get_or_init(|| self.text.to_ascii_lowercase())
    }

    /// Whether it holds a letter that is another form of an ASCII letter.
    pub fn has_other_forms(&self) -> bool {
        let holds =
            || !self.text.is_ascii() && self.text.contains(super::pattern_needles::OTHER_FORMS);
        *self.has_other_forms.get_or_init(holds)
    }

    /// Whether the form of an expression for easy characters serves.
    pub fn is_easy(&self) -> bool {
        *self.is_easy.get_or_init(|| is_easy(self.text))
    }
}
