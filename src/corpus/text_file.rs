//! Plain text: a file is an article, and its first line may be a headline.

use std::collections::BTreeMap;

use super::decode::decode_file;
use super::fields::Role;
use super::format::Draft;
use super::problem::SkipReason;

/// Reads a file of plain text.
pub(super) fn read(bytes: Vec<u8>) -> Result<Draft, SkipReason> {
    let decoded = decode_file(bytes)?;
    if decoded.text.trim().is_empty() {
        return Err(SkipReason::EmptyText);
    }
    Ok(Draft {
        roles: BTreeMap::from([(Role::Text, decoded.text)]),
        guess_headline: true,
        note: decoded.note,
        ..Draft::default()
    })
}
