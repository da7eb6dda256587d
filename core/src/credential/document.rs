//! A text of JSON or YAML as trees that are overwritten when they are dropped: what stands in them
//! may be a password.
//!
//! An error is a place and never the parser's own words, which may quote what was read.

use crate::text::Span;
use crate::tree::{Node, Value, json, yaml};

use super::{ReadError, docker_auth};

/// The documents of a text.
pub(super) struct Documents<'a> {
    /// The text that the spans belong to.
    text: &'a str,
    roots: Vec<Node>,
    /// Where reading stopped before the end.
    pub(super) broken: Option<ReadError>,
}

impl Drop for Documents<'_> {
    fn drop(&mut self) {
        self.roots.iter_mut().for_each(Node::wipe);
    }
}

impl<'a> Documents<'a> {
    /// Reads `text`. Without any document it is an error.
    pub(super) fn read(text: &'a str) -> Result<Documents<'a>, ReadError> {
        let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
        let documents = if is_json { Documents::json(text) } else { Documents::yaml(text) };
        match &documents.broken {
            Some(error) if documents.roots.is_empty() => Err(error.clone()),
            _ => Ok(documents),
        }
    }

    fn json(text: &'a str) -> Documents<'a> {
        let document = json::parse(text);
        let broken = document.errors.first().map(|error| place(text, error.span).json());
        // YAML has braces and brackets too, and several documents.
        if broken.is_some() && (!docker_auth::is_json(text) || text.contains("\n---")) {
            let documents = Documents::yaml(text);
            if documents.broken.is_none() {
                return documents;
            }
        }
        Documents { text, roots: document.root.into_iter().collect(), broken }
    }

    fn yaml(text: &'a str) -> Documents<'a> {
        let document = yaml::parse(text);
        let broken = document.errors.first().map(|error| place(text, error.span).yaml());
        Documents { text, roots: document.documents, broken }
    }

    /// The roots, in their order.
    pub(super) fn roots(&self) -> &[Node] {
        &self.roots
    }

    /// That something else was expected where `node` stands.
    pub(super) fn unexpected(&self, node: &Node) -> ReadError {
        let Place { line, column } = place(self.text, node.span);
        ReadError::Unexpected { line, column }
    }
}

/// A place for people, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) line: usize,
    pub(super) column: usize,
}

impl Place {
    fn json(self) -> ReadError {
        ReadError::Json { line: self.line, column: self.column }
    }

    fn yaml(self) -> ReadError {
        ReadError::Yaml { line: self.line, column: self.column }
    }
}

/// Where `span` begins in `text`.
pub(super) fn place(text: &str, span: Span) -> Place {
    let mut at = (span.start as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before[line..].chars().filter(|letter| *letter != '\u{feff}').count() + 1,
    }
}

/// The text of a scalar. A password of nothing but digits is a number to YAML.
pub(super) fn scalar(node: &Node) -> Option<&str> {
    match &node.value {
        Value::String(text) => Some(text.text()),
        Value::Number(raw) => Some(raw),
        Value::Bool(true) => Some("true"),
        Value::Bool(false) => Some("false"),
        _ => None,
    }
}

/// The text of the scalar under `key`, if it is not empty.
pub(super) fn filled<'a>(node: &'a Node, key: &str) -> Option<&'a str> {
    node.get(key).and_then(scalar).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_a_place_without_words() {
        let error = |text: &str| match Documents::read(text) {
            Ok(documents) => documents.broken.clone(),
            Err(error) => Some(error),
        };
        assert_eq!(error("{\n \"a\": hunter2}"), Some(ReadError::Json { line: 2, column: 7 }));
        assert_eq!(error("端: [a,\n"), Some(ReadError::Yaml { line: 2, column: 1 }));
        assert_eq!(error("{a: b}\n---\n{c: d}\n"), None);
        assert_eq!(error("{\"a\": 1}\n---\n{\"c\": 2}\n"), None);
        let documents = Documents::read("a: 1\n---\nb: [\n").unwrap();
        assert_eq!((documents.roots().len(), documents.broken.is_some()), (1, true));
    }
}
