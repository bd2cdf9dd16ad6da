//! Opening a file of columns, Parquet or Arrow, whatever its name says: for articles and for tallies.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, SchemaRef};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use super::problem::SkipReason;
use super::source::unreadable;
use super::{arrow_lengths, parquet_zstd};

/// A table, read a batch at a time.
pub(crate) struct ColumnFile {
    /// The schema of the file with its metadata; the schema of the batches may lack them.
    pub(crate) schema: SchemaRef,
    /// The rows, up to the first fault.
    pub(crate) batches: Batches,
}

type Batches = Box<dyn Iterator<Item = Result<RecordBatch, ArrowError>> + Send>;

/// Opens a file; batches of Parquet have at most so many `rows`. What the file claims of its lengths
/// is looked at first. The libraries panic at some damaged files: call this, and read the batches,
/// within [`guarded`](super::guard::guarded).
///
/// # Errors
/// [`SkipReason::Unreadable`].
pub(crate) fn open(mut file: File, rows: usize) -> Result<ColumnFile, SkipReason> {
    let mut head = Vec::new();
    (&mut file).take(6).read_to_end(&mut head).map_err(unreadable)?;
    file.rewind().map_err(unreadable)?;
    if head.starts_with(b"PAR1") {
        let again = file.try_clone().map_err(unreadable)?;
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
        let schema = Arc::clone(builder.schema());
        let batches = parquet_zstd::batches(again, builder, rows).map_err(damaged)?;
        return Ok(ColumnFile { schema, batches: up_to_a_fault(batches) });
    }
    if let Some(what) = not_read(&head) {
        return Err(SkipReason::Unreadable(what.to_owned()));
    }
    arrow_lengths::check(&mut file).map_err(damaged)?;
    let file = BufReader::new(file);
    if head.starts_with(b"ARROW1") {
        let batches = FileReader::try_new(file, None).map_err(damaged)?;
        return Ok(ColumnFile { schema: batches.schema(), batches: up_to_a_fault(batches) });
    }
    let batches = StreamReader::try_new(file, None).map_err(damaged)?;
    Ok(ColumnFile { schema: batches.schema(), batches: up_to_a_fault(batches) })
}

/// What to do about a file of columns that is packed as a whole, or of a form that is given up.
fn not_read(head: &[u8]) -> Option<&'static str> {
    match head {
        [0x1F, 0x8B, ..] | [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            Some("the file of columns is compressed as a whole; unpack it: it is read from its end")
        }
        [b'F', b'E', b'A', b'1', ..] => Some(
            "it is of the first version of Feather; write it as Arrow, which is the second, or as Parquet",
        ),
        _ => None,
    }
}

/// The batches with the first fault as the last one: the libraries repeat it for ever.
fn up_to_a_fault(
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>> + Send + 'static,
) -> Batches {
    let mut batches = Some(batches);
    Box::new(std::iter::from_fn(move || {
        let batch = batches.as_mut()?.next()?;
        if batch.is_err() {
            batches = None;
        }
        Some(batch)
    }))
}

/// What a reader says of a damaged file, and what to do.
pub(crate) fn damaged(error: impl std::fmt::Display) -> SkipReason {
    let error = error.to_string();
    if error.contains("zstd IPC") {
        let what = "its columns are packed with Zstandard, which is read in Parquet alone; write it \
                    as Parquet, or with LZ4 or nothing";
        return SkipReason::Unreadable(what.to_owned());
    }
    SkipReason::Unreadable(format!("not a sound file of columns: {error}"))
}
