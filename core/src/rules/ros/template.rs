//! The templates that the rules look at, and what they say of names.

use crate::document::{Document, Kind};
use crate::ros::{Resource, Template};
use crate::rule::{Context, Finding};
use crate::text::{Place, Span, nearest, text};
use crate::tree::{Member, Node};

/// A template and the document that it is.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub(super) document: &'a Document,
    pub(super) template: Template<'a>,
}

/// The templates of the service that can be read to their end.
pub(super) fn templates<'a>(cx: &Context<'a>) -> impl Iterator<Item = File<'a>> + use<'a> {
    cx.of_kind(Kind::RosTemplate).filter_map(|document| {
        let root = document.roots().first().filter(|root| root.is_object())?;
        let is_whole = document.errors().is_empty();
        is_whole.then(|| File { document, template: Template::of(root) })
    })
}

impl<'a> File<'a> {
    pub(super) fn at(self, span: Span) -> Place {
        self.document.place(span)
    }

    pub(super) fn source(self) -> &'a str {
        self.document.source.text()
    }

    pub(super) fn root(self) -> &'a Node {
        self.template.root
    }

    /// Where the template begins to say something.
    pub(super) fn start(self) -> Span {
        let first = self.root().members().iter().map(|member| member.key_span).min();
        first.unwrap_or(self.root().span)
    }

    /// The resources; none where a transform makes them.
    pub(super) fn resources(self) -> impl Iterator<Item = Resource<'a>> {
        self.template.resources().filter(move |_| !self.template.is_transformed())
    }

    /// The parameters with a body.
    pub(super) fn parameters(self) -> impl Iterator<Item = &'a Member> {
        let all = self.template.section("Parameters").iter();
        all.filter(move |member| member.node.is_object() || member.node.is_null())
    }
}

/// Says "did you mean", for the first findings of a template: each costs a look at all names.
pub(super) struct Suggestions {
    left: usize,
}

impl Suggestions {
    pub(super) fn new() -> Suggestions {
        Suggestions { left: 64 }
    }

    pub(super) fn offer<'n>(
        &mut self,
        finding: &mut Finding,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if let Some(near) = nearest(name, known) {
            finding.arg("near", near).help(text("did you mean `{near}`?", "是否想写 `{near}`？"));
        }
    }
}
