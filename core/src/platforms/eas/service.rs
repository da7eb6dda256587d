//! The service description as the rules look at it: a JSON document, or a value of a template.

use crate::document::{Document, Kind};
use crate::rule::Context;
use crate::text::{Place, Span};
use crate::tree::edit::{New, Spot, insert_member, remove_member};
use crate::tree::{Member, Node};

/// One service with a tree.
#[derive(Clone, Copy)]
pub(super) struct Service<'a> {
    /// The document whose bytes the spans are of; the service may be a part of it.
    pub(super) document: &'a Document,
    pub(super) root: &'a Node,
}

/// The services that could be read and are objects.
pub(super) fn services<'a>(cx: &Context<'a>) -> impl Iterator<Item = Service<'a>> + use<'a> {
    cx.documents().flat_map(|document| {
        let roots = document.roots_of(Kind::EasService).filter(|root| root.is_object());
        roots.map(move |root| Service { document, root })
    })
}

impl<'a> Service<'a> {
    /// Whether it is the whole document rather than a part of a template.
    pub(super) fn is_document(self) -> bool {
        self.document.kind == Kind::EasService
    }

    /// The place of a span of the document.
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    /// The place of a value, without the quotes of a string.
    pub(super) fn value(self, node: &Node) -> Place {
        self.at(node.inner_span())
    }

    /// The beginning of an object, its opening brace if it has one: where something is missing.
    pub(super) fn brace(self, node: &Node) -> Place {
        let start = node.span.start as usize;
        match node.members().first() {
            Some(first) if !self.is_flow(node) => self.at(first.key_span),
            _ => self.at(Span::new(start, start + 1)),
        }
    }

    /// The letters of a span.
    pub(super) fn letters(self, span: Span) -> &'a str {
        self.document.source.slice(span)
    }

    /// Whether `place` lies in this service.
    pub(super) fn holds(self, place: Place) -> bool {
        let root = self.root.span;
        place.source == self.document.id
            && root.start <= place.span.start
            && place.span.end <= root.end
    }

    /// Whether the value stands in brackets, as JSON writes it.
    pub(super) fn is_flow(self, node: &Node) -> bool {
        self.letters(node.span).starts_with(['{', '['])
    }

    /// Whether the string stands in the document just as it is, so that an edit may replace it.
    pub(super) fn is_verbatim(self, node: &Node) -> bool {
        node.as_str() == Some(self.letters(node.inner_span()))
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
        !self.containers().is_empty()
            || self.root.get("containers").is_some() && self.processor().is_none()
    }

    /// What names the processor: a built-in one, or a package.
    pub(super) fn processor(self) -> Option<&'a Member> {
        let named = |key: &str| {
            let member = self.root.member(key).filter(|member| !member.node.is_null());
            member.filter(|member| member.node.as_str() != Some(""))
        };
        named("processor").or_else(|| named("processor_path"))
    }

    /// Whether it says which VPC it lies in.
    pub(super) fn has_vpc(self) -> bool {
        let network = self.root.lookup(&["cloud", "networking"]);
        network.is_some_and(|node| node.is_unknown() || !node.members().is_empty())
            || self.root.lookup(&["cloud", "networking", "vpc_id"]).is_some()
    }

    /// Whether it runs on resources of its own, whose network we do not know.
    pub(super) fn has_own_resources(self) -> bool {
        self.metadata(&["resource"]).is_some()
            || self.metadata(&["resource_id"]).is_some()
            || self.metadata(&["quota_id"]).is_some()
    }

    /// What to delete so that `member` goes with its comma or its line; `None` where the text around
    /// does not allow it.
    pub(super) fn removal(self, parent: &Node, member: &Member) -> Option<Place> {
        if parent.members().len() == 1 {
            return self.is_flow(parent).then(|| self.at(member.span()));
        }
        let edit = remove_member(self.document.source.text(), parent, member)?;
        Some(self.at(edit.span))
    }

    /// The text of a new first member of `parent`, laid out as its neighbours are, and where to put
    /// it; `None` where the text around does not allow it.
    pub(super) fn insertion(
        self,
        parent: &Node,
        key: &str,
        value: &New,
    ) -> Option<(Place, String)> {
        let text = self.document.source.text();
        let edit = insert_member(text, parent, Spot::First, key, value)?;
        Some((self.at(edit.span), edit.text))
    }

    /// The same for a member that is moved; only a text is.
    pub(super) fn moved(self, parent: &Node, key: &str, value: &Node) -> Option<(Place, String)> {
        self.insertion(parent, key, &New::text(value.as_str()?))
    }
}
