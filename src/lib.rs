//! Parallax
#![allow(missing_docs)]
