//! Keys and values that a document's shape knows.

use super::Completion;
use crate::document::Kind;
use crate::language::place::{self, Form, Found, Place};
use crate::language::words;
use crate::platforms;
use crate::text::Lang;
use crate::tree::schema::{Field, Shape, Type};

pub(super) fn complete(kind: Kind, text: &str, caret: usize, lang: Lang) -> Vec<Completion> {
    let Some(shape) = platforms::shape(kind) else { return Vec::new() };
    let Some(place) = place::find(kind, text, caret) else { return Vec::new() };
    let begun = text.get(place.word.start..caret).unwrap_or_default();
    let begun = begun.trim_start_matches(['"', '\'']);
    match place::found_at(shape, &place.path) {
        Some(Found::Object(shape)) if place.is_key => keys(shape, &place, begun, lang),
        Some(Found::Value(kind)) if place.is_key => match object_in(kind) {
            Some(shape) => keys(shape, &place, begun, lang),
            None => Vec::new(),
        },
        Some(Found::Value(kind)) => values(kind, &place, begun, lang),
        _ => Vec::new(),
    }
}

/// The object that a value may be.
fn object_in(kind: &'static Type) -> Option<&'static Shape> {
    match kind {
        Type::Object(shape) => Some(shape),
        Type::OneOf(kinds) => kinds.iter().find_map(object_in),
        _ => None,
    }
}

fn keys(shape: &'static Shape, place: &Place, begun: &str, lang: Lang) -> Vec<Completion> {
    let is_listed = place.form == Form::Flat;
    let is_new = |field: &&Field| {
        // A list of a flat request has many entries.
        let may_repeat = is_listed && matches!(field.kind, Type::Array(_));
        may_repeat || !place.known.iter().any(|known| known == field.name)
    };
    let fields = shape.fields.iter().filter(is_new).filter(|field| begins(field.name, begun));
    fields
        .map(|field| {
            let name = field.name;
            let insert = match place.form {
                Form::Json if place.has_sign => format!("\"{name}\""),
                Form::Json => format!("\"{name}\": "),
                Form::Yaml if place.has_sign => name.to_owned(),
                Form::Yaml => format!("{name}: "),
                Form::Flat if place.has_sign => name.to_owned(),
                Form::Flat if matches!(field.kind, Type::Array(_)) => format!("{name}.1"),
                Form::Flat if matches!(field.kind, Type::Object(_)) => format!("{name}."),
                Form::Flat => format!("{name}="),
            };
            let detail = field.description.get(lang).to_owned();
            Completion { label: name.to_owned(), insert, replace: place.word.clone(), detail }
        })
        .collect()
}

fn values(kind: &'static Type, place: &Place, begun: &str, lang: Lang) -> Vec<Completion> {
    let mut known: Vec<(&str, bool)> = Vec::new();
    choices(kind, &mut known);
    let known = known.into_iter().filter(|(value, _)| begins(value, begun));
    known
        .map(|(value, is_text)| {
            let insert = match place.form {
                Form::Json if is_text => format!("\"{value}\""),
                // What YAML would read as something else.
                Form::Yaml if is_text && is_ambiguous(value) => format!("\"{value}\""),
                _ => value.to_owned(),
            };
            let detail = words::VALUE.get(lang).to_owned();
            Completion { label: value.to_owned(), insert, replace: place.word.clone(), detail }
        })
        .collect()
}

fn is_ambiguous(value: &str) -> bool {
    let is_word =
        matches!(value, "true" | "false" | "True" | "False" | "null" | "yes" | "no" | "on" | "off");
    is_word || value.is_empty() || value.starts_with(|first: char| !first.is_ascii_alphabetic())
}

/// The values that one may choose from, and whether each is a string.
fn choices(kind: &'static Type, found: &mut Vec<(&'static str, bool)>) {
    match kind {
        Type::Choice(values) => {
            for value in *values {
                if !found.iter().any(|(known, _)| known == value) {
                    found.push((value, true));
                }
            }
        }
        Type::Boolean => found.extend([("true", false), ("false", false)]),
        Type::OneOf(kinds) => kinds.iter().for_each(|kind| choices(kind, found)),
        _ => {}
    }
}

fn begins(name: &str, begun: &str) -> bool {
    name.get(..begun.len()).is_some_and(|start| start.eq_ignore_ascii_case(begun))
}
