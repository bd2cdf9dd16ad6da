//! The lengths that a file of Arrow claims, looked at before the library believes them: it would
//! take memory for them first, and where there is none, the program ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use arrow_ipc::{Message, RecordBatch, root_as_footer, root_as_message};

const MAGIC: &[u8] = b"ARROW1";
/// What the newer form puts before the length of a message.
const CONTINUES: [u8; 4] = [0xFF; 4];
/// Bytes that packed columns may grow to whatever their size.
const ALWAYS_ALLOWED: u64 = 64 << 20;
/// How many times its size what is packed may be otherwise.
const HIGHEST_RATIO: u64 = 250;
/// Rows that a batch may have however little it holds.
const FEW_ROWS: u64 = 1 << 16;

/// Fails where a file or a stream of Arrow claims more than it can hold.
pub(super) fn check(file: &mut File) -> io::Result<()> {
    let length = file.metadata()?.len();
    let mut head = [0; MAGIC.len()];
    file.rewind()?;
    file.read_exact(&mut head)?;
    if head == MAGIC {
        for block in blocks(file, length)? {
            message(file, length, block.at, Some(block.body))?;
        }
    } else {
        let mut at = 0;
        while let Some(next) = message(file, length, at, None)? {
            at = next;
        }
    }
    file.rewind()
}

fn wrong(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

fn too_long() -> io::Error {
    wrong("it claims to be longer than it is")
}

/// Bytes of the file at a place.
fn bytes_at(file: &mut File, length: u64, at: u64, size: u64) -> io::Result<Vec<u8>> {
    if at.checked_add(size).is_none_or(|end| end > length) {
        return Err(too_long());
    }
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(size).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// A number of four bytes that can't be negative.
fn small(bytes: &[u8]) -> io::Result<u64> {
    let number = bytes.try_into().map(i32::from_le_bytes).ok();
    number.and_then(|number| u64::try_from(number).ok()).ok_or_else(too_long)
}

/// A message of a file, by the index at its end.
struct Block {
    at: u64,
    /// Where its columns begin: the library takes them from there, whatever the message says.
    body: u64,
}

/// The messages of a file, by its end.
fn blocks(file: &mut File, length: u64) -> io::Result<Vec<Block>> {
    let tail = length.checked_sub(10).ok_or_else(too_long)?;
    let end = bytes_at(file, length, tail, 10)?;
    let size = small(&end[..4])?;
    let footer = bytes_at(file, length, tail.checked_sub(size).ok_or_else(too_long)?, size)?;
    let footer = root_as_footer(&footer).map_err(|error| wrong(&error.to_string()))?;
    let mut blocks = Vec::new();
    for block in footer.dictionaries().iter().chain(&footer.recordBatches()).flatten() {
        let number = |claimed: i64| u64::try_from(claimed).map_err(|_| too_long());
        let at = number(block.offset())?;
        let metadata = number(i64::from(block.metaDataLength()))?;
        let body = at.checked_add(metadata).ok_or_else(too_long)?;
        let end = body.checked_add(number(block.bodyLength())?);
        if end.is_none_or(|end| end > length) {
            return Err(too_long());
        }
        blocks.push(Block { at, body });
    }
    Ok(blocks)
}

/// Looks at the message at a place, with its columns behind it or where they are said to begin; the
/// place behind it, none at the end.
fn message(file: &mut File, length: u64, at: u64, columns: Option<u64>) -> io::Result<Option<u64>> {
    // Streams of the older form may end after the four bytes of a length.
    let left = length.saturating_sub(at);
    if left < 4 {
        return Ok(None);
    }
    let head = bytes_at(file, length, at, left.min(8))?;
    let (size, before) = match head.split_at(4) {
        (first, size) if first == CONTINUES => (small(size)?, 8),
        (size, _) => (small(size)?, 4),
    };
    if size == 0 {
        return Ok(None);
    }
    let from = at + before;
    let metadata = bytes_at(file, length, from, size)?;
    let message = root_as_message(&metadata).map_err(|error| wrong(&error.to_string()))?;
    let body = u64::try_from(message.bodyLength()).map_err(|_| too_long())?;
    let start = from + size;
    let end = start.checked_add(body).filter(|end| *end <= length).ok_or_else(too_long)?;
    if let Some(batch) = batch_of(&message) {
        let rows = u64::try_from(batch.length()).map_err(|_| too_long())?;
        if rows > FEW_ROWS.saturating_add(body.saturating_mul(8)) {
            return Err(too_long());
        }
        unpacked(file, length, columns.unwrap_or(start), body, &batch)?;
    }
    Ok(Some(end))
}

fn batch_of<'a>(message: &Message<'a>) -> Option<RecordBatch<'a>> {
    let dictionary = || message.header_as_dictionary_batch()?.data();
    message.header_as_record_batch().or_else(dictionary)
}

