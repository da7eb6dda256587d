//! A JSON document of ModelArts that could be read, and the places in it.

use crate::document::Document;
use crate::text::{Place, Span};
use crate::tree::{Member, Node};

/// A document with its tree.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) root: &'a Node,
}

impl<'a> File<'a> {
    /// The document, if it could be read and is an object.
    pub(super) fn of(document: &'a Document) -> Option<File<'a>> {
        let root = document.json()?.root.as_ref().filter(|root| root.is_object())?;
        Some(File { document, root })
    }

    /// The place of a span of this document.
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    /// The place of a value, without the quotes of a string.
    pub(super) fn value(self, node: &Node) -> Place {
        self.at(node.inner_span())
    }

    /// The place of a member's key.
    pub(super) fn key(self, member: &Member) -> Place {
        self.at(member.key_span)
    }

    /// The opening bracket of a value: where something is missing.
    pub(super) fn brace(self, node: &Node) -> Place {
        let start = node.span.start as usize;
        self.at(Span::new(start, start + 1))
    }
}
