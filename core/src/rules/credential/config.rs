//! docker's config.json where it stands: as a document, or as the payload of a Secret.

use crate::credential::docker_auth;
use crate::document::{Content, Kind};
use crate::rule::{Context, Part};
use crate::text::{MappedText, Place, Span};
use crate::tree::{Member, Node, json};

/// A config.json, or its elder form without `auths`.
pub(in crate::rules) struct Config<'a> {
    part: Part<'a>,
    root: Root<'a>,
    /// The value that it was decoded from: the spans of the tree are none of the document's then.
    encoded: Option<Span>,
}

enum Root<'a> {
    Given(&'a Node),
    /// Overwritten when dropped: passwords stand in it.
    Read(Node),
}

impl Drop for Root<'_> {
    fn drop(&mut self) {
        if let Root::Read(node) = self {
            node.wipe();
        }
    }
}

impl<'a> Config<'a> {
    /// A JSON text that stands in a string of `part`.
    pub(in crate::rules) fn of_text(part: Part<'a>, text: &MappedText) -> Option<Config<'a>> {
        Some(Config { part, root: Root::Read(read(json::parse_mapped(text))?), encoded: None })
    }

    /// A JSON text that was decoded from the value at `encoded`.
    pub(in crate::rules) fn of_decoded(
        part: Part<'a>,
        text: &str,
        encoded: Span,
    ) -> Option<Config<'a>> {
        let root = Root::Read(read(json::parse(text))?);
        Some(Config { part, root, encoded: Some(encoded) })
    }

    /// The whole.
    pub(super) fn root(&self) -> &Node {
        match &self.root {
            Root::Given(node) => node,
            Root::Read(node) => node,
        }
    }

    /// The place of a span of the tree: the whole value where it was encoded.
    pub(in crate::rules) fn at(&self, span: Span) -> Place {
        self.part.place(self.encoded.unwrap_or(span))
    }

    /// The place of a string without its quotes, if an edit may replace it.
    pub(super) fn editable(&self, node: &Node) -> Option<Place> {
        let text = node.as_text()?;
        let is_written = text.is_verbatim(0, text.text().len());
        (self.encoded.is_none() && is_written).then(|| self.at(text.whole()))
    }

    /// The place of a key without its quotes, if an edit may replace it.
    pub(super) fn editable_key(&self, member: &Member) -> Option<Place> {
        if self.encoded.is_some() {
            return None;
        }
        let written = self.part.document.source.text().get(member.key_span.range())?;
        let quotes = written.find(&member.key)?;
        let is_plain = written.len() == member.key.len() + 2 * quotes;
        let start = member.key_span.start as usize + quotes;
        is_plain.then(|| self.at(Span::new(start, start + member.key.len())))
    }

    /// The value under `auths`.
    pub(in crate::rules) fn auths(&self) -> Option<&Node> {
        self.root().get("auths").filter(|auths| auths.is_object())
    }

    /// The member at the top called `key`.
    pub(in crate::rules) fn member(&self, key: &str) -> Option<&Member> {
        self.root().member(key).filter(|member| !member.node.is_null())
    }

    /// The hosts that helpers have logins for, all of them if there is a store.
    pub(super) fn is_helped(&self, host: &str) -> bool {
        let helpers = self.root().get("credHelpers");
        self.root().get("credsStore").is_some()
            || helpers.is_some_and(|helpers| helpers.get(host).is_some())
    }

    /// Registries and their entries: under `auths`, or at the top in the elder form.
    pub(in crate::rules) fn entries(&self) -> impl Iterator<Item = &Member> {
        let is_wrapped = self.root().get("auths").is_some();
        let members = match self.auths() {
            Some(auths) => auths.members(),
            None if is_wrapped => &[],
            None => self.root().members(),
        };
        members
            .iter()
            .filter(move |one| one.node.is_object() && (is_wrapped || one.key.contains(['.', ':'])))
    }
}

/// The object of a text that docker and Kubernetes can read.
fn read(mut document: json::JsonDocument) -> Option<Node> {
    let is_json = document.errors.is_empty()
        && document.comments.is_empty()
        && document.trailing_commas.is_empty()
        && document.byte_order_mark.is_none();
    let mut root = document.root.take()?;
    if is_json && root.is_object() {
        return Some(root);
    }
    root.wipe();
    None
}

/// The config.json documents of a service, those that scripts write included.
pub(super) fn configs<'a>(cx: &Context<'a>) -> Vec<Config<'a>> {
    let mut found = Vec::new();
    for part in cx.parts(Kind::DockerConfig) {
        // JSON that cannot be read ends up as YAML; that has a rule of its own.
        let is_json = matches!(part.content, Content::Json(_));
        if let Some(root) = part.roots().first().filter(|root| is_json && root.is_object()) {
            found.push(Config { part, root: Root::Given(root), encoded: None });
        }
    }
    found
}

/// Whether the documents of `config` belong to what is checked, rather than to the desktop of
/// whoever checks: that file lies outside, or is the only one.
pub(super) fn is_committed(cx: &Context<'_>, config: &Config<'_>) -> bool {
    let path = config.part.document.source.path();
    let is_outside = path.starts_with(['/', '~']) || path.starts_with("..") || path.contains(":\\");
    config.part.inside.is_some() || (!is_outside && cx.documents().nth(1).is_some())
}

/// A login as it stands in an entry; a template or a token makes it none.
pub(super) fn password(entry: &Node) -> Option<crate::credential::Secret> {
    let text = |key: &str| entry.get(key).filter(|node| !node.is_unknown()).and_then(Node::as_str);
    match text("password") {
        Some(password) => Some(crate::credential::Secret::new(password)),
        None => docker_auth::decode(text("auth")?).ok().map(|decoded| decoded.password),
    }
}
