//! Parquet whose columns are packed with Zstandard, unpacked in Rust: the library's own way is a
//! library in C.
//!
//! The library is told that such columns are not packed, and what it takes for a page is unpacked
//! before it is decoded.

use std::fs::File;
use std::io::{Cursor, Read};
use std::sync::Arc;

use parquet::arrow::arrow_reader::{
    ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowGroups,
};
use parquet::arrow::{ProjectionMask, parquet_to_arrow_field_levels};
use parquet::basic::Compression;
use parquet::column::page::{Page, PageIterator, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::serialized_reader::SerializedPageReader;

use super::unpack::unpacked;

/// The batches of a file.
pub(super) fn batches(
    file: File,
    builder: ParquetRecordBatchReaderBuilder<File>,
    size: usize,
) -> Result<ParquetRecordBatchReader> {
    let metadata = Arc::clone(builder.metadata());
    if let Some(name) = unreadable(&metadata) {
        return Err(ParquetError::General(format!(
            "its columns are packed with {name}; write it with Zstandard, Snappy, gzip, LZ4 or nothing"
        )));
    }
    if !columns(&metadata).any(is_zstd) {
        return builder.with_batch_size(size).build();
    }
    let schema = metadata.file_metadata().schema_descr();
    let hint = Some(builder.schema().fields());
    let levels = parquet_to_arrow_field_levels(schema, ProjectionMask::all(), hint)?;
    let groups = Groups { file: Arc::new(file), metadata };
    ParquetRecordBatchReader::try_new_with_row_groups(&levels, &groups, size, None)
}

fn columns(metadata: &ParquetMetaData) -> impl Iterator<Item = Compression> {
    let groups = metadata.row_groups().iter();
    groups.flat_map(|group| group.columns().iter().map(|column| column.compression()))
}

fn is_zstd(packing: Compression) -> bool {
    matches!(packing, Compression::ZSTD(_))
}

/// A way of packing that is not read.
fn unreadable(metadata: &ParquetMetaData) -> Option<&'static str> {
    columns(metadata).find_map(|packing| match packing {
        Compression::BROTLI(_) => Some("Brotli"),
        Compression::LZO => Some("LZO"),
        _ => None,
    })
}

/// The row groups of a file.
struct Groups {
    file: Arc<File>,
    metadata: Arc<ParquetMetaData>,
}

impl RowGroups for Groups {
    fn num_rows(&self) -> usize {
        let rows = self.row_groups().map(RowGroupMetaData::num_rows);
        rows.filter_map(|rows| usize::try_from(rows).ok()).sum()
    }

    fn column_chunks(&self, column: usize) -> Result<Box<dyn PageIterator>> {
        let (file, metadata) = (Arc::clone(&self.file), Arc::clone(&self.metadata));
        Ok(Box::new(Chunks { file, metadata, column, group: 0 }))
    }

    fn row_groups(&self) -> Box<dyn Iterator<Item = &RowGroupMetaData> + '_> {
        Box::new(self.metadata.row_groups().iter())
    }

    fn metadata(&self) -> &ParquetMetaData {
        &self.metadata
    }
}

/// A column in each row group.
struct Chunks {
    file: Arc<File>,
    metadata: Arc<ParquetMetaData>,
    column: usize,
    /// The next one.
    group: usize,
}

impl Chunks {
    fn pages(&self, group: &RowGroupMetaData) -> Result<Box<dyn PageReader>> {
        let rows = usize::try_from(group.num_rows())?;
        let column = group.columns().get(self.column);
        let column =
            column.ok_or_else(|| ParquetError::General("a row group lacks a column".to_owned()))?;
        let file = Arc::clone(&self.file);
        if !is_zstd(column.compression()) {
            return Ok(Box::new(SerializedPageReader::new(file, column, rows, None)?));
        }
        let column = column.clone().into_builder().set_compression(Compression::UNCOMPRESSED);
        Ok(Box::new(Pages(SerializedPageReader::new(file, &column.build()?, rows, None)?)))
    }
}

impl Iterator for Chunks {
    type Item = Result<Box<dyn PageReader>>;

    fn next(&mut self) -> Option<Self::Item> {
        let group = self.metadata.row_groups().get(self.group)?;
        let pages = self.pages(group);
        self.group += 1;
        Some(pages)
    }
}

impl PageIterator for Chunks {}

/// Pages that are packed with Zstandard.
struct Pages(SerializedPageReader<File>);

impl Iterator for Pages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

impl PageReader for Pages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let Some(mut page) = self.0.get_next_page()? else { return Ok(None) };
        match &mut page {
            Page::DataPage { buf, .. } | Page::DictionaryPage { buf, .. } => {
                *buf = plain(buf, 0)?.into();
            }
            Page::DataPageV2 {
                buf,
                is_compressed,
                def_levels_byte_len,
                rep_levels_byte_len,
                ..
            } => {
                // The levels stand before what is packed.
                let levels = (*def_levels_byte_len as usize) + (*rep_levels_byte_len as usize);
                if *is_compressed {
                    *buf = plain(buf, levels)?.into();
                    *is_compressed = false;
                }
            }
        }
        Ok(Some(page))
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.0.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.0.skip_next_page()
    }
}

/// The first bytes as they are, the rest unpacked.
fn plain(page: &[u8], kept: usize) -> Result<Vec<u8>> {
    let cut_off = || ParquetError::General("a page is cut off".to_owned());
    let (levels, packed) = page.split_at_checked(kept).ok_or_else(cut_off)?;
    let mut plain = levels.to_vec();
    if !packed.is_empty() {
        let mut reader = unpacked(Box::new(Cursor::new(packed.to_vec())))?;
        reader.read_to_end(&mut plain)?;
    }
    Ok(plain)
}