/// Looks at what the columns of a batch claim to be when unpacked.
fn unpacked(
    file: &mut File,
    length: u64,
    start: u64,
    body: u64,
    batch: &RecordBatch<'_>,
) -> io::Result<()> {
    if batch.compression().is_none() {
        return Ok(());
    }
    let mut claimed = 0_u64;
    for buffer in batch.buffers().iter().flatten().filter(|buffer| buffer.length() >= 8) {
        let offset = u64::try_from(buffer.offset()).map_err(|_| too_long())?;
        let head = bytes_at(file, length, start.checked_add(offset).ok_or_else(too_long)?, 8)?;
        // −1 says that it is not packed.
        let size = head.try_into().map(i64::from_le_bytes).unwrap_or_default().max(0);
        claimed = claimed.saturating_add(size.unsigned_abs());
    }
    if claimed > ALWAYS_ALLOWED && claimed > body.saturating_mul(HIGHEST_RATIO) {
        return Err(wrong("its columns expand to more than 250 times their size, as no text does"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Arc;

    use arrow_array::{ArrayRef, RecordBatch as Rows, StringArray};
    use arrow_ipc::CompressionType;
    use arrow_ipc::writer::{FileWriter, IpcWriteOptions};

    use super::*;

    fn checked(bytes: &[u8]) -> io::Result<()> {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        check(&mut file)
    }

    /// The index of a file may place its columns elsewhere than its messages do.
    #[test]
    fn columns_are_looked_at_where_the_index_says() {
        let text: ArrayRef = Arc::new(StringArray::from(vec!["The regime fell. ".repeat(99); 9]));
        let batch = Rows::try_from_iter([("text", text)]).unwrap();
        let packed = IpcWriteOptions::default();
        let packed = packed.try_with_compression(Some(CompressionType::LZ4_FRAME)).unwrap();
        let mut bytes = Vec::new();
        let mut writer =
            FileWriter::try_new_with_options(&mut bytes, &batch.schema(), packed).unwrap();
        writer.write(&batch).unwrap();
        writer.finish().unwrap();
        drop(writer);
        assert!(checked(&bytes).is_ok());
        let tail = bytes.len() - 10;
        let size = i32::from_le_bytes(bytes[tail..tail + 4].try_into().unwrap()) as usize;
        let footer = tail - size..tail;
        let index = root_as_footer(&bytes[footer.clone()]).unwrap();
        let block = *index.recordBatches().unwrap().get(0);
        let metadata = block.metaDataLength();
        let body = block.offset() as usize + metadata as usize;
        let written = metadata.to_le_bytes();
        let place = bytes[footer.clone()].windows(4).position(|four| four == written).unwrap();
        // The columns are said to begin eight bytes later, where an enormous length stands.
        bytes[footer.start + place..][..4].copy_from_slice(&(metadata + 8).to_le_bytes());
        bytes[body + 8..][..8].copy_from_slice(&(1_i64 << 60).to_le_bytes());
        assert!(checked(&bytes).is_err());
    }

    #[test]
    fn a_length_at_the_end_of_a_stream_is_not_believed() {
        // Six bytes, of which the first four claim a message of 1.4 GB.
        assert!(checked(b"\xff\xff\xff\x54\xff\x2d").is_err());
        assert!(checked(b"\xff\xff\xff\xff\xff\xff\xff\x54").is_err());
        assert!(checked(b"\x00\x00\x00\x00\x00\x00").is_ok());
    }
}
