//! JSON and YAML as one tree in which every key and value keeps its span.
//!
//! Knows no platform and no document; what a platform's document should look like is a `Shape`.

pub mod edit;
pub mod json;
mod json_schema;
mod placeholder;
pub mod schema;
pub mod yaml;

pub use json_schema::json_schema;
pub use placeholder::{REPLACE_ME, is_placeholder};

use std::collections::HashMap;

use crate::text::{MappedText, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The value's bytes in the document, quotes and brackets included.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// A value of the JSON data model.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string, decoded, with the way back through its escapes.
    String(MappedText),
    /// A list.
    Array(Vec<Node>),
    /// Members in their order, duplicates included.
    Object(Vec<Member>),
}

/// One `"key": value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The decoded key.
    pub key: String,
    /// The key's bytes in the document, quotes included.
    pub key_span: Span,
    /// The value.
    pub node: Node,
}

impl Member {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        self.key_span.to(self.node.span)
    }

    /// Whether the value is written elsewhere: an alias of YAML stands here.
    pub fn is_alias(&self) -> bool {
        self.node.span.start < self.key_span.end
    }
}

impl Node {
    /// The members, if this is an object.
    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Object(members) => members,
            _ => &[],
        }
    }

    /// The elements, if this is an array.
    pub fn items(&self) -> Option<&[Node]> {
        match &self.value {
            Value::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The keys, if this is an object.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.members().iter().map(|member| member.key.as_str())
    }

    /// The last member called `key`, as JSON readers keep it.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.members().iter().rev().find(|member| member.key == key)
    }

    /// The value of the last member called `key`; `null` counts as absent.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.member(key).map(|member| &member.node).filter(|node| !node.is_null())
    }

    /// The value at `path`, where a literal key `a.b` is the same as `b` inside `a` (keys with a
    /// slash are never taken apart). `null` counts as absent.
    pub fn lookup(&self, path: &[&str]) -> Option<&Node> {
        self.lookup_member(path).map(|member| &member.node)
    }

    /// As [`Node::lookup`], with the key.
    pub fn lookup_member(&self, path: &[&str]) -> Option<&Member> {
        for taken in 1..=path.len() {
            let key = path[..taken].join(".");
            for member in self.members().iter().rev().filter(|member| member.key == key) {
                if taken == path.len() {
                    if !member.node.is_null() {
                        return Some(member);
                    }
                } else if let Some(found) = member.node.lookup_member(&path[taken..]) {
                    return Some(found);
                }
            }
        }
        None
    }

    /// Whether this is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// Whether this is an object.
    pub fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Overwrites every scalar: one of them may be a secret.
    pub fn wipe(&mut self) {
        match &mut self.value {
            Value::String(text) => text.wipe(),
            Value::Number(raw) => zeroize::Zeroize::zeroize(raw),
            Value::Array(items) => items.iter_mut().for_each(Node::wipe),
            Value::Object(members) => members.iter_mut().for_each(|one| one.node.wipe()),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// The string, decoded.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().map(MappedText::text)
    }

    /// The string with the way back to the document.
    pub fn as_text(&self) -> Option<&MappedText> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The number.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.value {
            Value::Number(raw) => raw.parse().ok(),
            _ => None,
        }
    }

    /// The number, if it is whole (`8000`, not `8e3` or `8000.0`).
    pub fn as_i64(&self) -> Option<i64> {
        match &self.value {
            Value::Number(raw) => raw.parse().ok(),
            _ => None,
        }
    }

    /// A whole number, also one that was put in quotes by mistake; the mistake is another rule's.
    pub fn lenient_i64(&self) -> Option<i64> {
        self.as_i64().or_else(|| self.as_str()?.trim().parse().ok())
    }

    /// A whole number, in quotes or not, that is a port.
    pub fn lenient_port(&self) -> Option<u16> {
        self.lenient_i64().and_then(|value| u16::try_from(value).ok()).filter(|&port| port > 0)
    }

    /// Whether nothing can be said of the value: a template, a placeholder or a function call.
    pub fn is_unknown(&self) -> bool {
        match &self.value {
            Value::String(text) => is_placeholder(text.text()),
            // A template function: {"Ref": …}, {"Fn::Sub": …}, `!Ref …`.
            Value::Object(members) => matches!(&members[..], [only]
                if only.key == "Ref" || only.key.starts_with("Fn::") || only.key.starts_with('!')),
            _ => false,
        }
    }

    /// Where the content of a string stands, without its quotes or header; else the whole value.
    pub fn inner_span(&self) -> Span {
        match &self.value {
            Value::String(text) if !text.text().is_empty() => text.whole(),
            Value::String(_) if self.span.len() == 2 => Span::at(self.span.start as usize + 1),
            _ => self.span,
        }
    }

    /// Whether it is a string without quotes, as YAML has them.
    pub fn is_plain_string(&self) -> bool {
        matches!(&self.value, Value::String(text) if text.whole() == self.span)
    }

    /// Puts the spans of a value that was read from `outer`'s text where they stand in the document
    /// that `outer` came from.
    pub(crate) fn through(&mut self, outer: &MappedText) {
        let map = |span: Span| outer.span(span.start as usize, span.end as usize);
        self.span = map(self.span);
        match &mut self.value {
            Value::String(text) => *text = text.through(outer),
            Value::Array(items) => items.iter_mut().for_each(|item| item.through(outer)),
            Value::Object(members) => {
                for member in members {
                    member.key_span = map(member.key_span);
                    member.node.through(outer);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// What kind of value this is, as a word for people.
    pub fn type_name(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        }
    }

    /// Calls `visit` for this node and everything inside, parents first, with the member's key
    /// where the node is the value of one.
    pub fn walk<'a>(&'a self, visit: &mut dyn FnMut(Option<&'a str>, &'a Node)) {
        // Nesting is capped by the parser, so recursion is too.
        fn go<'a>(
            key: Option<&'a str>,
            node: &'a Node,
            visit: &mut dyn FnMut(Option<&'a str>, &'a Node),
        ) {
            visit(key, node);
            match &node.value {
                Value::Array(items) => items.iter().for_each(|item| go(None, item, visit)),
                Value::Object(members) => {
                    members.iter().for_each(|member| go(Some(&member.key), &member.node, visit));
                }
                _ => {}
            }
        }
        go(None, self, visit);
    }

    /// Keys that stand more than once in one object: the later key and the span of the first.
    /// Where `dotted`, `a.b` beside `a: {b}` counts as well.
    pub fn duplicates(&self, dotted: bool) -> Vec<(&Member, Span)> {
        let mut found = Vec::new();
        self.walk(&mut |_, node| {
            let members = node.members();
            let mut seen = HashMap::new();
            for member in members {
                if let Some(first) = seen.get(member.key.as_str()) {
                    found.push((member, *first));
                } else {
                    seen.insert(member.key.as_str(), member.key_span);
                }
            }
            if !dotted {
                return;
            }
            let dotted = members.iter().filter(|member| !member.key.contains('/'));
            let mut dotted =
                dotted.filter_map(|member| Some((member, member.key.split_once('.')?))).peekable();
            if dotted.peek().is_none() {
                return;
            }
            // The last of a name is the one that readers keep.
            let by_key = |members: &'_ [Member]| -> HashMap<String, Span> {
                members.iter().map(|member| (member.key.clone(), member.key_span)).collect()
            };
            let heads: HashMap<&str, &Node> =
                members.iter().map(|member| (member.key.as_str(), &member.node)).collect();
            let mut inner: HashMap<&str, HashMap<String, Span>> = HashMap::new();
            for (member, (head, tail)) in dotted {
                let Some(other) = heads.get(head) else { continue };
                let tails = inner.entry(head).or_insert_with(|| by_key(other.members()));
                if let Some(twin) = tails.get(tail) {
                    found.push((member, *twin));
                }
            }
        });
        found
    }
}
