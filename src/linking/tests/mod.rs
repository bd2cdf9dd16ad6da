//! Tests of linking: rules against a set of cases, names, and what must hold for every text.

mod cases;
mod read;
