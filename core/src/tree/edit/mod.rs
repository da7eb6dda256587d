//! Changes to JSON and YAML text by way of its tree: a member put in or taken out, in the style of
//! its neighbours.
//!
//! Gives no edit where it cannot tell what the text around would become.

mod new;

pub use new::{New, json_string, yaml_scalar};

use new::{block_pair, flow_pair};

use super::{Member, Node, Value};
use crate::text::{Edit, Span};

/// Where among the members of an object a new one goes.
#[derive(Clone, Copy, Debug)]
pub enum Spot<'a> {
    /// Before all others.
    First,
    /// Behind this one.
    After(&'a Member),
    /// Behind all others.
    Last,
}

/// The edit that puts `key: value` into `object`, which was read from `source`: a line of its own in
/// a block of YAML, else between commas. `None` where the text around does not allow it.
pub fn insert_member(
    source: &str,
    object: &Node,
    spot: Spot<'_>,
    key: &str,
    value: &New,
) -> Option<Edit> {
    let Value::Object(members) = &object.value else { return None };
    // What a merge key put in stands elsewhere.
    let mut own: Vec<&Member> =
        members.iter().filter(|one| object.span.contains(one.key_span)).collect();
    own.sort_by_key(|one| one.key_span);
    // A function in its short form (`!Ref x`) reads as an object, and has no place for members.
    if own.iter().any(|one| source.get(one.key_span.range()).is_none_or(|key| key.starts_with('!')))
    {
        return None;
    }
    let place = match spot {
        Spot::First => None,
        Spot::After(member) => Some(own.iter().position(|one| one.key_span == member.key_span)?),
        Spot::Last => own.len().checked_sub(1),
    };
    if source.get(object.span.range())?.starts_with('{') {
        between_commas(source, object, &own, place, key, value)
    } else {
        on_a_line(source, &own, place, key, value)
    }
}

/// The edit that takes `member` out of `object`, with its line or its comma. `None` where it is the
/// only one, or the text around does not allow it.
pub fn remove_member(source: &str, object: &Node, member: &Member) -> Option<Edit> {
    let mut own: Vec<&Member> = object.members().iter().collect();
    own.sort_by_key(|one| one.key_span);
    let index = own.iter().position(|one| one.key_span == member.key_span)?;
    if own.len() < 2 || !object.span.contains(member.span()) || member.is_alias() {
        return None;
    }
    if source.get(object.span.range())?.starts_with('{') {
        let span = match own.get(index + 1) {
            Some(next) => Span { start: member.key_span.start, end: next.key_span.start },
            None => Span { start: own.get(index - 1)?.span().end, end: member.span().end },
        };
        let between = source.get(span.range())?.replacen(source.get(member.span().range())?, "", 1);
        return (between.trim() == ",").then(|| Edit::delete(span));
    }
    let start = line_start(source, member.key_span.start as usize);
    let prefix = source.get(start..member.key_span.start as usize)?;
    let end = line_end(source, end_of(source, member)?)?;
    if prefix.trim_start_matches(' ').is_empty() {
        let end = end + source.get(end..)?.find('\n').map_or(0, |found| found + 1);
        return Some(Edit::delete(Span::new(start, end)));
    }
    // The first behind a dash: the next one takes its place.
    let next = own.get(index + 1)?;
    Some(Edit::delete(Span { start: member.key_span.start, end: next.key_span.start }))
}

fn between_commas(
    source: &str,
    object: &Node,
    own: &[&Member],
    place: Option<usize>,
    key: &str,
    value: &New,
) -> Option<Edit> {
    let open = object.span.start as usize + 1;
    let Some(first) = own.first() else {
        let is_json = source.trim_start().starts_with(['{', '[']);
        // An empty object tells its style by how it stands behind its own key.
        let is_compact = is_json && source.get(..open - 1)?.ends_with(':');
        let colon = if is_compact { ":" } else { ": " };
        return Some(Edit::insert(Span::at(open).start, flow_pair(key, value, colon, is_json)));
    };
    let written = source.get(first.key_span.range())?;
    let is_json = written.starts_with('"');
    // Quotes with a backslash: JSON in a string of JSON.
    if !is_json && !written.starts_with('\'') && written != first.key {
        return None;
    }
    let behind_key = first.key_span.end as usize;
    let colon = source.get(behind_key..(first.node.span.start as usize).max(behind_key))?;
    let colon = if colon == ":" && is_json { ":" } else { ": " };
    let pair = flow_pair(key, value, colon, is_json);
    match place {
        None => {
            let start = first.key_span.start as usize;
            let gap = gap(source, open, start)?;
            let gap = if gap.is_empty() && colon == ": " { " " } else { gap };
            Some(Edit::insert(first.key_span.start, format!("{pair},{gap}")))
        }
        Some(index) => {
            let member = own.get(index)?;
            // What stands before a member that is not the first: the gap between two.
            let gap = match own.get(1) {
                Some(second) => {
                    let before = own.first()?.span().end as usize;
                    let comma =
                        before + source.get(before..second.key_span.start as usize)?.find(',')?;
                    gap(source, comma + 1, second.key_span.start as usize)?
                }
                None => {
                    let gap = gap(source, open, first.key_span.start as usize)?;
                    if gap.contains('\n') {
                        gap
                    } else if colon == ":" {
                        ""
                    } else {
                        " "
                    }
                }
            };
            let end = if member.is_alias() { return None } else { member.span().end };
            Some(Edit::insert(end, format!(",{gap}{pair}")))
        }
    }
}

