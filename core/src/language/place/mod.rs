//! Where in a JSON, YAML or flat document a caret stands: the way to it, and whether a key or a
//! value is due. Found by a lexical look, since what is being written can seldom be parsed.

mod json;
mod request;
mod yaml;

use std::ops::Range;

use crate::document::Kind;
use crate::tree::schema::{Shape, Type};

/// A step on the way from the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Into the member of this name.
    Key(String),
    /// Into an element of a list.
    Item,
}

/// How a document spells keys and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// `"key": "value"`
    Json,
    /// `key: value`
    Yaml,
    /// `Key=value`
    Flat,
}

/// Where a caret stands.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// How keys and values are written here.
    pub(super) form: Form,
    /// The way to the object whose key is due, or to the value.
    pub(super) path: Vec<Step>,
    /// Whether a key is due, else a value.
    pub(super) is_key: bool,
    /// The keys of the same object that stand before and behind the caret.
    pub(super) known: Vec<String>,
    /// The bytes of the word at the caret, quotes included.
    pub(super) word: Range<usize>,
    /// Whether a `:` or `=` stands behind the word.
    pub(super) has_sign: bool,
}

/// Where byte `at` of `text` stands; `None` in comments, in blocks of text, and in other kinds.
pub(super) fn find(kind: Kind, text: &str, at: usize) -> Option<Place> {
    let is_json = text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[']);
    match kind {
        Kind::Dockerfile | Kind::DockerIgnore | Kind::Shell | Kind::Image => None,
        _ if is_json => json::find(text, at),
        Kind::EciRequest => request::find(text, at),
        Kind::EasService | Kind::ModelArtsConfig | Kind::ModelArtsService | Kind::DockerConfig => {
            json::find(text, at)
        }
        _ => yaml::find(text, at),
    }
}

/// What stands at the end of a way.
pub(super) enum Found {
    /// An object of this shape.
    Object(&'static Shape),
    /// A value of this type.
    Value(&'static Type),
}

/// What may stand at the end of `path` in a document of `shape`.
pub(super) fn found_at(shape: &'static Shape, path: &[Step]) -> Option<Found> {
    let Some((first, rest)) = path.split_first() else { return Some(Found::Object(shape)) };
    let Step::Key(key) = first else { return None };
    let field = shape.fields.iter().find(|field| field.name == key)?;
    found_in(&field.kind, rest)
}

fn found_in(kind: &'static Type, path: &[Step]) -> Option<Found> {
    match (kind, path.split_first()) {
        (Type::Object(shape), _) => found_at(shape, path),
        (_, None) => Some(Found::Value(kind)),
        (Type::OneOf(kinds), _) => kinds.iter().find_map(|kind| found_in(kind, path)),
        (Type::Map(kind), Some((Step::Key(_), rest)))
        | (Type::Array(kind), Some((Step::Item, rest))) => found_in(kind, rest),
        _ => None,
    }
}
