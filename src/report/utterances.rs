//! The same words of one source in several outlets.

use super::model::{EventOutletRow, UtteranceRow};
use crate::events::Told;

/// Utterances of one source and day that at least two outlets report, those with most words in
/// common first.
pub(super) fn utterances(_outlets: &[EventOutletRow], _told: &[&Told]) -> Vec<UtteranceRow> {
    Vec::new()
}
