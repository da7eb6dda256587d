//! The model configuration file as the rules look at it.

use std::ops::Deref;

use super::file::File;
use crate::document::Kind;
use crate::rule::Context;
use crate::text::Span;
use crate::tree::{Member, Node};

/// One `config.json` with a tree.
#[derive(Clone, Copy)]
pub(super) struct Config<'a>(File<'a>);

impl<'a> Deref for Config<'a> {
    type Target = File<'a>;

    fn deref(&self) -> &File<'a> {
        &self.0
    }
}

/// The configuration files that could be read and are objects.
pub(super) fn configs<'a>(cx: &Context<'a>) -> impl Iterator<Item = Config<'a>> + use<'a> {
    let files = cx.of_kind(Kind::ModelArtsConfig).filter_map(File::of);
    files.filter(|file| !is_of_models_api(file.root)).map(Config)
}

/// Whether it is a request or an answer of the models API, which shares some of the keys.
fn is_of_models_api(root: &Node) -> bool {
    let has = |key: &str| root.get(key).is_some();
    (has("model_name") || has("model_id")) && (has("model_version") || has("source_location"))
}

impl<'a> Config<'a> {
    /// `model_type`, if it is known.
    pub(super) fn model_type(self) -> Option<&'a str> {
        self.root.get("model_type").filter(|node| !node.is_unknown())?.as_str()
    }

    /// Whether the model is a custom image; a slip of letter case is another rule's.
    pub(super) fn is_image(self) -> bool {
        self.model_type().is_some_and(|kind| kind.eq_ignore_ascii_case("Image"))
    }

    /// Whether the model surely is none: an engine of ModelArts' own runs it.
    pub(super) fn is_engine(self) -> bool {
        self.model_type().is_some() && !self.is_image()
    }

    /// The APIs that are objects.
    pub(super) fn apis(self) -> impl Iterator<Item = &'a Node> {
        let list = self.root.get("apis").and_then(Node::items).unwrap_or_default();
        list.iter().filter(|api| api.is_object())
    }

    /// The requests and responses of all APIs that are objects: the key, the body, its API.
    pub(super) fn bodies(self) -> impl Iterator<Item = (&'static str, &'a Node, &'a Node)> {
        self.apis().flat_map(|api| {
            ["request", "response"].into_iter().filter_map(move |key| {
                api.get(key).filter(|body| body.is_object()).map(|body| (key, body, api))
            })
        })
    }

    /// The packages of all dependencies.
    pub(super) fn packages(self) -> impl Iterator<Item = &'a Node> {
        let list = self.root.get("dependencies").and_then(Node::items).unwrap_or_default();
        list.iter()
            .filter_map(|one| one.get("packages")?.items())
            .flatten()
            .filter(|package| package.is_object())
    }

    /// The health check.
    pub(super) fn health(self) -> Option<&'a Node> {
        self.root.get("health").filter(|health| health.is_object() && !health.is_unknown())
    }
}

/// A text that is known and not empty.
pub(super) fn known<'a>(parent: &'a Node, key: &str) -> Option<(&'a Node, &'a str)> {
    let node = parent.get(key).filter(|node| !node.is_unknown())?;
    node.as_str().filter(|value| !value.trim().is_empty()).map(|value| (node, value))
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
