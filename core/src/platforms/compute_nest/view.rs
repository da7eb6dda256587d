//! Templates as the rules look at them: their strings, what holds each, and the identifiers in them.

use super::identifier::{Identifier, identifiers};
use crate::document::{Document, Kind};
use crate::ros::{Resource, Template};
use crate::rule::Context;
use crate::text::{Place, Span};
use crate::tree::Node;

/// A template that could be read.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) template: Template<'a>,
}

/// The templates of the service.
pub(super) fn templates<'a>(cx: &Context<'a>) -> impl Iterator<Item = File<'a>> + use<'a> {
    cx.of_kind(Kind::RosTemplate).filter_map(|document| {
        let root = document.roots().first().filter(|root| root.is_object())?;
        Some(File { document, template: Template::of(root) })
    })
}

/// An identifier and the resource that it stands in.
#[derive(Clone, Copy)]
pub(super) struct Use<'a> {
    pub(super) identifier: Identifier<'a>,
    /// The whole value.
    pub(super) node: &'a Node,
    pub(super) resource: Option<Resource<'a>>,
    /// The property that it stands in; empty outside of resources.
    pub(super) property: &'a str,
}

impl<'a> File<'a> {
    /// The place of a span.
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    /// The place of a value without its quotes.
    pub(super) fn value(self, node: &Node) -> Place {
        self.at(node.inner_span())
    }

    /// Every identifier, in the order of the template.
    pub(super) fn uses(self) -> Vec<Use<'a>> {
        let mut found = Vec::new();
        for member in self.template.root.members() {
            if member.key != "Resources" {
                collect(&member.node, None, "", &mut found);
            }
        }
        for resource in self.template.resources() {
            for property in resource.properties().map(Node::members).unwrap_or_default() {
                collect(&property.node, Some(resource), &property.key, &mut found);
            }
        }
        found.sort_by_key(|one| one.identifier.span());
        found
    }

    /// The types of all resources.
    pub(super) fn has_resource(self, is_one: impl Fn(&str) -> bool) -> bool {
        self.template.resources().any(|resource| resource.kind().is_some_and(&is_one))
    }
}

fn collect<'a>(
    node: &'a Node,
    resource: Option<Resource<'a>>,
    property: &'a str,
    found: &mut Vec<Use<'a>>,
) {
    node.walk(&mut |_, node| {
        let Some(text) = node.as_text() else { return };
        found.extend(identifiers(text).into_iter().map(|identifier| Use {
            identifier,
            node,
            resource,
            property,
        }));
    });
}
