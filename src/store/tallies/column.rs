//! Values to Arrow columns and back: integers, strings, lists and structs of them.
//!
//! Integers are 64-bit and signed, since that is what every engine has. A struct is declared once with
//! [`record!`]; the compiler then holds that every field of it travels.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, BooleanArray, Int64Array, ListArray, StringArray};
use arrow_schema::{DataType, Field};

use super::terms::Terms;
use crate::layout::CueKind;
use crate::lexicon::EntryId;
use crate::linking::rule_named;
use crate::tally::Rank;
use crate::text::{Voice, Zone};

/// Why a column can't be read: its name, or the names on the way to it, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("column `{column}`: {reason}")]
pub struct ColumnFault {
    /// The column, fields of structs after a full stop.
    pub column: String,
    /// What is wrong.
    pub reason: String,
}

impl ColumnFault {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { column: String::new(), reason: reason.into() }
    }

    pub(super) fn below(mut self, name: &str) -> Self {
        let rest = if self.column.is_empty() { String::new() } else { format!(".{}", self.column) };
        self.column = format!("{name}{rest}");
        self
    }
}

/// A value that travels in a column.
pub(super) trait Value: Sized {
    /// The type of the column.
    fn kind() -> DataType;
    /// Whether a value may be missing.
    const NULLABLE: bool = false;
    /// The column of these values.
    fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef;
    /// The values of a column.
    fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault>;
}

/// The field of a struct or a batch that holds values of this type.
pub(super) fn field<T: Value>(name: &str) -> Field {
    Field::new(name, T::kind(), T::NULLABLE)
}

fn wrong(wanted: &str, column: &dyn Array) -> ColumnFault {
    ColumnFault::new(format!("holds {}, not {wanted}", column.data_type()))
}

fn present<T>(value: Option<T>) -> Result<T, ColumnFault> {
    value.ok_or_else(|| ColumnFault::new("a value is missing"))
}

fn integers(column: &dyn Array) -> Result<Vec<Option<i64>>, ColumnFault> {
    match column.data_type() {
        DataType::Int64 => Ok(column.as_primitive::<Int64Type>().iter().collect()),
        DataType::Int32 => {
            let values = column.as_primitive::<Int32Type>().iter();
            Ok(values.map(|value| value.map(i64::from)).collect())
        }
        _ => Err(wrong("integers", column)),
    }
}

fn strings(column: &dyn Array) -> Result<Vec<Option<&str>>, ColumnFault> {
    match column.data_type() {
        DataType::Utf8 => Ok(column.as_string::<i32>().iter().collect()),
        DataType::LargeUtf8 => Ok(column.as_string::<i64>().iter().collect()),
        DataType::Utf8View => Ok(column.as_string_view().iter().collect()),
        _ => Err(wrong("strings", column)),
    }
}

macro_rules! integer {
    ($($kind:ty),*) => {$(
        impl Value for $kind {
            fn kind() -> DataType {
                DataType::Int64
            }

            fn column(values: Vec<Self>, _: &Terms) -> ArrayRef {
                // No count of one corpus comes near the largest of these.
                let signed = |value| i64::try_from(value).unwrap_or(i64::MAX);
                Arc::new(Int64Array::from_iter_values(values.into_iter().map(signed)))
            }

            fn read(column: &dyn Array, _: &Terms) -> Result<Vec<Self>, ColumnFault> {
                let narrow = |value| {
                    let value: i64 = present(value)?;
                    let fault = |_| ColumnFault::new(format!("{value} is out of range"));
                    Self::try_from(value).map_err(fault)
                };
                integers(column)?.into_iter().map(narrow).collect()
            }
        }
    )*};
}

integer!(u8, u32, u64, u128);

impl Value for bool {
    fn kind() -> DataType {
        DataType::Boolean
    }

    fn column(values: Vec<Self>, _: &Terms) -> ArrayRef {
        Arc::new(BooleanArray::from(values))
    }

    fn read(column: &dyn Array, _: &Terms) -> Result<Vec<Self>, ColumnFault> {
        let values = column.as_boolean_opt().ok_or_else(|| wrong("true or false", column))?;
        values.iter().map(present).collect()
    }
}

/// A value that is written as a string.
pub(super) trait Written: Sized {
    fn write<'a>(&'a self, terms: &'a Terms) -> Cow<'a, str>;
    fn parse(written: &str, terms: &Terms) -> Option<Self>;
}

