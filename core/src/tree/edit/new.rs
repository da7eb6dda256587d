//! Values that are written into JSON and YAML.

/// A value to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum New {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// A string, quoted where it must be.
    Text(String),
    /// A list.
    List(Vec<New>),
    /// An object.
    Object(Vec<(String, New)>),
}

impl New {
    /// A string.
    pub fn text(text: impl Into<String>) -> New {
        New::Text(text.into())
    }

    /// An object with one member.
    pub fn pair(key: impl Into<String>, value: New) -> New {
        New::Object(vec![(key.into(), value)])
    }
}

/// A scalar as one would write it in YAML without need of a double quote.
pub fn yaml_scalar(text: &str) -> String {
    let is_word = text.starts_with(|c: char| c.is_alphabetic() || c == '/')
        && text.chars().all(|c| c.is_alphanumeric() || "_./-".contains(c));
    let lower = text.to_lowercase();
    let is_other = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    if is_word && !is_other.contains(&lower.as_str()) {
        text.to_owned()
    } else if text.chars().any(char::is_control) {
        json_string(text)
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

/// A string as JSON writes it.
pub fn json_string(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub(super) fn flow_pair(key: &str, value: &New, colon: &str, is_json: bool) -> String {
    let key = if is_json { json_string(key) } else { yaml_scalar(key) };
    format!("{key}{colon}{}", flow(value, colon, is_json))
}

fn flow(value: &New, colon: &str, is_json: bool) -> String {
    let comma = if colon == ":" { "," } else { ", " };
    match value {
        New::Bool(value) => value.to_string(),
        New::Number(value) => value.to_string(),
        New::Text(text) if is_json => json_string(text),
        New::Text(text) => yaml_scalar(text),
        New::List(items) => {
            let items: Vec<String> = items.iter().map(|one| flow(one, colon, is_json)).collect();
            format!("[{}]", items.join(comma))
        }
        New::Object(members) => {
            let pair = |(key, value): &(String, New)| flow_pair(key, value, colon, is_json);
            let members: Vec<String> = members.iter().map(pair).collect();
            format!("{{{}}}", members.join(comma))
        }
    }
}

/// Steps of indentation in blocks that are written anew.
const STEP: usize = 2;

/// `key: value`, the lines below it indented by more than `indent`.
pub(super) fn block_pair(out: &mut String, key: &str, value: &New, indent: usize, newline: &str) {
    out.push_str(&yaml_scalar(key));
    out.push(':');
    match value {
        New::List(items) if !items.is_empty() => {
            out.push_str(&below(newline, indent + STEP));
            block_items(out, items, indent + STEP, newline);
        }
        New::Object(members) if !members.is_empty() => {
            out.push_str(&below(newline, indent + STEP));
            block_members(out, members, indent + STEP, newline);
        }
        value => {
            out.push(' ');
            out.push_str(&flow(value, ": ", false));
        }
    }
}

fn block_items(out: &mut String, items: &[New], indent: usize, newline: &str) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(&below(newline, indent));
        }
        out.push_str("- ");
        match item {
            New::List(items) if !items.is_empty() => {
                block_items(out, items, indent + STEP, newline);
            }
            New::Object(members) if !members.is_empty() => {
                block_members(out, members, indent + STEP, newline);
            }
            item => out.push_str(&flow(item, ": ", false)),
        }
    }
}

fn block_members(out: &mut String, members: &[(String, New)], indent: usize, newline: &str) {
    for (index, (key, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push_str(&below(newline, indent));
        }
        block_pair(out, key, value, indent, newline);
    }
}

fn below(newline: &str, indent: usize) -> String {
    format!("{newline}{}", " ".repeat(indent))
}
