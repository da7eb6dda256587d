//! Flat parameters as the tree that they spell: `Container.1.Image` is `Image` of the first element
//! of `Container`.

use super::{Flattened, Parameter};
use crate::text::{MappedText, Span};
use crate::tree::{Member, Node, Value};

/// Deeper than any name of the API; what is deeper still is not looked at.
const DEEPEST: usize = 12;

/// More parameters than any request that is sent; the tree has no more.
const MOST: usize = 20_000;

/// The parameters that are in the tree.
pub(super) fn in_tree(flat: &Flattened) -> &[Parameter] {
    flat.parameters.get(..MOST).unwrap_or(&flat.parameters)
}

/// The tree; `None` where there is no parameter at all.
pub(super) fn read(flat: &Flattened) -> Option<Node> {
    let first = flat.parameters.first()?;
    let mut root = Branch::default();
    for parameter in in_tree(flat) {
        let path: Vec<(&str, Span)> = parameter.segments().collect();
        if path.len() <= DEEPEST {
            root.insert(&path, 0, parameter);
        }
    }
    Some(root.node(first.key_span))
}

/// Whether a part of a name is an index: a number, or the letter that documents write for one.
pub fn is_index(segment: &str) -> bool {
    !segment.is_empty() && segment.bytes().all(|byte| byte.is_ascii_digit())
        || matches!(segment, "N" | "n" | "M" | "m" | "X" | "x" | "i")
}

#[derive(Default)]
struct Branch<'f> {
    entries: Vec<Entry<'f>>,
    /// The entries' positions by their names, so that long requests are read in no time.
    by_name: std::collections::HashMap<&'f str, usize>,
    /// Values that stand at this very name; more than one is a mistake.
    values: Vec<&'f Parameter>,
}

struct Entry<'f> {
    name: &'f str,
    name_span: Span,
    /// From the beginning of the first parameter's name to here.
    prefix: Span,
    branch: Branch<'f>,
}

impl<'f> Branch<'f> {
    fn insert(&mut self, path: &[(&'f str, Span)], depth: usize, parameter: &'f Parameter) {
        let Some(&(name, name_span)) = path.get(depth) else {
            self.values.push(parameter);
            return;
        };
        let next = self.entries.len();
        let index = *self.by_name.entry(name).or_insert(next);
        if index == next {
            let start = parameter.key_span.start as usize;
            let prefix = Span::new(start, name_span.end as usize);
            self.entries.push(Entry { name, name_span, prefix, branch: Branch::default() });
        }
        if let Some(entry) = self.entries.get_mut(index) {
            entry.branch.insert(path, depth + 1, parameter);
        }
    }

    fn node(&self, span: Span) -> Node {
        if self.entries.is_empty() {
            return self.values.last().map_or(Node { span, value: Value::Null }, |one| leaf(one));
        }
        let value = if self.entries.iter().all(|entry| is_index(entry.name)) {
            Value::Array(self.entries.iter().map(|entry| entry.branch.node(entry.prefix)).collect())
        } else {
            let members = self.entries.iter().map(|entry| Member {
                key: entry.name.to_owned(),
                key_span: entry.name_span,
                node: entry.branch.node(entry.prefix),
            });
            Value::Object(members.collect())
        };
        Node { span, value }
    }
}

fn leaf(parameter: &Parameter) -> Node {
    let text: MappedText = parameter.value.clone();
    Node { span: parameter.value_span, value: Value::String(text) }
}
