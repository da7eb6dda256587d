//! The JSON that deploys a service, as the rules look at it.

use std::ops::Deref;

use super::file::File;
use crate::document::Kind;
use crate::rule::Context;
use crate::tree::Node;

/// One deployment with a tree.
#[derive(Clone, Copy)]
pub(super) struct Deployment<'a>(File<'a>);

impl<'a> Deref for Deployment<'a> {
    type Target = File<'a>;

    fn deref(&self) -> &File<'a> {
        &self.0
    }
}

/// The deployments that could be read and are requests.
pub(super) fn deployments<'a>(cx: &Context<'a>) -> impl Iterator<Item = Deployment<'a>> + use<'a> {
    let files = cx.of_kind(Kind::ModelArtsService).filter_map(File::of);
    files.filter(|file| !is_answer(file.root)).map(Deployment)
}

impl<'a> Deployment<'a> {
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
