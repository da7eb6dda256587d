//! One model of a request, whatever its spelling: a tree with the names and the nesting of the API,
//! in which every key and value has the place where it stands.

mod image;
mod terraform;

use std::borrow::Cow;

pub(super) use image::{Image, host_of_server};
pub(super) use terraform::spelled;

use crate::document::{Content, Kind};
use crate::flattened::{Flattened, Parameter};
use crate::ros::Template;
use crate::rule::{Context, Part};
use crate::text::{Place, Span};
use crate::tree::{Member, Node, Value};

/// How a request is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `Container.1.Image=…`, as lines, options or a query.
    Flat,
    /// JSON with the API's names.
    Json,
    /// The properties of `ALIYUN::ECI::ContainerGroup`.
    Ros,
    /// Terraform's JSON.
    Terraform,
}

/// A request.
pub(super) struct Request<'a> {
    pub(super) part: Part<'a>,
    pub(super) spelling: Spelling,
    /// The group, with the API's names.
    root: Cow<'a, Node>,
}

/// A container of a request, or one that runs before the others.
#[derive(Clone, Copy)]
pub(super) struct Container<'r> {
    pub(super) node: &'r Node,
    pub(super) is_init: bool,
}

/// The requests that can be read and are meant for ECI.
pub(super) fn requests<'a>(cx: &Context<'a>) -> Vec<Request<'a>> {
    all(cx).into_iter().filter(|request| request.foreign_key().is_none()).collect()
}

/// The requests that can be read, those to another cloud among them.
pub(super) fn all<'a>(cx: &Context<'a>) -> Vec<Request<'a>> {
    cx.parts(Kind::EciRequest).flat_map(read).collect()
}

fn read(part: Part<'_>) -> Vec<Request<'_>> {
    let request = |spelling, root| Request { part, spelling, root };
    if let Content::Flattened(flat) = part.content {
        return flat
            .tree()
            .map(|root| request(Spelling::Flat, Cow::Borrowed(root)))
            .into_iter()
            .collect();
    }
    let Some(root) = part.roots().first().filter(|root| root.is_object()) else {
        return Vec::new();
    };
    if part.inside.is_some() {
        return vec![request(Spelling::Ros, Cow::Borrowed(root))];
    }
    let groups = terraform::groups(root);
    if groups.is_empty() {
        return vec![request(Spelling::Json, Cow::Borrowed(root))];
    }
    groups.into_iter().map(|root| request(Spelling::Terraform, Cow::Owned(root))).collect()
}

/// Keys that only the other cloud's files have.
const FOREIGN_KEYS: &[&str] =
    &["imageRegistryCredentials", "containerGroupName", "properties", "osType", "apiVersion"];

impl<'a> Request<'a> {
    pub(super) fn root(&self) -> &Node {
        &self.root
    }

    pub(super) fn at(&self, span: Span) -> Place {
        self.part.place(span)
    }

    /// The place of a value, without the quotes of a string.
    pub(super) fn value(&self, node: &Node) -> Place {
        self.at(node.inner_span())
    }

    /// Where something is missing in `node`: its opening bracket, its first key, or in the flat
    /// form the name up to it.
    pub(super) fn anchor(&self, node: &Node) -> Place {
        let is_bracket = self.written(node.span).starts_with(['{', '[']);
        let start = node.span.start as usize;
        let span = match (self.spelling, node.members().first()) {
            (Spelling::Flat, _) => node.span,
            _ if is_bracket => Span::new(start, start + 1),
            (_, Some(first)) => first.key_span,
            _ => node.span,
        };
        self.at(span)
    }

    /// What stands at `span`.
    pub(super) fn written(&self, span: Span) -> &'a str {
        self.part.document.source.slice(span)
    }

    /// A parameter of the group.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.root.get(key)
    }

    /// A parameter of the group that is literal text.
    pub(super) fn known(&self, key: &str) -> Option<(&Node, &str)> {
        known(&self.root, key)
    }

    /// Whether a parameter of the group is set to `true`; not where that is unknown.
    pub(super) fn is_on(&self, key: &str) -> bool {
        self.get(key).and_then(flag) == Some(true)
    }

    /// The flat parameters, if it has any.
    pub(super) fn flat(&self) -> Option<&'a Flattened> {
        match self.part.content {
            Content::Flattened(flat) => Some(flat),
            _ => None,
        }
    }

    /// The flat parameters; none in another spelling.
    pub(super) fn parameters(&self) -> &'a [Parameter] {
        self.flat().map(Flattened::in_tree).unwrap_or_default()
    }

    /// Whether a command line sends it, which may know more than it says.
    pub(super) fn is_command(&self) -> bool {
        self.flat().is_some_and(|flat| flat.is_call) && self.get("Action").is_none()
    }

    /// The template that it stands in.
    pub(super) fn template(&self) -> Option<Template<'a>> {
        self.part.inside?;
        self.part.document.roots().first().map(Template::of)
    }

    /// The whole document as Terraform has it.
    pub(super) fn terraform(&self) -> Option<&'a Node> {
        self.part.roots().first().filter(|_| self.spelling == Spelling::Terraform)
    }

    /// Whether it is meant as all of a request: a few lines of a flat one may be a part.
    pub(super) fn is_whole(&self) -> bool {
        const LISTS: &[&str] =
            &["Container", "InitContainer", "ImageRegistryCredential", "AcrRegistryInfo", "Volume"];
        let is_part = self.root.keys().all(|key| {
            LISTS.contains(&key) || LISTS.iter().any(|list| key.strip_suffix('s') == Some(list))
        });
        match self.spelling {
            Spelling::Flat => !is_part || self.flat().is_some_and(|flat| flat.is_call),
            Spelling::Json => !is_part,
            Spelling::Ros | Spelling::Terraform => true,
        }
    }

    /// The elements of a list of the group; none where it is not known.
    pub(super) fn list(&self, key: &str) -> &[Node] {
        list(&self.root, key)
    }

    /// All containers, those that run first among them.
    pub(super) fn containers(&self) -> Vec<Container<'_>> {
        let of = |key, is_init| {
            let known = self.list(key).iter().filter(|node| node.is_object() && !node.is_unknown());
            known.map(move |node| Container { node, is_init })
        };
        of("Container", false).chain(of("InitContainer", true)).collect()
    }

    /// The credentials.
    pub(super) fn credentials(&self) -> impl Iterator<Item = &Node> {
        self.objects("ImageRegistryCredential")
    }

    /// The objects of a list of the group.
    pub(super) fn objects(&self, key: &str) -> impl Iterator<Item = &Node> {
        self.list(key).iter().filter(|node| node.is_object() && !node.is_unknown())
    }

    /// Whether every element of a list of the group can be read, as an empty or absent one can.
    pub(super) fn is_known_list(&self, key: &str) -> bool {
        self.get(key).is_none_or(|node| !node.is_unknown())
            && self.list(key).iter().all(|node| node.is_object() && !node.is_unknown())
    }

    /// The images of all containers, as far as their addresses can be read.
    pub(super) fn images(&self) -> Vec<Image<'_>> {
        self.containers().into_iter().filter_map(Image::of).collect()
    }

    /// The first key of another cloud's language.
    pub(super) fn foreign_key(&self) -> Option<&Member> {
        if self.spelling != Spelling::Json {
            return None;
        }
        let is_foreign = |member: &&Member| {
            FOREIGN_KEYS.contains(&member.key.as_str())
                && (member.key != "properties" || member.node.get("containers").is_some())
        };
        self.root.members().iter().find(is_foreign)
    }
}

