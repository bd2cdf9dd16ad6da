//! The summary that a person can read aloud.

use super::model::DiffRecord;

/// Sentences in reading order.
pub(super) fn summary(record: &DiffRecord) -> Vec<String> {
    if !record.changed {
        return vec!["Nothing changed.".to_owned()];
    }
    Vec::new()
}
