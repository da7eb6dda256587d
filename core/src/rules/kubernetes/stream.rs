//! The objects of a service, with the documents that they stand in.

use std::collections::HashMap;

use crate::document::Kind;
use crate::kubernetes::{Object, objects};
use crate::ros::{Resource, Template};
use crate::rule::{Context, Part};
use crate::text::{Place, SourceId, Span};
use crate::tree::Node;

/// An object and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) part: Part<'a>,
    pub(super) object: Object<'a>,
    /// The namespace for objects without one: `None` where nobody tells.
    default_namespace: Option<&'a Node>,
}

/// Where an object goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace<'a> {
    /// By name.
    Named(&'a str),
    /// Into `default`, unless whoever applies the file says otherwise.
    Unsaid,
    /// A template tells.
    Unknown,
}

impl<'a> Entry<'a> {
    /// The place of a span.
    pub(super) fn at(self, span: Span) -> Place {
        self.part.place(span)
    }

    /// The text of the whole document that the spans are of.
    pub(super) fn source(self) -> &'a str {
        self.part.document.source.text()
    }

    /// Its name, if that is written out.
    pub(super) fn name(self) -> Option<&'a str> {
        self.object.name().filter(|name| !name.is_unknown())?.as_str()
    }

    /// The namespace that the resource around it makes, if that is written out.
    pub(super) fn made_namespace(self) -> Option<&'a str> {
        self.default_namespace.filter(|node| !node.is_unknown())?.as_str()
    }

    /// Where it goes.
    pub(super) fn namespace(self) -> Namespace<'a> {
        match self.object.namespace().or(self.default_namespace) {
            None => Namespace::Unsaid,
            Some(node) if node.is_unknown() => Namespace::Unknown,
            Some(node) => node.as_str().map_or(Namespace::Unknown, Namespace::Named),
        }
    }

    /// Where to point for the object as a whole: its kind, else its first key.
    pub(super) fn head(self) -> Place {
        let kind = self.object.root.get("kind").map(|kind| kind.span);
        let first = || self.object.root.members().first().map(|member| member.key_span);
        self.at(kind.or_else(first).unwrap_or(self.object.root.span))
    }
}

/// The Kubernetes objects of a service, in their order.
pub(super) fn entries<'a>(cx: &Context<'a>) -> Vec<Entry<'a>> {
    let mut found = Vec::new();
    let mut holders = Holders::default();
    for part in cx.parts(Kind::Kubernetes) {
        let default_namespace = holders.default_namespace(part);
        for object in part.roots().iter().flat_map(objects) {
            found.push(Entry { part, object, default_namespace });
        }
    }
    found
}

/// The resources of templates by their names, each template read once for all that it holds.
#[derive(Default)]
struct Holders<'a> {
    of: HashMap<SourceId, HashMap<&'a str, Vec<Resource<'a>>>>,
}

impl<'a> Holders<'a> {
    /// What the resource that holds the objects of `part` says of their namespace.
    fn default_namespace(&mut self, part: Part<'a>) -> Option<&'a Node> {
        let inside = part.inside?;
        let resources = self.of.entry(part.document.id).or_insert_with(|| by_resource(part));
        let mut named = resources.get(&*inside.resource)?.iter();
        let holder = named.find(|resource| {
            resource.property(inside.property).is_some_and(|value| value.span == inside.span)
        })?;
        holder.property("DefaultNamespace")
    }
}

fn by_resource(part: Part<'_>) -> HashMap<&str, Vec<Resource<'_>>> {
    let mut named: HashMap<&str, Vec<Resource<'_>>> = HashMap::new();
    if let Some(root) = part.document.roots().first() {
        for resource in Template::of(root).resources() {
            named.entry(resource.name()).or_default().push(resource);
        }
    }
    named
}

/// Whether the objects are put together by something else first: their files need not be whole.
pub(super) fn are_patched(all: &[Entry<'_>]) -> bool {
    all.iter().any(|one| one.object.group().is_some_and(|group| group.starts_with("kustomize.")))
}

/// Whether the object may be a part that is laid over another.
pub(super) fn is_patch(entry: Entry<'_>) -> bool {
    let path = entry.part.document.source.path();
    path.contains("patch") || path.contains("overlay")
}

/// Objects of one kind by name.
pub(super) fn by_name<'a>(
    all: &[Entry<'a>],
    wanted: impl Fn(Object<'a>) -> bool,
) -> HashMap<&'a str, Vec<Entry<'a>>> {
    let mut found: HashMap<&str, Vec<Entry<'a>>> = HashMap::new();
    for entry in all.iter().filter(|entry| wanted(entry.object)) {
        if let Some(name) = entry.name() {
            found.entry(name).or_default().push(*entry);
        }
    }
    found
}
