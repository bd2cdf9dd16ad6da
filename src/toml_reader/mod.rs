//! Reading the TOML files that people write (lexicons, `corpus.toml`): every fault with its place,
//! all of them in one go, unknown keys included.

mod diagnostic;
mod fields;

pub use diagnostic::{Diagnostic, Severity};
pub(crate) use fields::Fields;
pub use fields::Text;
