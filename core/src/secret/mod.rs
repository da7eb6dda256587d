//! What tells a secret, the same for every document: the names that its value stands under, the
//! forms that providers give to theirs, the files that hold one, and what of a value is one.
//!
//! Knows no language and no rule.

mod files;
mod forms;
mod names;
mod value;

pub(crate) use files::{SecretFile, secret_file};
pub(crate) use forms::tokens;
pub(crate) use names::{Meaning, hides_value, holds_parts, meaning};
pub(crate) use value::{
    Dollar, hidden_parts, is_secret, is_written_secret, scheme_length, secret_default,
};
