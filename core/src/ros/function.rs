//! Calls of template functions, in the long form (`{"Ref": …}`, `Fn::Sub: …`) and the short one
//! (`!Ref …`, `!Sub …`).

use crate::text::Span;
use crate::tree::{Member, Node};

/// A function and what it is applied to.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The name without `Fn::` and `!`: `Ref`, `Sub`, `GetAtt`.
    pub name: &'a str,
    /// The key or tag.
    pub key_span: Span,
    /// What it is applied to.
    pub argument: &'a Node,
    /// Whether it is written as a tag.
    pub is_short: bool,
}

/// The call that `node` is, if it is one: an object with one key that names a function.
pub fn call(node: &Node) -> Option<Call<'_>> {
    let [Member { key, key_span, node: argument }] = node.members() else { return None };
    let (name, is_short) = match (key.strip_prefix("Fn::"), key.strip_prefix('!')) {
        (Some(name), _) => (name, false),
        (_, Some(name)) => (name, true),
        _ if key == "Ref" => ("Ref", false),
        _ => return None,
    };
    Some(Call { name, key_span: *key_span, argument, is_short })
}

impl<'a> Call<'a> {
    /// The arguments of a function that takes a list.
    pub fn arguments(self) -> &'a [Node] {
        self.argument.items().unwrap_or_default()
    }
}
