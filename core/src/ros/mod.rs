//! Templates of Resource Orchestration Service (ROS): sections, resources and functions, over the
//! tree of a JSON or YAML document.
//!
//! Knows the language, not what single resources demand.

mod function;
mod pattern;
mod scope;
pub mod shape;
mod text;
mod uses;
mod variables;

pub use function::{Call, FUNCTIONS, call, nested_tags};
pub use pattern::matches;
pub use scope::{Names, PSEUDO_PARAMETERS, Scope};
pub use text::texts;
pub use uses::{Holder, PlainText, Reference, Substitution};
pub use variables::{Variable, variables};

use crate::tree::{Member, Node};

/// A template.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// The whole document.
    pub root: &'a Node,
}

/// One entry of `Resources`.
#[derive(Clone, Copy, Debug)]
pub struct Resource<'a> {
    /// Its name and body.
    pub member: &'a Member,
}

impl<'a> Template<'a> {
    /// The template that `root` is.
    pub fn of(root: &'a Node) -> Template<'a> {
        Template { root }
    }

    /// The members of the section `name`: `Parameters`, `Resources`, `Locals` …
    pub fn section(self, name: &str) -> &'a [Member] {
        self.root.get(name).map(Node::members).unwrap_or_default()
    }

    /// The resources.
    pub fn resources(self) -> impl Iterator<Item = Resource<'a>> + use<'a> {
        self.section("Resources").iter().map(|member| Resource { member })
    }

    /// Whether a transform makes the resources from something else than `Resources`: Terraform,
    /// serverless functions.
    pub fn is_transformed(self) -> bool {
        self.root.get("Transform").is_some()
    }

    /// Whether it is a part of a template that somebody shows, resources alone: what they name may
    /// stand elsewhere.
    pub fn is_fragment(self) -> bool {
        self.root.keys().all(|key| key == "Resources")
    }

    /// The resources of the type `kind`.
    pub fn resources_of(self, kind: &str) -> impl Iterator<Item = Resource<'a>> {
        self.resources().filter(move |resource| resource.kind() == Some(kind))
    }
}

impl<'a> Resource<'a> {
    /// Its name.
    pub fn name(self) -> &'a str {
        &self.member.key
    }

    /// Its `Type`: `ALIYUN::ECI::ContainerGroup`.
    pub fn kind(self) -> Option<&'a str> {
        self.member.node.get("Type")?.as_str()
    }

    /// Its `Properties`.
    pub fn properties(self) -> Option<&'a Node> {
        self.member.node.get("Properties")
    }

    /// How many resources it becomes, where that is written out.
    pub fn count(self) -> Option<u64> {
        match self.member.node.get("Count") {
            None => Some(1),
            Some(count) => u64::try_from(count.lenient_i64()?).ok(),
        }
    }

    /// The property `name`.
    pub fn property(self, name: &str) -> Option<&'a Node> {
        self.properties()?.get(name)
    }
}