macro_rules! written {
    ($($kind:ty: $what:literal),*) => {$(
        impl Value for $kind {
            fn kind() -> DataType {
                DataType::Utf8
            }

            fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef {
                let written = values.iter().map(|value| Written::write(value, terms));
                Arc::new(StringArray::from_iter_values(written))
            }

            fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault> {
                let parse = |value| {
                    let value: &str = present(value)?;
                    let fault = || ColumnFault::new(format!("`{value}` is no {} of this version or of these lexicons", $what));
                    Written::parse(value, terms).ok_or_else(fault)
                };
                strings(column)?.into_iter().map(parse).collect()
            }
        }

        impl Value for Option<$kind> {
            const NULLABLE: bool = true;

            fn kind() -> DataType {
                DataType::Utf8
            }

            fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef {
                let written = values.iter().map(|value| Some(value.as_ref()?.write(terms)));
                Arc::new(written.collect::<StringArray>())
            }

            fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault> {
                let parse = |value: Option<&str>| {
                    let Some(value) = value else { return Ok(None) };
                    let fault = || ColumnFault::new(format!("`{value}` is no {}", $what));
                    Written::parse(value, terms).map(Some).ok_or_else(fault)
                };
                strings(column)?.into_iter().map(parse).collect()
            }
        }
    )*};
}

written!(
    String: "text",
    EntryId: "term",
    Zone: "zone",
    Voice: "voice",
    CueKind: "kind of verb",
    &'static str: "rule",
    blake3::Hash: "hash",
    Rank: "rank",
    jiff::civil::Date: "date"
);

impl Written for String {
    fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
        Cow::Borrowed(self)
    }

    fn parse(written: &str, _: &Terms) -> Option<Self> {
        Some(written.to_owned())
    }
}

impl Written for EntryId {
    fn write<'a>(&'a self, terms: &'a Terms) -> Cow<'a, str> {
        Cow::Borrowed(terms.key(*self))
    }

    fn parse(written: &str, terms: &Terms) -> Option<Self> {
        terms.entry(written)
    }
}

macro_rules! named {
    ($($kind:ty),*) => {$(
        impl Written for $kind {
            fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
                Cow::Borrowed(self.name())
            }

            fn parse(written: &str, _: &Terms) -> Option<Self> {
                Self::from_name(written)
            }
        }
    )*};
}

named!(Zone, Voice, CueKind);

impl Written for &'static str {
    fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
        Cow::Borrowed(self)
    }

    fn parse(written: &str, _: &Terms) -> Option<Self> {
        rule_named(written)
    }
}

impl Written for blake3::Hash {
    fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
        Cow::Owned(self.to_hex().to_string())
    }

    fn parse(written: &str, _: &Terms) -> Option<Self> {
        Self::from_hex(written).ok()
    }
}

impl Written for Rank {
    fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
        Cow::Owned(self.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn parse(written: &str, _: &Terms) -> Option<Self> {
        let mut rank = Self::default();
        let digits = written.as_bytes().chunks_exact(2);
        for (byte, pair) in rank.iter_mut().zip(digits) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        (written.len() == 2 * rank.len()).then_some(rank)
    }
}

impl Written for jiff::civil::Date {
    fn write<'a>(&'a self, _: &'a Terms) -> Cow<'a, str> {
        Cow::Owned(self.to_string())
    }

    fn parse(written: &str, _: &Terms) -> Option<Self> {
        written.parse().ok()
    }
}

impl<T: Value> Value for Vec<T> {
    fn kind() -> DataType {
        DataType::List(Arc::new(field::<T>("item")))
    }

    fn column(values: Vec<Self>, terms: &Terms) -> ArrayRef {
        let lengths = arrow_buffer::OffsetBuffer::from_lengths(values.iter().map(Vec::len));
        let items = T::column(values.into_iter().flatten().collect(), terms);
        Arc::new(ListArray::new(Arc::new(field::<T>("item")), lengths, items, None))
    }

