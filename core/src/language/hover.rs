//! What the word under the pointer means.

use std::ops::Range;

use super::offset::{to_byte, to_utf16};
use super::place::{self, Found, Step};
use super::{variables, words};
use crate::dockerfile::{self, Body, Instruction, variables_used};
use crate::document::Kind;
use crate::platforms;
use crate::text::{Lang, Span};

/// What is told of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The word, in UTF-16 code units.
    pub range: Range<usize>,
    /// What it means; code stands in backticks.
    pub text: String,
}

/// What is known of the word at `offset`, in UTF-16 code units, of `text`, a document of `kind`.
pub fn hover(kind: Kind, text: &str, offset: usize, lang: Lang) -> Option<Hover> {
    let at = to_byte(text, offset);
    let (range, words) = match kind {
        Kind::Dockerfile => in_dockerfile(text, at, lang)?,
        Kind::DockerIgnore | Kind::Shell | Kind::Image => return None,
        _ => in_tree(kind, text, at, lang)?,
    };
    let range = to_utf16(text, range.start)..to_utf16(text, range.end);
    Some(Hover { range, text: words })
}

fn holds(span: Span, at: usize) -> bool {
    span.start as usize <= at && at < span.end as usize
}

fn in_dockerfile(text: &str, at: usize, lang: Lang) -> Option<(Range<usize>, String)> {
    let (tree, _) = dockerfile::parse(text);
    let before = tree.instructions.partition_point(|one| one.span.start as usize <= at);
    let index = before.checked_sub(1)?;
    let outer = tree.instructions.get(index).filter(|one| holds(one.span, at))?;
    let inner = match &outer.body {
        Body::Onbuild(inner) => &**inner,
        _ => outer,
    };
    for instruction in [outer, inner] {
        let meaning = words::of_instruction(instruction.keyword);
        if holds(instruction.keyword_span, at) && !meaning.is_empty() {
            let told = format!("`{}`: {}", instruction.keyword.name(), meaning.get(lang));
            return Some((instruction.keyword_span.range(), told));
        }
    }
    if let Some(found) = of_flag(inner, at, lang) {
        return Some(found);
    }
    let used = variables_used(inner, tree.escape);
    // The shell's variables, as they are written.
    let (span, name) = match used.iter().find(|one| holds(one.span, at)) {
        Some(one) => (one.span, one.name.clone()),
        None => written_variable(text, at)?,
    };
    let environment = tree.environment_at(index);
    let value = environment.get(&name).and_then(|one| variables::shown(&name, one))?;
    Some((span.range(), format!("`{name}` = `{value}`")))
}

fn of_flag(instruction: &Instruction, at: usize, lang: Lang) -> Option<(Range<usize>, String)> {
    let flag = instruction.flags.iter().find(|flag| holds(flag.name_span, at))?;
    let meaning = words::of_flag(&flag.name);
    let is_known = instruction.keyword.flags().contains(&flag.name.as_str());
    let told = format!("`--{}`: {}", flag.name, meaning.get(lang));
    (is_known && !meaning.is_empty()).then(|| (flag.name_span.range(), told))
}

/// The `$NAME` or `${NAME…}` that byte `at` stands in the name of.
fn written_variable(text: &str, at: usize) -> Option<(Span, String)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let start = text[..at].trim_end_matches(is_name).len();
    let rest = &text[start..];
    let name = &rest[..rest.find(|c: char| !is_name(c)).unwrap_or(rest.len())];
    let before = &text[..start];
    let is_used = before.ends_with('$') || before.ends_with("${");
    (is_used && !name.is_empty()).then(|| (Span::new(start, start + name.len()), name.to_owned()))
}

fn in_tree(kind: Kind, text: &str, at: usize, lang: Lang) -> Option<(Range<usize>, String)> {
    let shape = platforms::shape(kind)?;
    let place = place::find(kind, text, at)?;
    let written = text.get(place.word.clone())?;
    if !place.is_key || !place.word.contains(&at) {
        return None;
    }
    let name = written.trim_matches(['"', '\'']);
    let Some(Found::Object(around)) = place::found_at(shape, &place.path) else { return None };
    let field = around.fields.iter().find(|field| field.name == name)?;
    let mut way = String::new();
    for step in &place.path {
        match step {
            Step::Key(key) if way.is_empty() => way.push_str(key),
            Step::Key(key) => {
                way.push('.');
                way.push_str(key);
            }
            Step::Item => way.push_str("[]"),
        }
    }
    let dot = if way.is_empty() { "" } else { "." };
    let mut told = format!("`{way}{dot}{name}`: {}", field.description.get(lang));
    if let Some(allowed) = allowed(&field.kind, lang) {
        told.push_str(&allowed);
    }
    Some((place.word, told))
}

/// What a value may be, as far as it is bound.
fn allowed(kind: &crate::tree::schema::Type, lang: Lang) -> Option<String> {
    use crate::tree::schema::Type;
    let quoted = |values: &[&str]| {
        let values: Vec<String> = values.iter().map(|value| format!("`{value}`")).collect();
        values.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let values = match kind {
        Type::Boolean => quoted(&["true", "false"]),
        Type::Choice(values) => quoted(values),
        Type::Integer { least, most: i64::MAX } => format!("≥ {least}"),
        Type::Integer { least, most } => format!("{least}–{most}"),
        Type::OneOf(kinds) => return kinds.iter().find_map(|kind| allowed(kind, lang)),
        _ => return None,
    };
    Some(if lang == Lang::Zh { format!("（{values}）") } else { format!(" ({values})") })
}
