//! Parallax
#![allow(missing_docs)]

pub mod statistics;
