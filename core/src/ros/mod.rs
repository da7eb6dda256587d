//! Templates of Resource Orchestration Service (ROS): sections, resources and functions, over the
//! tree of a JSON or YAML document.
//!
//! Knows the language, not what single resources demand.

mod function;
mod text;

pub use function::{Call, call};
pub use text::texts;

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

    /// The property `name`.
    pub fn property(self, name: &str) -> Option<&'a Node> {
        self.properties()?.get(name)
    }
}