/// The white space between `start` and `end`; where a comment stands there, what is on the last
/// line.
fn gap(source: &str, start: usize, end: usize) -> Option<&str> {
    let between = source.get(start..end)?;
    let from = between.trim_end().len();
    let blank = between.get(from..)?;
    let is_plain = from == 0 || blank.contains('\n');
    is_plain.then_some(blank)
}

fn on_a_line(
    source: &str,
    own: &[&Member],
    place: Option<usize>,
    key: &str,
    value: &New,
) -> Option<Edit> {
    let first = own.first()?;
    let start = first.key_span.start as usize;
    let prefix = source.get(line_start(source, start)..start)?;
    // Behind a dash, the others stand below the first key.
    if !prefix.chars().all(|c| matches!(c, ' ' | '-')) {
        return None;
    }
    let indent = " ".repeat(prefix.len());
    let newline = if source.get(start..)?.split_inclusive('\n').next()?.ends_with("\r\n") {
        "\r\n"
    } else {
        "\n"
    };
    let mut lines = String::new();
    block_pair(&mut lines, key, value, prefix.len(), newline);
    let Some(index) = place else {
        return Some(Edit::insert(first.key_span.start, format!("{lines}{newline}{indent}")));
    };
    let end = line_end(source, end_of(source, own.get(index)?)?)?;
    Some(Edit::insert(Span::at(end).start, format!("{newline}{indent}{lines}")))
}

/// Where a member of a block ends; `None` where that cannot be told.
fn end_of(source: &str, member: &Member) -> Option<usize> {
    let key_end = member.key_span.end as usize;
    if member.key.starts_with('!') && source.get(member.key_span.range())? == member.key {
        return if member.node.span.is_empty() {
            Some(key_end)
        } else {
            value_end(source, &member.node)
        };
    }
    if !member.node.span.is_empty() && !member.is_alias() {
        return value_end(source, &member.node);
    }
    // `key:` or `key: *alias`
    let line = source.get(key_end..)?.split('\n').next()?;
    let behind = line.trim_start().strip_prefix(':')?;
    let colon = key_end + line.len() - behind.len();
    let value = behind.trim_start();
    if !value.starts_with('*') {
        return member.node.span.is_empty().then_some(colon);
    }
    let name = value.split(char::is_whitespace).next()?;
    Some(colon + behind.len() - value.len() + name.len())
}

fn value_end(source: &str, node: &Node) -> Option<usize> {
    let written = source.get(node.span.range())?;
    let last = match &node.value {
        // A collection without brackets ends with its last child.
        Value::Object(members) if !written.starts_with('{') => {
            return end_of(source, members.iter().max_by_key(|one| one.key_span)?);
        }
        Value::Array(items) if !written.starts_with('[') => {
            return value_end(source, items.last().filter(|one| !one.span.is_empty())?);
        }
        _ => node.span.end as usize,
    };
    // The line ends behind `|+` are part of the text.
    let keeps = written.starts_with(['|', '>']) && written.lines().next()?.contains('+');
    (!keeps).then_some(last)
}

/// The end of the line of `at`, if nothing but a comment stands behind it.
fn line_end(source: &str, at: usize) -> Option<usize> {
    let line = source.get(at..)?.split('\n').next()?;
    let rest = line.strip_suffix('\r').unwrap_or(line);
    let is_free = rest.trim().is_empty()
        || rest.starts_with([' ', '\t', '#']) && rest.trim_start().starts_with('#');
    is_free.then_some(at + rest.len())
}

fn line_start(source: &str, at: usize) -> usize {
    source.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |found| found + 1)
}

#[cfg(test)]
mod tests;