    fn read(column: &dyn Array, terms: &Terms) -> Result<Vec<Self>, ColumnFault> {
        let (items, lengths): (_, Vec<usize>) = match column.data_type() {
            DataType::List(_) => {
                let list = column.as_list::<i32>();
                let lengths = (0..list.len()).map(|row| list.value_length(row) as usize).collect();
                (list.slice_values(), lengths)
            }
            DataType::LargeList(_) => {
                let list = column.as_list::<i64>();
                let lengths = (0..list.len()).map(|row| list.value_length(row) as usize).collect();
                (list.slice_values(), lengths)
            }
            _ => return Err(wrong("lists", column)),
        };
        let mut items = T::read(items.as_ref(), terms)?.into_iter();
        Ok(lengths.into_iter().map(|length| items.by_ref().take(length).collect()).collect())
    }
}

/// The values that the rows of a list hold, without what lies before and behind them: an array may be
/// a slice of a larger one, and rows that are missing may have values of no meaning.
trait SliceValues {
    fn slice_values(&self) -> ArrayRef;
}

impl<O: arrow_array::OffsetSizeTrait> SliceValues for arrow_array::GenericListArray<O> {
    fn slice_values(&self) -> ArrayRef {
        let offsets = self.value_offsets();
        let first = offsets.first().map_or(0, |offset| offset.as_usize());
        let last = offsets.last().map_or(0, |offset| offset.as_usize());
        self.values().slice(first, last - first)
    }
}

/// Declares how a struct travels: `record!(Type { field: Kind, … })`.
macro_rules! record {
    ($name:ty { $($field:ident: $kind:ty),* $(,)? }) => {
        impl $crate::store::tallies::column::Value for $name {
            fn kind() -> arrow_schema::DataType {
                arrow_schema::DataType::Struct(<$name>::fields().into())
            }

            fn column(
                values: Vec<Self>,
                terms: &$crate::store::tallies::terms::Terms,
            ) -> arrow_array::ArrayRef {
                let columns = <$name>::columns(values, terms);
                std::sync::Arc::new(arrow_array::StructArray::new(
                    <$name>::fields().into(),
                    columns,
                    None,
                ))
            }

            fn read(
                column: &dyn arrow_array::Array,
                terms: &$crate::store::tallies::terms::Terms,
            ) -> Result<Vec<Self>, $crate::store::tallies::column::ColumnFault> {
                use arrow_array::Array as _;
                use arrow_array::cast::AsArray;
                let parts = column.as_struct_opt().ok_or_else(|| {
                    $crate::store::tallies::column::ColumnFault::new("holds no structs")
                })?;
                <$name>::rows(parts.len(), &|name| parts.column_by_name(name).cloned(), terms)
            }
        }

        impl $crate::store::tallies::column::Record for $name {
            fn fields() -> Vec<arrow_schema::Field> {
                vec![$($crate::store::tallies::column::field::<$kind>(stringify!($field))),*]
            }

            fn columns(
                values: Vec<Self>,
                terms: &$crate::store::tallies::terms::Terms,
            ) -> Vec<arrow_array::ArrayRef> {
                $(let mut $field: Vec<$kind> = Vec::with_capacity(values.len());)*
                for value in values {
                    $($field.push(value.$field);)*
                }
                vec![$(<$kind as $crate::store::tallies::column::Value>::column($field, terms)),*]
            }

            fn rows(
                length: usize,
                part: &dyn Fn(&str) -> Option<arrow_array::ArrayRef>,
                terms: &$crate::store::tallies::terms::Terms,
            ) -> Result<Vec<Self>, $crate::store::tallies::column::ColumnFault> {
                use $crate::store::tallies::column::{ColumnFault, Value};
                $(
                    let name = stringify!($field);
                    let column = part(name)
                        .ok_or_else(|| ColumnFault::new("is missing").below(name))?;
                    let read = <$kind as Value>::read(column.as_ref(), terms);
                    let mut $field = read.map_err(|fault| fault.below(name))?.into_iter();
                )*
                let mut rows = Vec::with_capacity(length);
                while let ($(Some($field),)*) = ($($field.next(),)*) {
                    rows.push(Self { $($field),* });
                }
                Ok(rows)
            }
        }
    };
}
pub(super) use record;

/// A struct whose fields are columns; made by [`record!`].
pub(super) trait Record: Value {
    /// The columns in their order.
    fn fields() -> Vec<Field>;
    /// The values by column.
    fn columns(values: Vec<Self>, terms: &Terms) -> Vec<ArrayRef>;
    /// The values of the columns that `part` gives by their names.
    fn rows(
        length: usize,
        part: &dyn Fn(&str) -> Option<ArrayRef>,
        terms: &Terms,
    ) -> Result<Vec<Self>, ColumnFault>;
}
