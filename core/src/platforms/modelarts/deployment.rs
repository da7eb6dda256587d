//! The JSON that deploys a service, as the rules look at it.

use crate::document::{Document, Kind};
use crate::rule::Context;
use crate::text::{Place, Span};
use crate::tree::{Member, Node};

/// One deployment with a tree.
#[derive(Clone, Copy)]
pub(super) struct Deployment<'a> {
    pub(super) document: &'a Document,
    pub(super) root: &'a Node,
}

/// The deployments that could be read and are requests.
pub(super) fn deployments<'a>(cx: &Context<'a>) -> impl Iterator<Item = Deployment<'a>> + use<'a> {
    cx.of_kind(Kind::ModelArtsService).filter_map(|document| {
        let root = document.json()?.root.as_ref()?;
        (root.is_object() && !is_answer(root)).then_some(Deployment { document, root })
    })
}

impl<'a> Deployment<'a> {
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

    /// `infer_type`, if it is known.
    pub(super) fn infer_type(self) -> Option<&'a str> {
        self.root.get("infer_type").filter(|node| !node.is_unknown())?.as_str()
    }

    /// The models that are deployed.
    pub(super) fn entries(self) -> impl Iterator<Item = &'a Node> {
        let list = self.root.get("config").and_then(Node::items).unwrap_or_default();
        list.iter().filter(|entry| entry.is_object())
    }
}

/// Whether it is an answer of the platform rather than a request: those carry a state.
fn is_answer(root: &Node) -> bool {
    ["status", "service_id", "access_address"].iter().any(|key| root.get(key).is_some())
}
