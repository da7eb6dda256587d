//! What may be written where the caret stands.

mod dockerfile;
mod tree;

use std::ops::Range;

use super::offset::{to_byte, to_utf16};
use crate::document::Kind;
use crate::text::Lang;

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What to choose it by.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// What it is written over, in UTF-16 code units; empty where it is only put in.
    pub replace: Range<usize>,
    /// What it is, for people; may be empty.
    pub detail: String,
}

/// What may be written at `offset`, in UTF-16 code units, of `text`, a document of `kind`. A word
/// that is begun there narrows it; the names in it are in the order in which one should see them.
pub fn completion(kind: Kind, text: &str, offset: usize, lang: Lang) -> Vec<Completion> {
    let caret = to_byte(text, offset);
    let found = match kind {
        Kind::Dockerfile => dockerfile::complete(text, caret, lang),
        Kind::DockerIgnore | Kind::Shell | Kind::Image => Vec::new(),
        _ => tree::complete(kind, text, caret, lang),
    };
    found.into_iter().map(|one| one.in_units(text)).collect()
}

impl Completion {
    /// With what it replaces in UTF-16 code units rather than bytes.
    fn in_units(mut self, text: &str) -> Completion {
        self.replace = to_utf16(text, self.replace.start)..to_utf16(text, self.replace.end);
        self
    }
}
