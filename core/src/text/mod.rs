//! Text and places in it: the ground that every other module stands on.
//!
//! Knows no language, no rule and no platform.

mod budget;
mod edit;
mod lang;
mod mapped;
mod nearest;
mod path;
mod rich;
mod source;
mod visible;

pub use budget::{Budget, MOST_BROUGHT, ValueBudget};
pub use edit::{Edit, EditError, apply};
pub use lang::{Args, Lang, Message, Text, text};
pub use mapped::MappedText;
pub use nearest::{Comparisons, nearest};
pub(crate) use path::file_name;
pub use rich::code_parts;
pub use source::{LineColumn, Located, Place, Source, SourceId, Span};
pub use visible::{hidden_characters, visible, visible_lines};

/// What a parser could not read: a place and a sentence about it.
///
/// Parsers return a tree and a list of these, never a `Result`. One rule per language turns them
/// into findings, so that they too have an id, a page and a severity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where, in bytes of the document.
    pub span: Span,
    /// What is wrong, in both languages.
    pub message: Message,
}

impl SyntaxError {
    /// An error at `span` that says `text`, without arguments.
    pub fn new(span: Span, text: Text) -> SyntaxError {
        SyntaxError { span, message: Message::new(text) }
    }

    /// Fills the slot `{name}` of the message.
    #[must_use]
    pub fn arg(mut self, name: &'static str, value: impl ToString) -> SyntaxError {
        self.message = self.message.arg(name, value);
        self
    }
}
