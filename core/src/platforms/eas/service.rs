//! The service JSON as the rules look at it.

use crate::document::{Document, Kind};
use crate::rule::Context;
use crate::text::{Place, Span};
use crate::tree::{Member, Node};

/// One service document with a tree.
#[derive(Clone, Copy)]
pub(super) struct Service<'a> {
    pub(super) document: &'a Document,
    pub(super) root: &'a Node,
}

/// The service documents that could be read and are objects.
pub(super) fn services<'a>(cx: &Context<'a>) -> impl Iterator<Item = Service<'a>> + use<'a> {
    cx.of_kind(Kind::EasService).filter_map(|document| {
        let root = document.json()?.root.as_ref()?;
        root.is_object().then_some(Service { document, root })
    })
}

impl<'a> Service<'a> {
    /// The place of a span of this document.
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    /// The place of a value, without the quotes of a string.
    pub(super) fn value(self, node: &Node) -> Place {
        self.at(node.inner_span())
    }

    /// The opening brace of an object: where something is missing.
    pub(super) fn brace(self, node: &Node) -> Place {
        let start = node.span.start as usize;
        self.at(Span::new(start, start + 1))
    }

    /// A field of `metadata`, dotted keys included.
    pub(super) fn metadata(self, path: &[&str]) -> Option<&'a Node> {
        let mut whole = vec!["metadata"];
        whole.extend(path);
        self.root.lookup(&whole)
    }

    /// The containers.
    pub(super) fn containers(self) -> &'a [Node] {
        self.root.get("containers").and_then(Node::items).unwrap_or_default()
    }

    /// Whether it is deployed from an image rather than from a processor.
    pub(super) fn is_image_service(self) -> bool {
        self.root.get("containers").is_some()
    }

    /// Whether it says which VPC it lies in.
    pub(super) fn has_vpc(self) -> bool {
        self.root.lookup(&["cloud", "networking"]).is_some()
    }

    /// Whether it runs on resources of its own, whose network we do not know.
    pub(super) fn has_own_resources(self) -> bool {
        self.metadata(&["resource"]).is_some()
            || self.metadata(&["resource_id"]).is_some()
            || self.metadata(&["quota_id"]).is_some()
    }
}

/// What to delete so that `member` goes with its comma.
pub(super) fn removal(parent: &Node, member: &Member) -> Span {
    let members = parent.members();
    let index = members.iter().position(|one| one.key_span == member.key_span).unwrap_or(0);
    let whole = member.span();
    match (members.get(index + 1), index.checked_sub(1).and_then(|before| members.get(before))) {
        (Some(next), _) => Span { start: whole.start, end: next.key_span.start },
        (None, Some(before)) => Span { start: before.span().end, end: whole.end },
        (None, None) => whole,
    }
}

/// The text of a new first member of `parent`, and where to put it.
pub(super) fn insertion(parent: &Node, member: &str) -> (Span, String) {
    let at = parent.span.start as usize + 1;
    match parent.members().first() {
        None => (Span::at(at), member.to_owned()),
        // With the white space that the first member has before it.
        Some(first) => {
            let first = first.key_span.start as usize;
            (Span::at(first), format!("{member}, "))
        }
    }
}