/// The elements of the list `key` of `node`: a plural name is a mistake of its own, and one object
/// is a list of one.
pub(super) fn list<'n>(node: &'n Node, key: &str) -> &'n [Node] {
    let plural = || node.get(&format!("{key}s"));
    match node.get(key).or_else(plural) {
        Some(Node { value: Value::Array(items), .. }) => items,
        Some(one) if one.is_object() && !one.is_unknown() => std::slice::from_ref(one),
        _ => &[],
    }
}

/// The value of `key`, if it is literal text.
pub(super) fn known<'n>(node: &'n Node, key: &str) -> Option<(&'n Node, &'n str)> {
    let value = node.get(key).filter(|value| !value.is_unknown())?;
    Some((value, value.as_str()?))
}

/// Whether `key` has a value, if only one that is not known.
pub(super) fn has(node: &Node, key: &str) -> bool {
    node.get(key).is_some_and(|value| value.as_str() != Some(""))
}

/// A boolean, also as the text that the flat form has.
pub(super) fn flag(node: &Node) -> Option<bool> {
    match node.as_str() {
        Some(text) if text.eq_ignore_ascii_case("true") => Some(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Some(false),
        _ => node.as_bool(),
    }
}

/// A number, also as the text that the flat form has.
pub(super) fn number(node: &Node) -> Option<f64> {
    let parsed = node.as_f64().or_else(|| node.as_str()?.trim().parse().ok());
    parsed.filter(|number: &f64| number.is_finite())
}

impl<'r> Container<'r> {
    /// A part of the container.
    pub(super) fn get(self, key: &str) -> Option<&'r Node> {
        self.node.get(key)
    }

    /// The elements of a list of the container.
    pub(super) fn list(self, key: &str) -> &'r [Node] {
        list(self.node, key)
    }
}

#[cfg(test)]
mod tests;
