//! What an editor asks while one writes: how the text is painted, what may stand here, what a word
//! means.
//!
//! All places are in UTF-16 code units, as a text area and the language server protocol count.
//! Painting follows the parsers' trees, so that it agrees with what is checked; JSON and YAML are
//! painted by a lexical look of their own, which goes on behind what no parser can read.

mod completion;
mod hover;
mod offset;
mod place;
mod tokens;
mod variables;
mod words;

pub use completion::{Completion, completion};
pub use hover::{Hover, hover};
pub use offset::{to_byte, to_utf16};
pub use tokens::{Class, Token, by_line, tokens, tokens_of};
